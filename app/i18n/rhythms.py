"""Which rhythm a text speaks of: 每季度, each quarter, cada trimestre.

Made for titles, which are short and say it plainly.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

_ZH: Final = {
    "day": r"每个?(?:天|日|工作日)|逐日",
    "week": r"每个?(?:周|星期)|逐周",
    "month": r"每个?月|逐月",
    "quarter": r"每个?季度?|逐季度?",
    "half_year": r"每个?半年",
    "year": r"每个?年|逐年",
}
_EN: Final = {
    "day": r"daily|(?:each|every|per) (?:working )?day",
    "week": r"weekly|(?:each|every|per) week|(?:once|twice|times) a week",
    "month": r"monthly|(?:each|every|per) month|(?:once|twice|times) a month",
    "quarter": r"quarterly|(?:each|every|per) quarter|(?:once|twice|times) a quarter",
    "half_year": r"half-yearly|(?:each|every|per) half[- ]year|(?:once|twice|times) a half[- ]year",
    "year": r"yearly|annually|(?:each|every|per) year|(?:once|twice|times) a year",
}
_ES: Final = {
    "day": r"diarias?|cada día(?: hábil)?",
    "week": r"semanal(?:es|mente)?|cada semana|(?:vez|veces) a la semana",
    "month": r"mensual(?:es|mente)?|cada mes|(?:vez|veces) al mes",
    "quarter": r"trimestral(?:es|mente)?|cada trimestre|(?:vez|veces) al trimestre",
    "half_year": r"semestral(?:es|mente)?|cada semestre|(?:vez|veces) al semestre",
    "year": r"anual(?:es|mente)?|cada año|(?:vez|veces) al año",
}


def _compiled(words: Mapping[str, str], *, apart: bool) -> re.Pattern[str]:
    edge = r"\b" if apart else ""
    return re.compile(
        "|".join(f"(?P<{unit}>{edge}(?:{way}){edge})" for unit, way in words.items()), re.IGNORECASE
    )


_WORDS: Final = {
    "zh": _compiled(_ZH, apart=False),
    "en": _compiled(_EN, apart=True),
    "es": _compiled(_ES, apart=True),
}

LANGUAGES: Final = tuple(_WORDS)
"""Those of which the words are known."""


def rhythms_in(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text that name a rhythm, with the unit: day, week, month, quarter, half_year, year.

    Nothing for a language of which the words aren't known. “Every two months” is no rhythm of one unit and not found.
    """
    pattern = _WORDS.get(language)
    for found in pattern.finditer(text) if pattern is not None else ():
        yield found.group(), str(found.lastgroup)
