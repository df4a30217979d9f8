"""What a regulation stands on before anything of it is built: its place among the others, its calendar, its zone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.declarations.build.calendars import Calendars
from app.declarations.build.world import build_places
from app.declarations.deployment import CalendarSource
from app.declarations.names import Names
from app.declarations.place_folders import PLACE_FILE, place_folder
from app.declarations.suggest import unknown_name
from app.declarations.switches import Switches
from app.domain.place import Place, PlaceTree
from app.domain.problem import Problem, Where
from app.domain.workdays import Calendar

NO_PLACE = Place("", "community", {})
NO_CALENDAR = Calendar("", "UTC")


@dataclass(frozen=True, slots=True)
class Ground:
    """The place itself, all places, its calendar and zone, and what is wrong with them."""

    tree: PlaceTree
    place: Place
    calendar: Calendar
    zone: ZoneInfo
    problems: tuple[Problem, ...]


def ground_of(
    place_id: str,
    names: Names,
    source: CalendarSource,
    switches: Switches,
    broken: frozenset[str],
) -> Ground:
    """Return what the regulation of a place stands on; where something is missing, an empty one with its fault.

    `broken` are the paths of files that couldn't be read: a place whose file is among them isn't missing.
    """
    tree = build_places(names.of("place"))
    found = tree.places.get(place_id)
    path = f"{place_folder(place_id)}/{PLACE_FILE}"
    problems: list[Problem] = []
    if found is None and path not in broken:
        problems.append(unknown_name(place_id, Where(path), tree.places, "place"))
    problems += _unknown_calendars(names)
    place = found or NO_PLACE
    calendars = Calendars(names.of("calendar"), source, switches.is_on)
    problems += calendars.problems
    calendar = _nearest(calendars.all(), tree, place)
    if calendar is None:
        calendar = NO_CALENDAR
        if len(calendars.all()) > 1 or not names.of("calendar"):
            problems.append(Problem("E106", Where(path, 1, 1), {"name": "calendar"}))
    return Ground(tree, place, calendar, _zone(calendar), tuple(problems))


def _unknown_calendars(names: Names) -> Iterator[Problem]:
    """Yield calendars that places name and nobody declares."""
    calendars = names.of("calendar")
    for document in names.of("place").values():
        name = document.data.get("calendar")
        if isinstance(name, str) and name not in calendars and name not in names.broken:
            yield unknown_name(name, (document.at / "calendar").where, calendars, "calendar")


def _nearest(built: Mapping[str, Calendar], tree: PlaceTree, place: Place) -> Calendar | None:
    """Return the calendar of the nearest place that names one; without any, the only one there is."""
    for one in tree.ancestors(place.id):
        if one.calendar is not None:
            return built.get(one.calendar, NO_CALENDAR)
    return next(iter(built.values())) if len(built) == 1 else None


def _zone(calendar: Calendar) -> ZoneInfo:
    try:
        return ZoneInfo(calendar.zone)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
