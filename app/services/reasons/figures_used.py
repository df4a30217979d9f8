"""The figures that an item of a sheet rests on, as they held within the period."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.domain.kinds.common import Origin, Parameter, Texts
from app.domain.kinds.sheet import Item, Line
from app.domain.period import Period
from app.domain.regulation import Regulation
from app.services.reasons.behind import definitions_behind
from app.services.reasons.evidence import EvidenceReader
from app.services.reasons.explain import used_within
from app.services.reasons.phrases import Phrase, Said
from app.services.reasons.sentences import Sentences, share, text_or


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that was used: what it is, its value, since when, whether it is assumed, and `why`.

    `layer` is the title of the place whose overlay or own file gives it; empty for the base's.
    """

    label: Said
    value: Said
    since: date | None
    assumed: bool
    why: str
    layer: Texts = field(default_factory=dict)


class FiguresUsed:
    """Reads figures of one regulation as they held within one period."""

    def __init__(
        self, regulation: Regulation, sentences: Sentences, reader: EvidenceReader, within: Period
    ) -> None:
        """Say values by `sentences`; `reader` knows the step of a duty that a line means."""
        self._regulation = regulation
        self._sentences = sentences
        self._reader = reader
        self._within = within

    def of(self, item: Item) -> Iterator[Figure]:
        """Yield the figures that an item and what its lines look at use."""
        if item.max is not None:
            yield from self._figure(item.max, Phrase("figure-max"))
        for line in item.lines:
            title = text_or(line.title, line.id)
            if line.amount is not None and line.amount.figure is not None:
                message = "figure-add" if line.sign > 0 else "figure-deduct"
                yield from self._figure(line.amount.figure, Phrase(message, {"line": title}))
            if line.amount is not None:
                for choice, parameter in line.amount.gives:
                    value = (
                        self._sentences.words.value(
                            line.amount.of, choice, line.source.table if line.source else ""
                        )
                        if line.amount.of is not None
                        else choice
                    )
                    yield from self._figure(parameter, value)
            if line.at_most is not None:
                yield from self._figure(line.at_most, Phrase("figure-cap", {"line": title}))
            for definition in definitions_behind(self._regulation, line, self._within.start):
                yield from self._of_definition(definition, line)

    def _of_definition(self, definition: Any, line: Line) -> Iterator[Figure]:  # noqa: ANN401 - one of four kinds
        regulation = self._regulation
        if definition.id in regulation.duties:
            wanted = self._reader.tier_of(line)
            for tier in definition.tiers:
                if wanted in {None, tier.id}:
                    title = text_or(tier.title, tier.id)
                    if tier.times is not None:
                        yield from self._figure(tier.times, Phrase("figure-times", {"line": title}))
                    if tier.within is not None:
                        yield from self._figure(tier.within, Phrase("figure-within", {"line": title}))
            title = text_or(definition.heading.title, definition.id)
            if definition.times is not None and not definition.tiers:
                yield from self._figure(definition.times, Phrase("figure-times", {"line": title}))
            if definition.late_until is not None:
                yield from self._figure(definition.late_until, Phrase("figure-late", {"line": title}))
        elif definition.id in regulation.indicators and definition.target is not None:
            title = text_or(definition.heading.title, definition.id)
            for figure in self._figure(definition.target.value, Phrase("figure-target", {"line": title})):
                value = definition.target.value.on(self._within.start)
                shown = share(value) if definition.measure == "share" else figure.value
                yield replace(figure, value=shown)

    def _figure(self, parameter: Parameter, label: Said) -> Iterator[Figure]:
        """Yield each value that held within the period."""
        for used in used_within(parameter, self._within.start, self._within.end):
            shown = self._sentences.value(used.value)
            yield Figure(
                label, shown, used.since, used.origin is Origin.ASSUMED, used.why, self._layer(used.layer)
            )

    def _layer(self, layer: str) -> Texts:
        """Return the title of the place that gives a figure; nothing for the base."""
        place = self._regulation.places.places.get(layer)
        return (place.title or {"zh": place.id}) if place is not None else {}
