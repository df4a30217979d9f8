"""A batch of many appraisals as `print --all` makes it: `python -m tests.bench.print_thousand FOLDER [N] [LOG]`.

Invented people under an invented regulation: three pages each, every figure worked out by the evaluation. Ended in the
middle (`kill -9`), or by a full disk, and given again, it goes on where it stopped. LOG gets a line for each part: the
seconds, how many are printed, the memory of this process and of the printing one, the size of the folder.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app import plugins
from app.domain.problem import ProblemError
from app.printing import PrintFolder, WeasyPrinter
from app.services.actor import Actor, Permission, Post
from app.services.appraising.opened import Opened
from app.services.evaluate import ledger_hash
from app.services.labels import Labels
from app.services.live import Community
from app.services.prints.batches import Batch, people_of, print_batch
from tests.services.declared import PLACE, told

MANY: Final = 1000
NAMES: Final = "喆玥堃燊䶮𬭎王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
PARTS: Final = ("走访联系", "隐患排查", "民情办理")
ADDRESS: Final = "https://grid.example.org"
NOW: Final = datetime(2026, 1, 5, tzinfo=UTC)


def name_of(number: int) -> str:
    """Return an invented name."""
    return NAMES[6 + number % 20] + NAMES[number % 6] + NAMES[(number * 7) % 26]


def regulation() -> str:
    """Return three sections of two items each: one loses points by the month, the other by the half-year."""
    pieces, items = [], []
    for section, title in enumerate(PARTS):
        for half in range(2):
            key = f"d{section}{half}"
            every = "month" if half == 0 else "half_year"
            pieces.append(
                f"duty: {key}\ntitle: {{zh: {title}（{half + 1}）}}\n"
                f"clause: {{doc: 办法, ref: 第{section + 1}条, text: 按期办理，做好记录，发现问题及时上报。}}\n"
                f"for_each: role leader\nevery: {every}\ntimes: 1\n"
                f"met_by: {{form: report, link: by, where: {{pages: {section * 2 + half + 1}}}}}"
            )
        items.append(
            f"  s{section}:\n    title: {{zh: {title}}}\n    max: {40 if section == 0 else 30}\n    items:\n"
            + "".join(
                f"      i{half}:\n        title: {{zh: {title}之{half + 1}}}\n"
                f"        max: {20 if section == 0 else 15}\n        start: max\n        lines:\n"
                f"          missed: {{deduct: 1/2, for_each: d{section}{half}, where: {{state: missed}}}}\n"
                for half in range(2)
            )
        )
    sheet = (
        "sheet: score\ntitle: {zh: 履职得分}\n"
        "clause: {doc: 办法, ref: 第七条, text: 每漏一次扣零点五分，扣完为止。}\n"
        "for_each: role leader\nevery: year\nmax: 100\nitems:\n"
    )
    appraisal = (
        "appraisal: year\ntitle: {zh: 网格员年度考核}\nfor_each: role leader\nevery: year\n"
        "parts: {duties: {title: {zh: 履职}, weight: 100%, from: score}}\nmissing_part: not_computable\n"
        "grades:\n  good: {title: {zh: 优秀}, at_least: 80}\n  rest: {title: {zh: 合格}}"
    )
    pieces += [sheet + "".join(items), appraisal]
    return "\n---\n".join(pieces)


WORKER_FILE: Final = """\
form: worker_file
describes: worker
label: [name]
fields: {name: {type: text, required: true}}
"""


def given(many: int) -> Iterator[str]:
    """Yield the entries: who is called how, holds which post, and what was reported."""
    for number in range(many):
        yield f"- {{form: worker_file, at: 2024-01-01, subject: v{number}, name: {name_of(number)}}}"
        post = f"subject: q{number}, worker: v{number}, role: leader, place: c1/g{number % 2 + 1}"
        yield f"- {{form: appointment, at: 2024-01-01, {post}}}"
        for month in range(1, 13):
            if (number + month) % 6 == 0:  # ten of twelve are missed
                yield f"- {{form: report, at: 2025-{month:02d}-10, by: v{number}, pages: {number % 3 * 2 + 1}}}"


def opened(many: int) -> Opened:
    """Return the evaluation of the year, as whoever holds the machine sees it."""
    case = told(
        regulation(),
        "\n".join(given(many)),
        leader=False,
        files={"forms/worker_file.yaml": WORKER_FILE},
    )
    made = replace(case, regulation=replace(case.regulation, revision="r" * 64)).evaluation()
    entries = {entry.id: entry for entry in case.entries}
    community = Community(made.regulation, made, len(entries), entries)
    post = Post("", "", PLACE, frozenset(Permission))
    actor = Actor("operator", "operator", "operator", PLACE, "zh", post, (post,))
    return Opened(actor, community, made, "2025", Labels(made, NOW))


class Log:
    """Writes how far it is, with memory and sizes."""

    def __init__(self, path: str, printer: WeasyPrinter, folder: Path) -> None:
        """Write to `path`, or to the standard output where it is empty."""
        self._stream = open(path, "a", encoding="utf-8") if path else sys.stdout  # noqa: SIM115, PTH123
        self._printer = printer
        self._folder = folder
        self._begin = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        """Tell how many of all are printed."""
        self.tell(done=done, of=of)

    def tell(self, **more: object) -> None:
        """Write a line."""
        said = {
            "seconds": round(time.monotonic() - self._begin, 1),
            **more,
            "own_mb": resident("self") // 1024,
            "printing_mb": sum(resident(str(one.pid)) for one in self._printer.press._running) // 1024,
            "folder_mb": sum(one.stat().st_size for one in self._folder.rglob("*") if one.is_file()) >> 20,
        }
        self._stream.write(json.dumps(said) + "\n")
        self._stream.flush()


def resident(process: str) -> int:
    """Return the memory of a process now, in kB."""
    try:
        with open(f"/proc/{process}/status", encoding="ascii") as status:  # noqa: PTH123
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))
    except (OSError, StopIteration):
        return 0


def main(folder: Path, many: int, path: str) -> int:
    """Print the batch; 1 where it can't go on."""
    plugins.load(others=False)
    printer = WeasyPrinter()
    log = Log(path, printer, folder)
    found = opened(many)
    appraisal = found.regulation.appraisals["year"]
    people = people_of(found, appraisal, NOW)
    hashed = ledger_hash(found.community.entries.values())
    log.tell(step="evaluated", people=len(people), cpu=round(time.process_time(), 1))
    batch = Batch(found, appraisal, people, "zh", hashed, NOW, ADDRESS)
    try:
        print_batch(batch, PrintFolder(folder), printer, log)
    except ProblemError as fault:
        log.tell(step="stopped", codes=[one.code for one in fault.problems])
        return 1
    spent = os.times()
    printer.press.end()
    after = os.times()
    log.tell(
        step="done",
        cpu=round(spent.user + spent.system, 1),
        printing_cpu=round(after.children_user + after.children_system, 1),
        printing_peak_mb=printer.press.peak_kb // 1024,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int((sys.argv[2:] or [str(MANY)])[0]), (sys.argv[3:] or [""])[0]))
