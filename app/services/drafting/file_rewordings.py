"""What files say otherwise whose definitions have no words of their own: read from the files, before and after."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Final

from app.domain.edits import Data, UnreadableError
from app.domain.regulation import Regulation
from app.services.drafting.changes import Files
from app.services.drafting.definition_words import Reworded
from app.services.drafting.file_sentences import sentences_of
from app.services.reasons.phrases import Phrase, Said

_KINDS: Final = ("plugins", "flag", "procedure", "table", "layout", "class")
Side = tuple[Files, Regulation]


def reworded_files(
    before: Side, after: Side, said: Callable[[str], Data], day: date, known: Collection[str]
) -> Iterator[Reworded]:
    """Yield what changed files say otherwise, by path; `known` are the names whose definitions are told already."""
    paths = {*before[0], *after[0]}
    for path in sorted(one for one in paths if before[0].get(one) != after[0].get(one)):
        was, now = (_read(files.get(path), said) for files, _ in (before, after))
        either = now or was
        kind = next((one for one in _KINDS if one in either), "")
        if not kind or path.endswith(".case.yaml"):
            continue
        named = either.get(kind)
        name = named if isinstance(named, str) else kind
        if name in known:
            continue
        old, new = (
            tuple(one.said for one in sentences_of(kind, name, data, regulation, day)) if data else ()
            for data, (_, regulation) in ((was, before), (now, after))
        )
        left = tuple(one for one in old if one not in new)
        come = tuple(one for one in new if one not in old)
        if left or come:
            yield Reworded(name, _title(either, kind), left, come)


def _read(text: str | None, said: Callable[[str], Data]) -> Mapping[str, Data]:
    try:
        data = said(text) if text else {}
    except UnreadableError:
        return {}
    return data if isinstance(data, Mapping) else {}


def _title(data: Mapping[str, Data], kind: str) -> Said:
    title = data.get("title")
    if isinstance(title, str):
        return title
    if isinstance(title, Mapping):
        return {key: one for key, one in title.items() if isinstance(one, str)}
    return Phrase(f"kind-{kind}")
