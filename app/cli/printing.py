"""`print`: appraisals, the report of a place, certificates and cards as PDFs, for whoever holds the machine."""

import argparse
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from app.bootstrap import now
from app.cli.appraising import opened_of, ranked_of
from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.opened import with_wired
from app.cli.places import place_of
from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.plugins.declared import declarations_of
from app.printing import PrintFolder, WeasyPrinter
from app.services.actor import Actor, ActorRef, Permission
from app.services.appraising.opened import Opened
from app.services.appraising.record import RecordReader
from app.services.appraising.scores import ScoresService
from app.services.evaluate import ledger_hash
from app.services.prints.appraisal import Sources, document_of
from app.services.prints.batches import Batch, people_of, print_batch
from app.services.prints.cards import CardPrints
from app.services.prints.places import PlacePrints
from app.services.registers.subjects import SubjectsService
from app.settings import load_settings

if TYPE_CHECKING:
    from app.bootstrap import Wired
    from app.services.ports import Progress

APPRAISALS: Final = "appraisals"
REPORT: Final = "report"
CARD: Final = "card"
_MOST_NAMED: Final = 50
"""How many of those who are assessed are named to who asks for somebody else."""


def print_(options: argparse.Namespace, console: Console) -> Exit:
    """Write PDFs into a folder. Raises ProblemError when PDFs can't be made, for a folder, or where there are none."""
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings), upper=True)
    printer = WeasyPrinter(settings.pdf)
    missing = printer.available()
    if missing is not None:
        raise ProblemError(missing)
    if options.what == CARD and "/" not in (options.subject or ""):
        raise ProblemError(Problem("E577"))

    async def work(wired: "Wired") -> int:
        with console.progress("cli-evaluate-reading") as bar:
            opened = await opened_of(wired, place, options.period, console.t.language, bar)
        t = Translator(options.written_in or console.t.language).at(ZoneInfo(opened.regulation.calendar.zone))
        with console.progress("cli-printing") as progress:
            if options.what != APPRAISALS:
                others = _Others(wired, opened, printer, t.language, options)
                return await others.write(Path(options.out), settings.public_url, progress)
            prints = _Appraisals(opened, printer, settings.public_url, t)
            prints.require(options.person)
            if options.all:
                return prints.together(Path(options.out), progress)
            return prints.write(Path(options.out), options.person, progress)

    count = with_wired(settings, console, work)
    console.result(console.t("cli-printed", count=count, folder=str(Path(options.out))))
    return Exit.OK


class _Appraisals:
    """The appraisals of one evaluation."""

    def __init__(self, opened: Opened, printer: WeasyPrinter, address: str, t: Translator) -> None:
        self._opened = opened
        self._printer = printer
        self._address = address
        self._t = t
        self._hashed = opened.ledger or ledger_hash(opened.community.entries.values())

    def require(self, person: str | None) -> None:
        """Raise ProblemError where nobody is assessed (E955), or not this person (E956)."""
        opened = self._opened
        rows = [row for _, rows in ranked_of(opened, now()) for row in rows]
        if not rows:
            said = {"place": opened.community.place, "period": opened.period}
            raise ProblemError(Problem("E955", values=said))
        if person is not None and not any(person in {row.person, row.about} for row in rows):
            known = ", ".join(sorted({row.about for row in rows})[:_MOST_NAMED])
            said = {"person": person[:80], "period": opened.period, "known": known}
            raise ProblemError(Problem("E956", values=said))

    def write(self, folder: Path, person: str | None, progress: "Progress") -> int:
        """Write a file for each person, or for one of them; return how many."""
        opened, readers = self._opened, dict[str, RecordReader]()
        todo = [
            (appraisal, row)
            for appraisal, rows in ranked_of(opened, now())
            for row in rows
            if person in {None, row.person, row.about}
        ]
        for done, (appraisal, row) in enumerate(todo, 1):
            reader = readers.setdefault(appraisal.id, RecordReader(opened, appraisal))
            sources = Sources(opened, appraisal, row.about, self._hashed, now(), self._address, reader)
            made = self._printer.appraisal(document_of(sources, self._t), self._t.language)
            _write(folder, f"{appraisal.id}-{row.about}-{opened.period}", made)
            progress(done, len(todo))
        return len(todo)

    def together(self, folder: Path, progress: "Progress") -> int:
        """Print each appraisal's people into one file and one zip; given again, it goes on where it stopped."""
        opened, count = self._opened, 0
        at = opened.evaluation.as_of or now()
        for appraisal in opened.regulation.appraisals.values():
            people = people_of(opened, appraisal, at)
            if people:
                batch = Batch(opened, appraisal, people, self._t.language, self._hashed, at, self._address)
                parts = PrintFolder(folder, f"{appraisal.id}-{opened.period}")
                print_batch(batch, parts, self._printer, progress)
                count += len(people)
        return count


class _Others:
    """Everything else, by the services that pages ask; who runs commands may see all, what is sensitive when asked."""

    def __init__(
        self,
        wired: "Wired",
        opened: Opened,
        printer: WeasyPrinter,
        language: str,
        options: argparse.Namespace,
    ) -> None:
        self._wired = wired
        self._printer = printer
        self._language = language
        self._options = options
        self._period = opened.period
        self._place = opened.community.place
        hidden = frozenset() if options.sensitive else frozenset({Permission.SEE_SENSITIVE})
        post = replace(opened.actor.post, may=opened.actor.post.may - hidden)
        name = Translator(language)("print-card-operator")
        self._actor = replace(opened.actor, name=name, post=post, posts=(post,))
        self._ref = ActorRef(self._actor.account)

    async def _resolve(self, _ref: ActorRef, _now: datetime) -> Actor:
        return self._actor

    async def write(self, folder: Path, address: str, progress: "Progress") -> int:
        """Write the files that were asked for; return how many."""
        live, language, period = self._wired.whole, self._language, self._period
        if self._options.what == CARD:
            about, _, subject = self._options.subject.partition("/")
            subjects = SubjectsService(live, self._wired.store.ledger, self._resolve, now)
            cards = CardPrints(subjects, live, self._resolve, now, self._printer)
            _write(folder, f"{about}-{subject}", await cards.pdf(self._ref, about, subject, language))
            return 1
        prints = PlacePrints(ScoresService(live, self._resolve, now, self._wired.closing), self._printer, now)
        if self._options.what == REPORT:
            made = await prints.report_pdf(self._ref, period, language)
            _write(folder, f"report-{self._place}-{period}", made)
            return 1
        praises = await prints.praises(self._ref, period)
        wanted = [one for one in praises if self._options.person in {None, one.about}]
        if not wanted:
            raise ProblemError(Problem("E578"))
        for done, one in enumerate(wanted, 1):
            made = await prints.certificate_pdf(self._ref, period, one.finding, language, address)
            _write(folder, f"{one.rule}-{one.about}-{period}-{done}", made)
            progress(done, len(wanted))
        return len(wanted)


def _write(folder: Path, name: str, data: bytes) -> None:
    """Write a PDF; the ids in its name have no slash. Raises ProblemError E553."""
    path = folder / f"{name.replace('/', '-')}.pdf"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError:
        raise ProblemError(Problem("E553", values={"path": str(path)})) from None
