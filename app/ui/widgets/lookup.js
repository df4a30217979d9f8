// A list to search in as one types: what is there came with the page, so that it needs no connection. See lookup.py.
const lists = {};

export default {
  template: `
    <div class="gb-lookup" @gb-narrow="narrow($event.detail)">
      <ul v-if="picked.length" class="gb-picked">
        <li v-for="[id, name] in picked" :key="id">
          <span>{{ name }}</span>
          <button type="button" :aria-label="words.drop.replace('{name}', name)" @click="drop(id)"
            v-if="!locked">&times;</button>
        </li>
      </ul>
      <input v-if="!locked && (many || !picked.length)" ref="line" type="text" class="gb-line" role="combobox"
        aria-autocomplete="list" autocomplete="off" :aria-label="label" :aria-expanded="open ? 'true' : 'false'"
        :aria-controls="list" :aria-activedescendant="open && active >= 0 ? list + '-' + active : null"
        :placeholder="words.hint" v-model="text" @focus="show" @click="show" @input="typed" @keydown="key"
        @blur="open = false" />
      <ul v-if="open" class="gb-offers" role="listbox" :id="list" :aria-label="label">
        <li v-for="([id, name], at) in shown" :key="id" role="option" :id="list + '-' + at"
          :aria-selected="at === active ? 'true' : 'false'" @mousedown.prevent @click="pick(id)">{{ name }}</li>
      </ul>
      <div v-if="open && note" class="gb-offers-note meta" @mousedown.prevent>{{ note }}</div>
      <div class="gb-visually-hidden" role="status">{{ open ? count : "" }}</div>
    </div>
  `,
  props: {
    source: String, only: Array, chosen: Array, many: Boolean, locked: Boolean, label: String, words: Object,
    remote: Boolean, found: Array, list: String,
  },
  data() {
    return { text: "", open: false, active: -1, ids: [...(this.chosen || [])], timer: 0, drawn: 0, left: null };
  },
  mounted() { this.$nextTick(() => { this.drawn += 1; }); },  // the list may stand further down on the page
  watch: { only() { this.left = null; } },
  computed: {
    options() {
      if (this.drawn < 0) return [];
      if (this.left) return all(this.source).filter(([id]) => this.left.has(id));
      if (this.remote && this.found) return this.found;
      return this.only ? all(this.source).filter(([id]) => this.allowed.has(id)) : all(this.source);
    },
    allowed() { return new Set(this.only || []); },
    fitting() {
      const wanted = this.text.trim().toLowerCase().split(/\s+/).filter(Boolean);
      const left = this.options.filter(([id]) => !this.ids.includes(id));
      return left.filter(([, name]) => wanted.every((word) => name.toLowerCase().includes(word)));
    },
    shown() { return this.fitting.slice(0, 40); },
    picked() {
      if (this.drawn < 0) return [];
      const names = new Map([...all(this.source), ...(this.found || [])]);
      return this.ids.map((id) => [id, names.get(id) || id]);
    },
    count() { return this.words.count.replace("{n}", this.fitting.length); },
    note() {
      if (!this.fitting.length) return this.words.none;
      return this.fitting.length > this.shown.length ? this.words.more.replace("{n}", this.fitting.length) : "";
    },
  },
  methods: {
    show() {
      this.open = true;
      const bar = document.querySelector(".fm-bar")?.getBoundingClientRect().top ?? innerHeight;
      const left = Math.min(bar, visualViewport?.height ?? innerHeight) - this.$el.getBoundingClientRect().bottom;
      if (left < 220) this.$el.scrollIntoView({ block: "start", behavior: "instant" });  // there is no room for the list
    },
    typed() {
      this.open = true;
      this.active = this.text.trim() ? 0 : -1;
      if (!this.remote) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.$emit("search", this.text), 250);
    },
    key(event) {
      const most = this.shown.length - 1;
      if (event.key === "ArrowDown") this.active = this.open ? Math.min(most, this.active + 1) : 0;
      else if (event.key === "ArrowUp") this.active = Math.max(0, this.active - 1);
      else if (event.key === "Enter" && this.open && this.shown.length) this.pick(this.shown[Math.max(0, this.active)][0]);
      else if (event.key === "Backspace" && !this.text && this.many && this.ids.length) this.drop(this.ids[this.ids.length - 1]);
      else if (event.key === "Escape" && this.open) { this.open = false; event.stopPropagation(); return; }
      else return;
      event.preventDefault();
      if (event.key.startsWith("Arrow")) {
        this.open = true;
        this.$nextTick(() => this.$el.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }));
      }
    },
    narrow(left) {  // while the connection is away; the server says 'only'
      this.left = left && new Set(left);
      const kept = this.ids.filter((id) => !left || left.includes(id));
      if (kept.length === this.ids.length) return;
      this.ids = kept;
      this.told();
    },
    pick(id) {
      this.ids = this.many ? [...this.ids, id] : [id];
      this.text = "";
      this.active = -1;
      this.open = this.many && this.open;
      this.told();
      this.$nextTick(() => (this.$refs.line || this.$el.querySelector(".gb-picked button"))?.focus());
      if (!this.many) this.open = false;
    },
    drop(id) {
      this.ids = this.ids.filter((one) => one !== id);
      this.told();
      this.$nextTick(() => { this.$refs.line?.focus(); this.open = false; });
    },
    told() {
      const detail = this.many ? [...this.ids] : this.ids[0] || "";
      this.$el.dispatchEvent(new CustomEvent("gb-answer", { bubbles: true, detail }));
    },
  },
};

function all(source) {
  const place = document.querySelector(`[data-list="${source}"]`);
  if (!place) return [];
  const text = place.dataset.options;
  if (lists[source]?.text !== text) lists[source] = { text, options: JSON.parse(text) };
  return lists[source].options;
}
