"""Where the time of a stage goes: its files by what they cost, from the report that pytest writes of it."""

import os
import xml.etree.ElementTree as ET
from dataclasses import dataclass

CPU = "cpu"
"""The property of a test in a report: CPU seconds of its process, and of those that it started and that have ended."""
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Spent:
    """What the tests of a file took: seconds by the clock, and of the processor."""

    file: str
    tests: int
    seconds: float
    cpu: float


def cpu() -> float:
    """Return the CPU seconds of this process and of those that it started and that have ended; on Windows its own."""
    return sum(os.times()[:4])


def by_file(xml: str) -> list[Spent]:
    """Return the files of a report in JUnit's format, dearest by the clock first."""
    found: dict[str, Spent] = {}
    for case in ET.fromstring(xml).iter("testcase"):  # noqa: S314 - written by our own pytest
        file = case.get("classname", "").replace(".", "/") + ".py"
        of = found.get(file, Spent(file, 0, 0.0, 0.0))
        taken = sum(float(one.get("value", 0)) for one in case.iter("property") if one.get("name") == CPU)
        found[file] = Spent(file, of.tests + 1, of.seconds + float(case.get("time", 0)), of.cpu + taken)
    return sorted(found.values(), key=lambda one: (-one.seconds, one.file))


def lines(files: list[Spent]) -> list[str]:
    """Return what to print of a stage: its dearest files and what is left."""
    shown, rest = files[:_SHOWN], files[_SHOWN:]
    if rest:
        left = Spent(
            f"{len(rest)} other files",
            sum(one.tests for one in rest),
            sum(one.seconds for one in rest),
            sum(one.cpu for one in rest),
        )
        shown = [*shown, left]
    head = "  by file: seconds by the clock, of CPU, tests"
    return [head, *(f"  {one.seconds:8.1f} {one.cpu:7.1f} {one.tests:5} {one.file}" for one in shown)]
