"""What can be seen of a page without a human: overflow, contrast and names, targets, literals, a picture."""

import os
import time
from collections.abc import Collection
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, Error, Page
from playwright.sync_api import TimeoutError as WaitedTooLongError

from tests.fakes.literals import bare

Scheme = Literal["light", "dark"]

SHOTS = Path(__file__).parents[2] / ".cache" / "screenshots"

PHONE = (390, 844)
NARROW = (320, 640)
DESK = (1440, 900)

_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth, wide = [];
  if (document.documentElement.scrollWidth > width)
    for (const e of document.querySelectorAll('body *')) {
      const box = e.getBoundingClientRect();
      if (box.right > width + 1 && box.width > 0) wide.push(`${e.tagName}.${e.className} ${Math.round(box.right)}`);
    }
  return wide.slice(0, 8);
}"""

_SMALL = """(least) => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
  .filter(e => e.checkVisibility() && !e.closest('.gb-skip, p, .q-field, .gb-tl, .lg-grid') && !e.disabled)
  .map(e => [e, (e.closest('label') ?? e).getBoundingClientRect()]) // a label around its field is what one hits
  .filter(([, box]) => box.width > 0 && (box.height < least - 0.5 || box.width < least - 0.5))
  .map(([e, box]) => `${e.tagName}.${e.className} ${Math.round(box.width)}x${Math.round(box.height)} ${e.textContent}`)
"""

_CRAMPED = f"(least) => [...({_OVERFLOW})(), ...({_SMALL.strip()})(least)]"

_TEXTS = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const parent = node.parentElement;
    if (node.data.trim() && !parent.closest(
        'script, style, noscript, template, #esm-fallback, .q-uploader__header, .q-icon, .cm-editor, .co-sentence'))
      found.push(node.data.trim());
  }
  for (const e of document.querySelectorAll('.co-sentence')) { // one message, into which fields are put
    const whole = e.cloneNode(true);
    whole.querySelectorAll('.q-icon').forEach((icon) => icon.remove());
    found.push(whole.textContent.trim());
  }
  for (const e of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      if (e.getAttribute(name) && !e.closest('.cm-editor')) found.push(e.getAttribute(name).trim());
  found.push(document.title);
  return found;
}"""


# One call instead of Playwright's own waits, which bring 250 kB of script into each new page before they look at it.
# Quasar places fields' labels in the next frames, and lets them glide there. The editor of files gets its name last.
_SETTLED = """async ([shows, patience]) => {
  const drawn = () => document.readyState === 'complete'
    && (!document.getElementById('app') || window.did_handshake && document.querySelector('.gb-main'))
    && (!shows || document.querySelector(shows))
    && [...document.querySelectorAll('.sd-code')].every((one) => one.querySelector('.cm-content')?.ariaLabel);
  const until = Date.now() + patience;
  while (!drawn()) {
    if (Date.now() > until) throw new Error(`not drawn after ${patience} ms: ${location.href} ${shows}`);
    await new Promise((go) => setTimeout(go, 50));
  }
  const frame = () => new Promise(requestAnimationFrame);
  const ends = (move) => move.playState === 'running' && Number.isFinite(move.effect.getComputedTiming().endTime);
  await frame();
  await frame();
  await Promise.all(document.getAnimations().filter(ends).map((move) => move.finished.catch(() => null)));
  await frame();
}"""

_TWO_FRAMES = """async () => {
  for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
}"""

_NOTHING_KEPT = "() => !Object.keys(localStorage).some((key) => key.startsWith('gridbook:'))"
_LEFT = """() => Object.entries(localStorage).filter(([key]) => key.startsWith('gridbook:')).map(([key, kept]) => {
  const {refused, codes} = JSON.parse(kept);
  return `${key} ${refused ? 'refused' : 'waits'} ${codes || ''}`;
}).join(', ')"""
_POLL = 100
"""Milliseconds between two looks. Without it a frame is waited for, and a page that isn't in front draws none."""

_PATIENT = 90_000
"""Milliseconds: what a busy machine needs at most."""

_AXE = Axe()
# The style sheets aren't read once more (the one rule that would is about the screen's orientation, of which the sheet
# says nothing), and selectors aren't made up: either costs as much as half of the rules. Rules whose faults could be
# moderate at most aren't asked. Contrast costs twice as much as all other rules together: of texts that have the same
# colour, size and weight on the same grounds two are measured, of which axe can say something. With `once` those are
# two of all pages that a window has shown.
_RUN_AXE = """async ([contrast, names, once]) => {
  const rule = axe._audit.rules.find((one) => one.id === 'color-contrast'), check = axe._audit.checks['color-contrast'];
  const {matches} = rule, {evaluate} = check;
  const judged = new Map(once ? JSON.parse(sessionStorage.getItem('judged') ?? '[]') : []);
  const grounds = new Map(), looks = new Map(), times = new Map();
  const ground = (e) => {
    if (!e) return '';
    if (!grounds.has(e)) {
      const s = getComputedStyle(e), own = [s.opacity];
      if (s.backgroundColor !== 'rgba(0, 0, 0, 0)' || s.backgroundImage !== 'none')
        own.push(s.backgroundColor, s.backgroundImage);
      if (!['static', 'relative'].includes(s.position)) own.push(s.position, e.tagName, e.getAttribute('class'));
      const behind = ground(e.parentElement);
      grounds.set(e, own.join() === '1' ? behind : `${behind} ${own}`);
    }
    return grounds.get(e);
  };
  const look = (e) => {
    if (!looks.has(e)) {
      const s = getComputedStyle(e);
      looks.set(e, [ground(e), s.color, s.fontSize, s.fontWeight, s.textShadow].join());
    }
    return looks.get(e);
  };
  const known = (e) => (judged.get(look(e)) ?? 0) >= 2;
  rule.matches = function (e, ...more) { // four, since axe can't say anything of some
    const time = times.get(look(e)) ?? 0;
    if (time >= 4 || known(e) || !matches.call(this, e, ...more)) return false;
    times.set(look(e), time + 1);
    return true;
  };
  check.evaluate = function (e, ...more) {
    if (known(e)) return true;
    const told = evaluate.call(this, e, ...more);
    if (told !== undefined) judged.set(look(e), (judged.get(look(e)) ?? 0) + 1);
    return told;
  };
  const asked = (one) => one === rule ? contrast : names && !['minor', 'moderate'].includes(one.impact);
  const others = axe._audit.rules.filter((one) => !asked(one));
  const rules = Object.fromEntries(others.map((one) => [one.id, {enabled: false}]));
  try {
    const options = {resultTypes: ['violations'], selectors: false, preload: false, rules};
    const found = (await axe.run(document, options)).violations;
    return found.filter((fault) => ['serious', 'critical'].includes(fault.impact)).flatMap((fault) => fault.nodes.map(
      (node) => `${fault.id}: ${node.html.slice(0, 160)} ${(node.failureSummary ?? '').slice(0, 200)}`));
  } finally {
    Object.assign(rule, {matches});
    Object.assign(check, {evaluate});
    if (once) sessionStorage.setItem('judged', JSON.stringify([...judged]));
  }
}"""


def resize(page: Page, size: tuple[int, int]) -> None:
    """Make a window as wide and as high as `size` says in pixels."""
    if page.viewport_size != {"width": size[0], "height": size[1]}:
        page.set_viewport_size({"width": size[0], "height": size[1]})


def wear(page: Page, scheme: Scheme) -> None:
    """Be on a machine that asks for light or dark, and wait until the page has heard of it, if it asked otherwise."""
    if page.evaluate("dark => matchMedia('(prefers-color-scheme: dark)').matches === dark", scheme == "dark"):
        return
    page.emulate_media(color_scheme=scheme)
    page.evaluate(_TWO_FRAMES)


def overflow(page: Page, size: tuple[int, int] | None = None) -> list[str]:
    """The elements that stand out to the right when the page can be scrolled sideways."""
    if size is not None:
        resize(page, size)
    return list(page.evaluate(_OVERFLOW))


def bring_axe(context: BrowserContext) -> None:
    """Let each page of a window begin with axe-core: that costs a quarter of bringing it afterwards."""
    context.add_init_script(_AXE.axe_script)


def serious_faults(page: Page, *, contrast: bool = True, names: bool = True, once: bool = False) -> list[str]:
    """What axe-core finds serious or critical: in the colours of texts (`contrast`), and in all else (`names`).

    With `once` colours that it has judged on an earlier page of the window aren't measured again.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_AXE.axe_script)
    return [fault.replace("\n", " ") for fault in page.evaluate(_RUN_AXE, [contrast, names, once])]


def small_targets(page: Page, least: int = 44) -> list[str]:
    """Links, buttons and fields that are hard to hit; links inside of sentences don't count, nor those in the ledger's
    grid on a desk, where the row is what one hits.
    """
    return list(page.evaluate(_SMALL, least))


def cramped(page: Page, least: int = 44) -> list[str]:
    """`overflow` and `small_targets` in one look."""
    return list(page.evaluate(_CRAMPED, least))


def literals(page: Page, data: Collection[str] = ()) -> list[str]:
    """Texts of a page in the pseudo-locale that came from no catalogue and aren't among the people's `data`."""
    return bare(page.evaluate(_TEXTS), data)


def settle(page: Page, shows: str = "") -> None:
    """Wait until the page is drawn and, if it is NiceGUI's, connected, and until it has what the selector `shows`."""
    deadline = time.monotonic() + _PATIENT / 1000
    while True:
        page.wait_for_load_state("load")
        try:
            page.evaluate(_SETTLED, [shows, _PATIENT])
        except Error as fault:  # it led on to another page
            if "context was destroyed" not in str(fault) or time.monotonic() > deadline:
                raise
        else:
            return


def lose_connection(context: BrowserContext, page: Page) -> None:
    """Take the connection away, and wait until the page has noticed."""
    context.set_offline(True)
    page.wait_for_function("() => !window.socket.connected", polling=_POLL, timeout=_PATIENT)


def wait_until_nothing_is_kept(page: Page) -> None:
    """Wait until the server has acknowledged all that waited in this browser; say what is left if it doesn't."""
    try:
        page.wait_for_function(_NOTHING_KEPT, polling=_POLL, timeout=_PATIENT)
    except WaitedTooLongError as fault:
        left = page.evaluate(_LEFT)
        raise AssertionError(f"still kept: {left}; {page.locator('.gb-outbox').inner_text()!r}") from fault


def settle_form(page: Page) -> None:
    """Wait until the page's form is kept on the phone too: without a connection nobody would keep what comes before."""
    settle(page)
    page.wait_for_selector("[data-kept]", state="attached")


def picture(page: Page, name: str) -> None:
    """Keep a screenshot for a human to look at, where one asks for them (`GRIDBOOK_PICTURES=1`): each takes a while."""
    if not os.environ.get("GRIDBOOK_PICTURES"):
        return
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")
