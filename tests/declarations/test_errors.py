"""The register of problems: complete, translated, and every example true."""

import re
from pathlib import Path

import pytest

from app.i18n.translator import Translator
from tests.declarations.community import codes, loaded

ROOT = Path(__file__).parents[2]
REGISTER = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^### ((?:E1|W2)\d\d) .*?\n(.*?)(?=^##|\Z)", REGISTER, re.DOTALL | re.MULTILINE)
"""The problems of declared files; tests/i18n/test_problem_texts.py holds all others to the code."""
SHOWN_ELSEWHERE = {"E108", "W209", "W211", "W220"}
"""What only writing gives (test_files.py), what takes a condition made for it (test_regions.py), or a package."""


def example(text: str) -> dict[str, str]:
    block = re.search(r"```yaml\n# (\S+)\n(.*?)```", text, re.DOTALL)
    assert block is not None
    path, body = block.groups()
    first, *others = re.split(r"^---8<--- (\S+)\n", body, flags=re.MULTILINE)
    return {path: first, **dict(zip(others[::2], others[1::2], strict=True))}


def codes_of_the_source() -> set[str]:
    sources = [
        *(ROOT / "app" / "declarations").rglob("*.py"),
        ROOT / "app" / "domain" / "core" / "signatures.py",
    ]
    sources += [ROOT / "app" / "domain" / "core" / "typecheck.py"]
    return {
        code for path in sources for code in re.findall(r'"([EW]\d{3})"', path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize(("code", "text"), [pair for pair in SECTIONS if pair[0] not in SHOWN_ELSEWHERE])
def test_every_example_of_the_register_gives_its_code(code: str, text: str) -> None:
    assert code in codes(loaded(example(text)))


def test_the_community_beside_the_examples_has_no_problem() -> None:
    assert codes(loaded()) == []


def test_the_register_names_every_code_that_the_source_can_give_and_no_other() -> None:
    assert {code for code, _ in SECTIONS} == codes_of_the_source()


@pytest.mark.parametrize("language", ["zh", "en", "es"])
def test_every_example_is_told_and_remedied_in_every_language(
    language: str, caplog: pytest.LogCaptureFixture
) -> None:
    translator = Translator(language)
    for code, text in SECTIONS:
        assert translator.has(f"problem-{code}")
        assert translator.has(f"problem-{code}.remedy")
        for problem in loaded(example(text)).problems if code not in SHOWN_ELSEWHERE else ():
            told = translator.problem(problem)
            assert told.what
            assert told.remedy
            assert "{" not in str(told)
    assert caplog.records == []
