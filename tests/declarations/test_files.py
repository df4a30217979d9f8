"""Declared files on disk."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.declarations.files import FileDeclarations
from app.domain.problem import ProblemError
from tests.declarations.community import FILES, PLACE, official, told

if TYPE_CHECKING:
    from app.services import ports


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def adapter(root: Path) -> FileDeclarations:
    return FileDeclarations(root, official)


def test_the_adapter_is_the_port(root: Path) -> None:
    port: ports.Declarations = adapter(root)
    assert port.places() == [PLACE]


def test_reading_gives_the_closure_of_a_place_and_nothing_of_others(root: Path) -> None:
    adapter(root).create_place("other", "community", {"zh": "别处"}, 1)
    (root / "config/places/lakeside/notes.yaml").write_text("scenario: 1\n")
    (root / "rules/readme.txt").write_text("not a definition")
    assert dict(adapter(root).read_files(PLACE)) == FILES


def test_what_is_read_loads_under_a_revision_that_editors_do_not_change(root: Path) -> None:
    first = adapter(root).load(PLACE, adapter(root).read_files(PLACE))
    assert first.regulation is not None
    path = root / "forms/visit.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert adapter(root).load(PLACE, adapter(root).read_files(PLACE)).revision == first.revision


def test_a_file_that_is_not_utf_8_is_told_with_its_place(root: Path) -> None:
    (root / "forms/visit.yaml").write_bytes("form: visit\ntitle: 走访\n".encode("gb18030"))
    result = adapter(root).load(PLACE, adapter(root).read_files(PLACE))
    assert told(result)[0] == "forms/visit.yaml:2:8 E104"


def test_links_out_of_the_root_are_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.yaml").write_text("form: secret\nfields: {}\n")
    (root / "forms/secret.yaml").symlink_to(outside / "secret.yaml")
    (root / "forms/more").symlink_to(outside)
    (root / "config/places/elsewhere").symlink_to(outside)
    assert dict(adapter(root).read_files(PLACE)) == FILES
    with pytest.raises(ProblemError):
        adapter(root).write_files({"forms/more/new.yaml": "form: new\n"})
    assert [path.name for path in outside.iterdir()] == ["secret.yaml"]


def test_no_place_id_leads_out_of_the_folders(root: Path) -> None:
    base = {path for path in FILES if not path.startswith("config/places")}
    for place in ("..", "../..", "/etc", "a/../b", "", "A", "a//b"):
        assert set(adapter(root).read_files(place)) == base
        with pytest.raises(ProblemError):
            adapter(root).create_place(place, "community", {"zh": "x"}, 1)


def test_a_new_place_has_its_grids_and_loads(root: Path) -> None:
    title = {"zh": '新 "社区": {#1}', "en": "New\nplace"}
    adapter(root).create_place("brook", "community", title, 8)
    result = adapter(root).load("brook", adapter(root).read_files("brook"))
    assert result.regulation is not None, told(result)
    assert result.regulation.place.title == {"zh": '新 "社区": {#1}', "en": "New place"}
    assert result.regulation.calendar.id == "cn"
    assert len(result.regulation.places.within("brook")) == 9
    assert adapter(root).places() == ["brook", PLACE]


@pytest.mark.parametrize("place", [PLACE, "lakeside/g1", "lakeside/g1/b01"])
def test_a_place_that_is_there_is_not_written_over(root: Path, place: str) -> None:
    with pytest.raises(ProblemError) as caught:
        adapter(root).create_place(place, "community", {"zh": "x"}, 1)
    assert [problem.code for problem in caught.value.problems] == ["E101"]
    assert (
        adapter(root).read_files(PLACE)["config/places/lakeside/place.yaml"]
        == FILES["config/places/lakeside/place.yaml"]
    )


@pytest.mark.parametrize("grids", [-1, 10_000])
def test_a_number_of_grids_out_of_range_is_refused(root: Path, grids: int) -> None:
    with pytest.raises(ProblemError) as caught:
        adapter(root).create_place("brook", "community", {"zh": "x"}, grids)
    assert [problem.code for problem in caught.value.problems] == ["E103"]


def test_demo_places_stand_apart_and_say_so(root: Path) -> None:
    adapter(root).create_place("demo/brook", "community", {"zh": "演示"}, 2)
    assert (root / "config/demo/brook/place.yaml").is_file()
    assert adapter(root).places() == ["demo/brook", PLACE]
    result = adapter(root).load("demo/brook", adapter(root).read_files("demo/brook"))
    assert result.regulation is not None, told(result)
    assert all(place.demo for place in result.regulation.places.places.values())


def test_a_community_whose_file_is_broken_stays_in_the_list(root: Path) -> None:
    (root / "config/places/lakeside/place.yaml").write_text("place: [\n")
    assert adapter(root).places() == [PLACE]


def test_writing_replaces_a_file_in_one_step_and_leaves_nothing_behind(root: Path) -> None:
    adapter(root).write_files({"forms/visit.yaml": "form: visit\r\n", "rules/deep/new.yaml": "rule: new\n"})
    assert (root / "forms/visit.yaml").read_bytes() == b"form: visit\n"
    assert (root / "rules/deep/new.yaml").is_file()
    assert [path.name for path in root.rglob(".*")] == []


def test_print_templates_are_written_and_removed_where_they_are_read(root: Path) -> None:
    texts = {"config/places/lakeside/print/record.html": "<p>", "config/print/record.css": "p { }"}
    adapter(root).write_files(texts)
    assert texts.items() <= adapter(root).read_files(PLACE).items()
    adapter(root).remove_files(texts)
    assert not texts.keys() & adapter(root).read_files(PLACE).keys()


@pytest.mark.parametrize(
    "path",
    [
        "../x.yaml",
        "forms/../../x.yaml",
        "app/x.yaml",
        "forms/x.py",
        "/etc/x.yaml",
        "forms/x.html",
        "config/print/deep/x.html",
        "config/places/lakeside/x.html",
        "config/places/lakeside/print/../x.html",
        "app/print/x.html",
    ],
)
def test_nothing_is_written_outside_of_the_declared_folders(root: Path, path: str) -> None:
    with pytest.raises(ProblemError) as caught:
        adapter(root).write_files({path: "x: 1\n"})
    assert [problem.code for problem in caught.value.problems] == ["E108"]


def test_a_folder_that_is_a_file_is_told_and_not_raised(root: Path) -> None:
    (root / "config/places/brook").write_text("a file in the way")
    with pytest.raises(ProblemError) as caught:
        adapter(root).create_place("brook", "community", {"zh": "x"}, 1)
    assert [problem.code for problem in caught.value.problems] == ["E108"]
