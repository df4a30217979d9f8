"""In which appraisals somebody stands, and whom each is about: the person, an appointment of theirs, a place."""

from dataclasses import dataclass

from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.common import Texts
from app.domain.kinds.links import WORKER
from app.domain.kinds.sheet import Sheet
from app.domain.membership import HOLDER
from app.domain.zones import date_of
from app.services.actor import DeniedError, Permission
from app.services.appraising.opened import Opened
from app.services.people import require, sees_place
from app.services.reasons.records import Record, record_of, records
from app.services.year_forms import sheets_of


@dataclass(frozen=True, slots=True)
class Standing:
    """An appraisal in which somebody stands, and whom it is about: the person, an appointment of theirs, a place."""

    appraisal: Appraisal
    about: str

    @property
    def key(self) -> str:
        """What names it in an address."""
        return f"{self.appraisal.id}:{self.about}"


def require_sight(opened: Opened, person: str) -> None:
    """Raise DeniedError unless it is oneself, or the actor sees scores at a place where the person holds a post."""
    if person == opened.actor.person:
        return
    require(opened.actor, Permission.SEE_SCORES)
    places = {row["place"] for row in records(opened.evaluation, HOLDER) if row["worker"] == person}
    if not any(sees_place(opened.actor, place, opened.regulation) for place in places):
        raise DeniedError("not_permitted")


def abouts(opened: Opened, person: str) -> list[str]:
    """Return whom sheets can be about: the person, the person's appointments in the period, the places they are at."""
    posts = held(opened, person)
    return list(dict.fromkeys([person, *(row["subject"] for row in posts), *(row["place"] for row in posts)]))


def worker_of(opened: Opened, about: str) -> str:
    """Return the person of an appointment; a person or a place as it is."""
    if about in opened.regulation.places.places or about in opened.labels.all(WORKER):
        return about  # nearly always: a ranking asks of everybody, and all appointments needn't be read each time
    key = next(
        (row["worker"] for row in records(opened.evaluation, HOLDER) if row["subject"] == about), about
    )
    return str(key)


def name_of(opened: Opened, about: str) -> str | Texts:
    """Return what somebody who is assessed is called: by the person's name, a place by its titles."""
    if about in opened.regulation.places.places:
        return opened.labels.place(about)
    return opened.labels.of(WORKER, worker_of(opened, about)).name


def posts_in(opened: Opened, stands: Standing) -> list[Record]:
    """Return the appointments of the period that a standing is about, oldest first; all where it names no post."""
    posts = held(opened, worker_of(opened, stands.about))
    each = stands.appraisal.for_each
    if each.post is not None:
        return [row for row in posts if row["subject"] == stands.about]
    own = [row for row in posts if row["role"] == each.role]
    return own or posts


def held(opened: Opened, person: str) -> list[Record]:
    """Return the appointments of a person that overlap the period, oldest first."""
    period = opened.evaluation.period
    zone = opened.regulation.calendar.zone
    found = [
        row
        for row in records(opened.evaluation, HOLDER)
        if row["worker"] == person
        and date_of(zone, row["start"]) < period.end
        and (row["end"] is None or date_of(zone, row["end"]) > period.start)
    ]
    return sorted(found, key=lambda row: row["start"])


def answers_for(opened: Opened, person: str, place: str, sheet: Sheet) -> bool:
    """Whether a place's sheet is also the score of somebody there: of whose role a duty behind the sheet is owed."""
    roles = {row["role"] for row in held(opened, person) if row["place"] == place}
    regulation = opened.regulation
    tables = [line.source.table for item in sheet.items for line in item.lines if line.source is not None]
    behind = [version for table in tables for version in regulation.versions(table)]
    return any(regulation.duties[one].owed_by_role in roles for one in behind if one in regulation.duties)


def standings(opened: Opened, person: str) -> tuple[Standing, ...]:
    """Return the appraisals that somebody stands in: those about the person first, then by appointment and place.

    What nobody can be assessed in (`not_eligible`) comes last.
    """
    found = [
        (str(row["state"]) == "not_eligible", Standing(appraisal, about))
        for about in abouts(opened, person)
        for appraisal in opened.regulation.appraisals.values()
        if (row := record_of(opened.evaluation, appraisal.id, about, opened.period)) is not None
        and (about not in opened.regulation.places.places or _answers(opened, person, about, appraisal))
    ]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _answers(opened: Opened, person: str, place: str, appraisal: Appraisal) -> bool:
    """Whether the appraisal of a place is somebody's there, too: of any sheet of it, where it rests on some."""
    sheets = sheets_of(appraisal, opened.regulation)
    return person == place or not sheets or any(answers_for(opened, person, place, one) for one in sheets)


def standing(opened: Opened, person: str, of: str = "") -> Standing | None:
    """Return the appraisal that `of` names among those somebody stands in, else the first; None where there is none."""
    every = standings(opened, person)
    return next((one for one in every if one.key == of), next(iter(every), None))
