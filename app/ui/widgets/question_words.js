// What a Question asks: its label and what is said beside it, one element on the server. See question.py.
export default {
  template: `<div class="q">{{ label }}<small v-for="one in beside" :key="one">{{ one }}</small></div>`,
  props: { label: String, beside: Array },
};
