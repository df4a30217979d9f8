"""`coverage`: what carries each item of the documents, told with its place."""

import re
from pathlib import Path

from tests.cli.conftest import PLACE, Run


def test_each_item_of_the_document_that_a_place_follows_is_told_with_what_carries_it(run: Run) -> None:
    done = run("coverage", "--place", PLACE)
    items = re.findall(r"^(S\d-\d\d)  ", done.stdout, re.MULTILINE)
    assert items == [f"S1-{number:02}" for number in range(1, 63)]
    assert re.search(
        r"^S1-26  Visit cadence\n    Ordinary households: .+\n    form  forms/visit.yaml:\d+  Visit\n",
        done.stdout,
        re.MULTILINE,
    )
    assert "duty  rules/home_visit.yaml:1  Home visit" in done.stdout
    assert "Visit cadence: 6 of 6" in done.stdout


def test_an_item_that_nothing_carries_any_more_ends_the_command_with_a_fault_at_the_item(
    run: Run, whole_files: Path
) -> None:
    for path in ("forms/visit.yaml", "rules/phone_call.yaml", "rules/phone_coverage.yaml"):
        file = whole_files / path
        file.write_text(file.read_text("utf-8").replace("S1-27, ", "").replace("[S1-27]", "[]"), "utf-8")
    done = run("coverage", variables={"GRIDBOOK_FILES": str(whole_files)})
    assert done.returncode == 1
    assert re.search(r"config/inventories/s1.yaml:\d+:3: E580 Nothing carries S1-27", done.stderr)
    assert re.search(r"config/inventories/s0.yaml:\d+:3: E580 Nothing carries S0-27", done.stderr)
    assert "Traceback" not in done.stderr


def test_coverage_speaks_the_readers_language(run: Run, whole_files: Path) -> None:
    """What the items say, and what is wrong."""
    (whole_files / "rules" / "team_activities.case.yaml").unlink()
    for language, words, said in (
        ("zh", "没有案例", "普通户每半年上门走访一次"),
        ("en", "No case", "Ordinary households: home visit once every half-year"),
        ("es", "Ningún caso", "Hogares corrientes: una visita a domicilio cada semestre"),
    ):
        variables = {"GRIDBOOK_FILES": str(whole_files)}
        done = run("coverage", "--place", PLACE, "--language", language, variables=variables)
        assert (done.returncode, words in done.stderr, said in done.stdout) == (1, True, True), language
