"""Staff: everybody in a post, with score, grade and what is owed; each row leads to the person's score."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any
from urllib.parse import quote, urlencode

from app.services.actor import Permission
from app.services.appraising.staff import StaffRow, StaffView
from app.ui.frame import frame, link
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import CapBar, EmptyState, StateChip, box, text

SORTS: dict[str, Callable[[StaffRow], Any]] = {
    "place": lambda _row: (),
    "score": lambda row: (not row.scored, row.score is None, -(row.score or 0)),
    "late": lambda row: (-row.overdue, -row.missed, -row.late),
}
"""How the list can be ordered; equal ones stay by place and post."""


def register(shell: Shell) -> None:
    """Register `/staff`."""
    staff = shell.services.staff
    if staff is None:
        return

    @shell.page("/staff", permission=Permission.SEE_SCORES)
    async def list_staff(session: Session, year: str = "", sort: str = "place") -> None:
        view = await staff.list(session.ref, year or None)
        draw(session, view, sort if sort in SORTS else "place")


def draw(session: Session, view: StaffView, sort: str) -> None:
    """Draw the list."""
    t = session.t
    sub = t.dotted(t("staff-sub", place=t.text(view.place), n=len({row.person for row in view.rows})))
    sub = t.dotted(sub, t("score-year", year=view.period), t("score-as-of", day=t.day(view.as_of)))
    with frame(t("staff-title"), active="staff", sub=sub):
        if not view.rows:
            EmptyState(t("staff-empty-title"), t("staff-empty-what"), "groups")
            return
        with box("gb-bars pad"):
            switch(
                [(key, t(f"staff-sort-{key}"), _address(view.period, key)) for key in SORTS],
                sort,
                t("staff-sort"),
            )
            if len(view.years) > 1:
                years = [(year, year, _address(year, sort)) for year in view.years]
                switch(years, view.period, t("score-years"))
        with box("pad-desk"):
            for heading, rows in _groups(session, view, sort):
                with box("", "section"):
                    with box("gb-place"):
                        text(heading, tag="h2")
                        text(t("staff-n", n=len(rows)), "n", "span")
                    with box("gb-sheet gb-list", "ul"):
                        for row in rows:
                            _row(session, row, view.period)


def _groups(session: Session, view: StaffView, sort: str) -> list[tuple[str, list[StaffRow]]]:
    """Return who is scored (by place, or in one list of another order), then who isn't."""
    t = session.t
    scored = [row for row in view.rows if row.scored]
    groups: dict[str, list[StaffRow]] = {}
    for row in sorted(scored, key=SORTS[sort]):
        groups.setdefault(t.text(row.place) if sort == "place" else t("staff-scored"), []).append(row)
    found = list(groups.items())
    others = [row for row in view.rows if not row.scored]
    return [*found, (t("staff-unscored"), others)] if others else found


def _address(year: str, sort: str) -> str:
    return "/staff?" + urlencode({"year": year, "sort": sort})


def switch(options: list[tuple[str, str, str]], chosen: str, label: str) -> None:
    """Draw links side by side, of which one is where the reader is."""
    with box("gb-seg", "nav") as made:
        made.props["aria-label"] = label
        for key, words, href in options:
            entry = link(words, href, "on" if key == chosen else "")
            if key == chosen:
                entry.props["aria-current"] = "page"


def score_address(person: str, period: str, of: str = "") -> str:
    """Return where somebody's score of a year stands; `of` names one of several appraisals."""
    return f"/staff/{quote(person)}?" + urlencode({"year": period, **({"of": of} if of else {})})


def _row(session: Session, row: StaffRow, period: str) -> None:
    t = session.t
    with box("", "li"), box("st-row", "a" if row.scored else "div") as made:
        if row.scored:
            made.props["href"] = score_address(row.person, period, row.standing)
        with box():
            text(row.name, "strong lead")
            text(t.dotted(t.text(row.role), t.text(row.place)), "meta")
        with box("st-owed"):
            for state, n in (("overdue", row.overdue), ("missed", row.missed), ("late", row.late)):
                if n:
                    StateChip(state, str(n), bare=True)
            if not row.overdue + row.missed + row.late:
                text(t("staff-fine"), "meta")
        with box("st-score"):
            if not row.scored:
                return
            score = Fraction(row.score) if row.score is not None else None
            text("—" if score is None else t.number(score), "strong lead num")
            text(_grade(session, row), "meta num")
            if score is not None and row.most:
                CapBar(score, Fraction(row.most), Fraction(row.most))


def _grade(session: Session, row: StaffRow) -> str:
    t = session.t
    if row.grade is not None:
        grade = t.text(row.grade)
        return t("score-by-records", grade=grade) if row.unopened else grade
    if row.state in {"not_computable", "not_eligible", "not_applicable", "undecided"}:
        return t(f"score-{row.state.replace('_', '-')}")
    return ""
