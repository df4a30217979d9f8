"""The arithmetic of a sheet against one written down again: caps, floors, what doesn't apply, rounding, vetoes."""

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import NotApplicable
from tests.fakes.examples import examples
from tests.services.declared import told

POLICIES = ("full", "zero", "omit", "rescale")


@dataclass(frozen=True)
class Part:
    """An item over one kind of mark; `here`: it applies. `most` None: it has no maximum."""

    most: int | None
    start: bool
    floor: bool
    here: bool
    policy: str
    cap: int | None
    step: Fraction | None
    veto: bool
    marks: tuple[int, ...]


PARTS = st.builds(
    Part,
    most=st.none() | st.integers(1, 20),
    start=st.booleans(),
    floor=st.booleans(),
    here=st.booleans(),
    policy=st.sampled_from(POLICIES),
    cap=st.none() | st.integers(1, 9),
    step=st.none() | st.sampled_from([Fraction(1, 2), Fraction(2)]),
    veto=st.booleans(),
    marks=st.lists(st.integers(-40, 40), max_size=3).map(tuple),
)
SECTIONS = st.lists(st.lists(PARTS, min_size=1, max_size=3), min_size=1, max_size=2)


def declared(sections: list[list[Part]], most: int) -> str:
    text = "form: staff\ndescribes: worker\nfields: {on: {type: choices, from: [yes, no]}}\n---\n"
    names = [f"k{at}_{n}" for at, parts in enumerate(sections) for n in range(len(parts))]
    text += "form: given\nabout: worker\nfields:\n  points: {type: number, required: true}\n"
    text += f"  kind: {{type: choice, from: [{', '.join(names)}], required: true}}\n---\n"
    text += f"sheet: score\nfor_each: role leader\nevery: year\nround: {{to: 0.5, half: even}}\nmax: {most}\nitems:\n"
    for at, parts in enumerate(sections):
        text += f"  s{at}:\n    max: {sum(part.most or 0 for part in parts) or 1}\n    items:\n"
        for number, part in enumerate(parts):
            text += f"      i{number}:\n"
            text += f"        max: {part.most}\n" if part.most is not None else ""
            text += "        start: max\n" if part.start and part.most is not None else ""
            text += "        floor: none\n" if part.floor else ""
            text += f"        not_applicable: {part.policy}\n" if part.most is not None else ""
            text += "" if part.here else "        applies: '1 > 2'\n"
            text += f"        round: {{to: {part.step}}}\n" if part.step is not None else ""
            text += "        veto: {points: {under: 0}}\n" if part.veto else ""
            cap = "" if part.cap is None else f", at_most: {part.cap}"
            where = f"where: {{kind: k{at}_{number}}}"
            text += f"        lines: {{all: {{add: points, for_each: {{form: given, {where}}}{cap}}}}}\n"
    return text


def half_up(value: Fraction, to: Fraction) -> Fraction:
    """Round to the nearer of the two multiples beside `value`, away from zero if both are as near."""
    sign = -1 if value < 0 else 1
    below = abs(value) // to * to
    return sign * (below if abs(value) - below < to / 2 else below + to)


def half_even(value: Fraction, to: Fraction) -> Fraction:
    below = value // to
    rest = value / to - below
    return (below if rest < Fraction(1, 2) or (rest == Fraction(1, 2) and below % 2 == 0) else below + 1) * to


def item(part: Part) -> Fraction | None:
    """Return an item's points, None where it doesn't apply and stays so."""
    most = part.most
    if not part.here:
        if most is None or part.policy in ("omit", "rescale"):
            return None
        value = Fraction(most if part.policy == "full" else 0)
    else:
        value = Fraction(sum(part.marks)) / 4
        if part.cap is not None:
            value = max(min(value, Fraction(part.cap)), Fraction(-part.cap))
        if most is not None:
            value = min(value + (most if part.start else 0), Fraction(most))
            value = value if part.floor else max(value, Fraction(0))
    return value if part.step is None else half_up(value, part.step)


def section(parts: list[Part]) -> Fraction | None:
    """Return a section's points: the parts that apply, blown up to the maxima of those that leave theirs to them."""
    points = [item(part) for part in parts]
    if all(value is None for value in points):
        return None
    total = sum((value for value in points if value is not None), Fraction(0))
    present = sum(part.most or 0 for part, value in zip(parts, points, strict=True) if value is not None)
    gone = sum(
        part.most or 0
        for part, value in zip(parts, points, strict=True)
        if value is None and part.policy == "rescale"
    )
    if any(part.veto and value is not None and value < 0 for part, value in zip(parts, points, strict=True)):
        return Fraction(0)
    if gone:
        if not present:
            return None
        total = total * (present + gone) / present
    omitted = sum(
        part.most or 0
        for part, value in zip(parts, points, strict=True)
        if value is None and part.policy == "omit"
    )
    declared_most = sum(part.most or 0 for part in parts) or 1
    return min(max(total, Fraction(0)), Fraction(declared_most - omitted))


@examples(10)
@given(SECTIONS)
def test_a_sheet_agrees_with_the_order_of_its_steps_written_down_again(sections: list[list[Part]]) -> None:
    whole = sum(sum(part.most or 0 for part in parts) or 1 for parts in sections)
    entries = "\n".join(
        f"- {{form: given, at: 2025-02-0{at + 1}, by: w9, subject: w1, "
        f"kind: k{at}_{n}, points: {Fraction(value, 4)}}}"
        for at, parts in enumerate(sections)
        for n, part in enumerate(parts)
        for value in part.marks
    )
    case = told(declared(sections, whole), entries)
    outcome = case.outcome()
    row = next(iter(outcome.tables["score"].records()))
    found = [section(parts) for parts in sections]
    stored = {one["item"]: one["points"] for one in outcome.tables["score.items"].records()}
    for at, parts in enumerate(sections):
        for n, part in enumerate(parts):
            expected = item(part)
            assert stored[f"s{at}/i{n}"] == (
                NotApplicable("not_applicable") if expected is None else expected
            )
        if found[at] is not None:
            assert stored[f"s{at}"] == found[at]
    if any(value is not None for value in found):
        total = sum((value for value in found if value is not None), Fraction(0))
        assert row["points"] == half_even(
            min(max(total, Fraction(0)), Fraction(str(row["max"]))), Fraction(1, 2)
        )
    else:
        assert row["state"] == "not_applicable"
