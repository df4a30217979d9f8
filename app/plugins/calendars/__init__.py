"""Public holidays and make-up days of countries, from the `holidays` library.

Some states set their days off anew for each year, by decree: China's State Council announces the days off and
the weekend days worked for them in the autumn before. Years after the last announced one are the library's
guess, without make-up days, and the calendar shows them as provisional.
"""

from typing import Final

from app.domain.workdays import OfficialDays
from app.hookspecs import hookimpl

BY_DECREE: Final = frozenset({"cn"})
"""Countries whose days off are announced year by year, so that no rule gives those of years to come."""


def official_days(country: str, years: range) -> OfficialDays:
    """Return the days off and make-up days of a country in `years`; `country` is its ISO 3166 code in small letters.

    `official_until` is the last year whose days the library knows from an announcement, None where the law
    itself gives them for all years. Raises KeyError for a country that the library doesn't know.
    """
    if not country.islower():
        raise KeyError(country)
    import holidays  # noqa: PLC0415 - a tenth of a start, and no kept load asks for days

    try:
        found = holidays.country_holidays(country.upper(), years=years)
    except NotImplementedError:
        raise KeyError(country) from None
    make_up = getattr(found, "weekend_workdays", ())
    announced = getattr(found, "special_public_holidays", ())
    return OfficialDays(
        holidays=frozenset(day for day in found if day.year in years),
        workdays=frozenset(day for day in make_up if day.year in years),
        official_until=max(announced) if country in BY_DECREE else None,
    )


@hookimpl
def gridbook_official_days(country: str, years: range) -> OfficialDays | None:
    """Return the days of a country that the library knows."""
    try:
        return official_days(country, years)
    except KeyError:
        return None
