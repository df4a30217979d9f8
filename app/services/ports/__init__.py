"""The ports: what the services need from outside, as protocols. Adapters implement them; tests bring fakes."""

from app.services.ports.accounts import Account, Accounts, Ticket
from app.services.ports.deciding import Answer, Condition, Decider, DecisionError, Question
from app.services.ports.declared import Declarations, Loaded
from app.services.ports.ledger import (
    Appended,
    Belonging,
    IdTakenError,
    Ledger,
    LedgerPage,
    LedgerQuery,
    Stored,
)
from app.services.ports.moments import Clock, Kept, Progress
from app.services.ports.printing import (
    AppraisalDocument,
    PrintedBar,
    PrintedItem,
    PrintedLine,
    PrintedNote,
    PrintedPost,
    Printer,
)
from app.services.ports.revisions import COMMAND, DEMO_MAKER, FOREVER, Closed, Closings, Revision, Revisions
from app.services.ports.work import (
    Begun,
    Draft,
    Drafts,
    Gone,
    Job,
    Jobs,
    Memory,
    Remembered,
    nobody_is_gone,
)

__all__ = [
    "COMMAND",
    "DEMO_MAKER",
    "FOREVER",
    "Account",
    "Accounts",
    "Answer",
    "Appended",
    "AppraisalDocument",
    "Begun",
    "Belonging",
    "Clock",
    "Closed",
    "Closings",
    "Condition",
    "Decider",
    "DecisionError",
    "Declarations",
    "Draft",
    "Drafts",
    "Gone",
    "IdTakenError",
    "Job",
    "Jobs",
    "Kept",
    "Ledger",
    "LedgerPage",
    "LedgerQuery",
    "Loaded",
    "Memory",
    "PrintedBar",
    "PrintedItem",
    "PrintedLine",
    "PrintedNote",
    "PrintedPost",
    "Printer",
    "Progress",
    "Question",
    "Remembered",
    "Revision",
    "Revisions",
    "Stored",
    "Ticket",
    "nobody_is_gone",
]
