"""What stands too close on a phone: text at the screen's edge, content under the top bar, a control on another."""

from playwright.sync_api import Page

_STUCK = """() => {
  const main = document.querySelector('.gb-main') ?? document.querySelector('main');
  const bar = document.querySelector('.gb-top'), found = [];
  const apart = 'svg, .gb-visually-hidden, .cm-editor';
  const seen = (e) => e.checkVisibility({visibilityProperty: true}) && !e.closest(apart);
  const said = (e) => `${(e.innerText || e.className || '').trim().slice(0, 30)}`;
  scrollTo(0, 0);
  const under = bar?.checkVisibility() ? bar.getBoundingClientRect().bottom : null;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode, e = node.parentElement;
    if (!node.data.trim() || !seen(e) || bar?.contains(node)) continue;
    range.selectNodeContents(node);
    const {left, top, width} = range.getBoundingClientRect();
    if (width < 2) continue;
    if (left >= 0 && left < 8) found.push(`at the edge: ${said(e)}`);
    if (under !== null && top >= under && top < under + 6) found.push(`under the bar: ${said(e)}`);
  }
  const edged = '.gb-btn-line, .gb-btn-act, .q-field--outlined, .gb-note, .td-count, input.gb-line';
  const boxes = [...main.querySelectorAll(edged)].filter(seen).map((e) => [e, e.getBoundingClientRect()]);
  for (const [one, a] of boxes) for (const [other, b] of boxes) {
    if (one === other || one.contains(other) || other.contains(one)) continue;
    const beside = Math.min(a.right, b.right) - Math.max(a.left, b.left), gap = b.top - a.bottom;
    if (beside > 16 && gap >= -1 && gap < 3) found.push(`${said(one)} touches ${said(other)}`);
  }
  return [...new Set(found)];
}"""


def stuck(page: Page) -> list[str]:
    """What stands at the edge (within 8 px), under the top bar (within 6) or on another control (within 3)."""
    return list(page.evaluate(_STUCK))
