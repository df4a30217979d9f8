"""The page behind an invitation's link, and behind a link to reset a password: set one, once.

Opening the page uses nothing up (previews of messengers open links); sending the form does.
"""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.domain.problem import Problem, ProblemError
from app.ui.documents import document
from app.ui.session import Visitor, sign_in
from app.ui.shell import Shell, text_of

_USED = "E933"
"""The link was used already, or is too old."""


def register(shell: Shell) -> None:
    """Register `/invitation/{secret}`."""
    services = shell.services

    async def show(request: Request, visitor: Visitor) -> Response:
        if not await services.accounts.usable(str(request.path_params["secret"])):
            return _form(request, visitor, (Problem(_USED),), status=410)
        return _form(request, visitor, ())

    async def accept(request: Request, visitor: Visitor, data: FormData) -> Response:
        secret = str(request.path_params["secret"])
        try:
            account = await services.accounts.accept(
                secret, text_of(data, "password"), text_of(data, "repeated")
            )
        except ProblemError as fault:
            gone = any(problem.code == _USED for problem in fault.problems)
            return _form(request, visitor, fault.problems, status=410 if gone else 400)
        language = visitor.language
        sign_in(request, account, services.clock())
        request.session["language"] = language
        return RedirectResponse("/", status_code=303)

    shell.document("/invitation/{secret}", show)
    shell.form("/invitation/{secret}", accept)


def _form(
    request: Request, visitor: Visitor, problems: tuple[Problem, ...], *, status: int = 200
) -> Response:
    faults = {problem.field or "": visitor.t.problem(problem) for problem in reversed(problems)}
    gone = any(problem.code == _USED for problem in problems)  # nobody types a password for nothing
    return document(request, visitor, "invitation.html", status=status, faults=faults, gone=gone)
