"""One's own drafts: what was typed and not submitted, on the server and on this device, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from nicegui import ui

from app.services.own_drafts import DraftLine
from app.services.ports import Draft
from app.services.window_words import window_words
from app.services.work import WorkServices
from app.ui.frame import Action, button, frame, link
from app.ui.pages.parts.words import word
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import DoorPlate, EmptyState, Note, box, icon, keeper, text

_MINUTE = 60.0
"""Seconds for which what was thrown away can be put back."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A draft as the list shows it; `where` is `server`, `phone` (alone), `newer` (there, too), `queued`."""

    line: DraftLine
    where: str = "server"


def address(key: str) -> str:
    """Return the page that opens a draft: nothing of what was typed stands in it."""
    return f"/drafts/{key}"


def register(shell: Shell) -> None:
    """Register `/drafts`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/drafts")
    async def drafts(session: Session) -> None:
        t = session.t
        lines = await work.doorstep.drafts.list(session.ref)
        with frame(t("drafts-title"), sub=t("drafts-private"), back="/today", active="today"):
            DraftsPage(session, work, lines).build()


class DraftsPage:
    """The list; what the browser alone has comes in as soon as it has told."""

    def __init__(self, session: Session, work: WorkServices, lines: tuple[DraftLine, ...]) -> None:
        """Begin with what the server has."""
        self.session = session
        self.t = session.t
        self.drafts = work.doorstep.drafts
        self.rows = [_Row(line) for line in lines]
        self.today = session.services.clock().astimezone(self.t.zone).date()

    def build(self) -> None:
        """Draw the list."""
        self.list = box("pad-desk")
        self._draw()
        ui.timer(0.1, self._on_device, once=True)

    async def _on_device(self) -> None:
        """Take in what this device keeps: of drafts that the server has, and of those that it hasn't."""
        found = await keeper.on_device()
        if not found:  # else what was pressed just now would be drawn again under the finger
            return
        by_key = {row.line.key: row for row in self.rows}  # by now: one may have been thrown away meanwhile
        for told in found:
            key = str(told.get("key") or "")
            known = by_key.get(key)
            where = "queued" if told.get("queued") else "newer" if known else "phone"
            by_key[key] = _Row(known.line if known else self._told(key, told), where)
        self.rows = sorted(by_key.values(), key=lambda row: row.line.saved_at, reverse=True)
        self._draw()

    def _told(self, key: str, told: Mapping[str, Any]) -> DraftLine:
        at = told.get("at")
        try:
            when = datetime.fromtimestamp(float(at or 0) / 1000, UTC)
        except (TypeError, ValueError, OverflowError, OSError):
            when = datetime.fromtimestamp(0, UTC)
        title = str(told.get("title") or key.partition(":")[0])
        return DraftLine(key, {"zh": title}, "", str(told.get("who") or ""), when)

    def _draw(self) -> None:
        t = self.t
        self.list.clear()
        with self.list:
            if not self.rows:
                EmptyState(t("drafts-none"), t("drafts-none-what"), "edit_note")
                return
            with box("gb-sheet dr-list", "ul"):
                for row in self.rows:
                    with box("dr-item", "li") as place:
                        self._row(row, place)

    def _row(self, row: _Row, place: ui.element) -> None:
        t, line = self.t, row.line
        name = word(t, line.name)
        title = t.text(line.title)
        kinds = {"drafts-corrects": line.corrects, "drafts-several": line.several, "attach-title": line.files}
        kind = next((words for words, holds in kinds.items() if holds), "")
        with link("", address(line.key), "dr-row"):
            if line.plate:
                DoorPlate(line.plate)
            with box("grow"):
                text(t.dotted(title, t(kind) if kind else ""), "strong lead")
                about = t.dotted(name, window_words(t, line.window) if line.window else "")
                if about:
                    text(about)
                text(t("drafts-typed", time=self._when(line.saved_at)), "meta")
                with box(f"dr-where {row.where}"):
                    icon({"server": "cloud_done", "queued": "cloud_off"}.get(row.where, "smartphone"))
                    text(t(f"drafts-{row.where}"), tag="span")
                if not line.open:
                    text(t("drafts-closed"), "meta")
            icon("chevron_right", "go")
        if row.where != "queued":
            discard = Action(t("drafts-discard"), on_click=partial(self._discard, row, place), icon="delete")
            made = button(discard, "quiet").mark(f"discard-{line.key}")
            made.props["aria-label"] = t("drafts-discard-what", what=t.dotted(title, name))

    def _when(self, at: datetime) -> str:
        local = at.astimezone(self.t.zone)
        return f"{self.t.near_day(local.date(), self.today)} {self.t.time(at)}"

    async def _discard(self, row: _Row, place: ui.element) -> None:
        """Throw it away here and there, and offer to put it back for a minute."""
        t, key = self.t, row.line.key
        draft = None
        if row.where != "phone":
            draft = await self.drafts.discard(self.session.ref, key)
        keeper.tell_kept("discard", key)
        self.rows.remove(row)
        place.clear()
        with place:
            with box("dr-gone").props("role=status"):
                text(
                    t("drafts-discarded", what=t.dotted(t.text(row.line.title), word(t, row.line.name))),
                    "grow",
                )
                back = Action(t("undo-do"), on_click=partial(self._put_back, row, draft, place), icon="undo")
                button(back, "line").mark(f"undo-{key}")
            ui.timer(_MINUTE, partial(self._over, place), once=True)

    async def _put_back(self, row: _Row, draft: Draft | None, place: ui.element) -> None:
        if draft is not None and not await self.drafts.put_back(self.session.ref, draft):
            place.clear()
            with place:
                Note(self.t("drafts-taken"), "late")
            return
        keeper.tell_kept("putBack", row.line.key)
        self.rows.append(replace(row))
        place.clear()
        with place:
            self._row(row, place)

    def _over(self, place: ui.element) -> None:
        place.delete()
        if not self.rows:
            self._draw()
