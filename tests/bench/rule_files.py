"""Loading 500 rule files: from nothing, from the cache, and from the cache after one of them was changed.

The files are those of the shipped regulation, its rules copied under other names until there are enough. Each load is a
process of its own, as a command is.
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.settings import CHECKOUT

WANTED = 500
LEAST_TIMES = 5
_WORD = re.compile(r"[a-z_0-9]+")
_FINDING = re.compile(r"\bfinding: *([a-z_0-9]+)")


def write_checkout(folder: Path, wanted: int = WANTED) -> str:
    """Write a checkout with at least so many rule files; return the path of one that others rest on."""
    for name in ("forms", "rules", "config"):
        shutil.copytree(CHECKOUT / name, folder / name)
    rules = {path.stem: path.read_text("utf-8") for path in sorted((folder / "rules").rglob("*.yaml"))
             if ".case" not in path.name}  # fmt: skip
    # What documents are called has no name of its own to be copied under.
    rules = {name: text for name, text in rules.items() if not re.search("^documents:", text, re.MULTILINE)}
    said = {
        word for path in (folder / "forms").glob("*.yaml") for word in _WORD.findall(path.read_text("utf-8"))
    }
    rules = {
        name: text for name, text in rules.items() if name not in said
    }  # ids that are choices of forms too
    names = {*rules, *(name for text in rules.values() for name in _FINDING.findall(text))} - said
    word = re.compile(r"\b(" + "|".join(sorted(names, key=len, reverse=True)) + r")\b")
    copies = 0
    while (copies + 1) * len(rules) < wanted:
        copies += 1
        for name, text in rules.items():
            renamed = _renamed(text, word, copies)
            (folder / "rules" / f"{name}_{copies}.yaml").write_text(renamed, "utf-8")
    return "rules/home_visit_1.yaml"


def _renamed(text: str, word: re.Pattern[str], number: int) -> str:
    """Return a rule's text with its own names and those of other rules changed, but not in texts for people."""
    lines = []
    for line in text.split("\n"):
        said = re.match(r" *(zh|en|es|text|why|title|notes|W\d+):", line)
        lines.append(line if said else word.sub(rf"\1_{number}", line))
    return "\n".join(lines)


def load_once(root: Path, cache: Path, place: str) -> Mapping[str, Any]:
    """Load in a process of its own; return what it told."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.load_once", str(root), str(cache), place],
        cwd=CHECKOUT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    told: Mapping[str, Any] = json.loads(done.stdout)
    return told


def measure(folder: Path, place: str, pairs: int) -> tuple[str, bool]:
    """Return what to print, and whether all loads gave the same. Every change of the file is a new one."""
    root, cache = folder / "many", folder / "cache"
    path = root / write_checkout(root)
    cold, warm, one = [], [], []
    same = True
    for number in range(pairs):
        shutil.rmtree(cache, ignore_errors=True)
        first = load_once(root, cache, place)
        again = load_once(root, cache, place)
        path.write_text(path.read_text("utf-8") + f"# {number}\n", "utf-8")
        changed = load_once(root, cache, place)
        fresh = load_once(root, folder / f"none{number}", place)
        same &= again["given"] == first["given"] and changed["given"] == fresh["given"]
        same &= first["errors"] == 0 and again["rebuilt"] == 0
        cold += [first["seconds"], fresh["seconds"]]
        warm.append(again["seconds"])
        one.append(changed["seconds"])
    whole, kept, part = statistics.median(cold), statistics.median(warm), statistics.median(one)
    verdict = "the same" if same else "DIFFER"
    return (
        f"(e) {first['files']} files: loaded and checked in {whole:.2f} s, from the cache in {kept:.3f} s: "
        f"1/{whole / kept:.0f} (at most 1/{LEAST_TIMES}); results {verdict}\n"
        f"(e) with one changed file: {part:.2f} s, 1/{whole / part:.1f}; "
        f"{changed['rebuilt']} of {first['rebuilt']} definitions and cases checked again"
    ), same
