import sys
from pathlib import Path

import pytest

from tooling import stages
from tooling.environment import Ready
from tooling.stages import LINT, PURE, STAGES, Count, count_report, judge, last_line, parse, run, timing

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"/>
<testcase name="c"><failure message="no"/></testcase>
<testcase name="d"><error message="no"/></testcase>
<testcase name="e"><skipped type="pytest.skip" message="later"/></testcase>
<testcase name="f"><skipped type="pytest.xfail" message="known"/></testcase>
</testsuite></testsuites>"""


def test_a_report_is_counted_and_an_expected_failure_is_neither_passed_nor_skipped() -> None:
    assert count_report(REPORT) == Count(passed=2, failed=2, skipped=1)


def test_a_skipped_test_counts_as_failed_in_continuous_integration_only() -> None:
    counted = Count(passed=5, skipped=2)
    assert judge(counted, 0, strict=False).failed == 0
    assert judge(counted, 0, strict=True).failed == 2


def test_a_process_that_dies_without_a_report_is_a_failure() -> None:
    assert judge(None, -11, strict=False) == Count(failed=1)


def test_an_exit_code_that_no_test_explains_is_a_failure() -> None:
    assert judge(Count(passed=5), 3, strict=False) == Count(passed=5, failed=1)
    assert judge(Count(passed=5, failed=2), 1, strict=False) == Count(passed=5, failed=2)


def test_a_choice_of_tests_that_finds_none_is_no_failure() -> None:
    assert judge(Count(), 5, strict=False) == Count()


def test_a_stage_without_its_tests_is_a_failure(tmp_path: Path) -> None:
    ready = Ready(Path(sys.executable), {})
    plan = parse(["postgres"])
    assert run(tmp_path, ready, plan) == 1


def test_the_last_line_counts_all_stages() -> None:
    assert last_line(Count(3, 1) + Count(4, 0, 2)) == "7 passed, 1 failed"


def test_the_summary_shows_the_time_beside_its_budget() -> None:
    assert timing(PURE, Count(3), 12.34).split() == [
        "pure",
        "3",
        "passed,",
        "0",
        "failed",
        "12.3",
        "s",
        "of",
        "180",
        "s",
    ]
    assert timing(LINT, Count(3), 61).endswith("over its budget")


def test_without_options_everything_runs() -> None:
    plan = parse([])
    assert plan.stages == STAGES
    assert plan.is_whole


def test_stages_run_in_their_order_whatever_the_order_asked_for() -> None:
    assert [stage.name for stage in parse(["ui", "lint"]).stages] == ["lint", "ui"]
    assert not parse(["ui", "lint"]).is_whole


def test_options_after_two_dashes_go_to_pytest_and_leave_lint_out() -> None:
    plan = parse(["--long", "--", "-k", "duty"])
    assert plan.long
    assert plan.pytest == ("-k", "duty")
    assert LINT not in plan.stages
    assert not plan.is_whole


def test_an_unknown_stage_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["unit"])
    assert ended.value.code == 2
    assert "there are lint, pure, ui, browser, postgres" in capsys.readouterr().err


def test_every_budget_is_that_of_the_project() -> None:
    assert {stage.name: stage.seconds for stage in STAGES} == {
        "lint": 60,
        "pure": 180,
        "ui": 60,
        "browser": 180,
        "postgres": 60,
    }


def test_bytecode_is_kept_whatever_the_shell_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    variables = stages._environment(tmp_path, Ready(Path(sys.executable), {"A": "1"}), {"B": "2"})
    assert variables["PYTHONDONTWRITEBYTECODE"] == ""
    assert Path(variables["PYTHONPYCACHEPREFIX"]).is_relative_to(tmp_path / ".cache")
    assert (variables["A"], variables["B"]) == ("1", "2")


def test_checks_run_two_at_a_time_and_tell_what_they_said_in_their_order(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, code in (
        ("quick", "print('nothing wrong')"),
        ("mypy", "print('a fault'); raise SystemExit(1)"),
    ):
        (tmp_path / f"{name}.py").write_text(code)
    checks = (("first", ("quick",)), ("types", ("mypy",)), ("last", ("quick",)))
    monkeypatch.setattr(stages, "CHECKS", checks)
    assert stages._check(tmp_path, Ready(Path(sys.executable), {})) == Count(passed=2, failed=1)
    said = "— first\nnothing wrong\n— types\na fault\n— last\nnothing wrong\n"
    assert capfd.readouterr().out.replace("\r\n", "\n") == said
