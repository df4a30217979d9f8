// The options of a ChoiceGroup: one element on the server however many there are. See choice_group.py.
export default {
  template: `
    <div>
      <label v-for="[key, words] in options" :key="key" class="gb-choice">
        <input :type="type" :name="group" :value="key" :checked="chosen.includes(key)" /><span>{{ words }}</span>
      </label>
    </div>
  `,
  props: { options: Array, type: String, group: String, chosen: Array },
};
