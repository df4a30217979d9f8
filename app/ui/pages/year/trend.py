"""What a score's page has of its year: where it stands, what is to be done, appeals, the months, what is still open."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from nicegui import ui

from app.domain.core.values import Number
from app.i18n import Translator
from app.services.appraising.excuses import Excuse
from app.services.appraising.medians import AgainstMedian
from app.services.appraising.record_views import AppraisalRecord, MarkGiven
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import say
from app.services.year.effects import Outlook
from app.services.year.marks_to_give import MarkSheet
from app.services.year.notices import changed_words
from app.services.year.year import PersonYear, YearService
from app.ui.frame import link
from app.ui.pages.year.stages import appeal_row
from app.ui.pages.year.waiting import Waiting
from app.ui.session import Session
from app.ui.widgets import Note, Section, box, icon, text

_ON_PAPER: Final = """<script>
addEventListener('beforeprint', () => {
  for (const one of document.querySelectorAll('.sc-chart svg'))
    one.setAttribute('viewBox', `0 0 ${one.getAttribute('width')} ${one.getAttribute('height')}`);
});
addEventListener('afterprint', () => {
  for (const one of document.querySelectorAll('.sc-chart svg')) one.removeAttribute('viewBox');
});
</script>"""
"""A chart is a drawing as wide as the window was; on paper it is scaled, which a drawing without a viewBox can't be."""

# Charts are SVG, so the theme's own tokens colour them, by day and by night. What shines under a pointer would have to
# be worked out from a colour that only the browser knows.
_OWN, _OTHERS, _INK = "var(--act)", "var(--ink-2)", "var(--ink-2)"
_AXIS: dict[str, Any] = {
    "axisLabel": {"color": _INK},
    "axisLine": {"lineStyle": {"color": "var(--line-strong)"}},
    "splitLine": {"lineStyle": {"color": "var(--line)"}},
}
_PERCENT: dict[str, Any] = {**_AXIS, "axisLabel": {"color": _INK, "formatter": "{value}%"}}
_STILL: dict[str, Any] = {"emphasis": {"disabled": True}}
_HEIGHT = "height:220px"


class YearPanel:
    """The year beside a score; what takes longer comes once the page is there."""

    def __init__(
        self,
        session: Session,
        service: YearService,
        whose: tuple[str | None, str, str],
        year: PersonYear | None,
    ) -> None:
        """Keep what was read for the page. `whose`: the person (None: oneself), the year, and in which appraisal."""
        self._session, self._service, self._year = session, service, year
        self._person, self._period, _ = whose
        self._whose = (session.ref, *whose)
        self._t = session.t

    def build(self, marks: Sequence[MarkSheet]) -> None:
        """Draw what is known, and ask for the rest."""
        own = self._person in (None, self._session.actor.person)
        year = self._year
        ui.add_body_html(_ON_PAPER)
        with box("sc-year pad-desk"):
            if own:
                self._tasks(marks)
            if year is None:
                return
            self._appeals(year)
            self._marks(year)
            if not year.reader.is_over:  # nothing can change a year that has ended: no place is held for it
                self._open = Waiting(self._t, "year-outlook", "year-working-outlook")
                ui.timer(0.1, self._outlook, once=True)
            self._trend = Waiting(self._t, "year-trend", "year-working")
            ui.timer(0.1, self._months, once=True)

    # ---- what is to be done ---------------------------------------------------------------------------------------
    def _tasks(self, marks: Sequence[MarkSheet]) -> None:
        t, year = self._t, self._year
        stages = year.reader.stages() if year is not None else ()
        stage = next((one for one in stages if one.now), None)
        left = sum(one.waits for sheet in marks for one in sheet.people)
        is_open = any(sheet.open for sheet in marks)
        if stage is None and not is_open:
            return
        with Section(t("year-title", year=self._period), t.text(stage.title) if stage else "", padded=False):
            if year is not None and year.summary:
                address = f"/year/{self._period}/summary/{year.summary}"
                _task(t, "edit", t("year-summary"), "", address, t("year-write"))
            if marks:
                excused = any(one.excused and not one.given for sheet in marks for one in sheet.people)
                done = t("year-marks-excused" if excused else "year-marks-done")
                what = t("year-marks-left", n=left) if left else done
                action = t("year-mark" if left and is_open else "appraisal-see")
                _task(t, "military_tech", t("marks-title"), what, f"/year/{self._period}/marks", action)
            until = year.appeals_until if year is not None else None
            if until is not None and year is not None:
                address = f"/appraisals/{year.reader.appraisal.id}/{self._period}"
                day = t.last(until)
                told = t("year-appeal-until", at=day) if year.may_appeal else t("year-appeal-over", at=day)
                _task(t, "campaign", t("year-public"), told, address, t("appraisal-see"))
            if not (marks or until) and (year is None or not year.summary):
                with box("in"):
                    text(t("year-nothing-to-do"))

    def _appeals(self, year: PersonYear) -> None:
        t = self._t
        if not year.record.appeals:
            return
        with Section(t("year-appeals"), padded=False):
            for record in year.record.appeals:
                appeal_row(t, record, "", answers=False)
                mine = [
                    changed_words(t, who)
                    for one, touched in year.touched
                    if one.entry.id == record.entry.id
                    for who in touched
                    if who.about == year.record.about
                ]
                for words in mine:
                    with box("in"):
                        text(words, "strong")

    def _marks(self, year: PersonYear) -> None:
        """Show the marks with their comments, without names where they are anonymous."""
        t = self._t
        given = [one for one in year.record.marks if one.counts]
        if not (given or year.record.excused) or year.reader.public_since is None:
            return
        with Section(t("year-marks-given", n=len(given)), padded=False):
            for one in given:
                _mark(t, one, year.record.period)
            for excuse in year.record.excused:
                _excused(t, excuse)

    # ---- what takes longer ----------------------------------------------------------------------------------------
    async def _outlook(self) -> None:
        told = self._open.tell
        outlook = await self._service.outlook(*self._whose, told)
        with self._open.over():
            if outlook is not None:
                outlook_section(self._t, outlook)

    async def _months(self) -> None:
        told = self._trend.tell
        record = await self._service.trend(*self._whose, told)
        with self._trend.over():
            if record is not None:
                trend_section(self._t, record, record.score)
                median_section(self._t, record.items, record.period)


def _task(t: Translator, icon_name: str, title: str, what: str, href: str, action: str) -> None:
    with box("yr-todo"):
        icon(icon_name)
        with box():
            text(title, "strong")
            if what:
                text(what, "meta")
        made = link(action, href, "gb-button gb-btn-line")
        made.props["aria-label"] = t.dotted(action, title)


def _mark(t: Translator, one: MarkGiven, year: str) -> None:
    window = "" if one.period == year else say(period_words(one.period), t)
    with box("yr-todo"):
        icon("military_tech")
        with box():
            text(one.reason or t("year-mark-plain"), "" if one.reason else "muted")
            text(t.dotted(window, t.text(one.title), one.by or t("year-anonymous")), "meta")
        text("—" if one.points is None else t.number(Fraction(one.points)), "strong num")


def _excused(t: Translator, one: Excuse) -> None:
    with box("yr-todo"):
        icon("person_off")
        with box():
            text(one.reason or t("year-excused-one"), "" if one.reason else "muted")
            who = one.name if isinstance(one.name, str) else t.text(one.name)
            text(t.dotted(t("year-excused"), who or t("year-anonymous")), "meta")


# ---- charts --------------------------------------------------------------------------------------------------------
def trend_section(t: Translator, record: AppraisalRecord, now: Number | None) -> None:
    """Draw the score at the end of each month and now, and the same as a list for who can't see it."""
    scores = [(t.month(point.day), str(point.day.month), point.score) for point in record.trend]
    points = [one for one in (*scores, (t("year-now"), t("year-now"), now)) if one[2] is not None]
    if not record.trend or not points:
        return
    with Section(t("year-trend")):
        values = [_float(score) for _, _, score in points]
        series = [_series(t("year-trend"), values, _OWN)]
        if record.median is not None:
            line = _series(t("year-median"), [_float(record.median)] * len(values), _OTHERS)
            series.append(
                {**line, "lineStyle": {"type": "dashed", "width": 2, "color": _OTHERS}, "symbol": "none"}
            )
        options = {
            "animation": False,
            # A dashed line says nothing by itself: where there are two, both are named.
            "legend": {"show": len(series) > 1, "top": 0, "textStyle": {"color": _INK}},
            "grid": {"left": 40, "right": 16, "top": 16 if len(series) == 1 else 36, "bottom": 28},
            "xAxis": {"type": "category", "data": [short for _, short, _ in points], **_AXIS},
            "yAxis": {"type": "value", "min": 0, "max": 100, **_AXIS},
            "tooltip": {"trigger": "axis", "confine": True},
            "series": series,
        }
        _chart(
            options,
            t("year-trend-told", first=_number(t, points[0][2]), last=_number(t, points[-1][2])),
        )
        with box("sc-more", "details"):
            text(t("year-as-list"), tag="summary")
            with box("sc-list", "ul"):
                for month, _, score in points:
                    text(t.dotted(month, _number(t, score)), "", "li")


def median_section(t: Translator, items: Sequence[AgainstMedian], period: str) -> None:
    """Draw the items beside the median of the others."""
    shown = [one for one in items if one.points is not None and one.most]
    if not shown:
        return
    first = shown[0]
    end = t("year-median-of", place=t.text(first.place), n=first.count)
    with Section(t("year-against"), end):
        titles = [_title(t, one, period) for one in shown]
        parts = [
            (t("year-own"), [_share(one.points, one.most) for one in shown], _OWN),
            (t("year-median"), [_share(one.median, one.most) for one in shown], _OTHERS),
        ]
        options = {
            "animation": False,
            "legend": {"top": 0, "textStyle": {"color": _INK}},
            "grid": {"left": 8, "right": 16, "top": 32, "bottom": 24, "containLabel": True},
            "xAxis": {"type": "value", "min": 0, "max": 100, **_PERCENT},
            "yAxis": {"type": "category", "data": titles, "inverse": True, **_AXIS},
            "series": [
                {"type": "bar", "name": name, "data": data, "itemStyle": {"color": colour}, **_STILL}
                for name, data, colour in parts
            ],
        }
        _chart(options, t("year-against-told", n=len(shown)), f"height:{80 + 44 * len(shown)}px")
        with box("sc-more", "details"):
            text(t("year-as-list"), tag="summary")
            with box("sc-list", "ul"):
                for one in shown:
                    told = t("year-beside", own=_number(t, one.points), median=_number(t, one.median))
                    text(t.dotted(_title(t, one, period), told), "", "li")


def outlook_section(t: Translator, outlook: Outlook) -> None:
    """Say what would change the score until the year's end."""
    with Section(t("year-outlook"), padded=False):
        if outlook.best is None and outlook.worst is None:
            with box("in"):
                text(t("year-outlook-no-score"))
            return
        with box("in"):
            best, worst = _number(t, outlook.best), _number(t, outlook.worst)
            grades = [t.text(one) if one else "" for one in (outlook.best_grade, outlook.worst_grade)]
            text(t("year-outlook-best", points=t.dotted(best, grades[0])), "strong")
            text(t("year-outlook-worst", points=t.dotted(worst, grades[1])))
        if not outlook.prospects:
            with box("in"):
                Note(t("year-outlook-none"), "act")
        for one in outlook.prospects:
            with box("yr-todo"):
                icon("warning" if one.overdue else "schedule")
                with box():
                    text(t.dotted(t.text(one.title), t.text(one.tier) if one.tier else ""), "strong")
                    told = "year-outlook-open" if one.one else "year-outlook-slight"
                    text(t(told, n=one.count, one=_number(t, one.one)), "meta")
                text(t("year-outlook-worth", points=_number(t, one.all)), "strong num")


def _title(t: Translator, one: AgainstMedian, period: str) -> str:
    """Return what an item is called, with its window where that is a part of the year."""
    return t.dotted("" if one.period == period else say(period_words(one.period), t), t.text(one.title))


def _chart(options: dict[str, Any], told: str, style: str = _HEIGHT) -> None:
    with box("sc-chart", "figure") as made:
        made.props["role"], made.props["aria-label"] = "img", told
        ui.echart(options, renderer="svg").style(style)


def _series(name: str, data: list[float], colour: str) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "data": data,
        "lineStyle": {"width": 3, "color": colour},
        "itemStyle": {"color": colour},
        **_STILL,
    }


def _float(value: Number | None) -> float:
    """Return a figure for a chart's axis; what is printed and said is exact."""
    return 0.0 if value is None else round(float(value), 2)


def _share(value: Number | None, most: Number | None) -> float:
    return 0.0 if value is None or not most else round(float(Fraction(value) / Fraction(most) * 100), 1)


def _number(t: Translator, value: Number | None) -> str:
    return "—" if value is None else t.number(Fraction(value))
