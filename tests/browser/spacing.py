"""What stands too close on a phone: text at the screen's edge or over another, content under the top bar."""

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
  for (const row of [...main.querySelectorAll('a[href]')].filter(seen)) {
    const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT), lines = [];
    while (texts.nextNode()) {
      const e = texts.currentNode.parentElement;
      if (!texts.currentNode.data.trim() || !seen(e)) continue;
      range.selectNodeContents(texts.currentNode);
      lines.push(...[...range.getClientRects()].map((box) => [e, box]));
    }
    for (const [one, a] of lines) for (const [other, b] of lines) {
      if (one === other || one.contains(other) || other.contains(one)) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 4 && high > 6) found.push(`${said(one)} lies over ${said(other)}`);
    }
  }
  return [...new Set(found)];
}"""


def stuck(page: Page) -> list[str]:
    """What stands at the edge (within 8 px), under the top bar (within 6), on another control (within 3) or text."""
    return list(page.evaluate(_STUCK))
