"""How it is asked for."""

from nicegui import ui

from app.ui.controls import Asked, picks


def control(asked: Asked) -> ui.element:
    """Build two boxes: yes and no."""
    options = {"true": asked.t("form-yes"), "false": asked.t("form-no")}
    value = asked.value
    made = picks(
        asked,
        options,
        None if value is None else str(value).lower(),
        lambda word: asked.on_change(word == "true"),
    )
    made.props["data-told"] = "boolean"
    return made
