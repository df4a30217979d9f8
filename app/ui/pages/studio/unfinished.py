"""What a draft may go into force without, but nobody should overlook: bare clauses, texts without a language."""

from nicegui import ui

from app.i18n import LANGUAGES
from app.services.drafting.composer import Composer
from app.ui.frame import Action, button
from app.ui.pages.studio.parts import CLAUSES, TEXTS, of_draft
from app.ui.session import Session
from app.ui.widgets import Section, box, icon, text


def unfinished(session: Session, composer: Composer, draft: str) -> None:
    """Draw it where the caller stands, as soon as the files are read; nothing where nothing is left to do."""
    place = box("")

    async def count() -> None:
        rows = await composer.clauses(session.ref, draft)
        _, texts = await composer.texts(session.ref, draft)
        found = (
            (
                "studio-bare-clauses",
                "studio-bare-clauses-what",
                CLAUSES,
                sum(row.state == "missing" for row in rows),
            ),
            (
                "studio-bare-texts",
                "studio-bare-texts-what",
                TEXTS,
                sum(bool(one.lacks(LANGUAGES)) for one in texts),
            ),
        )
        left = [one for one in found if one[-1]]
        if place.is_deleted or not left:
            return
        t = session.t
        with place, Section(t("studio-unfinished")):
            for words, remedy, page, number in left:
                with box("sd-problem due").mark(words):
                    icon("warning")
                    with box("grow"):
                        text(t(words, n=number), "strong")
                        text(t(remedy), "meta")
                    button(Action(t("studio-go"), href=of_draft(page, draft)), "quiet")

    ui.timer(0.05, count, once=True)
