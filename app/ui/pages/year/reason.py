"""The reason behind an item's points, drawn: clause, rule, figures, arithmetic, and the records that counted."""

from collections.abc import Sequence
from fractions import Fraction
from urllib.parse import quote, urlencode

from app.i18n import Translator
from app.i18n.citing import cited, cited_in_full
from app.services.reasons.arithmetic import sum_words
from app.services.reasons.evidence import Evidence
from app.services.reasons.figures_used import Figure
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import say
from app.services.reasons.reason_words import counts_words, origin_words, points_of, sum_notes, window_of
from app.services.reasons.reasons import ItemReason
from app.ui.frame import Action, button
from app.ui.session import Session
from app.ui.widgets import ClauseQuote, DoorPlate, ReasonChain, StateChip, box, icon, text

FIRST = 30
"""How many records are listed at once; the lost ones come first."""


def reason_panel(
    session: Session, reason: ItemReason, *, everything: bool, link: str, appeal: str = "", year: str = ""
) -> None:
    """Draw an item with its reason. `everything` lists all records; `link` is the page's address to switch that.

    `appeal` is where one appeals against the item, "" where one can't; at the full points nothing is offered. An item
    of a part of the `year` says of which.
    """
    t = session.t
    appeal = "" if _is_full(reason) else appeal  # no decision could give anything back
    window = say(period_words(reason.period), t) if year and reason.period != year else ""
    title = t.dotted(window, say(reason.titles[-1], t) if reason.titles else "")
    with box("gb-sheet in"):
        with box("row-b gb-wrap"):
            text(title, "title strong", "h2")
            text(points_of(t, reason.points, reason.most, reason.state), "title strong", "span")
            if reason.points is not None:
                text(t("score-how", points=t.number(Fraction(reason.points))), "muted", "span")
        chain = ReasonChain()
        if reason.quotes:
            with chain.step("clause"):
                for quote in reason.quotes:
                    ClauseQuote(quote.text or cited(t, quote), cited_in_full(t, quote))
                    if quote.of is not None and quote.of.link:
                        read = text(t("clause-read"), "gb-link", "a")
                        read.props("target=_blank rel=noopener").props["href"] = quote.of.link
        with chain.step("rule"):
            for sentence in reason.sentences:
                text(say(sentence, t))
        if reason.figures:
            with chain.step("figures"):
                for figure in reason.figures:
                    _figure(t, figure)
        with chain.step("arithmetic"):
            _arithmetic(t, reason)
            _parts(t, reason)
        if reason.rows or not _is_sum(reason):
            _rows(session, chain, reason, (link, appeal), everything=everything)
        if appeal and not reason.section:
            button(Action(t("year-appeal-this"), href=appeal, icon="campaign"), "line")


def _is_full(reason: ItemReason) -> bool:
    return reason.points is not None and reason.most is not None and reason.points >= reason.most


def _is_sum(reason: ItemReason) -> bool:
    """Whether the points are the sum of other items, which have the records, or of lines without any."""
    return reason.total is not None and not reason.rows and len(reason.total.terms) > 1


def _parts(t: Translator, reason: ItemReason) -> None:
    """Name what a sum adds up."""
    if reason.total is None or not _is_sum(reason):
        return
    for term in reason.total.terms:
        with box("row-b"):
            text(t.text(term.title), "meta", "span")
            text(t.number(Fraction(term.points)), "num", "span")


def _figure(t: Translator, figure: Figure) -> None:
    since = t("score-since", day=t.day_of_year(figure.since)) if figure.since is not None else ""
    origin = origin_words(figure, t)
    with box("sc-figure"):
        with box("row-b gb-wrap"):
            text(say(figure.label, t), tag="span")
            text(say(figure.value, t), "strong lead", "span")
            text(t.dotted(since, origin), "meta", "span")
        if figure.why:
            text(figure.why, "meta")


def _arithmetic(t: Translator, reason: ItemReason) -> None:
    if reason.total is not None:
        with box("sc-eq"):
            left, result = sum_words(reason.total, t)
            cut = reason.total.total != reason.total.raw
            text(f"{left}{result} → " if cut else left, tag="span")
            text(t.number(Fraction(reason.total.total)) if cut else result, "", "b")
        for note in sum_notes(t, reason.total):
            text(note, "meta")
    if reason.policy is not None:
        text(say(reason.policy, t))
    words = counts_words(t, reason)
    if words:
        text(words, "meta")


# ---- records -------------------------------------------------------------------------------------------------------
def _rows(
    session: Session, chain: ReasonChain, reason: ItemReason, links: tuple[str, str], *, everything: bool
) -> None:
    t, (link, appeal) = session.t, links
    lost = [row for row in reason.rows if row.lost or row.points]
    shown = reason.rows if everything else tuple((lost or list(reason.rows))[:FIRST])
    with chain.step("entries", t("score-rows", n=len(reason.rows))):
        if not reason.rows:
            text(t("score-no-rows"), "meta")
            return
        with box("gb-scroll"):
            _table(session, shown, appeal)
        left = len(reason.rows) - len(shown)
        if left > 0:
            with box("row-b gb-wrap"):
                text(t("score-more", n=left), "meta", "span")
                _more(t("score-show-all", n=len(reason.rows)), f"{link}&all=1")
        elif everything and len(reason.rows) > FIRST:
            _more(t("score-show-lost"), link)


def _more(words: str, href: str) -> None:
    made = text(words, "gb-link strong", "a")
    made.props["href"] = href


def _table(session: Session, rows: Sequence[Evidence], appeal: str) -> None:
    t = session.t
    plates = any(row.plate for row in rows)
    points = any(row.points is not None for row in rows)
    with box("gb-mini", "table"):
        with box("", "thead"), box("", "tr"):
            if plates:
                text(t("score-col-plate"), tag="th")
            text(t("score-col-name"), tag="th")
            text(t("score-col-window"), "sc-d", "th")
            text(t("score-col-state"), tag="th")
            if points:
                text(t(_points_column(rows)), "num", "th")
            if appeal:
                with box("", "th"):
                    text(t("year-appeal"), "gb-sr", "span")
        with box("", "tbody"):
            for row in rows:
                _row(session, row, appeal, plates=plates, points=points)


def _points_column(rows: Sequence[Evidence]) -> str:
    """Return the name of the column of points: what was given, what was taken, or both."""
    signs = {row.points > 0 for row in rows if row.points}
    return (
        "score-col-points" if len(signs) > 1 else "score-col-lost" if signs == {False} else "score-col-given"
    )


def _row(session: Session, row: Evidence, appeal: str, *, plates: bool, points: bool) -> None:
    t = session.t
    window = window_of(t, row)
    with box("", "tr"):
        if plates:
            with box("", "td"):
                if row.plate:
                    DoorPlate(row.plate, "mini")
        with box("", "td"):
            name = row.name or t.text(row.title)
            _name(session, row, name)
            text(window, "meta only-phone")
        text(window, "sc-d", "td")
        with box("", "td"):
            if row.state is not None:
                done = row.met_at if row.state in {"met", "late"} else None
                StateChip(row.state, t.day(done) if done is not None else "", bare=True)
            elif row.points is not None:
                text(t.text(row.line), tag="span")
        if points:
            shown = "0" if row.points is None else t.number(Fraction(row.points))
            text(shown, "num strong" if row.points else "num muted", "td")
        if appeal:
            with box("sc-appeal", "td"):
                if row.ref:
                    _appeal(session, row, name, f"{appeal}&{urlencode({'line': row.ref})}")


def _appeal(session: Session, row: Evidence, name: str, href: str) -> None:
    """Offer to appeal against one row."""
    t = session.t
    with box("", "a") as made:
        made.props["href"] = href
        made.props["aria-label"] = t.dotted(t("year-appeal-row"), name, window_of(t, row))
        made.props["title"] = t("year-appeal-row")
        icon("campaign")


def _name(session: Session, row: Evidence, name: str) -> None:
    """Show the name; it leads to what it names where there is a page for it."""
    href = ""
    if row.subject and row.name and "/subjects/{about}/{subject}" in session.paths:
        href = f"/subjects/{quote(row.subject_type)}/{quote(row.subject)}"
    elif row.entries and "/entry/{entry}" in session.paths:
        href = f"/entry/{quote(row.entries[-1])}"
    if not href:
        text(name, tag="span")
        return
    text(name, "gb-link", "a").props["href"] = href
