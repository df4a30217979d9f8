"""Each keyword is explained in each language, by more than its own name."""

import re
from collections.abc import Iterator

import pytest

from app import plugins
from app.declarations.describing import language
from app.i18n import LANGUAGES, Translator

plugins.load(others=False)
_EMPTY = {
    "zh": "哪 个 些 多 少 几 一 的 是 在 要 就 了 什 么 样 怎 有 这 那 算 到 数",
    "en": "a an the of in on at to for from by which what who how many much is are be it its this that these as so or "
    "and one each when must may say says said",
    "es": "el la los las un una unos unas lo al del de en a con por para que qué quién cuál cuánto cuánta cuántos "
    "cuántas es son esto esta este se y o su sus como cada según debe",
}
"""By language the words that tell nothing new."""


def told(code: str, words: str) -> set[str]:
    """Return what a text is about: its signs, or the beginnings of its words."""
    empty = set(_EMPTY[code].split())
    if code == "zh":
        return set(re.findall(r"\w", words)) - empty
    return {word.rstrip("s")[:5] for word in re.findall(r"\w+", words.lower()) if word not in empty}


def explained() -> Iterator[tuple[str, str, str]]:
    """Yield where a keyword stands, the message of its name and that of its explanation."""
    known = language()
    for group in known.groups.values():
        for key in group.keys:
            yield f"{group.id}.{key.id}", key.message, f"{key.message}.help"
    for kind in known.kinds:
        yield kind, f"kind-{kind}", f"reference-kind-{kind}"


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_keyword_is_explained_by_more_than_its_name(code: str) -> None:
    t = Translator(code)
    bare = {
        f"{place}: {t(name)}: {t(help_)}"
        for place, name, help_ in explained()
        if t(help_) in {"", help_} or len(told(code, t(help_)) - told(code, t(name))) < 2
    }
    assert not bare
