"""A community at work whose director may publish, and a draft beside its files in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.problem import Problem, ProblemError
from app.services.actor import ActorRef
from app.services.impact.document import ImpactDocument
from app.services.impact.impact import ImpactService
from app.services.impact.views import ImpactViews
from tests.fakes.deciders import PlainDecider
from tests.fakes.working import FILES, DeclaredHere, Working

DUTY, ROLE = "rules/home_visit.yaml", "config/roles/director.yaml"
SCORE = """\
sheet: score
title: {zh: 得分, en: Score, es: Puntos}
for_each: role leader
every: year
max: 100
items:
  visits:
    title: {zh: 走访, en: Visits, es: Visitas}
    max: 100
    start: max
    lines: {missed: {deduct: 5, for_each: home_visit, where: {state: missed}}}
"""
WORRY = """\
rule: worry
title: {zh: 需关心, en: To be looked after, es: Por atender}
for_each: {table: home_visit, where: {state: missed}}
when: {subject.phone: {filled: true}}
then: {finding: worry, level: 1}
"""
TEXTS: Mapping[str, str] = {
    **FILES,
    "rules/score.yaml": SCORE,
    ROLE: FILES[ROLE].replace("administer]", "administer, publish]"),
    DUTY: FILES[DUTY] + "minutes_each: 30\n",
}
MONTHLY = TEXTS[DUTY].replace("every: quarter", "every: month")


class NoPrinter:
    """Prints the document's headlines, or says that it can't."""

    def __init__(self, problem: Problem | None = None) -> None:
        self.problem = problem

    def available(self) -> Problem | None:
        return self.problem

    def impact(self, document: ImpactDocument, language: str) -> bytes:
        return "\n".join((language, *document.headlines)).encode()


@dataclass
class Drafting:
    """The files in force, those on disk (`here`), and drafts by id."""

    folder: Path
    texts: Mapping[str, str] = field(default_factory=lambda: TEXTS)
    drafts: dict[str, Mapping[str, str]] = field(default_factory=dict)

    async def start(self) -> None:
        self.here = DeclaredHere(dict(self.texts))
        self.working = Working(self.folder, texts=self.texts, declarations=self.here)
        await self.working.start()
        self.here.files = {**self.texts, DUTY: MONTHLY}
        self.printer = NoPrinter()
        self.impact = ImpactService(
            self.working.live,
            self.here,
            PlainDecider,
            self.working.people.resolve,
            self.working.clock,
            self.draft,
        )
        self.seen: list[tuple[str, str]] = []
        self.views = ImpactViews(self.impact, self.printer, PlainDecider, self.see)

    async def see(self, ref: ActorRef, draft: str, content: str, told: Mapping[str, Any]) -> None:
        del ref
        assert told["headlines"]
        if draft == "old":
            raise ProblemError(Problem("E541"))
        self.seen.append((draft, content))

    async def draft(self, ref: ActorRef, draft: str) -> Mapping[str, str]:
        del ref
        return self.drafts[draft]
