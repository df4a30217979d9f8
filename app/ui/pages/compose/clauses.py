"""The clauses of the texts that a regulation follows: a pasted text falls into them; what carries each, or nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from nicegui import ui

from app.domain.kinds.common import CitedText, Texts
from app.domain.problem import ProblemError
from app.i18n.citing import document_title
from app.services.coverage import Covered
from app.services.drafting.clauses import Piece, pieces
from app.services.drafting.composer import Composer
from app.services.drafting.ports import DeclaredFile
from app.ui.compose.desk import select
from app.ui.frame import Action, button, frame, link
from app.ui.pages.parts.kinds import kind_words
from app.ui.pages.parts.problem_notes import problem_notes
from app.ui.pages.studio.parts import undecided_note
from app.ui.session import Session
from app.ui.widgets import EmptyState, Note, Section, Skeleton, box, icon, text

_MOST_SHOWN = 200
SHARED = "config/inventories/"
"""Where the texts lie that the library follows."""
_LONGEST = 100_000
Offered = Mapping[str, Sequence[DeclaredFile]]
"""By kind of item the definitions that can carry one."""


def is_own(row: Covered) -> bool:
    """Whether an item is of a text that was taken in for this place, and not of one that comes with the library."""
    return not row.item.where.path.startswith(SHARED)


class ClausesPage:
    """The clauses of one draft."""

    def __init__(self, session: Session, composer: Composer, draft: str, compose: str) -> None:
        """Keep what the page speaks with; `compose` is where the draft's files are edited."""
        self.session = session
        self.t = session.t
        self._composer = composer
        self._draft = draft
        self._compose = compose
        self._carriers: Offered = {}

    def build(self) -> None:
        """Draw the page; the list follows as soon as the files are read."""
        t = self.t
        sub = t.text(self.session.services.place_title(self.session.actor.community))
        with frame(t("clauses-title"), active="studio", sub=sub, back=self._compose), box("stack pad-desk"):
            self._paste()
            self.listed = box("")
            with self.listed:
                Skeleton(4)
        ui.timer(0.05, self._list, once=True)

    def _paste(self) -> None:
        t = self.t
        with Section(t("clauses-paste")), box("co-paste"):
            text(t("clauses-paste-what"), "meta")
            with self._asked(t("clauses-text")):
                self.pasted = ui.textarea(on_change=self._split)
            self.pasted.props(f"outlined debounce=600 maxlength={_LONGEST}").classes("w-full co-pasted")
            self.pasted.props["aria-label"] = t("clauses-text")
            self.known = box("")
            self.known.set_visibility(False)
            with box("co-named"):
                with self._asked(t("clauses-name"), t("clauses-name-hint")):
                    self.name = ui.input().props("outlined maxlength=120 hide-bottom-space")
                    self.name.props["aria-label"] = t("clauses-name")
                with self._asked(t("clauses-document"), t("clauses-document-hint")):
                    self.document = ui.input().props("outlined maxlength=60 hide-bottom-space")
                    self.document.props["aria-label"] = t("clauses-document")
            self.told = box("").props("role=status")
            self.found = box("co-pieces")
            button(Action(t("clauses-take"), on_click=self._take, icon="playlist_add_check"), "act")

    @staticmethod
    def _asked(label: str, hint: str = "") -> ui.element:
        """Make the place of a control, with its name above it."""
        made = box("gb-field")
        with made:
            text(label, "label")
            if hint:
                text(hint, "hint")
        return made

    def _offer(self, untaken: Mapping[str, Texts]) -> None:
        """Offer the documents that are declared and whose text isn't here: both names are filled in then."""
        t = self.t
        self.known.clear()
        self.known.set_visibility(bool(untaken))

        async def picked(document: str | None) -> None:
            if document:
                self.document.value, self.name.value = document, t.text(untaken[document])

        if untaken:
            with self.known, self._asked(t("clauses-known")):
                titles = {name: document_title(t, CitedText(name, title)) for name, title in untaken.items()}
                select(titles, None, t("clauses-known"), picked)

    def _split(self) -> None:
        """Show what the text falls into, before anything is kept."""
        found = [piece for piece in pieces(str(self.pasted.value or "")[:_LONGEST]) if piece.says]
        self.found.clear()
        with self.found:
            if found:
                text(self.t("clauses-found", n=len(found)), "strong")
            for piece in found[:_MOST_SHOWN]:
                self._piece(piece)

    def _piece(self, piece: Piece) -> None:
        with box("co-piece") as made:
            made.props["style"] = f"--depth: {min(piece.depth, 6)}"
            text(piece.ref or "—", "strong", "span")
            text(piece.says, tag="span")

    async def _take(self) -> None:
        self.told.clear()
        try:
            await self._composer.take_text(
                self.session.ref,
                self._draft,
                str(self.document.value or ""),
                str(self.name.value or ""),
                str(self.pasted.value or "")[:_LONGEST],
            )
        except ProblemError as fault:
            with self.told:
                problem_notes(self.t, fault.problems)
            return
        self.pasted.value = ""
        with self.told:
            Note(self.t("clauses-taken"), "act")
        await self._list()

    async def _list(self) -> None:
        """Draw every item with what carries it; those that nothing carries come first."""
        rows = await self._composer.clauses(self.session.ref, self._draft)
        self._carriers = await self._composer.may_carry(self.session.ref, self._draft)
        self._offer(await self._composer.untaken(self.session.ref, self._draft))
        self.listed.clear()
        t = self.t
        with self.listed:
            if not rows:
                EmptyState(t("clauses-none"), t("clauses-none-what"), "auto_stories")
                return
            missing = [row for row in rows if row.state == "missing"]
            with Section(t("clauses-missing"), t("clauses-of", n=len(missing), of=len(rows))):
                if not missing:
                    Note(t("clauses-all"), "act")
                self._by_document(missing, rows)
            if len(missing) < len(rows):
                with Section(t("clauses-carried")):
                    self._by_document([row for row in rows if row.state != "missing"], rows)

    def _by_document(self, shown: Sequence[Covered], rows: Sequence[Covered]) -> None:
        """Draw the items by the document that they are of, the place's own texts first and open."""
        of = Counter(row.item.document for row in rows)
        grouped: dict[str, list[Covered]] = {}
        for row in sorted(shown, key=lambda row: not is_own(row)):
            grouped.setdefault(row.item.document, []).append(row)
        for document, ones in grouped.items():
            called = document_title(self.t, CitedText(document, ones[0].title))
            if len(of) == 1:
                text(called, "strong")
                self._rows(ones)
                continue
            with box("sc-more", "details") as made:
                if is_own(ones[0]):
                    made.props("open")
                count = self.t("clauses-of", n=len(ones), of=of[document])
                text(self.t.dotted(called, count), tag="summary")
                self._rows(ones)

    def _rows(self, rows: Sequence[Covered]) -> None:
        t = self.t
        for row in rows[:_MOST_SHOWN]:
            with box("co-clause"):
                with box("row-c"):
                    text(row.item.id, "strong", "span")
                    with box(f"gb-st {'due' if row.state == 'missing' else 'met'} bare", "span"):
                        icon("schedule" if row.state == "missing" else "check_circle")
                        text(t(f"clauses-state-{row.state}"), tag="span")
                text(t.text(row.item.says))
                for carrier in row.carriers:
                    title = t.text(carrier.title) or carrier.id
                    link(title, f"{self._compose}&path={quote(carrier.where.path)}", "gb-link")
                if row.state == "missing":
                    self._carry(row)

    def _carry(self, row: Covered) -> None:
        """Offer to name what carries an item; what there is to choose from is drawn when somebody asks."""
        t = self.t
        holder = box("")

        def offer() -> None:
            holder.clear()
            found = self._carriers.get(row.item.kind, ())
            titles = {
                one.path: t.dotted(kind_words(t, one.kind), t.text(one.title).strip(" ?？¿:：") or one.id)
                for one in found
            }
            with holder:
                select(titles, None, t("clauses-carry"), picked)
                if not found:
                    Note(t("clauses-nothing-carries"), "plain")

        async def picked(path: str | None) -> None:
            if not path:
                return
            try:
                saved = await self._composer.carry(self.session.ref, self._draft, row.item, path)
            except ProblemError as fault:
                with holder:
                    problem_notes(t, fault.problems)
                return
            if saved.conflicts:
                with holder:
                    undecided_note(t, saved)
                return
            await self._list()

        async def aside() -> None:
            try:
                await self._composer.set_aside(
                    self.session.ref, self._draft, row.item, t("clauses-aside-why")
                )
            except ProblemError as fault:
                with holder:
                    problem_notes(t, fault.problems)
                return
            await self._list()

        with holder, box("row-c wrap"):
            button(Action(t("clauses-carry"), on_click=offer, icon="add"), "quiet")
            if is_own(row) and row.aside:  # what the library's texts say is the library's
                made = button(Action(t("clauses-aside"), on_click=aside, icon="block"), "quiet")
                made.props["aria-label"] = t("clauses-aside-of", item=row.item.id)
