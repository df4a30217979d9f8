"""The addresses of prints that are made when they are asked for: a place's report, certificates, cards."""

from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from app.services.actor import ActorRef
from app.ui.attachments import TYPES, Attachment, attached, language_of
from app.ui.pages.parts.register_words import day_of
from app.ui.security import origin_of
from app.ui.session import Visitor
from app.ui.shell import Shell

REPORTS = "/reports"
CERTIFICATES = "/certificates"


def report_address(year: str, language: str = "") -> str:
    """Return where the report of a year is."""
    return _with(f"{REPORTS}/{quote(year)}.pdf", language=language)


def certificate_address(year: str, finding: str, language: str = "") -> str:
    """Return where the certificate of a finding is."""
    return _with(f"{CERTIFICATES}/{quote(year)}/{quote(finding, safe='')}", language=language)


def card_print_address(about: str, subject: str, on: str = "", known: str = "") -> str:
    """Return where the print of a card is, as of a day and as known by another's end where they are given."""
    return _with(f"/subjects/{quote(about)}/{quote(subject, safe='')}/card.pdf", on=on, known=known)


def _with(address: str, **said: str) -> str:
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{address}?{query}" if query else address


def register(shell: Shell) -> None:
    """Register the addresses."""
    prints, cards = shell.services.place_prints, shell.services.card_prints

    def language(request: Request, visitor: Visitor) -> str:
        return language_of(visitor, request.query_params.get("language", ""))

    async def report(request: Request, visitor: Visitor) -> Response:
        year = request.path_params["year"]

        async def make(ref: ActorRef) -> Attachment | None:
            if prints is None:
                return None
            content = await prints.report_pdf(ref, year, language(request, visitor))
            return Attachment(f"report-{year}.pdf", content, TYPES["pdf"])

        return await attached(request, visitor, make)

    async def certificate(request: Request, visitor: Visitor) -> Response:
        year, finding = request.path_params["year"], request.path_params["finding"]

        async def make(ref: ActorRef) -> Attachment | None:
            if prints is None:
                return None
            address = origin_of(request.scope, shell.settings.public_url)
            content = await prints.certificate_pdf(ref, year, finding, language(request, visitor), address)
            return Attachment(f"certificate-{year}.pdf", content, TYPES["pdf"])

        return await attached(request, visitor, make)

    async def card(request: Request, visitor: Visitor) -> Response:
        about, subject = request.path_params["about"], request.path_params["subject"]
        days = (day_of(request.query_params.get(name, "")) for name in ("on", "known"))

        async def make(ref: ActorRef) -> Attachment | None:
            if cards is None:
                return None
            content = await cards.pdf(ref, about, subject, language(request, visitor), *days)
            return Attachment(f"{about}-{subject}.pdf", content, TYPES["pdf"])

        return await attached(request, visitor, make)

    shell.document(REPORTS + "/{year}.pdf", report)
    shell.document(CERTIFICATES + "/{year}/{finding:path}", certificate)
    shell.document("/subjects/{about}/{subject}/card.pdf", card)
