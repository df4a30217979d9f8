"""What an answer holds that no expression looks into, in words: its files, a position, a way."""

from collections.abc import Mapping
from functools import lru_cache

from app.domain.contents import IMAGES
from app.domain.files import files_in
from app.domain.kinds.common import Texts
from app.domain.position import metres_along
from app.i18n import LANGUAGES, Translator

_PLACE = frozenset({"lat", "lon"})


def data_words(data: object) -> tuple[Texts, ...]:
    """Return the words: how many pictures, the names of other files, a position, or how long a way is.

    What is none of these, as the data of a field type of one's own, is told by how much there is of it.
    """
    if data in (None, [], {}):
        return ()
    if isinstance(data, Mapping):
        return (_position(data),) if set(data) >= _PLACE else (_said("answer-items", 1),)
    if not isinstance(data, list | tuple):
        return (_said("answer-items", 1),)
    if all(isinstance(item, Mapping) and set(item) >= _PLACE for item in data):
        return (_said("answer-way", len(data), metres_along(data)),)
    found = list(files_in(data))
    if len(found) != len(data):
        return (_said("answer-items", len(data)),)
    pictures = sum(item.get("type") in IMAGES for item in found)
    names = [{"zh": str(item.get("name", ""))} for item in found if item.get("type") not in IMAGES]
    return (*((_said("answer-pictures", pictures),) if pictures else ()), *names)


def _position(data: Mapping[str, object]) -> Texts:
    at = f"{data['lat']}, {data['lon']}"
    off = data.get("accuracy")
    return _off(at, off) if isinstance(off, int) else {"zh": at}


@lru_cache(maxsize=500)
def _said(message: str, n: int, metres: int = 0) -> Texts:
    return {language: Translator(language)(message, n=n, metres=metres) for language in LANGUAGES}


@lru_cache(maxsize=500)
def _off(at: str, metres: int) -> Texts:
    return {language: Translator(language)("answer-position", at=at, metres=metres) for language in LANGUAGES}
