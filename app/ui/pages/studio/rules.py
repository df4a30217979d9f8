"""Rules: what the files on disk say beside the revision in force, and the checker's findings; a draft of them."""

from collections.abc import Sequence

from nicegui import ui

from app.domain.plugin import faults
from app.domain.problem import Problem, ProblemError
from app.services.actor import Permission
from app.services.drafting.drafts import RegulationDrafting
from app.services.drafting.publish import FileChange, Publishing, Standing
from app.services.ports import Revision
from app.ui.frame import Action, button, frame
from app.ui.pages.parts.findings import findings
from app.ui.pages.studio.parts import STUDIO, publish_address
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
        await RulesPage(session, publishing, shell.services.drafting).build()


class RulesPage:
    """One view of the files."""

    def __init__(self, session: Session, publishing: Publishing, drafting: RegulationDrafting | None) -> None:
        """Keep what the page speaks with."""
        self._drafting = drafting
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

    async def _refresh(self) -> None:
        standing = await self._publishing.standing_for(self._session.ref)
        history = await self._publishing.history_for(self._session.ref)
        self._body.clear()
        with self._body:
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
            Note(str(t.problem(Problem("E542"))), "due")
        if not standing.errors:
            self._draft()

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
        findings(self._t, problems, lambda _: None)

    def _draft(self) -> None:
        """Make a draft of the files: they go the way of every change."""
        t = self._t
        drafting = self._drafting
        if drafting is None:
            return
        with Section(t("rules-publish"), padded=True), box("ru-put"):
            text(t("rules-as-draft"))
            told = box("").props("role=status")

            async def take() -> None:
                told.clear()
                try:
                    draft = await drafting.take_disk(self._session.ref, t("studio-disk-title"))
                except ProblemError as fault:
                    with told:
                        self._problems(fault.problems)
                    return
                # an old copy that nobody changed is no draft: the studio offers to bring it up to date
                ui.navigate.to(STUDIO if draft is None else publish_address(draft.id))

            button(Action(t("studio-disk-take"), on_click=take, icon="edit_note"), "act").mark("take")

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
                    text(revision.resolution or "", "grow")
                    text(revision.hash[:_SHORT], "meta")
                    if revision is in_force:
                        Tag(t("rules-in-force"))
                    elif revision.starts is not None and revision.starts > now:
                        Tag(t("studio-waits", day=t.day_of_year(revision.starts)), "schedule")
