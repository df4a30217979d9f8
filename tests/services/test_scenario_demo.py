"""The shipped demo: its size, its plausibility, that it fits the shipped forms, and that nobody in it is real."""

import ast
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from app.domain.core.values import Kind
from app.domain.entry import RETRACTION, Entry, entry_order
from app.domain.kinds.form import Form
from app.domain.sources import SourceTables
from app.services.filling import SYSTEM_FORMS
from app.services.scenario.answers import check_digit
from app.services.scenario.scenario import Scenario, generate
from tests.fakes.counting import uncounted_variables
from tests.fakes.examples import is_long
from tests.services.scenario_demo import ROOT, digest, regulation, scenario, the_year, world

ZONE = ZoneInfo("Asia/Shanghai")
START, END = datetime(2025, 1, 1, tzinfo=ZONE), datetime(2026, 1, 1, tzinfo=ZONE)
SHORT = date(2025, 1, 20)
AFTER = ("year_opened", "year_step", "self_summary", "year_mark", "score_appeal", "appeal_decision")
"""What is filled in about a year once it is over."""


@pytest.fixture(scope="module", name="year")
def year_fixture() -> tuple[Entry, ...]:
    return the_year()


def of(form: str, entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in entries if entry.form == form]


@cache
def short() -> list[Entry]:
    return list(generate(world(), scenario(), SHORT))


def test_the_demo_is_the_same_in_any_time_zone_and_at_any_hash_seed() -> None:
    here = digest(short())
    elsewhere = (("Pacific/Kiritimati", "77"), ("America/Los_Angeles", "1"))
    for zone, seed in elsewhere if is_long() else elsewhere[:1]:
        told = subprocess.run(
            [sys.executable, "-m", "tests.services.scenario_demo", SHORT.isoformat()],
            cwd=ROOT,
            env={**uncounted_variables(), "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            text=True,
        )
        assert told.stdout == here


def test_the_running_year_only_adds_to_the_year_before() -> None:
    early = short()
    border = datetime(2025, 1, 12, tzinfo=ZONE)
    assert list(generate(world(), scenario(), border.date())) == [
        entry for entry in early if entry.recorded_at < border
    ]


def test_the_community_has_the_size_that_the_regulation_tells(year: tuple[Entry, ...]) -> None:
    tree = regulation().places
    levels = Counter(place.level for place in tree.within("demo/liuan"))
    assert (levels["grid"], levels["building"]) == (8, 41)
    first = [entry for entry in of("household", year) if entry.at < START]
    assert len({entry.subject for entry in first}) == len(first) == 1550
    assert sum(entry.answers["members"] for entry in first) == 5674
    assert all(150 <= size <= 200 for size in Counter(entry.answers["grid"] for entry in first).values())


def test_every_post_is_filled_at_the_start_as_its_role_asks(year: tuple[Entry, ...]) -> None:
    posts = [entry for entry in of("appointment", year) if entry.at < START]
    staff = Counter((entry.answers["role"], entry.place) for entry in posts)
    for role in regulation().roles.values():
        for place in regulation().places.within("demo/liuan"):
            if place.level == role.level:
                filled = staff[role.id, place.id]
                least, most = (
                    bound.on(date(2025, 1, 1)) if bound else None
                    for bound in (role.headcount_least, role.headcount_most)
                )
                assert least is None or filled >= int(str(least)), (role.id, place.id)
                assert most is None or filled <= int(str(most)), (role.id, place.id)
    in_grids = [entry for entry in posts if entry.place.count("/") == 2]
    assert len(in_grids) == 32
    assert len({entry.answers["worker"] for entry in posts}) == len(posts)


def test_a_full_year_holds_at_least_forty_thousand_entries_of_every_form(year: tuple[Entry, ...]) -> None:
    in_year = Counter(entry.form for entry in year if START <= entry.at < END)
    assert sum(in_year.values()) >= 40_000
    unused = {"year_excuse"}  # every assessor of the demo marks, so nobody is excused
    assert set(in_year) >= set(regulation().forms) - SYSTEM_FORMS - set(AFTER) - unused


def test_the_year_is_walked_through_in_the_weeks_after_it() -> None:
    data = scenario().data
    activities = data["activities"]
    assert isinstance(activities, Mapping)
    own = {name: one for name, one in activities.items() if one["form"] in AFTER}
    walked = list(generate(world(), Scenario({**data, "activities": own}), date(2026, 3, 1)))
    found = Counter(entry.form for entry in walked if entry.form in AFTER)
    assert found["year_opened"] == 1
    steps = [entry.answers["step"] for entry in walked if entry.form == "year_step"]
    assert steps == ["summaries", "marks", "draft", "publish", "decide", "freeze", "file"]
    assert (
        found["self_summary"] == found["year_mark"] == 16
    )  # eight leaders and eight officers; two marks an officer
    appeals = {entry.id: entry for entry in walked if entry.form == "score_appeal"}
    decisions = [entry for entry in walked if entry.form == "appeal_decision"]
    assert {entry.answers["appeal"] for entry in decisions} == set(appeals) != set()
    assert {entry.answers["outcome"] for entry in decisions} == {"upheld", "rejected"}
    published, ended = (
        next(entry.at for entry in walked if entry.answers.get("step") == step)
        for step in ("publish", "decide")
    )
    assert all(published < entry.at < ended for entry in (*appeals.values(), *decisions))


def test_entries_come_in_order_with_ids_of_their_own(year: tuple[Entry, ...]) -> None:
    assert [entry_order(entry) for entry in year] == sorted(entry_order(entry) for entry in year)
    assert len({entry.id for entry in year}) == len(year)
    assert all(entry.recorded_at >= entry.at for entry in year)


def test_every_entry_can_be_read_as_its_form_declares(year: tuple[Entry, ...]) -> None:
    tables = SourceTables(regulation())
    tables.load(year, END)
    assert [(item.entry, item.reason) for item in tables.exclusions()] == []


def test_answers_are_fields_of_the_form_and_nothing_required_is_missing(year: tuple[Entry, ...]) -> None:
    for entry in year:
        form = regulation().forms[entry.form]
        known = {item.id: item for item in form.fields}
        assert set(entry.answers) <= set(known), entry.id
        for item in form.fields:
            answer = entry.answers.get(item.id)
            if item.required and item.relevant is None:
                assert answer is not None, (entry.id, item.id)
            if item.type.kind is Kind.CHOICE and answer is not None:
                assert answer in item.type.choices, (entry.id, item.id)
            if item.type.kind is Kind.CHOICES:
                assert set(answer or ()) <= set(item.type.choices), (entry.id, item.id)


def test_follow_up_questions_are_answered_exactly_where_they_are_asked(year: tuple[Entry, ...]) -> None:
    for visit in of("visit", year):
        answers = visit.answers
        assert ("condition" in answers) == (answers["result"] == "met"), visit.id
        assert ("concern" in answers) == (answers.get("condition") == "attention"), visit.id
        assert ("feedback" in answers) == bool(answers.get("topics")), visit.id
        assert ("follow_up_on" in answers) == (answers["follow_up"] is True), visit.id
    for request in of("service_request", year):
        assert ("on_the_spot" in request.answers) == (request.answers["class"] == "general"), request.id


def test_references_lead_to_what_is_there(year: tuple[Entry, ...]) -> None:
    subjects = {
        form.describes: {entry.subject for entry in of(form.id, year)}
        for form in regulation().forms.values()
        if form.describes
    }
    places = set(regulation().places.places)
    ids = {form: {entry.id for entry in of(form, year)} for form in regulation().forms}
    roles = set(regulation().roles)

    def there(target: str | None, value: object) -> bool:
        if target == "role":
            return value in roles
        if target in subjects:
            return value in subjects[target]
        return value in (ids.get(target, places) if target else places)

    for entry in year:
        form = regulation().forms[entry.form]
        assert entry.by in subjects["worker"]
        if form.about:
            assert there(form.about, entry.subject), entry.id
        for item in form.fields:
            values = entry.answers.get(item.id) or ()
            for value in (
                [values] if isinstance(values, str) else values if item.type.kind is Kind.REFS else ()
            ):
                if item.type.kind in {Kind.REF, Kind.REFS}:
                    assert there(item.type.to, value), (entry.id, item.id)
        assert entry.supersedes is None or entry.supersedes in ids[superseded_form(entry, ids)]


def superseded_form(entry: Entry, ids: Mapping[str, set[str]]) -> str:
    if entry.form != RETRACTION:
        return entry.form
    return next(form for form, known in ids.items() if entry.supersedes in known)


def test_only_those_who_may_fill_in_a_form_do(year: tuple[Entry, ...]) -> None:
    roles: dict[str, set[str]] = defaultdict(set)
    for post in of("appointment", year):
        roles[str(post.answers["worker"])].add(str(post.answers["role"]))
    for entry in year:
        allowed = regulation().forms[entry.form].filled_by
        assert not allowed or roles[entry.by] & set(allowed), entry.id


def test_nobody_works_while_on_a_granted_leave_or_after_leaving_the_post(year: tuple[Entry, ...]) -> None:
    away: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for leave in of("leave", year):
        if leave.answers["approved"]:
            away[leave.by].append((leave.answers["start"], leave.answers["end"]))
    gone = {
        p.answers["worker"]: p.answers["left_on"] for p in of("appointment", year) if "left_on" in p.answers
    }
    assert away
    assert gone
    for entry in year:
        if entry.form in {"visit", "patrol", "diary", "weekly_report"}:
            day = entry.at.astimezone(ZONE).date().isoformat()
            assert not [1 for start, end in away[entry.by] if start <= day < end], entry.id
            assert day < gone.get(entry.by, "9999"), entry.id


def test_visits_fall_into_waking_hours_and_those_of_leaders_outside_of_office_hours(
    year: tuple[Entry, ...],
) -> None:
    leaders = {
        str(e.answers["worker"]) for e in of("appointment", year) if e.answers["role"] == "grid_leader"
    }
    calendar = world()
    at_home = [entry for entry in of("visit", year) if entry.answers["channel"] == "home"]
    for entry in of("visit", year):
        at = entry.at.astimezone(ZONE)
        assert 8 <= at.hour < 22, entry.id
    for entry in at_home:
        at = entry.at.astimezone(ZONE)
        if entry.by in leaders:
            assert at.hour >= 18 or not calendar.is_worked(at.date()), entry.id


def test_a_leader_on_a_round_takes_minutes_from_door_to_door(year: tuple[Entry, ...]) -> None:
    rounds = [entry for entry in year if entry.id.startswith(("vs-", "vo-")) and "-c" not in entry.id]
    of_worker: dict[str, list[Entry]] = defaultdict(list)
    for entry in rounds:
        if "~" not in entry.id and entry.form == "visit":
            of_worker[entry.by].append(entry)
    close = 0
    for visits in of_worker.values():
        for before, after in pairwise(visits):
            close += after.at - before.at < timedelta(minutes=5)
    assert close / len(rounds) < 0.02


def test_people_work_unevenly(year: tuple[Entry, ...]) -> None:
    households = {entry.subject: entry for entry in of("household", year) if entry.at < START}
    special = {key: entry.answers["grid"] for key, entry in households.items() if entry.answers["special"]}
    visited = {
        (entry.subject, (entry.at.astimezone(ZONE).month - 1) // 3)
        for entry in of("visit", year)
        if entry.answers["channel"] == "home" and entry.answers["result"] == "met" and entry.at >= START
    }
    of_grid = Counter(special.values())
    done = Counter(special[subject] for subject, _ in visited if subject in special)
    rates = {grid: done[grid] / (4 * many) for grid, many in of_grid.items()}
    assert max(rates.values()) > 0.93
    assert min(rates.values()) < 0.75


def test_some_entries_are_corrected_some_withdrawn_and_some_recorded_days_late(
    year: tuple[Entry, ...],
) -> None:
    assert sum(entry.supersedes is not None and entry.form != RETRACTION for entry in year) > 100
    assert len(of(RETRACTION, year)) > 20
    assert sum(entry.recorded_at - entry.at > timedelta(days=1) for entry in year) > 500


def test_no_id_number_has_a_real_area_and_no_telephone_number_was_ever_issued(
    year: tuple[Entry, ...],
) -> None:
    cards = phones = 0
    for entry in year:
        for item in regulation().forms[entry.form].fields:
            value = str(entry.answers.get(item.id, ""))
            if item.widget == "id_card" and value:
                cards += 1
                assert value[:2] == "77", entry.id  # no province has this code
                assert check_digit(value[:17]) == value[17], entry.id
            if item.widget == "phone" and value:
                phones += 1
                assert value.startswith("154"), entry.id  # never issued to anybody
                assert len(value) == 11, entry.id
    assert cards > 1500
    assert phones > 1500


def test_a_residents_id_number_and_the_answers_beside_it_say_the_same(year: tuple[Entry, ...]) -> None:
    told = [entry.answers for entry in year if entry.form == "resident" and "id_card" in entry.answers]
    assert len(told) > 50
    for answers in told:
        number = str(answers["id_card"])
        assert str(answers["born"]).replace("-", "") == number[6:14]
        assert answers["sex"] == ("male" if int(number[16]) % 2 else "female")


def test_names_hold_rare_characters_too(year: tuple[Entry, ...]) -> None:
    names = "".join(str(entry.answers["head"]) for entry in of("household", year))
    assert set("喆玥堃燊䶮𬭎") <= set(names)


def test_the_generator_names_no_form_no_role_and_no_duty() -> None:
    declared = regulation()
    named = {*declared.forms, *declared.roles, *declared.duties, *declared.sheets} - {RETRACTION}
    files = sorted((ROOT / "app" / "services" / "scenario").glob("*.py"))
    assert len(files) > 5
    for path in files:
        found = {
            node.value
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Constant)
        }
        assert not found & named, path.name


def test_sensitive_answers_of_the_demo_stand_in_sensitive_fields_only(year: tuple[Entry, ...]) -> None:
    open_fields = {form.id: [item.id for item in form.fields if not item.sensitive] for form in forms()}
    for entry in year:
        for name in open_fields[entry.form]:
            assert not str(entry.answers.get(name, "")).startswith(("154", "77")), (entry.id, name)


def forms() -> list[Form]:
    return list(regulation().forms.values())
