"""Whatever a page sends, a submission is stored or refused with its faults; nothing in between, and no other error."""

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import ProblemError
from app.services.actor import DeniedError
from app.services.filling import RefusedError
from app.services.form_views import Wanted
from app.services.submitted import Submission
from tests.fakes.examples import examples
from tests.fakes.working import DIRECTOR, LEADER, Working

_TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["\x00", "\ud800", "1e999", "9" * 400, "-0", "NaN", "2026-02-30", "0001-01-01", "../..", "{{7*7}}"]
    ),
)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=6,
)
_VISIT = ("channel", "condition", "concern", "again_on", "minutes", "notes", "no_such_field")
_HOUSEHOLD = ("grid", "building", "door", "head", "id_card", "phone", "members", "special", "left_on")


async def _sent(submission: Submission) -> list[type[Exception]]:
    """Send it twice to a new community; return how each ended (nothing for what was stored)."""
    with tempfile.TemporaryDirectory() as folder:
        working = Working(Path(folder))
        await working.start()
        before = len(working.store.ledger.stored)
        ends: list[type[Exception]] = []
        for _ in range(2):
            try:
                await working.work.submissions.submit(DIRECTOR, submission)
            except (DeniedError, RefusedError, ProblemError) as fault:
                ends.append(type(fault))
        stored = len(working.store.ledger.stored) - before
        assert stored == (0 if ends else 1)
        # What was stored can be shown, to those who may see everything and to those who may not.
        for ref in (LEADER, DIRECTOR):
            await working.work.today.today(ref)
            await working.work.subjects.card(ref, "household", "hh-1")
        return ends


@examples(10)
@given(answers=st.dictionaries(st.sampled_from(_VISIT), _JSON))
def test_a_visit_of_any_answers_is_stored_once_or_refused(answers: dict[str, Any]) -> None:
    asyncio.run(_sent(Submission("hostile-0001", "visit", answers, "hh-1")))


@examples(10)
@given(answers=st.dictionaries(st.sampled_from(_HOUSEHOLD), _JSON))
def test_a_household_of_any_answers_is_stored_once_or_refused(answers: dict[str, Any]) -> None:
    good = {
        "grid": "lakeside/g1",
        "building": "1",
        "door": "1-1-109",
        "head": "何",
        "members": 1,
        "special": [],
    }
    asyncio.run(_sent(Submission("hostile-0002", "household", {**good, **answers})))


@pytest.mark.parametrize(
    "at",
    [
        datetime.min.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=8))),  # no instant in UTC
        datetime.max.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=timezone(-timedelta(hours=8))),
        datetime(1899, 12, 31, tzinfo=UTC),
    ],
)
async def test_a_day_at_the_end_of_the_calendar_is_refused_like_any_other(at: datetime) -> None:
    answers = {"channel": "home", "condition": "well"}
    ends = await _sent(Submission("hostile-0003", "visit", answers, "hh-1", at))
    assert ends == [RefusedError, RefusedError]
    home = {
        "grid": "lakeside/g1",
        "building": "1",
        "door": "1-1-109",
        "head": "何",
        "members": 1,
        "special": [],
    }
    ends = await _sent(Submission("hostile-0004", "household", home, None, at))
    assert ends == [RefusedError, RefusedError], "a place of the answers is looked for on a day, too"


@pytest.mark.parametrize(
    "word", ["", "x", "\x00", "../../x", "\ud800", "9" * 10_000, "visit", "hh-1", "2026-Q4"]
)
async def test_no_address_of_a_form_breaks_it(word: str, tmp_path: Path) -> None:
    working = Working(tmp_path)
    await working.start()
    for wanted in (
        Wanted(word, "hh-1"),
        Wanted("visit", word),
        Wanted("visit", "hh-1", word, word, word),
        Wanted("visit", "hh-1", "home_visit", "hh-1", word),
        Wanted("visit", "hh-1", "home_visit", word, "2026-Q4"),
        Wanted(entry=word),
    ):
        try:
            view = await working.work.submissions.open(LEADER, wanted)
        except (DeniedError, ProblemError):
            continue
        assert view.form.id in {"visit", "household"}
