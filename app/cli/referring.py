"""`reference`: every keyword of the regulation language with what it means, as one page."""

import argparse
from collections.abc import Iterator

from app import plugins
from app.cli.codes import Exit
from app.cli.console import Console
from app.declarations.describing import language
from app.i18n import Translator
from app.services.drafting.described import (
    Either,
    Group,
    Key,
    Language,
    Leaf,
    Listed,
    Mapped,
    Part,
    Shape,
    Sort,
)


def reference_(options: argparse.Namespace, console: Console) -> Exit:
    """Print the page, or what one kind of file may say. USAGE for a kind that there isn't."""
    plugins.load()  # aggregates and methods are theirs
    known = language()
    if options.kind and options.kind not in known.kinds:
        console.say("cli-reference-unknown", what=options.kind, known=", ".join(known.kinds))
        return Exit.USAGE
    lines = kind_lines(known, options.kind, console.t) if options.kind else page_lines(known, console.t)
    for line in lines:
        console.result(line)
    return Exit.OK


def page_lines(known: Language, t: Translator) -> Iterator[str]:
    """Yield the lines of the whole page, as Markdown: the kinds of file, then the parts that they are made of."""
    yield from (f"# {t('reference-title')}", "", t("reference-intro"), "")
    for kind in known.kinds:
        yield f"- [`{kind}`](#{kind}) {t(f'kind-{kind}')}"
    for kind in known.kinds:
        yield ""
        yield from kind_lines(known, kind, t)
    yield from ("", f"# {t('reference-parts')}", "", t("reference-parts-what"))
    whole = set(known.kinds.values())
    for group in known.groups.values():
        if group.id not in whole:
            yield from ("", f"## {group.id}", "", *_table(group, t))


def kind_lines(known: Language, kind: str, t: Translator) -> Iterator[str]:
    """Yield what a file of one kind may say, as Markdown. Raises KeyError for a kind that isn't one."""
    group = known.groups[known.kinds[kind]]
    yield from (
        f"## {kind}",
        "",
        f"{t(f'kind-{kind}')}: {t(f'reference-kind-{kind}')}",
        "",
        *_table(group, t),
    )


def _table(group: Group, t: Translator) -> Iterator[str]:
    heads = (t(f"reference-{name}") for name in ("key", "means", "value", "default"))
    yield f"| {' | '.join(heads)} |"
    yield "|---|---|---|---|"
    for key in group.keys:
        means = t("reference-meaning", name=t(key.message), help=t(f"{key.message}.help"))
        cells = (f"`{key.id}`", means, _value(key.shape, t), _otherwise(key, t))
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _otherwise(key: Key, t: Translator) -> str:
    if key.required:
        return t("reference-required")
    return f"`{key.default}`" if key.default else ""


def _value(shape: Shape, t: Translator) -> str:
    if isinstance(shape, Leaf):
        return _leaf(shape, t)
    if isinstance(shape, Listed):
        return t("reference-alone" if shape.alone else "reference-list", of=_value(shape.of, t))
    if isinstance(shape, Mapped):
        of = _value(shape.of, t)
        if shape.key.sort is Sort.ID:
            return t("reference-map", of=of)
        return t("reference-map-of", key=_leaf(shape.key, t), of=of)
    if isinstance(shape, Either):
        return t("reference-or").join(dict.fromkeys(_value(one, t) for one in shape.shapes))
    return _part(shape, t)


def _part(part: Part, t: Translator) -> str:
    told = f"[{part.group}](#{part.group})"
    return t("reference-short", part=told, key=part.short) if part.short else told


def _leaf(leaf: Leaf, t: Translator) -> str:
    if leaf.sort is Sort.WORD:
        return t("reference-words", words=", ".join(f"`{word}`" for word in leaf.words))
    if leaf.sort is Sort.NAME:
        return t("reference-or").join(t(f"reference-named-{name}") for name in leaf.names)
    return t(f"reference-sort-{leaf.sort}")
