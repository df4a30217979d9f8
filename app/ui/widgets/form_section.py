"""FormSection: a headed part of a form that can be closed; how much of it is answered stands beside its heading."""

from nicegui import ui

from app.ui.widgets.basic import box, icon, text


class FormSection(ui.element):
    """Use it as a context for the questions inside."""

    def __init__(self, title: str, hint: str = "", *, folded: bool = False, inner: bool = False) -> None:
        """Build heading and body; `inner` for a section within another."""
        super().__init__("details")
        self.classes("fm-sec inner" if inner else "fm-sec")
        if not folded:
            self.props("open")
        with self.default_slot:  # not `self`: that enters the place inside
            with box("fm-sec-head", "summary"):
                text(title, tag="h3" if inner else "h2")
                self._count = text("", "meta fm-sec-count", "span")
                icon("expand_more", "fm-sec-mark")
            if hint:
                text(hint, "muted fm-sec-hint")
            self._body = box("fm-sec-body")

    def __enter__(self) -> ui.element:  # type: ignore[override]
        """Enter the body."""
        return self._body.__enter__()

    def __exit__(self, *rest: object) -> None:
        """Leave it."""
        self._body.__exit__(*rest)

    def say(self, answered: str) -> None:
        """Say how much of it is answered."""
        self._count.set_text(answered)

    def unfold(self) -> None:
        """Open it: something in it has to be looked at."""
        self.props("open")
        ui.run_javascript(f"document.getElementById('c{self.id}')?.setAttribute('open', '')")
