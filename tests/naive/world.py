"""What is: the calendar's days, the places, and what the standing entries of a ledger say."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from tests.naive.conditions import holds, number
from tests.naive.hits import hit
from tests.naive.marks import NA, UNKNOWN

DAY = timedelta(days=1)
BEGINNING = date(2024, 1, 1)
"""Before which nothing happens: a year, a month and a week begin."""
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Row = dict[str, Any]
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml's, a tenth of the time, where PyYAML was built with it."""


@lru_cache(maxsize=64)
def read(text: str) -> Row:
    """Return a file's mapping, every scalar as text; nobody changes it."""
    data: Row = yaml.load(text, Loader=LOADER)  # noqa: S506 - it makes texts, lists and mappings
    return data


def instant(text: str) -> datetime:
    """Return the instant of an ISO text with its offset."""
    return datetime.fromisoformat(text)


Tree = str | tuple[Any, Any, datetime]
"""A record, or what was kept, what it absorbed, and when."""


class World:
    """One community, its ledger as of an instant, and the period that is looked at."""

    def __init__(
        self, files: Mapping[str, str], entries: Iterable[Row], period: str, as_of: datetime
    ) -> None:
        """Read the declarations (every scalar is text) and take the entries that stand."""
        self.declared: dict[str, dict[str, Row]] = {}
        for path, text in files.items():
            if path.endswith(".case.yaml"):
                continue
            data = read(text)
            kind = next(key for key in data if key in KINDS)
            self.declared.setdefault(kind, {})[data[kind]] = data
        self.as_of = as_of
        self.forms = self.declared["form"]
        (self.calendar,) = self.declared["calendar"].values()
        self.zone = ZoneInfo(self.calendar["zone"])
        self.levels: dict[str, str] = {}
        (place,) = self.declared["place"].values()
        self._read_places(place["place"], place)
        self.merged, self.leads = merged(standing(entries, as_of))
        self.standing = [self._led(entry, later(entries, as_of)) for entry in standing(entries, as_of)]
        self.asked = self.days_of(period)
        self.period = (BEGINNING, date(self.asked[1].year, 12, 31))
        """Everything is worked out for all time that matters: no row hangs on which period is asked for."""
        # What is asked for again and again; a world doesn't change.
        self.spines: dict[str, Any] = {}
        self.seen: dict[str, list[Row]] = {}
        self.units: dict[str, list[tuple[str, datetime, datetime]]] = {}
        self.taken: dict[str, tuple[set[Any], set[Any]]] = {}
        """Of each duty whose entries count for it alone: those that meet it, and those that may."""

    def _led(self, entry: Row, follower: dict[str, str]) -> Row:
        """Return the entry with what it refers to led to what was recorded in its place."""
        answers = dict(entry["answers"])
        for name, field in self.forms.get(entry["form"], {}).get("fields", {}).items():
            if field.get("to") in self.forms and isinstance(answers.get(name), str):
                while answers[name] in follower:
                    answers[name] = follower[answers[name]]
        return {**entry, "answers": answers}

    def _read_places(self, name: str, data: Row) -> None:
        self.levels[name] = data["level"]
        for inner, below in (data.get("places") or {}).items():
            self._read_places(f"{name}/{inner}", below)

    # ---- time ------------------------------------------------------------------------------------------------------
    def midnight(self, day: date) -> datetime:
        """Return the first instant of a day."""
        return datetime.combine(day, time(), self.zone)

    def first_of(self, said: Any) -> datetime | None:
        """Return the instant that an answer says: of a day the first; None if it says none."""
        if isinstance(said, datetime):
            return said
        return self.midnight(said) if isinstance(said, date) else None

    def day(self, at: datetime) -> date:
        """Return the day of an instant."""
        return at.astimezone(self.zone).date()

    def is_worked(self, day: date) -> bool:
        """Whether a day is a working day."""
        if day.isoformat() in (self.calendar.get("workdays") or ()):
            return True
        usual = self.calendar.get("working_days") or NAMES[:5]
        return day.isoformat() not in (self.calendar.get("holidays") or ()) and NAMES[day.weekday()] in usual

    def label(self, day: date, unit: str) -> str | None:
        """Return the name of the window that a day lies in; None for a day that lies in none."""
        year = str(day.year)
        match unit:
            case "day":
                return day.isoformat()
            case "working_day":
                return day.isoformat() if self.is_worked(day) else None
            case "week":
                fourth = day + DAY * (3 - day.weekday())
                return f"{fourth.year}-W{(fourth.timetuple().tm_yday - 1) // 7 + 1:02}"
            case "month":
                return f"{year}-{day.month:02}"
            case "quarter":
                return f"{year}-Q{(day.month - 1) // 3 + 1}"
            case "half_year":
                return f"{year}-H{(day.month - 1) // 6 + 1}"
            case _:
                return year

    def days_of(self, period: str) -> tuple[date, date]:
        """Return the first and the last day of a period, by looking at every day around."""
        year = int(period[:4])
        found = [
            day
            for day in days(date(year - 1, 12, 1), date(year + 1, 2, 1))
            if any(
                self.label(day, unit) == period for unit in ("year", "half_year", "quarter", "month", "week")
            )
        ]
        return found[0], found[-1]

    def windows(self, unit: str) -> list[tuple[str, datetime, datetime]]:
        """Return all windows: of each the label, the first instant and the first instant after."""
        if unit not in self.units:
            self.units[unit] = self._windows(unit)
        return self.units[unit]

    def _windows(self, unit: str) -> list[tuple[str, datetime, datetime]]:
        first, last = self.period
        runs: dict[str, list[date]] = {}
        for day in days(first - DAY * 10, last + DAY * 10):
            label = self.label(day, unit)
            if label is not None:
                runs.setdefault(label, []).append(day)
        return [
            (label, self.midnight(run[0]), self.midnight(run[-1] + DAY))
            for label, run in runs.items()
            if first <= run[-1] <= last
        ]

    def is_shown(self, row: Row) -> bool:
        """Whether a row is a result of the period that is asked for: its last instant lies there.

        So does, of what an entry starts, the first; and what has no end yet is there from its first on.
        """
        first, last = self.midnight(self.asked[0]), self.midnight(self.asked[1] + DAY)
        if not isinstance(row["at"], datetime):
            return bool(row["start"] < last)
        return bool(first <= row["at"] < last or ("begun" in row and first <= row["start"] < last))

    def later(self, at: datetime, length: str) -> datetime:
        """Return the end of a limit: exact for minutes and hours, else the end of the day counted to."""
        many, unit = length.split(" ")
        count = int(many)
        match unit.rstrip("s"):
            case "minute":
                return at + timedelta(minutes=count)
            case "hour":
                return at + timedelta(hours=count)
            case "working_hour" | "working_minute":
                return self._at_work(at, count * (60 if "hour" in unit else 1))
        day = self.day(at)
        if unit.startswith("month"):
            return self.midnight(months_later(day, count) + DAY)
        count *= 7 if unit.startswith("week") else 1
        while count:
            day += DAY
            count -= self.is_worked(day) if unit.startswith("working_day") else 1
        return self.midnight(day + DAY)

    def _at_work(self, at: datetime, minutes: int) -> datetime:
        """Walk through the hours of the days that are worked, a minute at a time."""
        at = at.astimezone(self.zone)
        while minutes:
            if not self.is_worked(at.date()):
                at = self.midnight(at.date() + DAY)
                continue
            clock = at.strftime("%H:%M")
            minutes -= any(begins <= clock < ends for begins, ends in self.calendar["hours"])
            at += timedelta(minutes=1)
        return at

    # ---- places ----------------------------------------------------------------------------------------------------
    def place_at(self, place: Any, level: str) -> Any:
        """Return the place of a level that a place is or lies in."""
        while isinstance(place, str) and place:
            if self.levels.get(place) == level:
                return place
            place = place.rpartition("/")[0]
        return NA

    # ---- what the entries say --------------------------------------------------------------------------------------
    def moments(self, form: str) -> list[Row]:
        """Return the rows of a form's entries, one for each subject, in the order of (at, id); or of `form.repeat`."""
        form, _, repeat = form.partition(".")
        if repeat:
            return [part for row in self.moments(form) for part in self._parts(form, repeat, row)]
        rows = [row for entry in self.standing if entry["form"] == form for row in self._rows(entry)]
        once = self.forms[form].get("once_per")
        if not once:
            return rows
        kept: dict[Any, Row] = {}
        for row in rows:
            group = tuple(row[name] if name in row else self.label(row["date"], name) for name in once)
            unsure = any(value is UNKNOWN or value is NA for value in group)
            kept.setdefault((row["id"], row["subject"]) if unsure else group, row)
        return list(kept.values())

    def _parts(self, form: str, repeat: str, row: Row) -> list[Row]:
        """Return the rows within an entry's row in which something is answered, numbered from 1."""
        fields = self.forms[form]["fields"][repeat]["fields"]
        own = {name: row[name] for name in ("id", "at", "date", "recorded_at", "by", "place", "subject")}
        said = [part for part in row[repeat] if any(value not in (None, "", []) for value in part.values())]
        return [
            {**own, "nth": number, **{name: answer(part.get(name), field) for name, field in fields.items()}}
            for number, part in enumerate(said, 1)
        ]

    def _rows(self, entry: Row) -> list[Row]:
        form = self.forms[entry["form"]]
        about = form.get("describes") or form.get("about")
        named = [entry["subject"]] if entry.get("subject") else []
        named += [other for other in entry.get("subjects") or () if other not in named]
        subjects = [(self.leads.get((str(about), one), one), one) for one in named]
        hit("an entry about a record that is another one", any(one != other for one, other in subjects))
        at = instant(entry["at"])
        row = {name: answer(entry["answers"].get(name), field) for name, field in form["fields"].items()}
        if "span" in form:
            first, last = (row[name] for name in form["span"])
            row["start"] = self.first_of(first) or at
            row["end"] = self.first_of(last)
            if row["end"] is not None and row["end"] < row["start"]:
                return []
        row |= {
            "id": entry["id"],
            "at": at,
            "date": self.day(at),
            "recorded_at": instant(entry["recorded_at"]),
            "by": entry["by"],
            "place": entry["place"],
        }
        if about is None:
            return [{**row, "subject": entry.get("subject") or NA}]
        return [{**row, "subject": subject, "named": one} for subject, one in subjects]

    def histories(self, subject: str) -> dict[str, list[Row]]:
        """Return what each one of a described kind was, from `start` until `end` (None: still), in order.

        Of records that are one the kept one's word holds; the others fill the time in which it says nothing. What is
        said of any of them once they are one is said of all.
        """
        (form,) = (name for name, data in self.forms.items() if data.get("describes") == subject)
        said: dict[str, dict[str, list[Row]]] = {}
        for row in self.moments(form):
            said.setdefault(row["subject"], {}).setdefault(row["named"], []).append(row)
        found = {}
        for name, records in said.items():
            tree = self.merged.get((subject, name), name)
            found[name] = self._states(tree, records, self.forms[form].get("ends"))
            hit("a history of two records", len(records) > 1)
        return found

    def _states(self, tree: Tree, records: dict[str, list[Row]], ends: str | None) -> list[Row]:
        """Cut time wherever something may change, and ask of each piece which entry holds there."""
        rows = [row for own in records.values() for row in own]
        cuts = {row["at"] for row in rows}
        for row in rows:
            row["over"] = self.midnight(row[ends]) if ends and isinstance(row[ends], date) else None
            if row["over"] is not None:
                cuts.add(row["over"])
        if not rows:
            return []
        borders = sorted(cuts)
        found: list[Row] = []
        for start, end in zip(borders, [*borders[1:], None], strict=True):
            held = _word(tree, records, start, None)
            if held is None:
                continue
            if found and found[-1]["end"] == start and found[-1]["id"] == held["id"]:
                found[-1]["end"] = end
            else:
                found.append({**held, "start": start, "end": end})
        return found

    def classed(self, subject: str) -> dict[str, list[Row]]:
        """Return the histories with a column for each class; each piece by the version in force as it starts."""
        found = self.histories(subject)
        for name, declared in self.declared.get("class", {}).items():
            if declared["of"] != subject:
                continue
            chain = versions_of(declared)
            for who in found:
                for one in chain[1:]:
                    found[who] = _cut_at(
                        found[who], self.midnight(date.fromisoformat(one["in_force"]["from"]))
                    )
                for state in found[who]:
                    (version,) = (one for one in chain if holds_on(one, self.day(state["start"])))
                    state[name] = first_of(version["first_of"], state)
                    hit("a class of a later version", version is not chain[0])
        return found

    def holders(self) -> list[Row]:
        """Return who held which post from when to when; what follows on in the same post is one."""
        found: list[Row] = []
        for states in self.histories("holder").values():
            own: list[Row] = []
            for state in states:
                if own and own[-1]["end"] == state["start"] and _post(own[-1]) == _post(state):
                    own[-1]["end"] = state["end"]
                else:
                    own.append(dict(state))
            found += own
        return found


KINDS = frozenset(
    (
        "form",
        "class",
        "procedure",
        "table",
        "duty",
        "indicator",
        "rule",
        "sheet",
        "appraisal",
        "calendar",
        "role",
        "place",
    )
)


def holds_on(declared: Row, day: date) -> bool:
    """Whether a definition is in force on a day."""
    force = declared.get("in_force") or {}
    since, until = force.get("from"), force.get("until")
    return (since is None or date.fromisoformat(since) <= day) and (
        until is None or day < date.fromisoformat(until)
    )


def versions_of(declared: Row) -> list[Row]:
    """Return a definition's versions, each as a definition of its own under the id of all."""
    first = {key: value for key, value in declared.items() if key != "versions"}
    named = {key: first[key] for key in KINDS & first.keys()}
    if "versions" not in declared:
        return [first]
    (whole,) = named.values()
    found = [{**first, "version": f"{whole}~first"}]
    for name, version in declared["versions"].items():
        found.append({**named, **version, "version": f"{whole}~{name}", "versions before": list(found)})
    return found


def _post(state: Row) -> tuple[Any, ...]:
    return tuple(state[key] for key in ("worker", "role", "place"))


def days(first: date, end: date) -> Iterable[date]:
    """Yield the days of [first, end]."""
    while first <= end:
        yield first
        first += DAY


def months_later(day: date, count: int) -> date:
    """Return the same day so many months later, or the last that the month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    for number_ in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number_)
        except ValueError:
            continue
    raise AssertionError(day)


def standing(entries: Iterable[Row], as_of: datetime) -> list[Row]:
    """Return the entries that count: recorded by then and not superseded by one recorded by then."""
    known = [entry for entry in entries if instant(entry["recorded_at"]) <= as_of]
    gone = {entry["supersedes"] for entry in known if entry.get("supersedes")}
    left = [entry for entry in known if entry["id"] not in gone and entry["form"] != "retraction"]
    return sorted(left, key=lambda entry: (instant(entry["at"]), entry["id"]))


def _leaves(tree: Tree) -> list[str]:
    return [tree] if isinstance(tree, str) else [*_leaves(tree[0]), *_leaves(tree[1])]


def merged(entries: Iterable[Row]) -> tuple[dict[tuple[str, str], Tree], dict[tuple[str, str], str]]:
    """Return which records are one, by the one that stands for them, and which stands for which.

    As merges were recorded: of two groups the kept one's goes before.
    """
    groups: dict[tuple[str, str], Tree] = {}
    leads: dict[tuple[str, str], str] = {}
    merges = [entry for entry in entries if entry["form"] == "subjects_merged"]
    for entry in sorted(merges, key=lambda entry: (instant(entry["recorded_at"]), entry["id"])):
        of = entry["answers"]["of"]
        kept, absorbed = (
            leads.get((of, one), one) for one in (entry["answers"]["kept"], entry["answers"]["absorbed"])
        )
        if kept == absorbed:
            hit("a merge of what is one")
            continue
        both = groups.get((of, kept), kept), groups.pop((of, absorbed), absorbed), instant(entry["at"])
        groups[of, kept] = both
        leads |= {(of, one): kept for one in _leaves(both)[1:]}
        hit("a merge of three", len(_leaves(both)) > 2)
    return groups, leads


def later(entries: Iterable[Row], as_of: datetime) -> dict[str, str]:
    """Return what was recorded in place of what, by the ids; withdrawing puts nothing in a place."""
    known = [entry for entry in entries if instant(entry["recorded_at"]) <= as_of]
    known.sort(key=lambda entry: (instant(entry["recorded_at"]), entry["id"]))
    corrections = [entry for entry in known if entry.get("supersedes") and entry["form"] != "retraction"]
    return {entry["supersedes"]: entry["id"] for entry in corrections}


def answer(data: Any, field: Row) -> Any:
    """Return an answer as a value; one that isn't there is unknown."""
    if data is None or data == "":
        return [] if field["type"] == "repeat" else UNKNOWN
    match field["type"]:
        case "integer" | "number":
            return number(str(data))
        case "date":
            return date.fromisoformat(data)
        case "datetime":
            return instant(data)
        case "choices" | "refs" | "repeat":
            return list(data)
        case _:
            return data


def _cut_at(states: list[Row], at: datetime) -> list[Row]:
    """Cut the state that holds at an instant in two there."""
    found = []
    for state in states:
        if state["start"] < at and (state["end"] is None or state["end"] > at):
            found += [{**state, "end": at}, {**state, "start": at}]
        else:
            found.append(state)
    return found


def _word(tree: Tree, records: dict[str, list[Row]], at: datetime, until: datetime | None) -> Row | None:
    """Return the entry that says what records that are one were at an instant, of those made before `until`."""
    if isinstance(tree, str):
        return _holding([row for row in records.get(tree, []) if until is None or row["at"] < until], at)
    kept, absorbed, since = tree
    since = since if until is None else min(since, until)
    told = [row for one in _leaves(tree) for row in records.get(one, [])]
    told = [row for row in told if since <= row["at"] and (until is None or row["at"] < until)]
    told.sort(key=lambda row: (row["at"], row["id"]))
    hit("a record told of once it was merged", bool(told))
    begun = any(row["at"] <= at for row in told)
    over = any(row["over"] and row["over"] <= row["at"] and row["over"] <= at for row in told)
    if begun or over:
        return _holding(told, at)
    return _word(kept, records, at, since) or _word(absorbed, records, at, since)


def _holding(rows: list[Row], at: datetime) -> Row | None:
    """Return the entry that says what something was at an instant; None when it wasn't there.

    It is the last one until then that says that it was there. It isn't there after that one's own end, nor after the
    end that a later entry gives, an entry that says nothing else or that was made after the end.
    """
    opening = [row for row in rows if row["at"] <= at and (row["over"] is None or row["over"] > row["at"])]
    if not opening:
        return None
    last = opening[-1]
    after = rows[rows.index(last) + 1 :]
    over = [last["over"], *(row["over"] for row in after if row["over"] and row["over"] <= row["at"])]
    return None if any(end is not None and end <= at for end in over) else last


def first_of(cases: Row, row: Row) -> Any:
    """Return the first case that fits; a mark before it is the answer."""
    for name, condition in cases.items():
        found = holds(condition, row)
        if found is True:
            return name
        if found is not False:
            return found
    return NA


def seconds_in(spans: Iterable[tuple[datetime, datetime | None]], start: datetime, end: datetime) -> int:
    """Return how much of [start, end) the spans cover, overlaps counted once."""
    parts = sorted((max(since, start), end if until is None else min(until, end)) for since, until in spans)
    total = timedelta()
    reach = start
    for since, until in parts:
        if until > max(since, reach):
            total += until - max(since, reach)
            reach = until
    return int(total.total_seconds())
