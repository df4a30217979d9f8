/* Narrow: lists that hang on other answers, narrowed here while the connection is away. What is needed came with the page
 * (see domain/portable.py and pages/forms/sheet.py): a condition for each choice, or one for all that a reference can be
 * with what it reads of each. Unknown is null, and what isn't surely true isn't offered.
 *
 * A question says by `data-narrow` what narrows it; its control hears `gb-narrow` with what is left (null: all that the
 * server says) and tells by `gb-answer` when an answer fell away.
 */
(() => {
  const read = new Map();

  function toldOf(path) {
    const text = document.querySelector(`[data-narrowing="${CSS.escape(path)}"]`)?.dataset.told;
    if (!text) return null;
    if (read.get(path)?.text !== text) read.set(path, {text, ...JSON.parse(text)});
    return read.get(path);
  }

  function typed(answer, kind) {
    if (answer === undefined || answer === null || answer === "") return null;
    if (kind === "integer") return /^[+-]?\d+$/.test(String(answer).trim()) ? Number(answer) : null;
    if (kind === "choices" || kind === "refs") return Array.isArray(answer) ? answer : null;
    return kind === "text" ? String(answer).trim() || null : answer;
  }

  /** The value of a tree; `answer` reads a question, `columns` are what was read of what can be picked. */
  function value([word, ...parts], answer, columns) {
    const of = (part) => value(part, answer, columns);
    switch (word) {
      case "is": return parts[0];
      case "column": return columns[parts[0]];
      case "answer": return typed(answer(parts[0]), parts[1]);
      case "not": { const one = of(parts[0]); return one === null ? null : !one; }
      case "all": case "some": {
        const decides = word === "some", all = parts.map(of);
        return all.includes(decides) ? decides : all.includes(null) ? null : !decides;
      }
      default: {
        const [left, right] = parts.map(of);
        if (left === null || right === null) return null;
        switch (word) {
          case "has": return left.includes(right);
          case "==": return left === right;
          case "!=": return left !== right;
          case "<": return left < right;
          case "<=": return left <= right;
          case ">": return left > right;
          case ">=": return left >= right;
          default: return null;
        }
      }
    }
  }

  const isTrue = (...all) => value(...all) === true;

  function left(told, answer) {
    const kept = told.keep || [];
    if (told.choices) {
      return [...Object.keys(told.choices).filter((id) => isTrue(told.choices[id], answer, [])), ...kept];
    }
    return [...Object.keys(told.rows).filter((id) => isTrue(told.where, answer, told.rows[id])), ...kept];
  }

  /** What a question within `row` (or the form) is answered; one that isn't asked has no answer. */
  function reader(row, answers, inRow) {
    const own = row ? inRow(row) : {};
    return (name) => {
      const inside = row?.querySelector(`[data-field="${CSS.escape(name)}"]`);
      const field = inside || document.querySelector(`[data-field="${CSS.escape(name)}"]`);
      if (field?.closest(".hidden")) return null;
      return inside ? own[name] : answers[name];
    };
  }

  /** Narrow all lists by these answers; `inRow` returns those of a row. Without answers the server narrows again. */
  window.gridbookNarrow = (answers, inRow) => {
    for (const field of document.querySelectorAll("[data-narrow]")) {
      const control = field.querySelector(".gb-choices, .gb-lookup"), told = toldOf(field.dataset.narrow);
      if (!control || !told) continue;
      const detail = answers ? left(told, reader(field.closest("[data-row]"), answers, inRow)) : null;
      control.dispatchEvent(new CustomEvent("gb-narrow", {detail}));
    }
  };
  window.gridbookNarrow.value = value;
})();
