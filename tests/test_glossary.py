"""The glossary: a dozen terms that help in both languages, in words of our own."""

import re
from html import escape

import pytest
import yaml
from conftest import ROOT, real_book

from views import terms
from wording.glossary import glossary
from wording.texts import TEXTS

TERMS = list(glossary().values())
every_term = pytest.mark.parametrize("term", TERMS, ids=lambda term: term.id)
SPOKEN = {
    *("indicator", "target", "baseline", "observation", "comparable", "partly-comparable", "context-figure"),
    *("rival-target", "required-path", "counted-from-zero", "grade", "tentative", "definition", "year-on-year"),
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


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_method_page_has_every_term_and_the_first_screen_some(language):
    every, first = terms.listed(language), terms.drawer(language)
    for term in TERMS:
        entry = f"<dt>{term.name[language]}</dt><dd>{escape(term.meaning[language])}</dd>"
        assert entry in every
        assert (entry in first) == (term.id in terms.FIRST)
    assert set(terms.FIRST) < SPOKEN
    assert re.search(r'href="[^"]*method[^"]*#terms"', first)
