"""What a place says of itself in sentences: where it lies, its days, its own figures, the modules it has on."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.edits import Path
from app.domain.plugin import PLUGINS
from app.i18n import is_message
from app.services.drafting.said_file import SaidFile, brief, level_title, said_at
from app.services.drafting.slots import Sentence
from app.services.reasons.paths import led
from app.services.reasons.phrases import Country, Listed, Phrase, Said

_WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")
_CHANGES: Final = ("to", "off", "add", "open")


def calendar_sentences(file: SaidFile) -> Iterator[Sentence]:
    """Yield the days on which a calendar works, its zone, and whose holidays it keeps."""
    days = file.some("working_days") or list(_WEEK)
    worked = Listed(tuple(Phrase(f"option-{one}") for one in days))
    zone = brief(file.at("zone"))
    yield said_at("said-calendar", days=(worked, ("working_days",)), zone=(zone, ("zone",)))
    country = file.at("holidays", "plugin")
    if country is not None:
        yield said_at("said-holidays-from", country=(Country(str(country)), ("holidays", "plugin")))


def place_sentences(file: SaidFile) -> Iterator[Sentence]:
    """Yield what a place is, how many lie in it, and which calendar it follows."""
    level = str(file.at("level"))
    inside = len(file.keys("places"))
    yield said_at("said-place", title=(file.title(), ("title",)), level=(level_title(level), ("level",)))
    if inside:
        yield said_at("said-places", n=(inside, ("places",)))
    if file.at("calendar") is not None:
        yield said_at("said-place-calendar", calendar=(brief(file.at("calendar")), ("calendar",)))


def overlay_sentences(file: SaidFile) -> Iterator[Sentence]:
    """Yield what each change of an overlay puts in place of what stands above."""
    changes = file.at("changes")
    for number, change in enumerate(changes if isinstance(changes, list) else ()):
        path: Path = ("changes", number)
        key = next((one for one in _CHANGES if isinstance(change, Mapping) and one in change), None)
        if key is not None:
            said = file.at(*path, "path")
            into = led(said, file.regulation) if isinstance(said, str) else "…"
            what = (into, (*path, "path"))
            value = _posts(file, (*path, key)) or brief(file.at(*path, key))
            yield said_at(f"said-change-{key}", path, what=what, value=(value, (*path, key)))


def _posts(file: SaidFile, path: Path) -> Said | None:
    """Return the posts that are named at a path by their titles; None where something else is."""
    names = file.some(*path)
    return file.roles(*path) if names and all(one in file.regulation.roles for one in names) else None


def plugins_sentences(file: SaidFile) -> Iterator[Sentence]:
    """Yield which plugins are on or off, and how they are set."""
    for plugin in file.keys("plugins"):
        path: Path = ("plugins", plugin)
        is_on = file.at(*path, "on") not in ("false", "no", "off")
        message = f"plugin-{plugin}"
        called: Said = Phrase(message) if is_message(message) else plugin
        yield said_at("said-plugin-on" if is_on else "said-plugin-off", path, plugin=(called, path))
        titles: dict[str, Said] = {}
        if plugin in PLUGINS:
            titles = {one.id: dict(one.title) for one in PLUGINS[plugin].settings.values() if one.title}
        for option in file.keys(*path, "with"):
            place: Path = (*path, "with", option)
            called_so = titles.get(option) or option
            yield said_at(
                "said-option", place, option=(called_so, path), value=(brief(file.at(*place)), place)
            )
