"""Words that pages share."""

import pytest

from app.i18n import Translator
from app.services.window_words import window_words


@pytest.mark.parametrize(
    ("window", "zh", "en", "es"),
    [
        ("2026-11-27/1", "2026年11月27日上午", "27 Nov 2026, morning", "27 nov 2026, mañana"),
        ("2026-11-27/2", "2026年11月27日下午", "27 Nov 2026, afternoon", "27 nov 2026, tarde"),
        ("2026-11-27", "2026年11月27日", "27 Nov 2026", "27 nov 2026"),
        ("2026-11", "2026年11月", "November 2026", "noviembre de 2026"),
        ("2026-W07", "2026 年第 7 周", "week 7, 2026", "semana 7 de 2026"),
        ("2026-11-27/3", "2026-11-27/3", "2026-11-27/3", "2026-11-27/3"),
        ("2026", "2026", "2026", "2026"),
    ],
)
def test_a_window_is_told_in_words(window: str, zh: str, en: str, es: str) -> None:
    assert [window_words(Translator(language), window) for language in ("zh", "en", "es")] == [zh, en, es]
