// The editor of declared files: what can be typed next is asked of the server, with the text before the cursor.
window.gbStudio = {
  async attach(id, config) {
    const CM = await import("nicegui-codemirror");
    const holder = getElement(id);
    for (let tries = 0; !holder.editor && tries < 100; tries++) await new Promise((done) => setTimeout(done, 50));
    if (!holder.editor) return;

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
        CM.EditorView.contentAttributes.of({ "aria-label": config.label }),
        CM.EditorState.phrases.of(config.phrases),
      ]),
    });
    // Marks that are drawn already keep the words they were drawn with.
    for (const mark of holder.$el.querySelectorAll(".cm-foldGutter [title]"))
      mark.title = config.phrases[mark.title] ?? mark.title;
  },
};
