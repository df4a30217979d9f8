"""Each problem that the code can tell has words of its own in every language, with what to do, and is registered."""

import re

import pytest
from fluent.syntax import ast

from app.domain.problem import Problem
from app.i18n import LANGUAGES, SOURCE, Translator
from app.i18n.catalogue import messages
from tests.i18n.problems_in_code import codes, reasons, register

FALLBACK = "other"
"""What stands for reasons to come; none of today's may fall to it."""


def variants(code: str, language: str) -> list[str] | None:
    """The reasons that a problem's text tells apart, the last resort among them; None where it tells none apart."""
    value = messages(language)[f"problem-{code}"].value
    for element in value.elements if value is not None else ():
        chosen = element.expression if isinstance(element, ast.Placeable) else None
        if isinstance(chosen, ast.SelectExpression):
            selector = chosen.selector
            if isinstance(selector, ast.VariableReference) and selector.id.name == "reason":
                return [
                    key.name if isinstance(key := variant.key, ast.Identifier) else key.value
                    for variant in chosen.variants
                ]
    return None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_in_the_code_has_a_text_of_its_own(language: str) -> None:
    missing = {}
    for code, told in reasons().items():
        known = variants(code, language)
        # A text for one reason alone needn't tell it apart.
        lacking = told - set(known) if known is not None else told if len(told) > 1 else set()
        if lacking:
            missing[code] = sorted(lacking)
    assert missing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_waits_for_a_reason_that_nothing_gives(language: str) -> None:
    found = reasons()
    waiting = {
        name.removeprefix("problem-"): sorted(
            set(variants(name.removeprefix("problem-"), language) or ())
            - found.get(name.removeprefix("problem-"), set())
            - {FALLBACK}
        )
        for name in messages(language)
        if re.fullmatch(r"problem-[EW]\d{3}", name)
    }
    assert {code: left for code, left in waiting.items() if left} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reason_is_told_in_the_words_of_the_fallback(language: str) -> None:
    t = Translator(language)
    alike = [
        (code, reason)
        for code, told in reasons().items()
        if FALLBACK in (variants(code, language) or ())
        for reason in told
        if what(t, code, reason) == what(t, code, "something new")
    ]
    assert alike == []


def what(t: Translator, code: str, reason: str) -> str:
    slots = ("name", "what", "wanted", "first", "limit", "table", "candidates", "entry", "sum", "max")
    return t.problem(Problem(code, values={**dict.fromkeys(slots, "x"), "reason": reason})).what


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_in_the_code_is_told_with_its_remedy(language: str) -> None:
    t = Translator(language)
    assert sorted(code for code in codes() if not t.has(f"problem-{code}")) == []
    assert sorted(code for code in codes() if not t.has(f"problem-{code}.remedy")) == []


def test_no_text_tells_a_code_that_nothing_gives() -> None:
    told = {name.removeprefix("problem-") for name in messages(SOURCE)}
    assert sorted(code for code in told - codes() if re.fullmatch(r"[EW]\d{3}", code)) == []


def test_the_register_has_a_heading_for_every_code_once() -> None:
    registered = re.findall(r"^#{2,3} ([EW]\d{3}) – \S", register(), re.MULTILINE)
    assert sorted(registered) == sorted(codes())


def test_the_reader_of_the_source_finds_reasons_in_each_of_the_ways_that_they_are_given() -> None:
    """Guards the tests above: a way that it can't read any more would hide what has no text."""
    found = reasons()
    assert {"form", "twice", "reserved"} <= found["E101"]
    assert {"key", "no_unit", "grade", "not_a_choice"} <= found["E102"]
    assert {"zero_denominator", "not_comparable", "period_wanted", "shape", "id"} <= found["E103"]
    assert {"tab", "syntax", "size", "unquoted"} <= found["E104"]
    assert {"too_deep", "ternary", "boolean_wanted"} <= found["E105"]
    assert {"no_path", "outside"} <= found["E131"]
    assert {"once_per", "subject_missing", "check", "no_offset"} <= found["E564"]
