"""Ensures the set-up that a command needs, then hands over to it."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tooling import stamp
from tooling.environment import Ready, install, only_one, venv_folder, venv_python
from tooling.terminal import SetupError, Terminal

if TYPE_CHECKING:
    from tooling.machine import Lack

SETUP_FAILED = 3
INTERRUPTED = 130


def _install_packages(packages: list[str], terminal: Terminal) -> str:
    """Try apt; returns what it said if it failed, else nothing."""
    from tooling import apt  # noqa: PLC0415 - rarely needed, and each start pays for imports

    if not packages or not apt.can_install():
        return ""
    try:
        apt.install(packages, terminal)
    except SetupError as fault:
        return str(fault)
    return ""


def _quicker_browser(lacks: "list[Lack]", terminal: Terminal) -> bool:
    """Try to install all that is missing with the browser that tests are quickest in; whether apt was asked.

    Nobody needs it, so nothing is said of an apt that hasn't it; where it has, Chromium itself isn't needed.
    """
    from tooling import apt, machine  # noqa: PLC0415 - each start pays for imports

    if machine.has_shell() or not apt.can_install():
        return False
    others = {
        package for lack in lacks if lack.need is not machine.Need.CHROMIUM for package in lack.packages
    }
    _install_packages(sorted({*others, machine.SHELL}), terminal)
    return True


def ensure(root: Path, terminal: Terminal, *, test: bool) -> Ready:
    """Do what is not done yet of the set-up; quiet and quick when there is nothing to do.

    Raises:
        SetupError: something that can't be done without is missing; the message tells the command.
    """
    venv = venv_folder(root)
    found = stamp.found(root, venv, test=test)
    if found and found.printing and not test and sys.platform != "darwin" and venv_python(venv).exists():
        return Ready(venv_python(venv), {})
    with only_one(root, terminal):
        return _set_up(root, terminal, test=test)


def _set_up(root: Path, terminal: Terminal, *, test: bool) -> Ready:
    from tooling import machine  # noqa: PLC0415 - each start pays for imports

    venv = venv_folder(root)
    found = stamp.found(root, venv, test=test)
    build = found is None or not venv_python(venv).exists()
    lacks = machine.find_lacks(build=build, browser=test)
    if test and build and _quicker_browser(lacks, terminal):
        lacks = machine.find_lacks(build=build, browser=test)
    packages = sorted({package for lack in lacks for package in lack.packages})
    if packages and (build or test):  # a machine that runs without PDF isn't asked anew at every start
        said = _install_packages(packages, terminal)
        lacks = machine.find_lacks(build=build, browser=test)
        if said and lacks:
            terminal.say(said)
    blocking = lacks if test else [lack for lack in lacks if lack.need not in machine.PRINTING]
    advice = machine.advice(machine.this_system(), lacks, root=machine.is_root())
    if blocking:
        raise SetupError(f"{advice}\nThen start again.")
    if build:
        install(root, terminal, test=test)
    done = replace(found or stamp.wanted(root, venv, test=test), printing="" if lacks else "yes")
    if done != found:
        stamp.write(venv, done)
    if build:
        terminal.say("Set-up is done.")
    variables = machine.printing_environment()
    if lacks:
        terminal.say(f"Printing PDF is off. {advice}")
        variables["GRIDBOOK_PDF"] = "off"
    chromium = machine.chromium_path() if test else None
    if chromium:
        variables["GRIDBOOK_CHROMIUM"] = chromium
    return Ready(venv_python(venv), variables)


def hand_over(ready: Ready, arguments: list[str]) -> int:  # noqa: RET503 - execve returns never
    """Become the app. `-P`: a folder `app` where the user stands must not be taken for ours."""
    command = [str(ready.python), "-P", "-m", "app.cli", *arguments]
    environment = {**os.environ, **ready.variables}
    if sys.platform == "win32":
        return _wait_for(command, environment)
    sys.stdout.flush()
    os.execve(command[0], command, environment)  # noqa: S606 - replaces this process, no shell wanted


def _wait_for(command: list[str], environment: dict[str, str]) -> int:
    """Windows can't replace a process: start it and pass on how it ends."""
    with subprocess.Popen(command, env=environment) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the app got it too and ends in its own way


def main(root: Path, arguments: list[str]) -> int:
    """Run a command that is known to exist; returns the exit code (3: the set-up can't go on)."""
    terminal = Terminal()
    test = arguments[0] == "test"
    try:
        if test:
            from tooling import stages  # noqa: PLC0415 - each start pays for imports

            plan = stages.parse(arguments[1:])
            return stages.run(root, ensure(root, terminal, test=True), plan)
        return hand_over(ensure(root, terminal, test=False), arguments)
    except SetupError as fault:
        terminal.say(str(fault))
    except KeyboardInterrupt:
        terminal.say("Interrupted. The next start goes on from here.")
        return INTERRUPTED
    except OSError as fault:
        terminal.say(f"{fault.strerror or fault}: {fault.filename or root}\n{remedy(fault)}")
    return SETUP_FAILED


def remedy(fault: OSError) -> str:
    """What to do about a file that can't be read or written."""
    import errno  # noqa: PLC0415 - each start pays for imports

    if fault.errno == errno.ENOSPC:
        return "The disk is full. Free about 1 GB, then start again."
    if fault.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            "gridbook writes into its own folder. Give yourself the right to, or clone it where you have it."
        )
    return "Start again; if it fails again, clone gridbook anew."
