"""Which messages the code asks for: by name, by a name with an open end (`t(f"state-{key}")`), or in a template."""

import ast
import re
from dataclasses import dataclass, field

from tests.i18n.source import APP, parsed, python_files, walked

_TEMPLATE_CALL = re.compile(r"""\bt\(\s*(["'])(?P<id>[\w.-]+)\1(?P<open>\s*~)?""")


@dataclass
class Asked:
    """`names` asked for with the values given (None: can't be told), `prefixes` of open-ended ones, all `constants`."""

    names: dict[str, list[frozenset[str] | None]] = field(default_factory=dict)
    prefixes: set[str] = field(default_factory=set)
    constants: set[str] = field(default_factory=set)

    def ask(self, name: str, values: frozenset[str] | None) -> None:
        self.names.setdefault(name, []).append(values)


def is_translation(call: ast.Call) -> bool:
    """Whether a call is `t(…)`, `….t(…)`, `self._t(…)` or `translator()(…)`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.lstrip("_") == "t"
        case ast.Call(func=ast.Name(id="translator")):
            return True
        case _:
            return False


def asked() -> Asked:
    found = Asked()
    for path in python_files():
        for node in walked(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.constants.add(node.value)
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                found.prefixes.add(str(node.values[0].value))
            if isinstance(node, ast.Call) and node.args and is_translation(node):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    spread = any(keyword.arg is None for keyword in node.keywords)
                    given = frozenset(keyword.arg for keyword in node.keywords if keyword.arg is not None)
                    found.ask(first.value, None if spread else given)
    for path in sorted(APP.rglob("*.html")):
        for match in _TEMPLATE_CALL.finditer(path.read_text(encoding="utf-8")):
            if match["open"]:
                found.prefixes.add(match["id"])
            else:
                found.ask(match["id"], None)
    return found
