"""What a phone submitted without a connection, as it comes in: by plain HTTP, until it is acknowledged."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.domain.problem import ProblemError
from app.services.actor import DeniedError
from app.services.submissions import RefusedError, Submission
from app.services.work import WorkServices
from app.ui.session import Visitor
from app.ui.shell import Shell, text_of
from app.ui.widgets.keeper import SUBJECTS, WHOM, answers_of


def register(shell: Shell) -> None:
    """Register the POST `/submissions`: 200 stored (again the same: once), 422 refused, 401 and 403 not now."""
    work = shell.services.work
    if work is None:
        return

    async def take(request: Request, visitor: Visitor, data: FormData) -> Response:
        del request
        if visitor.ref is None:
            return _told(401)
        try:
            sent = json.loads(text_of(data, "submission"))
            actor = await shell.services.resolve(visitor.ref, shell.services.clock())
            zone = shell.services.zone(actor.community)
            pressed = shell.services.clock() - timedelta(seconds=float(sent["ago"]))
            told = await _store(work, visitor, sent, zone, pressed)
        except DeniedError:
            return _told(403)
        except (ProblemError, ValueError, KeyError, TypeError, OverflowError):
            return _told(422)
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    shell.form("/submissions", take)


def _told(status: int) -> Response:
    return JSONResponse({}, status, headers={"Cache-Control": "no-store"})


async def _store(
    work: WorkServices, visitor: Visitor, sent: Mapping[str, Any], zone: tzinfo, pressed: datetime
) -> dict[str, Any]:
    """Store what was sent; return what is told of it: the entry's id, or for how many.

    Raises DeniedError, RefusedError, ValueError for what isn't one.
    """
    if visitor.ref is None:
        raise DeniedError("not_permitted")
    answers = answers_of(sent["answers"], zone)
    others, whom = answers.pop(SUBJECTS, None), answers.pop(WHOM, None)
    submission = Submission(
        str(sent["id"]),
        str(sent["form"]),
        await work.files.take_inline(visitor.ref, answers),
        str(sent["subject"]) if sent.get("subject") else None,
        datetime.fromisoformat(str(sent["when"])).replace(tzinfo=zone) if sent.get("when") else pressed,
        tuple(str(one) for one in others) if isinstance(others, list) else (),
    )
    key = str(sent["key"])
    if sent.get("several"):
        chosen = [str(one) for one in whom] if isinstance(whom, list) else []
        outcomes = await work.doorstep.several.take(visitor.ref, submission, chosen, key)
        refused = [fault for one in outcomes if one.receipt is None for fault in one.faults]
        if refused or not outcomes:
            raise RefusedError(*refused)
        return {"several": len(outcomes)}
    if sent.get("corrects"):
        reason = str(sent.get("reason") or "")
        receipt = await work.submissions.correct(visitor.ref, str(sent["corrects"]), submission, reason, key)
    else:
        receipt = await work.submissions.submit(visitor.ref, submission, key)
    return {"done": receipt.entry.id}
