"""What a page says of its own coming and going: its scripts come late, or not at all; its links have no network.

By a slow line scripts take seconds to come, and some browsers run none. Links: static/links.js.
"""

from html import escape
from json import dumps

from nicegui import ui

from app.i18n import Translator
from app.ui.assets import asset


def install(t: Translator) -> None:
    """Say that the page is being opened, or that this browser can't (styles/12-shell.css: while #app is empty)."""
    ui.add_head_html(f"<style>:root {{ --gb-opening: {_css(t('frame-opening'))} }}</style>")
    ui.add_body_html(
        "<script nomodule>document.documentElement.style.setProperty('--gb-opening',"
        f" {dumps(_css(t('frame-old-browser')), ensure_ascii=True)})</script>"
        f'<script src="{asset("links.js")}" data-stays="{escape(t("frame-stays"))}"></script>'
        f'<noscript><p class="gb-no-script">{escape(t("frame-no-script"))}</p></noscript>'
    )


def _css(words: str) -> str:
    """Return words as a string of a style sheet."""
    return dumps(words, ensure_ascii=False).replace("</", "<\\/")
