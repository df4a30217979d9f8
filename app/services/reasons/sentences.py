"""Definitions as sentences: what a duty, an indicator, a rule or a line of a score sheet says, as phrases."""

from collections.abc import Iterator
from datetime import date

from app.domain.core.aggregates import plain_name
from app.domain.core.expressions import Expression, Name
from app.domain.core.values import Length, Number, Value
from app.domain.kinds.common import Parameter, Source, Texts
from app.domain.kinds.counting import WINDOWS
from app.domain.kinds.duty import Duty, Extension, MetBy, Pause, Tier, Way
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.rule import Rule
from app.domain.kinds.sheet import Amount, Applied, Band, Item, Line, Mark, Take
from app.domain.regulation import Regulation
from app.domain.workdays import Every
from app.services.reasons.phrases import Listed, Percent, Phrase, Said
from app.services.reasons.wording import Wording

_MEASURES = frozenset(
    (
        "count",
        "sum",
        "average",
        "min",
        "max",
        "middle",
        "distinct",
        "first",
        "last",
        "rate",
        "streak",
        "change",
    )
)
"""Measures that have words of their own."""
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
        """Return a duty's sentences: one a tier, or that of one tier; then what holds its clock back or moves it."""
        tiers = duty.tiers or (Tier("all"),)
        own = tuple(self._tier(duty, item) for item in tiers if tier in {None, item.id})
        moved = () if duty.extended_by is None else (self._extension(duty.extended_by),)
        return (*own, *self.pauses(duty), *moved)

    def pauses(self, duty: Duty) -> tuple[Said, ...]:
        """Return when a deadline's clock stands still: a sentence a pause."""
        return tuple(self._pause(pause) for pause in duty.pauses)

    def _pause(self, pause: Pause) -> Said:
        if pause.begins is not None and pause.ends is not None:
            values: dict[str, Said] = {"from": self._rows(pause.begins), "until": self._rows(pause.ends)}
            said: Said = Phrase("sentence-pause-between", values)
        else:
            during = self._rows(pause.during) if pause.during is not None else ""
            said = Phrase("sentence-pause-during", {"during": during})
        if pause.at_most is not None:
            said = Phrase("sentence-pause-each", {"line": said, "most": self._figure(pause.at_most)})
        if pause.in_all is not None:
            said = Phrase("sentence-pause-all", {"line": said, "most": self._figure(pause.in_all)})
        return said

    def _extension(self, extension: Extension) -> Said:
        said: Said = Phrase("sentence-extended", {"rows": self._rows(extension.source)})
        if extension.by is not None:
            said = Phrase("sentence-extended-by", {"line": said, "by": self._figure(extension.by)})
        for figure, message in (
            (extension.at_most, "sentence-pause-each"),
            (extension.in_all, "sentence-pause-all"),
            (extension.total, "sentence-extended-to"),
        ):
            if figure is not None:
                said = Phrase(message, {"line": said, "most": self._figure(figure)})
        return said

    def _rows(self, source: Source) -> Said:
        return self._met_by(MetBy(source))

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
                "times": number,  # the word that follows it: where a slot holds `n`, this is the number still
            }
            return Phrase("sentence-duty-within", values)
        return Phrase(
            "sentence-duty-every",
            {"whom": whom, "every": self._windows(duty, tier), "what": what, "n": number, "times": number},
        )

    def _windows(self, duty: Duty, tier: Tier) -> Said:
        """Return when something is due that has no limit: a series, from time to time, by a roster, a spacing."""
        series = tier.series or duty.series
        if series is not None:
            unit = series.unit.value.replace("_", "-")
            return Phrase(f"sentence-series-{unit}", {"offsets": Listed(series.offsets)})
        every = tier.every or duty.every or Every("year")
        if every.rolling is not None:
            return Phrase("sentence-every-rolling", {"length": self.value(every.rolling)})
        if every.method:
            windows = WINDOWS.get(every.method)
            given = tuple(
                Phrase("sentence-option", {"option": option, "given": Listed(tuple(map(self.value, values)))})
                for option, values in every.given
            )
            method = text_or({} if windows is None else windows.title, every.method)
            return Phrase("sentence-every-by", {"method": method, "given": Listed(given, "sentence-options")})
        if duty.roster is None:
            return spacing(every)
        roster = Phrase("sentence-every-roster", {"roster": self._rows(duty.roster.source)})
        if duty.roster.every is None:
            return roster
        return Phrase("sentence-every-in-roster", {"every": spacing(every), "roster": roster})

    def _met_by(self, item: MetBy) -> Said:
        where = self.words.condition(item.source.where, item.source.table)
        title = self.words.table(item.source.table)
        said: Said = Phrase("sentence-record", {"title": title})
        if where is not None:
            said = Phrase("sentence-record-where", {"title": title, "where": where})
        for way in item.ways:  # of those that come along only a quorum is told
            if way.named("present"):
                said = self._quorum(said, way)
            elif way.title:
                figures = self._options(way.figures)
                said = Phrase(
                    "sentence-counted-by",
                    {"what": said, "method": text_or(way.title, way.method), "given": figures},
                )
        return said

    def _quorum(self, said: Said, quorum: Way) -> Said:
        values: dict[str, Said] = {"what": said}
        role = next((self.words.role(one) for one in quorum.named("role")), None)
        part, least = quorum.figure("share"), quorum.figure("at_least")
        if part is not None and role is not None:
            values |= {"share": share(part.on(self._day)), "role": role}
            return Phrase("sentence-quorum-share", values)
        values["n"] = self._figure(least) if least is not None else 1
        if role is None:
            return Phrase("sentence-quorum", values)
        return Phrase("sentence-quorum-role", {**values, "role": role})

    # ---- indicators, rules -----------------------------------------------------------------------------------------
    def indicator(self, item: Indicator) -> Said:
        """Return what an indicator measures."""
        of = self.words.rows(item.of)
        if item.measure == "share":
            part = self.words.condition(item.part, item.of.table) or Phrase("sentence-always")
            return Phrase("sentence-share", {"title": item.heading.title, "of": of, "part": part})
        return Phrase(
            "sentence-measure",
            {"title": item.heading.title, "of": of, "measure": _measured(item.measure)},
        )

    def rule(self, rule: Rule) -> Said:
        """Return when a rule applies and what it then finds."""
        each = rule.for_each
        table = each.source.table if each.source is not None else each.subject or ""
        when = self.words.of_rule(rule).condition(rule.when, table) or Phrase("sentence-always")
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
            return self._mark(line.mark)
        rows = self.words.rows(line.source) if line.source is not None else line.title
        amount = self._amount(line.amount, line.source.table if line.source is not None else "")
        by = "" if line.amount is None or line.amount.figure is not None else "-by"
        message = f"sentence-line-{'add' if line.sign > 0 else 'deduct'}{by}"
        said: Said = Phrase(message, {"rows": rows, "amount": amount})
        if line.holders_of is not None:
            said = Phrase("sentence-holders", {"line": said, "role": self._role(line.holders_of)})
        if line.beyond is not None:
            said = Phrase("sentence-beyond", {"line": said, "n": self._figure(line.beyond)})
        if line.take is not Take.ALL:
            said = Phrase(f"sentence-{line.take.value}", {"line": said})
        if line.case is not None and line.case_at_most is not None:
            table = line.source.table if line.source is not None else ""
            column = self.words.expression(Name((line.case,)), table)
            most = self._figure(line.case_at_most)
            said = Phrase("sentence-each-case", {"line": said, "column": column, "most": most})
        if line.at_most is not None:
            said = Phrase("sentence-capped", {"line": said, "most": self._figure(line.at_most)})
        return said

    def _mark(self, mark: Mark) -> Said:
        values: dict[str, Said] = {
            "form": self.words.table(mark.form),
            "least": self._figure(mark.least),
            "most": self._figure(mark.most),
        }
        said: Said = Phrase("sentence-line-mark", values)
        if mark.by:
            roles = Listed(tuple(self._role(role) for role in mark.by), "sentence-or")
            said = Phrase("sentence-mark-by", {"line": said, "roles": roles})
        return Phrase("sentence-mark-reason", {"line": said}) if mark.reason is not None else said

    def _role(self, role: str) -> Said:
        found = self._regulation.roles.get(role)
        return text_or(found.heading.title, role) if found is not None else role

    def item(self, item: Item, subject: str) -> Iterator[Said]:
        """Yield what is said of an item itself: whose it is, when it applies, what it needs, what it can veto."""
        if item.scored_by:
            roles = Listed(tuple(self._role(role) for role in item.scored_by), "sentence-or")
            yield Phrase("sentence-scored-by", {"roles": roles})
        where = self.words.condition(item.applies, subject)
        if where is not None:
            yield Phrase("sentence-applies", {"where": where})
        if item.requires is not None:
            yield self._gate("sentence-requires", item.requires, item.requires_times)
        if item.vetoed_by is not None:
            yield self._gate("sentence-vetoed-by", item.vetoed_by, item.vetoed_times)
        veto = None if item.veto is None else self.words.condition(item.veto, subject)
        if veto is not None:
            yield Phrase("sentence-veto", {"where": veto})

    def _gate(self, message: str, source: Source, times: Parameter | None) -> Said:
        number = self._figure(times) if times is not None else 1
        return Phrase(message, {"rows": self.words.rows(source), "n": number})

    def _amount(self, amount: Amount | None, table: str) -> Said:
        if amount is None:
            return 0
        if amount.figure is not None:
            return self._figure(amount.figure)
        if amount.expression is not None:
            return Phrase("sentence-by-formula", {"what": self.words.expression(amount.expression, table)})
        if amount.checks:
            return Phrase("sentence-checklist", {"given": self._checks(amount, table)})
        of = amount.of
        column = self.words.expression(of, table) if of is not None else ""
        if of is not None and amount.gives:
            return Phrase(
                "sentence-by-column", {"column": column, "given": self._given(of, amount.gives, table)}
            )
        if amount.steps is not None:
            values: dict[str, Said] = {
                "column": column,
                "bound": self._figure(amount.steps.bound),
                "each": self._figure(amount.steps.each),
                "points": self._figure(amount.steps.gives),
            }
            return Phrase("sentence-steps-below" if amount.steps.below else "sentence-steps-above", values)
        if amount.method is not None:
            return self._by_method(column, amount.method)
        slabs = bool(amount.slabs)
        bands = tuple(self._band(band, slab=slabs) for band in amount.slabs or amount.bands)
        message = "sentence-by-slab" if slabs else "sentence-by-column"
        return Phrase(message, {"column": column, "given": Listed(bands)})

    def _by_method(self, column: Said, applied: Applied) -> Said:
        values = {
            "column": column,
            "method": text_or(applied.title, applied.method),
            "given": self._options(applied.given),
        }
        return Phrase("sentence-by-method", values)

    def _options(self, given: tuple[tuple[str, tuple[Parameter, ...]], ...]) -> Said:
        said = tuple(
            Phrase("sentence-option", {"option": option, "given": Listed(tuple(map(self._figure, figures)))})
            for option, figures in given
        )
        return Listed(said, "sentence-options")

    def _given(self, of: Expression, gives: tuple[tuple[str, Parameter], ...], table: str) -> Said:
        return Listed(
            tuple(
                Phrase(
                    "sentence-gives",
                    {"value": self.words.value(of, choice, table), "points": self._figure(points)},
                )
                for choice, points in gives
            )
        )

    def _checks(self, amount: Amount, table: str) -> Said:
        found: list[Said] = []
        for check in amount.checks:
            column = self.words.expression(check.field, table)
            if check.gives is not None:
                found.append(Phrase("sentence-gives", {"value": column, "points": self._figure(check.gives)}))
            else:
                given = self._given(check.field, check.choices, table)
                found.append(Phrase("sentence-by-column", {"column": column, "given": given}))
        return Listed(tuple(found))

    def _band(self, band: Band, *, slab: bool) -> Said:
        value = band.gives.on(self._day)
        points = share(value) if slab else self.value(value)
        bound = band.under or band.to
        if bound is None:
            return Phrase("sentence-band-rest", {"points": points})
        message = "sentence-band-under" if band.under is not None else "sentence-band-to"
        return Phrase(message, {"bound": self._figure(bound), "points": points})

    # ---- figures ---------------------------------------------------------------------------------------------------
    def _figure(self, parameter: Parameter) -> Said:
        return self.value(parameter.on(self._day))

    def value(self, value: Value) -> Said:
        """Return a figure's value in words."""
        if isinstance(value, Length):
            return Phrase(f"sentence-length-{value.unit.value.replace('_', '-')}", {"n": value.number})
        return value if isinstance(value, Number | str) and not isinstance(value, bool) else str(value)


def _measured(measure: str) -> Said:
    """Return what is measured, in words; what else a plugin brings by its name."""
    plain = plain_name(measure)
    if plain in _MEASURES:
        return Phrase(f"sentence-of-{plain}")
    return Phrase("sentence-of-other", {"measure": plain})


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


def text_or(title: Texts, otherwise: str) -> Said:
    """Return a title, or the id where a definition has none."""
    return title or otherwise
