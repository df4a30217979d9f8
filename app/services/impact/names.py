"""What things of two regulations are called: the later one's words, else the earlier one's."""

from fractions import Fraction
from typing import Final

from app.domain.core.numbers import normal
from app.domain.core.values import Number, Schema, Value
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.links import WORKER
from app.domain.membership import HOLDER
from app.domain.regulation import Regulation
from app.domain.row_changes import Record, Whom
from app.i18n import Translator
from app.services.impact.impact import Replayed, Sight
from app.services.labels import Labels
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import Said, say
from app.services.reasons.records import records
from app.services.reasons.wording import Wording

POINTS: Final = "points"
HOURS: Final = "hours"
PLACE: Final = "place"
_SHARE: Final = "share"


class Names:
    """Names for one reader; subjects of registers only for those who may see them."""

    def __init__(self, replayed: Replayed, sight: Sight, t: Translator) -> None:
        """Look at both sides."""
        self._after = replayed.after
        self._both = replayed.after.regulation, replayed.base.regulation
        self._sight = sight
        self._t = t
        self._labels = Labels(replayed.after, replayed.base.as_of)
        self._wordings = [Wording(regulation) for regulation in self._both]
        self._posts: dict[Value, tuple[str, str]] | None = None

    @property
    def regulations(self) -> tuple[Regulation, Regulation]:
        """The draft's, and that in force."""
        return self._both

    # ---- definitions -------------------------------------------------------------------------------------------------
    def title(self, table: str) -> str:
        """Return the title of a table's definition."""
        for wording in self._wordings:
            found = wording.table(table)
            if found != table:
                return say(found, self._t)
        return table

    def tier(self, duty: str, tier: str) -> str:
        """Return the title of a duty's tier; "" for one without tiers."""
        for regulation in self.regulations:
            found = regulation.duties.get(regulation.latest(duty))
            for own in found.tiers if found is not None else ():
                if own.id == tier:
                    return self._t.text(own.title or {"zh": tier})
        return ""

    def role(self, role: str) -> Said:
        """Return the title of a post."""
        found = self._wordings[0].role(role)
        return self._wordings[1].role(role) if found == role else found

    def grade(self, appraisal: str, grade: str) -> str:
        """Return the title of a grade."""
        for regulation in self.regulations:
            found = regulation.appraisals.get(regulation.latest(appraisal))
            for own in found.grades if found is not None else ():
                if own.id == grade:
                    return self._t.text(own.title or {"zh": grade})
        return grade

    # ---- values ------------------------------------------------------------------------------------------------------
    def is_money(self, unit: str) -> bool:
        """Whether what a sheet counts is neither points nor hours: a currency, which adds up over people."""
        return unit not in ("", POINTS, HOURS)

    def value(self, table: str, unit: str, value: Number | None, *, sign: bool = False) -> str:
        """Return a result as it is read: shares in percent, money with its currency."""
        if value is None:
            return "—"
        share = self._is_share(table)
        shown = normal(Fraction(value) * 100) if share else value
        words = signed(self._t, shown) if sign else self._t.number(Fraction(shown))
        return f"{words}%" if share else f"{words} {unit}" if self.is_money(unit) else words

    def _is_share(self, table: str) -> bool:
        for regulation in self.regulations:
            found = regulation.indicators.get(regulation.latest(table))
            if isinstance(found, Indicator):
                return found.measure == _SHARE
        return False

    # ---- people, places, subjects ----------------------------------------------------------------------------------
    def is_person(self, whom: Whom) -> bool:
        """Whether somebody is a person in a post: of what a register holds nobody knows whether it is people."""
        return whom.sort == WORKER

    def is_staff(self, whom: Whom) -> bool:
        """Whether somebody is shown to whoever may see results: who holds posts, and places."""
        return whom.sort == WORKER or self._is_place(whom.sort)

    def _is_place(self, sort: str) -> bool:
        levels = {place.level for place in self.regulations[0].places.places.values()}
        return sort == PLACE or sort in levels

    def whom(self, whom: Whom) -> tuple[str, str]:
        """Return a name, and the post and place beneath it."""
        if whom.sort == WORKER:
            role, place = self._post(whom.id)
            under = (say(self.role(role), self._t), say(self.place(place), self._t)) if role else ()
            return self._labels.of(WORKER, whom.id).name, self._t.dotted(*under)
        if self._is_place(whom.sort):
            return say(self.place(whom.id), self._t), ""
        form = self._labels.form_of(whom.sort)
        sort = self._t.text(form.heading.title) if form is not None else ""
        return self.reference(whom.sort, whom.id), sort

    def place(self, place: str) -> Said:
        """Return the title of a place."""
        return self._labels.place(place)

    def reference(self, to: str, value: str) -> str:
        """Return what a reference names: a person, a place, a subject, an entry by its form."""
        if to == WORKER:
            return self._labels.of(WORKER, value).name
        if self._is_place(to):
            return say(self.place(value), self._t)
        if not self._sight.subjects:
            return self._t("impact-hidden")
        if self._labels.form_of(to) is not None:
            found = self._labels.of(to, value)
            return self._t.dotted(*dict.fromkeys(filter(None, (found.plate, found.name))))
        if to in self.regulations[0].forms:
            return self._t.text(self._labels.entry(to, value))
        return value

    def subject(self, schema: Schema, record: Record) -> str:
        """Return what a row is about, and when: its subject and its window or day."""
        t = self._t
        to = schema.type_of("subject").to if "subject" in schema else None
        value = record.get("subject")
        name = self.reference(to, value) if to is not None and isinstance(value, str) else ""
        window = record.get("window", record.get("period"))
        when = say(period_words(window, self.regulations[0].calendar), t) if isinstance(window, str) else ""
        return t.dotted(*(words for words in (name, when) if words))

    def _post(self, person: str) -> tuple[str, str]:
        """Return the last post of a person and where."""
        if self._posts is None:
            self._posts = {
                row["worker"]: (row["role"], row["place"])
                for row in sorted(records(self._after, HOLDER), key=lambda row: row["start"])
            }
        return self._posts.get(person, ("", ""))


def signed(t: Translator, value: Number) -> str:
    """Return a difference with its sign."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + t.number(abs(Fraction(value)))
