"""The community's own texts in all languages: a table to fill in, those that lack one first."""

from dataclasses import replace
from functools import partial
from urllib.parse import quote

from nicegui import ui

from app.domain.problem import ProblemError
from app.i18n import LANGUAGES
from app.services.drafting.composer import Composer
from app.services.drafting.own_texts import OwnText
from app.ui.compose.desk import words
from app.ui.frame import Action, button, frame, link
from app.ui.pages.parts.problem_notes import problem_notes
from app.ui.pages.studio.parts import undecided_note
from app.ui.session import Session
from app.ui.widgets import EmptyState, Note, Section, Skeleton, box, text

_MOST = 60
"""Texts of a page: each has a line for each language."""


class TextsPage:
    """The texts of one draft."""

    def __init__(self, session: Session, composer: Composer, draft: str, compose: str) -> None:
        """Keep what the page speaks with; `compose` is where the draft's files are edited."""
        self.session = session
        self.t = session.t
        self._composer = composer
        self._draft = draft
        self._compose = compose
        self._lacking = True
        self._step = 0
        self._found: dict[tuple[str, tuple[str | int, ...]], OwnText] = {}

    def build(self) -> None:
        """Draw the page; the table follows as soon as the files are read."""
        t = self.t
        sub = t.text(self.session.services.place_title(self.session.actor.community))
        with frame(t("texts-title"), active="studio", sub=sub, back=self._compose), box("stack pad-desk"):
            self.note = box("").props("role=status")
            self.table = box("")
            with self.table:
                Skeleton(6)
        ui.timer(0.05, self._list, once=True)

    async def _list(self) -> None:
        t = self.t
        self._step, found = await self._composer.texts(self.session.ref, self._draft)
        self._found = {(one.file, one.path): one for one in found}
        shown = [one for one in found if one.lacks(LANGUAGES)] if self._lacking else found
        self.table.clear()
        with self.table, Section(t("texts-of")):
            self.count = text("", "meta").props("role=status")
            self._tell_count()
            with box("ed-ways"):
                for only, word in ((True, "texts-only-lacking"), (False, "texts-all")):
                    made = box("ed-way", "button").props("type=button")
                    made.props["aria-pressed"] = "true" if only == self._lacking else "false"
                    with made:
                        text(t(word), tag="span")
                    made.on("click", partial(self._turn, only=only))
            if not shown:
                EmptyState(t("texts-none"), t("texts-none-what"), "check_circle")
            for one in shown[:_MOST]:
                self._row(one)
            if len(shown) > _MOST:
                Note(t("texts-more", n=len(shown) - _MOST), "plain")

    def _tell_count(self) -> None:
        lacking = sum(bool(one.lacks(LANGUAGES)) for one in self._found.values())
        self.count.set_text(self.t("texts-lacking", n=lacking, of=len(self._found)))

    async def _turn(self, *, only: bool) -> None:
        self._lacking = only
        await self._list()

    def _row(self, one: OwnText) -> None:
        t = self.t
        last = f"key-{one.path[-1]}"
        names = [t.text(title).strip(" ?？¿") for title in one.about]
        names += [t(last)] if t.has(last) else []
        spot = " › ".join(dict.fromkeys(names)) or "/".join(map(str, one.path))
        with box("co-clause"):
            link(spot, f"{self._compose}&path={quote(one.file)}", "gb-link")
            text(f"{one.file} · {'/'.join(map(str, one.path))}", "meta")
            with box("ed-texts"):
                for language in LANGUAGES:
                    name = t(f"language-name-{language}")
                    with box("ed-text"):
                        text(name, "meta", "span").props("aria-hidden=true")
                        said = one.by_language.get(language, "")
                        made = words(said, f"{spot} · {name}", partial(self._say, one, language))
                        made.props["lang"] = language

    async def _say(self, named: OwnText, language: str, said: str) -> None:
        place = named.file, named.path
        one = self._found.get(place, named)  # as it is by now: more languages may have been said since
        if not said or said == one.by_language.get(language, ""):
            return
        self.note.clear()
        try:
            saved = await self._composer.translate(
                self.session.ref, self._draft, one, language, said, self._step
            )
        except ProblemError as fault:
            with self.note:
                problem_notes(self.t, fault.problems)
            return
        with self.note:
            if saved.conflicts:
                undecided_note(self.t, saved)
                button(Action(self.t("compose-look-again"), on_click=self._list), "line")
                return
            Note(self.t("compose-saved", at=self.t.time(self.session.services.clock())), "act")
        if saved.number <= self._step + 1:
            self._step = saved.number
            self._found[place] = replace(one, by_language={**one.by_language, language: said})
            self._tell_count()
        else:  # others changed something since: it has to be seen before it is typed over
            await self._list()
