"""My score, and that of others for those who may see it: points by item, each opened down to its reason."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Final
from urllib.parse import quote, urlencode

from app.domain.core.values import Number
from app.i18n import Translator
from app.services.actor import Permission
from app.services.appraising.composition import PartView
from app.services.appraising.score_views import ItemView, ScoreView, SheetView
from app.services.appraising.windows import PART, read_name
from app.services.prints.certificates import Praise
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import Percent, say
from app.services.reasons.reason_words import points_of, titled
from app.services.reasons.reasons import ItemReason
from app.services.year.marks_to_give import MarkSheet
from app.services.year.year import YearService
from app.ui.frame import Action, frame, link
from app.ui.pages.prints.files import certificate_address
from app.ui.pages.year.reason import reason_panel
from app.ui.pages.year.stages import appeal_address
from app.ui.pages.year.trend import YearPanel
from app.ui.pages.year.wallet import wallet_panel
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import CapBar, EmptyState, Note, ScoreLine, box, text

FEW: Final = 2
"""Up to how many windows of a sheet stand open; of more only the one whose item is shown."""


@dataclass(frozen=True, slots=True)
class Here:
    """The page's address and what is open on it."""

    base: str
    back: str
    item: str
    everything: bool
    done: str = ""
    of: str = ""

    def to(self, **values: str) -> str:
        """Return this page's address with other values; the appraisal that is looked at stays."""
        told = {"of": self.of, **values}
        return f"{self.base}?{urlencode({name: value for name, value in told.items() if value})}"


def register(shell: Shell) -> None:
    """Register `/score` and `/staff/{person}`."""
    scores, appraisals, year_service = shell.services.scores, shell.services.appraisals, shell.services.year
    prints = shell.services.place_prints
    if scores is None or appraisals is None:
        return

    async def show(session: Session, person: str | None, year: str, here: Here) -> None:
        view = await scores.overview(session.ref, person, year or None, here.of)
        here = replace(here, of=view.standing)
        opened = here.item or first_item(view)
        reason = None
        if opened:
            name, _, rest = opened.partition(":")
            path = tuple(rest.split("/"))
            if name == PART:
                reason = await scores.part(session.ref, path, person, view.period, here.of)
            else:
                reason = await scores.reason(session.ref, name, path, person, view.period, here.of)
        can_print = view.appraisal is not None and appraisals.can_print() is None
        beside = Beside()
        if year_service is not None:
            beside = await _beside(session, year_service, person, view, here, opened)
        if can_print and prints is not None and person is None:
            beside = replace(beside, praises=await prints.praises(session.ref, view.period))
        draw(session, view, here, opened, reason, can_print=can_print, beside=beside)

    @shell.page("/score")
    async def score(
        session: Session,
        year: str = "",
        item: str = "",
        all: str = "",  # noqa: A002 - the address
        done: str = "",
        of: str = "",
    ) -> None:
        await show(session, None, year, Here("/score", "", item, bool(all), done, of))

    @shell.page("/staff/{person}", permission=Permission.SEE_SCORES)
    async def staff_score(
        session: Session,
        person: str,
        year: str = "",
        item: str = "",
        all: str = "",  # noqa: A002 - the address
        of: str = "",
    ) -> None:
        here = Here(f"/staff/{quote(person)}", "/staff", item, bool(all), of=of)
        await show(session, person, year, here)


def key_of(sheet: SheetView, item: ItemView) -> str:
    """Return how an address names an item."""
    return f"{sheet.name}:{'/'.join(item.path)}"


def part_key(part: PartView) -> str:
    """Return how an address names a part of the score."""
    return f"{PART}:{'/'.join(part.path)}"


def first_item(view: ScoreView) -> str:
    """Return the item that has lost most, for the panel beside the list."""
    leaves = [(sheet, item) for sheet in view.sheets for item in sheet.items if item.leaf]
    if not leaves:
        return next((part_key(part) for part in view.parts if part.leaf), "")
    return key_of(*max(leaves, key=lambda pair: _lost(pair[1])))


def _lost(item: ItemView) -> Number:
    return 0 if item.points is None or item.most is None else item.most - item.points


@dataclass(frozen=True, slots=True)
class Beside:
    """What the year adds to a score: a panel below it, where one appeals against the open item, what was just sent."""

    panel: YearPanel | None = None
    marks: tuple[MarkSheet, ...] = ()
    appeal: str = ""
    done: str = ""
    praises: tuple[Praise, ...] = ()


async def _beside(
    session: Session, service: YearService, person: str | None, view: ScoreView, here: Here, opened: str
) -> Beside:
    own = person is None
    year = await service.person(session.ref, person, view.period, here.of)
    marks = await service.marks(session.ref, view.period) if own and not here.item else ()
    panel = None
    if not here.item and (year is not None or marks):
        panel = YearPanel(session, service, (person, view.period, here.of), year)
    appeal = ""
    name, _, path = opened.partition(":")
    if own and year is not None and year.may_appeal and opened:
        sheet, window = read_name(name, view.period)
        item = year.item(sheet, path) if name != PART else year.part(path)
        appeal = appeal_address(window, item, of=here.of) if item else ""
    return Beside(panel, marks, appeal, here.done)


def draw(
    session: Session,
    view: ScoreView,
    here: Here,
    opened: str,
    reason: ItemReason | None,
    *,
    can_print: bool,
    beside: Beside,
) -> None:
    """Draw the page. On the phone an item that is asked for takes the whole page; the desk shows both."""
    t = session.t
    own = view.person == session.actor.person and not here.back
    title = t("score-title") if own else t("score-of", name=view.name)
    as_of = t("score-as-of", day=t.day(view.as_of))
    sub = t.dotted(t("score-year", year=view.period), view.name if own else "", as_of)
    alone = bool(here.item)
    back = here.to(year=view.period) if alone else here.back
    actions = []
    if can_print and view.appraisal is not None and not view.unopened:
        address = f"/appraisals/{view.appraisal}/{view.period}/pdf/{quote(view.about)}"
        actions.append(Action(t("score-print"), href=address, icon="print", only_desk=alone))
    actions += [
        Action(
            t.text(one.title),
            href=certificate_address(view.period, one.finding),
            icon="print",
            only_desk=alone,
        )
        for one in beside.praises
        if one.about == view.person
    ]
    active = "staff" if here.back else "score"
    with frame(title, active=active, sub=sub, actions=actions, back=back):
        if beside.done:
            with box("pad"):
                Note(t("year-sent"), "act")
        if not view.sheets and not view.wallets and not view.parts:
            with box("pad"):
                _years(session, view, here)
                EmptyState(t("score-empty-title"), t("score-empty-what"), "insights")
            if beside.panel is not None:
                beside.panel.build(beside.marks)
            return
        with box("sc-cols"):
            with box("only-desk" if alone else ""):
                _list(session, view, here, opened)
            with box("" if alone else "only-desk"):
                if reason is None:
                    EmptyState(t("score-no-item-title"), t("score-no-item-what"), "rule")
                else:
                    reason_panel(
                        session,
                        reason,
                        everything=here.everything,
                        link=here.to(year=view.period, item=opened),
                        appeal=beside.appeal,
                        year=view.period,
                    )
        if beside.panel is not None:
            beside.panel.build(beside.marks)


def _years(session: Session, view: ScoreView, here: Here) -> None:
    """Draw the switch between years."""
    if len(view.years) <= 1:
        return
    with box("gb-seg sc-years", "nav") as made:
        made.props["aria-label"] = session.t("score-years")
        for year in view.years:
            entry = link(year, here.to(year=year), "on" if year == view.period else "")
            if year == view.period:
                entry.props["aria-current"] = "page"


def _standings(session: Session, view: ScoreView, here: Here) -> None:
    """Draw the switch between the appraisals that somebody stands in, each with the post it is about."""
    if len(view.standings) <= 1:
        return
    t = session.t
    with box("gb-seg sc-years sc-standings", "nav") as made:
        made.props["aria-label"] = t("score-standings")
        for one in view.standings:
            words = t.dotted(t.text(one.title), t.text(one.post), t.text(one.place))
            entry = link(words, here.to(year=view.period, of=one.key), "on" if one.shown else "")
            if one.shown:
                entry.props["aria-current"] = "page"


def _list(session: Session, view: ScoreView, here: Here, opened: str) -> None:
    with box("gb-sheet"):
        _head(session, view, here)
        largest = max(
            (
                Fraction(item.most)
                for sheet in view.sheets
                for item in sheet.items
                if item.most and not item.depth
            ),
            default=Fraction(0),
        )
        composed = _parts(session, view, here, opened)
        for sheet in view.sheets:
            alone = len(view.sheets) == 1 or (len(sheet.items) == 1 and sheet.period == view.period)
            lines = partial(_sheet, session, sheet, view, here, opened=opened, largest=largest)
            if sum(one.id == sheet.id for one in view.sheets) > FEW:
                with box("sc-window", "details") as made:
                    made.props["open"] = opened.startswith(f"{sheet.name}:") or None
                    _sheet_head(session.t, sheet, view, "summary")
                    lines()
                continue
            if composed or not alone:
                _sheet_head(session.t, sheet, view)
            lines()
    for wallet in view.wallets:
        with box("gb-sheet"):
            wallet_panel(session, wallet)


def _parts(session: Session, view: ScoreView, here: Here, opened: str) -> bool:
    """Draw what the score is made of, where that isn't one score sheet alone; return whether it is drawn."""
    t = session.t
    if len(view.parts) < 2 and all(part.sheet for part in view.parts):  # noqa: PLR2004 - one is the whole
        return False
    top = [part for part in view.parts if not part.depth]
    whole = all(part.score is not None and part.weight is not None for part in top)
    with box("yr-band"):
        text(t("score-made-of"), "strong", "span")
    for part in view.parts:
        title = t.text(part.title)
        if part.weight is not None:
            title = t("print-part", title=title, weight=say(Percent(part.weight), t))
        note = "" if part.score is not None else t(f"score-{part.state.replace('_', '-')}")
        if whole and not part.depth and part.weight is not None and part.score is not None and len(top) > 1:
            note = t("score-part-gives", points=t.number(Fraction(part.weight) * Fraction(part.score)))
        line = ScoreLine(
            title,
            None if part.score is None else Fraction(part.score),
            Fraction(100),
            note=note,
            inner=part.depth > 0,
            href=here.to(year=view.period, item=part_key(part)) if part.leaf else "",
        )
        if part_key(part) == opened:
            line.open(opened=True)
    return True


def _sheet_head(t: Translator, sheet: SheetView, view: ScoreView, tag: str = "div") -> None:
    with box("yr-band", tag):
        window = "" if sheet.period == view.period else say(period_words(sheet.period), t)
        text(t.dotted(t.text(sheet.title), window), "strong", "span")
        text(points_of(t, sheet.total, sheet.most, sheet.state), "meta", "span")


def _sheet(
    session: Session, sheet: SheetView, view: ScoreView, here: Here, *, opened: str, largest: Fraction
) -> None:
    for item in sheet.items:
        _line(session, sheet, item, view, here, opened=opened, largest=largest)


def _line(
    session: Session,
    sheet: SheetView,
    item: ItemView,
    view: ScoreView,
    here: Here,
    *,
    opened: str,
    largest: Fraction,
) -> None:
    t = session.t
    key = key_of(sheet, item)
    line = ScoreLine(
        titled(t, t.text(item.title), sheet.unit),
        None if item.points is None else Fraction(item.points),
        None if item.most is None else Fraction(item.most),
        largest=largest if item.depth == 0 else Fraction(0),
        note="" if item.points is not None else t(f"score-{item.state.replace('_', '-')}"),
        inner=item.depth > 0,
        href=here.to(year=view.period, item=key),
    )
    if key == opened:
        line.open(opened=True)


# ---- the total -----------------------------------------------------------------------------------------------------
def _head(session: Session, view: ScoreView, here: Here) -> None:
    t = session.t
    with box("in stack"):
        _years(session, view, here)
        _standings(session, view, here)
        with box("row-b gb-wrap sc-head"):
            with box("sc-tot"):
                text("—" if view.score is None else t.number(Fraction(view.score)), tag="b")
                if view.most is not None and view.score is not None:
                    text(f"/ {t.number(Fraction(view.most))}", tag="span")
                elif view.score is None:
                    text(t("score-none"), tag="span")
            with box("sc-grade"):
                _grade(t, view)
        if view.unopened:
            Note(t("score-unopened", year=view.period))
        _posts(t, view)
        if view.score is not None and view.most:
            bound = view.next.at_least if view.next is not None else None
            most = Fraction(view.most)
            CapBar(Fraction(view.score), most, most, Fraction(bound) if bound is not None else None)
        if view.bonus:
            text(t("score-bonus", points=t.number(Fraction(view.bonus))), "meta")


def _posts(t: Translator, view: ScoreView) -> None:
    """Say which posts it is about, where that isn't one alone that was held all of the period."""
    if len(view.posts) == 1 and view.posts[0].whole:
        return
    for one in view.posts:
        text(t.dotted(t.text(one.title), t.text(one.place), one.days(t)), "meta sc-post")


def _grade(t: Translator, view: ScoreView) -> None:
    if view.grade is None:
        if view.state not in {"computed", "not_applicable"}:
            text(t(f"score-{view.state.replace('_', '-')}"), "strong")
        return
    grade = t.text(view.grade)
    key = "score-by-records" if view.unopened else "" if view.finished else "score-expected"
    text(t(key, grade=grade) if key else grade, "lead strong")
    if view.next is None:
        text(t("score-best"), "meta")
        return
    above = t.text(view.next.title)
    if view.next.held_back is not None:
        text(t(view.next.held_back.words, grade=t.text(view.next.held_back.title)), "meta")
    else:
        text(t("score-lacking", points=t.number(Fraction(view.next.lacking)), grade=above), "meta")
