"""The frame of every page of the signed-in: tabs on the phone, a rail on the desk, and the page's head.

    with frame(t("today-title"), active="today", sub="…", primary=Action(t("today-record"), href="/record")):
        ...the page...

Links and switches in it are plain HTML, so that they work while the connection is away.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from app.i18n import LANGUAGES
from app.services.actor import Actor, Permission, Post
from app.ui import opening
from app.ui.assets import glyph
from app.ui.session import THEMES, Session
from app.ui.widgets import keeper
from app.ui.widgets.basic import box, icon, text


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation; shown when its page is registered and the actor has one of the permissions."""

    key: str
    href: str
    label: str
    icon: str
    permission: Permission | None = None
    other: Permission | None = None

    def is_for(self, actor: Actor) -> bool:
        """Whether somebody has this entry."""
        wanted = [one for one in (self.permission, self.other) if one is not None]
        return not wanted or any(actor.may(one) for one in wanted)


WORK = (
    NavItem("today", "/today", "nav-today", "today"),
    NavItem("households", "/households", "nav-households", "home"),
    NavItem("record", "/record", "nav-record", "add"),
    NavItem("ledger", "/ledger", "nav-ledger", "menu_book"),
    NavItem("score", "/score", "nav-score", "insights"),
)
"""What everybody of a community has: the phone's tabs and the rail's first part."""

ABOVE = (
    NavItem("communities", "/communities", "nav-communities", "domain", Permission.SEE_SCORES),
    NavItem("studio", "/studio", "nav-studio", "edit_note", Permission.PUBLISH, Permission.APPROVE),
    NavItem("people", "/people", "nav-people", "badge", Permission.ADMINISTER),
    NavItem("accounts", "/accounts", "nav-accounts", "manage_accounts", Permission.ADMINISTER),
)
"""What people of a place above communities have instead, in the tabs as in the rail."""

MANAGE = (
    NavItem("staff", "/staff", "nav-staff", "groups", Permission.SEE_SCORES),
    NavItem("appraisals", "/appraisals", "nav-appraisals", "leaderboard", Permission.APPRAISE),
    NavItem("studio", "/studio", "nav-studio", "edit_note", Permission.PUBLISH, Permission.APPROVE),
    NavItem("flags", "/flags", "nav-flags", "flag", Permission.CORRECT),
    NavItem("rules", "/rules", "nav-rules", "rule", Permission.PUBLISH),
    NavItem("import", "/import", "nav-import", "upload", Permission.ADMINISTER),
    NavItem("places", "/places", "nav-places", "domain", Permission.PUBLISH, Permission.APPROVE),
    NavItem("people", "/people", "nav-people", "badge", Permission.ADMINISTER),
    NavItem("accounts", "/accounts", "nav-accounts", "manage_accounts", Permission.ADMINISTER),
)
"""What an office has besides: the rail's second part; on the phone it stands on the page of one's account."""

_SAY_WAITING = """<script>
document.addEventListener('click', (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const pages = ':is(.gb-seg *, .gb-tabs *, .gb-rail *, .td-row, .gb-subject-row, .hh-duty, .sc-line)';
  if (event.target.closest(`a[href]${pages}`))
    setTimeout(() => document.body.classList.add('gb-waiting'), 500);
});
addEventListener('pageshow', () => document.body.classList.remove('gb-waiting'));
</script>"""
"""What was pressed may take a while to come, by a slow line or since it is worked out first: after half a second it is
said where the reader looks. Only of links to pages: a file that is fetched leaves the page as it is."""

_THEME_ICONS = {"auto": "settings", "light": "light_mode", "dark": "dark_mode"}
_RECORD = "record"


@dataclass(frozen=True, slots=True)
class Action:
    """A button of the page's head: a link (`href`) or a handler. `why_not` explains why it is disabled.

    `only_desk` leaves it out on phones: what is printed there, or what the tabs have.
    """

    label: str
    href: str = ""
    on_click: Callable[..., Any] | None = None
    icon: str = ""
    why_not: str = ""
    only_desk: bool = False


def visible(items: Sequence[NavItem], session: Session) -> list[NavItem]:
    """Return the entries that this actor has."""
    return [item for item in items if item.href in session.paths and item.is_for(session.actor)]


@contextmanager
def frame(  # noqa: PLR0913 - a keyword each, most pages give two or three
    title: str,
    *,
    active: str = "",
    sub: str = "",
    primary: Action | None = None,
    actions: Sequence[Action] = (),
    back: str = "",
    tabs: bool = True,
    head: bool = True,
) -> Iterator[None]:
    """Build the page around the block.

    `active` is the key of the navigation's entry. `back` turns the page into a task on the phone: a top bar with a way
    back, and the buttons beneath it. `tabs` False drops the bottom tabs, for pages that have an action bar of their own
    in that place. `head` False leaves the heading to the page (it then makes its own h1).
    """
    session = Session.current()
    t = session.t
    ui.page_title(f"{title} · {t('app-name')}")
    _plain_page()
    keeper.install(t, session.actor.account, session.csrf)
    opening.install(t)
    ui.add_body_html(_SAY_WAITING)
    link(t("frame-skip"), "#main", "gb-skip")
    with box("gb-app" if session.t.language == "zh" else "gb-app wide-text"):
        _rail(session, active)
        with box("gb-main" if tabs else "gb-main task", "main").props("id=main tabindex=-1") as main:
            main.props["data-waiting"] = t("loading")
            if session.in_sandbox:
                _sandbox(session)
            keeper.outbox(t)
            if back:
                _top_bar(t("action-back"), title, sub, back)
            if head:
                _head(session, title, sub, primary, actions, under_top=bool(back))
            yield
        if tabs:
            _tabs(session, active)


def _sandbox(session: Session) -> None:
    """Say on every page that nothing here is real, with the way out."""
    t = session.t
    with box("gb-sandbox").props("role=note"):
        icon("science")
        text(t("sandbox-banner"), "grow")
        with form(session, "/sandbox/leave"), submit("go", "1", "gb-button gb-btn-line"):
            text(t("sandbox-leave"), tag="span")


def _plain_page() -> None:
    """Make Quasar's page a plain box: it would be a second `main` around ours."""
    slot = ui.context.client.content.parent_slot
    if slot is not None:
        slot.parent.tag = "div"


def link(label: str, href: str, classes: str) -> ui.element:
    """Make a link of text alone."""
    made = text(label, classes, "a")
    made.props["href"] = href
    return made


# ---- navigation ----------------------------------------------------------------------------------------------------
def _entry(session: Session, item: NavItem, active: str, classes: str = "") -> None:
    with box(classes, "a") as made:
        made.props["href"] = item.href
        if item.key == active:
            made.props["aria-current"] = "page"
        icon(item.icon)
        text(session.t(item.label), tag="span")


def _tabs(session: Session, active: str) -> None:
    with box("gb-tabs", "nav") as made:
        made.props["aria-label"] = session.t("frame-navigation")
        for item in visible(ABOVE if session.actor.is_above else WORK, session):
            _entry(session, item, active, "gb-tab gb-tab-add" if item.key == _RECORD else "gb-tab")


def _rail(session: Session, active: str) -> None:
    t = session.t
    with box("gb-rail", "nav") as rail:
        rail.props["aria-label"] = t("frame-navigation")
        with box("brand"):
            mark()
            text(t("app-name"), tag="span")
        with box("links"):
            for item in visible(ABOVE if session.actor.is_above else WORK, session):
                if item.key != _RECORD:
                    _entry(session, item, active)
            manage = [] if session.actor.is_above else visible(MANAGE, session)
            if manage:
                text(t("nav-manage"), "cap")
            for item in manage:
                _entry(session, item, active)
        with box("foot"), box("gb-menu", "details"):
            with box("", "summary"):
                with box():
                    text(session.actor.name, "", "b")
                    text(post_title(session, session.actor.post))
                icon("unfold_more")
            with box("panel"):
                switches(session)


def mark() -> None:
    """Draw the sign: four cells, one filled."""
    with box("gb-mark").props("aria-hidden=true"):
        for _ in range(4):
            box(tag="i")


def post_title(session: Session, post: Post) -> str:
    """Return a post in words: role and place."""
    services = session.services
    role = session.t.text(services.role_title(post.place, post.role))
    return session.t.dotted(role, session.t.text(services.place_title(post.place)))


# ---- switches ------------------------------------------------------------------------------------------------------
def switches(session: Session, *, account: bool = True) -> None:
    """Build the post switcher, language, light and dark, the way to one's account, and logout."""
    t = session.t
    if len(session.actor.posts) > 1:
        text(t("frame-posts"), "cap")
        with form(session, "/post"):
            for post in session.actor.posts:
                with submit("post", post.entry, "gb-pick") as made:
                    if post == session.actor.post:
                        made.props["aria-current"] = "true"
                    icon("badge")
                    text(post_title(session, post), tag="span")
    text(t("frame-language"), "cap")
    with form(session, "/preferences", "gb-row3"):
        for language in LANGUAGES:
            with submit("language", language, "gb-pick") as made:
                made.props["aria-pressed"] = "true" if language == t.language else "false"
                made.props["lang"] = language
                text(t(f"language-name-{language}"), tag="span")
    text(t("frame-theme"), "cap")
    with form(session, "/preferences", "gb-row3"):
        for theme in THEMES:
            with submit("theme", theme, "gb-pick") as made:
                made.props["aria-pressed"] = "true" if theme == session.theme else "false"
                icon(_THEME_ICONS[theme])
                text(t(f"theme-{theme}"), tag="span")
    if account:
        text("", "cap")
        with link("", "/account", "gb-pick"):
            icon("account_circle")
            text(t("nav-account"), tag="span")
    with form(session, "/logout"), submit("go", "1", "gb-pick"):
        icon("logout")
        text(t("frame-logout"), tag="span")


@contextmanager
def form(session: Session, action: str, classes: str = "") -> Iterator[ui.element]:
    """Build a plain form that posts to `action` with the session's token, and comes back to this page."""
    with box(classes, "form") as made:
        made.props["action"] = action
        made.props["method"] = "post"
        hidden("csrf", session.csrf)
        hidden("next", session.path)
        yield made


def hidden(name: str, value: str) -> None:
    """Add a hidden field."""
    field = ui.element("input")
    field.props["type"] = "hidden"
    field.props["name"] = name
    field.props["value"] = value


def submit(name: str, value: str, classes: str) -> ui.element:
    """Make a button that sends its form with `name` = `value`."""
    made = box(classes, "button")
    made.props["type"] = "submit"
    made.props["name"] = name
    made.props["value"] = value
    return made


# ---- the head ------------------------------------------------------------------------------------------------------
def _top_bar(label: str, title: str, sub: str, back: str) -> None:
    with box("gb-top only-phone", "header"):
        with link("", back, "gb-me") as made:
            made.props["aria-label"] = label
            icon("arrow_back")
        with box("grow"):
            text(title, "", "h1")
            if sub:
                text(sub, "sub")


def _head(
    session: Session,
    title: str,
    sub: str,
    primary: Action | None,
    actions: Sequence[Action],
    *,
    under_top: bool,
) -> None:
    """`under_top`: the phone has the title in its top bar, and beneath it the buttons that it needs, too."""
    classes = "gb-head pad"
    if under_top:
        needed = any(not one.only_desk for one in (*actions, *([primary] if primary else [])))
        classes += " under-top" if needed else " only-desk"
    with box(classes, "header"):
        with box("grow"):
            text(title, "", "h1")
            if sub:
                text(sub, "sub")
        if not under_top:
            with link("", "/account", "gb-me only-phone") as made:
                made.props["aria-label"] = session.t("nav-account")
                icon("account_circle")
        if primary is not None or actions:
            with box("acts"):
                for action, kind in [
                    *((action, "line") for action in actions),
                    *([(primary, "act")] if primary else []),
                ]:
                    made = button(action, kind)
                    if action.only_desk:
                        made.classes("only-desk")


def button(action: Action, kind: str = "line") -> ui.element:
    """Make the button of an action; `kind` is act, line or quiet. A disabled one has its reason beside it."""
    if action.href and not action.why_not:
        with box(f"gb-button gb-btn-{kind}", "a") as made:
            made.props["href"] = action.href
            if action.icon:
                icon(action.icon)
            text(action.label, tag="span")
        return made
    # color=None: Quasar's own text colour is !important and would hide a filled button's label
    pressed = ui.button(
        action.label, icon=glyph(action.icon) if action.icon else None, color=None, on_click=action.on_click
    ).classes(f"gb-btn-{kind}")
    if action.why_not:
        pressed.disable()
        text(action.why_not, "gb-why-not")
    return pressed
