"""What pages are registered with: services, settings, who asks, and the decorator that lets only the signed-in in."""

import functools
import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from nicegui import app, ui
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.services.actor import DeniedError, Permission
from app.services.wiring import Services
from app.settings import Settings
from app.ui.errors import denied, error_page, login_address, show_fault
from app.ui.session import Session, Visitor, read_visitor, same_token, step_out

PageBuilder = Callable[..., Any]
FormHandler = Callable[[Request, Visitor, FormData], Awaitable[Response]]
DocumentHandler = Callable[[Request, Visitor], Awaitable[Response]]

# NiceGUI gives a page three seconds and then shows an English page of its own; a slow machine must not see that.
_PATIENCE_SECONDS = 300.0
"""For which a page is waited for: the first one of a process works a ledger out, on whatever machine that is."""

TODAY = "/today"
ABOVE = "/communities"
HOMES = frozenset({TODAY, ABOVE})
"""Where people of communities begin, and people of places above them: who comes to the other's is led to the own."""

Whose = Literal["communities", "above", "both"]

SANDBOX = "/sandbox"
"""Where a sandbox is made, entered and thrown away."""


@dataclass(frozen=True, slots=True)
class Shell:
    """Given to each part's `register`; `paths` fill as pages are registered, `paths_above` for people above."""

    services: Services
    settings: Settings
    paths: set[str] = field(default_factory=set)
    paths_above: set[str] = field(default_factory=set)

    def visitor(self, request: Request) -> Visitor:
        """Return who asks, as far as the cookie says."""
        lasts = timedelta(hours=self.settings.session_hours)
        return read_visitor(request, self.settings.language, self.services.clock(), lasts)

    # ---- pages of the signed-in -----------------------------------------------------------------------------------
    def page(
        self,
        path: str,
        *,
        permission: Permission | frozenset[Permission] | None = None,
        whose: Whose = "communities",
    ) -> Callable[[PageBuilder], PageBuilder]:
        """Register a page: `async def build(session, …)`, with path and query parameters as FastAPI reads them.

        A parameter `request` gets the request. A visitor without a session goes to the login and comes back; an actor
        without `permission` (of several: without any of them) gets the page that says so. The services still check each
        call: this only spares the reader a page of refusals.

        `whose` says for whom there is such a page: people of communities, of places above these, or both.
        """

        def register(build: PageBuilder) -> PageBuilder:
            if whose != "above":
                self.paths.add(path)
            if whose != "communities":
                self.paths_above.add(path)
            own = inspect.signature(build).parameters
            parameters = [p for name, p in own.items() if name not in {"session", "request"}]
            asks = "request" in own
            request_parameter = inspect.Parameter(
                "request", inspect.Parameter.KEYWORD_ONLY, annotation=Request
            )

            @functools.wraps(build)
            async def opened(*, request: Request, **values: Any) -> Any:  # noqa: ANN401 - what the builder takes and gives
                session = await self._open(request, permission, path)
                if isinstance(session, Response):
                    return session
                session.attach(ui.context.client)
                ui.on_exception(show_fault)
                result = build(session=session, **values, **({"request": request} if asks else {}))
                return await result if inspect.isawaitable(result) else result

            keyword_only = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
            opened.__signature__ = inspect.Signature([request_parameter, *keyword_only])  # type: ignore[attr-defined]
            ui.page(path, response_timeout=_PATIENCE_SECONDS)(opened)
            return build

        return register

    async def _open(
        self, request: Request, permission: Permission | frozenset[Permission] | None, page: str
    ) -> Session | Response:
        visitor = self.visitor(request)
        if visitor.ref is None:
            return RedirectResponse(login_address(request), status_code=303)
        try:
            actor = await self.services.resolve(visitor.ref, self.services.clock())
        except DeniedError as fault:
            if fault.code == "logged_out" and step_out(request):  # the sandbox was thrown away
                return RedirectResponse(SANDBOX, status_code=303)
            return denied(request, visitor, fault)
        paths = self.paths_above if actor.is_above else self.paths
        if page not in paths:
            if page in HOMES:
                return RedirectResponse(ABOVE if actor.is_above else TODAY, status_code=303)
            return error_page(request, visitor, 403, "denied")
        wanted = permission if isinstance(permission, frozenset) else [permission] if permission else []
        if wanted and not any(map(actor.may, wanted)):
            return error_page(request, visitor, 403, "denied")
        return Session(
            ref=visitor.ref,
            actor=actor,
            t=visitor.t.at(self.services.zone(actor.community)),
            theme=visitor.theme,
            csrf=visitor.csrf,
            path=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            paths=frozenset(paths),
            services=self.services,
            in_sandbox=visitor.in_sandbox,
        )

    # ---- plain documents and forms --------------------------------------------------------------------------------
    def document(self, path: str, handler: DocumentHandler) -> None:
        """Serve a page that is plain HTML, for anybody."""

        async def serve(request: Request) -> Response:
            return await handler(request, self.visitor(request))

        app.add_route(path, serve, methods=["GET"])

    def form(self, path: str, handler: FormHandler, files: int = 0) -> None:
        """Take a POST of a form with at most that many `files`, for anybody; it must carry the visitor's token."""

        async def take(request: Request) -> Response:
            visitor = self.visitor(request)
            async with request.form(max_files=files, max_fields=200) as data:
                if not same_token(visitor, data.get("csrf")):
                    return error_page(request, visitor, 403, "stale")
                return await handler(request, visitor, data)

        app.add_route(path, take, methods=["POST"])


def text_of(data: FormData, name: str) -> str:
    """Return a text field of a form; a missing one, or a file in its place, is empty."""
    value = data.get(name)
    return value if isinstance(value, str) else ""
