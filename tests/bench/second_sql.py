"""The rival's second half: the duties and the figure of tests/bench/second, by hand like the first (plain_sql)."""

from collections.abc import Callable

_PREPARE = """
CREATE TABLE cared AS
  SELECT subject, at AS start, min(coalesce(lead(at) OVER w, 1 << 60), coalesce(ends, 1 << 60)) AS end, care
  FROM (SELECT subject, at, id, answers ->> 'care' AS care,
      unixepoch(answers ->> 'left_on', '-8 hours') AS ends FROM standing WHERE form = 'cared_person')
  WINDOW w AS (PARTITION BY subject ORDER BY at, id);
DELETE FROM cared WHERE end <= start;
CREATE TABLE contact AS
  SELECT subject, at, answers ->> 'channel' AS channel FROM standing
  WHERE form = 'care_contact' AND answers ->> 'reached';
CREATE INDEX contact_of ON contact (subject, channel, at);
CREATE TABLE item_step AS
  SELECT answers ->> 'item' AS item, answers ->> 'step' AS step, at, date(at, 'unixepoch', '+8 hours') AS day
  FROM standing WHERE form = 'care_step';
CREATE INDEX item_step_of ON item_step (item, step, at);
CREATE TABLE pause AS
  SELECT item, day AS asked, coalesce((SELECT min(r.day) FROM item_step r WHERE r.item = a.item AND r.step = 'received'
      AND r.at >= a.at), '9') AS received,
    (SELECT day FROM working w WHERE w.day > a.day ORDER BY day LIMIT 1 OFFSET 2) AS cap
  FROM item_step a WHERE step = 'asked';
CREATE INDEX pause_of ON pause (item);
CREATE TABLE settled AS
  SELECT answers ->> 'dispute' AS dispute, answers ->> 'step' AS step, at FROM standing WHERE form = 'dispute_step';
CREATE INDEX settled_of ON settled (dispute, step, at);
"""

_PERSON = """
INSERT INTO occurrence (duty, subject, label, tier, start, end, closes, needed)
SELECT :duty, p.subject, s.label, :tier, s.start, s.end, s.end, :needed
FROM slot s JOIN cared p ON p.start < s.end AND p.end > s.start
  AND (:care = 'any' OR (p.care = 'alone') = (:care = 'alone'))
WHERE s.kind = :every
GROUP BY p.subject, s.label HAVING 2 * sum(min(p.end, s.end) - max(p.start, s.start)) >= s.end - s.start;
"""
_REACHED = """
UPDATE occurrence AS o SET counted = (SELECT count(*) FROM contact c WHERE c.subject = o.subject
  AND c.channel = :channel AND c.at >= o.start AND c.at < o.end) WHERE duty = :duty;
"""
_ITEMS = """
INSERT INTO occurrence (duty, subject, label, tier, start, end, closes, needed, counted, met)
SELECT 'item_forwarded', id, date(at, 'unixepoch', '+8 hours'), 'all', at,
  (SELECT unixepoch(w.day, '+1 day', '-8 hours') FROM working w WHERE w.day > date(e.at, 'unixepoch', '+8 hours')
    AND NOT EXISTS (SELECT 1 FROM pause p WHERE p.item = e.id AND w.day > p.asked AND w.day <= min(p.received, p.cap))
    ORDER BY w.day LIMIT 1 OFFSET 4), 1 << 60, 1,
  (SELECT count(*) FROM item_step s WHERE s.item = e.id AND s.step = 'forwarded' AND s.at >= e.at),
  (SELECT min(at) FROM item_step s WHERE s.item = e.id AND s.step = 'forwarded' AND s.at >= e.at)
FROM standing e WHERE form = 'care_item' AND answers ->> 'class' = 'complex';
INSERT INTO occurrence (duty, subject, label, tier, start, end, closes, needed, counted, met)
SELECT 'item_answered', id, date(at, 'unixepoch', '+8 hours'), class, at,
  at + iif(class = 'urgent', 1800, 86400), 1 << 60, 1,
  (SELECT count(*) FROM item_step s WHERE s.item = e.id AND s.step = e.wanted AND s.at >= e.at),
  (SELECT min(at) FROM item_step s WHERE s.item = e.id AND s.step = e.wanted AND s.at >= e.at)
FROM (SELECT id, at, answers ->> 'class' AS class,
    iif(answers ->> 'class' = 'urgent', 'arrived', 'feedback') AS wanted FROM standing WHERE form = 'care_item') e
WHERE class <> 'complex';
INSERT INTO occurrence (duty, subject, label, tier, start, end, closes, needed, counted, met)
SELECT 'dispute_settled', id, date(at, 'unixepoch', '+8 hours'), class, at,
  iif(class = 'on_the_spot', at + 86400, (SELECT unixepoch(w.day, '+1 day', '-8 hours') FROM working w
    WHERE w.day > date(e.at, 'unixepoch', '+8 hours') ORDER BY w.day LIMIT 1 OFFSET 2)), 1 << 60, 1,
  (SELECT count(*) FROM settled s WHERE s.dispute = e.id AND s.step = e.wanted AND s.at >= e.at),
  (SELECT min(at) FROM settled s WHERE s.dispute = e.id AND s.step = e.wanted AND s.at >= e.at)
FROM (SELECT id, at, answers ->> 'class' AS class,
    iif(answers ->> 'class' = 'several', 'council', 'agreed') AS wanted
  FROM standing WHERE form = 'neighbour_dispute') e;
DELETE FROM occurrence WHERE duty IN ('item_forwarded', 'item_answered', 'dispute_settled')
  AND NOT (start >= :first AND start < :last) AND NOT (end - 1 >= :first AND end - 1 < :last);
"""
FIGURES = """
SELECT e.place, s.label, sum(e.answers ->> 'grade'), count(*) FROM standing e
JOIN slot s ON s.kind = 'quarter' AND e.at >= s.start AND e.at < s.end
WHERE e.form = 'satisfaction' GROUP BY 1, 2 ORDER BY 1, 2
"""


def decide(run: Callable[..., None], first: int, last: int) -> None:
    """Fill in the occurrences of the second regulation, before their states are told."""
    run(_PREPARE)
    run(_PERSON, duty="weekly_care_call", tier="all", care="any", every="week", needed=1)
    run(_REACHED, duty="weekly_care_call", channel="phone")
    run(_PERSON, duty="monthly_care_visit", tier="alone", care="alone", every="month", needed=2)
    run(_PERSON, duty="monthly_care_visit", tier="others", care="others", every="month", needed=1)
    run(_REACHED, duty="monthly_care_visit", channel="home")
    run(_ITEMS, first=first, last=last)
