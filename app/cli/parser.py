"""The commands' options, told in the reader's language."""

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from app.cli.codes import Exit
from app.i18n import LANGUAGES, PRINT_LANGUAGES, Translator

# argparse asks gettext for these; ours are in the catalogues. Its words are part of no promise, so one that is unknown
# is shown as it came, and a test looks for those.
_WORDS = {
    "usage: ": "cli-usage",
    "positional arguments": "cli-arguments",
    "options": "cli-options",
    "show this help message and exit": "cli-help",
}
_FAULTS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"argument (?P<name>.+?): expected .*argument"), "cli-fault-value"),
    (re.compile(r"argument (?P<name>.+?): invalid .*value: '?(?P<value>.*?)'?$"), "cli-fault-invalid"),
    (re.compile(r"argument (?P<name>.+?): invalid choice: '?(?P<value>.*?)'? \("), "cli-fault-invalid"),
    (re.compile(r"the following arguments are required: (?P<name>.+)"), "cli-fault-required"),
    (re.compile(r"unrecognized arguments: (?P<value>.+)"), "cli-fault-unknown"),
    (re.compile(r"ambiguous option: (?P<value>\S+)"), "cli-fault-unknown"),
    (re.compile(r"argument (?P<name>.+?): (?:ignored explicit|not allowed).*"), "cli-fault-extra"),
)


_Option = dict[str, object]


class Parser(argparse.ArgumentParser):
    """A parser whose help and faults are in the reader's language."""

    def __init__(self, t: Translator, **options: object) -> None:
        """Speak through `t`."""
        self._t = t
        super().__init__(add_help=False, allow_abbrev=False, **options)  # type: ignore[arg-type]
        self.add_argument("-h", "--help", action="help", help=t("cli-help"))
        self._positionals.title, self._optionals.title = t("cli-arguments"), t("cli-options")

    def format_usage(self) -> str:
        """Return the usage line in the reader's language."""
        return self._in_own_words(super().format_usage())

    def format_help(self) -> str:
        """Return the help in the reader's language."""
        return self._in_own_words(super().format_help())

    def _in_own_words(self, text: str) -> str:
        return text.replace("usage: ", self._t("cli-usage") + " ", 1)

    def error(self, message: str) -> NoReturn:
        """Say what can't be understood and end with the code for it."""
        told = message
        for pattern, name in _FAULTS:
            if found := pattern.match(message):
                parts = {"name": "", "value": "", **found.groupdict()}
                parts["name"] = self._t.listed(parts["name"].split(", "))
                told = self._t(name, **parts)
                break
        self.exit(Exit.USAGE, f"{self.format_usage()}{told}\n")


def parser_of(t: Translator, command: str) -> Parser:
    """Return the parser of one command."""
    parser = Parser(t, prog=f"./gridbook {command}", description=t(f"cli-{command}"))
    parser.add_argument("--language", choices=LANGUAGES, help=t("cli-language"), metavar="zh|en|es")
    for name, options in OPTIONS[command].items():
        known: dict[str, object] = dict(options)
        own = f"cli-option-{command}-{name.lstrip('-')}"  # where it means something else than with others
        known.setdefault("help", t(own if t.has(own) else f"cli-option-{name.lstrip('-')}"))
        parser.add_argument(name, **known)  # type: ignore[arg-type]
    return parser


def port(text: str) -> int:
    """Return a port. Raises ValueError for a number that no port has."""
    number = int(text)
    if not 1 <= number <= 65535:  # noqa: PLR2004 - TCP's own bounds
        raise ValueError(text)
    return number


def positive(text: str) -> int:
    """Return a whole number over zero. Raises ValueError."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


_PLACE: _Option = {"required": True, "metavar": "PLACE"}
_PERIOD: _Option = {"required": True, "metavar": "PERIOD"}
_FILE: _Option = {"metavar": "FILE"}
OPTIONS: dict[str, dict[str, _Option]] = {
    "serve": {
        "--host": {"metavar": "ADDRESS"},
        "--port": {"type": port, "metavar": "PORT"},
    },
    "demo": {},
    "check": {
        "--place": {"metavar": "PLACE"},
        "--ledger": {"metavar": "FILE.jsonl"},
        "--period": {"metavar": "PERIOD"},
    },
    "cases": {
        "--place": {"metavar": "PLACE"},
        "--nudge": {"action": "store_true"},
        "names": {"nargs": "*", "metavar": "NAME"},
    },
    "coverage": {"--place": {"metavar": "PLACE"}},
    "plugins": {"--schema": {"action": "store_true"}},
    "reference": {"kind": {"nargs": "?", "metavar": "KIND"}},
    "evaluate": {
        "--place": _PLACE,
        "--ledger": {"required": True, "metavar": "FILE.jsonl"},
        "--period": _PERIOD,
        "--as-of": {"required": True, "metavar": "DATE", "dest": "as_of"},
        "--against": {"metavar": "FOLDER"},
        "--out": {"metavar": "FILE.json"},
    },
    "explain": {
        "--place": _PLACE,
        "--ledger": {"required": True, "metavar": "FILE.jsonl"},
        "--period": _PERIOD,
        "--as-of": {"required": True, "metavar": "DATE", "dest": "as_of"},
        "table": {"metavar": "TABLE"},
        "values": {"nargs": "*", "metavar": "COLUMN=VALUE"},
    },
    "publish": {
        "--place": _PLACE,
        "--resolution": {"default": "", "metavar": "TEXT"},
        "--by": {"default": "", "metavar": "NAME"},
        "--despite-cases": {"action": "store_true"},
        "--despite-entries": {"action": "store_true"},
        "--yes": {"action": "store_true"},
    },
    "appraise": {
        "--place": _PLACE,
        "--period": _PERIOD,
        "--out": {"metavar": "FILE.json"},
    },
    "print": {
        "--place": _PLACE,
        "--period": _PERIOD,
        "--person": {"metavar": "PERSON"},
        "--all": {"action": "store_true"},
        "--subject": {"metavar": "TYPE/ID"},
        "--sensitive": {"action": "store_true"},
        "--in": {"choices": PRINT_LANGUAGES, "metavar": "zh|zh-Hant|en|es", "dest": "written_in"},
        "--out": {"required": True, "metavar": "FOLDER"},
        "what": {
            "nargs": "?",
            "default": "appraisals",
            "choices": ("appraisals", "report", "certificates", "card"),
            "metavar": "appraisals|report|certificates|card",
        },
    },
    "freeze": {
        "--place": _PLACE,
        "--period": _PERIOD,
        "--by": {"default": "", "metavar": "NAME"},
        "--out": {"metavar": "FILE.json"},
    },
    "difference": {
        "--place": _PLACE,
        "--period": _PERIOD,
        "--out": {"metavar": "FILE.json"},
    },
    "layers": {"--place": _PLACE, "--record": {"action": "store_true"}},
    "promote": {
        "--place": _PLACE,
        "--to": {"required": True, "metavar": "PLACE"},
        "--yes": {"action": "store_true"},
        "what": {"metavar": "PATH"},
    },
    "appoint": {
        "--place": _PLACE,
        "--name": {"required": True, "metavar": "NAME"},
        "--login": {"required": True, "metavar": "LOGIN"},
    },
    "impact": {
        "--place": _PLACE,
        "--period": _PERIOD,
        "--files": {"metavar": "FOLDER"},
        "--person": {"metavar": "PERSON"},
        "--out": {"metavar": "FILE.json|FILE.pdf"},
    },
    "archive": {"--place": _PLACE, "--period": _PERIOD, "file": {"metavar": "FILE.zip"}},
    "verify": {"file": {"metavar": "FILE.zip"}, "--all": {"action": "store_true"}},
    "rebuild": {},
    "import": {
        "--place": _PLACE,
        "--form": {"metavar": "FORM"},
        "--map": {"metavar": "FILE.yaml"},
        "--by": {"metavar": "PERSON"},
        "--dry-run": {"action": "store_true", "dest": "dry_run"},
        "--faults": {"metavar": "FILE.xlsx"},
        "file": _FILE,
    },
    "export": {
        "--place": _PLACE,
        "--form": {"metavar": "FORM"},
        "--as-of": {"metavar": "DATE", "dest": "as_of"},
        "--entries": {"action": "store_true"},
        "--sensitive": {"action": "store_true"},
        "file": _FILE,
    },
    "xlsform": {
        "--place": {"metavar": "PLACE"},
        "--form": {"required": True, "metavar": "FORM"},
        "--read": {"action": "store_true"},
        "file": _FILE,
    },
    "backup": {"file": _FILE},
    "restore": {"file": _FILE, "--force": {"action": "store_true"}},
    "invite": {
        "--place": _PLACE,
        "--person": {"required": True, "metavar": "PERSON"},
        "--login": {"default": "", "metavar": "LOGIN"},
        "--role": {"default": "", "metavar": "ROLE"},
        "--by": {"default": "", "metavar": "NAME"},
    },
    "bench": {
        "--pairs": {"type": positive, "default": 5, "metavar": "NUMBER"},
        "--only": {"choices": "abdefghijpr", "metavar": "LETTER"},
        "--paging": {"action": "store_true"},
    },
}
