/* Opening: questions that hang on other answers, opened and shut here while the connection is away. Their conditions came
 * with the page (domain/narrowing.py, widgets/keeper.py) and are worked out by narrow.js; a question without one stays as
 * the server said last. What is found out here stands in `data-local`, which goes before the server's word until it is
 * taken away again. Questions come in the form's order, and hang on those before them.
 */
(() => {
  const {isTrue, reader, asked} = window.gridbookNarrow;
  const all = (what) => document.querySelectorAll(what);
  let read = {text: "", trees: {}};

  function trees() {
    const text = document.querySelector("[data-opening]")?.dataset.opening || "{}";
    if (read.text !== text) read = {text, trees: JSON.parse(text)};
    return read.trees;
  }

  const put = (element, isOpen) => { element.dataset.local = isOpen ? "open" : "shut"; };
  const number = (field, told) => field.dispatchEvent(new CustomEvent("gb-number", {detail: told}));

  /** Number the form's own questions anew; what is worked out, a note, and whom it is about, has no number. */
  function renumber() {
    let last = 0;
    for (const field of all("[data-field]:not([data-row] *):not([data-field^='_']):not(:has(> .fm-out, > .fm-note))")) {
      if (asked(field)) number(field, last += 1);
    }
  }

  /** Open and shut by these answers; `inRow` returns those of a row. Without answers the server's word holds again. */
  window.gridbookOpening = (answers, inRow) => {
    if (!answers) {
      all("[data-local]").forEach((one) => { delete one.dataset.local; });
      all("[data-field]").forEach((field) => number(field, null));
      return;
    }
    const known = trees();
    if (!Object.keys(known).length) return;
    for (const field of all("[data-field]")) {
      const row = field.closest("[data-row]"), around = row?.parentElement.closest("[data-field]").dataset.field;
      const tree = known[around ? `${around}.${field.dataset.field}` : field.dataset.field];
      if (tree) put(field, isTrue(tree, reader(row, answers, inRow), []));
    }
    for (const group of all(".fm-if, .fm-sec")) put(group, [...group.querySelectorAll("[data-field]")].some(asked));
    renumber();
  };
})();
