"""Parts that the studio's pages share: addresses, sentences, problems, conflicts, what differs."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from urllib.parse import urlencode

from nicegui import ui

from app.domain.kinds.common import Texts
from app.domain.merging import Absent, Side
from app.domain.problem import Problem, Where
from app.i18n import Translator
from app.services.drafting.changes import Other, Prefer
from app.services.drafting.drafts import Saved
from app.services.drafting.publish import FileChange
from app.services.drafting.studio_views import Compared
from app.services.reasons.phrases import Said, say
from app.services.reasons.told_rows import Step
from app.ui.compose.desk import said
from app.ui.frame import Action, button
from app.ui.widgets import Note, Tag, box, icon, text

STUDIO = "/studio"
FILE = STUDIO + "/{draft}/file"
"""Where one file of a draft is edited as it is written."""
COMPOSE = "/compose"
"""Where files of a draft are edited as forms."""
CLAUSES = COMPOSE + "/clauses"
TEXTS = COMPOSE + "/texts"
LAYERS = "/layers"
"""Where it is told from which level each figure comes."""
PLUGINS = "/plugins"
"""Where plugins are switched and set."""
_MOST_SHOWN = 60
_MOST_NAMED = 2
_LONGEST = 400
_MOST_LINES = 40
"""Lines of a file that comes or goes which are shown all the same."""


def draft_address(draft: str) -> str:
    """Return where a draft's files are listed."""
    return f"{STUDIO}/{draft}"


def file_address(draft: str, path: str) -> str:
    """Return where one file of a draft is edited."""
    return f"{STUDIO}/{draft}/file?" + urlencode({"path": path})


def compose_address(draft: str, path: str = "", at: Where | None = None) -> str:
    """Return where a draft, or one file of it, at a place, is edited as a form."""
    spot = {"at": f"{at.line}:{at.column}"} if at is not None else {}
    named = {"path": path} if path else {}
    return f"{COMPOSE}?" + urlencode({"draft": draft, **named, **spot})


def of_draft(page: str, draft: str, **more: str) -> str:
    """Return the address of a page about a draft."""
    return f"{page}?{urlencode({'draft': draft, **more})}"


def edit_address(paths: Collection[str], draft: str, path: str, at: Where | None = None) -> str:
    """Return where a file is edited by somebody who may open `paths`: as a form, else as it is written."""
    if COMPOSE in paths:
        return compose_address(draft, path, at)
    return file_address(draft, path) + (f"&line={at.line}" if at is not None else "")


def layers_address(draft: str = "") -> str:
    """Return where the layers of a draft, or of what was published last, are shown."""
    return f"{LAYERS}?{urlencode({'draft': draft})}" if draft else LAYERS


def publish_address(draft: str) -> str:
    """Return where a draft goes its way into force."""
    return f"{STUDIO}/{draft}/publish"


def called(t: Translator, title: str, about: Sequence[Texts | str] = ()) -> str:
    """Return what a draft is called: by its title, else by what it changes, the first few of them."""
    if title:
        return title
    if not about:
        return t("studio-untitled")
    first = t.listed(t.text(one) if not isinstance(one, str) else one for one in about[:_MOST_NAMED])
    more = len(about) > _MOST_NAMED
    return t("studio-called-more", what=first, n=len(about)) if more else t("studio-called", what=first)


def sentences(t: Translator, said: Iterable[Said], most: int = _MOST_SHOWN) -> None:
    """Show what a definition says, a paragraph a sentence."""
    listed = list(said)
    for one in listed[:most]:
        text(say(one, t), "sd-said")
    if len(listed) > most:
        text(t("studio-more", n=len(listed) - most), "meta")


def problem_rows(
    t: Translator, problems: Sequence[Problem], go: Callable[[Problem], object] | None = None
) -> None:
    """List what the checker found, each a way to its place."""
    for problem in problems[:_MOST_SHOWN]:
        words = t.problem(problem)
        tone = "late" if problem.is_error else "due"
        with box(f"sd-problem {tone}"):
            icon("error" if problem.is_error else "warning")
            with box("grow"):
                text(words.what, "strong")
                text(words.remedy, "meta")
                text(f"{problem.where} · {problem.code}" if problem.where else problem.code, "meta")
            if go is not None and problem.where is not None:
                button(Action(t("studio-go"), on_click=lambda one=problem: go(one)), "quiet")
    if len(problems) > _MOST_SHOWN:
        text(t("studio-more", n=len(problems) - _MOST_SHOWN), "meta")


def steps(t: Translator, why: Sequence[Step]) -> None:
    """Show why something came out so, deeper steps further in."""
    if not why:
        return
    with ui.element("pre").classes("gb-diff").props("tabindex=0"):
        for step in why:
            where = f"  ({step.where})" if step.where is not None else ""
            text(f"{'  ' * step.depth}{say(step.said, t)}{where}", "", "div")


def conflict_box(t: Translator, saved: Saved, decide: Callable[[Prefer], Awaitable[None]]) -> None:
    """Show what two people made different things of; only a decision stores anything."""
    Note(t("studio-conflict"), "late")
    for one in saved.conflicts:
        for number, conflict in enumerate(one.conflicts):
            words = say(one.words[number], t) if one.words else ""
            with box("sd-conflict"):
                text(words or one.path, "strong")
                if not words:
                    text("/".join(map(str, conflict.path)), "meta")
                with box("sd-sides"):
                    _side(t, t("studio-mine"), conflict.mine)
                    _side(t, _theirs(t, one.others[number] if one.others else None), conflict.theirs)
    with box("row-c wrap"):
        button(Action(t("studio-take-mine"), on_click=lambda: decide("mine")))
        button(Action(t("studio-take-theirs"), on_click=lambda: decide("theirs")))


def undecided_note(t: Translator, saved: Saved) -> None:
    """Say who has just changed what somebody wanted to change, where nothing is to be chosen but to look again."""
    others = [other for one in saved.conflicts for other in one.others if other is not None]
    if not others or not others[0].name or others[0].is_reader:
        Note(t("compose-conflict"), "late")
    else:
        Note(t("compose-conflict-by", who=others[0].name, at=t.moment(others[0].at)), "late")


def _theirs(t: Translator, other: Other | None) -> str:
    """Return who made the other change, and when, as far as it is known."""
    if other is None:
        return t("studio-theirs")
    when = t.moment(other.at)
    if other.is_reader:
        return t("studio-mine-elsewhere", at=when)
    return t("studio-theirs-by", who=other.name, at=when) if other.name else t("studio-theirs-at", at=when)


def _side(t: Translator, label: str, side: Side) -> None:
    with box():
        text(label, "meta")
        text(side_words(t, side), "sd-value")


def side_words(t: Translator, side: Side) -> str:
    """Return what one of two people made of a place, as a file says it; that it is gone, where nothing stands there."""
    return (t("studio-gone") if isinstance(side, Absent) else said(side))[:_LONGEST]


def file_changes(t: Translator, changes: Sequence[FileChange], *, whole: bool = False) -> None:
    """Show which files differ, with their lines; `whole`: also all lines of long ones that come or go."""
    for change in changes:
        with box("ru-row"):
            text(change.path, "strong")
            Tag(t(f"rules-{change.kind}"))
        if whole or change.kind == "changed" or len(change.lines) <= _MOST_LINES:
            shown = ui.element("pre").classes("gb-diff").props("tabindex=0")
            with shown:
                for line in change.lines:
                    text(line, "add" if line[:1] == "+" else "del" if line[:1] == "-" else "", "div")


def in_words(t: Translator, compared: Compared) -> None:
    """Show what definitions said and say, side by side."""
    for one in compared.words:
        text(say(one.title, t) or one.name, "strong")
        with box("sd-sides"):
            with box("sd-was"):
                text(t("studio-before"), "meta")
                _sentences(t, one.before)
            with box():
                text(t("studio-after"), "meta")
                _sentences(t, one.after)


def _sentences(t: Translator, said: Sequence[Said]) -> None:
    """Show what one side says; of what comes or goes the other side says nothing, and that is said."""
    if said:
        sentences(t, said)
    else:
        text(t("studio-said-nothing"), "muted")
