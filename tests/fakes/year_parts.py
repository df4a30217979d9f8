"""The year of tests/fakes/year.py with a part that is no sheet: what residents say, which decisions correct."""

from datetime import UTC, datetime

from app.domain.entry import Entry
from tests.fakes.working import PLACE
from tests.fakes.year import FILES

YEAR = {
    **FILES,
    "forms/opinion.yaml": (
        "form: opinion\ntitle: {zh: 居民评价, en: Opinion, es: Opinión}\nabout: worker\n"
        "fields: {score: {title: {zh: 几分, en: Points, es: Puntos}, type: integer, required: true}}\n"
    ),
    "rules/opinions.yaml": (
        "indicator: opinions\ntitle: {zh: 居民评价, en: Residents, es: Vecinos}\nper: role leader\nevery: year\n"
        "measure: average\nof: opinion\ncolumn: score\nempty: unknown\n"
    ),
    "rules/final.yaml": FILES["rules/final.yaml"].replace(
        "  votes: {title: {zh: 测评, en: Marks, es: Notas}, weight: 20%, from: votes}\n",
        "  residents: {title: {zh: 居民, en: People, es: Vecinos}, weight: 20%, from: opinions}\n",
    )
    + "corrected_by: {form: decision, where: {outcome: upheld}, item: item, add: points}\n",
}


def opinions() -> list[Entry]:
    """Return what was said: 周敏 has 50 and 60, the others 90."""
    at = datetime(2025, 5, 1, tzinfo=UTC)
    said = [("o1", "w-1", 50), ("o2", "w-1", 60), ("o3", "w-2", 90), ("o4", "w-4", 90)]
    return [Entry(one, PLACE, "opinion", at, "w-3", at, {"score": score}, who) for one, who, score in said]
