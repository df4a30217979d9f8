"""Rules: what the files on disk say beside the revision in force, the checker's findings, and publishing."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from app.domain.plugin import faults
from app.domain.problem import Problem, ProblemError
from app.services.actor import Permission
from app.services.cases import CaseResult
from app.services.phrases import say
from app.services.ports import Revision
from app.services.publish import FileChange, Publishing, Standing
from app.services.told_rows import Step
from app.ui.frame import Action, button, frame
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, Note, Section, Tag, box, text

_SHORT = 12
_MOST_REVISIONS = 20
_OF_PLUGINS = ("W218", "W219", "W220")
"""Warnings that come without anybody having changed a file: a package was updated, or is gone."""


def register(shell: Shell) -> None:
    """Register `/rules`."""
    publishing = shell.services.publishing
    if publishing is None:
        return

    @shell.page("/rules", permission=Permission.PUBLISH)
    async def rules(session: Session) -> None:
        await RulesPage(session, publishing).build()


class RulesPage:
    """One view of the files; it looks again after each publication."""

    def __init__(self, session: Session, publishing: Publishing) -> None:
        """Keep what the page speaks with."""
        self._session = session
        self._t = session.t
        self._publishing = publishing

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        place = t.text(self._session.services.place_title(self._session.actor.community))
        with frame(t("rules-title"), active="rules", sub=place):
            self._body = box("stack ru-all pad-desk")
            await self._refresh()

    async def _refresh(self, done: Revision | None = None) -> None:
        standing = await self._publishing.standing_for(self._session.ref)
        history = await self._publishing.history_for(self._session.ref)
        self._body.clear()
        with self._body:
            if done is not None:
                Note(self._t("rules-published", revision=done.hash[:_SHORT]), "act")
            self._standing(standing)
            self._history(history)

    # ---- parts
    def _standing(self, standing: Standing) -> None:
        t = self._t
        missing = [*faults(), *(one for one in standing.problems if one.code in _OF_PLUGINS)]
        if missing:
            with Section(t("rules-plugins"), padded=True):
                self._problems(missing)
        if standing.errors:
            with Section(t("rules-broken"), t("rules-still-in-force"), padded=True):
                self._problems(standing.errors)
        if not standing.changes:
            EmptyState(t("rules-none"), t("rules-none-what"), "rule")
            return
        with Section(t("rules-changes"), t("rules-files", n=len(standing.changes)), padded=True):
            for change in standing.changes:
                self._change(change)
        changed = {change.path for change in standing.changes}
        warnings = [
            problem
            for problem in standing.problems
            if not problem.is_error
            and problem.code not in _OF_PLUGINS
            and problem.where is not None
            and problem.where.path in changed
        ]
        if warnings:
            with Section(t("rules-findings"), padded=True):
                self._problems(warnings)
        if standing.behind:
            Note(str(t.problem(Problem("E542"))), "late")
        elif not standing.errors:
            if "/impact" in self._session.paths:
                with box("pad"):
                    button(Action(t("rules-impact"), href="/impact", icon="difference"), "line").mark(
                        "impact"
                    )
            self._form(standing)

    def _change(self, change: FileChange) -> None:
        with box("ru-row"):
            text(change.path, "strong")
            Tag(self._t(f"rules-{change.kind}"))
        if change.kind == "changed":
            shown = ui.element("pre").classes("gb-diff").props("tabindex=0")
            with shown:
                for line in change.lines:
                    text(line, "add" if line[:1] == "+" else "del" if line[:1] == "-" else "", "div")

    def _problems(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            words = self._t.problem(problem)
            with box("gb-problem"):
                text(f"{words.where}  {problem.code}", "meta")
                text(words.what, "strong")
                text(words.remedy, "meta")

    def _form(self, standing: Standing) -> None:
        t = self._t
        with Section(t("rules-publish"), padded=True), box("ru-put"):
            told = box("").props("role=status")
            number = ui.input(t("rules-resolution")).props("outlined maxlength=120").classes("w-full")

            async def publish(*, all_the_same: bool = False) -> None:
                act.props("disable")
                told.clear()
                with told:
                    Note(t("rules-trying"), "plain")
                try:
                    failed = [] if all_the_same else await self._failed_cases()
                    if failed:
                        self._show_failed(told, failed, lambda: publish(all_the_same=True))
                        return
                    resolution = number.value or ""
                    done = await self._publishing.publish_for(
                        self._session.ref, standing.revision, resolution, despite_cases=all_the_same
                    )
                except ProblemError as fault:
                    told.clear()
                    with told:
                        self._problems(fault.problems)
                    return
                finally:
                    act.props(remove="disable")
                await self._refresh(done)

            act = button(Action(t("rules-put-into-force"), on_click=publish), "act")

    async def _failed_cases(self) -> list[CaseResult]:
        return [case for case in await self._publishing.cases_for(self._session.ref) if not case.passed]

    def _show_failed(
        self, told: ui.element, failed: Sequence[CaseResult], go_on: Callable[[], Awaitable[None]]
    ) -> None:
        """Show the regulation's own cases that fail: the change may be meant, so it can be published all the same."""
        told.clear()
        with told:
            Note(self._t("rules-cases-failed", failed=len(failed)), "late")
            for result in failed:
                text(result.case.title, "strong")
                for number, problem in enumerate(result.problems):
                    self._problems([problem])
                    self._why(result.why[number] if number < len(result.why) else ())
            button(Action(self._t("rules-all-the-same"), on_click=go_on))

    def _why(self, steps: Sequence[Step]) -> None:
        """Show why something came out so, deeper steps further in."""
        if not steps:
            return
        shown = ui.element("pre").classes("gb-diff").props("tabindex=0")
        with shown:
            for step in steps:
                where = f"  ({step.where})" if step.where is not None else ""
                text(f"{'  ' * step.depth}{say(step.said, self._t)}{where}", "", "div")

    def _history(self, history: Sequence[Revision]) -> None:
        t = self._t
        with Section(t("rules-history"), padded=True):
            now = self._session.services.clock()
            in_force = next((one for one in history if one.holds_at(now)), None)
            for revision in history[:_MOST_REVISIONS]:
                with box("ru-row"):
                    text(
                        t.dotted(t.day_of_year(revision.published_at), t.time(revision.published_at)),
                        "strong",
                    )
                    text(revision.resolution or t("rules-no-resolution"), "grow")
                    text(revision.hash[:_SHORT], "meta")
                    if revision is in_force:
                        Tag(t("rules-in-force"))
                    elif revision.starts is not None and revision.starts > now:
                        Tag(t("studio-waits", day=t.day_of_year(revision.starts)), "schedule")
