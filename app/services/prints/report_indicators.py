"""The indicators of a place's report: each figure beside its target, or summed up where there are too many."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from app.domain.core.values import NotApplicable
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.links import WORKER
from app.services.prints.report import STREET, PrintedCompared, PrintedFigure, PrintedIndicator
from app.services.prints.report_scene import ScenePart
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import say
from app.services.reasons.records import Record, number_or_none, records
from app.services.registers.natural import natural

MOST_FIGURES: Final = 120
"""How many figures of an indicator are listed at most, those beside their target first."""
FEW_ABSENT: Final = 20
"""Up to how many figures that there is nothing to measure for are listed."""


class Indicators(ScenePart):
    """The indicators of one scene."""

    def all(self) -> Iterator[PrintedIndicator]:
        """Yield each indicator that holds in the period and has rows."""
        for item in self.scene.in_force(self.regulation.indicators.values()):
            yield self._indicator(item)

    def _indicator(self, item: Indicator) -> PrintedIndicator:
        t = self.t
        rows = list(records(self.evaluation, item.id))
        to = self.evaluation.schema(item.id).type_of("about").to or ""
        here = [
            row
            for row in rows
            if self.scene.tree.contains(self.scene.place.id, self._place_of(to, row["about"]))
        ]
        windows = len({row["period"] for row in here}) > 1
        judged = [row["met"] for row in here if isinstance(row["met"], bool)]
        compared = self.scene.kind == STREET and to not in {"place", self.scene.place.level}
        order = sorted(
            here,
            key=lambda row: (
                row["met"] is not False,
                natural(self._name(to, row["about"])),
                str(row["period"]),
            ),
        )
        absent = [row for row in order if isinstance(row["value"], NotApplicable)]
        if len(absent) > FEW_ABSENT:
            order = [row for row in order if not isinstance(row["value"], NotApplicable)]
        summed = not compared and windows and len(order) > MOST_FIGURES
        listed = (
            () if compared or summed else tuple(self._figure(item, to, row) for row in order[:MOST_FIGURES])
        )
        more = "" if compared else self._left(order, absent, len(listed), summed=summed)
        target = None if item.target is None else item.target.value.on(self.scene.day)
        return PrintedIndicator(
            title=t.text(item.heading.title) or item.id,
            clause=self.scene.clause(item.heading),
            rule=say(self.scene.sentences.indicator(item), t),
            target=""
            if item.target is None
            else t(
                f"print-target-{item.target.comparison.replace('_', '-')}", value=self._shown(item, target)
            ),
            figures=listed,
            whole=self._is_share(item),
            windows=windows,
            more=more,
            summary=t("print-reached", n=sum(judged), all=len(judged)) if judged else "",
            compared=tuple(self._compared(item, to, here)) if compared else (),
            summed=tuple(self._summed(item, order)) if summed else (),
        )

    def _left(self, order: list[Record], absent: list[Record], listed: int, *, summed: bool) -> str:
        """Return how many rows aren't listed and why: too many, or nothing to measure."""
        t = self.t
        told = []
        if summed:
            told.append(t("print-figures-summed", n=len(order)))
        elif listed < len(order):
            missed = sum(row["met"] is False for row in order[listed:])
            told.append(t("print-figures-more", n=len(order) - listed, missed=missed))
        if len(absent) > FEW_ABSENT:
            told.append(t("print-figures-absent", n=len(absent)))
        return t("print-stop").join(told)

    def _is_share(self, item: Indicator) -> bool:
        if item.roll_up is not None:
            source = self.regulation.indicators.get(self.regulation.latest(item.of.table))
            return source is not None and self._is_share(source)
        return item.measure == "share" or (item.measure == "rate" and item.per_each is None)

    def _shown(self, item: Indicator, value: object) -> str:
        """Return a figure: shares in percent, marks as a dash."""
        number = number_or_none(value)
        if number is None:
            return "—"
        if self._is_share(item):
            return f"{self.t.number(Fraction(number) * 100)}%"
        return self.t.number(Fraction(number))

    def _figure(self, item: Indicator, to: str, row: Record) -> PrintedFigure:
        t = self.t
        met = row["met"]
        reached = t("print-reached-yes" if met else "print-reached-no") if isinstance(met, bool) else ""
        return PrintedFigure(
            self._name(to, row["about"]),
            say(period_words(str(row["period"]), self.regulation.calendar), t),
            self._plain(row["part"]),
            self._plain(row["whole"]),
            self._shown(item, row["value"]),
            "" if number_or_none(row["target"]) is None else self._shown(item, row["target"]),
            reached,
        )

    def _plain(self, value: object) -> str:
        number = number_or_none(value)
        return "—" if number is None else self.t.number(Fraction(number))

    def _name(self, to: str, about: str) -> str:
        if about in self.scene.tree.places:
            return self.scene.title(about)
        label = self.opened.labels.of(to if self.opened.labels.form_of(to) is not None else WORKER, about)
        return " ".join(filter(None, (label.plate, label.name)))

    def _place_of(self, to: str, about: str) -> str:
        """Return where the subject of a figure belongs: itself, where it is at home, or where its last post was."""
        if about in self.scene.tree.places:
            return about
        if to != WORKER and self.opened.labels.form_of(to) is not None:
            return self.opened.labels.of(to, about).place or self.scene.place.id
        return self.scene.posts.get(about, self.scene.place.id)

    def _compared(self, item: Indicator, to: str, rows: list[Record]) -> Iterator[PrintedCompared]:
        t = self.t
        for part in [*self.scene.parts, None]:
            own = [
                row for row in rows if part is None or self.scene.lies(self._place_of(to, row["about"]), part)
            ]
            yield self._together(
                item, t("print-all-places") if part is None else self.scene.title(part.id), own
            )

    def _summed(self, item: Indicator, rows: list[Record]) -> Iterator[PrintedCompared]:
        """Yield the figures of each window together, where there are too many to list."""
        for window in sorted({str(row["period"]) for row in rows}):
            title = say(period_words(window, self.regulation.calendar), self.t)
            yield self._together(item, title, [row for row in rows if row["period"] == window])

    def _together(self, item: Indicator, title: str, rows: list[Record]) -> PrintedCompared:
        """Return how many figures there are, their average, and how many reach the target."""
        t = self.t
        values = [Fraction(one) for row in rows if (one := number_or_none(row["value"])) is not None]
        judged = [row["met"] for row in rows if isinstance(row["met"], bool)]
        return PrintedCompared(
            title,
            t.number(len(values)),
            self._shown(item, sum(values, Fraction(0)) / len(values) if values else None),
            t("print-of", n=sum(judged), all=len(judged)) if judged else "",
        )
