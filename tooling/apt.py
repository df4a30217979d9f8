"""Installs Debian packages as root, with progress from apt's status lines."""

import os
import shutil
import subprocess
from collections import deque
from collections.abc import Sequence

from tooling.machine import is_root
from tooling.terminal import SetupError, Terminal

_OPTIONS = ("-y", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "APT::Status-Fd=1", "-o", "Acquire::Retries=2")
_KEPT_LINES = 6


def can_install() -> bool:
    """Whether packages can be installed from here: root on a system with apt."""
    return is_root() and shutil.which("apt-get") is not None


def percent(line: str) -> tuple[str, float] | None:
    """What a status line of apt says: its kind and the percent from 0 to 100; None for other lines."""
    kind, *rest = line.split(":", 3)
    if kind not in {"dlstatus", "pmstatus"} or len(rest) < 2:  # noqa: PLR2004 - kind:item:percent:text
        return None
    try:
        return kind, float(rest[1])
    except ValueError:
        return None


def _run(arguments: Sequence[str], terminal: Terminal) -> None:
    words = {"dlstatus": "fetching", "pmstatus": "installing"}
    kept: deque[str] = deque(maxlen=_KEPT_LINES)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        ["apt-get", *_OPTIONS, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environment,
    ) as process:
        for line in process.stdout or ():
            status = percent(line)
            if status:
                terminal.progress(f"{words[status[0]]} {status[1]:.0f} %")
            elif line.startswith(("E:", "W:", "Err:", "dpkg: error")):
                kept.append(line.rstrip())
    if process.returncode:
        message = "\n".join(["apt-get could not do it:", *(f"  {line}" for line in kept)])
        raise SetupError(message)


def install(packages: Sequence[str], terminal: Terminal) -> None:
    """Fetch the package lists and install `packages`.

    Raises:
        SetupError: apt-get failed; says what apt-get said.
    """
    terminal.step("Fetching Debian's package lists")
    _run(["update"], terminal)
    terminal.step(f"Installing from Debian: {' '.join(packages)}")
    _run(["install", "--no-install-recommends", *packages], terminal)
