"""The rival: one year of the first regulation's duties, written by hand for SQLite and for nothing else.

What a programmer would write who knows the forms and the rules by heart: tables made to measure, one statement a family
of duties, no reasons, no revisions, no marks for what isn't known. Only the calendar's working days are given.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from tests.bench import second_sql

YEAR = 2025
AS_OF = datetime(2026, 1, 4, 16, tzinfo=UTC)
ZONE = timezone(timedelta(hours=8))
Row = tuple[str, str, str, str, str, int]
"""Duty, subject, window, tier, state, how many entries counted."""

_TABLES = """
CREATE TABLE entry (id TEXT PRIMARY KEY, form TEXT, at INTEGER, recorded INTEGER, by TEXT, subject TEXT, place TEXT,
  answers TEXT, supersedes TEXT) WITHOUT ROWID;
CREATE TABLE slot (kind TEXT, label TEXT, start INTEGER, end INTEGER, closes2 INTEGER, closes3 INTEGER,
  closes15 INTEGER, n INTEGER);
CREATE TABLE working (n INTEGER PRIMARY KEY, day TEXT UNIQUE, next INTEGER);
CREATE TABLE occurrence (duty TEXT, subject TEXT, label TEXT, tier TEXT, start INTEGER, end INTEGER, closes INTEGER,
  needed INTEGER, n INTEGER, counted INTEGER DEFAULT 0, met INTEGER, waived INTEGER DEFAULT 0, state TEXT);
"""

_ENTRY = """
INSERT INTO entry SELECT ?1 ->> 'id', ?1 ->> 'form', unixepoch(?1 ->> 'at'), unixepoch(?1 ->> 'recorded_at'),
  ?1 ->> 'by', ?1 ->> 'subject', ?1 ->> 'place', ?1 -> 'answers', ?1 ->> 'supersedes'
"""

_PREPARE = """
CREATE TEMP TABLE gone AS SELECT supersedes AS id FROM entry WHERE supersedes IS NOT NULL;
CREATE TABLE standing AS SELECT * FROM entry WHERE id NOT IN (SELECT id FROM gone) AND form <> 'retraction';
CREATE INDEX by_form ON standing (form, subject, at);
CREATE INDEX by_worker ON standing (form, by, at);
CREATE INDEX of_duty ON occurrence (duty, subject, n);
CREATE TABLE home AS
  SELECT subject, at AS start, min(coalesce(lead(at) OVER w, 1 << 60), coalesce(ends, 1 << 60),
    coalesce(min(ends) OVER (PARTITION BY subject ORDER BY at, id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING),
      1 << 60)) AS end, special
  FROM (SELECT subject, at, id, answers ->> 'special' <> '[]' AS special,
      unixepoch(answers ->> 'left_on', '-8 hours') AS ends FROM standing WHERE form = 'household')
  WINDOW w AS (PARTITION BY subject ORDER BY at, id);
DELETE FROM home WHERE end <= start;
CREATE INDEX home_of ON home (subject, start);
CREATE TABLE post AS
  SELECT worker, role, start, min(coalesce(next, 1 << 60), coalesce(ends, 1 << 60)) AS end
  FROM (SELECT answers ->> 'worker' AS worker, answers ->> 'role' AS role, at AS start,
      unixepoch(answers ->> 'left_on', '-8 hours') AS ends,
      lead(at) OVER (PARTITION BY subject ORDER BY at, id) AS next FROM standing WHERE form = 'appointment');
CREATE TABLE away AS
  SELECT subject AS worker, unixepoch(answers ->> 'start', '-8 hours') AS start,
    unixepoch(answers ->> 'end', '-8 hours') AS end FROM standing WHERE form = 'leave' AND answers ->> 'approved';
CREATE TABLE patrol AS
  SELECT by AS worker, unixepoch(answers ->> 'start') AS start, unixepoch(answers ->> 'end') AS end
  FROM standing WHERE form = 'patrol';
CREATE INDEX patrol_of ON patrol (worker, start);
CREATE TABLE seen AS
  SELECT subject, at, answers ->> 'channel' AS channel, answers ->> 'result' AS result
  FROM standing WHERE form = 'visit' AND answers ->> 'channel' IN ('home', 'phone');
CREATE INDEX seen_of ON seen (subject, channel, result, at);
"""

_HOUSEHOLD = """
INSERT INTO occurrence (duty, subject, label, tier, start, end, closes, needed)
SELECT :duty, h.subject, s.label, :tier, s.start, s.end, s.end, 1
FROM slot s JOIN home h ON h.start < s.end AND h.end > s.start AND h.special = :special
WHERE s.kind = :every
GROUP BY h.subject, s.label HAVING 2 * sum(min(h.end, s.end) - max(h.start, s.start)) >= s.end - s.start;
"""
_HOUSEHOLD_COUNT = """
UPDATE occurrence AS o SET counted = (SELECT count(*) FROM seen v WHERE v.subject = o.subject
  AND v.channel = :channel AND v.result = 'met' AND v.at >= o.start AND v.at < o.end),
  waived = :channel = 'home' AND (SELECT count(*) FROM seen v WHERE v.subject = o.subject AND v.channel = 'home'
    AND v.result = 'absent' AND v.at >= o.start AND v.at < o.end) >= 3
WHERE duty = :duty;
"""

_ROLE = """
INSERT INTO occurrence (duty, subject, label, tier, start, end, closes, needed, n)
SELECT :duty, p.worker, s.label, 'all', s.start, s.end, iif(:grace, s.closes2, s.end), :needed, s.n
FROM slot s JOIN post p ON p.start < s.end AND p.end > s.start AND p.role = :role
WHERE s.kind = :every
GROUP BY p.worker, s.label HAVING 2 * sum(min(p.end, s.end) - max(p.start, s.start)) >= s.end - s.start;
"""
_AWAY = """
UPDATE occurrence AS o SET waived = coalesce((SELECT 2 * sum(min(a.end, o.end) - max(a.start, o.start))
  FROM away a WHERE a.worker = o.subject AND a.start < o.end AND a.end > o.start), 0) >= o.end - o.start
WHERE duty = :duty;
"""
_PATROLS = """
UPDATE occurrence AS o SET counted = (SELECT count(*) FROM patrol p WHERE p.worker = o.subject
  AND p.start >= o.start - 86400 AND p.start < o.end
  AND min(p.end, o.end) - max(p.start, o.start) > max(o.start - p.start, 0)
  AND min(p.end, o.end) - max(p.start, o.start) >= max(p.end - o.end, 0)) WHERE duty = :duty;
"""
_OWN = """
UPDATE occurrence AS o SET counted = (SELECT count(*) FROM standing e WHERE e.form = :form AND e.by = o.subject
  AND e.at >= o.start AND e.at < o.end) WHERE duty = :duty;
"""
_PRESENT = """
UPDATE occurrence AS o SET counted = (SELECT count(*) FROM standing e WHERE e.form = 'meeting'
  AND e.answers ->> 'kind' = 'regular' AND e.at >= o.start AND e.at < o.end
  AND EXISTS (SELECT 1 FROM json_each(e.answers, '$.present') j WHERE j.value = o.subject)) WHERE duty = :duty;
"""
_PLACE = """
INSERT INTO occurrence (duty, subject, label, tier, start, end, closes, needed, n)
SELECT :duty, p.place, s.label, 'all', s.start, s.end,
  CASE :grace WHEN 3 THEN s.closes3 WHEN 15 THEN s.closes15 ELSE s.end END, 1, s.n
FROM slot s, (SELECT DISTINCT subject AS place FROM standing WHERE form = :places) p WHERE s.kind = :every;
"""
_HELD = """
UPDATE occurrence AS o SET counted = (SELECT count(*) FROM standing e WHERE e.form = :form
  AND (e.subject = o.subject) AND (:kind IS NULL OR e.answers ->> 'kind' = :kind)
  AND e.at >= o.start AND e.at < o.end) WHERE duty = :duty;
"""
# Reports fill the earliest window that is open and empty: each takes the first one after the one filled last.
_FILL = """
CREATE TEMP TABLE report AS SELECT who, at, row_number() OVER (PARTITION BY who ORDER BY at, id) AS n FROM
  (SELECT CASE :form WHEN 'weekly_report' THEN by ELSE subject END AS who, at, id FROM standing
   WHERE form = :form AND (:kind IS NULL OR answers ->> 'kind' = :kind));
CREATE INDEX temp.report_of ON report (who, n);
CREATE TEMP TABLE filled AS WITH RECURSIVE walk (who, n, last, at) AS (
  SELECT DISTINCT who, 0, -1, NULL FROM report
  UNION ALL
  SELECT w.who, r.n, coalesce((SELECT min(o.n) FROM occurrence o WHERE o.duty = :duty AND o.subject = w.who
    AND o.n > w.last AND o.start <= r.at AND r.at < o.closes), w.last), r.at
  FROM walk w JOIN report r ON r.who = w.who AND r.n = w.n + 1)
SELECT who, last AS n, min(at) AS at FROM walk WHERE last >= 0 GROUP BY who, last;
CREATE INDEX temp.filled_of ON filled (who, n);
UPDATE occurrence AS o SET counted = 1, met = f.at FROM filled f
WHERE o.duty = :duty AND f.who = o.subject AND f.n = o.n;
DROP TABLE report; DROP TABLE filled;
"""
_REQUESTS = """
INSERT INTO occurrence (duty, subject, label, tier, start, end, closes, needed)
SELECT 'request_handled', id, date(at, 'unixepoch', '+8 hours'), answers ->> 'class', at,
  CASE answers ->> 'class' WHEN 'urgent' THEN at + 1800
    WHEN 'general' THEN unixepoch(date(at, 'unixepoch', '+8 hours'), '+2 days', '-8 hours')
    ELSE (SELECT unixepoch(l.day, '+1 day', '-8 hours') FROM working d JOIN working l ON l.n = d.n + 5
          WHERE d.day = (SELECT max(day) FROM working WHERE day <= date(e.at, 'unixepoch', '+8 hours'))) END,
  1 << 60, 1
FROM standing e WHERE form = 'service_request' AND (answers ->> 'class' <> 'general' OR NOT answers ->> 'on_the_spot');
DELETE FROM occurrence WHERE duty = 'request_handled'
  AND NOT (start >= :first AND start < :last) AND NOT (end - 1 >= :first AND end - 1 < :last);
CREATE TEMP TABLE later AS WITH RECURSIVE chain (old, new) AS (
    SELECT supersedes, id FROM entry WHERE supersedes IS NOT NULL AND form = 'service_request'
    UNION SELECT chain.old, e.id FROM chain JOIN entry e ON e.supersedes = chain.new AND e.form = 'service_request')
  SELECT old, new FROM chain WHERE new IN (SELECT id FROM standing);
CREATE TEMP TABLE step AS SELECT coalesce(new, answers ->> 'request') AS request, answers ->> 'step' AS step, at
  FROM standing LEFT JOIN later ON old = answers ->> 'request'
  WHERE form = 'request_step' AND answers ->> 'step' IN ('resolved', 'reported');
CREATE INDEX temp.step_of ON step (request);
UPDATE occurrence AS o SET (counted, met) = (SELECT count(*), min(at) FROM step s WHERE s.request = o.subject
  AND s.at >= o.start AND (s.step = 'resolved' OR o.tier = 'urgent')) WHERE duty = 'request_handled';
"""
_STATE = """
UPDATE occurrence SET state = CASE
  WHEN counted >= needed THEN iif(met >= end, 'late', 'met') WHEN waived THEN 'waived'
  WHEN :as_of < start THEN 'upcoming' WHEN :as_of < end THEN 'due' WHEN :as_of < closes THEN 'overdue'
  ELSE 'missed' END;
"""


Figures = list[tuple[str, str, int, int]]
"""Name, whose, what is divided, by what."""


def evaluated(
    ledger: Path, year: int, as_of: datetime, working_days: Iterable[date], *, second: bool = False
) -> tuple[list[Row], list[tuple[str, str, str, int]], Figures]:
    """Return the occurrences of the year, ordered, and their number by duty, tier and state.

    With the second regulation also its figures.
    """
    with sqlite3.connect(":memory:") as base:
        base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        with ledger.open(encoding="utf-8") as lines:
            base.executemany(_ENTRY, ((line,) for line in lines))
        base.execute("DELETE FROM entry WHERE recorded > ?", (as_of.timestamp(),))
        base.executemany("INSERT INTO slot VALUES (?,?,?,?,?,?,?,?)", _slots(year, working_days))
        days = enumerate(sorted(day.isoformat() for day in working_days))
        base.executemany("INSERT INTO working VALUES (?,?,NULL)", days)
        base.executescript(_PREPARE)
        _decide(base, year, as_of, second=second)
        rows = base.execute(
            "SELECT duty, subject, label, tier, state, counted FROM occurrence ORDER BY 1,2,3,4"
        )
        totals = base.execute(
            "SELECT duty, tier, state, count(*) FROM occurrence GROUP BY 1,2,3 ORDER BY 1,2,3"
        )
        within = (_instant(date(year, 1, 1)), _instant(date(year + 1, 1, 1)))
        figures = base.execute(second_sql.FIGURES, within) if second else None
        return rows.fetchall(), totals.fetchall(), figures.fetchall() if figures is not None else []


def _decide(base: sqlite3.Connection, year: int, as_of: datetime, *, second: bool) -> None:
    def run(script: str, **values: object) -> None:
        for statement in filter(str.strip, script.split(";")):
            used = {name: value for name, value in values.items() if ":" + name in statement}
            base.execute(statement, used)

    for duty, channel, special, ordinary in (
        ("home_visit", "home", "quarter", "half_year"),
        ("phone_call", "phone", "month", "quarter"),
    ):
        run(_HOUSEHOLD, duty=duty, tier="special", special=1, every=special)
        run(_HOUSEHOLD, duty=duty, tier="ordinary", special=0, every=ordinary)
        run(_HOUSEHOLD_COUNT, duty=duty, channel=channel)
    for duty, role, every, needed, grace, away in (
        ("daily_patrol", "grid_leader", "working_day", 1, 0, 1),
        ("officer_patrol", "information_officer", "working_day", 1, 0, 1),
        ("weekly_patrol", "building_member", "week", 1, 0, 1),
        ("diary_due", "grid_leader", "week", 2, 0, 1),
        ("meeting_attendance", "grid_leader", "month", 3, 0, 1),
        ("weekly_report_due", "grid_leader", "week", 1, 1, 1),
        ("officer_report_due", "information_officer", "week", 1, 1, 1),
    ):
        run(_ROLE, duty=duty, role=role, every=every, needed=needed, grace=grace)
        if away:
            run(_AWAY, duty=duty)
    for duty in ("daily_patrol", "officer_patrol", "weekly_patrol"):
        run(_PATROLS, duty=duty)
    run(_OWN, duty="diary_due", form="diary")
    run(_PRESENT, duty="meeting_attendance")
    for duty, places, every, grace in (
        ("weekly_meeting", "meeting", "week", 0),
        ("monthly_report_due", "meeting", "month", 3),
        ("quarterly_bulletin_due", "meeting", "quarter", 15),
        ("training_due", "meeting", "year", 0),
        ("supervision_due", "supervision", "month", 0),
    ):
        run(_PLACE, duty=duty, places=places, every=every, grace=grace)
    run(_HELD, duty="weekly_meeting", form="meeting", kind="regular")
    run(_HELD, duty="training_due", form="training", kind=None)
    run(_HELD, duty="supervision_due", form="supervision", kind=None)
    for duty, form, kind in (
        ("weekly_report_due", "weekly_report", None),
        ("officer_report_due", "weekly_report", None),
        ("monthly_report_due", "monthly_report", "monthly"),
        ("quarterly_bulletin_due", "bulletin", None),
    ):
        run(_FILL, duty=duty, form=form, kind=kind)
    first, last = _instant(date(year, 1, 1)), _instant(date(year + 1, 1, 1))
    run(_REQUESTS, first=first, last=last)
    if second:
        run(_ROLE, duty="clue_patrol", role="social_worker", every="working_day", needed=1, grace=0)
        run(_AWAY, duty="clue_patrol")
        run(_PATROLS, duty="clue_patrol")
        second_sql.decide(run, first, last, int(as_of.timestamp()))
    run(_STATE, as_of=int(as_of.timestamp()))


def _slots(year: int, working_days: Iterable[date]) -> Iterator[tuple[object, ...]]:
    one = timedelta(days=1)
    spans: list[tuple[str, str, date, date]] = [("year", str(year), date(year, 1, 1), date(year + 1, 1, 1))]
    firsts = [date(year + month // 12, month % 12 + 1, 1) for month in range(13)]
    for kind, size, name in (("half_year", 6, "H"), ("quarter", 3, "Q")):
        spans += [
            (kind, f"{year}-{name}{n // size + 1}", firsts[n], firsts[n + size]) for n in range(0, 12, size)
        ]
    spans += [("month", f"{year}-{n + 1:02}", firsts[n], firsts[n + 1]) for n in range(12)]
    monday = date(year, 1, 1) - one * date(year, 1, 1).weekday()
    while monday + 7 * one <= date(year + 1, 1, 1):
        week = monday.isocalendar()
        spans.append(("week", f"{week.year}-W{week.week:02}", monday, monday + 7 * one))
        monday += 7 * one
    spans += [("working_day", day.isoformat(), day, day + one) for day in working_days if day.year == year]
    for n, (kind, label, start, end) in enumerate(spans):
        later = [_instant(end + days * one) for days in (2, 3, 15)]
        yield (kind, label, _instant(start), _instant(end), *later, n)


def _instant(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp())
