// The options of a ChoiceGroup: one element on the server however many there are. See choice_group.py.
export default {
  template: `
    <div @gb-narrow="narrow($event.detail)">
      <label v-for="[key, words] in options" :key="key" class="gb-choice" v-show="allows(key)">
        <input :type="type" :name="group" :value="key" :checked="chosen.includes(key)" /><span>{{ words }}</span>
      </label>
      <p v-if="empty && !options.some(([key]) => allows(key))" class="meta">{{ empty }}</p>
    </div>
  `,
  props: { options: Array, type: String, group: String, chosen: Array, only: Array, empty: String },
  data() { return { own: null }; },  // what is left while the connection is away; the server says `only`
  watch: { only() { this.own = null; } },
  methods: {
    allows(key) {
      const left = this.own || this.only;
      return !left || left.includes(key);
    },
    narrow(left) {
      this.own = left;
      if (!left) return;
      const picked = [...this.$el.querySelectorAll("input:checked")], gone = picked.filter((one) => !left.includes(one.value));
      if (!gone.length) return;
      gone.forEach((one) => { one.checked = false; });
      const kept = picked.filter((one) => one.checked).map((one) => one.value);
      const detail = this.type === "checkbox" ? kept : "";
      this.$el.dispatchEvent(new CustomEvent("gb-answer", { bubbles: true, detail }));
    },
  },
};
