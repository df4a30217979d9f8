"""Duties in words: series, rosters, pauses, extensions, quorums, in each language and without a hole."""

from datetime import date

import pytest

from app.i18n import LANGUAGES, Translator
from app.services.reasons.phrases import say
from app.services.reasons.sentences import Sentences
from tests.services.declared import told
from tests.services.test_duty_clocks import LONGER, PAUSED, REQUESTS
from tests.services.test_duty_counting import ATTENDANCE, MEETING, SHIFTS
from tests.services.test_duty_windows import NEWBORN, ROLLING


def said(declared: str, duty: str, language: str = "en") -> list[str]:
    regulation = told(declared).regulation
    sentences = Sentences(regulation, date(2025, 3, 1)).duty(regulation.duties[duty])
    return [say(sentence, Translator(language)) for sentence in sentences]


def test_a_series_says_its_days_and_a_rolling_window_its_length() -> None:
    home, hospital = said(NEWBORN, "newborn_visits")
    assert "on day 1, 3, 7, 14, 21, 28, 42 after it" in home
    assert "on day 3, 7, 14, 21, 28, 42 after it" in hospital
    assert "within 90 days of the last time" in said(ROLLING, "seen")[0]


def test_what_holds_a_clock_back_and_what_moves_it_is_said() -> None:
    limit, pause, longer = said(REQUESTS + PAUSED + LONGER, "forwarded")
    assert "within 5 working days" in limit
    assert pause.startswith("The clock stands still from “step”")
    assert pause.endswith(", 3 working days each at most")
    assert longer.endswith("moves the limit, 4 working days each at most")
    leave = REQUESTS + "pauses: {away: {during: leave, in_all: 3 days}}\n"
    assert said(leave, "forwarded")[1] == "The clock stands still during “leave”, 3 days in all at most"
    fixed = REQUESTS + "extended_by: {form: step, by: 2 days, total: 9 days, in_all: 4 days}\n"
    assert (
        said(fixed, "forwarded")[1]
        == "“step” moves the limit by 2 days, 4 days in all at most, to 9 days at most"
    )


@pytest.mark.parametrize(
    ("quorum", "words"),
    [
        ("role: leader, share: 2/3", "66.67% of leader present at least"),
        ("role: leader, at_least: 3", "with 3 of leader present at least"),
        ("at_least: 3", "with 3 present at least"),
        ("roles: [chair]", "with 1 present at least"),
    ],
)
def test_a_meeting_says_its_quorum(quorum: str, words: str) -> None:
    assert words in said(MEETING.replace("QUORUM", quorum), "council")[0]


def test_a_roster_says_whose_times_it_means() -> None:
    assert "each time of “meeting”" in said(ATTENDANCE, "attended")[0]
    days = SHIFTS.replace("{roster: ROSTER}", "{roster: shift, each: day}")
    assert "every day, each time of “shift”" in said(days, "on_shift")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_a_hole_in_any_language(language: str) -> None:
    for declared, duty in ((NEWBORN, "newborn_visits"), (REQUESTS + PAUSED + LONGER, "forwarded")):
        assert not any(
            "{" in sentence or "sentence-" in sentence for sentence in said(declared, duty, language)
        )
