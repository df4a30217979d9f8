"""What keeps somebody from a grade whose points are there: its quota, the minimum of a part, a finding."""

from dataclasses import dataclass
from datetime import date

from app.domain.core.values import Number
from app.domain.kinds.appraisal import Appraisal, Grade
from app.domain.kinds.common import Texts
from app.services.reasons.records import Record, number_or_none, text_or_none


@dataclass(frozen=True, slots=True)
class HeldBack:
    """The grade that the points reach, and why it isn't had: `quota`, `minimum` (of a part) or `finding`."""

    title: Texts
    why: str

    @property
    def words(self) -> str:
        """The key of the words that say so."""
        return f"score-{self.why}"


def held_back(appraisal: Appraisal, row: Record, day: date) -> HeldBack | None:
    """Return what keeps a row of an appraisal from a better grade on a day; None where its points reach none."""
    ids = [grade.id for grade in appraisal.grades]
    own, score = text_or_none(row["grade"]), number_or_none(row["score"])
    if own not in ids or score is None:
        return None
    better = appraisal.grades[: ids.index(own)]
    reached = [one for one in better if (bound := _bound(one, day)) is not None and bound <= score]
    if not reached:
        return None
    why = "finding"
    if reached[0].passed and row.get("passed") is False:
        why = "minimum"
    elif all(_hands_on(one) for one in reached) and not any(one.grade == own for one in appraisal.overrides):
        why = "quota"
    return HeldBack(reached[0].title or {"zh": reached[0].id}, why)


def _bound(grade: Grade, day: date) -> Number | None:
    return number_or_none(grade.at_least.on(day)) if grade.at_least is not None else None


def _hands_on(grade: Grade) -> bool:
    return grade.quota is not None and grade.quota.over == "next_grade"
