"""How the two processes talk: JSON behind its length in four bytes. A reply in JSON can't run code."""

import json
from typing import IO, Any, Final

_LENGTH: Final = 4


def send(stream: IO[bytes], message: object) -> None:
    """Write one message and flush. Raises OSError when nobody reads."""
    body = json.dumps(message, separators=(",", ":")).encode()
    stream.write(len(body).to_bytes(_LENGTH))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> Any | None:  # noqa: ANN401 - whatever JSON holds
    """Read one message; None when the other side has closed. Raises ValueError for what is no message."""
    length = stream.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    size = int.from_bytes(length)
    body = stream.read(size)
    return json.loads(body) if len(body) == size else None
