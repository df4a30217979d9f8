"""What was answered without the connection, told once more when it is back: before anything is submitted."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from app.domain.problem import ProblemError
from app.ui.pages.forms.host import BESIDE
from app.ui.widgets import keeper

if TYPE_CHECKING:
    from app.ui.pages.forms.page import FormPage


class Late:
    """Takes in whole answers by question.

    A change that was made offline comes by the element that it was made in. Where an earlier one has let that question
    be drawn anew, the element is gone by then, and the answer with it.
    """

    def __init__(self, page: "FormPage") -> None:
        """Belong to an opened form."""
        self._page = page
        self._taking = asyncio.Lock()

    async def take(self, told: object) -> None:
        """Take in what the browser tells, show and save it, and acknowledge that."""
        page = self._page
        given = told if isinstance(told, Mapping) else {}
        async with self._taking:
            await self._take(keeper.answers_of(given.get("answers"), page.t.zone))
            with page.whole:
                keeper.heard(given.get("n"), page.answers)
        await page.keep_draft()

    async def taken(self) -> None:
        """Wait until what came before this is taken in."""
        async with self._taking:
            pass

    async def _take(self, given: Mapping[str, Any]) -> None:
        page = self._page
        fields = {item.id: item for item in page.view.form.fields if not item.is_worked_out}
        known = {name: value for name, value in given.items() if name in fields or name in BESIDE}
        with suppress(ProblemError):  # a drawing that can't be kept is refused when it is submitted
            known = await page.work.files.take_inline(page.session.ref, known)
        changed = {name: value for name, value in known.items() if value != page.answers.get(name, "")}
        if not changed:
            return
        before = deepcopy(page.answers)
        for name, value in changed.items():
            if value in ("", None):
                page.answers.pop(name, None)
            else:
                page.answers[name] = value
        follows = page.view.logic.followed(before, page.answers, page.view.facts)
        page.show_changed(changed, {name: value for name, value in follows.items() if name not in changed})
