// The form-like editor while the connection is away: nothing that is typed then would be kept, so the page says that it
// isn't connected and its fields are shut until it is back. What was typed just before is sent once more when it is.
window.gbAway = {
  // What was typed so long before the connection was found to be gone may not have arrived.
  DOUBT_MS: 90_000,
  // The server hears a page that is back only after it has greeted it.
  GREETED_MS: 600,
  // A server that has much to do greets later, and what it is told before is lost without a word: it is told again for
  // as long as it is in doubt.
  AGAIN_MS: [0, 2_000, 5_000, 10_000, 20_000, 40_000, 80_000],
  typed: new Map(),

  isAway() {
    return !window.socket?.connected || (!navigator.onLine && !window.gbServerIsHere);
  },
  show() {
    const is = this.isAway();
    if (is === this.was) return;
    this.was = is;
    clearTimeout(this.opening);
    if (!is) {
      this.opening = setTimeout(() => this.open(), this.GREETED_MS);
      return;
    }
    this.had = document.activeElement;
    const since = Date.now() - this.DOUBT_MS;
    for (const [field, at] of this.typed) if (at < since) this.typed.delete(field);
    this.draw(true);
  },
  open() {
    for (const wait of this.AGAIN_MS) setTimeout(() => this.resend(), wait);
    this.draw(false);
    // An element that is inert loses the keyboard: who was typing goes on where they were.
    if (this.had?.isConnected && document.activeElement === document.body) this.had.focus();
  },
  draw(is) {
    for (const note of document.querySelectorAll(".co-away")) note.hidden = !is;
    for (const part of document.querySelectorAll(".co-typed")) part.inert = is;
  },
  resend() {
    const since = Date.now() - this.DOUBT_MS;
    for (const [field, at] of this.typed) at < since ? this.typed.delete(field) : this.send(field);
  },
  // What has arrived already changes nothing there.
  send(field) {
    const id = field.isConnected && field.closest('[id^="c"]')?.id;
    if (id) getElement(id)?.$emit("update:modelValue", field.value);
  },
  watch() {
    if (this.was !== undefined) return;
    this.was = false;
    addEventListener("input", ({ target }) => {
      if (target.closest?.(".co-typed :is(.ed-line, .gb-slot)")) this.typed.set(target, Date.now());
    }, true);
    for (const one of ["connect", "disconnect"]) window.socket?.on(one, () => this.show());
    for (const one of ["online", "offline"]) addEventListener(one, () => this.show());
    this.show();
  },
};
