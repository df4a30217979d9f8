"""The card of one subject of a register on paper: its record, who belongs to it, what is owed, what happened.

It holds what its page shows the same reader: a sensitive answer is masked unless the reader may see it.
"""

import asyncio
from datetime import date
from zoneinfo import ZoneInfo

from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import present
from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.actor import ActorRef, Resolve
from app.services.clearance import clearance
from app.services.lists import MASKED
from app.services.live import Community, LiveCommunities
from app.services.ports import Clock
from app.services.prints.report import (
    CardDocument,
    DocumentPrinter,
    PrintedFact,
    PrintedMember,
    PrintedMembers,
    PrintedMoment,
    PrintedOwed,
)
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import say
from app.services.registers.card import Card
from app.services.registers.facts import Subjects
from app.services.registers.history import Act, Moment
from app.services.registers.links import Link
from app.services.registers.subjects import SubjectsService, answers_of_state
from app.services.told import Fact, facts
from app.services.told_words import word_of, words_of


class CardPrints:
    """Prints cards; rights are looked up anew at every call."""

    def __init__(
        self,
        subjects: SubjectsService,
        live: LiveCommunities,
        resolve: Resolve,
        clock: Clock,
        printer: DocumentPrinter,
    ) -> None:
        """Keep what reads cards, and the printer."""
        self._subjects = subjects
        self._live = live
        self._resolve = resolve
        self._clock = clock
        self._printer = printer
        self._printing = asyncio.Semaphore(1)

    async def document(
        self,
        ref: ActorRef,
        about: str,
        subject: str,
        language: str,
        on: date | None = None,
        known: date | None = None,
    ) -> CardDocument:
        """Return what the printed card shows, as of a day where one is given.

        Raises DeniedError, ProblemError E707 for an unknown subject.
        """
        card = await self._subjects.card(ref, about, subject, on, known)
        now = self._clock()
        actor = await self._resolve(ref, now)
        community = await self._live.fresh(actor.community)
        seen = Subjects(community, actor, now)
        t = Translator(language).at(ZoneInfo(community.regulation.calendar.zone))
        return _document(card, seen, t)

    async def pdf(
        self,
        ref: ActorRef,
        about: str,
        subject: str,
        language: str,
        on: date | None = None,
        known: date | None = None,
    ) -> bytes:
        """Return the printed card as a PDF. Raises as `document`, and ProblemError when PDFs can't be made."""
        missing = self._printer.available()
        if missing is not None:
            raise ProblemError(missing)
        document = await self.document(ref, about, subject, language, on, known)
        async with self._printing:
            return await asyncio.to_thread(self._printer.document, document, language)


def _document(card: Card, seen: Subjects, t: Translator) -> CardDocument:
    day = card.on or card.today
    shown = [one for one in card.moments if not one.became]
    return CardDocument(
        title=t.text(card.form.heading.title),
        plate=card.label.plate,
        name=card.label.name,
        place=t.text(card.place),
        keeper=card.keeper,
        as_of=t("print-as-of", day=t.day_of_year(day)),
        community=t.text(seen.labels.place(seen.community.place)),
        tags=t.listed(word_of(one, t) for one in card.tags),
        state="" if card.label.present else t("print-card-gone"),
        facts=tuple(_fact(fact, t) for fact in card.facts),
        masked=t("print-card-masked", n=card.hidden) if card.hidden else "",
        members=tuple(
            PrintedMembers(t.text(group.title), tuple(_member(one, seen, t) for one in group.links))
            for group in card.links
        ),
        owed=tuple(
            PrintedOwed(
                t.dotted(t.text(one.title), t.text(one.tier)),
                say(period_words(one.window, seen.regulation.calendar), t),
                t.dotted(
                    t(f"state-{one.state.value}"),
                    "" if one.day is None else t("print-card-until", day=t.day_of_year(one.day)),
                ),
            )
            for one in card.owed
        ),
        moments=tuple(_moment(one, t) for one in shown),
        more=t("print-card-more", n=card.more) if card.more else "",
        created=seen.now,
        by=t("print-card-by", name=seen.actor.name),
        prints=seen.regulation.prints,
    )


def _fact(fact: Fact, t: Translator) -> PrintedFact:
    return PrintedFact(t.text(fact.title), MASKED if fact.hidden else words_of(fact, t), fact.hidden)


def _member(link: Link, seen: Subjects, t: Translator) -> PrintedMember:
    """Return a record that hangs together with the card's; of one that the reader may not open only its name."""
    name = " ".join(filter(None, (link.label.plate, link.label.name)))
    form: Form | None = seen.labels.form_of(link.about)
    if not link.mine or form is None:
        return PrintedMember(name, "")
    return PrintedMember(name, _said(form, seen.community, link.label.entry, seen, t))


def _said(form: Form, community: Community, entry: str, seen: Subjects, t: Translator) -> str:
    """Return a record's answers on a line, those in its name left out; sensitive ones as the reader may see them."""
    answers = present(form, answers_of_state(community, entry))
    told = facts(form, answers, seen.name, clearance(seen.actor, form))
    named = {*form.label, form.plate}
    references = {item.id for item in form.fields if item.type.to is not None}
    return t("print-semicolon").join(
        t("print-card-fact", title=t.text(one.title), answer=MASKED if one.hidden else words_of(one, t))
        for one in told
        if one.field not in named and one.field not in references
    )


def _moment(moment: Moment, t: Translator) -> PrintedMoment:
    done = moment.act is Act.DONE
    title = t.text(moment.title) if done else t(f"act-{moment.act.value}", other=moment.other or "—")
    changes = [
        t(
            "print-card-change",
            title=t.text(one.title),
            before=MASKED if one.hidden else t.listed(word_of(word, t) for word in one.before) or "—",
            after=MASKED if one.hidden else t.listed(word_of(word, t) for word in one.after) or "—",
        )
        for one in moment.changes
    ]
    said = changes or [t.listed(word_of(word, t) for word in moment.words)]
    return PrintedMoment(
        t.day_of_year(moment.at), title, moment.who, t("print-semicolon").join(filter(None, said))
    )
