"""Files whose definitions have no words of their own are compared in words all the same."""

from datetime import date

from app.domain.edits import Data
from app.i18n import Translator
from app.services.drafting.file_rewordings import reworded_files
from app.services.reasons.phrases import say
from tests.declarations.community import FILES, PLACE
from tests.fakes.checkout import checkout

DAY = date(2025, 3, 1)


def told(before: dict[str, str], after: dict[str, str], tmp_path: object) -> list[tuple[str, str, str]]:
    files = checkout(tmp_path, FILES)  # type: ignore[arg-type]
    regulation = files.load(PLACE, FILES).regulation
    assert regulation is not None

    def said(text: str) -> Data:
        return files.said(text)

    t = Translator("zh")
    rows = reworded_files((before, regulation), (after, regulation), said, DAY, {"known"})
    return [
        (say(one.title, t), "".join(say(each, t) for each in one.before), "".join(say(each, t) for each in one.after))
        for one in rows
    ]  # fmt: skip


def test_a_plugin_that_is_switched_off_and_a_figure_that_is_set_are_said(tmp_path: object) -> None:
    path = f"config/places/{PLACE}/plugins.yaml"
    on = {path: "plugins: {methods: {on: true}, strange: {with: {many: 9}}}\n"}
    off = {path: "plugins: {methods: {on: false}, strange: {with: {many: 12}}}\n"}
    assert told(on, off, tmp_path) == [
        ("插件", "插件“计分方法”开着。many：9。", "插件“计分方法”关着。many：12。")]  # fmt: skip
    assert told(on, on, tmp_path) == []


def test_a_check_that_is_taken_away_is_said_as_it_was_once_and_nothing_that_is_known(
    tmp_path: object,
) -> None:
    text = "flag: {name}\ntitle: {{zh: 来不及走到}}\nof: visit\ncheck: impossible_travel\n"
    path = "rules/flags/{}.yaml"
    gone = {path.format(name): text.format(name=name) for name in ("fast", "known")}
    ((title, was, now),) = told(
        {**gone, "rules/x.case.yaml": "flag: x\n", "rules/y.yaml": "flag: ["}, {}, tmp_path
    )
    assert (title, now) == ("来不及走到", "")
    assert "visit" in was
