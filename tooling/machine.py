"""What this machine has and lacks, and the exact command that adds what it lacks."""

import ctypes
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from importlib.util import find_spec
from pathlib import Path

SHELL = "chromium-headless-shell"
"""Chromium without windows, as Debian calls the package and the program: the tests' pages take half as long in it."""
CHROMIUM_NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "chrome")
# Characters of real names that partial Chinese fonts lack, one beyond 16 bits: a font's name proves nothing.
_RARE_CHARACTERS = "5586 2cb4e"
_LINUX_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
_MAC_LIBRARY_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib", "/opt/local/lib")
_MSYS_FOLDER = r"C:\msys64\mingw64\bin"


class Need(Enum):
    """What a set-up can lack. The value is how a person calls it."""

    VENV = "Python's venv module"
    COMPILER = "a C compiler with Python's headers"
    PANGO = "Pango"
    FONTS = "a font with all Chinese characters"
    CHROMIUM = "Chromium"


PRINTING = frozenset({Need.PANGO, Need.FONTS})
"""Without these the app runs and prints no PDF."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing, and the Debian packages that bring it (empty: Debian has none for this Python)."""

    need: Need
    packages: tuple[str, ...]


class System(Enum):
    """The systems whose commands are known."""

    DEBIAN = "Debian, Ubuntu"
    FEDORA = "Fedora"
    MACOS = "macOS"
    WINDOWS = "Windows"
    OTHER = "this system"


def system_of(platform: str, os_release: str) -> System:
    """Which system: `platform` as in sys.platform, `os_release` the text of /etc/os-release or empty."""
    if platform == "win32":
        return System.WINDOWS
    if platform == "darwin":
        return System.MACOS
    values = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    names = f"{values.get('ID', '')} {values.get('ID_LIKE', '')}".replace('"', "").split()
    if {"debian", "ubuntu"} & set(names):
        return System.DEBIAN
    return System.FEDORA if {"fedora", "rhel", "centos"} & set(names) else System.OTHER


def this_system() -> System:
    """The system that runs this."""
    release = Path("/etc/os-release")
    return system_of(sys.platform, release.read_text(errors="replace") if release.exists() else "")


_COMMANDS: dict[System, dict[Need, tuple[str, ...]]] = {
    System.DEBIAN: {  # when another system looks: Debian itself says exactly what it lacks
        Need.VENV: ("python3-venv",),
        Need.COMPILER: ("gcc", "libc6-dev", "python3-dev"),
        Need.PANGO: tuple(_LINUX_LIBRARIES.values()),
        Need.FONTS: ("fontconfig", "fonts-noto-cjk"),
        Need.CHROMIUM: ("chromium",),
    },
    System.FEDORA: {
        Need.VENV: ("python3-libs",),
        Need.COMPILER: ("gcc", "python3-devel"),
        Need.PANGO: ("pango", "harfbuzz"),
        Need.FONTS: ("google-noto-sans-cjk-fonts", "fontconfig"),
        Need.CHROMIUM: ("chromium",),
    },
}


def command_for(system: System, lacks: Iterable[Lack]) -> list[str]:
    """The lines to type on `system` so that nothing of `lacks` is missing any more; sorted, no package twice.

    macOS and Windows have Chinese fonts, so fonts are never lacking there.
    """
    found = list(lacks)
    needs = {lack.need for lack in found}
    if system is System.DEBIAN:
        named = (lack.packages or _COMMANDS[system][lack.need] for lack in found)
        packages = " ".join(sorted({package for some in named for package in some}))
        return [
            "sudo apt-get update",
            f"sudo apt-get install --no-install-recommends -y {packages}",
        ]
    if system is System.FEDORA:
        packages = " ".join(sorted({name for need in needs for name in _COMMANDS[system][need]}))
        return [f"sudo dnf install -y {packages}"]
    if system is System.MACOS:
        lines = {
            Need.VENV: "brew install python@3.12",
            Need.COMPILER: "xcode-select --install",
            Need.PANGO: "brew install pango",
            Need.CHROMIUM: "brew install --cask chromium",
        }
        return [lines[need] for need in Need if need in needs & lines.keys()]
    if system is System.WINDOWS:
        tools = "--override '--passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended'"
        steps: dict[Need, tuple[str, ...]] = {
            Need.VENV: ("winget install Python.Python.3.12",),
            Need.COMPILER: (f"winget install Microsoft.VisualStudio.2022.BuildTools {tools}",),
            Need.PANGO: (
                "winget install MSYS2.MSYS2",
                r"C:\msys64\usr\bin\pacman -S --noconfirm mingw-w64-x86_64-pango",
                f"setx WEASYPRINT_DLL_DIRECTORIES {_MSYS_FOLDER}",
            ),
            Need.CHROMIUM: ("winget install Hibbiki.Chromium",),
        }
        return [line for need in Need if need in needs for line in steps.get(need, ())]
    return []


def is_root() -> bool:
    """Whether this runs as root, who needs no sudo and on a bare machine has none; never on Windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def advice(system: System, lacks: Iterable[Lack], *, root: bool = False) -> str:
    """What is missing and the commands that bring it: this system's first, then those of the other known ones.

    With `root` this system's commands are those of root, without sudo.
    """
    found = list(lacks)
    missing = ", ".join(need.value for need in Need if need in {lack.need for lack in found})
    others = [one for one in System if one not in {system, System.OTHER}]
    lines = [f"Missing: {missing}."]
    for one in [system, *others]:
        commands = command_for(one, found)
        if root and one is system:
            commands = [line.removeprefix("sudo ") for line in commands]
        if commands:
            lines += [f"On {one.value}:", *(f"  {line}" for line in commands)]
    return "\n".join(lines)


# ------------------------------------------------------------------ looking


def python_package(version: tuple[int, int], default: tuple[int, int] | None, suffix: str) -> str:
    """The Debian package of a system Python: `python3-dev` for the default one, else `python3.12-dev`."""
    return f"python3-{suffix}" if version == default else f"python{version[0]}.{version[1]}-{suffix}"


def _debian_default() -> tuple[int, int] | None:
    link = Path("/usr/bin/python3")
    name = link.resolve().name if link.exists() else ""
    try:
        major, minor = name.removeprefix("python").split(".")
        return int(major), int(minor)
    except ValueError:
        return None


def find_venv(present: Callable[[str], object | None] = find_spec) -> Lack | None:
    """Debian splits ensurepip off into python3-venv; without it a virtual environment has no pip."""
    if present("venv") and present("ensurepip"):
        return None
    return Lack(Need.VENV, (python_package(sys.version_info[:2], _debian_default(), "venv"),))


def find_compiler() -> Lack | None:
    """Compile against Python.h: that needs the compiler, libc's headers and Python's, all at once."""
    if sys.platform == "win32":
        return None  # where MSVC stands is setuptools' business; a failing build tells the command
    include = sysconfig.get_paths()["include"]
    compiler = shutil.which("gcc") or shutil.which("cc") or shutil.which("clang")
    if compiler is not None:
        attempt = subprocess.run(
            [compiler, "-fsyntax-only", "-x", "c", f"-I{include}", "-"],
            input=b"#include <Python.h>\n",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if attempt.returncode == 0:
            return None
    packages = ["gcc", "libc6-dev"]
    if not Path(include, "Python.h").exists() and sys.base_prefix == "/usr":
        packages.append(python_package(sys.version_info[:2], _debian_default(), "dev"))
    return Lack(Need.COMPILER, tuple(packages))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _mac_folder() -> str | None:
    folders = (folder for folder in _MAC_LIBRARY_FOLDERS if Path(folder, "libpango-1.0.dylib").exists())
    return next(folders, None)


def find_pango() -> Lack | None:
    """The libraries that WeasyPrint opens by name."""
    if sys.platform == "darwin":
        return None if _mac_folder() else Lack(Need.PANGO, ())
    if sys.platform == "win32":
        folders = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", _MSYS_FOLDER).split(os.pathsep)
        there = any(Path(folder, "libpango-1.0-0.dll").exists() for folder in folders)
        return None if there else Lack(Need.PANGO, ())
    packages = [package for library, package in _LINUX_LIBRARIES.items() if not _loads(library)]
    return Lack(Need.PANGO, tuple(packages)) if packages else None


def find_fonts() -> Lack | None:
    """A Chinese font with rare characters too; macOS and Windows bring one."""
    if sys.platform in {"darwin", "win32"}:
        return None
    tool = shutil.which("fc-list")
    if tool is None:
        return Lack(Need.FONTS, ("fontconfig", "fonts-noto-cjk"))
    pattern = f":lang=zh-cn:charset={_RARE_CHARACTERS}"
    listed = subprocess.run([tool, pattern, "family"], stdout=subprocess.PIPE, check=False)
    return None if listed.stdout.strip() else Lack(Need.FONTS, ("fonts-noto-cjk",))


def chromium_path() -> str | None:
    """The browser of the tests: what GRIDBOOK_CHROMIUM names, else the first that is installed."""
    named = os.environ.get("GRIDBOOK_CHROMIUM")
    if named:
        return named
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def has_shell() -> bool:
    """Whether the tests have the quicker browser, or one that the user named."""
    return bool(os.environ.get("GRIDBOOK_CHROMIUM")) or shutil.which(SHELL) is not None


def find_chromium() -> Lack | None:
    """A Chromium of the system: Playwright downloads none."""
    return None if chromium_path() else Lack(Need.CHROMIUM, ("chromium",))


def printing_environment() -> dict[str, str]:
    """Variables with which WeasyPrint finds Pango where a system keeps it apart."""
    folder = _mac_folder() if sys.platform == "darwin" else None
    if folder and "DYLD_FALLBACK_LIBRARY_PATH" not in os.environ:
        return {"DYLD_FALLBACK_LIBRARY_PATH": folder}
    return {}


def find_lacks(*, build: bool, browser: bool) -> list[Lack]:
    """All that is missing here; `build` and `browser` say whether a compiler and Chromium are needed."""
    found = [find_venv() if build else None, find_compiler() if build else None, find_pango(), find_fonts()]
    found.append(find_chromium() if browser else None)
    return [lack for lack in found if lack is not None]
