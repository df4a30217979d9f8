"""An impact on paper and in a terminal: what is told stands there, escaped, in the reader's language."""

from dataclasses import replace

import pytest

from app.cli.impacting import _person, _whole
from app.i18n import Translator
from app.printing.impacts import impact_html
from app.services.impact.document import impact_document
from app.services.impact.impact import EVERYTHING
from app.services.impact.person import person_document
from tests.services.test_impact import W1, monthly


@pytest.mark.parametrize("language", ["zh", "en", "es"])
def test_the_print_for_the_meeting_tells_totals_and_people(language: str) -> None:
    t = Translator(language)
    document = replace(impact_document(monthly(), EVERYTHING, t), draft="<b>")
    page = impact_html(document, language)
    assert f'<html lang="{t.html_lang}">' in page
    for words in (*document.headlines, *(part.title for part in document.parts), document.lose[0].name):
        assert words in page
    (call,) = document.words  # what is decided on stands there in words, what stays the same doesn't
    assert call.title in page
    assert all(words in page for words in (*call.before, *call.after))
    assert set(call.before).isdisjoint(call.after)
    assert (len(call.before), len(call.after)) == (1, 1)
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_a_terminal_tells_the_same_and_of_one_person_the_rows() -> None:
    t = Translator("en")
    found = monthly()
    whole = "\n".join(_whole(impact_document(found, EVERYTHING, t), t))
    assert "16 more duties are owed" in whole
    assert "Lower (2)" in whole
    touched = found.impact.of(W1)
    assert touched is not None
    person = person_document(found, touched, EVERYTHING, t)
    told = "\n".join(_person(replace(person, groups=(replace(person.groups[0], more=2),)), t))
    assert "In force: 100 − 3 × 10 = 70" in told
    assert "2 more rows aren’t listed." in told
