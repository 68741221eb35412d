"""The page's own logic, run by Streamlit's test harness."""

from unittest.mock import patch

import pytest
from conftest import ROOT
from streamlit.testing.v1 import AppTest


def app(**parameters) -> AppTest:
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for name, value in parameters.items():
        test.query_params[name] = value
    return test


@pytest.mark.parametrize(("language", "words"), [("zh", "暂时无法显示"), ("en", "cannot be shown")])
def test_a_failure_is_a_calm_notice_and_no_traceback(language, words, caplog):
    with patch("views.overview.show", side_effect=RuntimeError("secret detail")):
        test = app(lang=language).run()
    assert not test.exception
    assert words in test.error[0].value
    assert "secret" not in "".join(error.value for error in test.error)
    assert "secret detail" in caplog.text


def test_the_filter_and_the_counts_follow_the_address():
    test = app(lang="en", sector=["health-care", "energy"]).run()
    assert test.get_by_key("sectors").value == ["health-care", "energy"]
    assert [heading.value for heading in test.subheader][:2] == [
        "Energy: from the baseline to the 2030 target",
        "Health and care: from the baseline to the 2030 target",
    ]
    assert any(text.value.startswith("Targets shown: 22.") for text in test.markdown)


def test_without_a_choice_every_sector_is_shown():
    test = app(lang="en").run()
    assert len(test.subheader) == 11 + 1  # eleven sectors and the table
    assert len(test.dataframe[0].value) == 97
