"""Shared parts of pages, one element a file. They take values and text, and know no service."""

from app.ui.widgets.basic import box, icon, text
from app.ui.widgets.blank import Blank, EmptyState, ErrorState, NoPermission
from app.ui.widgets.cap_bar import CapBar
from app.ui.widgets.choice_group import ChoiceGroup
from app.ui.widgets.clause_quote import ClauseQuote
from app.ui.widgets.conditional_block import ConditionalBlock
from app.ui.widgets.context_panel import ContextPanel
from app.ui.widgets.count_filter import Count, CountFilter
from app.ui.widgets.duty_card import DutyCard
from app.ui.widgets.duty_row import DutyRow
from app.ui.widgets.facts import FactList
from app.ui.widgets.filter_pill import FilterPill
from app.ui.widgets.form_rows import RowBox, RowsBox
from app.ui.widgets.form_section import FormSection
from app.ui.widgets.lookup import Lookup
from app.ui.widgets.note import Note
from app.ui.widgets.place_group import PlaceGroup
from app.ui.widgets.plate import DoorPlate
from app.ui.widgets.progress import Progress
from app.ui.widgets.question import Question
from app.ui.widgets.reason_chain import ReasonChain
from app.ui.widgets.save_bar import SaveBar
from app.ui.widgets.score_line import ScoreLine
from app.ui.widgets.section import Section
from app.ui.widgets.segments import Segments
from app.ui.widgets.skeleton import Skeleton
from app.ui.widgets.state_chip import STATE_ICONS, StateChip
from app.ui.widgets.sync_note import SyncNote
from app.ui.widgets.tag import HiddenTag, Tag
from app.ui.widgets.timeline import Moment, Timeline
from app.ui.widgets.week_grid import WeekGrid

__all__ = [
    "STATE_ICONS",
    "Blank",
    "CapBar",
    "ChoiceGroup",
    "ClauseQuote",
    "ConditionalBlock",
    "ContextPanel",
    "Count",
    "CountFilter",
    "DoorPlate",
    "DutyCard",
    "DutyRow",
    "EmptyState",
    "ErrorState",
    "FactList",
    "FilterPill",
    "FormSection",
    "HiddenTag",
    "Lookup",
    "Moment",
    "NoPermission",
    "Note",
    "PlaceGroup",
    "Progress",
    "Question",
    "ReasonChain",
    "RowBox",
    "RowsBox",
    "SaveBar",
    "ScoreLine",
    "Section",
    "Segments",
    "Skeleton",
    "StateChip",
    "SyncNote",
    "Tag",
    "Timeline",
    "WeekGrid",
    "box",
    "icon",
    "text",
]
