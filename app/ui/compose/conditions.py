"""Conditions as rows: a column, a word, a value; several at once, any of several; or an expression as it stands."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from app.domain.core.aggregates import AGGREGATES
from app.domain.core.values import Kind
from app.domain.edits import Data
from app.services.drafting.composing import value_at
from app.services.drafting.offered import ColumnOffer, Offer, words_for
from app.ui.compose.desk import Desk, Path, line, options_of, quiet, said, select, small
from app.ui.widgets import box, text

GROUPS: Final = ("all", "any", "none")
_MANY: Final = frozenset({"one_of", "none_of", "has_any"})
_ASKING: Final = frozenset({"filled", "known"})
_YES: Final = ("true", "false")
_TEXT: Final = "(text)"
"""The step of a path by which is remembered that somebody asked for an expression there."""


def condition(desk: Desk, path: Path, label: str) -> None:
    """Draw the condition at a path."""
    function = desk.look(lambda: _function(desk.data, path))
    if function:
        _aggregate(desk, path, function, label)
        return
    value = desk.look(lambda: value_at(desk.data, path))
    t = desk.t
    if isinstance(value, str):
        if value or desk.look(lambda: (*path, _TEXT) in desk.shown):
            _expression(desk, path, value, label)
            return
        value = None
    if isinstance(value, Mapping) or value is None:
        with box("ed-conditions"):
            for key, one in (value or {}).items():
                if key in GROUPS and isinstance(one, Sequence) and not isinstance(one, str):
                    _group(desk, (*path, key), one, label)
                else:
                    _column(desk, path, key, one, label)
            if isinstance(value, Mapping) and not value:
                text(t("compose-always"), "meta")
            with box("ed-inline"):
                _adding(desk, path, value, label)
        return
    text(said(value), "ed-yaml", "pre").props("tabindex=0")


def _function(data: Data, path: Path) -> str:
    """Return by what a column that a step adds sums rows up (`{sum: minutes, where: …}`), "" where it doesn't."""
    value, step = value_at(data, path), value_at(data, path[:-2])
    sums_up = path[-3:-1] == ("tally", "set") or (path[-2:-1] == ("set",) and _has(step, "per"))
    others = [key for key in value if key != "where"] if sums_up and isinstance(value, Mapping) else []
    return others[0] if len(others) == 1 and others[0] in AGGREGATES else ""


def _has(step: Data | None, key: str) -> bool:
    return isinstance(step, Mapping) and key in step


def _aggregate(desk: Desk, path: Path, function: str, label: str) -> None:
    """Draw by what rows are summed up, of what, and which of them."""
    t = desk.t
    name = t(f"key-{function}") if t.has(f"key-{function}") else function
    with box("ed-inline"):
        text(name, "strong", "span")

        async def typed(new: str) -> None:
            await desk.put((*path, function), new) if new else None

        of = desk.look(lambda: value_at(desk.data, (*path, function)))
        line(of if isinstance(of, str) else said(of), f"{label} · {name}", typed).classes("ed-expression")
    text(t("key-where"), "meta")
    condition(desk, (*path, "where"), f"{label} · {t('key-where')}")


def _expression(desk: Desk, path: Path, value: str, label: str) -> None:
    async def typed(new: str) -> None:
        await desk.put(path, new) if new else await desk.clear(path)

    line(value, f"{label} · {desk.t('compose-expression')}", typed).classes("ed-expression")


def _adding(desk: Desk, path: Path, value: Data | None, label: str) -> None:
    t, rows = desk.t, desk.look(lambda: desk.rows(path))
    taken = value.keys() if isinstance(value, Mapping) else ()
    free = [Offer(one.id, one.title, one.message) for one in rows if one.id not in taken]

    async def add(new: object) -> None:
        if not new:
            return
        column = next((one for one in rows if one.id == new), None)
        await desk.put((*path, str(new)), first_value(column), anew=True)

    made = select(options_of(t, free, ""), None, t("compose-add-condition-to", what=label), add, typed=True)
    made.props["label"] = t("compose-add-condition")

    async def either() -> None:
        await desk.put((*path, "any"), [{}], anew=True)

    if isinstance(value, Mapping) and value and "any" not in value:
        quiet(t("compose-add-any"), either)

    def formula() -> None:
        desk.shown.add((*path, _TEXT))
        desk.redraw(path)

    if not value:
        if desk.look(lambda: (*path, _TEXT) in desk.shown):
            _expression(desk, path, "", label)
        else:
            quiet(t("compose-as-expression"), formula, "calculate")


def first_value(column: ColumnOffer | None) -> Data:
    """Return what a new condition says of a column before anybody has said more."""
    if column is None:
        return {"known": "true"}
    if column.values:
        first = column.values[0].id
        return {"has": first} if column.kind is Kind.CHOICES else first
    if column.kind is Kind.BOOLEAN:
        return "true"
    if column.kind in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY):
        return {"at_least": "1"}
    return {"known": "true"}


def _group(desk: Desk, path: Path, members: Sequence[Data], label: str) -> None:
    t = desk.t
    with box("ed-group") as made:
        made.props["role"] = "group"
        made.props["aria-label"] = t(f"compose-{path[-1]}")
        with box("ed-inline"):
            text(t(f"compose-{path[-1]}"), "strong", "span")

            async def drop() -> None:
                await desk.clear(path)

            small("close", t("compose-remove", what=t(f"compose-{path[-1]}")), drop)
        for number, _ in enumerate(members):
            with box("ed-member"):
                condition(desk, (*path, number), label)

        async def add() -> None:
            await desk.put((*path, len(value_at(desk.data, path) or ())), {}, anew=True)

        quiet(t("compose-add-member"), add)


def _column(desk: Desk, path: Path, key: str, value: Data, label: str) -> None:
    """Draw what is said of one column: a line for each word."""
    rows = desk.look(lambda: desk.rows(path))
    column = next((one for one in rows if one.id == key), None)
    words: Mapping[str, Data] = value if isinstance(value, Mapping) else {"is": value}
    for word, of in words.items():
        _word(desk, path, (key, word, of), column, label)


def _word(desk: Desk, path: Path, row: tuple[str, str, Data], column: ColumnOffer | None, label: str) -> None:
    t = desk.t
    key, word, of = row
    name = t.text(column.title).strip(" ?？¿:：") if column and t.text(column.title) else key
    if column is not None and not t.text(column.title) and column.message:
        name = t(column.message)

    async def say(words: dict[str, Data], *, anew: bool = True) -> None:
        plain = words.get("is") if list(words) == ["is"] else None
        await desk.put((*path, key), plain if plain is not None else words, anew=anew)

    def whole() -> dict[str, Data]:
        found = value_at(desk.data, (*path, key))
        return dict(found) if isinstance(found, Mapping) else {} if found is None else {"is": found}

    def others() -> dict[str, Data]:
        return {one: what for one, what in whole().items() if one != word}

    async def other_word(new: object) -> None:
        await say({**others(), str(new): _fitting(str(new), whole().get(word, of), column)})

    async def drop() -> None:
        left = others()
        await say(left) if left else await desk.clear((*path, key))

    with box("ed-condition"):
        text(name, "strong", "span")
        known = {one: t(f"compose-word-{one}") for one in words_for(column)}
        select(
            {**({word: word} if word not in known else {}), **known}, word, f"{label} · {name}", other_word
        )
        _operand(
            desk,
            (word, of),
            column,
            f"{label} · {name} · {t('compose-value')}",
            lambda new: say({**others(), word: new}, anew=False),
        )
        small("close", t("compose-remove", what=name), drop)


def _fitting(word: str, of: Data, column: ColumnOffer | None) -> Data:
    """Return what a word takes, as near as can be to what stood there."""
    if word in _ASKING:
        return of if of in _YES else "true"
    plain = of if isinstance(of, str) else str(of[0]) if isinstance(of, Sequence) and of else ""
    if plain in _YES and (column is None or column.kind is not Kind.BOOLEAN):
        plain = column.values[0].id if column is not None and column.values else ""
    if word in _MANY:
        return list(of) if isinstance(of, Sequence) and not isinstance(of, str) else [plain]
    return plain or "1"


Say = Callable[[Data], Awaitable[None]]


def _operand(desk: Desk, said_: tuple[str, Data], column: ColumnOffer | None, label: str, say: Say) -> None:
    word, of = said_
    values = column.values if column is not None else ()
    if word in _ASKING or (column is not None and column.kind is Kind.BOOLEAN):
        yes = {"true": desk.t("compose-yes"), "false": desk.t("compose-no")}
        select(yes, str(of), label, lambda new: say(str(new)))
    elif word in _MANY:
        _several(desk, of, values, label, say)
    elif not isinstance(of, str):
        text(said(of), "ed-yaml", "pre").props("tabindex=0")
    elif values:
        select(options_of(desk.t, values, of), of, label, _if_any(say))
    else:
        line(
            of,
            label,
            _if_any(say),
            kind="date" if column is not None and column.kind is Kind.DATE else "text",
        )


def _if_any(say: Say) -> Callable[[Any], Awaitable[None]]:
    async def told(new: object) -> None:
        if new:
            await say(str(new))

    return told


def _several(desk: Desk, of: Data, values: Sequence[Offer], label: str, say: Say) -> None:
    chosen = [str(one) for one in of] if isinstance(of, Sequence) and not isinstance(of, str) else [str(of)]
    options = options_of(desk.t, values, "")
    options.update({one: one for one in chosen if one not in options})

    async def listed(new: object) -> None:
        if isinstance(new, list) and new:
            await say([str(one) for one in new])

    select(options, chosen, label, listed, typed=not values, many=True)
