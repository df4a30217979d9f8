"""Where words of a regulation stand, as people name it: 《网格员走访制度》第十二条."""

from typing import Protocol

from app.domain.kinds.common import CitedText
from app.i18n.translator import Translator


class Cited(Protocol):
    """What stands in a document: a clause, or a quote of one."""

    @property
    def doc(self) -> str:
        """The document's id."""
        ...

    @property
    def ref(self) -> str:
        """Where in it: 第十二条."""
        ...

    @property
    def of(self) -> CitedText | None:
        """The document as it is declared."""
        ...


def cited(t: Translator, clause: Cited | None) -> str:
    """Return the document's title and where in it the clause stands; the id for one without a title, "" for None."""
    return _cited(t, clause, short=False)


def cited_shortly(t: Translator, clause: Cited | None) -> str:
    """Return the same where there is little room: by the document's short title, if it has one."""
    return _cited(t, clause, short=True)


def document_title(t: Translator, of: CitedText, *, short: bool = False) -> str:
    """Return a document's title in the reader's quotation marks; its id where it has none."""
    title = (t.text(of.short) if short else "") or t.text(of.title)
    return t("clause-document", title=title) if title else of.id


def document_words(t: Translator, of: CitedText) -> str:
    """Return all that is told of a document in a line: title, number, who issued it and when."""
    return t.dotted(document_title(t, of), *_told(t, of))


def document_key(t: Translator, of: CitedText) -> str:
    """Return the line of a list of documents that says which one a short title means, and all that is told of it."""
    short, whole = document_title(t, of, short=True), document_words(t, of)
    return (
        whole
        if not t.text(of.title) or document_title(t, of) == short
        else t("clause-key", short=short, whole=whole)
    )


def cited_in_full(t: Translator, clause: Cited | None) -> str:
    """Return the same with all that is told of the document: number, who issued it and when."""
    told = () if clause is None or clause.of is None else _told(t, clause.of)
    return t.dotted(cited(t, clause), *told)


def _told(t: Translator, of: CitedText) -> tuple[str, ...]:
    day = "" if of.issued is None else t.day_of_year(of.issued)
    return t.wording(of.number), t.text(of.issuer), day


def _cited(t: Translator, clause: Cited | None, *, short: bool) -> str:
    if clause is None:
        return ""
    ref = t.wording(clause.ref)
    if clause.of is None or not t.text(clause.of.title):
        return t.dotted(t.wording(clause.doc), ref)
    title = document_title(t, clause.of, short=short)
    return t("clause-cited", document=title, ref=ref) if ref else title
