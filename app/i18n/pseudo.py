"""The pseudo-locale: messages that are readable, longer, and bracketed, so that a literal in the code stands out."""

import copy

from fluent.syntax import ast, visitor

OPEN, CLOSE = "⟦", "⟧"

_ACCENTS = str.maketrans("aeiouycnsAEIOUYCNS", "áéíóúýçñšÁÉÍÓÚÝÇÑŠ")
_LONGER_BY = 0.4  # translations of short English labels grow by about so much


def pseudo_text(text: str) -> str:
    """Return `text` accented and lengthened; a blank text stays as it is."""
    if not text.strip():
        return text
    padding = "~" * round(len(text.strip()) * _LONGER_BY)
    tail = text[len(text.rstrip()) :]
    return text.rstrip().translate(_ACCENTS) + padding + tail


class _Pseudo(visitor.Transformer):
    """Brackets each whole pattern once and rewrites the text in it; placeables keep their values."""

    def __init__(self) -> None:
        self._depth = 0

    def visit_Pattern(self, node: ast.Pattern) -> ast.Pattern:  # noqa: N802 - the visitor finds it by this name
        self._depth += 1
        self.generic_visit(node)
        self._depth -= 1
        if self._depth == 0:
            node.elements = [ast.TextElement(OPEN), *node.elements, ast.TextElement(CLOSE)]
        return node

    def visit_TextElement(self, node: ast.TextElement) -> ast.TextElement:  # noqa: N802
        node.value = pseudo_text(node.value)
        return node


def pseudo_resource(resource: ast.Resource) -> ast.Resource:
    """Return a copy of `resource` in the pseudo-locale."""
    made = copy.deepcopy(resource)
    for entry in made.body:
        if isinstance(entry, ast.Term):
            continue  # it stands inside a message, which has brackets already
        _Pseudo().visit(entry)
    return made
