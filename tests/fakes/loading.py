"""Small regulations of tests take what earlier tests of the process built, as the product's loads do (docs/adr/0228).

Nearly all of them have the forms, places and posts of their neighbours. What is found here rests on the same texts, and
a definition with an error is never kept (`app/declarations/made.py`). Tests of loading itself load from nothing.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from coverage import Coverage

from app.declarations.deployment import CalendarSource
from app.declarations.load import load as load_from_nothing
from app.declarations.made import Made, Making
from app.declarations.texts import revision_of
from app.domain.plugin import identity
from app.services.ports import Loaded

_MOST_BUILT: Final = 20_000
_MOST_WHOLE: Final = 32
_BUILT: Final[dict[tuple[CalendarSource, bool], dict[str, Made]]] = {}
_WHOLE: Final[OrderedDict[object, Loaded]] = OrderedDict()


def load(place: str, files: Mapping[str, str], calendar_source: CalendarSource) -> Loaded:
    """Return what a load from nothing gives."""
    built = _BUILT.setdefault((calendar_source, _is_counted()), {})
    if len(built) > _MOST_BUILT:  # a long run draws regulations by the thousand
        built.clear()
    making = Making(built.get)
    loaded = load_from_nothing(place, files, calendar_source, making=making)
    built.update(making.used)
    return loaded


def load_once(place: str, files: Mapping[str, str], calendar_source: CalendarSource) -> Loaded:
    """Return the same for the same files: for communities that each test brings up anew."""
    key = place, revision_of(files), calendar_source, identity(), _is_counted()
    loaded = _WHOLE.get(key)
    if loaded is None:
        loaded = _WHOLE[key] = load(place, dict(files), calendar_source)
        if len(_WHOLE) > _MOST_WHOLE:
            _WHOLE.popitem(last=False)
    else:
        _WHOLE.move_to_end(key)
    return loaded


def _is_counted() -> bool:
    """Whether branches are counted: what is taken from before has to have been counted when it was built."""
    return Coverage.current() is not None
