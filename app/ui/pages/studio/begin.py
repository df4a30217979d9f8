"""Beginning from a model in the studio: another community's regulation as a draft to go on from."""

import asyncio

from nicegui import ui

from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.beginning import Beginning, Model
from app.ui.frame import Action, button
from app.ui.pages.studio.parts import draft_address, problem_rows
from app.ui.session import Session
from app.ui.widgets import Section, box, text


def model_words(t: Translator, model: Model) -> str:
    """Return a model by its community, and by the text that its regulation follows."""
    title = t.text(model.title) or model.place
    document = t.text(model.document_title) or model.document
    return t("begin-of-document", community=title, document=document) if document else title


class BeginPanel:
    """A choice of models and what is asked before a draft is made of one."""

    def __init__(self, session: Session, beginning: Beginning) -> None:
        """Keep what the panel speaks with."""
        self._session = session
        self._t = session.t
        self._beginning = beginning

    async def build(self) -> None:
        """Draw the panel; nothing where there is no other community."""
        models = await self._beginning.models(self._session.ref)
        if not models:
            return
        t = self._t
        self._models = {one.place: one for one in models}
        with Section(t("begin-title")), box("sd-panel"):
            text(t("begin-what"))
            words = {place: model_words(t, one) for place, one in self._models.items()}
            with box("row-c wrap"):
                self._chosen = ui.select(words, label=t("begin-model")).props("outlined").classes("grow")
                button(Action(t("begin-do"), on_click=self._begin, icon="content_copy"))
            self._told = box("").props("role=status")

    async def _begin(self) -> None:
        t = self._t
        model = self._models.get(str(self._chosen.value or ""))
        self._told.clear()
        if model is None:
            with self._told:
                text(t("begin-none"), "meta")
            return
        with self._told:
            text(t("begin-doing"), "meta")
        await asyncio.sleep(0)
        try:
            title = t("begin-draft", what=t.text(model.title) or model.place)
            draft = await self._beginning.begin(self._session.ref, model.place, title)
        except ProblemError as fault:
            self._told.clear()
            with self._told:
                problem_rows(t, fault.problems)
            return
        ui.navigate.to(draft_address(draft.id))
