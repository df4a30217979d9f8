"""What is stored: digits, with a leading + abroad, and after a hyphen what dials an extension."""

import re
import unicodedata
from typing import Final

from app.domain.core.values import Kind, Type, Unknown, Value
from app.domain.field_type import AnswerError, FieldType, Part, XForm, typed_json
from app.domain.kinds.form import Field

_ABROAD: Final = re.compile(r"\+(?!86)[1-9][0-9]{5,14}")
_HERE: Final = re.compile(r"(?:\+|00)86-?(?=1[3-9])")
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE: Final = re.compile(
    r"(0(?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}|[2-8][0-9]{6,7})(?:-([0-9]{1,6}))?"
)
_SERVICE: Final = re.compile(r"[19][0-9]{2,5}|[48]00[0-9]{7}")
_AREA: Final = re.compile(r"(?:\+|00)86-?0?(10|2[0-9]|[3-9][0-9]{2})-?([2-8][0-9]{6,7})(-[0-9]{1,6})?")
_EXTENSION: Final = re.compile(r"(?:转|分机|ext\.?|x|#|,)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s()（）]")


def clean(field: Field, raw: object) -> object:
    """Return the number without what stands between its digits; what dials an extension follows a hyphen.

    One of a mobile telephone, of the fixed network with its area code or without, of a service, or one abroad with its
    plus sign. Raises AnswerError E714 for what is none.
    """
    data = typed_json(field, raw)
    if not isinstance(data, str):
        return None
    number = whole(data)
    if number is None:
        raise AnswerError("E714")
    return number


def whole(data: str) -> str | None:
    """Return a number as it is stored; None for what is none."""
    text = _EXTENSION.sub("-", _BETWEEN.sub("", unicodedata.normalize("NFKC", data)))
    if area := _AREA.fullmatch(text):
        return f"0{area[1]}{area[2]}{area[3] or ''}"
    text = _HERE.sub("", text)
    digits = text.replace("-", "")
    for shape in (_ABROAD, _MOBILE, _SERVICE):
        if shape.fullmatch(digits):
            return digits
    # A hyphen after the area code is one between digits, the last one may lead to an extension.
    for candidate in (digits, _with_extension(text)):
        if _LANDLINE.fullmatch(candidate):
            return candidate
    return None


def _with_extension(text: str) -> str:
    head, hyphen, tail = text.rpartition("-")
    return head.replace("-", "") + hyphen + tail


def _sort(answer: str) -> Value:
    number = whole(answer)
    if number is None:
        return Unknown("phone")
    if number.startswith("+"):
        return "abroad"
    if _MOBILE.fullmatch(number):
        return "mobile"
    return "service" if _SERVICE.fullmatch(number) else "landline"


SORTS: Final = ("mobile", "landline", "service", "abroad")
_TITLES: Final = {
    "mobile": {"zh": "手机", "en": "mobile", "es": "móvil"},
    "landline": {"zh": "固定电话", "en": "landline", "es": "fijo"},
    "service": {"zh": "服务号码", "en": "service number", "es": "número de servicio"},
    "abroad": {"zh": "境外号码", "en": "abroad", "es": "extranjero"},
}
PARTS: Final = {"sort": Part(Type(Kind.CHOICE, SORTS), _sort, _TITLES)}

TYPE = FieldType("phone", Kind.TEXT, clean, xform=XForm("text", "numbers"), parts=PARTS)
