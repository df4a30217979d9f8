"""Serves files as `./gridbook serve` does, by that command, in a process that has imported everything already.

`python -m tests.browser.command_server PORT DATA FILES`. Test_bad_input.py starts the command in a process of its own.
"""

import os
import sys
from pathlib import Path

from app.cli.main import main
from tests.browser.nursery import Run
from tests.fakes.shipped import share_loads


def make(data: str, files: str) -> Run:
    """Serve `files` with what they need kept in `data`. Changes the process's variables: nobody else's server."""
    os.environ.update({"GRIDBOOK_DATA": data, "GRIDBOOK_FILES": files})
    os.chdir(Path(data).parent)
    share_loads(Path(data))

    def run(port: int) -> None:
        main(("serve", "--port", str(port), "--language", "en"))

    return run


if __name__ == "__main__":
    make(*sys.argv[2:])(int(sys.argv[1]))
