"""A start on a machine that lacks something: what it installs, what it tells, and how it ends. Nothing is installed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tooling import apt, machine, main, stamp
from tooling.environment import Ready, venv_folder, venv_python
from tooling.machine import Lack, Need, System
from tooling.terminal import SetupError, Terminal

COMPILER = Lack(Need.COMPILER, ("gcc", "libc6-dev"))
PANGO = Lack(Need.PANGO, ("libpango-1.0-0",))
FONTS = Lack(Need.FONTS, ("fonts-noto-cjk",))
CHROMIUM = Lack(Need.CHROMIUM, ("chromium",))
BUILD = frozenset({Need.VENV, Need.COMPILER})
APT_SAID = "apt-get could not do it:\n  E: Unable to locate package libpango-1.0-0"
Capture = pytest.CaptureFixture[str]


@dataclass
class Bare:
    """An invented Debian: what it lacks, whether apt may be used and works, and what was done on it."""

    root: Path
    lacks: list[Lack] = field(default_factory=list)
    is_root: bool = True
    has_apt: bool = True
    apt_fails: bool = False
    has_shell: bool = True
    unknown: str = ""
    done: list[str] = field(default_factory=list)
    handed: list[tuple[Ready, list[str]]] = field(default_factory=list)

    def find_lacks(self, *, build: bool, browser: bool) -> list[Lack]:
        asked = set(Need) - (set() if build else BUILD) - (set() if browser else {Need.CHROMIUM})
        return [lack for lack in self.lacks if lack.need in asked]

    def can_install(self) -> bool:
        return self.is_root and self.has_apt

    def apt_install(self, packages: Sequence[str], _terminal: Terminal) -> None:
        self.done.append(f"apt {' '.join(packages)}")
        if self.apt_fails or self.unknown in packages:
            raise SetupError(APT_SAID)
        if machine.SHELL in packages:
            self.has_shell = True
            self.lacks = [lack for lack in self.lacks if lack.need is not Need.CHROMIUM]
        self.lacks = [lack for lack in self.lacks if not set(lack.packages) <= set(packages)]

    def build(self, root: Path, _terminal: Terminal, *, test: bool) -> None:
        assert not {lack.need for lack in self.lacks} & BUILD
        self.done.append("build for tests" if test else "build")
        python = venv_python(venv_folder(root))
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    def hand_over(self, ready: Ready, arguments: list[str]) -> int:
        self.handed.append((ready, arguments))
        return 0

    def start(self, *arguments: str) -> int:
        return main.main(self.root, list(arguments or ("serve",)))

    @property
    def variables(self) -> dict[str, str]:
        return self.handed[-1][0].variables


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bare:
    for lock in (stamp.RUNTIME_LOCK, stamp.TEST_LOCK):
        (tmp_path / lock).write_text("one==1.0\n")
    made = Bare(tmp_path)
    monkeypatch.setattr(machine, "find_lacks", made.find_lacks)
    monkeypatch.setattr(machine, "has_shell", lambda: made.has_shell)
    monkeypatch.setattr(machine, "this_system", lambda: System.DEBIAN)
    monkeypatch.setattr(machine, "is_root", lambda: made.is_root)
    monkeypatch.setattr(machine, "printing_environment", dict)
    monkeypatch.setattr(apt, "can_install", made.can_install)
    monkeypatch.setattr(apt, "install", made.apt_install)
    monkeypatch.setattr(main, "install", made.build)
    monkeypatch.setattr(main, "hand_over", made.hand_over)
    monkeypatch.setattr("sys.platform", "linux")  # on macOS each start looks where Pango stands
    return made


def told(capsys: Capture) -> str:
    """What the start said. Standard output belongs to the command, so nothing may be there."""
    out, said = capsys.readouterr()
    assert (out, "Traceback" in said) == ("", False)
    return said


@pytest.mark.parametrize(("root", "has_apt"), [(False, True), (False, False), (True, False)])
def test_without_a_compiler_and_without_root_or_apt_it_stops_with_3_and_the_command_of_each_system(
    bare: Bare, capsys: Capture, *, root: bool, has_apt: bool
) -> None:
    bare.lacks, bare.is_root, bare.has_apt = [COMPILER], root, has_apt
    assert bare.start() == 3
    lines = told(capsys).splitlines()
    sudo = "" if root else "sudo "
    assert lines[:4] == [
        "Missing: a C compiler with Python's headers.",
        "On Debian, Ubuntu:",
        f"  {sudo}apt-get update",
        f"  {sudo}apt-get install --no-install-recommends -y gcc libc6-dev",
    ]
    assert "  sudo dnf install -y gcc python3-devel" in lines
    assert "  xcode-select --install" in lines
    assert lines[-1] == "Then start again."
    assert (bare.done, bare.handed) == ([], [])


@pytest.mark.parametrize("lacks", [[PANGO], [FONTS], [PANGO, FONTS]])
def test_without_pango_or_fonts_it_starts_with_pdf_off_until_they_are_there(
    bare: Bare, capsys: Capture, lacks: list[Lack]
) -> None:
    bare.lacks, bare.is_root = lacks, False
    assert bare.start("serve", "--port", "1") == 0
    said = told(capsys)
    assert "Printing PDF is off. Missing: " in said
    packages = " ".join(sorted(package for lack in lacks for package in lack.packages))
    assert f"  sudo apt-get install --no-install-recommends -y {packages}\n" in said
    assert (bare.variables, bare.handed[-1][1]) == ({"GRIDBOOK_PDF": "off"}, ["serve", "--port", "1"])
    assert bare.start() == 0  # told again, as long as it is so
    assert "Printing PDF is off." in told(capsys)
    bare.lacks = []  # somebody installed them
    assert bare.start() == 0
    assert (told(capsys), bare.variables, bare.done) == ("", {}, ["build"])


def test_root_with_apt_gets_all_of_it_in_one_go_and_the_next_start_looks_for_nothing(
    bare: Bare, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare.lacks = [FONTS, PANGO, COMPILER]
    assert bare.start() == 0
    assert bare.done == ["apt fonts-noto-cjk gcc libc6-dev libpango-1.0-0", "build"]
    assert told(capsys) == "Set-up is done.\n"
    monkeypatch.delattr(machine, "find_lacks")
    assert bare.start() == 0
    assert (told(capsys), bare.variables, len(bare.done)) == ("", {}, 2)


def test_an_apt_that_fails_is_named_with_what_it_said_and_what_root_can_type(
    bare: Bare, capsys: Capture
) -> None:
    bare.lacks, bare.apt_fails = [COMPILER, PANGO], True
    assert bare.start() == 3
    said = told(capsys)
    assert said.startswith(APT_SAID)
    assert "\n  apt-get install --no-install-recommends -y gcc libc6-dev libpango-1.0-0\n" in said
    assert bare.done == ["apt gcc libc6-dev libpango-1.0-0"]


def test_an_apt_that_fails_on_what_printing_needs_alone_keeps_nothing_from_starting(
    bare: Bare, capsys: Capture
) -> None:
    bare.lacks, bare.apt_fails = [PANGO], True
    assert bare.start() == 0
    said = told(capsys)
    assert said.startswith(APT_SAID)
    assert "Printing PDF is off." in said
    assert bare.variables == {"GRIDBOOK_PDF": "off"}
    bare.start()
    assert bare.done == ["apt libpango-1.0-0", "build"]  # apt isn't asked anew at every start


def test_the_tests_need_a_browser_and_what_prints_and_are_not_begun_without(
    bare: Bare, capsys: Capture
) -> None:
    bare.lacks, bare.is_root = [FONTS, CHROMIUM], False
    assert bare.start("test") == 3
    said = told(capsys)
    assert said.startswith("Missing: a font with all Chinese characters, Chromium.\n")
    assert "  sudo apt-get install --no-install-recommends -y chromium fonts-noto-cjk\n" in said
    assert bare.done == []


def test_the_browser_that_was_installed_is_handed_to_the_tests(
    bare: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare.lacks = [CHROMIUM]
    monkeypatch.setattr(machine, "chromium_path", lambda: "/opt/browser")
    ready = main.ensure(bare.root, Terminal(), test=True)
    assert bare.done == ["apt chromium", "build for tests"]
    assert ready == Ready(venv_python(venv_folder(bare.root)), {"GRIDBOOK_CHROMIUM": "/opt/browser"})


@pytest.mark.parametrize("lacks", [[CHROMIUM, FONTS], [FONTS]])
def test_the_first_tests_bring_the_browser_without_windows_where_apt_has_it(
    bare: Bare, lacks: list[Lack]
) -> None:
    bare.lacks, bare.has_shell = lacks, False
    main.ensure(bare.root, Terminal(), test=True)
    assert bare.done == ["apt chromium-headless-shell fonts-noto-cjk", "build for tests"]


def test_where_apt_does_not_know_the_browser_without_windows_the_tests_have_the_other_one(
    bare: Bare, capsys: Capture
) -> None:
    bare.lacks, bare.has_shell, bare.unknown = [CHROMIUM], False, machine.SHELL
    main.ensure(bare.root, Terminal(), test=True)
    main.ensure(bare.root, Terminal(), test=True)
    assert bare.done == ["apt chromium-headless-shell", "apt chromium", "build for tests"]
    assert "E: " not in told(capsys)
