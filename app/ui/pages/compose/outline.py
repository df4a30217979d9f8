"""What a draft's regulation consists of, by kind, and a search in it."""

from collections.abc import Sequence

from nicegui import ui

from app.i18n import Translator
from app.services.drafting.ports import DeclaredFile
from app.ui.frame import link
from app.ui.pages.compose.ways import CLAUSES, TEXTS, address, of_draft
from app.ui.pages.parts.kinds import KINDS, kind_words
from app.ui.widgets import box, text


class Outline:
    """The definitions of a draft as a list, the opened one marked."""

    def __init__(self, t: Translator, draft: str, declared: Sequence[DeclaredFile], path: str) -> None:
        """Keep what is listed; `path` is the file that is open, empty for none."""
        self._t = t
        self._draft = draft
        self._declared = declared
        self._path = path
        self._wanted = ""

    def draw(self) -> None:
        """Draw it where the caller stands."""
        t = self._t
        with box("co-outline only-desk" if self._path else "co-outline", "nav") as made:
            made.props["aria-label"] = t("compose-outline")
            search = ui.input(
                t("compose-search"), on_change=lambda event: self._search(str(event.value or ""))
            )
            search.props("outlined dense debounce=300 clearable type=search").classes("co-search")
            self._list = box("")
        self._show()

    def _search(self, wanted: str) -> None:
        self._wanted = wanted.casefold().strip()
        self._show()

    def _show(self) -> None:
        t = self._t
        self._list.clear()
        with self._list:
            if not self._wanted:
                link(t("clauses-title"), of_draft(CLAUSES, self._draft), "co-entry strong")
                link(t("texts-title"), of_draft(TEXTS, self._draft), "co-entry strong")
            shown = [one for one in self._declared if self._matches(one)]
            for kind in KINDS:
                ones = [one for one in shown if one.kind == kind]
                if ones:
                    self._kind(kind, ones)
            if not shown:
                text(t("studio-no-match"), "meta co-entry")

    def _matches(self, one: DeclaredFile) -> bool:
        """Whether what is searched for is in what a file is called, its path, its kind, or the cases in it."""
        if not self._wanted:
            return True
        words = (
            one.path,
            one.id,
            kind_words(self._t, one.kind),
            *one.title.values(),
            *(said for case in one.cases for said in case.values()),
        )
        return any(self._wanted in word.casefold() for word in words)

    def _kind(self, kind: str, ones: Sequence[DeclaredFile]) -> None:
        t, path = self._t, self._path
        opened = bool(self._wanted) or not path or any(path in (one.path, one.own) for one in ones)
        with box("co-kind", "details") as group_box:
            if opened:
                group_box.props["open"] = True
            with box("", "summary"):
                text(kind_words(t, kind), tag="span")
                text(str(len(ones)), "meta", "span")
            for one in sorted(ones, key=lambda one: one.path):
                name = t.text(one.title).strip(" ?？¿:：") or one.id or one.path.rsplit("/", 1)[-1]
                entry = link(name, address(self._draft, one.path), "co-entry")
                if path in (one.path, one.own):
                    entry.props["aria-current"] = "page"
