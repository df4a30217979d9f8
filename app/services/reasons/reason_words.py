"""A reason in the reader's words: points, where a sum was cut, counts by state, when a record was."""

from fractions import Fraction

from app.domain.core.values import Number
from app.i18n import Translator
from app.services.reasons.arithmetic import Sum, sum_words
from app.services.reasons.evidence import Evidence
from app.services.reasons.figures_used import Figure
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import say
from app.services.reasons.reasons import ItemReason


def points_of(t: Translator, points: Number | None, most: Number | None, state: str) -> str:
    """Return `18 / 20`, or the word for what has no points."""
    if points is None:
        return t(f"score-{state.replace('_', '-')}")
    shown = t.number(Fraction(points))
    return shown if most is None else f"{shown} / {t.number(Fraction(most))}"


def titled(t: Translator, title: str, unit: str) -> str:
    """Return a title with the currency of what it gives, where that is money: 绩效奖（元）, Reward (CNY)."""
    return t("score-in-money", title=title, unit=unit) if unit else title


def sum_notes(t: Translator, total: Sum) -> list[str]:
    """Return in words where a sum was cut or rounded."""
    notes = [
        t(
            "score-term-cut",
            line=t.text(term.title),
            raw=t.number(abs(Fraction(term.raw))),
            cap=t.number(Fraction(term.cap)),
        )
        for term in total.terms
        if term.cut and term.cap is not None
    ]
    if total.bounded > total.raw:
        notes.append(t("score-bounded-floor", points=t.number(Fraction(total.bounded))))
    if total.bounded < total.raw:
        notes.append(t("score-bounded-ceiling", points=t.number(Fraction(total.bounded))))
    if total.total != total.bounded:
        notes.append(t("score-rounded", points=t.number(Fraction(total.total))))
    return notes


def told_sum(t: Translator, total: Sum) -> str:
    """Return a sum in signs with where it was cut or rounded in words: what it gives never stands without why."""
    return t.dotted("".join(sum_words(total, t)), *sum_notes(t, total))


def counts_words(t: Translator, reason: ItemReason) -> str:
    """Return how many occurrences stand behind an item: 共 96 件：漏办 4、免办 1、已办 91."""
    if not reason.counts:
        return ""
    states = t.listed(
        t("score-state-count", state=t(f"state-{state}"), n=n) for state, n in reason.counts.items()
    )
    return t("score-counts", n=sum(reason.counts.values()), states=states)


def window_of(t: Translator, row: Evidence) -> str:
    """Return when a row was: its period, else its day."""
    if row.window is not None:
        return say(period_words(row.window), t)
    return t.day_of_year(row.at) if row.at is not None else ""


def origin_words(figure: Figure, t: Translator) -> str:
    """Say where a figure comes from: an assumption, a place's own decision, or the text."""
    if figure.assumed:
        return t("score-assumed")
    return t("score-set-by", place=t.text(figure.layer)) if figure.layer else t("score-in-text")
