"""What counts towards an occurrence, whether it is waived, and the state that follows."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from tests.naive.conditions import figure, holds, number
from tests.naive.hits import hit
from tests.naive.marks import NA, UNKNOWN, Mark, all_of, opposite
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


def events_of(
    world: World, duty: Row, spine: Spine, subject: str, slots: list[Row], tables: dict[str, list[Row]]
) -> list[Row]:
    """Return what may count for a subject: from when until when, weights, and whether it is sure."""
    found = []
    for source in _listed(duty["met_by"]):
        for row in source_rows(world, source, tables):
            if row["counts"] is not True and row["counts"] is not UNKNOWN:
                continue
            if subject not in _whose(world, source, row, spine, slots):
                continue
            event = _event(world, duty, source, row)
            if event is not None:
                found.append(event)
    return sorted(_each_once(found), key=lambda row: (row["begins"], str(row["key"])))


def _listed(sources: Any) -> list[Any]:
    return sources if isinstance(sources, list) else [sources]


def _event(world: World, duty: Row, source: Any, row: Row) -> Row | None:
    """Return a row as something that may count; None where it surely doesn't."""
    said = source if isinstance(source, dict) else {}
    begins, ends = (row["start"], row["end"]) if "start" in row else (row["at"], row["at"])
    sure, day = row["counts"] is True, world.day(begins)
    name = (table_of(source), row["key"])
    for other in earlier_ones(duty):
        surely, perhaps = world.taken[other]
        hit("an entry that another duty took", name in surely)
        if name in surely:
            return None
        hit("an entry that another duty may take", name in perhaps)
        sure = sure and name not in perhaps
    minutes: Any = row.get("minutes", Fraction(0))
    if "start" in row:
        minutes = Fraction(int((ends - begins).total_seconds()), 60)
    if "minutes" in said:
        sure = sure and not isinstance(minutes, Mark)
        least = number(str(figure(said["minutes"]["at_least"], day)))
        if said.get("together") != "true" and not isinstance(minutes, Mark) and minutes < least:
            hit("too short a session")
            return None
    if "quorum" in said:
        enough = has_quorum(world, said["quorum"], row, day)
        if enough is False:
            return None
        sure = sure and enough is True
    weight = number(str(figure(said.get("counts"), day, "1")))
    if said.get("together") == "true":
        weight = ENOUGH if isinstance(minutes, Mark) else minutes
    least = weight if sure else Fraction(0)
    return {
        **row,
        "begins": begins,
        "ends": ends,
        "weight": weight,
        "least": least,
        "sure": sure,
        "name": name,
    }


ENOUGH = Fraction(10**6)
"""Minutes of a session whose length isn't known: at best it is long enough."""


def earlier_ones(duty: Row) -> list[str]:
    """Return the duties that take their entries first."""
    among = _listed(duty.get("among") or [])
    return among[: among.index(duty["duty"])] if duty.get("uses") == "once" else []


def has_quorum(world: World, quorum: Row, row: Row, day: date) -> Any:
    """Whether enough of those required were there, and those who had to be; unknown if nobody wrote who came."""
    present = row[quorum.get("present", "present")]
    if isinstance(present, Mark):
        hit("a meeting of which nobody wrote who came")
        return UNKNOWN

    def holding(role: str, people: Any) -> set[str]:
        posts = [post for post in world.holders() if post["role"] == role and post["start"] <= row["at"]]
        held = {post["worker"] for post in posts if post["end"] is None or post["end"] > row["at"]}
        return held if people is None else held & set(people)

    there, required = set(present), 0
    if "role" in quorum:
        there = holding(quorum["role"], present)
        required = len(holding(quorum["role"], None))
        away = row[quorum["excused"]] if "excused" in quorum else []
        if not isinstance(away, Mark):
            required -= len(holding(quorum["role"], away))
            hit("somebody excused from a meeting", bool(holding(quorum["role"], away)))
    enough = len(there) >= number(str(figure(quorum.get("at_least"), day, "1")))
    if "share" in quorum:
        enough = enough and len(there) >= number(str(figure(quorum["share"], day))) * required
    enough = enough and all(holding(role, present) for role in _listed(quorum.get("roles") or []))
    hit("a quorum", enough)
    hit("no quorum", not enough)
    return enough


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
    events = events_of(world, duty, spine, subject, slots, tables)
    sure = [event for event in events if event["sure"]]
    together = any(isinstance(one, dict) and one.get("together") == "true" for one in _listed(duty["met_by"]))
    for slot in slots:
        slot["enough"] = slot["needed"]
        if together:
            slot["enough"] = max(_minutes(world, duty, slot))
    if duty.get("late_until") is not None or duty.get("uses") == "once":
        # An entry fills one window: the earliest open one that isn't full yet.
        surely, perhaps = _allotted(slots, sure, "least"), _allotted(slots, events, "weight")
    else:
        surely = [[event for event in sure if _lies_in(event, slot)] for slot in slots]
        perhaps = [[event for event in events if _lies_in(event, slot)] for slot in slots]
    if duty.get("uses") == "once":
        taken, may = world.taken.setdefault(duty["duty"], (set(), set()))
        taken.update(event["name"] for mine in surely for event in mine)
        may.update(event["name"] for mine in perhaps for event in mine)
    for slot, mine, others in zip(slots, surely, perhaps, strict=True):
        _told(world, duty, slot, mine, others, together=together)


def _minutes(world: World, duty: Row, slot: Row) -> list[Fraction]:
    day = world.day(slot["start"])
    sources = [one for one in _listed(duty["met_by"]) if isinstance(one, dict) and "minutes" in one]
    return [number(str(figure(one["minutes"]["at_least"], day))) for one in sources]


def _told(world: World, duty: Row, slot: Row, mine: list[Row], may: list[Row], *, together: bool) -> None:
    """Add what an occurrence has, what it lacks and when it was met."""
    slot["counted"] = Fraction(sum(event["least"] for event in mine))
    slot["possible"] = Fraction(sum(event["weight"] for event in may))
    reached = _reached(mine, slot["enough"])
    if together:
        hit("minutes that add up", slot["counted"] >= slot["enough"] and len(mine) > 1)
        for word in ("counted", "possible"):
            slot[word] = slot["needed"] if slot[word] >= slot["enough"] else Fraction(0)
    lacking = lacking_at_best = Fraction(0)
    moments = [reached]
    for quota in (duty.get("of_which") or {}).values():
        least, best = (_wanted(world, quota, slot, slot[word]) for word in ("possible", "counted"))
        fitting = [event for event in mine if holds(quota["where"], event) is True]
        fitting_at_best = [event for event in may if holds(quota["where"], event) in (True, UNKNOWN)]
        lacking += max(least - len(fitting), Fraction(0))
        lacking_at_best += max(best - len(fitting_at_best), Fraction(0))
        times = sorted(event["ends"] for event in fitting)
        moments.append(times[int(least) - 1] if 0 < least <= len(times) else None)
    slot["short"] = max(slot["needed"] - slot["counted"], lacking, Fraction(0))
    slot["short_at_best"] = max(slot["needed"] - slot["possible"], lacking_at_best, Fraction(0))
    slot["met_at"] = NA
    if slot["counted"] >= slot["needed"]:
        slot["met_at"] = _met_at(duty, mine, moments)
    slot["entries"] = [event["key"] for event in mine]


def _wanted(world: World, quota: Row, slot: Row, whole: Any) -> Fraction:
    """Return how many a sub-quota wants: a number, or a share of all that count, at least of those needed."""
    day = world.day(slot["start"])
    if "share" in quota:
        hit("a sub-quota that is a share")
        share = number(str(figure(quota["share"], day)))
        return Fraction(ceil(share * max(slot["needed"], whole)))
    least = number(str(figure(quota["at_least"], day)))
    return Fraction(ceil(least * slot["part"])) if slot.get("part") is not None else least


def _reached(mine: list[Row], enough: Any) -> datetime | None:
    """Return when what had ended by then was enough."""
    total = Fraction(0)
    for event in sorted(mine, key=lambda one: one["ends"]):
        total += event["least"]
        if total >= enough:
            return datetime.fromisoformat(event["ends"].isoformat())
    return None


def _met_at(duty: Row, mine: list[Row], moments: list[datetime | None]) -> Any:
    """Return when all was there; whether a share is kept shows only with the last entry."""
    shares = any("share" in quota for quota in (duty.get("of_which") or {}).values())
    known = [moment for moment in moments if moment is not None]
    if len(known) == len(moments) and not shares:
        return max(known)
    return max((event["ends"] for event in mine), default=NA)


def _lies_in(event: Row, slot: Row) -> bool:
    """Whether an event lies in a window; a session in the one that has most of it, of equals in the first."""
    begins, ends = event["begins"], event["ends"]
    start, end = slot["start"], slot["end"]
    if begins == ends:
        return bool(start <= begins < end)
    if begins >= start and ends <= end:
        return True

    def inside(since: datetime, until: datetime) -> timedelta:
        length: timedelta = min(ends, until) - max(begins, since)
        return max(length, timedelta(0))

    own, length = inside(start, end), end - start
    hit("a session over several windows", own > timedelta(0))
    earlier = [inside(start - length * n, end - length * n) for n in range(1, 9)]
    later = [inside(start + length * n, end + length * n) for n in range(1, 9)]
    return own > max(earlier) and own >= max(later)


def _allotted(slots: list[Row], events: list[Row], weighs: str) -> list[list[Row]]:
    taken: list[list[Row]] = [[] for _ in slots]
    order = sorted(range(len(slots)), key=lambda at: (slots[at]["closes"], slots[at]["start"]))

    def filled(at: int) -> Any:
        return sum(event[weighs] for event in taken[at])

    for event in sorted(events, key=lambda one: (one["ends"], str(one["key"]))):
        for at in order:
            slot = slots[at]
            if slot["start"] <= event["ends"] < slot["closes"] and filled(at) < slot["enough"]:
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
            hit("a waiver by who is named", isinstance(waiver, dict) and "link" in waiver)
            whose = slot["group"] if "group" in slot and about == group else whose
            who = row["subject"] if about is not None else row["by"]
            if isinstance(waiver, dict) and "link" in waiver:
                who = whose if isinstance(named := row[waiver["link"]], list) and whose in named else None
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
