"""`import --form`: a workbook from the command line, end to end on the real store and engine."""

from pathlib import Path

from xlsxwriter import Workbook

from tests.cli.conftest import PLACE, Run

TITLES = ("网格", "所在楼栋", "门牌", "户主姓名", "户主身份证号", "户口性质", "家庭人口", "特殊群体", "备注")
TOLD = "list.xlsx 家庭!"


def write(path: Path, *rows: tuple[object, ...]) -> None:
    book = Workbook(path)
    sheet = book.add_worksheet("家庭")
    for number, row in enumerate((TITLES, *rows)):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(number, column, value)
    book.close()


def row(flat: str, head: object = "许晓梅", **other: object) -> tuple[object, ...]:
    base = {
        "grid": "第一网格",
        "building": "5号楼",
        "door": f"5-1-{flat}",
        "head": head,
        "id": "",
        "kind": "外地户口",
    }
    return tuple((base | {"members": 2, "special": "低保户家庭、空巢家庭", "notes": "x"} | other).values())


def test_a_workbook_goes_in_faulty_rows_come_back_and_are_imported_mended(
    run: Run, files: Path, tmp_path: Path
) -> None:
    published = run("publish", "--place", PLACE, "--yes", variables={"GRIDBOOK_FILES": str(files)})
    assert published.returncode == 0
    write(tmp_path / "list.xlsx", row("101"), row("102", head=""), row("103", members="两口"))
    asked = ("import", "--place", PLACE, "--form", "household")
    tried = run(*asked, "--dry-run", "list.xlsx")
    assert tried.returncode == 1
    assert "1 new, 0 changed, 0 there already, 2 faulty rows." in tried.stdout
    done = run(*asked, "--map", "map.yaml", "--faults", "back.xlsx", "list.xlsx")
    assert done.returncode == 1
    assert f"{TOLD}D3: E701" in done.stderr
    assert f"{TOLD}G4: E462 This isn’t a number." in done.stderr
    assert f'{TOLD}I1: W452 The column "备注"' in done.stderr
    assert "户主姓名: head" in (tmp_path / "map.yaml").read_text(encoding="utf-8")
    assert "1 new" in done.stdout
    again = run(*asked, "--map", "map.yaml", "--language", "zh", "list.xlsx")
    assert "新增 0 行，变更 0 行，已有 1 行，有问题 2 行" in again.stdout
    back = run(*asked, "back.xlsx")
    assert (back.returncode, "2 faulty" in back.stdout) == (1, True)
    write(tmp_path / "list.xlsx", row("101"), row("102", head="何春生"), row("103", members=2))
    assert "2 new, 0 changed, 1 there already, 0 faulty" in run(*asked, "list.xlsx").stdout
    out = run("export", "--place", PLACE, "--form", "household", "out.csv")
    assert (out.returncode, out.stdout) == (0, "3 rows in out.csv\n")
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert ("何春生" in text, "Special groups" in text) == (True, False)
    assert "0 new, 0 changed, 3 there already, 0 faulty" in run(*asked, "out.csv").stdout
    for wrong in (("--by", "nobody", "list.xlsx"), ("none.xlsx",), ("map.yaml",)):
        told = run(*asked, *wrong)
        assert told.returncode in {1, 2}
        assert "Traceback" not in told.stderr
