"""The ledger's views that have a name: open one, save what is shown, rename, delete, choose which opens first."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlencode

from nicegui import ui

from app.domain.problem import ProblemError
from app.services.actor import Permission
from app.services.books.saved_views import LONGEST_NAME, SavedView, SavedViews
from app.ui.frame import Action, button, link
from app.ui.pages.parts.asking import asking, telling
from app.ui.pages.parts.problem_notes import problem_notes
from app.ui.session import Session
from app.ui.widgets import EmptyState, box, icon, text

ALL = "/ledger?view=none"
"""The ledger without the view that opens first."""


def view_address(view: SavedView) -> str:
    """Return where a view is opened."""
    return "/ledger?" + urlencode({**view.query, "view": view.id})


class ViewsDialog:
    """Lists the views; each change draws the list anew."""

    def __init__(self, session: Session, saved: SavedViews, query: Mapping[str, str]) -> None:
        """`query` is what the page shows now."""
        self._session = session
        self._t = session.t
        self._saved = saved
        self._query = query

    async def ask(self) -> None:
        """Open the dialog."""
        t = self._t
        found = await self._saved.all(self._session.ref)
        with asking(t("views-title")) as dialog:
            self._told = box().props("role=status")
            self._list = box("gb-list", "ul")
            self._fill(found)
            link(t("views-all"), ALL, "gb-link")
            text(t("views-save"), "strong", "h3")
            text(t("views-save-what"), "muted")
            name = ui.input(label=t("views-name")).props(f"maxlength={LONGEST_NAME} hide-bottom-space")
            name.mark("view name")
            shared = None
            if self._session.actor.may(Permission.SEE_PLACE):
                shared = ui.checkbox(t("views-share")).classes("gb-check").mark("share")

            async def save() -> None:
                share = bool(shared and shared.value)
                await self._saved.save(self._session.ref, name.value or "", self._query, shared=share)
                name.set_value("")

            with box("gb-act-row"):
                button(Action(t("views-save-do"), on_click=self._doing(save), icon="bookmark"), "act").mark(
                    "save view"
                )
                button(Action(t("views-close"), on_click=dialog.close), "line")

    def _doing(self, act: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        async def do() -> None:
            self._told.clear()
            try:
                await act()
            except ProblemError as fault:
                with self._told:
                    problem_notes(self._t, fault.problems)
            await self._draw()

        return do

    async def _draw(self) -> None:
        found = await self._saved.all(self._session.ref)
        with self._list:
            self._list.clear()
            self._fill(found)

    def _fill(self, found: tuple[SavedView, ...]) -> None:
        with self._list:
            if not found:
                with box("", "li"):
                    EmptyState(self._t("views-none"), self._t("views-none-what"), "bookmark")
            for view in found:
                with box("vw-row", "li"):
                    self._row(view)

    def _row(self, view: SavedView) -> None:
        t = self._t
        with box("grow"):
            link(view.name, view_address(view), "gb-link strong")
            told = [t("views-shared") if view.shared else t("views-own")]
            text(t.dotted(*told, t("views-is-default") if view.default else ""), "meta")

        async def default() -> None:
            await self._saved.make_default(self._session.ref, "" if view.default else view.id)

        async def delete() -> None:
            await self._saved.delete(self._session.ref, view.id)

        async def change() -> None:
            await self._saved.change(self._session.ref, view.id, self._query)

        async def rename() -> None:
            self._rename(view)

        acts = [
            (
                "restore" if view.default else "star",
                "views-no-default" if view.default else "views-default",
                default,
            )
        ]
        if view.may_change:
            acts += [
                ("edit", "views-rename", rename),
                ("save", "views-change", change),
                ("delete", "views-delete", delete),
            ]
        with box("vw-acts"):
            for glyph, words, act in acts:
                with box("gb-btn-icon lg-turn", "button").props("type=button") as made:
                    made.props["aria-label"] = t(words, name=view.name)
                    made.props["title"] = t(words, name=view.name)
                    icon(glyph)
                made.on("click", rename if act is rename else self._doing(act))
                made.mark(f"{words} {view.name}")

    def _rename(self, view: SavedView) -> None:
        t = self._t
        with asking(t("views-rename", name=view.name)) as dialog:
            name = ui.input(label=t("views-name"), value=view.name)
            name.props(f"maxlength={LONGEST_NAME} hide-bottom-space").mark("new name")
            told = box().props("role=status")

            async def give() -> None:
                with telling(t, told):  # here, and not in the dialog behind
                    await self._saved.rename(self._session.ref, view.id, name.value or "")
                    dialog.close()
                    await self._draw()

            with box("gb-act-row"):
                button(Action(t("views-rename-do"), on_click=give), "act").mark("rename")
                button(Action(t("action-cancel"), on_click=dialog.close), "line")
