"""Runs one command: reads its options, says in the reader's language what goes wrong, ends with an exit code."""

import importlib
import logging
import os
import secrets
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from app.cli.codes import Exit
from app.cli.console import Console, reader_language
from app.cli.parser import OPTIONS, parser_of
from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.ports import DecisionError

DEFAULT_LANGUAGE = "zh"

MODULES = {
    "serve": "serving",
    "demo": "demo",
    "check": "declared",
    "cases": "declared",
    "coverage": "covering",
    "plugins": "plugged",
    "reference": "referring",
    "publish": "declared",
    "evaluate": "evaluating",
    "explain": "explaining",
    "impact": "impacting",
    "layers": "layering",
    "promote": "layering",
    "appoint": "appointing",
    "appraise": "appraising",
    "print": "printing",
    "freeze": "closing",
    "difference": "closing",
    "archive": "closing",
    "verify": "closing",
    "rebuild": "storing",
    "import": "storing",
    "export": "storing",
    "xlsform": "xlsforms",
    "backup": "storing",
    "restore": "storing",
    "invite": "inviting",
    "bench": "bench",
}
"""The module of this package that runs a command, by a function of the command's name and an underscore."""

# Codes whose cause is the machine or the deployment, not what the command looked at.
_ENVIRONMENT = ("E40", "E424", "E53", "E571", "E572", "E573", "E90")
_USAGE = ("E510", "E511", "E551", "E552", "E553", "E554", "E555", "E577", "E597", "E598")
_WHOM = ("E932", "E935", "E958", "E959", "E96")


def main(arguments: Sequence[str]) -> int:
    """Run a command; returns the exit code."""
    language = reader_language(_asked_language(arguments), os.environ, _default_language())
    console = Console(language)
    command = arguments[0] if arguments else ""
    if command not in OPTIONS:
        console.say("cli-no-command", command=command)
        return Exit.USAGE
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    options = parser_of(Translator(language), command).parse_args(arguments[1:])
    module = importlib.import_module(f"app.cli.{MODULES[command]}")
    try:
        return int(getattr(module, f"{command}_")(options, console))
    except ProblemError as fault:
        console.problems(fault.problems)
        return code_of(fault)
    except DecisionError as fault:
        console.say("cli-engine", reason=str(fault))
        return Exit.ENGINE
    except KeyboardInterrupt:
        console.say("cli-interrupted")
        return Exit.INTERRUPTED
    except BrokenPipeError:  # `… | head`: who read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except Exception as fault:  # noqa: BLE001 - a user sees no traceback, whatever it is
        return _internal(console, fault)


def code_of(fault: ProblemError) -> Exit:
    """Return the exit code that says whose fault the problems are."""
    codes = [problem.code for problem in fault.problems]
    if any(code.startswith(_ENVIRONMENT) for code in codes):
        return Exit.ENVIRONMENT
    return Exit.USAGE if any(code.startswith(_USAGE + _WHOM) for code in codes) else Exit.PROBLEMS


def _internal(console: Console, fault: Exception) -> Exit:
    """Keep where it happened in a file of its own, without any value, and say where that is."""
    number = secrets.token_hex(4)
    lines = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(fault.__traceback__)
    ]
    path = Path(os.environ.get("GRIDBOOK_DATA") or "data") / f"fault-{number}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([type(fault).__qualname__, *lines, ""]), encoding="utf-8")
    except OSError:
        console.say("cli-internal", kind=type(fault).__name__, path=lines[-1] if lines else "")
    else:
        console.say("cli-internal", kind=type(fault).__name__, path=str(path))
    return Exit.INTERNAL


def _asked_language(arguments: Sequence[str]) -> str | None:
    """Return what --language says, before the options are read: help is in it too."""
    for number, argument in enumerate(arguments):
        if argument == "--language":
            return next(iter(arguments[number + 1 : number + 2]), None)
        if argument.startswith("--language="):
            return argument.partition("=")[2]
    return None


def _default_language() -> str:
    """Return the deployment's language without reading all settings, which may be at fault."""
    wanted = os.environ.get("GRIDBOOK_LANGUAGE", "")
    return wanted if wanted in {"zh", "en", "es"} else DEFAULT_LANGUAGE
