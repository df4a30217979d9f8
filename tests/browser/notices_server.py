"""Serves the small community with a rule that warns its director: `python -m tests.browser.notices_server PORT`."""

import asyncio
import logging
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.domain.entry import Entry
from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.working import FILES, NOW, PLACE, Working

WARNED = """\
rule: request_overdue
title: {zh: 超时预警, en: Overdue request, es: Solicitud vencida}
clause: {doc: 办法, ref: 第九条}
for_each: request_handled
when: {state: overdue}
then: {finding: request_overdue, notify: [director]}
"""


async def start(working: Working) -> None:
    await working.start()
    for language in ("en", "es"):  # the director again, as somebody who reads otherwise
        account = await working.store.accounts.by_login("shenruolan")
        assert account is not None
        login = f"shenruolan_{language}"
        await working.store.accounts.save(replace(account, id=f"a-{login}", login=login, language=language))
    requests = [
        Entry(f"request-{n}", PLACE, "request", at, "w-1", at, {"summary": "灯坏了"}, f"hh-{n % 3 + 1}")
        for n in range(5)
        for at in [NOW - timedelta(days=10 - n)]
    ]
    await working.store.ledger.append(requests, {})


def make() -> Run:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-notices-"))
    working = Working(folder, texts={**FILES, "rules/request_overdue.yaml": WARNED})
    asyncio.run(start(working))
    working.renew()

    def run(port: int) -> None:
        settings = Settings(port=port, data=folder)
        create_app(working.services(), settings)
        serve(settings)

    return run


if __name__ == "__main__":
    make()(int(sys.argv[1]))
