"""`appraise`: the ranking of a period from the store, for whoever holds the machine."""

import argparse
import json
from datetime import datetime
from typing import TYPE_CHECKING

from app.bootstrap import now
from app.cli.codes import Exit
from app.cli.console import Bar, Console
from app.cli.evaluating import write_text
from app.cli.opened import with_wired
from app.cli.places import place_of
from app.plugins.declared import declarations_of
from app.services.actor import Actor, Permission, Post
from app.services.appraising.opened import Opened, as_shown
from app.services.appraising.ranking import RankRow, appraisal_view
from app.services.labels import Labels
from app.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.bootstrap import Wired
    from app.domain.kinds.appraisal import Appraisal

_OPERATOR = "operator"


def appraise_(options: argparse.Namespace, console: Console) -> Exit:
    """Print the ranking of each appraisal, or write it as JSON. Raises ProblemError."""
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings), upper=True)

    async def work(wired: "Wired") -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        with console.progress("cli-evaluate-reading") as bar:
            opened = await opened_of(wired, place, options.period, console.t.language, bar)
            ranking, of = bar.step("cli-ranking"), len(opened.regulation.appraisals)
            ranking(0, of)
            for done, (appraisal, rows) in enumerate(ranked_of(opened, now()), 1):
                found += [{"appraisal": appraisal.id, **_record(row, console)} for row in rows]
                ranking(done, of)
        return found

    found = with_wired(settings, console, work)
    if options.out:
        write_text(options.out, json.dumps(found, ensure_ascii=False, indent=1))
    elif not found:
        console.say("cli-appraise-none")
    else:
        for row in found:
            console.result("  ".join(str(value) for value in row.values() if value is not None))
    return Exit.OK


async def opened_of(wired: "Wired", place: str, period: str, language: str, bar: Bar) -> Opened:
    """Return the evaluation of a period, as somebody who may see all of the place: who runs commands has the store."""
    working = bar.step("cli-evaluating")
    live = wired.whole  # of a place above communities all that lies below, which people of it don't see
    community = await live.fresh(place, working)
    evaluation = await live.other_period(place, period, working)
    post = Post("", "", place, frozenset(Permission))
    actor = Actor(_OPERATOR, _OPERATOR, _OPERATOR, place, language, post, (post,))
    opened = Opened(actor, community, evaluation, evaluation.period.label, Labels(evaluation, now()))
    return await as_shown(wired.closing, opened, now())


def ranked_of(opened: Opened, at: datetime) -> "Iterator[tuple[Appraisal, tuple[RankRow, ...]]]":
    """Yield each appraisal with whom it ranks."""
    for appraisal in opened.regulation.appraisals.values():
        yield appraisal, tuple(appraisal_view(opened, appraisal, at).rows)


def _record(row: RankRow, console: Console) -> dict[str, object]:
    score = None if row.score is None else console.t.number(row.score)
    return {"rank": row.rank, "about": row.about, "name": row.name, "score": score, "state": row.state}
