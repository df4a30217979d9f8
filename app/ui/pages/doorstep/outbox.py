"""What a phone submitted without a connection, as it comes in: by plain HTTP, until it is acknowledged."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.domain.contents import DOCUMENTS, IMAGES
from app.domain.problem import Problem, ProblemError
from app.services.actor import ActorRef, DeniedError
from app.services.filling import RefusedError
from app.services.submitted import Submission
from app.services.unasked import LEFT
from app.services.work import WorkServices
from app.ui.session import Visitor
from app.ui.shell import Shell, text_of
from app.ui.widgets.keeper import SUBJECTS, WHOM, answers_of


def register(shell: Shell) -> None:
    """Register the POST `/submissions`: 200 stored (again the same: once), 422 refused, 401 and 403 not now.

    A file that was picked for it comes before, by `/submissions/file`; the answer is what an answer holds of it.
    """
    work = shell.services.work
    if work is None:
        return

    async def take(request: Request, visitor: Visitor, data: FormData) -> Response:
        del request
        if visitor.ref is None:
            return _told(401)
        try:
            actor = await shell.services.resolve(visitor.ref, shell.services.clock())
            sent = read(
                text_of(data, "submission"), shell.services.zone(actor.community), shell.services.clock()
            )
            told = await _store(work, visitor.ref, sent)
        except DeniedError:
            return _told(403)
        except UnreadableError:
            return _told(422)
        except ProblemError as fault:
            return _told(422, *fault.problems)
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    async def keep(request: Request, visitor: Visitor, data: FormData) -> Response:
        del request
        file = data.get("file")
        if visitor.ref is None:
            return _told(401)
        if not isinstance(file, UploadFile):
            return _told(422)
        try:
            kept = await work.files.keep(
                visitor.ref, file.filename or "", await file.read(), IMAGES | DOCUMENTS
            )
        except DeniedError:
            return _told(403)
        except ProblemError as fault:
            return _told(422, *fault.problems)
        return JSONResponse({"file": kept}, headers={"Cache-Control": "no-store"})

    shell.form("/submissions", take)
    shell.form("/submissions/file", keep, files=1)


def _told(status: int, *problems: Problem) -> Response:
    """Answer with what is wrong: the codes, and of each the question that it concerns; never an answer."""
    faults = [{"code": one.code, "field": one.field or ""} for one in problems]
    told = {"codes": [one.code for one in problems], "faults": faults} if problems else {}
    return JSONResponse(told, status, headers={"Cache-Control": "no-store"})


class UnreadableError(Exception):
    """What came isn't something that the keeper sends."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a phone sent: the submission, whose draft it was, and what else the form was."""

    submission: Submission
    draft_key: str
    corrects: str | None
    reason: str
    whom: tuple[str, ...] | None
    """For whom it is, where it is for several at once."""


def read(text: str, zone: tzinfo, now: datetime) -> Sent:
    """Read what was sent; only what can't be read is the phone's fault. Raises UnreadableError."""
    try:
        sent = json.loads(text)
        if not isinstance(sent["answers"], dict):
            raise UnreadableError
        answers = answers_of(sent["answers"], zone)
        others, whom = _ids(answers.pop(SUBJECTS, None)), _ids(answers.pop(WHOM, None))
        answers.pop(LEFT, None)  # the page told that they have no question
        pressed = now - timedelta(seconds=float(sent["ago"]))
        corrects = str(sent["corrects"]) if sent.get("corrects") else None
        when = datetime.fromisoformat(str(sent["when"])).replace(tzinfo=zone) if sent.get("when") else None
        measured = when is None and corrects is None  # what is corrected keeps its moment
        submission = Submission(
            str(sent["id"]),
            str(sent["form"]),
            answers,
            str(sent["subject"]) if sent.get("subject") else None,
            pressed if measured else when,
            others,
            measured,
        )
        reason = str(sent.get("reason") or "")
        return Sent(submission, str(sent["key"]), corrects, reason, whom if sent.get("several") else None)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as fault:
        raise UnreadableError from fault


def _ids(given: object) -> tuple[str, ...]:
    return tuple(str(one) for one in given) if isinstance(given, list) else ()


async def _store(work: WorkServices, ref: ActorRef, sent: Sent) -> dict[str, Any]:
    """Store what was sent; return what is told of it: the entry's id, or for how many.

    Raises DeniedError, RefusedError.
    """
    answers = await work.files.take_inline(ref, sent.submission.answers)
    submission = replace(sent.submission, answers=answers)
    if sent.whom is not None:
        outcomes = await work.doorstep.several.take(ref, submission, sent.whom, sent.draft_key)
        refused = [fault for one in outcomes if one.receipt is None for fault in one.faults]
        if refused or not outcomes:
            raise RefusedError(*refused)
        return {"several": len(outcomes)}
    if sent.corrects is not None:
        receipt = await work.submissions.correct(ref, sent.corrects, submission, sent.reason, sent.draft_key)
    else:
        receipt = await work.submissions.submit(ref, submission, sent.draft_key)
    return {"done": receipt.entry.id}
