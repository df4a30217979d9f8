"""What stands in several entries: the very same words, the very same file."""

from collections.abc import Callable, Iterator, Sequence

from app.domain.files import files_in
from app.domain.plausibility import Act, Given, Suspicion
from app.domain.workdays import Calendar
from app.plugins.plausibility.grouping import by_person


def cloned_texts(acts: Sequence[Act], given: Given, _calendar: Calendar) -> Iterator[Suspicion]:
    """Yield what one person wrote alike in `times` entries or more, of `letters` characters at least without spaces."""

    def texts(act: Act) -> Iterator[str]:
        for answer in act.answers.values():
            words = "".join(answer.split()).casefold() if isinstance(answer, str) else ""
            if len(words) >= given["letters"]:
                yield words

    for own in by_person(acts):
        yield from _alike(own, texts, int(given["times"]))


def cloned_files(acts: Sequence[Act], given: Given, _calendar: Calendar) -> Iterator[Suspicion]:
    """Yield files of one content, by its SHA-256, in `times` entries or more, whoever made them."""

    def contents(act: Act) -> Iterator[str]:
        for answer in act.answers.values():
            for one in files_in(answer if isinstance(answer, list) else [answer]):
                yield str(one["sha256"])

    yield from _alike(acts, contents, int(given["times"]))


def _alike(acts: Sequence[Act], said: Callable[[Act], Iterator[str]], times: int) -> Iterator[Suspicion]:
    """Yield the acts that say the same; what several texts of the same acts show is one suspicion."""
    found: dict[str, dict[str, Act]] = {}
    for act in acts:
        for one in said(act):
            found.setdefault(one, {})[act.id] = act
    groups = {
        tuple(act.id for act in sorted(alike.values(), key=lambda one: (one.at, one.id)))
        for alike in found.values()
        if len(alike) >= times
    }
    for ids in sorted(groups):
        yield Suspicion(ids, (("copies", len(ids)),))
