// A press that meets the moment in which its button is drawn again is a press on what comes in its place: the button
// that does the same at the same place of the file. Otherwise it would be lost, and on a slow line often.
window.gbPresses = {
  // A second press on the same button so soon after the first was meant for that one, and not for what comes after it.
  TWICE_MS: 5_000,
  // How long the page may take to draw what comes in its place.
  DRAWN_MS: 3_000,
  // A hand that presses doesn't hold still altogether.
  STILL_PX: 8,
  // A finger that stays longer means no press.
  LONG_MS: 500,
  pressed: new Map(),

  place: (button) => button.closest("[data-at]")?.dataset.at ?? "",
  buttons(place, press) {
    const all = [...document.querySelectorAll(`.ed button[data-press="${press}"]`)];
    return all.filter((one) => this.place(one) === place);
  },
  // Rows that have no names are told apart by where they stand: after another one went, that is somebody else's place.
  row(button) {
    if (!/(^|[/])[0-9]+([/]|$)/.test(this.place(button))) return "";
    const row = button.closest(".ed-item"), called = row?.querySelector(".ed-called")?.textContent;
    return called ?? [...row?.querySelectorAll("input, textarea") ?? []].map((one) => one.value).join();
  },
  known(button) {
    const place = this.place(button), press = button.dataset.press, all = this.buttons(place, press);
    return { place, press, number: all.indexOf(button), many: all.length, row: this.row(button) };
  },

  // The server has no such button any more: what came in its place is pressed once it is drawn.
  again(id) {
    const was = this.pressed.get(id);
    if (was && !was.twice) this.press(was, document.getElementById(`c${id}`), Date.now() + this.DRAWN_MS);
  },
  press(was, old, until) {
    const all = this.buttons(was.place, was.press), found = all[was.number];
    if (found && found !== old && all.length === was.many && this.row(found) === was.row) found.click();
    else if (Date.now() < until) setTimeout(() => this.press(was, old, until), 60);
  },

  start() {
    const id = (button) => Number(button.id.slice(1));
    // Told before the press itself is: whether there is such a button, before anything comes of it.
    addEventListener("click", (event) => {
      const button = event.target.closest?.(".ed button[data-press]");
      if (!button?.id) return;
      const at = Date.now(), before = this.pressed.get(id(button));
      const twice = before !== undefined && at - before.at < this.TWICE_MS;
      this.pressed.set(id(button), { ...this.known(button), at, twice });
      button.closest(".ed").dispatchEvent(new CustomEvent("gb-press", { detail: id(button) }));
    }, true);

    let down = null;
    addEventListener("pointerdown", (event) => {
      const button = event.isPrimary && !event.button && event.target.closest?.(".ed button[data-press]");
      const { clientX: x, clientY: y } = event;
      down = button ? { button, ...this.known(button), x, y, at: Date.now() } : null;
    }, true);
    addEventListener("click", (event) => {
      if (down?.button.contains(event.target)) down = null;
    }, true);
    // Between down and up it was drawn again, or moved by a line: the browser tells nobody of a press then.
    addEventListener("pointerup", (event) => {
      const was = down, isMouse = event.pointerType === "mouse";
      if (!was || Math.hypot(event.clientX - was.x, event.clientY - was.y) > this.STILL_PX) return;
      if (!isMouse && Date.now() - was.at > this.LONG_MS) return;
      setTimeout(() => {
        if (down !== was) return;
        down = null;
        if (was.button.isConnected) was.button.click();
        else this.press(was, was.button, Date.now() + this.DRAWN_MS);
      }, isMouse ? 30 : 350);
    }, true);
    addEventListener("pointercancel", () => { down = null; }, true);
  },
};
gbPresses.start();
