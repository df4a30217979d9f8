"""Login and logout, by plain forms: they work without JavaScript and give the browser a new session."""

from datetime import timedelta

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.i18n import Translator
from app.services.actor import DeniedError
from app.services.login import ThrottledError, WrongCredentialsError
from app.ui.documents import document
from app.ui.errors import denied, error_page
from app.ui.session import Visitor, home_ref, local_target, sign_in, sign_out
from app.ui.shell import Shell, text_of

_HOME = "/today"


def register(shell: Shell) -> None:
    """Register `/login`, `/logout`, and `/`."""
    services = shell.services

    async def signed_in(visitor: Visitor) -> bool:
        if visitor.ref is None:
            return False
        try:
            await services.resolve(visitor.ref, services.clock())
        except DeniedError:
            return False
        return True

    async def home(request: Request, visitor: Visitor) -> Response:
        if visitor.ref is None:
            return RedirectResponse("/login", status_code=303)
        try:
            await services.resolve(visitor.ref, services.clock())
        except DeniedError as fault:  # who logged in rightly and has no post is told so
            return denied(request, visitor, fault)
        return RedirectResponse(_HOME if _HOME in shell.paths else "/account", status_code=303)

    async def show(request: Request, visitor: Visitor) -> Response:
        if await services.accounts.none_yet():
            demo = await services.demo_people()
            return RedirectResponse("/demo" if demo else "/welcome", status_code=303)
        target = local_target(request.query_params.get("next"))
        if await signed_in(visitor):
            return RedirectResponse(target, status_code=303)
        return _form(request, visitor, login="", target=target, done=request.query_params.get("done", ""))

    async def enter(request: Request, visitor: Visitor, data: FormData) -> Response:
        login, target = text_of(data, "login"), local_target(text_of(data, "next"))
        address = request.client.host if request.client else ""
        now = services.clock()
        try:
            account = await services.login.authenticate(login, text_of(data, "password"), address, now)
        except ThrottledError as fault:
            what = visitor.t("login-throttled", wait=wait_text(visitor.t, fault.wait))
            response = _form(request, visitor, login=login, target=target, fault=what, status=429)
            response.headers["Retry-After"] = str(int(fault.wait.total_seconds()))
            return response
        except WrongCredentialsError:
            what = visitor.t("login-wrong")
            return _form(request, visitor, login=login, target=target, fault=what, status=401)
        sign_in(request, account, now)
        return RedirectResponse(target, status_code=303)

    async def leave(request: Request, visitor: Visitor, data: FormData) -> Response:
        if visitor.ref is not None and text_of(data, "everywhere"):
            await services.accounts.log_out_everywhere(visitor.ref)
        elif visitor.ref is not None:
            await services.accounts.log_out(visitor.ref, timedelta(hours=shell.settings.session_hours))
        if (home := home_ref(request)) is not None:  # who leaves from a sandbox leaves altogether
            await services.accounts.log_out(home, timedelta(hours=shell.settings.session_hours))
        sign_out(request)
        demo = await services.accounts.none_yet()
        return RedirectResponse("/demo" if demo else "/login?done=logout", status_code=303)

    async def no_get(request: Request, visitor: Visitor) -> Response:
        return error_page(request, visitor, 404, "not_found")

    shell.document("/", home)
    shell.document("/login", show)
    shell.form("/login", enter)
    shell.document("/logout", no_get)
    shell.form("/logout", leave)


def wait_text(t: Translator, wait: timedelta) -> str:
    """Return how long to wait, in minutes or hours."""
    minutes = round(wait.total_seconds() / 60)
    return t("wait-minutes", n=minutes) if minutes < 60 else t("wait-hours", n=round(minutes / 60))  # noqa: PLR2004


def _form(
    request: Request,
    visitor: Visitor,
    *,
    login: str,
    target: str,
    fault: str = "",
    done: str = "",
    status: int = 200,
) -> Response:
    return document(
        request, visitor, "login.html", status=status, login=login, target=target, fault=fault, done=done
    )
