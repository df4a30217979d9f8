"""Serves the small community with drafts of zhoumin over which two forms have changed since, and one form is gone."""

import asyncio
import logging
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from app.services.form_views import Wanted
from app.services.ports import Revision
from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.working import FILES, LEADER, PLACE, DeclaredHere, Working

LOOK = """\
form: look
title: {zh: 安全检查, en: Safety check, es: Control de seguridad}
about: household
filled_by: [leader]
fields:
  gas: {title: {zh: 燃气怎么样？, en: Gas?, es: ¿Gas?}, type: choice, from: {fine: {zh: 正常}, leaks: {zh: 漏气}}}
  size: {title: {zh: 几平方米？, en: Size?, es: ¿Tamaño?}, type: text}
  note: {title: {zh: 检查说明, en: Notes, es: Notas}, type: long_text}
"""
SMALLER = (
    LOOK.replace("几平方米", "面积").replace("type: text", "type: integer").replace(", leaks: {zh: 漏气}", "")
)
CHECK = (
    LOOK.replace("form: look", "form: checkup").replace("安全检查", "入户检查").replace("size:", "metres:")
    + "  shots: {title: {zh: 现场照片, en: Shots, es: Tomas}, type: photo}\n"
)


async def _begin(working: Working) -> None:
    await working.start()
    submissions = working.work.submissions
    for form, answers in (
        ("look", {"gas": "leaks", "size": "不到九十", "note": "阳台堆了纸箱"}),
        ("survey", {"gas": "fine", "size": "九十", "note": "门口有台阶"}),
    ):
        view = await submissions.open(LEADER, Wanted(form, "hh-1"))
        await submissions.save_draft(LEADER, view, answers)
    declared = working.declarations
    assert isinstance(declared, DeclaredHere)
    declared.files = {**FILES, "forms/look.yaml": SMALLER, "forms/checkup.yaml": CHECK}
    loaded = declared.load(PLACE, declared.files)
    later = working.now + timedelta(seconds=1)
    await working.store.revisions.add(Revision(loaded.revision, PLACE, declared.files, later, "w-3"))
    working.now += timedelta(minutes=5)


def make() -> Run:
    """Serve it."""
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-drafts-"))
    survey = LOOK.replace("form: look", "form: survey").replace("安全检查", "旧调查表")
    survey += "  picture: {title: {zh: 照片, en: Picture, es: Foto}, type: photo}\n"
    working = Working(
        folder, declarations=DeclaredHere({**FILES, "forms/look.yaml": LOOK, "forms/survey.yaml": survey})
    )
    asyncio.run(_begin(working))
    working.renew()

    def run(port: int) -> None:
        settings = Settings(port=port, data=folder)
        create_app(working.services(), settings)
        serve(settings)

    return run


if __name__ == "__main__":
    make()(int(sys.argv[1]))
