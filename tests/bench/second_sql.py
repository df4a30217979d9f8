"""The rival's second half: the duties and figures of S3, by hand like the first (plain_sql)."""

from collections.abc import Callable

_PREPARE = """
CREATE TABLE cared AS
  SELECT subject, at AS start, min(coalesce(lead(at) OVER w, 1 << 60), coalesce(ends, 1 << 60)) AS end, tags, sixty
  FROM (SELECT subject, at, id, answers ->> 'tags' AS tags,
      unixepoch(answers ->> 'born', '+60 years', '-8 hours') AS sixty,
      unixepoch(answers ->> 'left_on', '-8 hours') AS ends FROM standing WHERE form = 'person')
  WINDOW w AS (PARTITION BY subject ORDER BY at, id);
DELETE FROM cared WHERE end <= start;
CREATE TABLE member (what TEXT, subject TEXT, start INTEGER, end INTEGER);
INSERT INTO member SELECT 'elderly', subject, max(start, sixty), end FROM cared WHERE end > sixty;
INSERT INTO member SELECT 'cared_for', subject, iif(tags LIKE '%disabled%' OR tags LIKE '%child%', start,
  max(start, sixty)), end FROM cared WHERE end > sixty OR tags LIKE '%disabled%' OR tags LIKE '%child%';
INSERT INTO member SELECT 'disabled', subject, start, end FROM cared WHERE tags LIKE '%disabled%';
INSERT INTO member SELECT 'child', subject, start, end FROM cared WHERE tags LIKE '%child%';
CREATE INDEX member_of ON member (what, start);
CREATE TABLE done AS
  SELECT subject, at, CASE form WHEN 'contact' THEN iif(answers ->> 'reached', answers ->> 'channel', '')
    WHEN 'child_help' THEN iif(answers ->> 'kind' = 'other', '', form) ELSE form END AS what FROM standing
  WHERE form IN ('contact', 'file_update', 'needs_assessment', 'child_help');
CREATE INDEX done_of ON done (subject, what, at);
CREATE TABLE did AS
  SELECT coalesce(answers ->> 'item', answers ->> 'demand', answers ->> 'dispute', answers ->> 'complaint',
      answers ->> 'emergency') AS matter, answers ->> 'step' AS step, at, date(at, 'unixepoch', '+8 hours') AS day
  FROM standing WHERE form IN ('service_step', 'demand_step', 'dispute_step', 'complaint_step', 'emergency_step')
  UNION ALL SELECT answers ->> 'decision', 'heard', at, NULL FROM standing
  WHERE form = 'consultation' AND answers ->> 'as_star'
  UNION ALL SELECT c.answers ->> 'dispute', 'council', c.at, NULL FROM standing c
  WHERE c.form = 'council' AND c.answers ->> 'parties' AND (SELECT count(DISTINCT p.role)
    FROM json_each(c.answers, '$.present') j JOIN post p ON p.worker = j.value AND p.start <= c.at AND p.end > c.at
    WHERE p.role IN ('building_head', 'party_representative')) = 2;
CREATE INDEX did_of ON did (matter, step, at);
CREATE TABLE pause AS
  SELECT matter, day AS asked, coalesce((SELECT min(r.day) FROM did r WHERE r.matter = a.matter
      AND r.step = 'received' AND r.at >= a.at), '9') AS received,
    (SELECT day FROM working w WHERE w.day > a.day ORDER BY day LIMIT 1 OFFSET 2) AS cap
  FROM did a WHERE step = 'asked';
CREATE INDEX pause_of ON pause (matter);
CREATE TABLE event AS
  SELECT id, id AS matter, form, at, answers ->> 'class' AS class, date(at, 'unixepoch', '+8 hours') AS day
  FROM standing WHERE form IN ('service_item', 'demand', 'dispute', 'complaint', 'emergency', 'project_decision')
  UNION ALL SELECT id, answers ->> 'dispute', form, at, NULL, date(at, 'unixepoch', '+8 hours')
  FROM standing WHERE form = 'dispute_step' AND answers ->> 'step' = 'failed' AND answers ->> 'level' <> 'street';
"""

_PERSON = """
INSERT INTO occurrence (duty, subject, label, tier, start, end, closes, needed)
SELECT :duty, m.subject, s.label, 'all', s.start, s.end, s.end, :needed
FROM slot s JOIN member m ON m.what = :who AND m.start < s.end AND m.end > s.start
WHERE s.kind = :every
GROUP BY m.subject, s.label HAVING :part * sum(min(m.end, s.end) - max(m.start, s.start)) >= s.end - s.start;
UPDATE occurrence AS o SET counted = (SELECT count(*) FROM done d WHERE d.subject = o.subject
  AND d.what = :what AND d.at >= o.start AND d.at < o.end) WHERE duty = :duty;
"""
_COMMUNITY = """
INSERT INTO occurrence (duty, subject, label, tier, start, end, closes, needed, counted)
SELECT :duty, p.place, s.label, 'all', s.start, s.end, s.end, 1, (SELECT count(*) FROM standing e
  WHERE e.form = :form AND e.subject = p.place AND e.at >= s.start AND e.at < s.end AND CASE :kind
    WHEN '' THEN 1 WHEN 'trained' THEN e.answers ->> 'kind' <> 'comprehensive'
    WHEN 'both' THEN e.answers ->> 'with' LIKE '%police%' AND e.answers ->> 'with' LIKE '%housing%'
    ELSE e.answers ->> 'kind' = :kind AND (:alone OR e.answers ->> 'partners' >= 1) END)
FROM slot s, (SELECT DISTINCT place FROM standing WHERE form = 'project_decision') p WHERE s.kind = :every;
"""
_LIMIT = """
INSERT INTO occurrence (duty, subject, label, tier, start, end, closes, needed, counted, met)
SELECT :duty, e.id, e.day, :tier, e.at, iif(:seconds, e.at + :seconds,
  (SELECT unixepoch(w.day, '+1 day', '-8 hours') FROM working w WHERE w.day > e.day
    AND (:paused = 0 OR NOT EXISTS (SELECT 1 FROM pause p WHERE p.matter = e.id AND w.day > p.asked
      AND w.day <= min(p.received, p.cap))) ORDER BY w.day LIMIT 1 OFFSET :days - 1)), 1 << 60, 1,
  count(s.at), min(s.at)
FROM event e LEFT JOIN did s ON s.matter = e.matter AND s.step = :step AND s.at >= e.at
WHERE e.form = :form AND (:class = '' OR e.class = :class) GROUP BY e.id;
"""
_WITHDRAWN = """
UPDATE occurrence AS o SET waived = EXISTS (SELECT 1 FROM did s WHERE s.matter = o.subject
  AND s.step = 'withdrawn' AND s.at >= o.start) WHERE duty = 'item_forwarded';
"""
# Overdue complaints start a limit of their own, at the last instant of the first.
_EXPLAINED = """
INSERT INTO occurrence (duty, subject, label, tier, start, end, closes, needed, counted, met)
SELECT 'complaint_explained', 'complaint_overdue/' || o.subject || '/' || o.label || '/all', o.day, 'all', o.end - 1,
  (SELECT unixepoch(w.day, '+1 day', '-8 hours') FROM working w WHERE w.day > o.day ORDER BY w.day LIMIT 1 OFFSET 2),
  1 << 60, 1, count(s.at), min(s.at)
FROM (SELECT *, date(end - 1, 'unixepoch', '+8 hours') AS day FROM occurrence
    WHERE duty = 'complaint_answered' AND (met >= end OR met IS NULL AND end <= :as_of)) o
LEFT JOIN did s ON s.matter = o.subject AND s.step = 'explained' AND s.at >= o.end GROUP BY o.subject;
"""
_OUTSIDE = """
DELETE FROM occurrence WHERE closes = 1 << 60
  AND NOT (start >= :first AND start < :last) AND NOT (end - 1 >= :first AND end - 1 < :last);
"""
FIGURES = """
SELECT 'resident_opinion', subject, sum(score), count(*) FROM (SELECT subject, answers ->> 'score' AS score,
    row_number() OVER (PARTITION BY subject, answers ->> 'respondent', strftime('%Y', at, 'unixepoch', '+8 hours')
      ORDER BY at, id) AS nth FROM standing WHERE form = 'survey' AND at >= ?1 AND at < ?2)
WHERE nth = 1 GROUP BY subject
UNION ALL
SELECT 'mediation_success', by, sum(answers ->> 'step' = 'agreed'), count(*) FROM standing
WHERE form = 'dispute_step' AND answers ->> 'step' IN ('agreed', 'failed') AND at >= ?1 AND at < ?2 GROUP BY by
"""
"""Figures of each social worker: name, worker, what is divided, by what."""


def decide(run: Callable[..., None], first: int, last: int, as_of: int) -> None:
    """Fill in the occurrences of S3, before their states are told."""
    run(_PREPARE)
    for duty, who, every, needed, part, what in (
        ("elderly_call", "elderly", "week", 1, 1, "phone"),
        ("elderly_visit", "elderly", "month", 1, 1, "home"),
        ("files_updated", "cared_for", "quarter", 1, 2, "file_update"),
        ("needs_assessed", "disabled", "half_year", 1, 2, "needs_assessment"),
        ("child_helped", "child", "month", 2, 2, "child_help"),
    ):
        run(_PERSON, duty=duty, who=who, every=every, needed=needed, part=part, what=what)
    for duty, every, form, kind, alone in (
        ("party_committee_held", "month", "meeting", "party_committee", 1),
        ("party_conference_held", "quarter", "meeting", "party_joint", 0),
        ("representatives_met", "quarter", "meeting", "representatives", 1),
        ("cobuilding_met", "quarter", "meeting", "cobuilding", 0),
        ("drill_held", "half_year", "drill", "comprehensive", 1),
        ("special_training_held", "quarter", "drill", "trained", 1),
        ("ledgers_checked", "quarter", "ledger_check", "", 1),
        ("data_compared", "quarter", "data_comparison", "both", 1),
    ):
        run(_COMMUNITY, duty=duty, every=every, form=form, kind=kind, alone=alone)
    for duty, tier, form, kind, step, seconds, days in (
        ("item_forwarded", "all", "service_item", "complex", "forwarded", 0, 5),
        ("demand_answered", "urgent", "demand", "urgent", "arrived", 1800, 0),
        ("demand_answered", "general", "demand", "general", "feedback", 86400, 0),
        ("dispute_limits", "on_the_spot", "dispute", "on_the_spot", "agreed", 86400, 0),
        ("dispute_limits", "complex", "dispute", "complex", "sent_to_street", 0, 5),
        ("council_held", "all", "dispute", "multi_party", "council", 0, 3),
        ("raised_after_failure", "all", "dispute_step", "", "raised", 0, 3),
        ("complainant_contacted", "all", "complaint", "", "contacted", 3600, 0),
        ("complaint_answered", "all", "complaint", "", "answered", 0, 3),
        ("emergency_reached", "all", "emergency", "", "arrived", 300, 0),
        ("emergency_reported", "all", "emergency", "", "reported", 900, 0),
        ("stars_heard", "all", "project_decision", "", "heard", 0, 5),
    ):
        values = {"seconds": seconds, "days": days, "paused": int(duty == "item_forwarded")}
        run(_LIMIT, duty=duty, tier=tier, form=form, **{"class": kind}, step=step, **values)
    run(_WITHDRAWN)
    run(_EXPLAINED, as_of=as_of)
    run(_OUTSIDE, first=first, last=last)
