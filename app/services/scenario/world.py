"""What a scenario plays in: the places, the calendar, and the instants of its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.entry import Entry
from app.domain.place import PlaceTree
from app.domain.windows import Window, windows
from app.domain.workdays import Calendar, Every, is_working_day

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class World:
    """The declared surroundings of a scenario, as a regulation has them. `revision` is noted in each entry."""

    places: PlaceTree
    calendar: Calendar
    revision: str | None = None

    def local(self, day: date, minute: int = 0) -> datetime:
        """Return the instant at `minute` (counted from midnight) of a day of the calendar's zone, in that zone."""
        hour, rest = divmod(minute, 60)
        return datetime.combine(day, time(hour, rest), ZoneInfo(self.calendar.zone))

    def windows(self, every: Every, start: date, end: date) -> tuple[Window, ...]:
        """Return the windows of a spacing that end in the days [start, end)."""
        return windows(every, self.calendar, start, end)

    def is_worked(self, day: date) -> bool:
        """Whether the day is a working day."""
        return is_working_day(self.calendar, day)

    def day_of(self, instant: datetime) -> date:
        """Return the zone's day of an instant."""
        return instant.astimezone(ZoneInfo(self.calendar.zone)).date()

    def places_of(self, community: str, level: str, only: Sequence[str] | None = None) -> list[str]:
        """Return the ids of the community's places of a level, in order; `only` names them from the community on."""
        wanted = None if only is None else {f"{community}/{one}" for one in only}
        return [
            place.id
            for place in self.places.within(community)
            if place.level == level and (wanted is None or place.id in wanted)
        ]

    def title(self, place: str, language: str = "zh") -> str:
        """Return what a place is called."""
        return self.places.places[place].title.get(language, place)


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before its instants are turned to UTC; `delay` is from when it happened until it was recorded."""

    id: str
    form: str
    at: datetime
    by: str
    place: str
    subject: str | None
    answers: dict[str, object]
    delay: timedelta = timedelta()
    supersedes: str | None = None

    def entry(self, revision: str | None) -> Entry:
        """Return the entry."""
        at = self.at.astimezone(UTC)
        return Entry(
            id=self.id,
            place=self.place,
            form=self.form,
            at=at,
            by=self.by,
            recorded_at=at + self.delay,
            answers=self.answers,
            subject=self.subject,
            revision=revision,
            source="demo",
            supersedes=self.supersedes,
        )


def digits_of(place: str) -> str:
    """Return the number at the end of a place's id without leading zeros: `demo/liuan/g1/b07` is 7."""
    last = place.rpartition("/")[2].lstrip("abcdefghijklmnopqrstuvwxyz_")
    return last.lstrip("0") or "0"
