"""The glossary: a dozen terms that help in both languages, in words of our own."""

import re
from html import escape
from itertools import chain

import pytest
import yaml
from conftest import ROOT, real_book
from streamlit.testing.v1 import AppTest

from views import terms
from wording.glossary import glossary
from wording.texts import TEXTS

TERMS = list(glossary().values())
EVERY_LANGUAGE = pytest.mark.parametrize("language", ["zh", "en"])
every_term = pytest.mark.parametrize("term", TERMS, ids=lambda term: term.id)
SPOKEN = {
    *("indicator", "target", "baseline", "observation", "comparable", "partly-comparable", "context-figure"),
    *("rival-target", "required-path", "counted-from-zero", "grade", "tentative", "definition"),
    *("year-on-year", "verdict"),
}


def letters(text):
    """Only what is read: neither spaces nor signs, all in small letters."""
    return re.sub(r"\W", "", text).lower()


def runs(text, size):
    """Every stretch of so many letters."""
    plain = letters(text)
    return {plain[start : start + size] for start in range(len(plain) - size + 1)}


def test_every_term_of_the_file_is_there_once_and_none_is_missing():
    listed = yaml.safe_load((ROOT / "wording" / "glossary.yaml").read_text("utf-8"))
    assert [term["id"] for term in listed] == [term.id for term in TERMS]
    assert {term.id for term in TERMS} == SPOKEN
    for language in ("zh", "en"):
        assert len({term.name[language] for term in TERMS}) == len(TERMS)


@every_term
def test_a_term_is_in_both_languages(term):
    assert re.search("[一-鿿]", term.name.zh) and re.search("[一-鿿]", term.meaning.zh)
    assert not re.search("[一-鿿]", term.name.en + term.meaning.en)
    assert term.meaning.zh.endswith("。") and term.meaning.en.endswith(".")


@every_term
def test_a_meaning_does_not_use_the_name_that_it_explains(term):
    assert letters(term.name.zh) not in letters(term.meaning.zh)
    assert letters(term.name.en) not in letters(term.meaning.en)


@every_term
def test_a_meaning_is_short_enough_to_be_read_where_it_is_asked_for(term):
    assert 20 <= len(term.meaning.zh) <= 90
    assert 60 <= len(term.meaning.en) <= 240


@every_term
def test_a_term_leads_to_others_that_exist(term):
    assert set(term.see) <= {other.id for other in TERMS} - {term.id}
    assert len(set(term.see)) == len(term.see) > 0


@every_term
def test_no_sentence_of_a_source_or_of_a_page_is_used_again(term):
    """No stretch of fourteen Chinese or fifty Latin letters is that of a document, a name, a reason or a page."""
    texts = [target.printed for sector in real_book().sectors for _, target in sector.targets]
    for sector in real_book().sectors:
        for indicator in sector.indicators:
            texts += [indicator.definition.zh, indicator.definition.en]
            texts += [figure.printed for figure in (*indicator.observations, *indicator.rivals)]
    texts += [text for both in TEXTS.values() for text in both.values()]
    for language, size in (("zh", 14), ("en", 50)):
        own = runs(term.meaning[language], size)
        assert own
        assert [text for text in texts if own & runs(text, size)] == []


def test_a_term_is_called_as_the_pages_call_it():
    """The name stands in the pages' own words, for terms that they use today."""
    said = {language: letters("".join(both[language] for both in TEXTS.values())) for language in ("zh", "en")}
    for term in TERMS:
        if term.id not in ("grade", "year-on-year"):
            assert letters(term.name.zh) in said["zh"], term.name.zh
            assert letters(term.name.en) in said["en"], term.name.en


@EVERY_LANGUAGE
def test_the_method_page_has_every_term_with_those_that_belong_to_it(language):
    html = terms.every(language)
    for term in TERMS:
        name = f'<dt><span id="term-{term.id}">{escape(term.name[language])}</span></dt>'
        assert f"{name}<dd>{escape(term.meaning[language])} " in html
    others = [f"#term-{one}" for term in TERMS for one in term.see]
    assert re.findall(r'href="([^"]*)"', html) == others


def test_every_term_that_a_page_speaks_of_exists_and_every_term_is_spoken_of_on_one():
    named = {*chain(*terms.PAGES.values()), *terms.AT.values()}
    assert named == SPOKEN
    assert all(len(set(page)) == len(page) for page in terms.PAGES.values())


def _show(name, language):
    from importlib import import_module

    import streamlit as st

    from views import store

    st.session_state["page"] = name
    import_module(f"views.{name}").show(store.current().book, language)


@EVERY_LANGUAGE
@pytest.mark.parametrize("name", terms.PAGES)
def test_a_page_has_a_drawer_with_its_terms_and_no_other(name, language):
    test = AppTest.from_function(_show, default_timeout=60, args=(name, language)).run()
    assert not test.exception
    html = "".join(block.proto.body for block in test.get("html"))
    (drawer,) = (one for one in re.findall("<details.*?</details>", html) if "#terms" in one)
    shown = [f"<dt>{escape(term.name[language])}</dt><dd>{escape(term.meaning[language])}</dd>" for term in TERMS]
    assert [entry in drawer for entry in shown] == [term.id in terms.PAGES[name] for term in TERMS]


def test_a_word_that_names_a_term_leads_to_it_and_another_does_not():
    led = terms.said("evidence.group.targets", "en", count=3)
    assert re.fullmatch('<a href="method#term-rival-target" class="term">Targets set elsewhere or earlier .3.</a>', led)
    assert terms.said("evidence.printed", "en") == "Original text"
