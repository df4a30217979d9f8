"""The built-in aggregates, as a plugin like everybody's. Adding one here makes it available to every kind.

Of no rows: count, sum, distinct, covered are 0; all is true, any false; keys, list, stays and spans are empty; the
rest are n/a(`empty`). n/a values are skipped; an unknown one makes the aggregate unknown, save where the name says
`sure` or `possible`.
"""

from collections.abc import Iterable

from app.domain.core.aggregation import AnyAggregation
from app.domain.core.values import Kind
from app.domain.plugin import Setting
from app.hookspecs import hookimpl
from app.plugins.aggregates.rows import ROWS
from app.plugins.aggregates.spans import SPANS
from app.plugins.aggregates.values import RANGE, VALUES

__all__ = ["RANGE"]

_PERCENT = {"zh": "百分位（%）", "en": "Percentile (%)", "es": "Percentil (%)"}


@hookimpl
def gridbook_settings() -> Iterable[Setting]:
    """Return what a place may set."""
    return [Setting("percent", Kind.NUMBER, 90, at_least=0, at_most=100, title=_PERCENT)]


@hookimpl
def gridbook_aggregates() -> Iterable[AnyAggregation]:
    """Return the aggregates."""
    return [*ROWS, *VALUES, RANGE, *SPANS]
