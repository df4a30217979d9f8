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

  const away = (one) => one === null || one === undefined;

  /** An answer as conditions compare it; one of a question that isn't asked is undefined. */
  function typed(answer, kind) {
    if (answer === undefined) return undefined;
    if (answer === null || answer === "") return null;
    switch (kind) {
      case "integer": return /^[+-]?\d{1,15}$/.test(String(answer).trim()) ? Number(answer) : null;
      case "number": case "money":  // as exact as portable.py says that constants are
        return /^[+-]?\d{1,9}([.,]\d{1,6})?$/.test(String(answer).trim()) ? Number(String(answer).replace(",", ".")) : null;
      case "choices": case "refs": return Array.isArray(answer) ? answer : null;
      case "data": return Array.isArray(answer) && !answer.length ? null : "there";
      case "text": return String(answer).trim() || null;
      default: return answer;
    }
  }

  /** The value of a tree; `answer` reads a question, `columns` are what was read of what can be picked. */
  function value([word, ...parts], answer, columns) {
    const of = (part) => value(part, answer, columns);
    switch (word) {
      case "is": return parts[0];
      case "column": return columns[parts[0]];
      case "answer": return typed(answer(parts[0]), parts[1]);
      case "known": return of(parts[0]) !== null;
      case "applies": return of(parts[0]) !== undefined;
      case "size": { const one = of(parts[0]); return away(one) ? null : one.length; }
      case "not": { const one = of(parts[0]); return away(one) ? null : !one; }
      case "all": case "some": {
        const decides = word === "some", all = parts.map(of);
        return all.includes(decides) ? decides : all.some(away) ? null : !decides;
      }
      default: {
        const [left, right] = parts.map(of);
        if (away(left) || away(right)) return null;
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
      const at = `[data-field="${CSS.escape(name)}"]`;
      const inside = row?.querySelector(at), field = inside || document.querySelector(`${at}:not([data-row] *)`);
      if (field && !asked(field)) return undefined;
      return (inside ? own[name] : answers[name]) ?? null;
    };
  }

  /** Whether a question is asked: what was found out here goes before what the server last said. */
  const asked = (field) => (field.dataset.local ? field.dataset.local === "open" : !field.classList.contains("hidden"));

  /** Narrow all lists by these answers; `inRow` returns those of a row. Without answers the server narrows again. */
  window.gridbookNarrow = (answers, inRow) => {
    for (const field of document.querySelectorAll("[data-narrow]")) {
      const control = field.querySelector(".gb-choices, .gb-lookup"), told = toldOf(field.dataset.narrow);
      if (!control || !told) continue;
      const detail = answers ? left(told, reader(field.closest("[data-row]"), answers, inRow)) : null;
      control.dispatchEvent(new CustomEvent("gb-narrow", {detail}));
    }
  };
  Object.assign(window.gridbookNarrow, {value, isTrue, reader, asked});
})();
