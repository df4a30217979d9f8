"""Which community a command means: by its id, or by the folder of its file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.domain.problem import Problem, ProblemError
from app.services.ports import Declarations

_PLACES = ("config", "places")
_DEMO = ("config", "demo")


def place_of(text: str, root: Path, declarations: Declarations, *, upper: bool = False) -> str:
    """Return the id of the community that `text` names. Raises ProblemError E551 with those that there are.

    With `upper` it may be a place that communities lie in: a street, a district.
    """
    known = declarations.places()
    if upper:
        known = sorted({*known, *_above(known)})
    wanted = text.strip().rstrip("/\\").replace("\\", "/")
    if wanted in known:
        return wanted
    parts = _below(Path(wanted), root)
    if parts[:2] == _PLACES:
        wanted = "/".join(parts[2:])
    elif parts[:2] == _DEMO:
        wanted = "/".join(("demo", *parts[2:]))
    if wanted in known:
        return wanted
    raise ProblemError(Problem("E551", values={"place": text[:80], "known": ", ".join(known) or "–"}))


def _above(places: Iterable[str]) -> Iterator[str]:
    """Yield the places that these lie in; `demo` is one only where it has a file, which loading tells."""
    for place in places:
        while "/" in place:
            place = place.rpartition("/")[0]  # noqa: PLW2901
            yield place


def _below(path: Path, root: Path) -> tuple[str, ...]:
    """Return the parts of a path below the root; of one that lies elsewhere, its own."""
    if path.name == "place.yaml":
        path = path.parent
    for base in (Path.cwd(), root):
        whole = (base / path).resolve()
        if whole.is_relative_to(root.resolve()):
            return whole.relative_to(root.resolve()).parts
    return path.parts
