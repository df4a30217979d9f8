"""What the checker found as a list: errors first and one by one, reminders of one kind together, each with its way."""

from nicegui import ui
from nicegui.testing import User

from app.domain.problem import Problem, Where
from app.i18n import Translator
from app.ui.frame import Action
from app.ui.pages.parts import findings as listed
from app.ui.pages.parts.findings import findings


def problem(code: str, line: int, what: str = "visit/times") -> Problem:
    return Problem(code, Where("rules/a.yaml", line, 1), {"what": what, "name": what, "reason": "column"})


async def shown(user: User, problems: list[Problem], title: str = "") -> list[Problem]:
    """Draw a list of problems; return those whose way was taken, which grows."""
    taken: list[Problem] = []

    @ui.page("/findings")
    def page() -> None:
        def way(one: Problem) -> Action | None:
            nowhere = one.values["what"] == "nowhere"
            return None if nowhere else Action("去改", on_click=lambda: taken.append(one))

        findings(Translator("zh"), problems, way, lambda path: title if path == "rules/a.yaml" else "")

    await user.open("/findings")
    return taken


def entries(user: User) -> list[str]:
    """Return the codes of the entries in the order in which they stand."""
    found = user.find(kind=ui.element, marker="problem").elements
    ordered = sorted(found, key=lambda one: one.id)
    return [mark for one in ordered for mark in one._markers if mark != "problem"]


async def test_errors_come_first_one_by_one_and_reminders_of_one_code_are_one_entry(user: User) -> None:
    problems = [
        problem("W201", 1),
        problem("E102", 2, "chanel"),
        problem("W201", 3),
        problem("W214", 4),
        problem("E102", 5),
    ]
    await shown(user, problems)
    assert entries(user) == ["E102", "E102", "W201", "W214"]
    await user.should_see("同一类提醒 2 处")
    await user.should_see("chanel")


async def test_the_places_of_a_group_are_drawn_when_it_is_opened_and_only_once(user: User) -> None:
    taken = await shown(user, [problem("W201", number, f"figure_{number}") for number in (1, 2)])
    await user.should_not_see("figure_2")
    for _ in range(2):
        user.find(marker="W201").trigger("toggle")
        await user.should_see("figure_2")
    ways = sorted(user.find(kind=ui.button).elements, key=lambda one: one.id)
    assert [one.props["aria-label"] for one in ways] == ["去改·rules/a.yaml:1:1", "去改·rules/a.yaml:2:1"]
    user.find(kind=ui.button, content="去改").click()
    assert [str(one.where) for one in taken] == ["rules/a.yaml:1:1"]


async def test_what_has_no_place_has_no_way_and_a_long_list_says_how_much_more_there_is(
    user: User,
) -> None:
    many = [problem("E102", number, "nowhere") for number in range(listed._MOST_SHOWN + 3)]
    many += [problem("W201", number, "nowhere") for number in range(listed._MOST_SHOWN + 2)]
    await shown(user, many)
    assert entries(user).count("E102") == listed._MOST_SHOWN
    await user.should_see("3")
    user.find(marker="W201").trigger("toggle")
    await user.should_see("rules/a.yaml:59:1")
    await user.should_not_see(kind=ui.button)


async def test_a_finding_says_in_which_definition_it_is_by_its_title_and_the_path_in_small_print(
    user: User,
) -> None:
    await shown(user, [problem("E102", 2, "chanel"), problem("W201", 1), problem("W201", 3)], "上门走访")
    user.find(marker="W201").trigger("toggle")
    await user.should_see("rules/a.yaml:3:1")
    titles = [one for one in user.find("上门走访").elements if "fd-title" in one.classes]
    assert len(titles) == 3
    small = user.find("rules/a.yaml:2:1·E102").elements
    assert all("meta" in one.classes for one in small)
