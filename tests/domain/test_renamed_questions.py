"""Questions that may be old ones by another name are proposed, and none where it could be two."""

from datetime import date

from app.domain.core.values import Kind, Type
from app.domain.kinds.form import Choice, Field
from app.domain.renamed_questions import renamed

NUMBER, TEXT = Type(Kind.INTEGER), Type(Kind.TEXT)


def asked(name: str, kind: Type = TEXT, title: str = "", **more: object) -> Field:
    return Field(name, "text", kind, {"zh": title or name}, **more)  # type: ignore[arg-type]


def pairs(gone: list[Field], new: list[Field]) -> list[tuple[str, str]]:
    return [(one.was, one.question) for one in renamed(gone, new)]


def test_one_that_goes_and_one_that_comes_of_the_same_type_are_proposed_as_one() -> None:
    assert pairs([asked("minutes", NUMBER)], [asked("note"), asked("length", NUMBER)]) == [
        ("minutes", "length")
    ]


def test_of_two_of_a_type_none_is_proposed_unless_its_title_tells_it() -> None:
    gone = [asked("a", title="姓名"), asked("b", title="电话")]
    assert pairs(gone, [asked("c", title="备注")]) == []
    assert pairs(gone[:1], [asked("c", title="备注"), asked("d", title="住址")]) == []
    assert pairs(gone, [asked("c", title="手 机"), asked("d", title="姓 名")]) == [("a", "d"), ("b", "c")]


def test_two_with_the_same_title_are_told_apart_by_nobody() -> None:
    assert pairs([asked("a", title="电话")], [asked("b", title="电话"), asked("c", title="电话")]) == []


def test_a_question_that_could_not_take_the_answers_is_none() -> None:
    home, phone = Choice("home", {}), Choice("phone", {})
    choice = Type(Kind.CHOICE)
    gone = asked("way", choice, "方式", choices=(home, phone))
    assert pairs([gone], [asked("channel", choice, "方式", choices=(phone,))]) == []
    assert pairs([gone], [asked("channel", choice, "方式", choices=(phone, home))]) == [("way", "channel")]
    assert pairs([asked("phone")], [asked("mobile", sensitive=True)]) == []
    rows = asked("rows", columns=(asked("what"),))
    assert pairs([rows], [asked("parts", columns=(asked("n"),))]) == []


def test_what_is_worked_out_or_asked_for_a_time_is_none() -> None:
    assert pairs([asked("a", since=date(2026, 1, 1))], [asked("b")]) == []
    assert pairs([asked("a")], [asked("b", until=date(2026, 1, 1))]) == []
