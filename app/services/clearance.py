"""Which sensitive answers of an entry somebody reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.domain.entry import Entry
from app.domain.kinds.form import Field, Form
from app.domain.kinds.links import WORKER
from app.services.actor import Actor, Permission

KEPT: Final = "_kept"
"""Name of an answer that marks an entry in which something stands that its maker didn't give and may not read."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """Whether sensitive answers are read, and by the holder of which `roles`; None: by whoever they are kept for."""

    sensitive: bool
    roles: frozenset[str] | None = None

    def reads(self, field: Field) -> bool:
        """Whether the answer to a question is read."""
        if not field.sensitive:
            return True
        kept = field.sensitive_for
        return self.sensitive and (not kept or self.roles is None or not self.roles.isdisjoint(kept))


EVERYTHING = Clearance(sensitive=True)
NOTHING_SENSITIVE = Clearance(sensitive=False)


def clearance(actor: Actor, form: Form | None, by: str = "", subject: str | None = None) -> Clearance:
    """Return what the actor reads of an entry of a form: all that it gave itself (`by`), and all of its own file.

    `subject` is whom the entry is about; None reads as somebody else.
    """
    own = form is not None and form.describes == WORKER and subject == actor.person
    if by == actor.person or own:
        return EVERYTHING
    return Clearance(actor.may(Permission.SEE_SENSITIVE), actor.post.roles)


def clearance_of(actor: Actor, form: Form | None, entry: Entry) -> Clearance:
    """Return what the actor reads of an entry: its maker all but what was kept back when it was made."""
    cleared = clearance(actor, form, "" if KEPT in entry.answers else entry.by, entry.subject)
    return Clearance(sensitive=True, roles=cleared.roles) if entry.by == actor.person else cleared


def least(cleared: Iterable[Clearance]) -> Clearance:
    """Return what all of them read: of several versions nobody reads in one what another one keeps back."""
    found = [*cleared]
    return Clearance(
        all(one.sensitive for one in found), next((one.roles for one in found if one.roles is not None), None)
    )
