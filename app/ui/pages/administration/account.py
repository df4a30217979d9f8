"""One's own account: posts, language, light and dark, password, logout; and the ways to what an office has."""

from contextlib import suppress

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.domain.problem import Problem, ProblemError
from app.i18n import PSEUDO, known_language
from app.services.actor import DeniedError
from app.ui.documents import document
from app.ui.errors import denied, error_page
from app.ui.frame import MANAGE, form, frame, hidden, link, post_title, submit, switches, visible
from app.ui.session import THEMES, Session, Visitor, local_target, sign_in
from app.ui.shell import Shell, text_of
from app.ui.widgets import box, icon, text
from app.ui.widgets.facts import FactList


def register(shell: Shell) -> None:
    """Register `/account`, `/preferences`, `/post` and `/password`."""
    services = shell.services

    async def set_preferences(request: Request, visitor: Visitor, data: FormData) -> Response:
        language = known_language(text_of(data, "language"))
        if language is not None:
            request.session["language"] = language
            if visitor.ref is not None and language != PSEUDO:
                with suppress(
                    DeniedError
                ):  # the session has ended: the browser keeps the language all the same
                    await services.accounts.set_language(visitor.ref, language)
        if text_of(data, "theme") in THEMES:
            request.session["theme"] = text_of(data, "theme")
        return RedirectResponse(local_target(text_of(data, "next")), status_code=303)

    async def switch_post(request: Request, visitor: Visitor, data: FormData) -> Response:
        if visitor.ref is None:
            return RedirectResponse("/login", status_code=303)
        try:
            actor = await services.resolve(visitor.ref, services.clock())
        except DeniedError as fault:
            return denied(request, visitor, fault)
        wanted = text_of(data, "post")
        if wanted not in {post.entry for post in actor.posts}:
            return error_page(request, visitor, 403, "denied")
        request.session["post"] = wanted
        return RedirectResponse("/", status_code=303)

    async def show_password(request: Request, visitor: Visitor) -> Response:
        return _password_form(request, visitor, ())

    async def set_password(request: Request, visitor: Visitor, data: FormData) -> Response:
        if visitor.ref is None:
            return RedirectResponse("/login", status_code=303)
        try:
            account = await services.accounts.change_password(
                visitor.ref, text_of(data, "old"), text_of(data, "password"), text_of(data, "repeated")
            )
        except DeniedError as fault:
            return denied(request, visitor, fault)
        except ProblemError as fault:
            return _password_form(request, visitor, fault.problems, status=400)
        language, post = request.session.get("language"), request.session.get("post")
        sign_in(request, account, services.clock())
        request.session.update(language=language, post=post)
        return RedirectResponse("/account?done=password", status_code=303)

    shell.form("/preferences", set_preferences)
    shell.form("/post", switch_post)
    shell.document("/password", show_password)
    shell.form("/password", set_password)

    @shell.page("/account", whose="both")
    async def account(session: Session, done: str = "") -> None:
        mine = await services.accounts.mine(session.ref)
        t, actor = session.t, session.actor
        with frame(
            t("nav-account"), sub=t.dotted(actor.name, post_title(session, actor.post)), active="account"
        ):
            if done == "password":
                with box("pad"), box("gb-note act").props("role=status"):
                    icon("check_circle")
                    text(t("account-password-set"))
            with box("gb-pair pad-desk"):
                _facts(session, mine.login, demo=mine.demo)
                with box(), box("gb-sheet in gb-switch"):
                    switches(session, account=False)
                    _everywhere(session)


def _everywhere(session: Session) -> None:
    """Offer to end all sessions of the account, and say what the plain logout ends."""
    with form(session, "/logout"):
        hidden("everywhere", "1")
        with submit("go", "1", "gb-pick"):
            icon("logout")
            text(session.t("account-logout-everywhere"), tag="span")
    text(session.t("account-logout-what"), "meta")


def _facts(session: Session, login: str, *, demo: bool) -> None:
    t, actor = session.t, session.actor
    with box():
        with box("gb-sheet in"):
            facts = [(t("account-name"), actor.name)]
            if not demo:  # nobody types one in the demo
                facts.append((t("login-name"), login))
            facts.append((t("account-community"), t.text(session.services.place_title(actor.community))))
            facts += [(t("account-post"), post_title(session, post)) for post in actor.posts]
            FactList(facts)
            if not demo:
                with link("", "/password", "gb-button gb-btn-line"):
                    icon("key")
                    text(t("account-change-password"), tag="span")
        manage = [] if session.actor.is_above else visible(MANAGE, session)
        if manage:
            with box("gb-sheet in only-phone"):
                text(t("nav-manage"), "meta muted")
                for item in manage:
                    with link("", item.href, "gb-pick"):
                        icon(item.icon)
                        text(t(item.label), tag="span")


def _password_form(
    request: Request, visitor: Visitor, problems: tuple[Problem, ...], *, status: int = 200
) -> Response:
    if visitor.ref is None:
        return RedirectResponse("/login?next=/password", status_code=303)
    faults = {problem.field or "": visitor.t.problem(problem) for problem in reversed(problems)}
    return document(request, visitor, "password.html", status=status, faults=faults)
