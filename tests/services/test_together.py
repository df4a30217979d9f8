"""What one act recorded is taken back as a whole."""

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.entry import RETRACTION, Entry
from app.services.together import act_id, made_with, taken_back

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def test_each_retraction_stands_where_the_entry_does_that_it_takes_back() -> None:
    made = [
        Entry(act_id("a1", number), f"c1/g{number}", "household", NOW, "w1", NOW, {}, f"h{number}")
        for number in range(3)
    ]
    first = replace(made[0], id="gone-0001", form=RETRACTION, supersedes=made[0].id)
    back = taken_back(first, made_with({one.id: one for one in made}, made[0]).going)
    assert [(one.id, one.place, one.subject, one.supersedes) for one in back] == [
        ("gone-0001", "c1/g0", "h0", made[0].id),
        ("gone-0001-1", "c1/g1", "h1", made[1].id),
        ("gone-0001-2", "c1/g2", "h2", made[2].id),
    ]
    assert {one.form for one in back} == {RETRACTION}
