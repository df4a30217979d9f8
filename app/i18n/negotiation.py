"""Which language a reader gets before the app knows the reader."""

from app.i18n.catalogue import LANGUAGES, PSEUDO


def known_language(language: str | None) -> str | None:
    """Return `language` when the app speaks it (the pseudo-locale counts), else None."""
    return language if language in {*LANGUAGES, PSEUDO} else None


def negotiate(accept_language: str | None, default: str) -> str:
    """Return the best language for an Accept-Language header (RFC 9110 §12.5.4), `default` when none fits.

    Only the primary subtag counts (`zh-Hant` gets zh); ties keep the header's order; a weight of 0 refuses.
    """
    wanted: list[tuple[float, str]] = []
    for item in (accept_language or "").split(","):
        tag, _, weight = item.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        quality = _quality(weight)
        if primary in LANGUAGES and quality > 0:
            wanted.append((quality, primary))
    return max(wanted, key=lambda pair: pair[0])[1] if wanted else default


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
