/* Rows of a repeat: adding one shows the next spare one, taking one away hides it; neither needs a connection. The
 * server hears of both by one event, gb-rows, and builds more spare ones. See app/ui/widgets/form_rows.py.
 */
(() => {
  const rowsOf = (root) => [...root.querySelectorAll(":scope > .fm-rows-body > [data-row]")];
  const used = (root) => rowsOf(root).filter((row) => !row.hidden);
  const tell = (root, act, key) => root.dispatchEvent(new CustomEvent("gb-rows", {bubbles: true, detail: {act, key}}));

  function settle(root) {
    const most = Number(root.dataset.rows || 0), there = used(root);
    const full = Boolean(most) && there.length >= most;
    const spare = rowsOf(root).some((row) => row.hasAttribute("data-spare"));
    root.querySelector("[data-row-act=add]").disabled = full || !spare;
    root.querySelector(".fm-rows-full").hidden = !full;
    root.querySelector(".fm-rows-wait").hidden = full || spare;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-row-act]"), root = button?.closest("[data-rows]");
    if (!root || button.disabled) return;
    if (button.dataset.rowAct === "add") {
      const row = rowsOf(root).find((one) => one.hasAttribute("data-spare"));
      if (!row) return settle(root);
      row.removeAttribute("data-spare");
      row.hidden = false;
      tell(root, "add", row.dataset.row);
      row.querySelector("input, textarea, select, button:not([data-row-act])")?.focus();
    } else {
      const row = button.closest("[data-row]");
      row.hidden = true;
      tell(root, "drop", row.dataset.row);
      root.querySelector("[data-row-act=add]").focus();
    }
    settle(root);
  });
  // The server adds spare ones: the button that waited for them works again.
  new MutationObserver((changes) => {
    const roots = new Set(changes.map((one) => one.target.closest?.("[data-rows]")).filter(Boolean));
    roots.forEach(settle);
  }).observe(document.documentElement, {subtree: true, childList: true});
})();
