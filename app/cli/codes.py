"""Exit codes, the same for every command (docs/cli.md)."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    OK = 0
    PROBLEMS = 1  # it worked, and what it looked at is at fault: declared files, cases, lines of a ledger
    USAGE = 2  # the command line can't be understood, or names a place or a file that isn't there
    ENVIRONMENT = 3  # the machine: folder not writable, port in use, database of another version, disk full
    ENGINE = 4  # the rules engine gave no result that can be trusted
    INTERNAL = 70  # a fault of gridbook itself
    INTERRUPTED = 130  # Ctrl-C
