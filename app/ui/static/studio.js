// The editor of declared files: what can be typed next is asked of the server, with the text before the cursor. What is
// typed and not stored yet lies in the browser, too: while the connection is away nothing else has it.
const gbTyped = {
  prefix: "gb-typed:",
  week: 7 * 24 * 3600 * 1000,
  read(key) {
    try { return JSON.parse(localStorage.getItem(key) || "null"); } catch { return null; }
  },
  write(key, value) {
    try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* it keeps none */ }
  },
  drop(key) {
    try { localStorage.removeItem(key); } catch { /* nothing there to drop */ }
  },
  sweep() {
    try {
      for (const key of Object.keys(localStorage).filter((one) => one.startsWith(this.prefix)))
        if (!(Date.now() - (this.read(key)?.at ?? 0) < this.week)) this.drop(key);
    } catch { /* it keeps none */ }
  },
};

window.gbStudio = {
  // What was stored last: what is typed now is typed over it.
  saved(text, path) {
    const kept = this.kept;
    if (!kept) return;
    if (path && path !== kept.path) {
      gbTyped.drop(kept.key());
      kept.path = path;
    }
    kept.over = text;
    kept.note();
  },
  forget() {
    if (this.kept) gbTyped.drop(this.kept.key());
  },
  // The editor's own words in the reader's language; it stands alone where a file can only be read.
  async name(id, config) {
    const CM = await import("nicegui-codemirror");
    const holder = getElement(id);
    for (let tries = 0; !holder.editor && tries < 200; tries++) await new Promise((done) => setTimeout(done, 25));
    if (!holder.editor) return null;
    holder.editor.dispatch({
      effects: CM.StateEffect.appendConfig.of([
        CM.EditorView.contentAttributes.of({ "aria-label": config.label }),
        CM.EditorState.phrases.of(config.phrases),
      ]),
    });
    // Marks that are drawn already keep the words they were drawn with.
    for (const mark of holder.$el.querySelectorAll(".cm-foldGutter [title]"))
      mark.title = config.phrases[mark.title] ?? mark.title;
    return holder;
  },
  async attach(id, config) {
    const CM = await import("nicegui-codemirror");
    const holder = await this.name(id, config);
    if (!holder) return;

    const source = async (context) => {
      const word = context.matchBefore(/(?:\b(?:role|post) )?[\w.]+/);
      if (!context.explicit && !word) return null;
      const body = new URLSearchParams({
        csrf: config.csrf,
        draft: config.draft,
        path: config.path,
        before: context.state.sliceDoc(0, context.pos),
      });
      let found = [];
      try {
        const answer = await fetch("/studio/complete", { method: "POST", body });
        if (answer.ok) found = await answer.json();
      } catch {
        return null; // without a connection there is nothing to offer
      }
      return {
        from: word ? word.from : context.pos,
        options: found.map((one) => ({ label: one.text, detail: one.said, type: one.sort })),
        validFor: /^[\w. ]*$/,
      };
    };
    holder.editor.dispatch({
      effects: CM.StateEffect.appendConfig.of([
        CM.EditorState.languageData.of(() => [{ autocomplete: source }]),
        CM.EditorView.updateListener.of((update) => update.docChanged && window.gbStudio.kept?.note()),
      ]),
    });
    const editor = holder.editor;
    const kept = {
      path: config.path,
      over: editor.state.doc.toString(),
      key: () => `${gbTyped.prefix}${config.account}:${config.draft}:${kept.path}`,
      note() {
        const text = editor.state.doc.toString();
        if (text === kept.over) gbTyped.drop(kept.key());
        else gbTyped.write(kept.key(), { text, over: kept.over, at: Date.now() });
      },
    };
    gbTyped.sweep();
    const before = gbTyped.read(kept.key());
    window.gbStudio.kept = kept;
    if (before && before.text !== kept.over) emitEvent("gb-typed", { text: before.text, over: before.over });
  },
};
