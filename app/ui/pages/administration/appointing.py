"""The dialog that appoints somebody: to a seat with room, from the day on which it is free, or in somebody's place."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from nicegui import ui

from app.domain.problem import Problem, ProblemError
from app.services.reasons.phrases import say
from app.services.staffing import Holder, Seat, Staffing, StaffingService
from app.ui.frame import Action, button
from app.ui.pages.parts.asking import asking, telling
from app.ui.pages.parts.register_words import day_field, day_picked
from app.ui.session import Session
from app.ui.widgets import box, text


class Appointing:
    """Asks who, to which post, from when, and instead of whom; `stored` is told the entry."""

    def __init__(
        self,
        session: Session,
        staffing: StaffingService,
        view: Staffing,
        stored: Callable[[str], Awaitable[None]],
    ) -> None:
        """Keep what it speaks with."""
        self._session = session
        self._t = session.t
        self._staffing = staffing
        self._view = view
        self._stored = stored
        self._seats = {f"{one.role}@{one.place}": one for one in view.seats if one.ended is None}

    def ask(self, seat: Seat | None = None, holder: Holder | None = None) -> None:
        """Open the dialog; `seat` and the `holder` who hands over are picked already."""
        t, view = self._t, self._view
        people = {person.id: person.name for person in view.people if person.present}
        with asking(t("people-appoint")) as dialog:
            self._worker = self._pick(t("people-worker"), people, None, "worker")
            wanted = f"{seat.role}@{seat.place}" if seat is not None else None
            titles = {name: self._title(one) for name, one in self._seats.items()}
            self._post = self._pick(t("people-post"), titles, wanted, "seat")
            self._asked = text("", "muted").props("role=status")
            self._full = text("", "muted").props("role=status")
            with box() as self._of:
                self._instead = self._pick(t("people-instead"), {}, None, "instead")
            self._day = day_field(t("people-from"), view.today, "day")
            self._post.on_value_change(lambda: self._show_seat(None))
            self._show_seat(holder)
            told = box("")

            async def appoint() -> None:
                with telling(t, told):
                    entry = await self._appoint()
                    dialog.close()
                    await self._stored(entry)

            with box("gb-act-row"):
                button(Action(t("people-appoint"), on_click=appoint), "act").mark("sure")
                button(Action(t("action-cancel"), on_click=dialog.close), "line")

    def _title(self, seat: Seat) -> str:
        t = self._t
        full = "" if seat.room else t("people-full")
        return t.dotted(t.text(seat.role_title), t.text(seat.place_title), full)

    def _show_seat(self, holder: Holder | None) -> None:
        """Say what the picked seat asks for, whether it is full and till when; propose who is replaced, and a day."""
        t, today = self._t, self._view.today
        seat = self._seats.get(self._post.value or "")
        asks = None if seat is None else seat.asks
        self._asked.set_text("" if asks is None else t("people-asks", what=say(asks, t)))
        stays = [] if seat is None else [one for one in seat.holders if one.until is None]
        full = seat is not None and not seat.room and seat.frees is None
        picked = holder or (stays[0] if full and len(stays) == 1 else None)
        self._of.set_visibility(full or holder is not None)
        shown = {one.post: one.name for one in stays} if full or holder is not None else {}
        self._instead.set_options(shown, value=picked.post if picked is not None else None)
        self._full.set_text("")
        day = today
        if seat is not None and not seat.room:
            if seat.frees is not None:
                day = seat.frees
                self._full.set_text(t("people-frees", n=seat.most or 0, day=t.day_of_year(day)))
            else:
                self._full.set_text(t("people-takes-over", n=seat.most or 0))
        if picked is not None:
            day = today + timedelta(days=1)
        self._day.set_value(day.isoformat())

    async def _appoint(self) -> str:
        for field, value in (("worker", self._worker.value), ("post", self._post.value)):
            if not value:
                raise ProblemError(Problem("E936", field=field))
        role, _, place = self._post.value.partition("@")
        on = day_picked(self._day.value, "on")
        instead = self._instead.value or ""
        return await self._staffing.appoint(
            self._session.ref, self._worker.value, role, place, on, instead=instead
        )

    @staticmethod
    def _pick(label: str, options: dict[str, str], value: str | None, mark: str) -> ui.select:
        with box("gb-field"):
            text(label, "label")
            made = ui.select(options, value=value if value in options else None, with_input=True)
            made.props("hide-bottom-space").mark(mark)
            made.props["aria-label"] = label
        return made
