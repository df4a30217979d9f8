"""What a file is, told by its content."""

import io
import zipfile

import pytest

from app.domain.contents import type_of
from app.domain.files import files_in


def archive(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return held.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVE", None),
        (b"%PDF-1.7\n", "application/pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), f"{OFFICE}.wordprocessingml.document"),
        (archive("xl/workbook.xml"), f"{OFFICE}.spreadsheetml.sheet"),
        (archive("ppt/presentation.xml"), f"{OFFICE}.presentationml.presentation"),
        (archive("xl/workbook.xml", "xl/vbaProject.bin"), None),
        (archive("run.exe"), None),
        (b"PK\x03\x04broken", None),
        ("一行字\n".encode(), "text/plain"),
        ("一行字".encode("gb18030"), None),
        (b"MZ\x90\x00", None),
        (b"  <script>alert(1)</script>", None),
        (b"", None),
    ],
)
def test_the_content_tells_what_a_file_is(content: bytes, kind: str | None) -> None:
    assert type_of(content) == kind


def test_an_archive_of_very_many_parts_is_no_document() -> None:
    assert type_of(archive("word/document.xml", *(str(number) for number in range(5_000)))) is None


def test_of_an_answer_only_files_are_files() -> None:
    assert list(files_in([{"sha256": "x"}, {"name": "y"}, "z"])) == [{"sha256": "x"}]
    assert list(files_in("sha256")) == []
