"""The documents that clauses are of: what they are called, and where they can be read."""

from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.declarations.schema.base import Day, Model, Text, TextIn

_SCHEMES = ("https://", "http://")


def _link(value: str) -> str:
    if not value.startswith(_SCHEMES) or any(sign.isspace() for sign in value):
        raise PydanticCustomError("expected", "expected", {"expected": "link"})
    return value


LinkText = Annotated[
    Text,
    AfterValidator(_link),
    WithJsonSchema(
        {"type": "string", "description": "The address of a page on the web.", "pattern": r"^https?://\S+$"}
    ),
]


class DocumentIn(Model):
    """A document. Every key may be given by another level than the others: the nearest one that says it counts."""

    title: TextIn = {}
    short: TextIn = {}
    number: Text = ""
    issued: Day | None = None
    issuer: TextIn = {}
    link: LinkText | None = None


class DocumentsFile(Model):
    """The documents that a regulation follows, by the ids that clauses name them by."""

    documents: dict[Text, DocumentIn]
