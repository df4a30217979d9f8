from tooling.spent import Spent, by_file, cpu, lines

REPORT = """<testsuites><testsuite>
<testcase classname="tests.domain.test_period" name="a" time="0.5"/>
<testcase classname="tests.cli.test_serve" name="b" time="2.0">
<properties><property name="cpu" value="1.25"/><property name="seed" value="7"/></properties></testcase>
<testcase classname="tests.domain.test_period" name="c" time="0.25">
<properties><property name="cpu" value="0.5"/></properties><failure message="no"/></testcase>
</testsuite></testsuites>"""


def test_files_are_told_by_what_their_tests_took_dearest_first() -> None:
    assert by_file(REPORT) == [
        Spent("tests/cli/test_serve.py", 1, 2.0, 1.25),
        Spent("tests/domain/test_period.py", 2, 0.75, 0.5),
    ]


def test_what_a_long_list_leaves_out_is_summed_up() -> None:
    said = lines([Spent(f"tests/test_{n}.py", 2, 1.0, 0.5) for n in range(15)])
    assert said[1].split() == ["1.0", "0.5", "2", "tests/test_0.py"]
    assert said[-1].split() == ["3.0", "1.5", "6", "3", "other", "files"]


def test_what_this_process_used_only_grows() -> None:
    before = cpu()
    sum(range(100_000))
    assert cpu() >= before > 0
