"""The example of docs/plugins.md is true: its module, its files and its case run as they stand there."""

import re
import types
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.engine import DurableDecider
from app.services.cases import run_cases
from tests.plugins.conftest import Install
from tests.services.declared import FILES, Told, regulation_of, told

TEXT = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text(encoding="utf-8")
FENCED = dict(re.findall(r"^```\w+\n# (\S+)\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE))
DECLARED = {path: body for path, body in FENCED.items() if not path.endswith((".py", ".case.yaml"))}


@pytest.fixture
def acme(install: Install) -> None:
    """The example's package, installed."""
    module = types.ModuleType("acme_points")
    exec(compile(FENCED["acme_points.py"], "acme_points.py", "exec"), module.__dict__)  # noqa: S102 - our own text
    install(version="1.4", acme=module)


@pytest.mark.usefixtures("acme")
def test_the_examples_case_passes_by_the_rules_engine() -> None:
    regulation = regulation_of(
        {**FILES, **DECLARED, "rules/seen_often.case.yaml": FENCED["rules/seen_often.case.yaml"]}
    )
    assert regulation.plugins == {"acme": "1.4"}
    assert regulation.indicators["good_marks"].measure == "share_of_good{good=4}"
    with DurableDecider() as decider:
        (result,) = run_cases(regulation, regulation.cases, decider)
    assert result.problems == ()


@pytest.mark.usefixtures("acme")
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(visits=st.lists(st.tuples(st.integers(1, 12), st.integers(0, 23), st.booleans()), max_size=8))
def test_entries_that_come_one_by_one_give_what_they_give_together(
    visits: list[tuple[int, int, bool]],
) -> None:
    declared = "\n---\n".join(f"{body}" for path, body in DECLARED.items() if path.startswith("rules/"))
    duty = "met_by: {form: visit, method: once_a_day, where: {met: true}}"
    declared = declared.replace("met_by: {form: visit, method: once_a_day}", duty)
    rows = [
        "- {form: household, at: 2024-06-01, subject: h1, grid: c1/g1}",
        *(
            f'- {{form: visit, at: "2025-01-{day:02} {hour:02}:30", by: w1, subject: h1, channel: home'
            + (", met: true}" if known else "}")
            for day, hour, known in visits
        ),
    ]
    files = {"config/plugins.yaml": DECLARED["config/plugins.yaml"]}
    case: Told = told(declared, "\n".join(rows), as_of="2025-03-01", files=files)
    (found,) = case.rows("seen_often", subject="h1", window="2025-01")
    assert found["counted"] == len({day for day, _, known in visits if known})
    assert found["possible"] == len({day for day, _, _ in visits})
