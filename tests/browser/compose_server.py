"""Serves the small community to whoever changes its files by forms: `python -m tests.browser.compose_server PORT`."""

import asyncio
import logging
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from app import plugins
from app.declarations.depicting import Depicting
from app.plugins.declared import sorts_of
from app.services.composer import Composer
from app.services.regulation_drafts import DraftPorts, RegulationDrafting
from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.checkout import checkout
from tests.fakes.working import FILES, Working

MORE = {
    "config/roles/director.yaml": """\
role: director
title: {zh: 主任, en: Director, es: Director}
level: community
may: [record, see_place, see_sensitive, see_scores, correct, administer, publish, approve]
""",
    "rules/leader_year.yaml": """\
# What a year is worth.
sheet: leader_year
title: {zh: 网格长积分, en: Points of grid leaders, es: Puntos}
for_each: role leader
every: year
max: 100
items:
  visits:
    title: {zh: 走访, en: Visits, es: Visitas}
    max: 100
    start: max
    lines:
      missed:  # the text says so
        title: {zh: 漏访, en: Missed, es: Omitida}
        deduct: 1
        for_each: home_visit
        where: {state: missed}
        undecided: leave_out
""",
}

KINDS = (
    "config/inventories/kinds.yaml",
    "kinds:\n  text: {title: {zh: 条款}, carried_by: [duty, form, sheet, rule], exercised: false}\n",
)


class Copies:
    """Knows of no other copy."""

    def origin(self, place: str) -> str | None:
        return None

    def note(self, place: str, revision_hash: str) -> None:
        return None


def make() -> Run:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-compose-"))
    declarations = checkout(folder / "files", {**FILES, **MORE})
    working = Working(folder, declarations=declarations)
    asyncio.run(working.start())

    def run(port: int) -> None:
        working.renew()
        manager = plugins.load(others=False)
        resolve, clock = working.people.resolve, working.clock
        store = working.store
        drafting = RegulationDrafting(
            DraftPorts(store.regulation_drafts, store.revisions, declarations, Copies(), resolve, clock)
        )
        composer = Composer(
            drafting, Depicting(sorts_of(manager), lambda: [KINDS]), plugins.field_types(manager), clock
        )
        settings = Settings(port=port, data=folder)
        create_app(replace(working.services(), drafting=drafting, composer=composer), settings)
        serve(settings)

    return run


if __name__ == "__main__":
    make()(int(sys.argv[1]))
