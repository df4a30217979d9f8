"""How a form of a draft looks, in a frame of its own so that it takes the width of a phone; nothing of it is stored."""

from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from typing import Any

from nicegui import ui

from app.services.drafting.composer import Composer
from app.services.form_views import FormView
from app.ui.controls import Control
from app.ui.pages.forms.host import Questions
from app.ui.pages.forms.refusal import tell_faults
from app.ui.pages.forms.sheet import Sheet
from app.ui.session import Session
from app.ui.widgets import EmptyState, Note, SaveBar, Skeleton, box, text


async def draw(
    session: Session, composer: Composer, controls: Mapping[str, Control], draft: str, path: str
) -> None:
    """Draw it as soon as it is checked, or say that faults keep it from being drawn."""
    ui.page_title(session.t("compose-preview"))
    holder = box("co-previewed")
    with holder:
        Skeleton(4)

    async def fill() -> None:
        found = await composer.check(session.ref, draft, path)
        holder.clear()
        with holder:
            if found.form is None:
                EmptyState(
                    session.t("compose-no-preview"), session.t("compose-no-preview-what"), "visibility_off"
                )
            else:
                Preview(session, found.form, controls).build()

    ui.timer(0.05, fill, once=True)


class Preview:
    """The form as it would be opened, with nothing answered yet."""

    def __init__(self, session: Session, view: FormView, controls: Mapping[str, Control]) -> None:
        """Start from what it is opened with."""
        self.t = session.t
        self.view = view
        self.controls = controls
        self.narrowed: Mapping[str, Any] = {}
        self.answers: dict[str, Any] = dict(view.answers)

    def build(self) -> None:
        """Draw the questions; what is answered opens and closes others, as it will."""
        with box("gb-main task", "main"):
            text(self.t.text(self.view.form.heading.title) or self.view.form.id, "co-previewed-title", "h1")
            with box("fm-cols"), box("gb-sheet fm-body"):
                self.summary = box("").props("role=status")
                self.sheet = Sheet(self, self.view.form.fields, self.answers)
                self.sheet.draw()
                SaveBar(self.t("form-submit"), self._submit)
        self._show()

    def _show(self) -> None:
        self.sheet.show(self.view.logic.asked(self.answers, self.view.facts), numbered=True)

    def _submit(self) -> None:
        """Check the answers as they will be, and store nothing."""
        known = {item.id for item in self.view.form.fields if not item.is_worked_out}
        given = {name: value for name, value in self.answers.items() if name in known}
        faults = self.view.logic.check(given, self.view.facts).faults
        if faults:
            tell_faults(self.t, self.sheet, self.summary, faults)
            return
        self.sheet.clear_faults()
        self.summary.clear()
        with self.summary:
            Note(self.t("compose-preview-fits"), "act")

    def changing(self, change: Callable[[], None]) -> None:
        """Carry a change of the answers out, and show what follows from it."""
        before = deepcopy(self.answers)
        change()
        for name, value in self.view.logic.followed(before, self.answers, self.view.facts).items():
            if value is None:
                self.answers.pop(name, None)
            else:
                self.answers[name] = value
        self._show()

    async def keep_file(self, name: str, accepted: Collection[str], content: bytes) -> dict[str, Any]:
        """Keep nothing: files belong to entries, and there is none. What was picked is named, so that it shows."""
        return {"sha256": "", "name": name, "type": next(iter(accepted), ""), "size": len(content)}

    async def drawn(self, sheet: Questions, name: str, value: dict[str, Any]) -> None:
        """Keep nothing of a drawing."""
