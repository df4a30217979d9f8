"""The commands and their sentences. Runs under any Python 3.7 or newer, as `gridbook` does."""

from __future__ import annotations

import difflib

COMMANDS = {
    "serve": "Start the app; prints the address to open in a browser.",
    "demo": "Make a demo community with a year of entries.",
    "check": "Look for faults in the forms and rules, each with its line and remedy.",
    "cases": "Run the regulation's own examples.",
    "coverage": "Tell which definition carries each item of the regulations' texts.",
    "plugins": "List what is installed beside gridbook, and what each plugin brings.",
    "reference": "Explain every keyword of the rules' files.",
    "publish": "Put changed forms and rules into force as a new revision.",
    "evaluate": "Work out what was due, done and scored in a period, as JSON.",
    "explain": "Tell why a row of an outcome is what it is, down to the entries.",
    "layers": "Tell which level each value comes from, and what this place may change.",
    "appoint": "Appoint the first person of a declared place, and give an invitation link.",
    "promote": "Bring a community's change of the rules to the level above, for all there.",
    "impact": "Tell what changed forms and rules would have made of a past period.",
    "appraise": "Make the appraisals of a period from the ledger.",
    "print": "Write appraisals as PDF.",
    "freeze": "Close a period for good: keep its outcome and publish each result.",
    "difference": "Tell what a closed period would be otherwise now, and why.",
    "archive": "Write a closed period with all that it follows from into one file.",
    "verify": "Work such a file out again: identical, or the first difference.",
    "import": "Read entries from a file into the ledger.",
    "export": "Write the ledger to a file.",
    "xlsform": "Write a form as KoboToolbox and ODK read it, or read one of theirs.",
    "invite": "Let somebody in who administers, where nobody can any more.",
    "backup": "Copy the running database and its files.",
    "restore": "Bring a backup back.",
    "rebuild": "Derive all that is derived again from the entries.",
    "bench": "Measure speed and memory against plain SQL.",
    "test": "Check the code and run every test.",
}


def help_text() -> str:
    """The list of commands, a line for each."""
    width = max(map(len, COMMANDS))
    lines = ["gridbook 网格台账: ledgers, duties and appraisals for communities", ""]
    lines += ["Usage: ./gridbook COMMAND …   (on Windows: python gridbook COMMAND …)", ""]
    lines += [f"  {name:{width}}  {sentence}" for name, sentence in COMMANDS.items()]
    lines += ["", "Each command makes its own set-up first. `./gridbook COMMAND --help` tells its options."]
    return "\n".join(lines)


def suggestion(command: str) -> str | None:
    """What to say of a command that doesn't exist; None for one that does."""
    if command in COMMANDS:
        return None
    close = difflib.get_close_matches(command, COMMANDS, n=1)
    hint = f"Did you mean `{close[0]}`?" if close else "`./gridbook` lists the commands."
    return f"There is no command `{command}`. {hint}"
