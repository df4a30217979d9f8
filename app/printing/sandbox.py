"""Print templates are filled in here: Jinja2's immutable sandbox with bounds on time, depth, length and memory.

A template sees the values that it is given, `table` and the other files of its set; nothing of Python, no file of the
machine, no address. What it does wrong is told with its file and line. Time and memory are bounded by the process that
this runs in (`app.printing.child`); here its limits become faults with a place.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from jinja2 import BaseLoader, Environment, StrictUndefined, pass_context
from jinja2.exceptions import (
    SecurityError,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from app.i18n import SOURCE
from app.printing.columns import widths_of
from app.printing.drawn import TAG, drawn

LONGEST: Final = 8_000_000
"""Characters of a page at most."""
LARGEST: Final = 1_000_000
"""How long a text or list may become by multiplying, and the largest range."""
_GAP: Final = 0.04
"""How wide the gap between rows side by side is, in widths of a row."""
_BLOCK: Final = 2
"""Rows that are drawn together, and between which no page breaks."""
_QUOTED: Final = re.compile(r"'(\w+)'")
_LOOK: Final = frozenset({"strong", "indents", "air"})
_SHORT: Final = 6
"""Rows of a table that stays on one page."""


class LateError(Exception):
    """The time that a template has is over."""


class TemplateFaultError(Exception):
    """What a template does wrong: `reason` is a word, `name` the file, `line` counted from 1 (0: unknown)."""

    def __init__(self, reason: str, name: str, line: int, what: str = "") -> None:
        """Keep the place; `what` is a name that the template says, never a value."""
        super().__init__(reason)
        self.reason = reason
        self.name = name
        self.line = line
        self.what = what


class _Files(BaseLoader):
    """The files of a set and nothing else; each keeps the path by which people know it."""

    def __init__(self, files: Mapping[str, Sequence[str]]) -> None:
        self._files = files

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - Jinja's
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        found = self._files.get(template)
        if found is None:
            raise TemplateNotFound(template)
        return found[1], found[0], lambda: True


class _Environment(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset({"*", "**", "<<"})

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's
        """Return what a mapping holds under a name, before what Python's mappings can do (`items`, `values`)."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - Jinja's
        """Multiply within bounds."""
        if operator != "*":
            message = operator
            raise SecurityError(message)
        for one, other in ((left, right), (right, left)):
            if isinstance(one, str | list | tuple) and isinstance(other, int) and len(one) * other > LARGEST:
                raise OverflowError
        return super().call_binop(context, operator, left, right)


def environment(files: Mapping[str, Sequence[str]]) -> ImmutableSandboxedEnvironment:
    """Return an environment of these files (name → path, text)."""
    made = _Environment(
        loader=_Files(files),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=50,
    )
    made.globals = {"range": made.globals["range"], "namespace": made.globals["namespace"], "table": _table}
    for name in ("center", "indent", "wordwrap", "format", "pprint", "random", "urlize", "xmlattr"):
        made.filters.pop(
            name, None
        )  # they grow without bound, differ from run to run, or write what nobody reads
    return made


def fill(made: ImmutableSandboxedEnvironment, name: str, values: Mapping[str, Any]) -> str:
    """Return the page that a template makes of values. Raises TemplateFaultError."""
    try:
        pieces: list[str] = []
        length = 0
        template = made.get_template(name)
        for piece in template.generate(values):
            length += len(piece)
            if length > LONGEST:
                raise TemplateFaultError("too_long", template.filename or name, 0)  # noqa: TRY301
            pieces.append(piece)
        return "".join(pieces)
    except TemplateFaultError:
        raise
    except Exception as fault:  # noqa: BLE001 - a template can raise whatever its expressions raise
        raise fault_of(fault, name) from None


def fault_of(fault: BaseException, name: str) -> TemplateFaultError:
    """Return what an exception of a template says, with its place."""
    where, line = _place_of(fault) or (name, 0)
    match fault:
        case TemplateSyntaxError():
            return TemplateFaultError(
                "syntax", fault.filename or fault.name or name, fault.lineno, (fault.message or "")[:200]
            )
        case TemplateNotFound():
            return TemplateFaultError("no_file", where, line, str(fault.name)[:80])
        case SecurityError():
            return TemplateFaultError("forbidden", where, line)
        case UndefinedError():
            named = _QUOTED.findall(
                fault.message or ""
            )  # the last one is the name, whatever Jinja says around it
            return TemplateFaultError("undefined", where, line, (named or [fault.message or ""])[-1][:200])
        case RecursionError():
            return TemplateFaultError("recursion", where, line)
        case OverflowError():
            return TemplateFaultError("too_large", where, line)
        case MemoryError():
            return TemplateFaultError("memory", where, line)
        case LateError():
            return TemplateFaultError("late", where, line)
        case TemplateError():
            return TemplateFaultError("broken", where, line, (fault.message or "")[:200])
        case _:
            return TemplateFaultError("broken", where, line, type(fault).__name__)


def _place_of(fault: BaseException) -> tuple[str, int] | None:
    """Return the innermost file and line of a template in a traceback, which Jinja has put in terms of the template."""
    found = None
    trace = fault.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if not name.endswith(".py"):
            found = name, trace.tb_lineno
        trace = trace.tb_next
    return found


# ---- what templates can call ---------------------------------------------------------------------------------------
def table(
    columns: Any,  # noqa: ANN401 - called by templates
    rows: Any,  # noqa: ANN401
    width: float = 174.0,
    *,
    grid: bool = False,
    across: int = 1,
    above: str = "",
    chinese: bool = False,
    **look: Any,  # noqa: ANN401
) -> Markup:
    """Return a table: `columns` are (title, share of the line[, l | c | r]), `rows` lists of texts; `width` is in mm.

    A column whose texts don't fit into its share takes what others can spare (`chinese`: of a Chinese font). Its
    heading stands on each page. With `grid` there are lines between the columns too. `across` puts so many rows side by
    side, the first ones on the left. `above` stands over the heading on each page. `strong` are the numbers of rows in
    bold, from 0; `indents` how far each row's first text is set in, `air` what is free beside and over a text, in mm.
    """
    if look.keys() - _LOOK:
        raise TypeError
    listed = [(str(one[0]), float(one[1]), str(one[2])[:1] if len(one) > 2 else "l") for one in columns]  # noqa: PLR2004
    cells = [[str(cell) for cell in row] for row in rows]
    if across > 1:
        gap = sum(share for _, share, _ in listed) * _GAP
        down = -(-len(cells) // across)
        empty = [""] * len(listed)
        parts = [cells[at * down : (at + 1) * down] for at in range(across)]
        cells = [
            [text for part in parts for text in (*(part[at] if at < len(part) else empty), "")][:-1]
            for at in range(down)
        ]
        listed = [one for _ in range(across) for one in (*listed, ("", gap, "l"))][:-1]
    widths = widths_of([(title, share) for title, share, _ in listed], cells, width, chinese=chinese)
    aligns = "".join(align for _, _, align in listed)
    own = {"aligns": aligns, "grid": grid} | (
        {"air": [float(one) for one in look["air"]]} if "air" in look else {}
    )
    head = _block(
        [[title for title, _, _ in listed]], widths, own | {"aligns": "c" * len(aligns)} if grid else own
    )
    strong, indents, at, blocks = set(look.get("strong", ())), look.get("indents", ()), 0, []
    for block in _blocks(cells):
        there = range(at, at + len(block))
        more: dict[str, object] = {"strong": [row - at for row in there if row in strong]} if strong else {}
        if indents:
            more["indents"] = [float(indents[row]) for row in there]
        blocks.append(Markup("<tr><td>{}</td></tr>").format(_block(block, widths, {**own, **more})))
        at += len(block)
    body = Markup("").join(blocks)
    whole_on_a_page = Markup(";break-inside:avoid") if len(cells) <= _SHORT else ""
    return Markup(
        '<table class="drawn" style="width:{}mm{}"><thead><tr><td class="head">{}{}</td></tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format(width, whole_on_a_page, above, head, body)


@pass_context
def _table(context: Context, *given: Any, **named: Any) -> Markup:  # noqa: ANN401
    """Return a table in the print's language."""
    head = context.get("print")
    chinese = isinstance(head, Mapping) and head.get("language") == SOURCE
    return table(*given, **{"chinese": chinese, **named})


def _blocks(cells: list[list[str]]) -> list[list[list[str]]]:
    """Return rows in blocks; the last one has no single row, since it would stand alone on a page."""
    found = [cells[at : at + _BLOCK] for at in range(0, len(cells), _BLOCK)]
    if len(found) > 1 and len(found[-1]) == 1:
        last = found.pop()
        found[-1] = found[-1] + last
    return found


def _block(rows: list[list[str]], widths: list[float], look: Mapping[str, object]) -> Markup:
    # A quotation mark needs no escaping in text, and reading one that is escaped takes long.
    said = drawn(rows, widths, **look)
    for sign, other in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        said = said.replace(sign, other)
    return Markup(f"<{TAG}>{said}</{TAG}>")  # noqa: S704 - what stands in it is escaped
