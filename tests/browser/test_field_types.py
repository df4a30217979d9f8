"""Every type of field filled in by touch on a phone and by keyboard at a desk, and read back from the ledger."""

from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Geolocation, Page, expect

from tests.browser.conftest import log_in
from tests.browser.fields_filled import STORED, TYPED
from tests.browser.looking import (
    DESK,
    PHONE,
    lose_connection,
    overflow,
    picture,
    serious_faults,
    small_targets,
    wait_until_nothing_is_kept,
)
from tests.browser.server import Server, serving
from tests.fakes.narrowing import GONE, value
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.fields_server", [], tmp_path_factory.mktemp("fields")) as server:
        yield server


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "door.png").write_bytes(PNG)
    (tmp_path / "notice.pdf").write_bytes(b"%PDF-1.7\n")
    return tmp_path / "door.png", tmp_path / "notice.pdf"


def opened(context: BrowserContext, server: Server) -> Page:
    page = context.new_page()
    page.on("filechooser", lambda _: None)  # else each dialog is caught only if the browser is quick enough
    log_in(page, server, "zhoumin", PASSWORD, target="/fill/everything")
    return page


def stored(page: Page, server: Server) -> dict[str, Any]:
    """Return what the ledger holds of it, files by their type."""
    page.wait_for_url("**done=*")
    answers: dict[str, Any] = page.request.get(server.url + "/stored").json()[-1]
    for name in ("photo", "file", "signature"):
        answers[name] = [item["type"] for item in answers[name]]
    return answers


def fill_rows(page: Page) -> None:
    """Fill in two rows by touch, after one too many."""
    repeat = page.locator("[data-field=members]")
    rows = repeat.locator("[data-row]:visible")

    def in_row(at: int, name: str, words: str) -> None:
        rows.nth(at).locator(f"[data-field={name}] input").tap()
        page.keyboard.insert_text(words)

    in_row(0, "name", "陈桂芳")
    in_row(0, "age", "71")
    in_row(0, "lives", "陈")
    page.get_by_role("option", name="陈桂芳").tap()
    rows.nth(0).locator("[data-field=pension] label", has_text="是").tap()
    repeat.locator("[data-row-act=add]").tap()
    in_row(1, "name", "走错门的")
    repeat.locator("[data-row-act=add]").tap()
    rows.nth(1).locator("[data-row-act=drop]").tap()
    in_row(1, "name", "小明")
    in_row(1, "age", "7")
    expect(page.locator("[data-field=people] output")).to_have_text("2 人")
    expect(page.locator("[data-field=ages] output")).to_have_text("78 岁")


def test_every_type_is_filled_in_by_touch_on_a_phone(
    everything: Server, window: Window, files: tuple[Path, Path]
) -> None:
    here: Geolocation = {"latitude": 39.9042, "longitude": 116.4074, "accuracy": 12}
    context = window(PHONE, has_touch=True, geolocation=here, permissions=["geolocation"])
    page = opened(context, everything)

    def field(name: str) -> Any:
        return page.locator(f"[data-field={name}]")

    for name, words in TYPED.items():
        field(name).locator("input, textarea").first.tap()
        page.keyboard.insert_text(words)
    expect(field("twice").locator("output")).to_have_text("24")
    for name, words in (("day", "2026-11-20"), ("time", "09:30"), ("moment", "2026-11-20T09:30")):
        field(name).locator("input").fill(words)  # the phone's own wheel
    for name, part, words in (
        ("duration", "hours", "1"),
        ("duration", "minutes", "30"),
        ("code", "text", "6901234567892"),
    ):
        field(name).locator(f"[data-part={part}]").tap()
        page.keyboard.insert_text(words)
    for name, label in (("boolean", "是"), ("choice", "蓝"), ("choices", "狗"), ("rating", "4")):
        field(name).locator("label", has_text=label).tap()
    for name, who in (("ref", "陈桂芳"), ("refs", "何建国")):
        field(name).locator("input").tap()
        page.get_by_role("option", name=who).tap()
        page.keyboard.press("Escape")
    field("period").locator("[data-part=label]").select_option("2026-11")
    field("lies").locator("select").select_option("lakeside/g1")
    field("location").locator("[data-act=locate]").tap()
    expect(field("location").locator(".gb-said")).to_contain_text("误差约 12 米")
    field("track").locator("[data-act=start]").tap()
    expect(field("track").locator(".gb-said")).to_contain_text("1 个点")
    context.set_geolocation({**here, "latitude": 39.9052})
    expect(field("track").locator(".gb-said")).to_contain_text("2 个点，约 111 米")
    field("track").locator("[data-act=stop]").tap()
    for name, path in zip(("photo", "file"), files, strict=True):
        with page.expect_file_chooser() as chooser:
            field(name).locator(".fm-photo").last.tap()
        chooser.value.set_files(path)
        expect(field(name).locator(".cap")).to_have_count(1)
    canvas = field("signature").locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 90, steps=4)
    page.mouse.up()
    fill_rows(page)
    assert overflow(page) == []
    assert serious_faults(page) == []
    assert small_targets(page) == []
    picture(page, "fields-phone")
    # Each of them has reached the server, whatever it writes it as: nothing is said to be on the phone alone.
    expect(page.locator(".fm-saved")).to_have_attribute("data-where", "")
    page.locator(".fm-bar .gb-btn-act").tap()
    found = stored(page, everything)
    at = {"lat": "39.9042", "lon": "116.4074", "by": "device", "accuracy": 12}
    assert {key: value for key, value in found.pop("location").items() if key != "at"} == at
    assert [point["lat"] for point in found.pop("track")] == ["39.9042", "39.9052"]
    assert found == {
        **STORED,
        "photo": ["image/png"],
        "file": ["application/pdf"],
        "signature": ["image/png"],
    }


class Keys:
    """Somebody who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.press, self.type = page.keyboard.press, page.keyboard.type
        page.locator("#main").focus()

    def go(self, name: str, part: str = "") -> None:
        """Go on with the tab key until the field (or a part of it) has the focus."""
        there: list[str] = []
        for _ in range(14):
            self.press("Tab")
            there = self.page.evaluate(
                "() => [document.activeElement.closest('[data-field]')?.dataset.field,"
                " document.activeElement.dataset.part || document.activeElement.dataset.act || '']"
            )
            if there[0] == name and part in ("", there[1]):
                return
        raise AssertionError(f"no way to {name} {part}: {there}")

    def words(self, name: str, words: str, part: str = "") -> None:
        self.go(name, part)
        self.page.keyboard.insert_text(words)  # at once: each letter is an event for the server

    def pick(self, name: str, who: str) -> None:
        self.words(name, who)
        expect(self.page.get_by_role("option", name=who)).to_be_visible()
        for key in ("ArrowDown", "Enter", "Escape"):
            self.press(key)
        expect(self.page.locator(".gb-offers [role=option]")).to_have_count(0)

    def moment(self, name: str, typed: str, shown: str) -> None:
        """Type into the browser's picker, which forgets half a figure when the machine is slow: then again."""
        self.go(name)
        field = self.page.locator(f"[data-field={name}] input")
        for _ in range(3):
            for number, part in enumerate(typed.split()):
                if number:
                    self.press("Tab")
                self.type(part)
            if field.input_value() == shown:
                return
            field.fill("")
            field.focus()
        raise AssertionError(field.input_value())

    def add(self, name: str, path: Path) -> None:
        self.go(name)
        with self.page.expect_file_chooser() as chooser:
            self.press("Enter")
        chooser.value.set_files(path)
        expect(self.page.locator(f"[data-field={name}] .cap")).to_have_count(1)


def test_every_type_is_filled_in_by_keyboard_at_a_desk(
    everything: Server, window: Window, files: tuple[Path, Path]
) -> None:
    page = opened(window(DESK), everything)
    keys = Keys(page)
    for name in ("text", "long_text", "address", "integer", "number", "money"):
        keys.words(name, TYPED[name])
    keys.moment("day", "11202026", "2026-11-20")
    keys.moment("time", "0930AM", "09:30")
    keys.moment("moment", "11202026 0930AM", "2026-11-20T09:30")
    keys.go("period", "label")
    for _ in range(2):
        keys.press("ArrowDown")
    keys.words("duration", "1", "hours")
    keys.words("duration", "30", "minutes")
    for name, pressed in (
        ("boolean", ["Space"]),
        ("choice", ["ArrowDown"]),
        ("choices", ["Tab", "Space"]),
        ("rating", ["ArrowDown"] * 3),
    ):
        keys.go(name)
        for key in pressed:
            keys.press(key)
    keys.pick("ref", "陈桂芳")
    keys.pick("refs", "何建国")
    keys.go("lies")
    keys.press("ArrowDown")
    keys.words("phone", TYPED["phone"])
    keys.words("id_card", TYPED["id_card"])
    keys.words("code", "6901234567892", "text")
    keys.go("location", "locate")
    keys.press("Enter")
    expect(page.locator("[data-field=location] .gb-said")).to_contain_text("没有定位权限")
    for name in ("location", "track"):
        keys.words(name, "39.9", "lat")
        keys.words(name, "116.4", "lon")
    keys.go("track", "add")
    keys.press("Enter")
    keys.add("photo", files[0])
    keys.add("file", files[1])
    keys.words("signature", "周敏", "name")
    keys.words("name", "陈桂芳")
    keys.words("age", "71")
    keys.pick("lives", "陈桂芳")
    expect(page.locator("[data-field=pension]").first).to_be_visible()
    keys.go("pension")
    keys.press("Space")
    while page.evaluate("document.activeElement.dataset.rowAct") != "add":
        keys.press("Tab")
    keys.press("Enter")
    keys.type("小明")  # the row that was added has the focus
    keys.words("age", "7")
    expect(page.locator("[data-field=ages] output")).to_have_text("78 岁")
    picture(page, "fields-desk")
    page.locator(".fm-bar .gb-btn-act").focus()
    keys.press("Enter")
    found = stored(page, everything)
    by_hand = {"lat": "39.9", "lon": "116.4", "by": "hand"}
    more = {"photo": ["image/png"], "file": ["application/pdf"], "signature": ["image/png"]}
    assert found == {**STORED, **more, "location": by_hand, "track": [by_hand]}


def test_rows_lists_and_photos_work_without_a_connection_and_outlive_a_closed_tab(
    everything: Server, window: Window, files: tuple[Path, Path]
) -> None:
    context = window(PHONE, has_touch=True)
    page = opened(context, everything)
    repeat = page.locator("[data-field=members]")
    rows = repeat.locator("[data-row]:visible")
    rows.nth(0).locator("[data-field=name] input").fill("先写的")
    expect(page.locator(".fm-server .gb-sync")).to_contain_text("已存草稿")
    lose_connection(context, page)
    repeat.locator("[data-row-act=add]").tap()
    rows.nth(1).locator("[data-field=name] input").fill("断网时加的")
    rows.nth(1).locator("[data-field=lives] input").tap()
    page.get_by_role("option", name="陈桂芳").tap()
    repeat.locator("[data-row-act=add]").tap()
    expect(repeat.locator(".fm-rows-wait")).to_contain_text("没有连接")
    rows.nth(0).locator("[data-row-act=drop]").tap()
    expect(page.locator(".fm-local[data-kind='on-phone']")).to_contain_text("已存本机")
    page.locator("[data-field=photo] input[type=file]").set_input_files(files[0])
    expect(page.locator("[data-field=photo] .fm-waiting")).to_contain_text("1 个文件已存本机")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(everything.url + "/fill/everything")
    names = again.locator("[data-field=members] [data-row]:visible [data-field=name] input")
    expect(names.first).to_have_value("断网时加的")
    expect(again.locator("[data-field=members] .gb-picked")).to_contain_text("陈桂芳")
    expect(again.locator("[data-field=people] output")).to_have_text("1 人")
    expect(again.locator("[data-field=photo] .cap")).to_have_count(1)
    expect(again.locator("[data-field=photo] .fm-waiting")).to_have_count(0)
    # A file that still waits goes along with what is submitted meanwhile.
    lose_connection(context, again)
    again.locator("[data-field=file] input[type=file]").set_input_files(files[1])
    expect(again.locator("[data-field=file] .fm-waiting")).to_contain_text("1 个文件已存本机")
    again.locator(".fm-bar .gb-btn-act").tap()
    expect(again.locator(".fm-local[data-kind='queued']")).to_be_visible()
    context.set_offline(False)
    again.wait_for_url("**done=*")
    answers = again.request.get(everything.url + "/stored").json()[-1]
    assert [[one["name"] for one in answers[name]] for name in ("photo", "file")] == [
        ["door.png"],
        ["notice.pdf"],
    ]


TREES: list[Any] = [
    ["==", ["answer", "kind", "choice"], ["is", "a"]],
    ["not", ["!=", ["answer", "kind", "choice"], ["is", "a"]]],
    ["all", ["known", ["answer", "kind", "choice"]], ["applies", ["answer", "kind", "choice"]]],
    ["some", ["answer", "sure", "boolean"], [">", ["size", ["answer", "tags", "choices"]], ["is", 0]]],
    ["has", ["answer", "tags", "choices"], ["is", "x"]],
    ["all", ["known", ["answer", "bill", "data"]], ["not", ["answer", "sure", "boolean"]]],
    [">=", ["answer", "price", "money"], ["is", 12.5]],
    ["<", ["answer", "day", "date"], ["is", "2026-11-22"]],
]
ANSWERS: list[dict[str, Any]] = [
    {},
    {"kind": "a", "sure": False, "tags": [], "bill": [], "price": "12.50", "day": "2026-11-22"},
    {"kind": "b", "sure": True, "tags": ["x"], "bill": [{}], "price": "12.49", "day": "2026-11-21"},
    {"kind": GONE, "sure": GONE, "tags": ["y"], "bill": GONE, "price": GONE, "day": GONE},
]


def open_and_shut(page: Page, pick: Callable[..., None]) -> None:
    """Open and shut questions by answers: they are numbered as they stand, and what was filled in is there again."""
    expect(page.locator("[data-field=what]")).to_be_hidden()
    pick("look", "是")
    expect(page.locator("[data-field=what] .q")).to_have_text("6. 是什么？选填")
    expect(page.locator("[data-field=building] .q")).to_have_text("8. 哪栋？选填")
    page.locator("[data-field=what] input").fill("楼道里有煤炉")
    page.locator("[data-field=share] input").fill("2,5")
    expect(page.locator("[data-field=then]")).to_be_hidden()
    page.locator("[data-field=share] input").fill("2,75")
    pick("then", "打电话")
    pick("look", "否")
    expect(page.locator("[data-field=what], [data-field=then]").filter(visible=True)).to_have_count(0)
    pick("look", "是")
    expect(page.locator("[data-field=then] input:checked")).to_have_count(1)
    said = page.evaluate(
        "cases => cases.map(([tree, answers]) => gridbookNarrow.value(tree, (name) => "
        "answers[name] === 'not asked' ? undefined : answers[name] ?? null, []) ?? null)",
        cases := [[tree, answers] for tree in TREES for answers in ANSWERS],
    )
    assert said == [value(tree, answers, []) for tree, answers in cases]


def as_the_server_says(context: BrowserContext, page: Page) -> None:
    """With the server there its word holds again, once it has heard of all that was answered meanwhile."""
    context.set_offline(False)
    expect(page.locator("[data-local]")).to_have_count(0)
    expect(page.locator("[data-field=what] input")).to_have_value("楼道里有煤炉")
    expect(page.locator("[data-field=then] .q")).to_have_text("8. 怎么办？选填")
    # What was picked in a list that the server drew anew for an earlier answer is there and in its draft, too.
    wait_until_nothing_is_kept(page)
    expect(page.locator("[data-field=street] input:checked")).to_have_value("hill")


def go_on_from(page: Page, field: str) -> None:
    """Leave a field whose answer is saved: that tells of nothing new."""
    wait_until_nothing_is_kept(page)
    page.locator(f"[data-field={field}] input").blur()
    expect(page.locator(".fm-local[data-kind='on-phone']")).to_be_hidden()


def test_what_hangs_on_other_answers_is_opened_and_narrowed_without_a_connection(
    everything: Server, window: Window
) -> None:
    context = window(PHONE, has_touch=True)
    page = context.new_page()
    log_in(page, everything, "zhoumin", PASSWORD, target="/fill/where")
    question = page.locator

    def pick(field: str, words: str, within: str = "") -> None:
        question(f"{within} [data-field={field}] .gb-choice", has_text=words).tap()

    def left(field: str, *words: str) -> None:
        expect(question(f"[data-field={field}] .gb-choice:visible")).to_have_text(words)

    left("street")
    question("[data-field=building] input").fill("1号楼")
    go_on_from(page, "building")
    lose_connection(context, page)
    left("street")
    pick("district", "东片")
    left("street", "湖滨路")
    pick("street", "湖滨路")
    pick("tags", "湿")
    question("[data-field=n] input").fill("3")
    left("street", "湖滨路", "堤坝")
    pick("district", "西片")  # and the road of the other side is taken away
    left("street", "山前路", "堤坝")
    expect(question("[data-field=street] input:checked")).to_have_count(0)
    pick("street", "山前路")
    open_and_shut(page, pick)
    as_the_server_says(context, page)
    lose_connection(context, page)
    # What can be picked from a register, too; who was picked before falls away.
    question("[data-field=home] input").tap()
    expect(page.get_by_role("option").first).to_be_visible()
    first = page.get_by_role("option").all_text_contents()
    page.get_by_role("option").first.tap()
    expect(question("[data-field=home] .gb-picked li")).to_have_count(1)
    question("[data-field=building] input").fill("2号楼")
    expect(question("[data-field=home] .gb-picked li")).to_have_count(0)
    question("[data-field=home] input").tap()
    expect(question("[data-field=home]")).to_contain_text("没有找到")  # nobody lives there
    for words in first:
        expect(page.get_by_role("option", name=words, exact=True)).to_have_count(0)
    page.keyboard.press("Escape")
    # In a row, by that row's answers.
    rows = "[data-field=pairs] [data-row]:visible"
    pick("floor", "高层", rows)
    pick("lift", "能用", rows)
    pick("floor", "底楼", rows)
    expect(question(f"{rows} [data-field=lift] .gb-choice:visible")).to_have_text(["不用"])
    assert serious_faults(page) == []
    page.locator(".fm-bar .gb-btn-act").tap()
    context.set_offline(False)
    page.wait_for_url("**done=*")
    answers = page.request.get(everything.url + "/stored").json()[-1]
    told = {"district": "west", "street": "hill", "tags": ["wet"], "n": 3, "building": "2号楼", "look": True}
    told |= {"what": "楼道里有煤炉", "share": "2.75", "then": "call"}
    assert answers == {**told, "pairs": [{"floor": "low"}]}
