/* Keeper: what is filled in stays on this phone too, and what was submitted without a connection is sent until it is
 * acknowledged. It runs on every page of the signed-in; a page's own part is set up by `open` (see widgets/keeper.py).
 *
 * In the browser's storage, for each account:
 *   gridbook:ACCOUNT:DRAFT          {id, at, dirty}     what was changed in a form and the server hasn't said it has,
 *                                   with what a list needs to name it and to open it again {begun, title, who};
 *                                   `page` says whose it is; of several pages `parts` holds each one's by itself
 *   gridbook:ACCOUNT:!out:ID        what was submitted and isn't acknowledged; ID is the entry's, so that sending it
 *                                   twice stores it once
 */
(() => {
  const told = document.getElementById("gb-keeper");
  if (!told) return;
  const config = JSON.parse(told.textContent);
  const own = `gridbook:${config.account}:`, outbox = own + "!out:";
  const RETRY_SECONDS = [3, 5, 10, 20, 40, 60], ANSWER_MS = 8000, SEND_MS = 20000, SETTLE_MS = 10000, SLOWEST = 10;
  // SLOWEST: bytes in a millisecond that a file is waited for.
  let form = null, busy = false, tries = 0, timer = 0, waiting = 0, refused = null, locked = false;

  // ---- the browser's storage; one that forbids it keeps nothing, and is said to
  const read = (key) => {
    try { return JSON.parse(localStorage.getItem(key) || "null"); } catch { return null; }
  };
  let unkept = "nowhere";  // why nothing could be written last
  const isFull = (fault) => ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"].includes(fault?.name);
  const write = (key, value) => {
    try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch (fault) {
      // A private window of some browsers has a storage without any room.
      unkept = isFull(fault) && localStorage.length ? "full" : "nowhere";
      return false;
    }
  };
  const drop = (key) => {
    try { localStorage.removeItem(key); } catch { /* nothing there to drop */ }
  };
  const keys = (prefix) => {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; }
  };
  const ownId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const online = () => Boolean(window.socket?.connected);
  const clock = (at) => new Date(at).toLocaleTimeString(config.language, {hour: "2-digit", minute: "2-digit"});

  // ---- two pages of one draft don't write over each other: each has its part, and keeps it over a reload
  const page = (() => {
    const fresh = ownId();
    try {
      const known = sessionStorage.getItem("gridbook:page") || fresh;
      sessionStorage.setItem("gridbook:page", known);
      return known;
    } catch { return fresh; }
  })();
  const partsOf = (kept) => kept ? kept.parts || {[kept.page || ""]: {id: kept.id, at: kept.at, dirty: kept.dirty}} : {};
  /** Keep parts; what is read of all of them is, question by question, what was answered last. */
  function writeParts(key, parts, names) {
    const found = Object.entries(parts).sort(([, a], [, b]) => a.at - b.at);
    if (!found.length) { drop(key); return true; }
    const [last, {id, at}] = found.at(-1), dirty = Object.assign({}, ...found.map(([, one]) => one.dirty));
    return write(key, {id, at, dirty, page: last, ...(found.length > 1 ? {parts} : {}), ...names});
  }
  function cut(key, isGone) {
    const kept = read(key);
    if (!kept) return drop(key);
    const left = Object.entries(partsOf(kept)).filter(([whose, part]) => !isGone(whose, part));
    writeParts(key, Object.fromEntries(left), {begun: kept.begun, title: kept.title, who: kept.who});
  }
  /** This page's, or what it has taken over as it was opened and nobody has changed since. */
  const isOurs = (whose, part) => whose === page || form.taken[whose] === part.at;
  const letGo = () => cut(form.key, isOurs);

  // ---- what is filled in
  const typed = ["text", "textarea", "date", "time", "tel", "number", "datetime-local", "month", "week"];

  function answerOf(field, target) {
    if (target.type === "radio") {
      const told = target.closest("[data-told]")?.dataset.told;
      return told === "boolean" ? target.value === "true" : told === "integer" ? Number(target.value) : target.value;
    }
    if (target.type === "checkbox") {
      return [...field.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value);
    }
    return target.type === "datetime-local" ? {local: target.value} : target.value;
  }

  function changed(event) {
    const target = event.target, field = target.closest?.("[data-field]");
    if (!field || target.closest("[data-control]") || target.getAttribute("role") === "combobox") return;
    if (![...typed, "radio", "checkbox"].includes(target.type)) return;
    changedTo(field, answerOf(field, target));
  }

  /** A control that puts its answer together itself (fields.js). */
  function composed(event) {
    const field = event.target.closest?.("[data-field]");
    if (field) changedTo(field, event.detail);
  }

  function changedTo(field, answer) {
    const row = field.closest("[data-row]");
    if (row) {
      partOf(row).own[field.dataset.field] = answer;
      return rowsChanged(row.parentElement.closest("[data-field]"));
    }
    take(field.dataset.field, answer);
  }

  function take(name, answer) {
    if (isSaved(name, answer)) return;
    form.dirty[name] = answer;
    tellOnce(name);
    tellKept();
  }

  /** A field tells its change once more as it loses the focus. What is saved by then isn't the phone's alone again: the
   * server, to which nothing has changed, wouldn't say that it has it. */
  const isSaved = (name, answer) => !(name in form.dirty)
    && [form.stored, form.answers].every((one) => same(one[name] ?? "") === same(answer));

  // ---- rows of a repeat: its answer is what stands in the rows that can be seen, in their order
  const parts = new WeakMap();
  function partOf(row) {
    if (!parts.has(row)) parts.set(row, {server: JSON.parse(row.dataset.answers || "{}"), own: {}});
    return parts.get(row);
  }
  const rowsOf = (repeat) => [...repeat.querySelectorAll("[data-row]")].filter((row) => !row.hidden);
  function rowsChanged(repeat) {
    const filled = ([, answer]) => answer !== "" && answer !== null;
    take(repeat.dataset.field, rowsOf(repeat).map((row) => {
      const {server, own: mine} = partOf(row);
      return Object.fromEntries(Object.entries({...server, ...mine}).filter(filled));
    }));
  }
  function rowsKnown(answers) {
    for (const root of document.querySelectorAll("[data-field] [data-rows]")) {
      const repeat = root.closest("[data-field]"), rows = rowsOf(repeat), known = answers[repeat.dataset.field] || [];
      if (rows.length === known.length) rows.forEach((row, at) => { partOf(row).server = known[at]; });
    }
  }

  /** Questions and lists that hang on other answers: without the connection they are opened and narrowed here
   * (opening.js, narrow.js), until the server knows what was answered meanwhile. */
  let alone = false;
  function narrow() {
    alone = alone || !online();
    if (!form || !alone) return;
    const answers = () => ({...form.answers, ...form.dirty});
    const inRow = (row) => ({...partOf(row).server, ...partOf(row).own});
    window.gridbookOpening?.(answers(), inRow);
    window.gridbookNarrow?.(answers(), inRow);
  }
  /** What is answered without the connection comes later by the element that it was answered in, which may be drawn anew
   * by then for an earlier answer. So it is told once more, by question: as the connection is back, and before anything
   * is submitted, until the server says that it has heard. */
  const unheard = new Set();
  let number = 0, late = null;
  function tellOnce(name) {
    if (!online() || late) unheard.add(name); else unheard.delete(name);
  }
  function tellLate() {
    if (!form || form.sent || !online()) return;
    const answers = Object.fromEntries(Object.entries(form.dirty).filter(([name]) => unheard.has(name)));
    late = null;
    if (!Object.keys(answers).length) return unheard.clear();  // it has all of them by now
    late = {n: number += 1, answers};
    document.getElementById(form.root)?.dispatchEvent(new CustomEvent("gb-late", {detail: late}));
  }

  function settle(whatever) {
    if (!alone || !online()) return;
    if (!whatever && Object.entries(form?.dirty || {}).some(([name, value]) => !isThere(form.answers[name], value))) return;
    alone = false;
    window.gridbookOpening?.(null);
    window.gridbookNarrow?.(null);
  }

  function tellKept() {
    narrow();
    say(keep() ? "on-phone" : online() ? "" : unkept, Date.now());
  }

  /** JSON that doesn't hang on the order in which a row's answers were given. */
  const same = (value) => JSON.stringify(value, (key, one) => one && typeof one === "object" && !Array.isArray(one)
    ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one);

  /** Whether the server has an answer as it was given here; some it writes in its own way. */
  function isThere(there, value) {
    const rewritten = /"(local|inline)":/.test(JSON.stringify(value));
    return rewritten || same(there ?? "") === same(value) || (same(value) === "[]" && (there ?? "") === "");
  }

  const named = () => ({begun: form.begun, title: form.title, who: form.who});
  function keep() {
    const others = Object.entries(partsOf(read(form.key))).filter(([whose, part]) => !isOurs(whose, part));
    const own = {id: form.id, at: Date.now(), dirty: form.dirty};
    return writeParts(form.key, {...Object.fromEntries(others), [page]: own}, named());
  }

  /** Show where the answers are: on this phone, nowhere, queued; "" leaves the word to the server. */
  function say(kind, at) {
    const bar = document.querySelector(".fm-saved");
    if (!bar) return;
    bar.dataset.where = kind;
    for (const note of bar.querySelectorAll(".fm-local")) {
      note.hidden = note.dataset.kind !== kind;
      const words = note.querySelector("span[data-words]");
      if (words) words.textContent = words.dataset.words.replace("{time}", at ? clock(at) : "");
    }
  }

  // ---- files that are picked without a connection wait in the browser's database until the form is there again
  function files(mode, act) {
    return new Promise((done, failed) => {
      const opening = indexedDB.open("gridbook", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("files", {keyPath: "id", autoIncrement: true});
      opening.onerror = () => failed(opening.error);
      opening.onsuccess = () => {
        const base = opening.result, step = base.transaction("files", mode), asked = act(step.objectStore("files"));
        step.oncomplete = () => { base.close(); done(asked.result); };
        step.onabort = () => { base.close(); failed(step.error); };  // each error, and no room left: that is no error event
      };
    });
  }
  const waitingFiles = async (draft) => {
    try { return (await files("readonly", (store) => store.getAll())).filter((one) => one.draft === draft); } catch { return []; }
  };
  const dropFiles = (found) => Promise.all(found.map((one) => files("readwrite", (store) => store.delete(one.id))));
  const fieldOf = (name) => document.querySelector(`[data-field="${name}"]`);

  /** Say beneath a question how many of its files wait here, or that none can be taken now. */
  function sayFiles(field, words) {
    let place = field.querySelector(".fm-waiting");
    if (!place) {
      place = document.createElement("div");
      place.className = "fm-waiting";
      place.setAttribute("role", "status");
      field.append(place);
    }
    place.textContent = words;
  }

  async function picked(event) {
    const input = event.target, field = input.closest?.("[data-field]");
    if (!form || !field || input.type !== "file" || !input.closest(".q-uploader") || online()) return;
    event.stopImmediatePropagation();
    const chosen = [...input.files], name = field.dataset.field;
    let left = chosen.length;
    input.value = "";
    untaken.delete(name);
    try {
      if (field.closest("[data-row]")) throw new Error("a row has no place of its own");
      for (const file of chosen) {
        await files("readwrite", (store) => store.add({draft: form.key, field: name, file}));
        left -= 1;
      }
    } catch (fault) { untaken.set(name, isFull(fault) ? config.words.filefull.replace("{n}", left) : config.words.nofile); }
    if (left < chosen.length) keep();
    if (field.closest("[data-row]")) sayFiles(field, config.words.nofile);
    else await countFiles();
  }
  /** Why files of a question weren't taken, by its name; said until some are picked there again. */
  const untaken = new Map();
  /** Files that no question of this form takes: they came along from another one. */
  let strays = [], pending = [];
  async function countFiles() {
    const found = await waitingFiles(form.key);
    const taken = (one) => fieldOf(one.field)?.querySelector(".q-uploader");
    strays = found.filter((one) => !taken(one));
    pending = found.filter((one) => taken(one) && !one.refused);
    const place = document.querySelector(".fm-stray"), ids = strays.map((one) => one.id).join();
    if (place && (place.dataset.ids || "") !== ids) {
      place.dataset.ids = ids;
      window.gridbookKept?.list(place, strays);
    }
    for (const field of document.querySelectorAll("[data-field]:has(.q-uploader)")) {
      const n = found.filter((one) => one.field === field.dataset.field).length;
      const words = [n ? config.words.file.replace("{n}", n) : "", untaken.get(field.dataset.field) || ""];
      if (words.some(Boolean)) sayFiles(field, words.filter(Boolean).join(" · "));
      else field.querySelector(".fm-waiting")?.remove();
    }
    return found;
  }
  /** Hand over what waits, once each; what can't go yet is tried again. What is saved is forgotten here, and no sooner:
   * answers that the page alone has are gone with it. */
  async function sendFiles() {
    clearTimeout(sending);
    if (!form || form.sent) return;  // what was submitted takes its files along
    const found = await countFiles();
    if (online()) await Promise.all(found.map(handOver));
    if ((await countFiles()).length > strays.length) sending = setTimeout(sendFiles, 2000);
  }
  const holds = (answers, {field, file}) => [answers[field] || []].flat()
    .some((item) => item.name === file.name && item.size === file.size);
  async function handOver(one) {
    const input = fieldOf(one.field)?.querySelector(".q-uploader input[type=file]");
    if (holds(form.stored, one)) await dropFiles([one]);
    else if (!holds(form.answers, one) && input && handed.get(one.id) !== input) {  // a question drawn anew has another, and the old one's is lost
      const given = new DataTransfer();
      given.items.add(one.file);
      input.files = given.files;
      input.dispatchEvent(new Event("change", {bubbles: true}));  // as if it was picked now
      if (!input.value) handed.set(one.id, input);  // whoever takes a file empties the field: here nobody listened yet
    }
  }
  let sending = 0;
  const handed = new Map();

  // ---- submitting
  const local = (name) => document.querySelector(`[data-${name}] input`)?.value || "";

  function stopWaiting() {
    clearTimeout(waiting);
    waiting = 0;
  }

  function put() {
    stopWaiting();
    if (!form || form.sent) return;
    if (read(outbox + form.id)) form.id = ownId();  // another page of the same draft was submitted, and waits
    const item = {
      ...form.target, id: form.id, key: form.draft, back: form.back, url: location.pathname + location.search,
      answers: {...form.answers, ...form.dirty}, reason: local("reason"), when: local("when"),
      pressed: Date.now(), files: pending.map((one) => one.id), page, ...named(),
    };
    if (!write(outbox + form.id, item)) return say(unkept);
    keep();
    form.sent = true;
    document.querySelector(".fm-bar .gb-btn-act")?.setAttribute("disabled", "");
    say("queued", Date.now());
    flush();
  }

  function pressed(event) {
    if (!form || !event.target.closest?.(".fm-bar .gb-btn-act")) return;
    if (strays.length && !confirm(config.words.stray.replace("{n}", strays.length))) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (online() && !pending.length) {  // the server answers; where it doesn't, the connection is only said to be there
      tellLate();
      stopWaiting();
      waiting = setTimeout(put, ANSWER_MS);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    put();
  }

  async function send(item) {
    const body = new FormData();
    body.set("csrf", config.csrf);
    // How long ago, not when: clocks of phones are wrong.
    const {begun, title, who, page: whose, files: taken, ...sent} = item;  // what only this device needs
    body.set("submission", JSON.stringify({...sent, ago: Math.max(0, (Date.now() - item.pressed) / 1000)}));
    const answer = await fetch("/submissions", {method: "POST", body, signal: AbortSignal.timeout(SEND_MS)});
    const data = await answer.json().catch(() => ({}));
    return [answer.status, data];
  }

  /** The files that were picked for what waits go up before it, one by one; each is an answer from then on. */
  async function sendFilesOf(key, item) {
    const later = [];
    for (const one of (await waitingFiles(own + item.key)).filter(({id}) => item.files?.includes(id))) {
      if (!holds(item.answers, one)) {
        const body = new FormData();
        body.set("csrf", config.csrf);
        body.set("file", one.file, one.file.name);
        const signal = AbortSignal.timeout(SEND_MS + one.file.size / SLOWEST);
        const answer = await fetch("/submissions/file", {method: "POST", body, signal});
        const data = await answer.json().catch(() => ({}));
        if (answer.status === 422) await files("readwrite", (store) => store.put({...one, refused: true}));
        if (answer.status !== 200) return [answer.status, data];
        item.answers[one.field] = [...(item.answers[one.field] || []), data.file];
        if (!write(key, item)) {  // no room to note it: the file stays until all of it has arrived
          later.push(one);
          continue;
        }
      }
      await dropFiles([one]);
    }
    const told = await send(item);
    if (told[0] === 200) await dropFiles(later);
    return told;
  }

  async function flush() {
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    refused = null;
    locked = false;
    let left = 0;
    try {
      left = await sendAll();
    } finally {  // whatever went wrong here, what waits is tried again
      busy = false;
      tries = left ? tries + 1 : 0;
      banner();
      if (left) timer = setTimeout(flush, 1000 * RETRY_SECONDS[Math.min(tries, RETRY_SECONDS.length - 1)]);
    }
  }

  /** Send what waits, one after the other; returns how many still wait. */
  async function sendAll() {
    let left = 0;
    for (const key of keys(outbox)) {
      const item = read(key);
      if (!item) { drop(key); continue; }
      if (item.refused) { refused = refused || item; continue; }
      let status = 0, data = {};
      try { [status, data] = await sendFilesOf(key, item); } catch { /* no connection: it is tried again */ }
      if (status === 200) {
        drop(key);
        cut(own + item.key, (whose, part) => [undefined, item.id].includes(part.id) && whose === (item.page || ""));
        const done = data.several ? `several=${data.several}&of=${encodeURIComponent(item.id)}` : `done=${encodeURIComponent(data.done)}`;
        if ([form?.id, form?.waits].includes(item.id)) location.assign(`${item.back}${item.back.includes("?") ? "&" : "?"}${done}`);
      } else if (status === 422) {  // it can't be stored like that: it is a draft again, to be mended
        if (!backToDraft(key, item, data.faults || [])) { left += 1; continue; }
        refused = refused || item;
        if ([form?.id, form?.waits].includes(item.id)) location.reload();
      } else {
        left += 1;
        locked = locked || status === 401 || status === 403;
        if (!status) break;
      }
    }
    return left;
  }

  /** What was refused is a draft of its page again, unless that one has begun another. Returns false where none could be kept. */
  function backToDraft(key, item, faults) {
    const parts = partsOf(read(own + item.key)), {begun, title, who} = item;
    const whose = [undefined, item.id].includes(parts[item.page]?.id) ? item.page || "" : item.id;
    const put = () => writeParts(
      own + item.key, {...parts, [whose]: {id: item.id, at: Date.now(), dirty: item.answers}}, {begun, title, who});
    if (!put()) {  // no room for both
      drop(key);
      if (!put()) { write(key, item); return false; }
    }
    write(key, {...item, answers: {}, refused: true, faults});
    return true;
  }

  function banner() {
    window.gridbookKept?.count();
    const bar = document.querySelector(".gb-outbox");
    if (!bar) return;
    const left = keys(outbox).map(read).filter((item) => item && !item.refused).length;
    const words = locked ? config.words.locked : refused ? config.words.refused : config.words.waiting;
    bar.hidden = !left && !refused;
    bar.querySelector(".words").textContent = words.replace("{n}", left);
    const link = bar.querySelector("a");
    link.hidden = !refused || locked;
    if (refused) link.href = refused.url;
  }

  // ---- leaving
  function leaving(event) {
    if (event.target.getAttribute("action") !== "/logout") return;
    const unknown = window.gridbookKept?.all().length || keys(outbox).length;
    if (unknown && !confirm(config.words.leave)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    try { indexedDB.deleteDatabase("gridbook"); } catch { /* it keeps none */ }
    keys("gridbook:").forEach(drop);  // the next one at this browser finds nothing of what was filled in
  }

  /** Listen to what concerns whichever form is open: once, however often one is opened on this page. */
  let watched = false;
  function watch() {
    if (watched) return;
    watched = true;
    document.addEventListener("change", picked, true);
    // What was pressed as the connection went isn't waited for any longer: sent twice, it is stored once.
    window.socket?.on("disconnect", () => { if (waiting) put(); narrow(); });
    window.socket?.on("connect", () => {
      tellLate();
      settle();
      setTimeout(() => settle(true), SETTLE_MS);
      handed.clear();
      setTimeout(sendFiles, 500);
    });
  }

  window.gridbookKeeper = {
    /** Begin to keep a form; returns what is kept of it from before, or null. */
    open(given) {
      const {parts: each, ...all} = read(own + given.draft) || {}, parts = partsOf(all.id && {...all, parts: each});
      const mine = parts[page], kept = all.id ? {...all, ...mine} : null;
      const taken = mine ? {} : Object.fromEntries(Object.entries(parts).map(([whose, {at}]) => [whose, at]));
      form = {...given, stored: given.answers, key: own + given.draft, dirty: {...kept?.dirty}, taken};
      unheard.clear();
      late = null;
      const root = document.getElementById(given.root);
      root?.setAttribute("data-kept", "");
      root?.addEventListener("input", changed, true);
      root?.addEventListener("change", changed, true);
      root?.addEventListener("gb-answer", composed, true);
      root?.addEventListener("gb-rows", (event) => rowsChanged(event.target.closest("[data-field]")), true);
      watch();
      setTimeout(sendFiles, 500);
      const out = keys(outbox).map(read).find((item) => item && !item.refused && item.key === given.draft);
      if (out) {  // it is sent by and by, perhaps under the id of an earlier opening
        form.sent = true;
        form.waits = out.id;
        document.querySelector(".fm-bar .gb-btn-act")?.setAttribute("disabled", "");
        say("queued", out.pressed);
        return null;
      }
      const refusal = keys(outbox).map(read).find((item) => item?.refused && item.key === given.draft);
      return kept && {...kept, refused: Boolean(refusal), reason: refusal?.reason || ""};
    },
    /** The server has saved these answers; what was changed since then is still the phone's alone. */
    saved(answers) {
      if (!form || form.sent) return;
      form.answers = form.stored = answers;
      for (const [name, value] of Object.entries(form.dirty)) {
        if (isThere(answers[name], value)) delete form.dirty[name];
      }
      if (handed.size) sendFiles();
      settle();
      if (Object.keys(form.dirty).length) return keep();
      letGo();
      say("");
    },
    /** Forget what an earlier opening left here: it is in the ledger. */
    forget() {
      if (!form) return;
      form.dirty = {};
      letGo();
    },
    /** What was chosen where the browser's own fields don't tell: a list to search in, a photo. */
    chosen(answers) {
      if (!form) return;
      form.answers = answers;
      rowsKnown(answers);
      settle();
      sendFiles();
    },
    /** The server has heard what was told once more: its word holds, also where it takes an answer away. */
    heard(n, answers) {
      if (!form || late?.n !== n) return;
      form.answers = answers;
      for (const [name, value] of Object.entries(late.answers)) {
        if (same(form.dirty[name]) !== same(value)) continue;  // it was answered again meanwhile
        unheard.delete(name);
        if (!isThere(answers[name], value)) delete form.dirty[name];
      }
      late = null;
      rowsKnown(answers);
      if (unheard.size) return tellLate();
      settle(true);
    },
    /** The server has answered to the pressed button. */
    answered() { stopWaiting(); },
    /** The form is stored, or was thrown away. */
    done() {
      stopWaiting();
      if (!form) return;
      waitingFiles(form.key).then(dropFiles);
      letGo();
      for (const key of keys(outbox)) {  // one that was refused had the id of an earlier opening
        const item = read(key);
        if (item?.key === form.draft && (item.refused || item.id === form.id)) drop(key);
      }
    },
  };
  document.addEventListener("click", pressed, true);
  document.addEventListener("submit", leaving, true);
  addEventListener("online", flush);
  // Another page of this browser has put something in, perhaps one that is closed by now.
  addEventListener("storage", (event) => { if (event.key?.startsWith(outbox) && event.newValue) flush(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
  const started = () => { flush(); };
  if (document.readyState === "complete") started(); else addEventListener("load", started);
})();
