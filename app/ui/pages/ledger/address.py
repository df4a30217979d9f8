"""What an address of the ledger says, there and back, with the names that questions have by now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from app.services.books.views import SIZES, Choices, Wanted

LEDGER = "/ledger"
DENSITIES = ("dense", "roomy")
_DIGITS = 8
_FIELD = "f."
"""What the conditions on answers start with in an address."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the table looks: `density`, and the `columns` of one form (none: its first ones)."""

    density: str = DENSITIES[0]
    columns: tuple[str, ...] = ()


def read_address(query: Mapping[str, str]) -> tuple[Wanted, Look]:
    """Return what an address tells: the reverse of `address`. What it tells wrongly is as if it weren't there."""
    wanted = Wanted(
        form=query.get("form", ""),
        place=query.get("place", ""),
        person=query.get("person", ""),
        subject=query.get("subject", ""),
        period=query.get("period", ""),
        fields=tuple(
            (name.removeprefix(_FIELD), value) for name, value in query.items() if name.startswith(_FIELD)
        ),
        standing=not query.get("all"),
        order="recorded_at" if query.get("order") == "recorded_at" else "at",
        descending=not query.get("up"),
        page=_number(query.get("page"), 1),
        size=_number(query.get("size"), SIZES[0]),
    )
    density = query.get("density", "")
    columns = tuple(filter(None, query.get("columns", "").split(",")))
    return wanted, Look(density if density in DENSITIES else DENSITIES[0], columns)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < _DIGITS else default


def address(wanted: Wanted, look: Look | None = None, words: frozenset[str] = frozenset()) -> str:
    """Return the address of a view, without what was searched for, also in the questions `words`."""
    said_so = {
        "form": wanted.form,
        "place": wanted.place,
        "person": wanted.person,
        "subject": wanted.subject,
        "period": wanted.period,
        **{f"{_FIELD}{name}": value for name, value in wanted.fields if name not in words},
        "all": "" if wanted.standing else "1",
        "order": "" if wanted.order == "at" else wanted.order,
        "up": "" if wanted.descending else "1",
        "page": "" if wanted.page == 1 else str(wanted.page),
        "size": "" if wanted.size == SIZES[0] else str(wanted.size),
    }
    if look is not None:
        said_so["density"] = "" if look.density == DENSITIES[0] else look.density
        said_so["columns"] = ",".join(look.columns)
    query = urlencode({name: value for name, value in said_so.items() if value})
    return f"{LEDGER}?{query}" if query else LEDGER


def by_present_names(choices: Choices, wanted: Wanted, look: Look) -> tuple[Wanted, Look]:
    """Return what an address or a view says with the names that questions have by now: it may be older than they are.

    A condition on what nobody can be asked about any more is left out, with its pill: none holds unseen.
    """
    columns = {name: one.id for one in choices.columns.get(wanted.form, ()) for name in (*one.was, one.id)}
    fields = {
        name: one.field for one in choices.filters.get(wanted.form, ()) for name in (*one.was, one.field)
    }
    asked = {fields[name]: value for name, value in wanted.fields if name in fields}
    shown = dict.fromkeys(columns[name] for name in look.columns if name in columns)
    return replace(wanted, fields=tuple(asked.items())), replace(look, columns=tuple(shown))
