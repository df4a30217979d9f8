from datetime import date
from decimal import Decimal

import pytest
from babel import Locale

from app.i18n import formats


def test_babel_is_asked_for_a_language_once_whatever_is_formatted(monkeypatch: pytest.MonkeyPatch) -> None:
    """It compares the names of a thousand languages each time: a page of dates and numbers did little else."""
    formats._locale.cache_clear()
    asked = []
    parse = Locale.parse

    def counted(name: object, *more: object, **named: object) -> Locale | None:
        if isinstance(name, str):
            asked.append(name)
        return parse(name, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Locale, "parse", counted)
    for n in range(5):
        assert formats.day(date(2025, 11, 1 + n), "zh") == f"11月{1 + n}日"
        assert formats.number(Decimal(n) * 1000 + Decimal("0.5"), "zh", 1)[-2:] == ".5"
    assert asked.count("zh_CN") == 1


def test_a_country_is_told_by_its_name_and_a_code_that_is_none_as_it_stands() -> None:
    told = [formats.country(code, language) for code in ("cn", "es", "zz9") for language in ("zh", "en")]
    assert told == ["中国", "China", "西班牙", "Spain", "zz9", "zz9"]
