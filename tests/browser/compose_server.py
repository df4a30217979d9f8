"""Serves the small community, wired as the application is: `python -m tests.browser.compose_server PORT`.

Its clock stands still until a test says what time it is: `/test-clock?to=2026-12-01T01:00:00Z`. `/test-types` says
which types of questions are registered.
"""

import asyncio
import json
import logging
import sys
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from nicegui import app

from app import plugins
from app.bootstrap import wire
from app.domain.core.values import Kind
from app.services.ports import Account, Revision
from app.settings import Settings
from tests.browser.nursery import Run
from tests.browser.wired import Time, running
from tests.fakes.checkout import write
from tests.fakes.stores import FakeStore
from tests.fakes.working import FAST, FILES, NOW, PASSWORD, PEOPLE, PLACE, founding

MORE = {
    "config/inventories/kinds.yaml": """\
kinds:
  text: {title: {zh: 条款}, carried_by: [duty, form, sheet, rule], information: true}
""",
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

NEEDED: Mapping[Kind, Mapping[str, Any]] = {
    Kind.CHOICE: {"from": {"red": "红", "blue": "蓝"}},
    Kind.CHOICES: {"from": {"cat": "猫", "dog": "狗"}},
    Kind.REF: {"to": "grid"},
    Kind.REFS: {"to": "household"},
}
"""What a question can't do without, by what its answer is."""


def every_type() -> str:
    """Return a form that asks a question of every type that is registered: a type that is new is asked, too."""
    fields: dict[str, Any] = {
        f"of_{name}": {"title": f"题型 {name}", "type": name, **NEEDED.get(one.kind, {})}
        for name, one in plugins.field_types(plugins.load(others=False)).items()
    }
    fields["of_repeat"]["fields"] = {"inner": {"title": "行内", "type": "text"}}
    fields["follows"] = {"title": "接着问", "type": "text", "relevant": {"of_boolean": "true"}}
    return json.dumps({"form": "every_type", "title": "全部题型", "fields": fields}, ensure_ascii=False)


async def founded(store: FakeStore, settings: Settings, time: Time) -> None:
    """Let the community be there: its revision in force, its people and households, their accounts."""
    wired = wire(settings, cast("Any", store), time)
    since = NOW - timedelta(days=400)
    files = wired.declarations.read_files(PLACE)
    loaded = wired.declarations.load(PLACE, files)
    assert loaded.regulation is not None, [str(problem) for problem in loaded.problems]
    await store.revisions.add(Revision(loaded.revision, PLACE, files, since, "w-3"))
    sensitive = {
        form.id: frozenset(item.id for item in form.fields if item.sensitive)
        for form in loaded.regulation.forms.values()
    }
    await store.ledger.append(founding(since), sensitive)
    hashed = FAST.hash(PASSWORD)
    for person, name, _, _, login in PEOPLE:
        await store.accounts.save(Account(f"a-{login}", login, person, name, PLACE, hashed))
    wired.decider.close()


def make() -> Run:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-compose-"))
    write(folder / "files", {**FILES, **MORE, "forms/every_type.yaml": every_type()})
    settings = Settings(files=folder / "files", data=folder / "data")
    store, time = FakeStore(), Time()
    asyncio.run(founded(store, settings, time))
    run = running(settings, store, time)

    def served(port: int) -> None:
        @app.get("/test-types")
        def types() -> list[str]:
            return sorted(plugins.field_types(plugins.load(others=False)))

        run(port)

    return served


if __name__ == "__main__":
    make()(int(sys.argv[1]))
