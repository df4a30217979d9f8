"""The first page of an empty instance: look at the demo, or found a community and its administrator's account.

Also the way into the demo: its people by community and role. It exists only where there is a demo.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.domain.problem import Problem, ProblemError
from app.services.accounts import FirstAdministrator
from app.services.beginning import Model
from app.services.login import WrongCredentialsError
from app.services.starting import DemoPerson, StartDemo
from app.ui.documents import document
from app.ui.errors import error_page, reference, report
from app.ui.pages.studio.begin import model_words
from app.ui.session import Visitor, sign_in
from app.ui.shell import Shell, text_of

_FIELDS = ("community", "grids", "model", "name", "login")


@dataclass(slots=True)
class DemoBuild:
    """The demo as it is being made: one a process, whoever watches."""

    start: StartDemo
    done: int = 0
    total: int = 0
    problems: tuple[Problem, ...] = ()
    number: str = ""
    task: "asyncio.Task[None] | None" = field(default=None)

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self.task is not None and not self.task.done()

    def begin(self) -> None:
        """Start unless it runs already."""
        if not self.running:
            self.done, self.total, self.problems, self.number = 0, 0, (), ""
            self.task = asyncio.get_running_loop().create_task(self._make(), name="make the demo")

    def _progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    async def _make(self) -> None:
        try:
            await self.start(self._progress)
        except ProblemError as fault:
            self.problems = fault.problems
        except Exception as fault:  # noqa: BLE001 - whatever it is, the page must say so
            self.number = reference()
            report(fault, self.number)


def register(shell: Shell) -> None:
    """Register `/welcome` and `/demo`."""
    services = shell.services
    build = DemoBuild(services.start_demo)

    async def empty() -> bool:
        return await services.accounts.none_yet() and not await services.demo_people()

    async def welcome(request: Request, visitor: Visitor) -> Response:
        if not await empty():
            return RedirectResponse("/", status_code=303)
        if build.running:
            return RedirectResponse("/demo", status_code=303)
        return await begin(request, visitor, {}, ())

    async def begin(
        request: Request, visitor: Visitor, typed: dict[str, str], problems: tuple[Problem, ...]
    ) -> Response:
        models = await asyncio.to_thread(services.models)
        return _welcome(request, visitor, typed, problems, models)

    async def found(request: Request, visitor: Visitor, data: FormData) -> Response:
        if not await empty():
            return RedirectResponse("/", status_code=303)
        new = FirstAdministrator(
            community=text_of(data, "community"),
            grids=text_of(data, "grids"),
            name=text_of(data, "name"),
            login=text_of(data, "login"),
            password=text_of(data, "password"),
            repeated=text_of(data, "repeated"),
            language=visitor.language,
            model=text_of(data, "model"),
        )
        try:
            account = await services.accounts.create_first_administrator(new)
        except ProblemError as fault:
            typed = {name: text_of(data, name) for name in _FIELDS}
            return await begin(request, visitor, typed, fault.problems)
        sign_in(request, account, services.clock())
        return RedirectResponse("/", status_code=303)

    async def start(_request: Request, _visitor: Visitor, _data: FormData) -> Response:
        if await empty():
            build.begin()
        return RedirectResponse("/demo", status_code=303)

    async def demo(request: Request, visitor: Visitor) -> Response:
        if build.running:
            return document(request, visitor, "progress.html", build=build)
        people = await services.demo_people()
        if people:
            return document(request, visitor, "demo.html", communities=_by_community(visitor, people))
        if build.problems or build.number:
            texts = [visitor.t.problem(problem) for problem in build.problems]
            return document(
                request, visitor, "demo_failed.html", problems=texts, number=build.number, status=500
            )
        if await empty():
            return RedirectResponse("/welcome", status_code=303)
        return error_page(request, visitor, 404, "not_found")

    async def enter(request: Request, visitor: Visitor, data: FormData) -> Response:
        chosen = text_of(data, "account")
        if chosen not in {person.account for person in await services.demo_people()}:
            return error_page(request, visitor, 404, "not_found")
        try:
            account = await services.login.enter_demo(chosen)
        except WrongCredentialsError:
            return error_page(request, visitor, 404, "not_found")
        language = visitor.language
        sign_in(request, account, services.clock())
        request.session["language"] = (
            language  # a visitor of the demo goes on in the language chosen at its door
        )
        return RedirectResponse("/", status_code=303)

    shell.document("/welcome", welcome)
    shell.form("/welcome", found)
    shell.document("/demo", demo)
    shell.form("/demo", start)
    shell.form("/demo/enter", enter)


def _by_community(
    visitor: Visitor, people: Sequence[DemoPerson]
) -> list[tuple[str, list[tuple[str, list[DemoPerson]]]]]:
    """Return the communities in the order given, each with its people by role."""
    groups: dict[str, list[DemoPerson]] = {}
    for person in people:
        groups.setdefault(visitor.t.text(person.community), []).append(person)
    return [(title, _by_role(visitor, members)) for title, members in groups.items()]


def _by_role(visitor: Visitor, people: Sequence[DemoPerson]) -> list[tuple[str, list[DemoPerson]]]:
    """Return the people under the titles of their roles, both in the order given."""
    groups: dict[str, list[DemoPerson]] = {}
    for person in people:
        groups.setdefault(visitor.t.text(person.role), []).append(person)
    return list(groups.items())


def _welcome(
    request: Request,
    visitor: Visitor,
    typed: dict[str, str],
    problems: tuple[Problem, ...],
    models: Sequence[Model],
) -> Response:
    faults = {problem.field or "": visitor.t.problem(problem) for problem in reversed(problems)}
    typed = {name: typed.get(name, "") for name in _FIELDS}
    return document(
        request,
        visitor,
        "welcome.html",
        status=400 if problems else 200,
        typed=typed,
        faults=faults,
        models=models,
        called=lambda model: model_words(visitor.t, model),
    )
