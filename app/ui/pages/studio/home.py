"""The studio: drafts of the regulation, the publications so far, and two of them side by side."""

from urllib.parse import urlencode

from nicegui import ui

from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.beginning import Beginning
from app.services.drafting.drafts import READERS, RegulationDrafting
from app.services.drafting.publication import DraftPublication
from app.services.drafting.studio import Studio
from app.services.drafting.studio_views import DraftRow, Overview, RevisionRow
from app.services.ports import COMMAND, DEMO_MAKER, Revision
from app.ui.frame import Action, button, frame, link
from app.ui.pages.parts.saying import moment
from app.ui.pages.studio.begin import BeginPanel
from app.ui.pages.studio.parts import (
    LAYERS,
    PLUGINS,
    STUDIO,
    called,
    draft_address,
    file_changes,
    in_words,
    problem_rows,
)
from app.ui.session import Session
from app.ui.shell import SANDBOX, Shell
from app.ui.widgets import EmptyState, Note, Section, Tag, box, icon, text

COMPARE = "/studio/compare"
_SHORT = 12
_MOST = 20


def register(shell: Shell) -> None:
    """Register `/studio` and `/studio/compare`."""
    studio, drafting = shell.services.studio, shell.services.drafting
    publication, beginning = shell.services.draft_publication, shell.services.beginning
    if studio is None or drafting is None or publication is None:
        return

    @shell.page(STUDIO, permission=READERS, whose="both")
    async def overview(session: Session) -> None:
        await StudioPage(session, studio, drafting, publication, beginning).build()

    @shell.page(COMPARE, permission=READERS, whose="both")
    async def compare(session: Session, one: str = "", other: str = "") -> None:
        await compared(session, studio, one, other)


class StudioPage:
    """One view of the studio."""

    def __init__(
        self,
        session: Session,
        studio: Studio,
        drafting: RegulationDrafting,
        publication: DraftPublication,
        beginning: Beginning | None = None,
    ) -> None:
        """Keep what the page speaks with."""
        self._beginning = beginning
        self._publication = publication
        self._session = session
        self._t = session.t
        self._studio = studio
        self._drafting = drafting

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        view = await self._studio.overview(self._session.ref)
        place = t.text(self._session.services.place_title(self._session.actor.community))
        new = Action(t("studio-new"), on_click=self._open, icon="edit_note") if view.may_edit else None
        ways = ((t("layers-way"), LAYERS, "sort"), (t("plugins-way"), PLUGINS, "construction"))
        paths = self._session.paths
        actions = [Action(word, href=href, icon=glyph) for word, href, glyph in ways if href in paths]
        if SANDBOX in self._session.paths and view.may_edit:
            actions.append(Action(t("sandbox-title"), href=SANDBOX, icon="science"))
        with (
            frame(t("studio-title"), active="studio", sub=place, primary=new, actions=actions),
            box("stack sd-all pad-desk"),
        ):
            self._told = box("").props("role=status")
            self._drafts(view)
            self._disk(view)
            if self._beginning is not None and view.may_edit and not self._session.actor.is_above:
                await BeginPanel(self._session, self._beginning).build()
            self._revisions(view)

    async def _open(self) -> None:
        draft = await self._drafting.open(self._session.ref)
        ui.navigate.to(draft_address(draft.id))

    def _drafts(self, view: Overview) -> None:
        t = self._t
        if not view.drafts:
            EmptyState(t("studio-none"), t("studio-none-what"), "edit_note")
            return
        with Section(t("studio-drafts"), t("studio-drafts-n", n=len(view.drafts)), padded=False):
            for row in view.drafts:
                with box("sd-row", "a") as made:
                    made.props["href"] = draft_address(row.id)
                    with box("grow"):
                        with box("row-c wrap"):
                            text(called(t, row.title, row.about), "strong")
                            if row.stage:
                                Tag(t(f"studio-stage-{row.stage}"))
                        text(
                            t.dotted(
                                t("studio-saved-by", who=self._saver(row)),
                                moment(t, row.saved_at),
                            ),
                            "meta",
                        )
                    Tag(t("studio-changed-n", n=row.changed))
                    if row.behind:
                        Tag(t("studio-behind"), "warning")
                    icon("chevron_right")

    def _saver(self, row: DraftRow) -> str:
        level = self._session.services.place_title(row.saved_at_level) if row.saved_at_level else {}
        return row.saved_by or self._t.text(level) or self._t("studio-by-elsewhere")

    def _disk(self, view: Overview) -> None:
        t = self._t
        if view.is_stale:
            self._stale()
        if not view.disk:
            return
        with Section(t("studio-disk"), t("rules-files", n=len(view.disk))):
            text(t("studio-disk-taken" if view.disk_draft else "studio-disk-what"))
            for path in view.disk[:_MOST]:
                text(path, "meta")
            if len(view.disk) > _MOST:
                text(t("studio-more", n=len(view.disk) - _MOST), "meta")

            if view.disk_draft:
                to = Action(t("studio-disk-to-draft"), href=draft_address(view.disk_draft), icon="edit_note")
                with box("gb-act-row sd-after"):
                    button(to, "line")
                return

            async def take() -> None:
                draft = await self._drafting.take_disk(self._session.ref, t("studio-disk-title"))
                if draft is not None:
                    ui.navigate.to(draft_address(draft.id))

            with box("gb-act-row sd-after"):
                button(Action(t("studio-disk-take"), on_click=take))

    def _stale(self) -> None:
        t = self._t
        with Section(t("studio-stale")):
            text(t("studio-stale-what"))

            async def catch_up() -> None:
                await self._publication.catch_up(self._session.ref)
                ui.navigate.to(STUDIO)

            button(Action(t("studio-stale-do"), on_click=catch_up))

    def _revisions(self, view: Overview) -> None:
        t = self._t
        with Section(t("rules-history"), padded=True):
            for number, row in enumerate(view.revisions[:_MOST]):
                self._revision(row, view, number)

    def _revision(self, row: RevisionRow, view: Overview, number: int) -> None:
        t = self._t
        one = row.revision
        with box("sd-revision"):
            with box("grow"):
                with box("row-c wrap"):
                    text(one.resolution or moment(t, one.published_at), "strong")
                    if row.in_force:
                        Tag(t("rules-in-force"))
                    if row.waits and one.effective is not None:
                        Tag(t("studio-waits", day=t.day_of_year(one.effective)), "schedule")
                by = t("studio-by-demo") if one.published_by == DEMO_MAKER else row.by
                at = moment(t, one.published_at) if one.resolution else ""
                text(t.dotted(at, by, one.hash[:_SHORT]), "meta")
                decided = [] if row.waits or one.effective is None else [one.effective]
                said = [t("studio-waits", day=t.day_of_year(day)) for day in decided]
                said += [t("studio-approved-by", who=row.approved_by)] if row.approved_by else []
                if said:
                    text(t.dotted(*said), "meta")
                if one.why:
                    text(t("studio-why", why=one.why), "meta")
                if one.alone:
                    text(t("studio-alone", why=one.alone), "meta")
                if one.way == COMMAND:
                    Tag(t("studio-by-command"), "warning")
            with box("row-c wrap"):
                if number + 1 < len(view.revisions):
                    before = view.revisions[number + 1].revision.hash
                    address = f"{COMPARE}?" + urlencode({"one": before, "other": one.hash})
                    link(t("studio-compare"), address, "gb-button gb-btn-quiet")
                if number > 1:  # of the second that is what stands beside the first
                    newest = view.revisions[0].revision.hash
                    address = f"{COMPARE}?" + urlencode({"one": one.hash, "other": newest})
                    link(t("studio-compare-newest"), address, "gb-button gb-btn-quiet")
                if number and view.may_edit:
                    button(Action(t("studio-restore"), on_click=lambda: self._restore(row)), "quiet")

    async def _restore(self, row: RevisionRow) -> None:
        t = self._t
        called = row.revision.resolution or t.day_of_year(row.revision.published_at)
        try:
            draft = await self._drafting.restore(
                self._session.ref, row.revision.hash, t("studio-restore-title", what=called)
            )
        except ProblemError as fault:
            self._told.clear()
            with self._told:
                problem_rows(t, fault.problems)
            return
        ui.navigate.to(draft_address(draft.id))


def _named(t: Translator, revision: Revision | None, hash_: str) -> str:
    """Return what a publication is called: its resolution if there is one, when it came, its hash."""
    if revision is None:
        return hash_[:_SHORT]
    return t.dotted(revision.resolution or "", moment(t, revision.published_at), hash_[:_SHORT])


async def compared(session: Session, studio: Studio, one: str, other: str) -> None:
    """Draw two publications side by side: in words, then by lines."""
    t = session.t
    with (
        frame(t("studio-compare-title"), active="studio", back=STUDIO),
        box("stack sd-all pad-desk"),
    ):
        try:
            found = await studio.compare(session.ref, one, other)
        except ProblemError as fault:
            problem_rows(t, fault.problems)
            return
        with box("ly-pad"):
            for word, of, hash_ in (
                ("studio-compare-one", found.before, one),
                ("studio-compare-other", found.after, other),
            ):
                text(t(word, what=_named(t, of, hash_)), "meta")
        if not found.files:
            Note(t("studio-same"))
        if found.words:
            with Section(t("studio-words")):
                in_words(t, found)
        if found.files:
            with Section(t("studio-lines")):
                file_changes(t, found.files)
