"""The reader of the declared files with the plugins' field types, for commands that need no database."""

from app import plugins
from app.declarations.deployment import FieldSort
from app.declarations.files import FileDeclarations
from app.domain.field_type import FieldType
from app.plugins.manager import Plugins
from app.settings import Settings


def sort_of(one: FieldType, plugin: str = "") -> FieldSort:
    """Return what a form may say of a type of field that a plugin brings."""
    parts = {name: part.type for name, part in one.parts.items()}
    return FieldSort(one.kind, one.options, one.unit, parts, plugin)


def declarations_of(settings: Settings, manager: Plugins | None = None) -> FileDeclarations:
    """Return the reader of the declared files of a deployment, with plugins that are loaded already if there are."""
    manager = manager or plugins.load()
    return FileDeclarations(
        settings.files, plugins.official_days(manager), sorts_of(manager), settings.data / ".cache"
    )


def sorts_of(manager: Plugins) -> dict[str, FieldSort]:
    """Return what a form may say of each type of field that there is."""
    types = plugins.field_types(manager)
    return {name: sort_of(one, manager.types.owner(name)) for name, one in types.items()}
