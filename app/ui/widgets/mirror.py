"""Mirror: what is typed into a form stays on the phone too, until it is submitted or its account logs out.

The server's draft holds what reached it. The browser's own storage holds the same, and what was typed while the
connection was away; when the form is opened again it is offered back.
"""

from json import dumps
from typing import Any

from nicegui import ui

PREFIX = "gridbook:"

_INSTALL = """
const key = %s, root = document.getElementById(%s);
const read = () => { try { return JSON.parse(localStorage.getItem(key) || 'null'); } catch { return null; } };
const write = (kept) => {
  try { localStorage.setItem(key, JSON.stringify(kept)); return true; } catch { return false; }
};
window.gridbookMirror = {
  keep(id, answers) { write({id, at: Date.now(), answers}); },
  drop() { localStorage.removeItem(key); },
};
root?.addEventListener('input', (event) => {
  const field = event.target.closest('[data-field]')?.dataset.field;
  if (!field || !['TEXTAREA', 'INPUT'].includes(event.target.tagName)) return;
  if (!['text', 'textarea', 'date', 'time', 'tel'].includes(event.target.type)) return;
  if (event.target.getAttribute('role') === 'combobox') return;
  const kept = read() || {id: %s, answers: {}};
  kept.answers[field] = event.target.value; kept.at = Date.now();
  if (write(kept) && !window.socket?.connected) document.body.classList.add('gb-offline-kept');
}, true);
return read();
"""

CLEAR_AT_LOGOUT = f"""<script>
document.addEventListener('submit', (event) => {{
  if (event.target.getAttribute('action') !== '/logout') return;
  try {{
    Object.keys(localStorage).filter((name) => name.startsWith('{PREFIX}'))
      .forEach((name) => localStorage.removeItem(name));
  }} catch {{ /* a browser that keeps nothing has nothing to clear */ }}
}}, true);
</script>"""
"""For every page with a way to log out: the next one at this browser finds nothing of what was typed."""


def key(account: str, draft: str) -> str:
    """Return the name under which the browser keeps a form."""
    return f"{PREFIX}{account}:{draft}"


async def install(name: str, element: ui.element, entry_id: str) -> dict[str, Any] | None:
    """Start mirroring what is typed inside `element`; return what the browser holds from before, or None."""
    code = _INSTALL % (_js(name), _js(f"c{element.id}"), _js(entry_id))
    try:
        kept = await ui.run_javascript(code, timeout=5.0)
    except TimeoutError:  # a browser that forbids storage, or one that has just gone away
        return None
    return kept if isinstance(kept, dict) else None


def keep(entry_id: str, answers: dict[str, Any]) -> None:
    """Write the answers that the server has to the browser as well."""
    ui.run_javascript(f"window.gridbookMirror?.keep({_js(entry_id)}, {_js(answers)})")


def drop() -> None:
    """Take them out of the browser: they are in the ledger now, or were thrown away."""
    ui.run_javascript("window.gridbookMirror?.drop()")


def _js(value: object) -> str:
    return dumps(value, ensure_ascii=True).replace("</", "<\\/")
