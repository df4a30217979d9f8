"""Roles: the posts that people are appointed to, at a level of the place tree."""

from dataclasses import dataclass

from app.domain.core.expressions import TRUE, Expression
from app.domain.kinds.common import Heading, Parameter


@dataclass(frozen=True, slots=True)
class Role:
    """A post. `headcount` bounds are inclusive, per place of `level`. `eligible` is a condition on the person's file.

    `may` lists what its holders may do beyond filling in forms: the permissions of app.services.actor.
    """

    heading: Heading
    level: str
    headcount_least: Parameter | None = None
    headcount_most: Parameter | None = None
    eligible: Expression = TRUE
    may: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    stands_in_for: str | None = None

    @property
    def id(self) -> str:
        """The role's id."""
        return self.heading.id
