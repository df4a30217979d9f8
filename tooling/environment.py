"""The virtual environment in .venv: made from the locks, mended when a start was interrupted."""

import os
import re
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tooling import stamp
from tooling.terminal import SetupError, Terminal

_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.MULTILINE)
_BUILD_TOOL = "setuptools"
_KEPT_LINES = 8
_NETWORK_SIGNS = ("could not find a version", "no matching", "connection", "name resolution", "timed out")
# A user's pip settings that would put packages elsewhere than into the environment.
_FOREIGN = (
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_REQUIREMENT",
    "PYTHONHOME",
    "PYTHONPATH",
    "__PYVENV_LAUNCHER__",
)


@dataclass(frozen=True, slots=True)
class Ready:
    """A machine on which a command can run: the interpreter and the variables to add."""

    python: Path
    variables: dict[str, str]


def venv_folder(root: Path) -> Path:
    """Where the environment of a checkout stands."""
    return root / ".venv"


def venv_python(venv: Path, platform: str = sys.platform) -> Path:
    """The interpreter of an environment."""
    return venv / "Scripts" / "python.exe" if platform == "win32" else venv / "bin" / "python"


def pins(lock: str) -> list[str]:
    """Names of the packages that a lock pins, in order; one that is pinned twice (by marker) counts once."""
    return list(dict.fromkeys(_PIN.findall(lock)))


def block_of(lock: str, package: str) -> str:
    """The lines of a lock that pin one package, with their hashes.

    Raises:
        ValueError: the lock doesn't pin it.
    """
    found = re.search(rf"^{re.escape(package)}==.*\n(?: .*\n)*", lock, re.MULTILINE)
    if found is None:
        message = f"{package} is not in the lock"
        raise ValueError(message)
    return found.group()


@contextmanager
def only_one(root: Path, terminal: Terminal) -> Iterator[None]:
    """Keep a second start waiting while one sets up; the system frees the lock when a start dies.

    pip inherits the lock: a start that is killed alone leaves pip at work, and nobody may touch .venv before
    that ends.
    """
    folder = root / ".cache"
    folder.mkdir(exist_ok=True)
    with (folder / "setup.lock").open("a+b") as file:
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003 - no keyword there
        if not _lock(file.fileno(), wait=False):
            terminal.step("Another start is setting up; waiting for it")
            _lock(file.fileno(), wait=True)
        yield  # closing the file unlocks it


def _lock(descriptor: int, *, wait: bool) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows only

            os.lseek(descriptor, 0, os.SEEK_SET)
            while True:
                try:
                    msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
                except OSError:
                    if not wait:
                        raise
                    continue  # LK_LOCK gives up after ten seconds
                return True
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def install(root: Path, terminal: Terminal, *, test: bool) -> None:
    """Make `.venv` what the lock says. Call it under `only_one`, when the machine has what a build needs.

    The stamp is the caller's to write, once all is done. An environment without one was interrupted half way:
    pip can't tell a package that was half unpacked from a whole one, so it is made anew.

    Raises:
        SetupError: says which part failed and what to do.
    """
    venv = venv_folder(root)
    lock = root / (stamp.TEST_LOCK if test else stamp.RUNTIME_LOCK)
    text = lock.read_text(encoding="utf-8")
    if stamp.read(venv) is None or not venv_python(venv).exists():
        _make(venv, terminal)
    stamp.remove(venv)
    # durable-rules comes as source. Its build tool comes from the lock too, hashes checked, so that the build
    # fetches nothing by itself.
    tool = root / ".cache" / "build-requirements.txt"
    tool.write_text(block_of(text, _BUILD_TOOL), encoding="utf-8")
    terminal.step(f"Installing {len(pins(text))} Python packages into .venv (about a minute the first time)")
    _pip(venv, tool, total=1, terminal=terminal)
    _pip(venv, lock, total=len(pins(text)), terminal=terminal)
    _show_checkout(venv)


def _make(venv: Path, terminal: Terminal) -> None:
    if venv.is_symlink() or (venv.exists() and not (venv / "pyvenv.cfg").exists() and any(venv.iterdir())):
        message = f"{venv.name} exists and is no virtual environment. Move it away, then start again."
        raise SetupError(message)
    shutil.rmtree(venv, ignore_errors=True)
    terminal.step(f"Making a virtual environment with Python {sys.version.split()[0]}")
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(venv)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env=_environment(),
    )
    if made.returncode:
        lines = made.stdout.strip().splitlines()[-_KEPT_LINES:]
        message = "\n".join(["The virtual environment could not be made:", *(f"  {line}" for line in lines)])
        raise SetupError(message)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return {**kept, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def _pip(venv: Path, requirements: Path, *, total: int, terminal: Terminal) -> None:
    command = [str(venv_python(venv)), "-m", "pip", "install", "--require-hashes", "--no-deps"]
    command += ["--use-pep517", "--no-build-isolation", "--progress-bar", "off", "-r", str(requirements)]
    kept: deque[str] = deque(maxlen=_KEPT_LINES)
    fetched = 0
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=_environment(),
        close_fds=False,  # the lock
    ) as process:
        for line in process.stdout or ():
            words = line.split()
            if words[:1] == ["Collecting"] or words[:2] == ["Requirement", "already"]:
                fetched += 1
                name = words[1] if words[0] == "Collecting" else words[3]
                terminal.progress(f"{min(fetched, total)} of {total}: {name.partition('==')[0]}")
            elif words[:2] == ["Building", "wheel"]:
                terminal.progress(f"compiling {words[3]}")
            elif words[:3] == ["Installing", "collected", "packages:"]:
                terminal.progress("unpacking")
            if line.strip():
                kept.append(line.rstrip())
    if process.returncode:
        raise SetupError(pip_failure(list(kept)))


def pip_failure(lines: list[str]) -> str:
    """What went wrong in an installation, from pip's last lines, and what to do about it."""
    text = "\n".join(lines)
    lines = [line for line in lines if line.lstrip().startswith("ERROR") or "error:" in line] or lines
    if "No space left" in text or "Errno 28" in text:
        remedy = "The disk is full. Free about 1 GB, then start again."
    elif "THESE PACKAGES DO NOT MATCH THE HASHES" in text:
        remedy = (
            "A package isn't the one that was locked. Don't go on; check the package index that pip uses."
        )
    elif "durable" in text and ("Failed building wheel" in text or "error: command" in text):
        remedy = "durable-rules did not compile. See above for the compiler, then start again."
    elif any(sign in text.lower() for sign in _NETWORK_SIGNS):
        remedy = "The package index can't be reached. Check the network and pip's settings, then start again."
    else:
        remedy = "Start again; if it fails again, delete the folder .venv first."
    return "\n".join(["Python packages could not be installed:", *(f"  {line}" for line in lines), remedy])


def _show_checkout(venv: Path) -> None:
    """Make `app` importable from wherever a command is given. A relative path: a checkout may be moved."""
    site = next(venv.glob("lib/python3*/site-packages"), venv / "Lib" / "site-packages")
    up = Path(*[".."] * len(site.relative_to(venv.parent).parts))
    (site / "gridbook.pth").write_text(f"{up}\n", encoding="utf-8")
