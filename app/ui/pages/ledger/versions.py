"""An entry's versions: who changed what and when. A table on the desk; on the phone what changed, step by step."""

from app.services.answers import AnswerView
from app.services.books.entries import EntryViews
from app.services.books.versions import Version, VersionRow, Versions
from app.ui.frame import frame
from app.ui.pages.ledger.chips import STATES
from app.ui.pages.parts.saying import doer, moment, said
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import HiddenTag, Section, box, icon, text
from app.ui.widgets.facts import FactList

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
        with box("only-phone stack"):
            _steps(session, found)
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


def _steps(session: Session, found: Versions) -> None:
    """Draw the versions in their order, then each answer that changed from version to version, then the others once."""
    t = session.t
    with Section(t("versions-who"), padded=False), box("gb-list", "ol"):
        for nth, version in enumerate(found.versions, 1):
            with box("vs-said pad", "li"):
                text(str(nth), "vs-nth", "span")
                with box():
                    _head(session, version)
    changed = [row for row in found.rows if any(row.changed)]
    for row in changed:
        with Section(_title(session, row)), box("gb-list", "ul"):
            for nth, (version, answer) in enumerate(zip(found.versions, row.answers, strict=True), 1):
                if nth == 1 or row.changed[nth - 1]:
                    with box("vs-said vs-changed" if row.changed[nth - 1] else "vs-said", "li"):
                        text(str(nth), "vs-nth", "span")
                        text(_said(session, answer))
                        text(t.dotted(moment(t, version.recorded_at), doer(t, version.by)), "meta")
    same = [row for row in found.rows if not any(row.changed)]
    if same:
        with Section(t("versions-same") if changed else t("versions-all")):
            FactList(
                (_title(session, row), _said(session, next(filter(None, row.answers), None))) for row in same
            )


def _said(session: Session, answer: AnswerView | None) -> str:
    return (said(session.t, answer) if answer is not None else "") or session.t("entry-unanswered")


def _answer(session: Session, answer: AnswerView | None, *, changed: bool) -> None:
    t = session.t
    if changed:
        with box("gb-st due bare", "span"):
            icon("edit")
            text(t("versions-changed"), tag="span")
    text(_said(session, answer))


def _title(session: Session, row: VersionRow) -> str:
    title = session.t.text(row.title)
    return session.t("entry-sensitive", title=title) if row.sensitive else title
