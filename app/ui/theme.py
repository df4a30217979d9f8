"""The one place that tells NiceGUI and Quasar how gridbook looks; colours themselves stand in styles/05-tokens.css."""

from nicegui import app, ui

from app.ui.assets import asset, glyph

# Quasar's brand colours hold the light values; what is dark comes from the variables of styles/05-tokens.css.
_BRAND = {
    "primary": "#0B5563",
    "secondary": "#4A5752",
    "accent": "#B45A00",
    "positive": "#1C5F30",
    "negative": "#A51C14",
    "warning": "#744600",
    "info": "#0B5563",
    "dark": "#19211F",
    "dark_page": "#101615",
}


def install() -> None:
    """Set the theme for all pages. Call it once, before the server starts."""
    app.colors(**_BRAND)
    # Quasar's bar over pages has no name for screen readers; what is being fetched has a skeleton in its place.
    app.config.quasar_config["loadingBar"]["skipHijack"] = True
    # A link, not NiceGUI's inline style: the browser keeps it between pages.
    ui.add_head_html(f'<link rel="stylesheet" href="{asset("theme.css")}">', shared=True)
    ui.button.default_props("flat no-caps")
    for field in (ui.input, ui.number, ui.select, ui.textarea):
        field.default_props("outlined")
    ui.select.default_props(f'dropdown-icon="{glyph("arrow_drop_down")}"')
    ui.table.default_props("flat square separator=horizontal")
