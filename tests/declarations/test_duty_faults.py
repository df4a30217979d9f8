"""Faults of what only some duties have: pauses, extensions, series, rosters, quorums, shares, an order among duties."""

import pytest

from tests.declarations.community import loaded, told

FORMS = {
    "forms/request.yaml": "form: request\nabout: household\nfields: {note: {type: text}, days: {type: integer}}\n",
    "forms/step.yaml": "form: step\nfields:\n  request: {type: ref, to: request, required: true}\n"
    "  days: {type: integer}\n  note: {type: text}\n",
    "forms/meeting.yaml": "form: meeting\nabout: community\nfields:\n  present: {type: refs, to: worker}\n"
    "  note: {type: text}\n",
    "forms/away.yaml": "form: away\nabout: worker\nfields:\n  since: {type: date}\n  until: {type: date}\n"
    "span: [since, until]\n",
}
EVENT = "duty: d\nfor_each: request\nowed_by: by\nwithin: 3 days\nmet_by: step\n"
PERIODIC = "duty: d\nfor_each: household\nevery: month\nmet_by: visit\n"
ONCE = PERIODIC + "uses: once\namong: [d, other]\n"


def faults(text: str, other: str = "") -> list[str]:
    files = {**FORMS, "rules/d.yaml": text}
    if other:
        files["rules/other.yaml"] = other
    result = loaded(files)
    return [
        f"{problem.code} {problem.values.get('reason', '')}".strip()
        for problem in result.problems
        if problem.code.startswith("E")
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (EVENT + "pauses: {p: {from: step}}\n", "E103 pause_parts"),
        (EVENT + "pauses: {p: {from: step, until: step, during: away}}\n", "E103 pause_parts"),
        (EVENT + "pauses: {p: {during: step}}\n", "E103 span_form"),
        (EVENT + "pauses: {p: {from: step, until: step, in_all: 2 months}}\n", "E103 countable"),
        (EVENT + "pauses: {p: {from: stp, until: step}}\n", "E102"),
        (PERIODIC + "pauses: {p: {from: visit, until: visit}}\n", "E103 only_deadlines"),
        (EVENT + "extended_by: {form: step}\n", "E103 column_or_by"),
        (EVENT + "extended_by: {form: step, column: days, by: 2 days}\n", "E103 column_or_by"),
        (EVENT + "extended_by: {form: step, column: note}\n", "E103 integer_wanted"),
        (EVENT + "extended_by: {form: step, column: dys}\n", "E102"),
        (EVENT.replace("within: 3 days", "series: {days: [3], weeks: [2]}"), "E103 series"),
        (EVENT.replace("within: 3 days", "series: {days: [-1]}"), "E103 series"),
        (EVENT.replace("within: 3 days", "series: {give: 1 days}"), "E103 series"),
        (EVENT.replace("within: 3 days", "series: {days: [1], give: 2 hours}"), "E103 days"),
        (EVENT.replace("within: 3 days", "series: {days: [1], give: {after: 1 weeks}}"), "E103 days"),
        (EVENT + "series: {days: [3]}\n", "E103 every_or_within"),
        (PERIODIC + "starts: first\n", "E103 only_deadlines"),
        (PERIODIC + "times: -1\n", "E103 negative"),
        (PERIODIC + "times: {2025-01-01: 1, 2026-01-01: -2}\n", "E103 negative"),
        (PERIODIC + "waived_by: {form: visit, times: -1}\n", "E103 negative"),
        (
            EVENT.replace("request", "step").replace("met_by: step", "met_by: visit") + "starts: first\n",
            "E103 starts_link",
        ),
        (PERIODIC + "due_if: {member: at_end, prorate: true}\n", "E103 prorate"),
        (EVENT + "due_if: {prorate: true}\n", "E103 prorate"),
        (PERIODIC.replace("month", "{rolling: 90 days}") + "times: 2\n", "E103 rolling"),
        (PERIODIC.replace("month", "{rolling: 0 days}"), "E103 spacing"),
        (PERIODIC.replace("month", "{rolling: 90 days, day: monday}"), "E103 spacing"),
        (PERIODIC.replace("month", "{roster: awy}"), "E102"),
        (PERIODIC.replace("month", "{roster: away, each: dy}"), "E102"),
        (PERIODIC + "tiers: {t: {every: {roster: away}}}\n", "E103 spacing"),
        (PERIODIC.replace("visit", "{form: meeting, quorum: {at_least: 2, share: 1/2}}"), "E103 quorum"),
        (PERIODIC.replace("visit", "{form: meeting, quorum: {share: 1/2}}"), "E103 quorum"),
        (PERIODIC.replace("visit", "{form: meeting, quorum: {role: nobody, share: 2}}"), "E103 share"),
        (PERIODIC.replace("visit", "{form: meeting, quorum: {role: nobody}}"), "E102"),
        (PERIODIC.replace("visit", "{form: meeting, quorum: {present: note}}"), "E103 refs_wanted"),
        (PERIODIC.replace("visit", "{form: meeting, quorum: {excused: away}}"), "E102"),
        (PERIODIC.replace("visit", "{form: visit, quorum: {at_least: 2}}"), "E102"),
        (PERIODIC + "of_which: {home: {where: {channel: home}}}\n", "E103 at_least_or_share"),
        (
            PERIODIC + "of_which: {home: {where: {channel: home}, at_least: 1, share: 1}}\n",
            "E103 at_least_or_share",
        ),
        (PERIODIC + "of_which: {home: {where: {channel: home}, share: 0}}\n", "E103 share"),
        (PERIODIC + "among: [d]\n", "E103 among"),
        (PERIODIC + "uses: once\namong: [nothing, d]\n", "E102"),
        (PERIODIC + "uses: once\namong: nothing\n", "E102"),
        (EVENT.replace("for_each: request", "for_each: [request, stp]"), "E102"),
    ],
)
def test_each_fault_is_told_by_its_reason(text: str, fault: str) -> None:
    assert any(one == fault or one.startswith(f"{fault} ") for one in faults(text))


def test_each_of_the_duties_that_share_entries_must_say_so() -> None:
    other = ONCE.replace("duty: d", "duty: other")
    assert faults(ONCE, other) == []
    assert "E103 among" in faults(ONCE, other.replace("uses: once\namong: [d, other]\n", ""))
    assert "E103 among" in faults(ONCE, other.replace("every: month", "every: {rolling: 9 days}"))
    assert "E103 among" in faults(ONCE.replace("[d, other]", "[other]"), other)
    circle = other.replace("[d, other]", "[other, d]")
    assert "E110" in [one[:4] for one in faults(ONCE.replace("[d, other]", "[other, d]"), other)]
    assert faults(ONCE, circle) == []


def test_what_goes_together_has_no_fault() -> None:
    full = EVENT.replace("for_each: request", "for_each: [request, {form: request, link: subject}]") + (
        "starts: last\n"
        "pauses:\n"
        "  asked: {from: step, until: step, at_most: 3 working_days, in_all: 2 weeks}\n"
        "  away: {during: away}\n"
        "extended_by: {form: step, column: days, at_most: 2 days, in_all: 4 days, total: 15 days}\n"
    )
    assert faults(full) == []
    assert told(loaded({**FORMS, "rules/d.yaml": EVENT})) == []
