"""An entry's versions side by side: who changed what and when; a table on the desk, by question on the phone."""

from app.services.answers import AnswerView
from app.services.books.entries import EntryViews
from app.services.books.versions import Version, VersionRow, Versions
from app.ui.frame import frame
from app.ui.pages.ledger.table import STATES
from app.ui.pages.parts.saying import doer, moment, said
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import HiddenTag, Section, box, icon, text

VERSIONS = "/entry/{entry}/versions"


def register(shell: Shell) -> None:
    """Register `/entry/{entry}/versions`."""
    views = shell.services.entry_views
    if views is None:
        return

    @shell.page(VERSIONS)
    async def page(session: Session, entry: str) -> None:
        await draw(session, views, entry)


async def draw(session: Session, views: EntryViews, entry: str) -> None:
    """Draw the page."""
    t = session.t
    found = await views.versions(session.ref, entry)
    title = t("versions-title")
    with (
        frame(title, active="ledger", sub=t("versions-n", n=len(found.versions)), back=f"/entry/{entry}"),
        box("stack pad-desk"),
    ):
        _table(session, found)
        with box("only-phone"), Section(t("versions-who"), padded=False), box("gb-list", "ul"):
            for version in found.versions:
                with box("im-row", "li"):
                    _head(session, version)
        with box("only-phone"):
            for row in found.rows:
                _question(session, found, row)
        if found.hidden:
            HiddenTag(found.hidden)


def _head(session: Session, version: Version) -> None:
    t = session.t
    glyph, tone = STATES[version.state]
    state = "entry-state-first" if version.state == "stands" else f"entry-state-{version.state}"
    with box(f"gb-st {tone} bare", "span"):
        icon(glyph)
        text(t(state), tag="span")
    text(t.dotted(moment(t, version.recorded_at), doer(t, version.by)), "meta")
    if version.reason:
        text(t("entry-reason", reason=version.reason))


def _table(session: Session, found: Versions) -> None:
    t = session.t
    with (
        box("lg-scroll only-desk gb-sheet").props("tabindex=0 role=region") as region,
        box("lg-grid vs-grid", "table"),
    ):
        region.props["aria-label"] = t("versions-title")
        with box(tag="thead"), box(tag="tr"):
            text(t("bulk-question"), tag="th").props("scope=col")
            for version in found.versions:
                with box("vs-head", "th").props("scope=col"):
                    _head(session, version)
        with box(tag="tbody"):
            for row in found.rows:
                with box(tag="tr"):
                    text(_title(session, row), "strong", "th").props("scope=row")
                    for answer, changed in zip(row.answers, row.changed, strict=True):
                        with box("vs-changed" if changed else "", "td"):
                            _answer(session, answer, changed=changed)


def _question(session: Session, found: Versions, row: VersionRow) -> None:
    t = session.t
    with Section(_title(session, row), padded=False), box("gb-list", "ul"):
        for version, answer, changed in zip(found.versions, row.answers, row.changed, strict=True):
            with box("im-row vs-changed" if changed else "im-row", "li"):
                text(t.dotted(moment(t, version.recorded_at), doer(t, version.by)), "meta")
                _answer(session, answer, changed=changed)


def _answer(session: Session, answer: AnswerView | None, *, changed: bool) -> None:
    t = session.t
    if changed:
        with box("gb-st due bare", "span"):
            icon("edit")
            text(t("versions-changed"), tag="span")
    text((said(t, answer) if answer is not None else "") or t("entry-unanswered"))


def _title(session: Session, row: VersionRow) -> str:
    title = session.t.text(row.title)
    return session.t("entry-sensitive", title=title) if row.sensitive else title
