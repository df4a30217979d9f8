"""What is conspicuous about entries: each check against a plain second way to say it, on drawn entries."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.plausibility import CHECKS, Act
from app.domain.workdays import Calendar
from app.plugins.plausibility.places import metres_between
from app.services.suspicions import said

CHINA = Calendar("cn", "Asia/Shanghai")
ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2025, 3, 24, tzinfo=UTC)


def found(check: str, acts: Sequence[Act], **figures: int) -> list[tuple[str, ...]]:
    """Return the entries that a check points out, after making sure that their order makes no difference."""
    known = {option.id: option.default for option in CHECKS[check].options}
    given_figures = {**known, **figures}
    one = [suspicion.entries for suspicion in CHECKS[check].finds(acts, given_figures, CHINA)]
    other = [
        suspicion.entries for suspicion in CHECKS[check].finds(list(reversed(acts)), given_figures, CHINA)
    ]
    assert sorted(one) == sorted(other)
    return sorted(one)


def act(
    number: int, by: str = "w1", minutes: int = 0, spot: str = "", late: int = 0, **answers: object
) -> Act:
    at = START + timedelta(minutes=minutes)
    return Act(f"e{number}", by, at, at + timedelta(days=late), spot or f"s{number}", answers)


@st.composite
def books(draw: st.DrawFn) -> list[Act]:
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["w1", "w2"]),
                st.integers(0, 40),
                st.sampled_from(["s1", "s2"]),
                st.sampled_from([0, 0, 1, 9]),
                st.sampled_from([None, "今天家里都好", "今天 家里都好", "别的"]),
                st.sampled_from([None, "a" * 64, "b" * 64]),
            ),
            max_size=9,
        )
    )
    return [
        act(
            number,
            by,
            60 * 5 * step + step % 3,
            spot,
            late,
            words=words,
            photo=None if sha is None else [{"sha256": sha}],
        )
        for number, (by, step, spot, late, words, sha) in enumerate(drawn)
    ]


def people(acts: Sequence[Act]) -> Iterator[list[Act]]:
    for who in sorted({one.by for one in acts}):
        yield sorted((one for one in acts if one.by == who), key=lambda one: (one.at, one.id))


@given(books())
def test_same_time_names_whoever_has_two_places_within_the_minutes(acts: list[Act]) -> None:
    flagged = {entry for entries in found("same_time", acts, minutes=301) for entry in entries}
    for own in people(acts):
        near = {
            one.id
            for one, other in combinations(own, 2)
            if other.at - one.at < timedelta(minutes=301) and one.spot != other.spot
            for one in (one, other)
        }
        assert near <= flagged
    assert found("same_time", [one for one in acts if one.spot == "s1"], minutes=301) == []


@given(books())
def test_the_same_words_are_those_without_their_spaces(acts: list[Act]) -> None:
    wanted = []
    for own in people(acts):
        alike = [one.id for one in own if "家里" in str(one.answers["words"])]
        if len(alike) >= 2:
            wanted.append(tuple(alike))
    assert found("cloned_text", acts, times=2, letters=6) == sorted(wanted)
    assert found("cloned_text", acts, times=2, letters=7) == []


@given(books())
def test_the_same_photo_is_found_whoever_took_it(acts: list[Act]) -> None:
    count = Counter(str(one.answers["photo"]) for one in acts if one.answers["photo"])
    assert len({frozenset(ids) for ids in found("cloned_file", acts)}) == sum(n >= 2 for n in count.values())


@given(books())
def test_late_entries_are_those_recorded_more_days_after_than_allowed(acts: list[Act]) -> None:
    flagged = [entry for entries in found("late_entry", acts, days=7) for entry in entries]
    assert sorted(flagged) == sorted(one.id for one in acts if one.recorded_at - one.at > timedelta(days=8))


@given(books(), st.integers(0, 23), st.integers(1, 24))
def test_unusual_hours_are_those_outside_of_the_two(acts: list[Act], since: int, until: int) -> None:
    flagged = [
        entry
        for entries in found("outside_hours", acts, **{"from": since, "until": until})
        for entry in entries
    ]
    hours = {one.id: one.at.astimezone(ZONE) for one in acts}
    assert sorted(flagged) == sorted(
        one
        for one, at in hours.items()
        if at.hour not in range(since, until) and (at.hour, at.minute) != (0, 0)
    )


@given(books(), st.integers(1, 31), st.integers(1, 100))
def test_a_burst_is_a_share_of_what_one_recorded_in_a_month(acts: list[Act], days: int, percent: int) -> None:
    wanted = []
    for own in people(acts):
        months: dict[tuple[int, int], list[Act]] = {}
        for one in own:
            local = one.recorded_at.astimezone(ZONE)
            months.setdefault((local.year, local.month), []).append(one)
        for month in months.values():
            last = [
                one
                for one in month
                if (one.recorded_at.astimezone(ZONE) + timedelta(days=days)).month
                != one.recorded_at.astimezone(ZONE).month
            ]
            if len(month) >= 3 and len(last) * 100 >= percent * len(month):
                wanted.append(tuple(one.id for one in last))
    assert found("burst", acts, days=days, percent=percent, least=3) == sorted(wanted)


def here(lat: str, lon: str) -> dict[str, str]:
    return {"lat": lat, "lon": lon, "by": "device"}


@pytest.mark.parametrize(
    ("minutes", "other", "flagged"),
    [
        (10, ("30.2741", "120.2551"), []),  # 9.6 km in ten minutes is 58 km/h
        (9, ("30.2741", "120.2551"), [("e0", "e1")]),
        (0, ("30.2741", "120.1590"), []),  # 380 m: as far as devices may be off
        (0, ("30.2741", "120.1650"), [("e0", "e1")]),
    ],
)
def test_nobody_gets_further_than_so_fast(
    minutes: int, other: tuple[str, str], flagged: list[tuple[str, ...]]
) -> None:
    acts = [act(0, place=here("30.2741", "120.1551")), act(1, minutes=minutes, place=here(*other))]
    assert found("impossible_travel", acts) == flagged
    assert found("impossible_travel", [acts[0], act(1, "w2", minutes, place=acts[1].answers["place"])]) == []
    assert found("impossible_travel", [acts[0], act(1, minutes=minutes, place="elsewhere")]) == []


@given(st.floats(-89, 89), st.floats(-179, 179), st.floats(-89, 89), st.floats(-179, 179))
def test_distances_are_the_same_both_ways_and_never_round_the_world(
    lat: float, lon: float, to_lat: float, to_lon: float
) -> None:
    there, back = metres_between((lat, lon), (to_lat, to_lon)), metres_between((to_lat, to_lon), (lat, lon))
    assert there == pytest.approx(back, abs=1)
    assert 0 <= there <= 20_040_000


def test_a_degree_along_the_meridian_is_a_hundred_and_eleven_kilometres() -> None:
    assert metres_between((30.0, 120.0), (31.0, 120.0)) == pytest.approx(111_195, abs=5)


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_every_check_says_what_it_found_in_three_languages_without_a_hole(check: str) -> None:
    one = CHECKS[check]
    acts = [
        act(
            number,
            minutes=number // 2,
            late=7,
            words="同一句话写了很多遍，一个字也没有改过",
            photo=[{"sha256": "a" * 64}],
            place=here("30.2741", f"120.{number}551"),
        )
        for number in range(12)
    ]
    figures = {option.id: option.default for option in one.options if isinstance(option.default, int)}
    figures["from"] = 9
    if check == "late_entry":
        figures["days"] = 6
    suspicions = list(one.finds(acts, figures, CHINA))
    assert suspicions
    for language, words in said(one.says, figures, suspicions[0].figures).items():
        assert language in {"zh", "en", "es"}
        assert "{" not in words
        assert "同一句话" not in words
    assert one.says.keys() == one.title.keys() == {"zh", "en", "es"}
