"""Every block of the README but `test` runs, in its order, and both languages have the same ones."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run, copied
from tests.fakes.shipped import share_loads

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(readme: str) -> list[str]:
    return [
        line for block in BLOCK.findall((ROOT / readme).read_text("utf-8")) for line in block.splitlines()
    ]


def test_both_readmes_have_the_two_commands_first_and_the_same_ones_after() -> None:
    assert commands("README.md") == commands("README.zh-CN.md")
    assert commands("README.md")[:2] == ["./gridbook serve", "./gridbook test"]
    for readme in ("README.md", "README.zh-CN.md"):
        first_screen = "\n".join((ROOT / readme).read_text("utf-8").splitlines()[:24])
        assert "./gridbook serve" in first_screen
        assert "./gridbook test" in first_screen


def test_every_picture_and_page_that_the_readmes_name_is_there() -> None:
    for readme in ("README.md", "README.zh-CN.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / readme).read_text("utf-8")):
            assert (ROOT / target).exists(), target


@pytest.mark.uncounted  # what it repeats is counted where it is tried once (docs/adr/0083)
def test_every_command_of_the_readme_but_test_runs_as_it_does_for_a_user(
    process: Run, run: Run, tmp_path: Path
) -> None:
    files = copied(tmp_path / "files")
    begin = datetime.now(UTC).date() - timedelta(days=14)
    for scenario in files.rglob("scenario.yaml"):  # weeks instead of years: the same commands, sooner done
        shortened = re.sub(r"^from: .*$", f"from: {begin}", scenario.read_text("utf-8"), flags=re.MULTILINE)
        scenario.write_text(shortened, "utf-8")
    variables = {"GRIDBOOK_FILES": str(files)}
    serve, test, *others = commands("README.md")
    assert (serve, test) == ("./gridbook serve", "./gridbook test")
    for line in others:
        name, *arguments = shlex.split(line)
        assert name == "./gridbook"
        if arguments[0] == "publish":  # what the README says before it: a file was changed
            place = files / "config" / arguments[2] / "place.yaml"
            place.write_text(place.read_text("utf-8") + "# changed by hand\n", "utf-8")
        # The first makes its data folder from nothing; those after it needn't start Python each.
        command = run if (tmp_path / "data").exists() else process
        done = command(*arguments, variables=variables)
        assert done.returncode == 0, (line, done.stderr)
    assert (tmp_path / "outcome.json").exists()
    assert (tmp_path / "copy.zip").exists()


def test_serve_answers_and_stops_in_order_and_soon_whatever_is_under_way(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    share_loads(tmp_path / "data")
    environment = {**os.environ, "GRIDBOOK_DATA": str(tmp_path / "data"), "GRIDBOOK_PORT": str(port)}
    kept = {name: value for name, value in environment.items() if not name.startswith(("PYTEST", "NICEGUI"))}
    command = [sys.executable, "-P", "-m", "app.cli", "serve", "--language", "en"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=kept, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "is ready" in line:
                break
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=120) as page:
            assert page.status == 200
        # A phone that has gone silent in the middle of what it sends, and never comes back.
        with socket.create_connection(("127.0.0.1", port)) as phone:
            head = f"POST /login HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
            form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nname="
            phone.sendall((head + form).encode())
            for _ in range(2):  # one who is impatient
                os.killpg(process.pid, signal.SIGINT)  # Ctrl-C goes to all processes of a terminal
                time.sleep(0.1)
            _, said = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in said, "Stopped" in said) == (0, False, True), said
