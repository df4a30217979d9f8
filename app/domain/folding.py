"""Text as a search compares it, and where the words of a search stand in a text as it is shown."""

import unicodedata


def fold(text: str) -> str:
    """Return `text` as search compares it: compatibility forms made one (full-width digits), case folded."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def spans(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return where any of the folded `words` stands in `text`: pairs of start and end, in order, none overlapping."""
    letters: list[str] = []
    origin: list[int] = []  # folding can make several letters of one: each knows where it came from
    for place, letter in enumerate(text):
        for part in fold(letter):
            letters.append(part)
            origin.append(place)
    folded = "".join(letters)
    found: list[tuple[int, int]] = []
    for word in filter(None, words):
        start = folded.find(word)
        while start >= 0:
            found.append((origin[start], origin[start + len(word) - 1] + 1))
            start = folded.find(word, start + len(word))
    joined: list[tuple[int, int]] = []
    for low, high in sorted(found):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return tuple(joined)
