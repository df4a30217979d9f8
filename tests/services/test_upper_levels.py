"""A street over its communities: its own definitions, read of theirs, and appraised among each other."""

from datetime import UTC, datetime
from fractions import Fraction

from app.domain.entry import Entry
from app.domain.period import parse_period
from app.services.evaluate import Evaluation
from tests.declarations.community import official
from tests.fakes.deciders import PlainDecider
from tests.fakes.loading import load

FILES = {
    "config/places/s1/place.yaml": "place: s1\nlevel: street\ntitle: 柳岸街道\ncalendar: cn\n",
    "config/places/s1/c1/place.yaml": "place: c1\nlevel: community\nplaces: {g1: {level: grid}}\n",
    "config/places/s1/c2/place.yaml": "place: c2\nlevel: community\nplaces: {g1: {level: grid}, g2: {level: grid}}\n",
    "config/places/s1/c3/place.yaml": "place: c3\nlevel: community\n",
    "config/calendars/cn.yaml": "calendar: cn\nzone: Asia/Shanghai\nholidays: [2025-01-01]\n",
    "forms/tour.yaml": "form: tour\nabout: grid\nfields: {fine: {type: boolean, required: true}}\n",
    "rules/toured.yaml": "duty: toured\nfor_each: grid\nevery: quarter\nmet_by: tour\n",
    "rules/kept.yaml": """\
indicator: kept
per: community
every: year
measure: share
of: {table: toured, where: {state: {one_of: [met, missed]}}}
part: {state: met}
empty: not_applicable
undecided: leave_out
""",
    "rules/street_kept.yaml": """\
indicator: street_kept
per: street
every: year
roll_up: pool
of: kept
empty: not_applicable
target: {at_least: 50%}
""",
    "rules/communities_kept.yaml": """\
indicator: communities_kept
per: street
every: year
measure: share
of: {table: kept, where: {value: {at_least: 0}}}
part: {value: {at_least: 50%}}
empty: not_applicable
undecided: leave_out
""",
    "rules/community_rank.yaml": """\
appraisal: community_rank
for_each: community
every: year
parts: {kept: {weight: 100%, from: kept}}
missing_part: not_computable
grades: {first: {at_least: 60, quota: {top: 1, of: all, ties: all}}, others: {}}
""",
}


def tour(number: int, grid: str, month: int) -> Entry:
    at = datetime(2025, month, 10, 2, tzinfo=UTC)
    return Entry(f"t{number}", grid, "tour", at, "w1", at, {"fine": True}, grid)


def test_a_street_reads_what_its_communities_come_to_and_ranks_them() -> None:
    loaded = load("s1", FILES, official)
    assert loaded.regulation is not None, [
        (str(one.where), one.code, dict(one.values)) for one in loaded.problems
    ]
    made = Evaluation(loaded.regulation, parse_period("2025"), PlainDecider())
    months = {"s1/c1/g1": (2, 5, 8), "s1/c2/g1": (2, 5), "s1/c2/g2": (8,)}
    pairs = [(grid, month) for grid, own in months.items() for month in own]
    made.load(
        [tour(number, grid, month) for number, (grid, month) in enumerate(pairs)],
        datetime(2026, 1, 5, tzinfo=UTC),
    )

    def rows(table: str, *columns: str) -> list[tuple[object, ...]]:
        schema = made.schema(table)
        return sorted(
            tuple(row[schema.position(name)] for name in columns) for row in made.rows(table).values()
        )

    shares = {about: value for about, value in rows("kept", "about", "value") if about != "s1/c3"}
    assert shares == {"s1/c1": Fraction(3, 4), "s1/c2": Fraction(3, 8)}
    assert rows("street_kept", "about", "part", "whole", "met") == [("s1", 6, 12, True)]
    assert rows("communities_kept", "about", "value") == [("s1", Fraction(1, 2))]
    grades = {about: grade for about, grade in rows("community_rank", "about", "grade") if about != "s1/c3"}
    assert grades == {"s1/c1": "first", "s1/c2": "others"}


def test_in_a_community_alone_a_street_has_no_row() -> None:
    loaded = load("s1/c2", FILES, official)
    assert loaded.regulation is not None
    made = Evaluation(loaded.regulation, parse_period("2025"), PlainDecider())
    made.load([tour(1, "s1/c2/g1", 2)], datetime(2026, 1, 5, tzinfo=UTC))
    assert len(made.rows("kept")) == 1
    assert len(made.rows("street_kept")) == 0
