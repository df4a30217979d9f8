"""Keeper: what is filled in stays on the phone too, and what was submitted there is sent until it is acknowledged.

The server's draft holds what reached it. The browser's own storage holds the same, and what was filled in while the
connection was away; when the form is opened again it is taken up. The work is done by static/keeper.js.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from json import dumps
from typing import Any

from nicegui import ui

from app.i18n import Translator
from app.ui.assets import asset
from app.ui.widgets.basic import box, icon, text
from app.ui.widgets.sync_note import LOCAL_KINDS, sync_parts

SUBJECTS = "_subjects"
"""The answer of a form that says whom else it is about; no question can have such an id."""

WHOM = "_whom"
"""The answer of a form for several at once that holds for whom; no question can have such an id."""

_LOCAL = "local"
"""Marks a day and time as the browser has it: in the place's zone, without an offset."""


def install(t: Translator, account: str, csrf: str) -> None:
    """Run the keeper on this page, and build the bar that tells what waits to be sent."""
    words = {
        name: t(f"keeper-{name}", n="{n}")
        for name in ("waiting", "refused", "locked", "leave", "file", "nofile", "filefull", "stray")
    }
    config = {"account": account, "csrf": csrf, "language": t.language, "words": words}
    ui.add_body_html(f'<script type="application/json" id="gb-keeper">{_js(config)}</script>')
    for script in ("keeper.js", "kept.js", "narrow.js", "opening.js", "fields.js", "rows.js"):
        ui.add_body_html(f'<script src="{asset(script)}" defer></script>')


def outbox(t: Translator) -> None:
    """Build the bar; the keeper shows it while something waits."""
    with box("gb-outbox").props("role=status hidden"):
        icon("cloud_off")
        text("", "words grow", "span")
        text(t("keeper-open"), "", "a").props["href"] = "/today"  # the keeper puts the form's address here


def local_notes(t: Translator) -> None:
    """Build the words that only the browser can say: on this phone, nowhere (forbidden, or full), queued."""
    for kind in LOCAL_KINDS:
        with box(f"gb-sync fm-local {kind}").props(f"role=status hidden data-kind={kind}"):
            glyph, words = sync_parts(t, kind)
            icon(glyph)
            text("", tag="span").props["data-words"] = words


def told(narrowed: Mapping[str, Any], opening: Mapping[str, Any]) -> None:
    """Put onto the page what narrows lists and opens questions, by path, while the connection is away.

    static/narrow.js and static/opening.js read it.
    """
    for path, one in narrowed.items():
        _told({"data-narrowing": path, "data-told": _compact(one)})
    if opening:
        _told({"data-opening": _compact(opening)})


def _told(props: Mapping[str, str]) -> None:
    box("gb-hidden").props.update({"hidden": True, **props})


def _compact(value: object) -> str:
    return dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Opened:
    """An open form as the keeper needs it: `target` is what a submission names besides its answers.

    `begun`, `title` and `who` are for a list of drafts that only this device has: how to open it, what it is called.
    """

    draft: str
    entry_id: str
    answers: Mapping[str, Any]
    back: str
    target: Mapping[str, Any]
    begun: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    who: str = ""


async def start(opened: Opened, element: ui.element) -> Mapping[str, Any] | None:
    """Keep what is filled in inside `element`; return what it changed before (id, at, dirty), or None."""
    given = {
        "draft": opened.draft,
        "id": opened.entry_id,
        "answers": dict(opened.answers),
        "back": opened.back,
        "target": dict(opened.target),
        "root": f"c{element.id}",
        "begun": dict(opened.begun),
        "title": opened.title,
        "who": opened.who,
    }
    try:
        kept = await ui.run_javascript(
            f"return window.gridbookKeeper?.open({_js(given)}) ?? null", timeout=5.0
        )
    except TimeoutError:  # a browser that forbids scripts of ours, or one that has just gone away
        return None
    return kept if isinstance(kept, dict) else None


def late(element: ui.element, take: Callable[[object], Awaitable[None]]) -> None:
    """Let `take` have what was answered without the connection inside `element`; it is to say what it has `heard`."""
    element.on("gb-late", lambda event: take(event.args), js_handler="(event) => emit(event.detail)")


def heard(number: object, answers: Mapping[str, Any]) -> None:
    """Tell the browser that what it told once more, under a number, is among these answers."""
    ui.run_javascript(f"window.gridbookKeeper?.heard({_js(number)}, {_js(answers)})")


def answers_of(kept: object, zone: tzinfo) -> dict[str, Any]:
    """Return the answers that a browser kept, as JSON that a submission takes; what isn't one is left out."""
    if not isinstance(kept, Mapping):
        return {}
    return {str(name): _answer(value, zone) for name, value in kept.items()}


def _answer(value: object, zone: tzinfo) -> object:
    if isinstance(value, Mapping):
        if set(value) != {_LOCAL}:
            return {str(name): _answer(one, zone) for name, one in value.items()}
        told = str(value[_LOCAL])
        try:
            return datetime.fromisoformat(told).replace(tzinfo=zone).isoformat()
        except ValueError:
            return told
    return [_answer(one, zone) for one in value] if isinstance(value, list) else value


def saved(answers: Mapping[str, Any]) -> None:
    """Tell the browser that the server's draft holds these answers."""
    ui.run_javascript(f"window.gridbookKeeper?.saved({_js(answers)})")


def chosen(answers: Mapping[str, Any]) -> None:
    """Tell the browser all answers so far: some it can't read off its own fields."""
    ui.run_javascript(f"window.gridbookKeeper?.chosen({_js(answers)})")


def forget() -> None:
    """Take out of the browser what an earlier opening left there: it is in the ledger."""
    ui.run_javascript("window.gridbookKeeper?.forget()")


def answered() -> None:
    """Tell the browser that the pressed button was answered."""
    ui.run_javascript("window.gridbookKeeper?.answered()")


def done() -> None:
    """Take the answers out of the browser: they are in the ledger now, or were thrown away."""
    ui.run_javascript("window.gridbookKeeper?.done()")


async def on_device() -> list[Mapping[str, Any]]:
    """Return what this device keeps of forms that weren't submitted: key, at, title, who, queued."""
    try:
        found = await ui.run_javascript("return window.gridbookKept?.all() ?? []", timeout=5.0)
    except TimeoutError:  # it has just gone away
        return []
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


async def kept_of(draft: str) -> Mapping[str, Any] | None:
    """Return what this device keeps of one draft: answers and begun; None for nothing."""
    try:
        found = await ui.run_javascript(f"return window.gridbookKept?.one({_js(draft)}) ?? null", timeout=5.0)
    except TimeoutError:
        return None
    return found if isinstance(found, Mapping) else None


def tell_kept(what: str, draft: str) -> None:
    """Let this device `forget`, `discard` or `putBack` what it keeps of a draft."""
    ui.run_javascript(f"window.gridbookKept?.{what}({_js(draft)})")


def waiting_files(draft: str, place: ui.element) -> None:
    """Let a hidden place, with a list in it, show the files that wait on this device for a draft, if there are any."""
    ui.run_javascript(f"window.gridbookKept?.waiting({_js(draft)}, {_js(f'c{place.id}')})")


async def move_files(draft: str, to: str, names: Mapping[str, str]) -> None:
    """Let the files that wait on this device for a draft wait for another; `names` says at which of its questions."""
    with suppress(TimeoutError):  # gone away: they are listed where the draft is opened again
        await ui.run_javascript(
            f"await window.gridbookKept?.move({_js(draft)}, {_js(to)}, {_js(names)})", timeout=5.0
        )


def stray_files(t: Translator) -> None:
    """Build the place where the browser lists files that wait for this form and that no question of it takes."""
    with box("gb-note due fm-stray").props("role=status hidden"):
        icon("attach_file")
        with box("grow stack"):
            text(t("draft-files"), "strong")
            text(t("stray-files-what"))
            box("stack", "ul")


def drafts_link(t: Translator, href: str, drafts: Sequence[str]) -> None:
    """Build the way to one's drafts; the browser counts those that it alone has to the server's, and hides a nought."""
    made = text("", "gb-drafts gb-form-link hh-duty", "a")
    made.props["href"] = href
    made.props["data-keys"] = _compact(list(drafts))
    if not drafts:
        made.props("hidden")
    with made:
        icon("edit_note")
        words = text(t("drafts-count", n=str(len(drafts))), "strong grow", "span")
        words.props["data-words"] = t("drafts-count", n="{n}")
        icon("chevron_right", "go")


def _js(value: object) -> str:
    return dumps(value, ensure_ascii=True).replace("</", "<\\/")
