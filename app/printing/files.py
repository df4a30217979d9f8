"""PDF files taken apart and put together: properties, attachments, what PDF/A-3u asks for. Fixed dates and ids.

The PDFs come from WeasyPrint as PDF/A; what is cut out of them or joined takes their colour profile along and gets
metadata of its own.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

PRODUCER: Final = "gridbook"
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class About:
    """A file's properties; `language` as in HTML."""

    title: str
    author: str
    created: datetime
    language: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside of the PDF: what the pages show, to be read by machines."""

    name: str
    kind: str
    data: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Joining:
    """PDFs to be put into one file, and what belongs to the whole.

    `marks` are the bookmarks: a title and the page to which it leads, from nought.
    """

    parts: tuple[Path, ...]
    target: Path
    about: About
    attached: tuple[Attached, ...] = ()
    marks: tuple[tuple[str, int], ...] = ()


def cut(
    together: bytes, counts: Sequence[int], parts: Sequence[tuple[About, Sequence[Attached]]]
) -> Iterator[bytes]:
    """Yield each document of a PDF that holds several, with properties and attachments of its own."""
    import pikepdf  # noqa: PLC0415 - a large library, for the printing process alone

    with pikepdf.open(io.BytesIO(together)) as source:
        at = 0
        for count, (about, attached) in zip(counts, parts, strict=True):
            with pikepdf.new() as made:
                made.pages.extend(source.pages[at : at + count])
                finish(made, source, about, attached)
                target = io.BytesIO()
                save(made, target)
            at += count
            yield target.getvalue()


def join(joining: Joining) -> int:
    """Write all pages of some PDFs into one; return how many. Raises OSError, also for a full disk.

    The pages go from file to file: held in memory they would take three times as much of it, and more with each person.
    """
    import pikepdf  # noqa: PLC0415 - a large library, for the printing process alone

    paths, target = joining.parts, joining.target
    scratch = target.with_name(target.name + ".pages.part")
    command = [
        "qpdf",
        "--empty",
        "--object-streams=generate",
        "--pages",
        *map(str, paths),
        "--",
        str(scratch),
    ]
    try:
        pikepdf.Job(command).run()
        stream = pikepdf.AccessMode.stream
        with pikepdf.open(scratch, access_mode=stream) as made, pikepdf.open(paths[0]) as source:
            if "/ID" in made.trailer:
                del made.trailer["/ID"]  # it would be kept, and is another one each time
            finish(made, source, joining.about, joining.attached)
            _mark(made, joining.marks)
            save(made, target)
            return len(made.pages)
    finally:
        scratch.unlink(missing_ok=True)


def _mark(made: Any, marks: Sequence[tuple[str, int]]) -> None:  # noqa: ANN401 - pikepdf's
    """List what begins on which page beside the pages: among thousands somebody looks for one."""
    from pikepdf import Name, OutlineItem  # noqa: PLC0415

    if marks:
        with made.open_outline() as outline:
            outline.root.extend(OutlineItem(title, page) for title, page in marks)
        made.Root.PageMode = Name.UseOutlines


def finish(made: Any, source: Any, about: About, attached: Sequence[Attached]) -> None:  # noqa: ANN401 - pikepdf's
    """Give a PDF what belongs to the whole of it. `source` is the PDF/A that its pages come from."""
    from pikepdf import Array, AttachedFileSpec, Dictionary, Name, String  # noqa: PLC0415

    moment = about.created.astimezone(UTC)
    stamp = f"D:{moment:%Y%m%d%H%M%S}Z"
    made.Root.Lang = String(about.language)
    made.Root.OutputIntents = Array(
        [made.copy_foreign(source.make_indirect(one)) for one in source.Root.OutputIntents]
    )
    made.docinfo = made.make_indirect(
        Dictionary(
            Title=about.title,
            Author=about.author,
            Producer=PRODUCER,
            CreationDate=stamp,
            ModDate=stamp,
        )
    )
    metadata = made.make_stream(_xmp(about, moment).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    made.Root.Metadata = metadata
    specs = []
    for one in attached:
        spec = AttachedFileSpec(
            made,
            one.data,
            description=one.description,
            filename=one.name,
            mime_type=one.kind,
            creation_date=stamp,
            mod_date=stamp,
            relationship=Name.Data,
        )
        made.attachments[one.name] = spec
        specs.append(made.attachments[one.name].obj)
    if specs:
        made.Root.AF = Array(specs)


def save(made: Any, target: object) -> None:  # noqa: ANN401 - pikepdf's
    """Write a PDF whose identifier follows from its content."""
    import pikepdf  # noqa: PLC0415

    made.save(
        target,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )


def _xmp(about: About, moment: datetime) -> str:
    at = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    title, author, language = (
        escape(_ILLEGAL.sub("", text)) for text in (about.title, about.author, about.language)
    )
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
