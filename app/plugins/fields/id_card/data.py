"""What is stored: the 18 characters of a number whose check digit is right; one of 15 digits as its 18.

`stdnum.cn.ric` checks digit, date and place. By itself it refuses residence permits of Hong Kong, Macao and Taiwan
residents (81, 82, 83) and of foreigners (9…), and takes births in the last year of a century that hasn't come: these
gaps are closed here.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Final

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from app.domain.core.values import Kind, Type, Unknown, Value
from app.domain.field_type import AnswerError, FieldType, Part, XForm, typed_json
from app.domain.kinds.form import Field

_SHAPE: Final = re.compile(r"[0-9]{17}[0-9X]")
_OLD: Final = re.compile(r"[0-9]{15}")
_PERMITS: Final = ("81", "82", "83", "9")
_BORN: Final = range(1900, 2060)
"""Years of birth that a living person's card can show; the form in use checks more where it wants to."""


def clean(field: Field, raw: object) -> object:
    """Return the number. Raises AnswerError E713 for one that can't be right."""
    data = typed_json(field, raw)
    return _whole(data) if isinstance(data, str) else None


def _whole(data: str) -> str:
    """Return the 18 characters of a number as it is typed. Raises AnswerError E713."""
    number = unicodedata.normalize("NFKC", data).replace(" ", "").replace("-", "").upper()
    if _OLD.fullmatch(number):  # as they were issued until 1999: born in 19.., without a check digit
        number = f"{number[:6]}19{number[6:]}"
        number += ric.calc_check_digit(number + "0")
    if _SHAPE.fullmatch(number) is None or not _born(number) or not _right(number):
        raise AnswerError("E713")
    return number


def on_day(number: object, day: date) -> None:
    """Refuse somebody who isn't born yet. Raises AnswerError E713."""
    text = str(number)
    if f"{text[6:10]}-{text[10:12]}-{text[12:14]}" > day.isoformat():
        raise AnswerError("E713")


def _born(number: str) -> bool:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return born.year in _BORN


def _right(number: str) -> bool:
    if ric.calc_check_digit(number) != number[-1]:
        return False
    return number.startswith(_PERMITS) or _is_place(number[:6], number[6:10])


@lru_cache(maxsize=4_096)
def _is_place(code: str, year: str) -> bool:
    """Whether a division of this code was there in a year: people of a community were born in few of them."""
    try:
        ric.get_birth_place(f"{code}{year}0101")
    except ValidationError:
        return False
    return True


def _read(found: Callable[[str], Value]) -> Callable[[str], Value]:
    """Return what reads a part of a whole number; of what isn't one (yet) nothing is known."""

    def read(answer: str) -> Value:
        try:
            number = _whole(answer)
        except AnswerError:
            return Unknown("id_card")
        return found(number)

    return read


def _date_in(number: str) -> Value:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def _sex_in(number: str) -> Value:
    return "male" if int(number[16]) % 2 else "female"


def _sort_in(number: str) -> Value:
    if number.startswith("9"):
        return "permit_foreign"
    return "permit_hmt" if number.startswith(_PERMITS) else "citizen"


_SEXES: Final = {
    "male": {"zh": "男", "en": "male", "es": "hombre"},
    "female": {"zh": "女", "en": "female", "es": "mujer"},
}
_CARDS: Final = {
    "citizen": {"zh": "居民身份证", "en": "identity card", "es": "documento de identidad"},
    "permit_hmt": {
        "zh": "港澳台居民居住证",
        "en": "residence permit for residents of Hong Kong, Macao and Taiwan",
        "es": "permiso para residentes de Hong Kong, Macao y Taiwán",
    },
    "permit_foreign": {
        "zh": "外国人永久居留身份证",
        "en": "foreign permanent resident ID card",
        "es": "documento de residente permanente extranjero",
    },
}
PARTS: Final = {
    "born": Part(Type(Kind.DATE), _read(_date_in)),
    "sex": Part(Type(Kind.CHOICE, ("male", "female")), _read(_sex_in), _SEXES),
    "sort": Part(Type(Kind.CHOICE, ("citizen", "permit_hmt", "permit_foreign")), _read(_sort_in), _CARDS),
}

TYPE = FieldType("id_card", Kind.TEXT, clean, xform=XForm("text"), on_day=on_day, parts=PARTS)
