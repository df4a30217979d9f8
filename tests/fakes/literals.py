"""Words of a page in the pseudo-locale that came from the code and from no catalogue."""

import re
from collections.abc import Collection, Iterable

# A declared file with a place in it, a problem's code, a revision, a cell or a column of a workbook.
_NAMES = re.compile(r"[\w/.-]+\.yaml(:\d+:\d+)?|\b[EW]\d{3}\b|\b[0-9a-f]{12}\b|![A-Z]+\d+|^[A-Z]$")


def bare(texts: Iterable[str], data: Collection[str] = ()) -> list[str]:
    """Return those of a page's texts that hold a letter outside of every message and of the people's `data`."""
    found = []
    for text in texts:
        rest = _NAMES.sub("", text)
        while (inner := re.sub("⟦[^⟦⟧]*⟧", "", rest)) != rest:  # values in brackets stand inside of messages
            rest = inner
        rest = re.sub("^[^⟦⟧]*⟧|⟦[^⟦⟧]*$", "", rest)  # a message into which fields are put has several texts
        for word in sorted(data, key=len, reverse=True):
            rest = rest.replace(word, "")
        if re.search(r"[^\W\d_]", rest):
            found.append(text)
    return found
