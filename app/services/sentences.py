"""Definitions as sentences: what a duty, an indicator, a rule or a line of a score sheet says, as phrases."""

from datetime import date

from app.domain.core.values import Length, Number, Value
from app.domain.kinds.common import Origin, Parameter, Source, Texts
from app.domain.kinds.duty import Duty, MetBy, Tier
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.rule import Rule
from app.domain.kinds.sheet import Amount, Item, Line, Take
from app.domain.regulation import Regulation
from app.domain.workdays import Every
from app.services.phrases import Listed, Percent, Phrase, Said
from app.services.wording import Wording

_UNITS = frozenset({"day", "week", "month", "quarter", "half_year", "year", "working_day", "half_day"})


class Sentences:
    """The sentences of one regulation, with the figures in force on a day."""

    def __init__(self, regulation: Regulation, day: date) -> None:
        """Look at its definitions as of `day`."""
        self._regulation = regulation
        self._day = day
        self.words = Wording(regulation)

    # ---- duties ----------------------------------------------------------------------------------------------------
    def duty(self, duty: Duty, tier: str | None = None) -> tuple[Said, ...]:
        """Return a duty's sentences: one a tier, or that of one tier."""
        tiers = duty.tiers or (Tier("all"),)
        return tuple(self._tier(duty, item) for item in tiers if tier in {None, item.id})

    def _tier(self, duty: Duty, tier: Tier) -> Said:
        whom = self.words.each(duty.for_each)
        condition = self.words.condition(tier.condition, duty.id)
        if condition is not None and duty.for_each.source is None:
            whom = Phrase("sentence-whom-where", {"whom": whom, "where": condition})
        elif condition is not None:
            whom = Phrase("sentence-row-where", {"row": whom, "where": condition})
        what = Listed(tuple(self._met_by(item) for item in tier.met_by or duty.met_by), "sentence-or")
        times = tier.times or duty.times
        number = self._figure(times) if times is not None else 1
        within = tier.within or duty.within
        if within is not None:
            values: dict[str, Said] = {
                "whom": whom,
                "within": self.value(within.on(self._day)),
                "what": what,
                "n": number,
            }
            return Phrase("sentence-duty-within", values)
        every = tier.every or duty.every or Every("year")
        return Phrase(
            "sentence-duty-every", {"whom": whom, "every": spacing(every), "what": what, "n": number}
        )

    def _met_by(self, item: MetBy) -> Said:
        where = self.words.condition(item.source.where, item.source.table)
        title = self.words.table(item.source.table)
        if where is None:
            return Phrase("sentence-record", {"title": title})
        return Phrase("sentence-record-where", {"title": title, "where": where})

    # ---- indicators, rules -----------------------------------------------------------------------------------------
    def indicator(self, item: Indicator) -> Said:
        """Return what an indicator measures."""
        of = self.words.rows(item.of)
        if item.measure == "share":
            part = self.words.condition(item.part, item.of.table) or Phrase("sentence-always")
            return Phrase("sentence-share", {"title": item.heading.title, "of": of, "part": part})
        return Phrase(
            "sentence-measure",
            {"title": item.heading.title, "of": of, "measure": Phrase(f"sentence-of-{item.measure}")},
        )

    def rule(self, rule: Rule) -> Said:
        """Return when a rule applies and what it then finds."""
        source = rule.for_each.source or Source("")
        when = self.words.condition(rule.when, source.table) or Phrase("sentence-always")
        finding = rule.then.title or rule.heading.title
        row = self.words.each(rule.for_each)
        return Phrase("sentence-rule", {"row": row, "when": when, "finding": finding})

    # ---- lines of a score sheet ------------------------------------------------------------------------------------
    def line(self, line: Line, item: Item) -> Said:
        """Return what a line gives or takes, and for what."""
        if line.share_of is not None:
            most = self._figure(item.max) if item.max is not None else 0
            return Phrase("sentence-line-share", {"title": self.words.table(line.share_of), "max": most})
        if line.mark is not None:
            values: dict[str, Said] = {
                "form": self.words.table(line.mark.form),
                "least": self._figure(line.mark.least),
                "most": self._figure(line.mark.most),
            }
            return Phrase("sentence-line-mark", values)
        rows = self.words.rows(line.source) if line.source is not None else line.title
        amount = self._amount(line.amount, line.source.table if line.source is not None else "")
        message = "sentence-line-add" if line.sign > 0 else "sentence-line-deduct"
        said: Said = Phrase(message, {"rows": rows, "amount": amount})
        if line.beyond is not None:
            said = Phrase("sentence-beyond", {"line": said, "n": self._figure(line.beyond)})
        if line.take is Take.HIGHEST:
            said = Phrase("sentence-highest", {"line": said})
        if line.at_most is not None:
            said = Phrase("sentence-capped", {"line": said, "most": self._figure(line.at_most)})
        return said

    def _amount(self, amount: Amount | None, table: str) -> Said:
        if amount is None:
            return 0
        if amount.figure is not None:
            return self._figure(amount.figure)
        if amount.expression is not None:
            return Listed(("(", self.words.expression(amount.expression, table), ")"), "")
        of = amount.of
        column = self.words.expression(of, table) if of is not None else ""
        if of is not None and amount.gives:
            given = tuple(
                Phrase(
                    "sentence-gives",
                    {"value": self.words.value(of, choice, table), "points": self._figure(points)},
                )
                for choice, points in amount.gives
            )
            return Phrase("sentence-by-column", {"column": column, "given": Listed(given)})
        if amount.steps is not None:
            values: dict[str, Said] = {
                "column": column,
                "bound": self._figure(amount.steps.bound),
                "each": self._figure(amount.steps.each),
                "points": self._figure(amount.steps.gives),
            }
            return Phrase("sentence-steps-below" if amount.steps.below else "sentence-steps-above", values)
        bands = []
        for band in amount.bands:
            bound = band.under or band.to
            if bound is None:
                bands.append(Phrase("sentence-band-rest", {"points": self._figure(band.gives)}))
                continue
            message = "sentence-band-under" if band.under is not None else "sentence-band-to"
            bands.append(Phrase(message, {"bound": self._figure(bound), "points": self._figure(band.gives)}))
        return Phrase("sentence-by-column", {"column": column, "given": Listed(tuple(bands))})

    # ---- figures ---------------------------------------------------------------------------------------------------
    def _figure(self, parameter: Parameter) -> Said:
        return self.value(parameter.on(self._day))

    def value(self, value: Value) -> Said:
        """Return a figure's value in words."""
        if isinstance(value, Length):
            return Phrase(f"sentence-length-{value.unit.value.replace('_', '-')}", {"n": value.number})
        return value if isinstance(value, Number | str) and not isinstance(value, bool) else str(value)


def spacing(every: Every) -> Said:
    """Return how often, in words."""
    unit = every.unit if every.unit in _UNITS else "round"
    message = f"sentence-every-{unit.replace('_', '-')}"
    if every.number > 1 and unit != "round":
        return Phrase(f"sentence-several-{unit.replace('_', '-')}", {"n": every.number})
    return Phrase(message)


def share(value: Value) -> Said:
    """Return a share as a percentage."""
    return Percent(value) if isinstance(value, Number) and not isinstance(value, bool) else str(value)


def assumed(parameter: Parameter) -> bool:
    """Whether the place should confirm a figure."""
    return parameter.origin is Origin.ASSUMED


def text_or(title: Texts, otherwise: str) -> Said:
    """Return a title, or the id where a definition has none."""
    return title or otherwise
