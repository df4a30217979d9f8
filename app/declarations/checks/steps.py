"""Steps that none of the posts named for them may take (W225): a matter, or a year, would stand still there."""

from collections.abc import Iterator, Sequence

from app.declarations.checks.surveyed import Surveyed, where_of
from app.domain.kinds.role import Role
from app.domain.problem import Problem
from app.services.actor import Permission


def filled_in(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the steps of a procedure whose posts may not fill in the form that the step is."""
    at = surveyed.at(name)
    for move in surveyed.regulation.procedures[name].moves:
        posts = _filling(surveyed, move.form)
        if move.by and posts and _declared(surveyed, move.by) and not _takers(surveyed, move.by, posts):
            said = {"what": f"{name}/{move.id}", "form": move.form, "posts": ", ".join(move.by)}
            yield Problem("W225", where_of(at / "steps" / move.id, "by"), {"reason": "form", **said})


def of_a_year(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the steps of an appraisal's year, its opening too, whose posts may not appraise.

    All of them are taken from the year's board, which asks for that permission.
    """
    procedure = surveyed.regulation.procedures.get(surveyed.regulation.appraisals[name].course or "")
    if procedure is None or not surveyed.sound(procedure.id):
        return
    at = surveyed.at(procedure.id)
    steps = [(move.id, move.form, move.by, at / "steps" / move.id) for move in procedure.moves]
    for step, form, by, where in [("", procedure.matter, (), at), *steps]:
        named = [posts for posts in (by, _filling(surveyed, form)) if posts]
        takers = _takers(surveyed, *named)
        if takers and named and not any(Permission.APPRAISE in role.may for role in takers):
            what = f"{procedure.id}/{step}" if step else procedure.id
            said = {"what": what, "form": form, "posts": ", ".join(role.id for role in takers)}
            where_at = where_of(where, "by" if step else "matter")
            yield Problem("W225", where_at, {"reason": "appraise", **said})


def _filling(surveyed: Surveyed, form: str) -> tuple[str, ...]:
    """Return the posts that may fill in a form; none where everybody may, or where its file has a fault."""
    found = surveyed.regulation.forms.get(form)
    return () if found is None or not surveyed.sound(form) else tuple(found.filled_by)


def _declared(surveyed: Surveyed, posts: Sequence[str]) -> bool:
    """Whether there is any of the posts here."""
    return any(post in surveyed.regulation.roles for post in posts)


def _takers(surveyed: Surveyed, *named: Sequence[str]) -> list[Role]:
    """Return the posts that are among each of the named, as themselves or as those that they stand in for."""
    return [
        role
        for role in surveyed.regulation.roles.values()
        if all(not _own(role).isdisjoint(posts) for posts in named)
    ]


def _own(role: Role) -> set[str]:
    return {role.id} if role.stands_in_for is None else {role.id, role.stands_in_for.role}
