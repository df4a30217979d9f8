"""No traceback reaches a reader: every fault becomes a page or a message with a reference number.

The log gets the number, the kind of exception and where it was raised, never an exception's message: that could
quote what somebody has typed.
"""

import logging
import secrets
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from urllib.parse import urlencode

from fastapi.exceptions import RequestValidationError
from nicegui import app, ui
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.problem import ProblemError
from app.services.actor import DeniedError
from app.settings import CHECKOUT
from app.ui.documents import document
from app.ui.security import is_over_limit
from app.ui.session import Session, Visitor

log = logging.getLogger(__name__)

VisitorOf = Callable[[Request], Visitor]

_WITH_PAGES = {403: "forbidden", 404: "not_found", 405: "not_found", 413: "too_large"}

_ABSENT = "E707"
"""What an address names isn't there, or isn't the reader's."""


def reference() -> str:
    """Return a number that a reader can read out and an administrator find in the log."""
    return secrets.token_hex(3).upper()


def frames(trace: TracebackType | None) -> str:
    """Return where an exception was raised, innermost last: files, lines and functions only."""
    return " > ".join(
        f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-8:]
    )


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(CHECKOUT)) if path.is_relative_to(CHECKOUT) else "/".join(path.parts[-2:])


def report(fault: BaseException, number: str) -> None:
    """Write a fault to the log, without its message."""
    log.error("fault %s: %s at %s", number, type(fault).__name__, frames(fault.__traceback__))


class Discreet(logging.Filter):
    """Takes messages of exceptions out of other libraries' log records; the place and the kind stay."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a record that carries an exception; an expected refusal, which the reader is told of, is no fault."""
        fault = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if fault is None and isinstance(record.msg, BaseException):
            fault = record.msg
        if isinstance(fault, DeniedError | ProblemError):
            return False
        if fault is not None:
            record.msg = "%s at %s"
            record.args = (type(fault).__name__, frames(fault.__traceback__))
            record.exc_info = None
            record.exc_text = None
        return True


# ---- requests ------------------------------------------------------------------------------------------------------
class Boundary:
    """Turns whatever a request raises into the page with a number. Pure ASGI, inside all other middleware."""

    def __init__(self, app: ASGIApp, visitor_of: VisitorOf) -> None:
        """Guard `app`."""
        self._app = app
        self._visitor_of = visitor_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; answer for what fails before a response has begun."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as fault:
            if scope["type"] != "http" or started or is_over_limit(scope):
                raise
            request = Request(scope, receive)
            response = answer(request, self._visitor_of(request), fault)
            await response(scope, receive, send)


def answer(request: Request, visitor: Visitor, fault: Exception) -> Response:
    """Return the page for a fault of a request."""
    if isinstance(fault, DeniedError):
        return denied(request, visitor, fault)
    if isinstance(fault, HTTPException):
        return error_page(request, visitor, fault.status_code, _WITH_PAGES.get(fault.status_code, "other"))
    if isinstance(
        fault, RequestValidationError
    ):  # an address that lacks a part, or has one that can't be read
        return error_page(request, visitor, 404, "not_found")
    if isinstance(fault, ProblemError):
        if request.method == "GET" and {problem.code for problem in fault.problems} == {_ABSENT}:
            return error_page(request, visitor, 404, "absent")  # nothing was typed that could be mended
        return error_page(request, visitor, 400, "problem", problems=fault)
    number = reference()
    report(fault, number)
    return error_page(request, visitor, 500, "fault", number=number)


def denied(request: Request, visitor: Visitor, fault: DeniedError) -> Response:
    """Return the way to the login, or the page that says that this isn't the reader's to see."""
    if fault.code == "logged_out":
        return RedirectResponse(login_address(request), status_code=303)
    return error_page(request, visitor, 403, "no_post" if fault.code == "no_post" else "denied")


def login_address(request: Request) -> str:
    """Return the login's address that leads back to the page that was asked for."""
    if request.method != "GET" or request.url.path in {"/", "/login"}:
        return "/login"
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return "/login?" + urlencode({"next": target})


def error_page(
    request: Request,
    visitor: Visitor,
    status: int,
    code: str,
    *,
    number: str = "",
    problems: ProblemError | None = None,
) -> Response:
    """Return a page that says what happened and what to do."""
    texts = [visitor.t.problem(problem) for problem in problems.problems] if problems else []
    return document(request, visitor, "error.html", status=status, code=code, number=number, problems=texts)


# ---- open pages ----------------------------------------------------------------------------------------------------
def show_fault(fault: Exception) -> None:
    """Tell the reader of an open page that what was just asked for did not happen, and why."""
    if not ui.context.client.has_socket_connection:
        return  # the page was never delivered: the boundary answers
    session = Session.current()
    if isinstance(fault, DeniedError) and fault.code == "logged_out":
        ui.navigate.to("/login?" + urlencode({"next": session.path}))
        return
    t = session.t
    if isinstance(fault, DeniedError):
        title, texts = t("error-denied-title"), [t("error-denied-what")]
    elif isinstance(fault, ProblemError):
        title = t("error-problem-title")
        texts = [t.sentences(text.what, text.remedy) for text in map(t.problem, fault.problems)]
    else:
        number = reference()
        report(fault, number)
        title, texts = t("error-fault-title"), [t("error-fault-what"), t("error-number", number=number)]
    with ui.dialog(value=True).props("persistent") as dialog, ui.element("div").classes("gb-alert stack"):
        with ui.element("div").props("role=alertdialog aria-live=assertive").classes("stack"):
            ui.label(title).classes("lead strong")
            for text in texts:
                ui.label(text)
        ui.button(t("action-close"), color=None, on_click=dialog.close).classes("gb-btn-line").props(
            "autofocus"
        )


def install(visitor_of: VisitorOf) -> None:
    """Register the handlers with NiceGUI and quieten the logs of libraries."""
    for name in ("nicegui", "uvicorn.error", "asyncio"):
        logger = logging.getLogger(name)
        if not any(isinstance(known, Discreet) for known in logger.filters):
            logger.addFilter(Discreet())

    async def handle(request: Request, fault: Exception) -> Response:
        return answer(request, visitor_of(request), fault)

    for key in (404, 405, HTTPException, RequestValidationError, DeniedError, ProblemError):
        app.add_exception_handler(key, handle)
