"""Processes by name: whether one of this machine is gone; of another machine nobody knows."""

import os
import subprocess
import sys

import pytest

from app.ledger.processes import is_gone, this_process


def test_this_process_is_there_and_an_earlier_one_of_its_number_is_gone() -> None:
    name = this_process()
    assert not is_gone(name)
    assert is_gone(name.rpartition("/")[0] + "/another")


def test_a_process_that_ended_is_gone_and_one_that_goes_on_is_not() -> None:
    machine = this_process().rpartition("/")[0].rpartition("/")[0]
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert not is_gone(f"{machine}/{child.pid}/x")
        child.communicate(b"\n")
    assert is_gone(f"{machine}/{child.pid}/x")
    assert not is_gone(f"{machine}/{os.getppid()}/x")


@pytest.mark.parametrize("name", ["", "elsewhere/1/x", "1", "//", "a/b/c", f"{'x' * 300}/99999999/y"])
def test_of_other_machines_and_other_names_nothing_is_known(name: str) -> None:
    assert not is_gone(name)
