"""The card of a household on paper: what its page shows the same reader, and nothing else."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.entry import Entry
from app.domain.problem import Problem, ProblemError
from app.i18n import HANT
from app.services.actor import ActorRef, DeniedError
from app.services.prints.cards import CardPrints
from app.services.prints.report import CardDocument, Printable
from app.services.submitted import Submission
from tests.fakes.working import DIRECTOR, FILES, LEADER, NEIGHBOUR, PLACE, Working, codes, founding

RESIDENT = """\
form: resident
title: {zh: 居民, en: Residents, es: Vecinos}
describes: resident
label: [name]
filled_by: [leader, director]
fields:
  household: {title: {zh: 家庭}, type: ref, to: household, required: true}
  grid: {title: {zh: 网格}, type: ref, to: grid, required: true}
  name: {title: {zh: 姓名}, type: text, required: true}
  born: {title: {zh: 出生}, type: date}
  illness: {title: {zh: 疾病}, type: text, sensitive: true}
"""
RARE = "喆玥堃燊䶮𬭎"


class FakeDocuments:
    def __init__(self) -> None:
        self.problem: Problem | None = None

    def available(self) -> Problem | None:
        return self.problem

    def document(self, document: Printable, language: str) -> bytes:
        return f"{document.kind} {language}".encode()


def with_members(start: datetime) -> list[Entry]:
    found = founding(start)
    for number, name in ((1, RARE), (2, "陈小明")):
        answers = {"household": "hh-1", "grid": f"{PLACE}/g1", "name": name}
        answers |= {"born": "1950-03-04", "illness": "膝盖疼"}
        found.append(Entry(f"r-{number}", PLACE, "resident", start, "w-3", start, answers, f"r-{number}"))
    return found


class Cards:
    def __init__(self, working: Working) -> None:
        self.working = working
        self.printer = FakeDocuments()
        self.prints = CardPrints(
            working.work.subjects, working.live, working.people.resolve, working.clock, self.printer
        )

    async def card(self, ref: ActorRef, language: str = "zh", on: date | None = None) -> CardDocument:
        return await self.prints.document(ref, "household", "hh-1", language, on)


@pytest.fixture
async def cards(tmp_path: Path) -> Cards:
    role = "config/roles/leader.yaml"
    texts = {**FILES, "forms/resident.yaml": RESIDENT, role: FILES[role].replace(", see_sensitive", "")}
    working = Working(tmp_path, texts=texts, founding=with_members)
    await working.start()
    said = {"channel": "home", "condition": "well", "notes": "门锁换了"}
    await working.work.submissions.submit(LEADER, Submission("visit-1000", "visit", said, "hh-1"))
    return Cards(working)


def answers(card: CardDocument) -> dict[str, str]:
    return {fact.title: fact.answer for fact in card.facts}


async def test_who_may_see_sensitive_answers_gets_them_and_everybody_else_a_mask(cards: Cards) -> None:
    for ref, phone, ill, tags, masked in (
        (DIRECTOR, "13800000000", "膝盖疼", "独居", ""),
        (LEADER, "＊＊＊", "＊＊＊", "", "有 2 项按规定不显示。"),
    ):
        card = await cards.card(ref)
        assert (card.plate, card.name, card.tags, card.masked) == ("1-1-101", "陈桂芳", tags, masked)
        assert answers(card)["电话"] == phone
        (group,) = [one for one in card.members if one.title == "居民"]
        said = f"出生：1950年3月4日；疾病：{ill}"
        assert {row.name: row.facts for row in group.rows} == dict.fromkeys((RARE, "陈小明"), said)
        assert ("13800000000" in repr(card)) == (ref is DIRECTOR)


async def test_the_card_tells_what_is_owed_and_what_happened_and_who_printed_it(cards: Cards) -> None:
    card = await cards.card(LEADER)
    assert {one.title: one.state.partition("·")[0] for one in card.owed} == {
        "上门走访": "已办",
        "电话随访": "待办",
    }
    assert [(one.title, one.who) for one in card.moments] == [("走访记录", "周敏"), ("登记入册", "沈若兰")]
    assert "门锁换了" in card.moments[0].words
    assert "周敏" in card.by


async def test_a_card_is_of_the_day_that_is_asked_for(cards: Cards) -> None:
    day = (cards.working.now - timedelta(days=1)).date()
    card = await cards.card(LEADER, on=day)
    assert [one.title for one in card.moments] == ["登记入册"]
    assert (card.owed, card.keeper) == ((), "")
    assert str(day.year) in card.as_of


async def test_words_are_in_traditional_characters_and_names_stay_as_they_are(cards: Cards) -> None:
    card = await cards.card(DIRECTOR, HANT)
    assert (card.title, card.tags) == ("家庭檔案", "獨居")
    assert "電話" in answers(card)
    names = [row.name for group in card.members for row in group.rows]
    assert sorted(names) == sorted([RARE, "陈小明"])


async def test_nobody_prints_a_card_that_isnt_theirs_to_see(cards: Cards) -> None:
    with pytest.raises(DeniedError):
        await cards.prints.pdf(NEIGHBOUR, "household", "hh-1", "zh")
    with pytest.raises(ProblemError) as unknown:
        await cards.prints.pdf(LEADER, "household", "hh-99", "zh")
    assert codes(unknown.value) == ["E707"]
    assert await cards.prints.pdf(LEADER, "household", "hh-1", "en") == b"card en"
    cards.printer.problem = Problem("E572")
    with pytest.raises(ProblemError) as caught:
        await cards.prints.pdf(LEADER, "household", "hh-1", "zh")
    assert codes(caught.value) == ["E572"]
