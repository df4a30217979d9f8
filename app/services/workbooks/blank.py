"""A blank list of a form: a workbook with a column for each question, to be filled in and imported."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.core.values import Kind
from app.domain.kinds.form import Field, Form
from app.domain.place import Place
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.i18n.translator import Translator
from app.services.actor import ActorRef, Permission, Resolve
from app.services.filling import SYSTEM_FORMS
from app.services.live import LiveCommunities
from app.services.people import require
from app.services.ports import Clock
from app.services.workbooks.flat import flat_fields
from app.services.workbooks.reading import importable

ROWS_OF_A_REPEAT: Final = 3
"""How many rows of a repeat have columns; who needs more adds columns that are numbered on."""

_WRITTEN: Final = {
    Kind.DATE: "date",
    Kind.INSTANT: "instant",
    Kind.INTEGER: "number",
    Kind.NUMBER: "number",
    Kind.MONEY: "number",
}


@dataclass(frozen=True, slots=True)
class BlankColumn:
    """A column: its title, how it is written (`text`, `date`, `instant`, `number`), and a word on it.

    `listed` are the answers that there are, `several` whether more than one of them goes into a cell.
    """

    title: str
    written: str
    note: str
    required: bool = False
    listed: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class BlankList:
    """A workbook to be: the name of its sheet, its columns, and the name of the sheet that tells the answers."""

    name: str
    columns: tuple[BlankColumn, ...]
    answers: str


Write = Callable[[BlankList], bytes]


class BlankLists:
    """Gives blank lists to who may import."""

    def __init__(self, live: LiveCommunities, resolve: Resolve, clock: Clock, write: Write) -> None:
        """Keep the ports; `write` makes the workbook."""
        self._live = live
        self._resolve = resolve
        self._clock = clock
        self._write = write

    async def blank(self, ref: ActorRef, form_id: str, t: Translator) -> tuple[str, bytes]:
        """Return title and workbook of a form's blank list, in the reader's language.

        Raises DeniedError, ProblemError E475 for no such form.
        """
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.ADMINISTER)
        community = await self._live.fresh(actor.community)
        form = importable(community, "" if form_id in SYSTEM_FORMS else form_id)
        day = date_of(community.regulation.calendar.zone, now)
        made = blank_list(form, community.regulation, t, day)
        return made.name, self._write(made)


def blank_list(form: Form, regulation: Regulation, t: Translator, day: date) -> BlankList:
    """Return the columns of a form as it asks on a day: what is worked out, notes and files have none."""
    places = [
        one for one in regulation.places.within(regulation.place.id) if regulation.places.there(one.id, day)
    ]
    columns = [*_about(form, t), *(_column(item, places, t) for item in _asked(form.on(day)))]
    return BlankList(t.text(form.heading.title) or form.id, tuple(columns), t("workbook-answers"))


def _about(form: Form, t: Translator) -> Iterator[BlankColumn]:
    """Yield what a record says beside its answers; a register's file needs none of it."""
    if form.describes is not None:
        return
    yield BlankColumn(t("workbook-column-at"), "instant", t("workbook-note-at"))
    yield BlankColumn(t("workbook-column-by"), "text", t("workbook-note-by"))
    if form.about is not None:
        yield BlankColumn(t("workbook-column-subject"), "text", t("workbook-note-subject"), required=True)


def _asked(form: Form) -> Iterator[Field]:
    rows = {item.id: min(ROWS_OF_A_REPEAT, item.most or ROWS_OF_A_REPEAT) for item in form.repeats}
    for item in flat_fields(form, rows):
        if not item.is_worked_out and not item.read_only and item.type.kind is not Kind.DATA:
            yield item


def _column(item: Field, places: Sequence[Place], t: Translator) -> BlankColumn:
    kind = item.type.kind
    listed = tuple(_listed(item, places, t))
    several = kind in {Kind.CHOICES, Kind.REFS}
    said = [t("workbook-note-required")] if item.required and item.relevant is None else []
    said += [t.text(item.hint)] if t.text(item.hint) else []
    said += [t("workbook-note-unit", unit=t.text(item.unit))] if t.text(item.unit) else []
    said += [t("workbook-note-several")] if several else []
    said += [t("workbook-note-none")] if several and item.required else []
    said += [t("workbook-note-date")] if kind is Kind.DATE else []
    return BlankColumn(
        title=t.text(item.title) or item.id,
        written=_WRITTEN.get(kind, "text"),
        note="\n".join(said),
        required=item.required and item.relevant is None,
        listed=listed,
        several=several,
    )


def _listed(item: Field, places: Sequence[Place], t: Translator) -> Iterator[str]:
    """Yield the answers that there are, as a cell tells them."""
    if item.type.kind is Kind.BOOLEAN:
        yield from (t("answer-yes"), t("answer-no"))
    for choice in item.choices:
        if not choice.retired:
            yield t.text(choice.title) or choice.id
    if item.type.kind in {Kind.REF, Kind.REFS}:
        for place in places:
            if place.level == item.type.to:
                yield t.text(place.title) or place.id
