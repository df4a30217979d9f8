"""Whom a definition has rows for, and which rows of a source are theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.naive.conditions import holds
from tests.naive.marks import NA
from tests.naive.world import Row, World

Span = tuple[datetime, datetime | None]


@dataclass
class Spine:
    """The subjects with what each was over time; `refers`: what they are; `refs`: reference columns of theirs."""

    subjects: dict[str, list[Row]]
    refers: str
    refs: dict[str, str]
    level: str | None = None


def spine_of(world: World, each: str) -> Spine:
    """Return the subjects of `household`, `role leader`, `community`; worked out once for a world."""
    if each not in world.spines:
        world.spines[each] = _spine_of(world, each)
    found: Spine = world.spines[each]
    return found


def _spine_of(world: World, each: str) -> Spine:
    if each.startswith("role "):
        role = each.removeprefix("role ")
        found: dict[str, list[Row]] = {}
        for row in sorted(world.holders(), key=lambda row: (row["start"], str(row["subject"]))):
            if row["role"] == role:
                found.setdefault(row["worker"], []).append(row)
        return Spine(found, "worker", {})
    if each in world.levels.values():
        always = datetime.min.replace(tzinfo=world.zone).replace(year=2)
        places = {
            name: [{"start": always, "end": None, "place": name, "subject": name}]
            for name, level in world.levels.items()
            if level == each
        }
        return Spine(places, "place", {}, each)
    (form,) = (data for data in world.forms.values() if data.get("describes") == each)
    refs = {name: field["to"] for name, field in form["fields"].items() if field["type"] == "ref"}
    return Spine(world.classed(each), each, refs)


def there(spans: Iterable[Span]) -> list[Span]:
    """Return spans joined where they touch."""
    found: list[Span] = []
    for start, end in sorted(spans, key=lambda span: span[0]):
        if found and (found[-1][1] is None or found[-1][1] >= start):
            last = found[-1]
            both = None if last[1] is None or end is None else max(last[1], end)
            found[-1] = (last[0], both)
        else:
            found.append((start, end))
    return found


def table_of(source: Any) -> str:
    """Return the name of a source's table."""
    return source if isinstance(source, str) else source.get("form") or source["table"]


def source_rows(world: World, source: Any, tables: dict[str, list[Row]]) -> list[Row]:
    """Return all rows of a source in the order of time, with `key` and whether its condition `counts` them."""
    name = table_of(source)
    if name in tables:
        rows = [dict(row) for row in tables[name]]
    else:
        if name not in world.seen:
            world.seen[name] = world.moments(name)
        rows = [dict(row) for row in world.seen[name]]
        form = world.forms[name.partition(".")[0]]
        about = form.get("about") or form.get("describes")
        for row in rows:
            row["key"] = (row["id"],) if about is None else (row["id"], row["subject"])
            row["key"] += (row["nth"],) if "nth" in row else ()
    condition = source.get("where") if isinstance(source, dict) else None
    for row in rows:
        row["counts"] = holds(condition, row)
    return sorted(rows, key=lambda row: (row["at"], str(row["key"])))


def link_of(world: World, source: Any, row: Row, spine: Spine) -> list[Any]:
    """Return whom a row is about: one of the spine's subjects (or a list's several)."""
    named = source.get("link") if isinstance(source, dict) else None
    if spine.refers == "place":
        place = row["subject"] if "owner" in row and row["owner"] is row["subject"] else row.get("place", NA)
        return [world.place_at(row[named] if named else place, spine.level or "")]
    if named:
        found = row[named]
        return found if isinstance(found, list) else [found]
    if "owner" in row and spine.refers == "worker":
        return [row["owner"]]
    if "about" in row and "counts_about" not in row and row["about"] is not NA:
        return [row["about"]]
    form = world.forms.get(table_of(source).partition(".")[0])
    if form is not None:
        about = form.get("about") or form.get("describes")
        if about == spine.refers:
            return [row["subject"]]
        refs = [name for name, field in form["fields"].items() if field.get("to") == spine.refers]
        if refs:
            return [row[refs[0]]]
        return [row["by"]]
    return [row["subject"]]
