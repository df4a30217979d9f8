"""Duties: who owes what, what counted, and the state that follows."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.naive.conditions import figure, holds, number
from tests.naive.marks import NA, UNKNOWN, all_of, opposite
from tests.naive.spines import Spine, link_of, source_rows, spine_of, there
from tests.naive.world import Row, World, seconds_in

TINY = timedelta(microseconds=1)


def duty_rows(world: World, duty: Row, tables: dict[str, list[Row]]) -> list[Row]:
    """Return a duty's occurrences."""
    tiers = duty.get("tiers") or {"all": {}}
    earlier: list[Any] = []
    found: list[Row] = []
    for name, tier in tiers.items():
        whole = {**duty, **{key: tier[key] for key in ("every", "within", "times", "met_by") if key in tier}}
        whole["own"] = [tier.get("where"), duty.get("where")]
        whole["not"] = list(earlier)
        whole["tier"] = name
        earlier.append(tier.get("where"))
        found += (
            list(_triggered(world, whole, tables))
            if is_triggered(world, duty)
            else list(_periodic(world, whole, tables))
        )
    return found


def is_triggered(world: World, duty: Row) -> bool:
    """Whether a duty is started by rows, not by the calendar."""
    each = duty["for_each"]
    return isinstance(each, dict) or (each in world.forms and world.forms[each].get("describes") != each)


def _fits(duty: Row, row: Row) -> Any:
    """Whether a row belongs to the tier: its own condition, none of the earlier tiers', and the duty's."""
    mine = [holds(condition, row) for condition in duty["own"]]
    others = [opposite(holds(condition, row)) for condition in duty["not"]]
    return all_of([mine[0], *others, mine[1]])


# ---- periodic ------------------------------------------------------------------------------------------------------
def _periodic(world: World, duty: Row, tables: dict[str, list[Row]]) -> Iterator[Row]:
    spine = spine_of(world, duty["for_each"])
    for subject, spans in spine.subjects.items():
        slots: list[Row] = []
        # With grace, an entry of the period may fill a window that ended before it.
        for window, start, end in world.windows(duty["every"], 400 if "late_until" in duty else 0):
            surely, perhaps = _member(duty, spans, start, end)
            if not perhaps:
                continue
            day = world.day(start)
            slots.append(
                {
                    "subject": subject,
                    "window": window,
                    "tier": duty["tier"],
                    "start": start,
                    "due": end,
                    "end": end,
                    "at": end - TINY,
                    "closes": end,
                    "sure": surely,
                    "needed": number(str(figure(duty.get("times"), day, "1"))),
                }
            )
            if "late_until" in duty:
                slots[-1]["closes"] = world.later(end - TINY, figure(duty["late_until"], day))
            slots[-1] |= _owner(world, duty, spine, subject, start, end)
        _count(world, duty, spine, subject, slots, tables)
        for slot in slots:
            slot["waived"] = _waived(world, duty, spine, slot, tables)
            slot["state"] = _state(world, slot, grace="late_until" in duty)
            if slot["end"] > world.midnight(world.period[0]):
                yield slot


def _member(duty: Row, spans: list[Row], start: datetime, end: datetime) -> tuple[bool, bool]:
    """Whether the subject surely, and whether it perhaps, was there for long enough."""
    rule = duty.get("due_if") or "half"
    rule = rule["member"] if isinstance(rule, dict) else rule
    answers = []
    for wanted in ((True,), (True, UNKNOWN)):
        chosen = [
            (row["start"], row["end"]) for row in spans if any(_fits(duty, row) is one for one in wanted)
        ]
        chosen = [(s, e) for s, e in there(chosen) if s < end and (e is None or e > start)]
        covered = seconds_in(chosen, start, end)
        whole = int((end - start).total_seconds())
        match rule:
            case "half":
                answers.append(covered > 0 and covered * 2 >= whole)
            case "any":
                answers.append(covered > 0)
            case "all":
                answers.append(covered >= whole)
            case "at_start":
                answers.append(any(s <= start for s, _ in chosen))
            case "at_end":
                answers.append(any(e is None or e >= end for _, e in chosen))
            case _:
                many, unit = rule.split(" ")
                days = int(many) * (7 if unit.startswith("week") else 1)
                answers.append(covered > 0 and covered >= days * 86_400)
    return answers[0], answers[1]


def _owner(world: World, duty: Row, spine: Spine, subject: str, start: datetime, end: datetime) -> Row:
    """Return who owes it and where: of a post's holders the one with most of the window, then the later."""
    before = [row for row in spine.subjects[subject] if row["start"] is None or row["start"] < end]
    role = duty.get("owed_by")
    if role is None:
        if spine.refers == "place":
            return {"owner": subject, "place": subject}
        if spine.refers == "worker":
            return {"owner": subject, "place": _longest(before, "place", start, end)}
        return {"owner": NA, "place": before[-1]["place"] if before else NA}
    level = world.declared["role"][role]["level"]
    if spine.refers == "place":
        place = world.place_at(subject, level)
    else:
        own = [name for name, to in spine.refs.items() if to == level]
        last = before[-1][own[0] if own else "place"] if before else NA
        place = last if own else world.place_at(last, level)
    posts = [row for row in world.holders() if row["role"] == role and row["place"] == place]
    return {"owner": _longest(posts, "worker", start, end), "place": place}


def _longest(rows: list[Row], column: str, start: datetime, end: datetime) -> Any:
    """Return the value whose rows cover most of the time; of equals the one that came later, then the greater."""
    best: list[Any] = []
    for value in {row[column] for row in rows}:
        spans = [(row["start"] or start, row["end"]) for row in rows if row[column] == value]
        spans = [(s, e) for s, e in spans if s < end and (e is None or e > start)]
        if spans:
            latest = max(max(s, start) for s, _ in spans)
            best.append((seconds_in(spans, start, end), latest, value))
    return max(best)[2] if best else NA


# ---- triggered -----------------------------------------------------------------------------------------------------
def _triggered(world: World, duty: Row, tables: dict[str, list[Row]]) -> Iterator[Row]:
    first, last = world.midnight(world.period[0]), world.later(world.midnight(world.period[1]), "0 days")
    for event in source_rows(world, duty["for_each"], tables):
        truth = all_of([event["counts"], _fits(duty, event)])
        if truth is not True and truth is not UNKNOWN:
            continue
        day = world.day(event["at"])
        due = world.later(event["at"], figure(duty["within"], day))
        if not (first <= event["at"] < last or first <= due - TINY < last):
            continue
        closes = datetime.max.replace(tzinfo=world.zone) - timedelta(days=9)
        if "late_until" in duty:
            closes = world.later(due - TINY, figure(duty["late_until"], day))
        slot = {
            "subject": event["id"],
            "window": day.isoformat(),
            "tier": duty["tier"],
            "start": event["at"],
            "due": due,
            "at": due - TINY,
            "end": closes,
            "closes": closes,
            "sure": truth is True,
            "owner": event[duty.get("owed_by", "by")],
            "place": event["place"],
            "needed": number(str(figure(duty.get("times"), day, "1"))),
        }
        form = duty["for_each"] if isinstance(duty["for_each"], str) else duty["for_each"]["form"]
        spine = Spine({}, form, {})
        _count(world, {**duty, "late_until": None}, spine, event["id"], [slot], tables)
        slot["waived"] = (False, False)
        slot["state"] = _state(world, slot, grace=True)
        yield slot


# ---- what counts ---------------------------------------------------------------------------------------------------
def _events(world: World, duty: Row, spine: Spine, subject: str, tables: dict[str, list[Row]]) -> list[Row]:
    """Return what may count for a subject: moments, weights, and whether it is sure."""
    sources = duty["met_by"] if isinstance(duty["met_by"], list) else [duty["met_by"]]
    found = []
    for source in sources:
        for row in source_rows(world, source, tables):
            if row["counts"] is not True and row["counts"] is not UNKNOWN:
                continue
            if subject not in link_of(world, source, row, spine):
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


def _count(
    world: World, duty: Row, spine: Spine, subject: str, slots: list[Row], tables: dict[str, list[Row]]
) -> None:
    """Add what counted to the slots."""
    events = _events(world, duty, spine, subject, tables)
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
def _waived(
    world: World, duty: Row, spine: Spine, slot: Row, tables: dict[str, list[Row]]
) -> tuple[bool, bool]:
    surely = perhaps = False
    for waiver in duty.get("waived_by") or []:
        rows = []
        for row in source_rows(world, waiver, tables):
            form = world.forms[waiver if isinstance(waiver, str) else waiver["form"]]
            about = form.get("about") or form.get("describes")
            # Rows that say nothing of the subject are those of whoever owes it.
            whose = slot["subject"] if about == spine.refers else slot["owner"]
            who = row["subject"] if about is not None else row["by"]
            if who == whose and (row["counts"] is True or row["counts"] is UNKNOWN):
                rows.append(row)
        for wanted in ((True,), (True, UNKNOWN)):
            chosen = [row for row in rows if any(row["counts"] is one for one in wanted)]
            if isinstance(waiver, dict) and "covers" in waiver:
                spans = [(row["start"], row["end"]) for row in chosen]
                spans = [(s, e) for s, e in spans if s < slot["end"] and (e is None or e > slot["start"])]
                covered = seconds_in(spans, slot["start"], slot["end"])
                whole = int((slot["end"] - slot["start"]).total_seconds())
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


def _state(world: World, slot: Row, *, grace: bool) -> Any:
    """Return the state: what is done, waived, not known, or what time it is."""
    waived, may_be_waived = slot["waived"]
    if slot["short"] == 0:
        # Done after the limit is late; without grace the window's end closes it anyway.
        return "met" if not grace or slot["met_at"] < slot["due"] else "late"
    if waived:
        return "waived"
    if slot["short_at_best"] == 0 or may_be_waived or not slot["sure"]:
        return UNKNOWN
    now = world.as_of
    if now < slot["start"]:
        return "upcoming"
    if now < slot["due"]:
        return "due"
    return "overdue" if now < slot["closes"] else "missed"
