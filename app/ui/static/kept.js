/* What this device keeps of forms that weren't submitted: told to the list of drafts, thrown away and put back with it.
 *
 * It reads what keeper.js writes, and counts on every page that has a place for the count (.gb-drafts).
 */
(() => {
  const told = document.getElementById("gb-keeper");
  if (!told) return;
  const own = `gridbook:${JSON.parse(told.textContent).account}:`, outbox = own + "!out:", GONE = "gone:", MINUTE = 60000;

  const read = (key) => {
    try { return JSON.parse(localStorage.getItem(key) || "null"); } catch { return null; }
  };
  const names = (prefix) => {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; }
  };

  /** All of this account: `queued` is submitted and waits for the connection; it is no draft any more. */
  function all() {
    const out = names(outbox).map(read).filter((item) => item?.key);
    const queued = new Set(out.filter((item) => !item.refused).map((item) => item.key));
    const kept = names(own).map((name) => name.slice(own.length)).filter((key) => !key.startsWith("!"));
    const found = kept.filter((key) => !queued.has(key) && read(own + key)?.dirty).map((key) => {
      const {at, begun, title, who} = read(own + key);
      return {key, at, begun, title: title || "", who: who || "", queued: false};
    });
    for (const item of out) {
      if (item.refused || found.some((one) => one.key === item.key)) continue;
      found.push({key: item.key, at: item.pressed, title: item.title || "", who: item.who || "", queued: true});
    }
    return found;
  }

  /** The files that wait for a form go along with it: the form's name changes, so that none takes them up. `names`
   * says at which question of another form they wait from now on; without it they are gone in a minute. */
  function files(from, to, names) {
    return new Promise((done) => {
      try {
        const opening = indexedDB.open("gridbook", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("files", {keyPath: "id", autoIncrement: true});
        opening.onerror = () => done();
        opening.onsuccess = () => {
          const base = opening.result, step = base.transaction("files", "readwrite"), store = step.objectStore("files");
          store.openCursor().onsuccess = (event) => {
            const at = event.target.result;
            if (!at) return;
            const one = at.value;
            if (one.draft === from && names) at.update({...one, draft: to, field: names[one.field] ?? names[""] ?? one.field});
            else if (one.draft === from) to ? at.update({...one, draft: to, gone: Date.now()}) : at.delete();
            else if (one.draft.startsWith(GONE) && Date.now() - one.gone > MINUTE) at.delete();
            at.continue();
          };
          step.oncomplete = step.onabort = () => { base.close(); done(); };
        };
      } catch { done(); }
    });
  }

  function filesOf(draft) {
    return new Promise((done) => {
      try {
        const opening = indexedDB.open("gridbook", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("files", {keyPath: "id", autoIncrement: true});
        opening.onerror = () => done([]);
        opening.onsuccess = () => {
          const base = opening.result, step = base.transaction("files"), asked = step.objectStore("files").getAll();
          step.oncomplete = () => { base.close(); done(asked.result.filter((one) => one.draft === draft)); };
          step.onabort = () => { base.close(); done([]); };
        };
      } catch { done([]); }
    });
  }

  const thrown = new Map();
  const api = window.gridbookKept = {
    all, count,
    /** What was changed on this device in one form, null for nothing. */
    one(key) {
      const kept = read(own + key);
      return kept?.dirty ? {answers: kept.dirty, begun: kept.begun || null} : null;
    },
    /** It has reached the server. */
    forget(key) {
      try { localStorage.removeItem(own + key); } catch { /* it keeps none */ }
      for (const name of names(outbox)) {
        const item = read(name);
        if (item?.key === key && item.refused) localStorage.removeItem(name);
      }
      count();
    },
    async discard(key) {
      const refused = names(outbox).filter((name) => read(name)?.key === key && read(name).refused);
      thrown.set(key, [own + key, ...refused].map((name) => [name, localStorage.getItem(name)]));
      api.forget(key);
      await files(own + key, GONE + key);
    },
    async putBack(key) {
      for (const [name, text] of thrown.get(key) || []) if (text !== null) localStorage.setItem(name, text);
      thrown.delete(key);
      await files(GONE + key, own + key);
      count();
    },
    /** They wait for another form, which goes on with what was typed. */
    move: (from, to, names) => files(own + from, own + to, names),
    /** List in an element the files that wait here for a form which can't be opened any more, to be kept elsewhere. */
    async waiting(key, id) {
      api.list(document.getElementById(id), await filesOf(own + key));
    },
    /** List files in an element, each to be kept elsewhere; without any it isn't shown. */
    list(place, found) {
      if (!place) return;
      place.hidden = !found.length;
      place.querySelector("ul").replaceChildren(...found.map(({file}) => {
        const row = document.createElement("li"), way = document.createElement("a");
        way.href = URL.createObjectURL(file);
        way.download = way.textContent = file.name;
        way.className = "gb-link";
        row.append(way);
        return row;
      }));
    },
    /** Put what stands in an element onto the clipboard, also where the browser keeps that for safe addresses. */
    async copy(id, button) {
      const rows = [...document.querySelectorAll(`#${id} dt`)];
      const text = rows.map((row) => `${row.innerText}\n${row.nextElementSibling?.innerText || ""}`).join("\n\n");
      let done = false;
      try { await navigator.clipboard.writeText(text); done = true; } catch { done = byHand(text); }
      if (done) button.dispatchEvent(new Event("gb-copied"));
    },
  };

  function byHand(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* it says so by not saying it did */ }
    area.remove();
    return done;
  }

  /** How many there are: what the server has, and what only this device has. */
  function count() {
    for (const place of document.querySelectorAll(".gb-drafts")) {
      const here = all(), queued = here.filter((one) => one.queued).map((one) => one.key);
      const keys = new Set([...JSON.parse(place.dataset.keys || "[]"), ...here.map((one) => one.key)]);
      for (const key of queued) keys.delete(key);
      place.hidden = !keys.size;
      const words = place.querySelector("[data-words]");
      if (words) words.textContent = words.dataset.words.replace("{n}", keys.size);
    }
  }
  const started = () => {
    count();
    files("", "");  // what was thrown away more than a minute ago
  };
  if (document.readyState === "complete") started(); else addEventListener("load", started);
  addEventListener("storage", count);
})();
