from pathlib import Path

import pytest

from tooling import machine
from tooling.machine import Lack, Need, System, advice, command_for, python_package, system_of

ALL = [
    Lack(Need.VENV, ("python3-venv",)),
    Lack(Need.COMPILER, ("gcc", "libc6-dev", "python3-dev")),
    Lack(Need.PANGO, ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")),
    Lack(Need.FONTS, ("fontconfig", "fonts-noto-cjk")),
    Lack(Need.CHROMIUM, ("chromium",)),
]


@pytest.mark.parametrize(
    ("platform", "release", "expected"),
    [
        ("linux", "ID=debian\nVERSION_ID=12", System.DEBIAN),
        ("linux", 'ID=linuxmint\nID_LIKE="ubuntu debian"', System.DEBIAN),
        ("linux", "ID=fedora", System.FEDORA),
        ("linux", 'ID="rocky"\nID_LIKE="rhel centos fedora"', System.FEDORA),
        ("linux", "ID=arch", System.OTHER),
        ("linux", "", System.OTHER),
        ("darwin", "", System.MACOS),
        ("win32", "", System.WINDOWS),
    ],
)
def test_the_system_is_told_by_its_own_names(platform: str, release: str, expected: System) -> None:
    assert system_of(platform, release) is expected


def test_debian_gets_one_command_with_exactly_what_is_missing() -> None:
    assert command_for(System.DEBIAN, ALL[:2]) == [
        "sudo apt-get update",
        "sudo apt-get install --no-install-recommends -y gcc libc6-dev python3-dev python3-venv",
    ]


def test_fedora_gets_its_own_package_names() -> None:
    assert command_for(System.FEDORA, ALL[1:4]) == [
        "sudo dnf install -y fontconfig gcc google-noto-sans-cjk-fonts harfbuzz pango python3-devel"
    ]


def test_macos_gets_brew_and_apple_s_compiler() -> None:
    assert command_for(System.MACOS, ALL[1:3]) == ["xcode-select --install", "brew install pango"]


def test_windows_gets_msys2_s_pango_and_the_folder_where_weasyprint_finds_it() -> None:
    lines = command_for(System.WINDOWS, ALL[2:3])
    assert lines[1] == r"C:\msys64\usr\bin\pacman -S --noconfirm mingw-w64-x86_64-pango"
    assert lines[2] == r"setx WEASYPRINT_DLL_DIRECTORIES C:\msys64\mingw64\bin"


@pytest.mark.parametrize("system", [System.DEBIAN, System.FEDORA, System.MACOS, System.WINDOWS])
@pytest.mark.parametrize("lack", ALL, ids=lambda lack: str(lack.need.name))
def test_everything_that_can_be_missing_has_a_command_where_it_can_be_missing(
    system: System, lack: Lack
) -> None:
    brings_fonts = system in {System.MACOS, System.WINDOWS} and lack.need is Need.FONTS
    assert bool(command_for(system, [lack])) is not brings_fonts


def test_advice_names_what_is_missing_and_this_systems_command_before_the_others() -> None:
    said = advice(System.FEDORA, ALL[2:3]).splitlines()
    assert said[:3] == ["Missing: Pango.", "On Fedora:", "  sudo dnf install -y harfbuzz pango"]
    assert [line for line in said if line.startswith("On ")][1:] == [
        "On Debian, Ubuntu:", "On macOS:", "On Windows:"]  # fmt: skip


@pytest.mark.parametrize("system", list(System))
def test_advice_shows_the_commands_of_all_known_systems_once(system: System) -> None:
    said = advice(system, ALL)
    for name in ("On Debian, Ubuntu:", "On Fedora:", "On macOS:", "On Windows:"):
        assert said.count(name) == 1


def test_what_another_system_lacks_without_a_packages_name_has_debians_own() -> None:
    said = advice(System.MACOS, [Lack(Need.PANGO, ())])
    assert "  sudo apt-get install --no-install-recommends -y libharfbuzz-subset0 libpango-1.0-0" in said


def test_the_default_python_of_debian_has_packages_without_a_minor_version() -> None:
    assert python_package((3, 11), (3, 11), "dev") == "python3-dev"
    assert python_package((3, 12), (3, 11), "venv") == "python3.12-venv"


def test_python_without_ensurepip_lacks_venv() -> None:
    assert machine.find_venv(lambda name: None if name == "ensurepip" else name) is not None
    assert machine.find_venv(lambda name: name) is None


def test_without_a_compiler_the_packages_that_bring_one_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    lack = machine.find_compiler()
    assert lack is not None
    assert lack.need is Need.COMPILER
    assert {"gcc", "libc6-dev"} <= set(lack.packages)


def test_a_compiler_that_does_not_find_the_headers_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiler = tmp_path / "gcc"
    compiler.write_text("#!/bin/sh\necho 'stdio.h: No such file' >&2; exit 1\n")
    compiler.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert machine.find_compiler() is not None


def test_without_fontconfig_or_with_a_partial_font_the_fonts_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert machine.find_fonts() == Lack(Need.FONTS, ("fontconfig", "fonts-noto-cjk"))
    tool = tmp_path / "fc-list"
    tool.write_text("#!/bin/sh\nexit 0\n")  # lists no font that has the characters
    tool.chmod(0o755)
    assert machine.find_fonts() == Lack(Need.FONTS, ("fonts-noto-cjk",))


def test_the_browser_can_be_named_by_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("GRIDBOOK_CHROMIUM", raising=False)
    assert machine.find_chromium() == Lack(Need.CHROMIUM, ("chromium",))
    monkeypatch.setenv("GRIDBOOK_CHROMIUM", "/opt/browser")
    assert machine.find_chromium() is None
