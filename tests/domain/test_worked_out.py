"""What is worked out of a definition is made once, by which definition it is and not by what it says."""

from dataclasses import dataclass

from app.domain.worked_out import _MOST, WorkedOut


@dataclass(frozen=True, slots=True)
class Definition:
    text: str


def test_it_is_made_once_for_each_definition_and_what_else_it_depends_on() -> None:
    made: list[tuple[str, str]] = []

    def make(definition: Definition, zone: str) -> str:
        made.append((definition.text, zone))
        return definition.text + zone

    one, like_it = Definition("visit"), Definition("visit")
    work_out = WorkedOut(make)
    assert [work_out(one, "UTC"), work_out(one, "UTC"), work_out(one), work_out(like_it)] == [
        "visitUTC",
        "visitUTC",
        "visit",
        "visit",
    ]
    assert made == [("visit", "UTC"), ("visit", ""), ("visit", "")]


def test_what_many_definitions_give_is_right_though_only_so_much_is_remembered() -> None:
    def text(definition: Definition, _: str) -> str:
        return definition.text

    work_out = WorkedOut(text)
    for number in range(3 * _MOST):  # each lives no longer than its turn: identities come again
        assert work_out(Definition(str(number))) == str(number)
