"""Serves a small community with one form of every field type: `python -m tests.browser.fields_server PORT`."""

import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from nicegui import app
from starlette.requests import Request
from starlette.responses import JSONResponse

from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.every_type import FORM
from tests.fakes.working import FILES, Working

WHERE = """\
form: where
title: {zh: 在哪里, en: Where, es: Dónde}
filled_by: [leader]
fields:
  district: {title: {zh: 哪一片？}, type: choice, from: {east: {zh: 东片}, west: {zh: 西片}}}
  street:
    title: {zh: 哪条路？}
    type: choice
    from:
      lake: {title: 湖滨路, where: {district: east}}
      hill: {title: 山前路, where: {district: west}}
      dam: {title: 堤坝, where: "has(tags, 'wet') && n >= 3"}
  tags: {title: {zh: 怎么样？}, type: choices, from: {big: {zh: 大}, wet: {zh: 湿}}}
  n: {title: {zh: 几户？}, type: integer}
  look: {title: {zh: 看到什么了？}, type: boolean}
  what: {title: {zh: 是什么？}, type: text, relevant: look}
  share: {title: {zh: 占多少？}, type: number}
  then:
    title: {zh: 怎么办？}
    type: choice
    from: {call: {zh: 打电话}, note: {zh: 记下}}
    relevant: filled(what) && share > 2.5
  building: {title: {zh: 哪栋？}, type: text}
  home: {title: {zh: 哪一户？}, type: ref, to: household, where: building == answers.building}
  pairs:
    type: repeat
    title: {zh: 每层}
    between: [1, 3]
    fields:
      floor: {title: {zh: 几楼？}, type: choice, from: {low: {zh: 底楼}, high: {zh: 高层}}}
      lift: {title: {zh: 电梯？}, type: choice, from: {works: {title: 能用, where: {floor: high}}, none: {title: 不用}}}
"""


def make() -> Run:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-fields-"))
    working = Working(folder, texts={**FILES, "forms/everything.yaml": FORM, "forms/where.yaml": WHERE})
    asyncio.run(working.start())
    working.renew()

    async def stored(request: Request) -> JSONResponse:
        """Give out what the ledger holds of the form; a page for tests alone."""
        entries = [stored.entry for stored in working.store.ledger.stored]
        return JSONResponse(
            [dict(entry.answers) for entry in entries if entry.form in {"everything", "where"}]
        )

    def run(port: int) -> None:
        settings = Settings(port=port, data=folder)
        create_app(working.services(), settings)
        app.add_route("/stored", stored)
        serve(settings)

    return run


if __name__ == "__main__":
    make()(int(sys.argv[1]))
