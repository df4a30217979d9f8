"""Lists that go out from a page: registers, entries and printed registers, of the part that the reader sees.

A list never holds a sensitive answer, whoever asks: a file leaves the app and its rights.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import BinaryIO, Final, Protocol
from zoneinfo import ZoneInfo

from app.domain.core.values import Kind
from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import present
from app.domain.kinds.layout import Layout
from app.domain.kinds.print_template import PrintTemplate
from app.domain.period import Period
from app.domain.problem import Problem, ProblemError
from app.domain.zones import date_of, start_of_day
from app.i18n.translator import Translator
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.doers import Doers
from app.services.filling import SYSTEM_FORMS
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities, read_period
from app.services.parts import covers_all, part_of
from app.services.people import require
from app.services.ports import Clock
from app.services.registers.natural import natural
from app.services.workbooks.export import Reader, RowWriter, Seen, Table, listed, table_of
from app.services.workbooks.export import Words as Cells
from app.services.workbooks.register import Register
from app.services.workbooks.workbook import CellValue

MASKED: Final = "＊＊＊"
MOST_PRINTED: Final = 10_000
"""Rows of a register that are printed at once: some four hundred pages, which the printing process has memory for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A form whose list can go out, with its printed registers. `describes`: it is a register, as of a day."""

    form: str
    title: Texts
    describes: bool
    layouts: tuple[tuple[str, Texts], ...]


@dataclass(frozen=True, slots=True)
class Which:
    """Which rows: of `place` and below (empty: all that the reader sees), as of the end of `day` or of a `period`.

    Both empty: until now.
    """

    place: str = ""
    day: date | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class PrintedRegister:
    """A register as it stands on paper, in the reader's language. `columns` are (title, share of the line).

    `when` is the day or the period, `made` when it was made, `signatures` the blocks to sign.
    """

    title: str
    place: str
    when: str
    made: str
    count: str
    number: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[CellValue, ...], ...]
    signatures: tuple[str, ...]
    language: str
    created: datetime
    template: str = "register"
    prints: Mapping[str, PrintTemplate] = field(default_factory=dict)


class RegisterPrinter(Protocol):
    """Makes PDFs of registers. Blocking: call it off the event loop."""

    def available(self) -> Problem | None:
        """Return None when PDFs can be made, else what is missing."""
        ...

    def register(self, register: PrintedRegister) -> bytes:
        """Return the PDF; the same input gives the same bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Writers:
    """What makes files: a list as xlsx or csv, a printed register as xlsx or PDF.

    `sheets` takes the name, the titles and where to write to, and gives what takes the rows.
    """

    xlsx: Callable[[Table], bytes]
    csv: Callable[[Table], bytes]
    register: Callable[[PrintedRegister], bytes]
    pdf: RegisterPrinter
    sheets: Callable[[str, Sequence[str], BinaryIO], RowWriter]


@dataclass(frozen=True, slots=True)
class _Scene:
    actor: Actor
    community: Community
    register: Register
    labels: Labels
    doers: Doers
    now: datetime


class Lists:
    """Gives lists out; rights are looked up anew at every call."""

    def __init__(self, live: LiveCommunities, resolve: Resolve, clock: Clock, writers: Writers) -> None:
        """Keep the ports."""
        self._live = live
        self._resolve = resolve
        self._clock = clock
        self.writers = writers
        self._printing = asyncio.Semaphore(1)

    async def offers(self, ref: ActorRef) -> tuple[Offer, ...]:
        """Return what can go out, registers first. Raises DeniedError."""
        scene = await self._scene(ref)
        layouts: dict[str, list[tuple[str, Texts]]] = {}
        for layout in scene.community.regulation.layouts.values():
            layouts.setdefault(layout.form, []).append((layout.id, layout.heading.title or {"zh": layout.id}))
        found = [
            Offer(
                form.id,
                form.heading.title or {"zh": form.id},
                form.describes is not None,
                tuple(layouts.get(form.id, ())),
            )
            for form in scene.community.regulation.forms.values()
            if form.id not in SYSTEM_FORMS
        ]
        return tuple(sorted(found, key=lambda offer: (not offer.layouts, not offer.describes)))

    async def places(self, ref: ActorRef) -> Mapping[str, Texts]:
        """Return the places whose lists the reader can ask for, its own first. Raises DeniedError."""
        scene = await self._scene(ref)
        regulation = scene.community.regulation
        root = regulation.place.id if covers_all(scene.actor, regulation) else scene.actor.post.place
        return {place.id: scene.labels.place(place.id) for place in regulation.places.within(root)}

    async def file(self, ref: ActorRef, form_id: str, which: Which, kind: str, t: Translator) -> bytes:
        """Return the list of a form as `xlsx` or `csv`. Raises DeniedError, ProblemError E475, E511."""
        scene = await self._scene(ref)
        form = scene.community.regulation.forms.get(form_id)
        if form is None or form_id in SYSTEM_FORMS:
            raise ProblemError(Problem("E475", values={"form": form_id[:80], "known": ""}))
        _, since, until = self._span(scene, which)
        seen = self._seen(scene, form, which.place, since)
        write = self.writers.csv if kind == "csv" else self.writers.xlsx
        return await asyncio.to_thread(
            lambda: write(
                table_of(scene.register, form, until, t, sensitive=False, reader=Reader(seen, scene.doers))
            )
        )

    async def printed(self, ref: ActorRef, layout_id: str, which: Which, t: Translator) -> PrintedRegister:
        """Return a printed register. Raises DeniedError, ProblemError E475 for none of this id, E511."""
        scene = await self._scene(ref)
        layout = scene.community.regulation.layouts.get(layout_id)
        form = None if layout is None else scene.community.regulation.forms.get(layout.form)
        if layout is None or form is None:
            raise ProblemError(Problem("E475", values={"form": layout_id[:80], "known": ""}))
        return await asyncio.to_thread(self._printed, scene, (layout, form), which, t)

    async def print_file(
        self, ref: ActorRef, layout_id: str, which: Which, kind: str, t: Translator
    ) -> bytes:
        """Return a printed register as `xlsx` or `pdf`. Raises as `printed`, E579, and when PDFs can't be made."""
        if kind == "pdf":
            missing = self.writers.pdf.available()
            if missing is not None:
                raise ProblemError(missing)
        register = await self.printed(ref, layout_id, which, t)
        if kind == "pdf":
            return await self._pdf(register)
        async with self._printing:
            return await asyncio.to_thread(self.writers.register, register)

    async def table_pdf(self, ref: ActorRef, table: Table, when: str, t: Translator) -> bytes:
        """Return a list that was found, such as the filtered ledger, as a PDF; `when` says in words what it holds.

        Raises DeniedError, ProblemError E579, and when PDFs can't be made.
        """
        scene = await self._scene(ref)
        missing = self.writers.pdf.available()
        if missing is not None:
            raise ProblemError(missing)
        regulation = scene.community.regulation
        whole = covers_all(scene.actor, regulation)
        register = PrintedRegister(
            title=table.name,
            place=t.text(scene.labels.place(regulation.place.id if whole else scene.actor.post.place)),
            when=when,
            made=t("print-made", day=t.day_of_year(date_of(regulation.calendar.zone, scene.now))),
            count=t("print-count", n=len(table.rows)),
            number=t("print-number"),
            columns=tuple(_shares(table)),
            rows=table.rows,
            signatures=(),
            language=t.language,
            created=scene.now.astimezone(ZoneInfo("UTC")),
            prints=regulation.prints,
        )
        return await self._pdf(register)

    async def _pdf(self, register: PrintedRegister) -> bytes:
        if len(register.rows) > MOST_PRINTED:
            values = {"rows": len(register.rows), "most": MOST_PRINTED}
            raise ProblemError(Problem("E579", values=values))
        async with self._printing:
            return await asyncio.to_thread(self.writers.pdf.register, register)

    # ---- parts ----------------------------------------------------------------------------------------------------
    async def _scene(self, ref: ActorRef) -> _Scene:
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.RECORD)
        community = await self._live.fresh(actor.community)
        labels = Labels(community.evaluation, now)
        doers = Doers(community.entries, labels, actor.person)
        return _Scene(actor, community, Register(community, now), labels, doers, now)

    @staticmethod
    def _span(scene: _Scene, which: Which) -> tuple[Period | None, datetime | None, datetime]:
        zone = scene.community.regulation.calendar.zone
        if which.period:
            period = read_period(which.period, scene.community.regulation)
            return period, start_of_day(zone, period.start), min(scene.now, _before(zone, period.end))
        if which.day is not None:
            return None, None, min(scene.now, _before(zone, which.day + timedelta(days=1)))
        return None, None, scene.now

    @staticmethod
    def _seen(scene: _Scene, form: Form, place: str, since: datetime | None) -> Seen:
        """Return whether an entry is of the part that is wanted and that the reader sees."""
        regulation = scene.community.regulation
        whole = covers_all(scene.actor, regulation)
        tree = regulation.places
        if place and place not in tree.places:
            raise DeniedError("not_permitted")
        root = place or (regulation.place.id if whole else scene.actor.post.place)
        if not whole and not tree.contains(scene.actor.post.place, root):
            raise DeniedError("not_permitted")
        everything = whole and root == regulation.place.id
        part = None if everything else part_of(root, scene.community.evaluation, scene.labels)
        begins = since if form.describes is None else None

        def seen(entry: Entry) -> bool:
            return (begins is None or entry.at >= begins) and (part is None or part.holds(entry))

        return seen

    def _printed(
        self, scene: _Scene, what: tuple[Layout, Form], which: Which, t: Translator
    ) -> PrintedRegister:
        layout, form = what
        period, since, until = self._span(scene, which)
        seen = self._seen(scene, form, which.place, since)
        entries = [
            replace(entry, answers=present(form, entry.answers))
            for entry in listed(scene.register, form, until)
            if seen(entry)
        ]
        cells = Cells(scene.register, t)
        rows = [
            tuple(_cell(scene, form, entry, column.name, (cells, t)) for column in layout.columns)
            for entry in entries
        ]
        if form.describes is not None:
            rows.sort(key=_in_order)
        regulation = scene.community.regulation
        zone = regulation.calendar.zone
        root = which.place or (
            regulation.place.id if covers_all(scene.actor, regulation) else scene.actor.post.place
        )
        day = date_of(zone, until)
        if period is None:
            when = t("print-as-of", day=t.day_of_year(day))
        else:
            last = period.end - timedelta(days=1)
            when = t("print-from-to", first=t.day_of_year(period.start), last=t.day_of_year(last))
        return PrintedRegister(
            title=t.text(layout.heading.title) or layout.id,
            place=t.text(scene.labels.place(root)),
            when=when,
            made=t("print-made", day=t.day_of_year(date_of(zone, scene.now))),
            count=t("print-count", n=len(rows)),
            number=t("print-number"),
            columns=tuple(
                (_title(form, column.name, column.title, t), column.width) for column in layout.columns
            ),
            rows=tuple(rows),
            signatures=tuple(t.text(one) for one in layout.signatures),
            language=t.language,
            created=scene.now.astimezone(ZoneInfo("UTC")),
            template=layout.print or "register",
            prints=regulation.prints,
        )


def _shares(table: Table) -> Iterator[tuple[str, int]]:
    """Yield a table's columns with the share of the line that their longest text asks for, within bounds."""
    for place, title in enumerate(table.titles):
        longest = max((len(str(row[place] or "")) for row in table.rows), default=0)
        yield title, min(max(longest // 4, 2), 8)


def _in_order(row: tuple[CellValue, ...]) -> tuple[object, ...]:
    """Return a key that puts rows by their cells, numbers in words by what they count; what is empty first."""
    return tuple(natural("" if cell is None else str(cell)) for cell in row)


def _before(zone: str, day: date) -> datetime:
    """Return the last instant before a day begins."""
    return start_of_day(zone, day) - timedelta(microseconds=1)


def _title(form: Form, name: str, given: Texts, t: Translator) -> str:
    item = form.field(name)
    if given:
        return t.text(given)
    return (t.text(item.title) or name) if item is not None else t(f"print-column-{name}")


def _cell(scene: _Scene, form: Form, entry: Entry, name: str, words: tuple[Cells, Translator]) -> CellValue:
    cells, t = words
    item = form.field(name)
    if item is not None:
        if item.sensitive:
            return MASKED if entry.answers.get(name) not in (None, "", []) else None
        answer = entry.answers.get(name)
        if item.type.kind is Kind.DATA:  # files, positions, rows: their own pages show them
            return len(answer) if isinstance(answer, list) else None
        if item.type.kind in {Kind.REF, Kind.REFS} and answer:
            # On paper a name needn't lead back to one alone, as it must in a list that can come in again.
            ids = answer if isinstance(answer, list) else [answer]
            return t.listed(_called(scene, item.type.to or "", str(one), t) for one in ids)
        return cells.cell(item, answer)
    if name == "at":
        return cells.moment(entry.at)
    if name == "by":
        return scene.doers.name(entry) or t("year-anonymous")
    about = form.describes or form.about or ""
    label = scene.labels.all(about).get(entry.subject or "") if about else None
    if name == "subject":
        return _called(scene, about, entry.subject or "", t) or None
    place = label.place if label is not None and label.place else entry.place
    return t.text(scene.labels.place(place))


def _called(scene: _Scene, to: str, name: str, t: Translator) -> str:
    """Return what a reference is called; its id for what nothing is known of."""
    regulation = scene.community.regulation
    if to == "role":
        return t.text(regulation.roles[name].heading.title) if name in regulation.roles else name
    label = scene.labels.all(to).get(name) if to else None
    if label is not None:
        return " ".join(filter(None, (label.plate, label.name))) or name
    return t.text(scene.labels.place(name)) if name in regulation.places.places else name
