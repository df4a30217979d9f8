"""How a form would look, beside the editor: as on a phone and as at a desk, by the form's own page."""

from nicegui import ui

from app.i18n import Translator
from app.services.drafting.composer import Composed
from app.ui.frame import link
from app.ui.pages.compose.ways import PREVIEW, of_draft
from app.ui.widgets import box, text


class PreviewFrame:
    """The form as it is in the draft. It is looked at again once the form is another one."""

    def __init__(self, t: Translator) -> None:
        """Draw it where the caller stands."""
        self._form: object = None
        with box("co-preview"):
            with box("co-sizes"):
                text(t("compose-preview"), "strong grow")
                for size in ("phone", "desk"):
                    made = box("ed-way", "button").props("type=button")
                    made.props["data-for"] = size
                    made.props["aria-pressed"] = "true" if size == "phone" else "false"
                    with made:
                        text(t(f"compose-size-{size}"), tag="span")
                    made.on("click", js_handler=_TURN)
            self._frame = ui.element("iframe").classes("co-frame")
            self._frame.props["title"] = t("compose-preview")
            self._frame.props["data-size"] = "phone"
            self._large = link(t("compose-preview-large"), "", "gb-link co-large")
            self._large.props("target=_blank rel=noopener")

    def show(self, composed: Composed, form: object = None) -> None:
        """Show the form of a file; `form` is what decides how it looks, None before that is known."""
        address = of_draft(PREVIEW, composed.draft.id, path=composed.path, step=str(composed.step))
        is_new = address != self._frame.props.get("src") and (form is None or form != self._form)
        self._form = form
        if is_new:
            self._frame.props["src"] = address
            self._large.props["href"] = address


_TURN = """(e) => {
  const chosen = e.currentTarget;
  for (const one of chosen.parentElement.querySelectorAll('[data-for]'))
    one.setAttribute('aria-pressed', String(one === chosen));
  document.querySelector('.co-frame').dataset.size = chosen.dataset.for;
}"""
"""Turns the preview to the size of the button, in the browser alone."""
