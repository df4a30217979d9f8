"""Answers as an entry's page shows them: pictures to look at, files to take along, each row in a line of its own."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from app.domain.contents import IMAGES
from app.domain.files import files_in
from app.i18n import Translator
from app.services.answers import AnswerView
from app.ui.frame import link
from app.ui.pages.parts.saying import row_words, said
from app.ui.widgets import box, icon, text


def shown(t: Translator, answer: AnswerView) -> str | Callable[[], None]:
    """Return an answer as text, or what builds it where files or rows are in it."""
    if answer.rows:
        return partial(_rows, t, answer.rows)
    files = list(files_in(answer.value))
    return partial(_files, t, files) if files else said(t, answer)


def _rows(t: Translator, rows: Sequence[tuple[AnswerView, ...]]) -> None:
    for number, row in enumerate(rows, 1):
        text(row_words(t, number, row))
        files = [item for one in row for item in files_in(one.value)]
        if files:
            _files(t, files)


def _files(t: Translator, files: Sequence[Mapping[str, object]]) -> None:
    with box("en-files"):
        for item in files:
            name, address = str(item.get("name", "")), f"/files/{item['sha256']}"
            if item.get("type") in IMAGES:
                with link("", address, "en-picture") as made:
                    made.props["target"] = "_blank"
                    made.props["aria-label"] = t("answer-picture", name=name)
                    box("", "img").props.update({"src": address, "alt": "", "loading": "lazy"})
            else:
                with link("", address, "gb-link row-c"):
                    icon("attach_file")
                    text(name, tag="span")
