"""Single values: texts by language, words, names, days, numbers, figures with dates."""

from collections.abc import Mapping
from datetime import UTC, datetime

from app.domain.edits import Data
from app.i18n import LANGUAGES
from app.services.drafting.composing import value_at
from app.services.drafting.described import FIGURES, Leaf, Named, Sort, is_figure_map, word_message
from app.ui.compose.bounds import left_open
from app.ui.compose.conditions import condition
from app.ui.compose.desk import Desk, Path, line, options_of, quiet, said, select, small, words
from app.ui.compose.facts import are_values, several, values
from app.ui.widgets import box, text

_KINDS = {Sort.DAY: "date", Sort.CLOCK: "time"}
_TYPED = frozenset(
    {Named.COLUMN, Named.SPACING, Named.COUNTRY, Named.DOCUMENT, Named.ITEM, Named.PATH, Named.EACH}
)
"""Names that can also be typed: paths, other spacings, what isn't declared anywhere."""
_EARLY = "2000-01-01"


def leaf(desk: Desk, shape: Leaf, path: Path, label: str) -> None:
    """Draw the control of a single value."""
    value = desk.look(lambda: value_at(desk.data, path))
    if shape.sort is Sort.TEXTS:
        _texts(desk, path, value, label)
    elif shape.sort is Sort.CONDITION:
        condition(desk, path, label)
    elif shape.sort in FIGURES:
        _figure(desk, path, value, label)
    elif shape.sort is Sort.ANYTHING and are_values(value):
        values(desk, path, value, label)
    elif shape.sort is Sort.ANYTHING and isinstance(value, str) and value:
        with box("ed-inline"):
            _plain(desk, shape, path, value, label)
            several(desk, path, value, label)
    elif isinstance(value, str) or value is None:
        _plain(desk, shape, path, value or "", label)
    else:
        text(said(value), "ed-yaml", "pre").props("tabindex=0")


def _plain(desk: Desk, shape: Leaf, path: Path, value: str, label: str) -> None:
    t = desk.t

    async def picked(new: object) -> None:
        await desk.put(path, str(new), anew=True) if new else await desk.clear(path)

    async def typed(new: str) -> None:
        await desk.put(path, new.strip()) if new.strip() else await desk.clear(path, anew=False)

    if shape.sort is Sort.WORD:
        picks = {word: word if word.isdecimal() else t(word_message(word)) for word in shape.words}
        select({**({value: value} if value and value not in picks else {}), **picks}, value, label, picked)
    elif shape.sort is Sort.BOOLEAN:
        select({"true": t("compose-yes"), "false": t("compose-no")}, value, label, picked)
    elif shape.sort is Sort.NAME:
        offers = desk.look(lambda: desk.offers.of(shape, desk.rows(path)))
        typed_too = not offers or not _TYPED.isdisjoint(shape.names)
        select(options_of(t, offers, value), value, label, picked, typed=typed_too)
    elif shape.sort is Sort.TEXT:
        words(value, label, typed)
    else:
        line(value, label, typed, kind=_KINDS.get(shape.sort, "text"))


def _texts(desk: Desk, path: Path, value: Data | None, label: str) -> None:
    """Draw a line for each language; a text without a language is the source language's."""
    t = desk.t
    by_language: Mapping[str, Data] = value if isinstance(value, Mapping) else {LANGUAGES[0]: value or ""}
    with box("ed-texts"):
        for language in LANGUAGES:

            async def typed(new: str, language: str = language) -> None:
                alone = not isinstance(value_at(desk.data, path), Mapping) and language == LANGUAGES[0]
                own = path if alone else (*path, language)
                await desk.put(own, new) if new else await desk.clear(own, anew=False)

            name = t(f"language-name-{language}")
            with box("ed-text"):
                text(name, "meta", "span").props("aria-hidden=true")
                made = words(str(by_language.get(language, "")), f"{label} · {name}", typed)
                made.props["lang"] = language


# ---- figures
def _figure(desk: Desk, path: Path, value: Data | None, label: str) -> None:
    """Draw a number, and what else is told of it; one that the overlay says is changed there."""
    with box("ed-figure"):
        if not desk.laid(path, label):
            _values(desk, path, value, label)
            desk.beside(path)


def _values(desk: Desk, path: Path, value: Data | None, label: str) -> None:
    """Draw a number; with dates, an origin or bounds for lower levels only where there are any."""
    t = desk.t
    detailed = desk.look(lambda: (*path, "value") in desk.shown)
    if not is_figure_map(value):
        with box("ed-inline"):
            _number(desk, path, value if isinstance(value, str) else "", label)

            def more() -> None:
                desk.shown.add((*path, "value"))
                desk.redraw(path)

            if isinstance(value, str) and not detailed:
                small("more_horiz", t("compose-figure-more", what=label), more)
        if detailed and isinstance(value, str):
            _about(desk, path, {}, label)
        return
    data = value if isinstance(value, Mapping) else {}
    inner = data.get("value")
    values = (*path, "value") if inner is not None else path
    dated = inner if inner is not None else data
    if isinstance(dated, Mapping):
        _dated(desk, values, dated, label)
    else:
        _number(desk, values, str(dated), label)
    _about(desk, path, data if inner is not None else {}, label)


def _number(desk: Desk, path: Path, value: str, label: str) -> None:
    async def typed(new: str) -> None:
        await desk.put(path, new.strip()) if new.strip() else await desk.clear(path, anew=False)

    line(value, label, typed).classes("ed-number")


def _dated(desk: Desk, path: Path, values: Mapping[str, Data], label: str) -> None:
    """Draw a line for each day from which a value holds."""
    t = desk.t
    for day, one in values.items():
        with box("ed-inline"):

            async def moved(new: str, day: str = day) -> None:
                now = value_at(desk.data, path)
                if new and isinstance(now, Mapping) and new not in now:
                    changed = {new if key == day else key: value for key, value in now.items()}
                    await desk.put(path, dict(sorted(changed.items())), anew=True)

            line(day, t("compose-since", what=label), moved, kind="date").classes("ed-day")
            _number(desk, (*path, day), str(one), f"{label} · {day}")
            if len(values) > 1:

                async def drop(day: str = day) -> None:
                    await desk.clear((*path, day))

                small("close", t("compose-remove", what=day), drop)


def _about(desk: Desk, path: Path, data: Mapping[str, Data], label: str) -> None:
    """Draw what is said of a figure: from when another holds, its origin and why, what lower levels may change."""
    t = desk.t

    async def later() -> None:
        today = datetime.now(UTC).date().isoformat()
        own = (*path, "value") if value_at(desk.data, (*path, "value")) is not None else path
        value = value_at(desk.data, own) or ""
        old = dict(value) if isinstance(value, Mapping) else {_EARLY: value}
        last = str(list(old.values())[-1]) if old else ""
        grown = dict(sorted({**old, today: last}.items()))
        await desk.put(own, grown, anew=True)

    quiet(t("compose-later"), later, "event")

    async def origin(new: object) -> None:
        await desk.put((*path, "origin"), str(new), anew=True)

    async def why(new: str) -> None:
        await desk.put((*path, "why"), new) if new else await desk.clear((*path, "why"), anew=False)

    with box("ed-about"):
        with box("ed-inline"):
            text(t("compose-origin"), "meta", "span")
            origins = {word: t(word_message(word)) for word in ("text", "assumed")}
            select(origins, str(data.get("origin", "text")), f"{label} · {t('compose-origin')}", origin)
        with box("ed-inline"):
            text(t("compose-why"), "meta", "span")
            words(str(data.get("why", "")), f"{label} · {t('compose-why')}", why)
        left_open(desk, path, data, label)
