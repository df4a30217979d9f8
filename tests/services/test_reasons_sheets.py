"""Reasons of what sheets can say beside plain lines: averages, caps a case, vetoes, checklists, wallets."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import Translator
from app.services.appraising.wallet_views import wallets_of
from app.services.reasons.arithmetic import sum_words
from app.services.reasons.phrases import Phrase, say
from app.services.reasons.reasons import Reasons
from tests.fakes.examples import examples
from tests.services.declared import told
from tests.services.test_reasons import reason
from tests.services.test_sheet_language import CHECKLIST, PEOPLE, ROLES, SLABS, VETO, WORKER, mark

ZH, EN, ES = (Translator(language) for language in ("zh", "en", "es"))

PANEL = """
sheet: score
for_each: role leader
every: year
items:
  part:
    max: 40
    items:
      a:
        max: 10
        round: {to: 0.5, half: HALF}
        lines:
          good: {add: points, for_each: {form: mark, where: {kind: good}}, take: average}
          bad: {deduct: points, for_each: {form: mark, where: {kind: bad}}, each_case: {of: date, at_most: 2}}
      b: {max: 30, start: max, floor: none, lines: {bad: {deduct: points, for_each: mark, take: last}}}
      c: {lines: {good: {add: points, for_each: mark, take: highest}}, veto: {points: {over: 20}}}
"""


@examples(8)
@given(
    st.lists(
        st.tuples(st.sampled_from(["good", "bad"]), st.fractions(-3, 25, max_denominator=4)), max_size=6
    ),
    st.sampled_from(["up", "down", "even"]),
)
def test_every_displayed_sum_adds_up_to_the_stored_points(
    marked: list[tuple[str, Fraction]], half: str
) -> None:
    case = told(PANEL.replace("HALF", half), mark(*((kind, str(points)) for kind, points in marked)))
    reasons = Reasons(case.evaluation(), "score", "w1", "2025")
    for path, _ in reasons.rows.walk():
        found = reasons.reason(path)
        assert found is not None
        if found.total is None:
            assert found.policy == Phrase("policy-vetoed", {"item": "c"})
        else:
            assert found.total.total == found.points


def test_a_section_is_told_from_an_item_of_several_lines_by_what_it_is_made_of() -> None:
    case = told(PANEL.replace("HALF", "up"), mark(("good", "1")))
    reasons = Reasons(case.evaluation(), "score", "w1", "2025")
    made = {path: reasons.reason(path) for path, _ in reasons.rows.walk()}
    assert [path for path, found in made.items() if found is not None and found.section] == [("part",)]


def test_an_average_is_told_as_a_sum_over_how_many() -> None:
    case = told(PANEL.replace("HALF", "up"), mark(("good", "3"), ("good", "5"), ("good", "5")))
    found = reason(case, "part", "a")
    assert found.total is not None
    assert sum_words(found.total, ZH)[0] == "(2 × 5 + 3) ÷ 3 = "
    assert found.points == Fraction(9, 2)


def test_a_veto_is_told_at_the_item_and_at_what_it_stands_in() -> None:
    case = told(VETO.replace("VETO", ", veto: {points: {under: 10}}"), mark(("good", "9")))
    assert reason(case, "safety").policy == Phrase("policy-vetoed", {"item": "drills"})
    inner = reason(case, "safety", "drills")
    assert (inner.policy, inner.points) == (Phrase("policy-vetoes"), 9)
    said = [say(sentence, EN) for sentence in inner.sentences]
    assert any("Veto" in sentence and "under 10" in sentence for sentence in said)
    assert reason(case, "safety", "posters").policy is None


@pytest.mark.parametrize(("t", "words"), [(ZH, "分段"), (EN, "by parts"), (ES, "tramos")])
def test_slabs_are_told_with_their_shares(t: Translator, words: str) -> None:
    sheet = (
        f"sheet: score\nfor_each: role leader\nevery: year\nitems: {{all: {{lines: {{each: {SLABS}}}}}}}\n"
    )
    said = [say(one, t) for one in reason(told(sheet, mark(("good", "600"))), "all").sentences]
    assert any(words in sentence and "50%" in sentence for sentence in said)


@pytest.mark.parametrize(("t", "words"), [(ZH, "按清单"), (EN, "by the list"), (ES, "según la lista")])
def test_a_checklist_is_told_field_by_field_and_opens_to_its_entries(t: Translator, words: str) -> None:
    given_ = "- {form: check, at: 2025-02-01, by: w9, subject: w1, tidy: true, book: all}"
    found = reason(told(CHECKLIST.replace("TAKE", "take: average"), given_), "site")
    said = [say(one, t) for one in found.sentences]
    assert any(words in sentence and "tidy" in sentence for sentence in said)
    assert [(row.points, len(row.entries)) for row in found.rows] == [(9, 1)]


def test_what_is_credited_to_holders_of_a_role_says_so_and_opens_to_the_breach() -> None:
    text = (
        WORKER
        + """
form: breach
fields: {owner: {type: ref, to: worker, required: true}}
---
sheet: pay
for_each: worker
every: year
unit: CNY
lines: {late: {deduct: 10, for_each: breach, credit: [owner, {role: cadre, amount: 30}]}}
"""
    )
    case = told(
        text, PEOPLE + "- {form: breach, at: 2025-02-01, by: w9, place: c1/g1, owner: w1}", files=ROLES
    )
    found = Reasons(case.evaluation(), "pay", "w2", "2025").reason(("pay",))
    assert found is not None
    assert found.total is not None
    assert (found.points, found.total.total) == (-30, -30)
    assert [row.points for row in found.rows] == [-30]
    assert any("each cadre" in say(one, EN) for one in found.sentences)


GATED = """
sheet: score
for_each: role leader
every: year
scored_by: leader
items:
  a: {max: 10, start: max, requires: {form: mark, times: 2}, applies: {place.sort: rural}, not_applicable: full}
  b: {max: 10, start: max, vetoed_by: {form: mark, where: {kind: bad}}, lines: {hand: {mark: mark, between: [0, 5]}}}
"""


@pytest.mark.parametrize("t", [ZH, EN, ES])
def test_gates_vetoes_and_whose_item_it_is_are_told_in_every_language(t: Translator) -> None:
    place = "place: c1\nlevel: community\ncalendar: cn\nplaces:\n"
    place += "  g1: {level: grid, profile: {sort: rural}}\n  g2: {level: grid}\n"
    case = told(GATED, mark(("good", "1")), files={"config/places/c1/place.yaml": place})
    for path in ("a", "b"):
        said = [say(one, t) for one in reason(case, path).sentences]
        assert len(said) >= 3
        assert all(sentence and "{" not in sentence and "sentence-" not in sentence for sentence in said)


def test_a_wallet_tells_each_move_and_the_sum_is_its_balance() -> None:
    text = """
form: gift_taken
fields: {points: {type: integer, required: true}}
---
sheet: shop
for_each: role leader
every: month
lines: {good: {title: {zh: 好事}, add: points, for_each: mark}}
wallet:
  spent_by: {form: gift_taken, column: points}
  expires: 60 days
  levels: {one: {at_least: 5, title: {zh: 一星}}, two: {at_least: 500}}
"""
    given_ = mark(("good", "20"), ("good", "3"))
    for day, points in (("03-01", 5), ("03-02", 900)):
        given_ += f"\n- {{form: gift_taken, at: 2025-{day}, by: w1, points: {points}}}"
    (wallet,) = wallets_of(told(text, given_, as_of="2025-04-10").evaluation(), "w1")
    assert wallet.balance == wallet.earned - wallet.spent - wallet.expired == 0
    assert (wallet.earned, wallet.spent, wallet.expired, wallet.level) == (23, 5, 18, {"zh": "一星"})
    assert [(move.event, move.moved, move.refused, bool(move.entry)) for move in wallet.moves] == [
        ("expired", -3, "", True),
        ("expired", -15, "", True),
        ("spent", 0, "balance", True),
        ("spent", -5, "", True),
        ("earned", 3, "", True),
        ("earned", 20, "", True),
    ]
    assert list(wallets_of(told(text, given_, as_of="2025-04-10").evaluation(), "w9")) == []
