"""The records of decisions: each in the index under its own title, and none referred to that isn't there."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "adr"
RECORDS = {path.name: path for path in FOLDER.glob("[0-9]*.md")}


def number(name: str) -> int:
    return int(name.partition("-")[0])


def test_the_index_lists_every_record_by_its_title_in_the_order_of_their_numbers() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    titles = {
        name: path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        for name, path in RECORDS.items()
    }
    listed = re.findall(r"^- \[(.*)\]\((\S+)\)$", index, re.MULTILINE)
    assert listed == [(titles[name], name) for name in sorted(RECORDS)]


def test_a_record_is_titled_by_the_number_of_its_file_and_no_number_is_given_twice() -> None:
    for name, path in RECORDS.items():
        assert path.read_text(encoding="utf-8").startswith(f"# {number(name)}. ")
    assert len({number(name) for name in RECORDS}) == len(RECORDS)


def test_no_record_is_referred_to_that_is_not_there() -> None:
    known = {number(name) for name in RECORDS}
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    missing = []
    for name in filter(None, tracked.stdout.split("\0")):
        path = ROOT / name
        if path.suffix not in {".md", ".py", ".toml", ".yaml", ".ftl"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"adr/(\d{4})", text)
        found += re.findall(r"\(see (\d+)\)", text) if path.parent == FOLDER else []
        missing += [(name, one) for one in found if int(one) not in known]
    assert missing == []
