"""Which plugins are on, and what is set of them."""

from typing import Annotated, Any

from pydantic import Field

from app.declarations.schema.base import (
    Boolean,
    Id,
    Model,
    Text,
    named,
)
from app.declarations.schema.common import Titled
from app.services.drafting.described import Named


class SwitchIn(Model):
    """Whether a plugin is on; `version` is the one that the figures were computed by, `with` what is set of it."""

    on: Boolean = True
    version: Text | None = None
    settings: dict[Id, Any] = Field(default={}, alias="with")


class PluginsFile(Titled):
    """The plugins that are on at a place and below it. Those that come along are on unless they are switched off."""

    plugins: dict[Annotated[Id, named(Named.PLUGIN)], SwitchIn]
