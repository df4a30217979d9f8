"""Roles: the posts that people are appointed to, at a level of the place tree."""

from dataclasses import dataclass

from app.domain.core.expressions import TRUE, Expression
from app.domain.kinds.common import Heading, Parameter, Source


@dataclass(frozen=True, slots=True)
class StandsIn:
    """Which post the holders of another stand in for: while nobody holds it, and during the spans of `during`.

    `during` are spans of the holder who is away (leave); None: only a post that nobody holds is stood in for.
    """

    role: str
    during: Source | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A post. `headcount` bounds are inclusive, per place of `level`.

    `eligible` is a condition on the person's file as it stands when an appointment begins.
    `may` lists what its holders may do beyond filling in forms: the permissions of app.services.actor.
    """

    heading: Heading
    level: str
    headcount_least: Parameter | None = None
    headcount_most: Parameter | None = None
    eligible: Expression = TRUE
    may: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    stands_in_for: StandsIn | None = None

    @property
    def id(self) -> str:
        """The role's id."""
        return self.heading.id


def ineligible(role: str) -> str:
    """Return the name of the table of appointments to a role of people whose file doesn't meet what it asks for."""
    return f"{role}.ineligible"


def away_table(role: str) -> str:
    """Return the name of the table of the spans during which the holders of `role` stand in for somebody."""
    return f"{role}.away#"
