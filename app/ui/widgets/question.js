// What a Question asks: its number, label and what is said beside it, then its field; one element on the server, since
// every element costs on a long form. See question.py. While the connection is away static/opening.js numbers it.
export default {
  template: `
    <div @gb-number="own = $event.detail">
      <div class="q">{{ told }}{{ label }}<small v-for="one in beside" :key="one">{{ one }}</small></div>
      <slot></slot>
    </div>
  `,
  props: { label: String, beside: Array, number: Number },
  data() { return { own: null }; },
  computed: {
    told() {
      const number = this.own ?? this.number;
      return number ? `${number}. ` : "";
    },
  },
};
