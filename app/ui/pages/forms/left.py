"""What was typed and has no question any more: told above the questions, and again before the form is submitted."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from nicegui import ui

from app.i18n import Translator
from app.services.answers import AnswerView
from app.services.form_views import FormView
from app.services.unasked import without
from app.ui.frame import Action, button
from app.ui.pages.parts.asking import asking
from app.ui.pages.parts.shown import shown
from app.ui.widgets import FactList, box, icon, text


class Page(Protocol):
    """What is needed of the form's page."""

    t: Translator
    view: FormView
    answers: dict[str, Any]

    async def keep_draft(self) -> None:
        """Save what is there now as the draft."""


class Left:
    """The answers without a question, where the caller stands."""

    def __init__(self, page: Page) -> None:
        """Show what the page's view says of them."""
        self._page = page
        self._sure = False
        self._place = box()
        self.draw()

    def draw(self) -> None:
        """Draw them anew: another day asks something else."""
        t, left = self._page.t, self._page.view.left
        self._place.clear()
        if not left:
            return
        with self._place, box("gb-note due fm-left").props("role=status"):
            icon("warning")
            with box("grow stack"):
                text(t("left-title", n=len(left)), "strong")
                text(t("left-what"))
                for one in left:
                    with box("fm-left-one"):
                        FactList([(t.text(one.title), shown(t, one))])
                        drop = Action(t("left-drop"), on_click=partial(self._drop, one), icon="close")
                        made = button(drop, "quiet").mark(f"left-{one.field}")
                        made.props["aria-label"] = t("left-drop-what", what=t.text(one.title))

    async def _drop(self, one: AnswerView) -> None:
        page = self._page
        page.answers = without(page.answers, [one.field])
        page.view = replace(page.view, left=tuple(other for other in page.view.left if other is not one))
        await page.keep_draft()
        self.draw()  # last: it takes the pressed button away

    def holds(self, submit: Callable[[], Awaitable[None]]) -> bool:
        """Whether the reader is asked first; `submit` goes on then."""
        t, left = self._page.t, self._page.view.left
        if not left or self._sure:
            return False
        with asking(t("left-sure")) as dialog:
            FactList([(t.text(one.title), shown(t, one)) for one in left])

            async def go() -> None:
                self._sure = True
                dialog.close()
                await submit()

            with box("row-c wrap"):
                ui.button(t("left-back"), color=None, on_click=dialog.close).classes("gb-btn-line")
                ui.button(t("left-submit"), color=None, on_click=go).classes("gb-btn-act").mark("left-submit")
        return True
