"""What counts towards an occurrence, whether it is waived, and the state that follows."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.naive.conditions import figure, holds, number
from tests.naive.hits import hit
from tests.naive.marks import NA, UNKNOWN, all_of, opposite
from tests.naive.spines import Spine, link_of, source_rows, table_of
from tests.naive.world import Row, World, seconds_in


def fits(duty: Row, row: Row) -> Any:
    """Whether a row belongs to the tier: its own condition, none of the earlier tiers', and the duty's."""
    mine = [holds(condition, row) for condition in duty["own"]]
    others = [opposite(holds(condition, row)) for condition in duty["not"]]
    return all_of([mine[0], *others, mine[1]])


def _whose(world: World, source: Any, row: Row, spine: Spine, slots: list[Row]) -> list[Any]:
    """Return whose a row is; one that says nothing of an event, but of whom that is about, is the event's."""
    form, event = world.forms.get(table_of(source), {}), world.forms.get(spine.refers, {})
    if (
        slots
        and "group" in slots[0]
        and form.get("about") is not None
        and form.get("about") == event.get("about")
    ):
        return [slot["subject"] for slot in slots if slot["group"] == row["subject"]]
    return link_of(world, source, row, spine)


def _events(
    world: World, duty: Row, spine: Spine, subject: str, slots: list[Row], tables: dict[str, list[Row]]
) -> list[Row]:
    """Return what may count for a subject: moments, weights, and whether it is sure."""
    sources = duty["met_by"] if isinstance(duty["met_by"], list) else [duty["met_by"]]
    found = []
    for source in sources:
        for row in source_rows(world, source, tables):
            if row["counts"] is not True and row["counts"] is not UNKNOWN:
                continue
            if subject not in _whose(world, source, row, spine, slots):
                continue
            weight = number(str(source["counts"])) if isinstance(source, dict) and "counts" in source else 1
            sure = row["counts"] is True
            found.append({**row, "weight": weight, "least": weight if sure else 0, "sure": sure})
    return sorted(_each_once(found), key=lambda row: (row["at"], row["key"]))


def _each_once(found: list[Row]) -> list[Row]:
    """Count an entry that fits several sources by the one by which it weighs most; surely by those it surely fits."""
    one: dict[Any, Row] = {}
    for row in found:
        key = ("entry", row["id"], str(row.get("subject"))) if "id" in row else (len(one),)
        other = one.setdefault(key, row)
        if other is not row:
            other["weight"] = max(other["weight"], row["weight"])
            other["least"] = max(other["least"], row["least"])
            other["sure"] = other["sure"] or row["sure"]
    return list(one.values())


def count(
    world: World, duty: Row, spine: Spine, subject: str, slots: list[Row], tables: dict[str, list[Row]]
) -> None:
    """Add what counted to the slots."""
    events = _events(world, duty, spine, subject, slots, tables)
    sure = [event for event in events if event["sure"]]
    if duty.get("late_until") is not None:
        # An entry fills one window: the earliest open one that isn't full yet.
        surely, perhaps = _allotted(slots, sure, "least"), _allotted(slots, events, "weight")
    else:
        surely = [[event for event in sure if slot["start"] <= event["at"] < slot["end"]] for slot in slots]
        perhaps = [
            [event for event in events if slot["start"] <= event["at"] < slot["end"]] for slot in slots
        ]
    for slot, mine, may in zip(slots, surely, perhaps, strict=True):
        slot["counted"] = Fraction(sum(event["least"] for event in mine))
        slot["possible"] = Fraction(sum(event["weight"] for event in may))
        day = world.day(slot["start"])
        quotas = (duty.get("of_which") or {}).values()
        lacking = lacking_at_best = Fraction(0)
        for quota in quotas:
            least = number(str(figure(quota["at_least"], day)))
            truths = [holds(quota["where"], event) for event in mine]
            best = [holds(quota["where"], event) for event in may]
            lacking += max(least - sum(truth is True for truth in truths), Fraction(0))
            lacking_at_best += max(
                least - sum(truth is True or truth is UNKNOWN for truth in best), Fraction(0)
            )
        slot["short"] = max(slot["needed"] - slot["counted"], lacking, Fraction(0))
        slot["short_at_best"] = max(slot["needed"] - slot["possible"], lacking_at_best, Fraction(0))
        slot["met_at"] = NA
        if slot["counted"] >= slot["needed"]:
            reached = [
                event["at"]
                for place, event in enumerate(mine, 1)
                if sum(one["least"] for one in mine[:place]) >= slot["needed"]
            ]
            slot["met_at"] = reached[0]
        slot["entries"] = [event["key"] for event in mine]


def _allotted(slots: list[Row], events: list[Row], weighs: str) -> list[list[Row]]:
    taken: list[list[Row]] = [[] for _ in slots]
    order = sorted(range(len(slots)), key=lambda at: (slots[at]["closes"], slots[at]["start"]))

    def filled(at: int) -> Any:
        return sum(event[weighs] for event in taken[at])

    for event in events:
        for at in order:
            slot = slots[at]
            if slot["start"] <= event["at"] < slot["closes"] and filled(at) < slot["needed"]:
                taken[at].append(event)
                break
    return taken


# ---- waivers and the state -----------------------------------------------------------------------------------------
def waived(
    world: World, duty: Row, spine: Spine, slot: Row, tables: dict[str, list[Row]]
) -> tuple[bool, bool]:
    surely = perhaps = False
    for waiver in duty.get("waived_by") or []:
        rows = []
        for row in source_rows(world, waiver, tables):
            form = world.forms[waiver if isinstance(waiver, str) else waiver["form"]]
            about = form.get("about") or form.get("describes")
            # Rows that say nothing of the subject are those of whoever owes it.
            group = world.forms.get(spine.refers, {}).get("about")
            whose = slot["subject"] if about == spine.refers else slot["owner"]
            whose = slot["group"] if "group" in slot and about == group else whose
            who = row["subject"] if about is not None else row["by"]
            if who == whose and (row["counts"] is True or row["counts"] is UNKNOWN):
                rows.append(row)
        for wanted in ((True,), (True, UNKNOWN)):
            chosen = [row for row in rows if any(row["counts"] is one for one in wanted)]
            if isinstance(waiver, dict) and "covers" in waiver:
                spans = [(row["start"], row["end"]) for row in chosen]
                end = slot.get("waiting", slot["end"])
                unending = end is None
                end = end or slot["start"] + timedelta(days=4_000)
                spans = [(s, e) for s, e in spans if s < end and (e is None or e > slot["start"])]
                covered = seconds_in(spans, slot["start"], end)
                whole = 10**12 if unending else int((end - slot["start"]).total_seconds())
                enough = {"all": covered >= whole, "half": covered * 2 >= whole, "any": covered > 0}[
                    waiver["covers"]
                ]
            else:
                times = waiver.get("times") if isinstance(waiver, dict) else None
                least = number(str(figure(times, world.day(slot["start"]), "1")))
                enough = sum(slot["start"] <= row["at"] < slot["end"] for row in chosen) >= least
            if wanted == (True,):
                surely = surely or enough
            else:
                perhaps = perhaps or enough
    return surely, perhaps


def state(world: World, slot: Row, *, grace: bool) -> Any:
    """Return the state: what is done, waived, not known, or what time it is."""
    waived_, may_be_waived = slot["waived"]
    due, latest = slot["due"], slot.get("latest", slot["due"])
    if slot["short"] == 0:
        # Done after the limit is late; without grace the window's end closes it anyway.
        if not grace or _before(slot["met_at"], due):
            return "met"
        hit("done between a limit and what may move it", _before(slot["met_at"], latest))
        return UNKNOWN if _before(slot["met_at"], latest) else "late"
    if waived_:
        return "waived"
    if slot["short_at_best"] == 0 or may_be_waived or not slot["sure"]:
        return UNKNOWN
    now = world.as_of
    if now < slot["start"]:
        return "upcoming"
    if _before(now, due):
        return "due"
    if _before(now, latest):
        hit("between a limit and what may move it")
        return UNKNOWN
    return "overdue" if now < slot["closes"] else "missed"


def _before(at: datetime, limit: datetime | None) -> bool:
    """Whether an instant lies before a limit; one that isn't there yet is never reached."""
    return limit is None or at < limit
