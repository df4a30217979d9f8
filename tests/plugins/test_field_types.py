"""Field types come from plugins: the loader types by them, and knows the built-in ones without any."""

from pathlib import Path

import pytest

from app import plugins
from app.declarations.deployment import FIELD_TYPES
from app.domain.core.values import Kind
from app.domain.field_type import FieldType, typed_json
from app.hookspecs import hookimpl
from app.plugins.declared import declarations_of, sort_of
from app.settings import Settings
from tests.plugins.conftest import Install

FORM = "form: well\nfields: {depth: {type: depth}}\n"
PLACE = "place: lakeside\nlevel: community\ncalendar: cn\n"


class Depths:
    """An installed package's plugin."""

    @hookimpl
    def gridbook_field_types(self) -> list[FieldType]:
        return [FieldType("depth", Kind.NUMBER, typed_json)]


def test_the_loader_takes_the_built_in_types_for_what_their_plugins_say() -> None:
    found = plugins.field_types(plugins.load(others=False))
    assert {name: sort_of(one) for name, one in found.items()} == FIELD_TYPES


def test_a_forms_file_may_use_a_type_that_an_installed_package_brings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, install: Install
) -> None:
    manager = install(depths=Depths())
    monkeypatch.setattr(plugins, "load", lambda **_: manager)
    declarations = declarations_of(Settings(files=tmp_path))
    files = {
        "config/places/lakeside/place.yaml": PLACE,
        "config/calendars/cn.yaml": "calendar: cn\nzone: Asia/Shanghai\n",
        "forms/well.yaml": FORM,
    }
    off = declarations.load("lakeside", files)
    assert [(one.code, one.values["plugin"]) for one in off.problems if one.is_error] == [("E133", "depths")]
    loaded = declarations.load("lakeside", {**files, "config/plugins.yaml": "plugins: {depths: {}}\n"})
    assert loaded.regulation is not None
    field = loaded.regulation.forms["well"].field("depth")
    assert field is not None
    assert field.type.kind is Kind.NUMBER
