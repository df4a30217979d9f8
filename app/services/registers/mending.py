"""How well a register is kept, and what is to be mended: what is left open, and what nobody has confirmed for long."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from app.domain.calendar_context import context_of
from app.domain.core.compiled import condition
from app.domain.core.typecheck import UntypedError
from app.domain.core.values import NotApplicable, Unknown
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field, Form
from app.domain.kinds.register import AT, CONFIRMED, FRESH, KNOWN, MISSING, WINDOW, quality_table
from app.domain.problem import Problem, ProblemError
from app.domain.zones import date_of
from app.services.actor import ActorRef, Resolve
from app.services.labels import SubjectLabel
from app.services.live import LiveCommunities
from app.services.ports import Clock
from app.services.registers.facts import Subjects
from app.services.registers.kinds import may_fill
from app.services.registers.left_behind import LeftBehind, left_behind
from app.services.registers.listing import by_door

PAGE: Final = 40


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the records of a place are known and fresh; `fresh` None where the age of records isn't asked for."""

    place: Texts
    records: int
    known: int
    fresh: int | None


@dataclass(frozen=True, slots=True)
class ToMend:
    """A record to mend: the questions left `open`, `first` the id of the first one.

    `stale`: it has to be confirmed, as it last was `confirmed`.
    """

    label: SubjectLabel
    place: Texts
    open: tuple[Texts, ...]
    stale: bool
    confirmed: date | None
    first: str = ""


@dataclass(frozen=True, slots=True)
class Mending:
    """A page of what is to be mended until the end of a window. `confirms` are the forms that confirm a record.

    `form` mends it; `may` says whether the reader's post may fill it in. `left` tells of records in places that are
    there no more, also where nothing else is wanted of a record (`shares` is empty then).
    """

    title: Texts
    form: str
    window: str
    shares: tuple[Share, ...]
    records: tuple[ToMend, ...]
    total: int
    confirms: Mapping[str, Texts]
    may: bool
    left: tuple[LeftBehind, ...] = ()
    quality: bool = True


class MendingService:
    """Reads how registers are kept for one actor."""

    def __init__(self, live: LiveCommunities, resolve: Resolve, clock: Clock) -> None:
        """Keep the ports."""
        self._live = live
        self._resolve = resolve
        self._clock = clock

    async def to_mend(self, ref: ActorRef, about: str, offset: int = 0, place: str = "") -> Mending:
        """Return what is to be mended in a register. Raises ProblemError E707 for no register."""
        now = self._clock()
        actor = await self._resolve(ref, now)
        seen = Subjects(await self._live.fresh(actor.community), actor, now)
        form = seen.labels.form_of(about)
        if form is None:
            raise ProblemError(Problem("E707"))
        there = (one for one in seen.labels.all(about).values() if seen.exists(about, one.id))
        left = left_behind(seen, there)
        if form.quality is None:
            may = may_fill(form, actor)
            return Mending(form.heading.title, form.id, "", (), (), 0, {}, may, left, quality=False)
        rows = [
            (label, row)
            for row in _rows(seen, form, now)
            if (label := seen.labels.all(about).get(str(row["subject"]))) is not None
            and seen.sees(label.place or seen.regulation.place.id)
        ]
        zone = seen.regulation.calendar.zone
        wanted = [
            (label, row)
            for label, row in rows
            if not (row[KNOWN] is True and row.get(FRESH, True) is True)
            and (not place or seen.regulation.places.contains(place, label.place))
        ]
        wanted.sort(key=lambda one: by_door(one[0]))
        confirms = {
            one.id: one.heading.title
            for source in form.quality.confirmed_by
            if (one := seen.regulation.forms.get(source.table)) is not None and may_fill(one, actor)
        }
        return Mending(
            form.heading.title,
            form.id,
            str(rows[0][1][WINDOW]) if rows else "",
            tuple(_shares(seen, rows)),
            tuple(_to_mend(seen, form, label, row, zone) for label, row in wanted[offset : offset + PAGE]),
            len(wanted),
            confirms,
            may_fill(form, actor),
            left,
        )


def _rows(seen: Subjects, form: Form, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield the rows of the window that runs, or of the last one of the year."""
    table = quality_table(form.id)
    schema = seen.evaluation.schema(table)
    names = [column.name for column in schema.columns]
    found = [dict(zip(names, row, strict=True)) for row in seen.evaluation.rows(table).values()]
    ends = sorted({row[AT] for row in found if row[AT] >= now}) or sorted({row[AT] for row in found})[-1:]
    yield from (row for row in found if ends and row[AT] == ends[0])


def _to_mend(seen: Subjects, form: Form, label: SubjectLabel, row: Mapping[str, Any], zone: str) -> ToMend:
    known = () if form.quality is None else form.quality.known
    fields = (
        [form.field(name) for name in known if isinstance(row.get(name), Unknown)] if row[MISSING] else []
    )
    asked = [field for field in fields if field is not None and _asked(seen, form, field, row)]
    order = {field.id: number for number, field in enumerate(form.fields)}
    confirmed = row.get(CONFIRMED)
    return ToMend(
        label,
        seen.labels.place(label.place),
        tuple(field.title or {"zh": field.id} for field in asked),
        row.get(FRESH, True) is not True,
        None
        if confirmed is None or isinstance(confirmed, Unknown | NotApplicable)
        else date_of(zone, confirmed),
        min((field.id for field in asked), key=order.__getitem__, default=""),
    )


def _asked(seen: Subjects, form: Form, field: Field, row: Mapping[str, Any]) -> bool:
    """Whether a question is asked of the subject, as its table has it."""
    if field.relevant is None:
        return True
    schema = seen.evaluation.schema(quality_table(form.id))
    try:
        holds = condition(field.relevant, schema)
    except UntypedError:
        return True
    values = tuple(row[column.name] for column in schema.columns)
    return holds(values, context_of(seen.regulation.calendar)) is True


def _shares(seen: Subjects, rows: list[tuple[SubjectLabel, dict[str, Any]]]) -> Iterator[Share]:
    """Yield how the register is kept as a whole, then in each place where there are several."""
    by_place: dict[str, list[dict[str, Any]]] = {}
    for label, row in rows:
        by_place.setdefault(label.place, []).append(row)
    groups = [(seen.regulation.place.id, [row for _, row in rows])]
    groups += sorted(by_place.items()) if len(by_place) > 1 else []
    for place, found in groups:
        ages = bool(found) and FRESH in found[0]
        yield Share(
            seen.labels.place(place),
            len(found),
            sum(row[KNOWN] is True for row in found),
            sum(row[FRESH] is True for row in found) if ages else None,
        )
