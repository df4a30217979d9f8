"""`bench`: runs tests/bench, which measures and is never a test."""

import argparse
import subprocess
import sys

from app.cli.codes import Exit
from app.cli.console import Console
from app.settings import CHECKOUT


def bench_(options: argparse.Namespace, console: Console) -> Exit:
    """Measure, and print the figures; results that differ end with PROBLEMS."""
    del console
    command = [sys.executable, "-m", "tests.bench.run", "--pairs", str(options.pairs)]
    if options.only:
        command += ["--only", options.only]
    if options.paging:
        command = [sys.executable, "-m", "tests.bench.paging"]
    done = subprocess.run(command, cwd=CHECKOUT, check=False)  # noqa: S603 - our own command, no shell
    return Exit.OK if done.returncode == 0 else Exit.PROBLEMS
