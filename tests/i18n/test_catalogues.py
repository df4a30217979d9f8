"""No string lacks a translation, has other slots in another language, is unused, or is asked for in vain."""

import re

import pytest
from fluent.syntax import FluentParser, ast, visitor

from app.i18n import LANGUAGES, SOURCE, Translator
from app.i18n.catalogue import messages, parts
from tests.i18n.messages_in_code import Asked, asked

TRANSLATIONS = [language for language in LANGUAGES if language != SOURCE]
HAN = re.compile(r"[\u4e00-\u9fff]")


class Slots(visitor.Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.references: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - found by this name
        self.names.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.references.add(node.id.name)


class Written(visitor.Visitor):
    """What stands there to be read, without its slots."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802
        self.texts.append(node.value)


def slots(message: ast.Message | ast.Term) -> dict[str, set[str]]:
    """The slots of a message's value ('') and of each attribute."""
    found = {}
    patterns = {"": message.value, **{attribute.id.name: attribute.value for attribute in message.attributes}}
    for name, pattern in patterns.items():
        if pattern is not None:
            seen = Slots()
            seen.visit(pattern)
            found[name] = seen.names
    return found


@pytest.fixture(scope="module")
def code() -> Asked:
    return asked()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_there_in_every_language(language: str) -> None:
    assert [path.name for path in parts(language)] == [path.name for path in parts(SOURCE)]


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_string_lacks_a_translation_and_none_is_left_over(language: str) -> None:
    assert sorted(messages(language)) == sorted(messages(SOURCE))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_the_same_attributes_and_slots(language: str) -> None:
    different = {
        name: (slots(source), slots(messages(language)[name]))
        for name, source in messages(SOURCE).items()
        if slots(source) != slots(messages(language)[name])
    }
    assert different == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_apostrophes_are_all_of_the_one_sort_that_is_set_in_print(language: str) -> None:
    wrong = []
    for name, message in messages(language).items():
        written = Written()
        written.visit(message)
        if "'" in "".join(written.texts):
            wrong.append(name)
    assert wrong == [], f"write ’ instead of ' in app/i18n/{language}"


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_translation_is_left_in_chinese(language: str) -> None:
    t = Translator(language)
    own_names = {"language-name-zh", "language-name-zh-Hant"}
    assert [
        name
        for name in messages(SOURCE)
        if name not in own_names and not name.startswith("-") and HAN.search(t(name))
    ] == []


def test_every_message_that_the_code_asks_for_exists(code: Asked) -> None:
    t = Translator(SOURCE)
    assert [name for name in code.names if not t.has(name)] == []


def test_every_message_gets_the_values_that_its_slots_name(code: Asked) -> None:
    wrong = []
    for name, calls in code.names.items():
        message, _, attribute = name.partition(".")
        if message in messages(SOURCE):
            wanted = slots(messages(SOURCE)[message]).get(attribute, set())
            wrong += [(name, wanted, given) for given in calls if given is not None and not wanted <= given]
    assert wrong == []


def test_no_message_is_unused(code: Asked) -> None:
    referred = set()
    for message in messages(SOURCE).values():
        seen = Slots()
        seen.visit(message)
        referred |= seen.references
    prefixes = tuple(prefix for prefix in code.prefixes if prefix.endswith("-") and prefix != "problem-")
    unused = [
        name
        for name in messages(SOURCE)
        if name not in code.names
        and name not in code.constants
        and name not in referred
        and name.removeprefix("problem-") not in code.constants
        and not name.startswith(prefixes)
        and not name.startswith("-")
    ]
    assert unused == []


def test_an_open_ended_name_matches_at_least_one_message() -> None:
    """Guards the test above: a prefix that matches everything would hide what is unused."""
    assert not any(prefix in {"-", ""} for prefix in asked().prefixes if prefix.endswith("-"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_says_what_to_do(language: str) -> None:
    t = Translator(language)
    problems = [
        name for name in messages(SOURCE) if name.startswith("problem-") and name != "problem-suggestion"
    ]
    assert [name for name in problems if not t.has(f"{name}.remedy")] == []


def test_every_problem_code_in_the_code_has_a_text(code: Asked) -> None:
    codes = {constant for constant in code.constants if re.fullmatch(r"[EW]\d{3}", constant)}
    assert sorted(problem for problem in codes if f"problem-{problem}" not in messages(SOURCE)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_lines_messages_stand_in_a_file_of_their_own_and_use_no_others(language: str) -> None:
    (path,) = [part for part in parts(language) if part.stem == "cli"]
    body = FluentParser().parse(path.read_text(encoding="utf-8")).body
    found = [entry for entry in body if isinstance(entry, ast.Message | ast.Term)]
    seen = Slots()
    for entry in found:
        seen.visit(entry)
    assert seen.references <= {entry.id.name for entry in found}
    assert not any(isinstance(entry, ast.Term) for entry in found)
    own = {entry.id.name for entry in found}
    assert own >= {name for name in messages(language) if name.startswith("cli-")}
