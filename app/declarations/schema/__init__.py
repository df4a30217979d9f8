"""The shape of each kind of file, as pydantic models: what keys it has, and what each value may be."""

from app.declarations.schema.base import Model
from app.declarations.schema.cases import CaseFile, CaseIn
from app.declarations.schema.cited import DocumentsFile
from app.declarations.schema.duties import DutyFile
from app.declarations.schema.figures import AppraisalFile, IndicatorFile, RuleFile
from app.declarations.schema.flags import FlagFile
from app.declarations.schema.forms import ClassFile, FormFile
from app.declarations.schema.inventories import InventoryFile
from app.declarations.schema.layouts import LayoutFile
from app.declarations.schema.overlays import OverlayFile
from app.declarations.schema.plugins import PluginsFile
from app.declarations.schema.procedures import ProcedureFile
from app.declarations.schema.sheets import SheetFile
from app.declarations.schema.tables import TableFile
from app.declarations.schema.world import CalendarFile, PlaceFile, RoleFile

KINDS: dict[str, type[Model]] = {
    "form": FormFile,
    "class": ClassFile,
    "duty": DutyFile,
    "indicator": IndicatorFile,
    "rule": RuleFile,
    "sheet": SheetFile,
    "appraisal": AppraisalFile,
    "table": TableFile,
    "procedure": ProcedureFile,
    "layout": LayoutFile,
    "flag": FlagFile,
    "calendar": CalendarFile,
    "role": RoleFile,
    "place": PlaceFile,
    "overlay": OverlayFile,
    "plugins": PluginsFile,
    "inventory": InventoryFile,
    "documents": DocumentsFile,
    "case": CaseIn,
    "cases": CaseFile,
}
"""The kinds of file, by the key that a file of the kind starts with."""

PLANNED: frozenset[str] = frozenset()
"""Kinds of the language that this version doesn't evaluate."""
