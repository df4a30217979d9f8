"""What a draft changes beyond the period that is replayed: nothing of it can be seen in the results."""

from datetime import date

from app.domain.kinds.parameters import parameters_of
from app.domain.kinds.planning import definitions
from app.domain.period import Period
from app.domain.regulation import Regulation
from app.domain.workdays import Calendar


def later_figures(before: Regulation, after: Regulation, period: Period) -> dict[date, list[str]]:
    """Return by day the paths of figures and definitions of `after` that begin behind the period."""
    known = {
        (figure.path, since, value)
        for definition in definitions(before).values()
        for figure in parameters_of(definition)
        for since, value in figure.values
    }
    old = definitions(before)
    found: dict[date, list[str]] = {}
    for name, definition in definitions(after).items():
        begins = definition.heading.since
        if (
            begins is not None
            and begins >= period.end
            and (name not in old or old[name].heading.since != begins)
        ):
            found.setdefault(begins, []).append(name)
            continue
        for figure in parameters_of(definition):
            for since, value in figure.values:
                if since is not None and since >= period.end and (figure.path, since, value) not in known:
                    found.setdefault(since, []).append(figure.path)
    return dict(sorted(found.items()))


def days_outside(before: Calendar, after: Calendar, period: Period) -> tuple[date, ...]:
    """Return the days off and make-up days that differ, the earliest first, if none of them lies in the period."""
    changed = (before.holidays ^ after.holidays) | (before.workdays ^ after.workdays)
    if any(period.start <= day < period.end for day in changed):
        return ()
    return tuple(sorted(changed))


def years_of(days: tuple[date, ...]) -> tuple[int, ...]:
    """Return the years in which days lie, the earliest first."""
    return tuple(sorted({day.year for day in days}))
