"""Questions as they are drawn: a form's, or those of one row of a repeat."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from nicegui import ui

from app.domain.kinds.form import Field, Group
from app.domain.submission import Asked as AskedNow
from app.ui.controls import Asked
from app.ui.pages.forms.host import Host
from app.ui.pages.forms.rows import Rows
from app.ui.pages.forms.why import opener
from app.ui.pages.parts.saying import worked_out
from app.ui.pages.parts.words import word
from app.ui.widgets import ChoiceGroup, ConditionalBlock, FormSection, Lookup, Question, text

if TYPE_CHECKING:
    from nicegui.elements.mixins.text_element import TextElement


class Sheet:
    """Some questions. `values` are their answers, changed in place; `prefix` is the path to them, none for a form's."""

    def __init__(
        self,
        host: Host,
        fields: Sequence[Field],
        values: dict[str, Any],
        prefix: Callable[[], str] = str,
    ) -> None:
        """Keep what they are."""
        self.host = host
        self.fields = fields
        self.values = values
        self.prefix = prefix
        self.questions: dict[str, Question] = {}
        self.rows: dict[str, Rows] = {}
        self._outputs: dict[str, TextElement] = {}
        self._made: dict[str, ui.element] = {}
        self._offered: dict[str, tuple[str, ...]] = {}
        self._blocks: list[tuple[ui.element, list[str]]] = []
        self._sections: dict[str, tuple[FormSection, list[str]]] = {}

    # ---- drawing --------------------------------------------------------------------------------------------------
    def draw(self) -> None:
        """Draw them where the caller stands, each section's together."""
        at = 0
        with ExitStack() as stack:
            inside: list[Group] = []
            while at < len(self.fields):
                chain = self._chain(self.fields[at].group)
                if inside != chain:
                    stack.close()
                    for group in chain:
                        stack.enter_context(self._section(group, inner=group is not chain[0]))
                    inside = chain
                at += self._together(at)

    def _chain(self, group: str) -> list[Group]:
        """Return the sections that a question stands in, the outermost first."""
        groups = {one.id: one for one in self.host.view.form.groups}
        chain: list[Group] = []
        while group in groups:
            chain.insert(0, groups[group])
            group = groups[group].within
        return chain

    def _section(self, group: Group, *, inner: bool) -> FormSection:
        if group.id in self._sections:  # its questions go on after those of a section within it
            return self._sections[group.id][0]
        t = self.host.t
        made = FormSection(
            t.text(group.title) or group.id, t.text(group.hint), folded=group.folded, inner=inner
        )
        self._sections[group.id] = made, []
        return made

    def _together(self, at: int) -> int:
        """Draw a question, with those after it that the same answer opens; return how many."""
        t, first = self.host.t, self.fields[at]
        reason = opener(t, self._field, first)
        together = [first]
        for following in self.fields[at + 1 :]:
            if not reason or following.group != first.group or opener(t, self._field, following) != reason:
                break
            together.append(following)
        if not reason:
            self._question(first)
            return 1
        with ConditionalBlock(reason) as block:
            for item in together:
                self._question(item)
        self._blocks.append((block, [item.id for item in together]))
        return len(together)

    def _field(self, name: str) -> Field | None:
        own = next((item for item in self.fields if item.id == name), None)
        return own or self.host.view.form.field(name)

    def _question(self, item: Field) -> None:
        t = self.host.t
        label = t.text(item.title) or item.id
        # A note, and what isn't typed, needs no word that it may be left out.
        required = item.required or item.is_worked_out or item.read_only or item.widget == "note"
        kept = not self.prefix() and item.id in self.host.view.kept
        hint = t("form-kept-back") if kept else t.text(item.hint)
        self.questions[item.id] = made = Question(label, hint, required=required or kept, field=item.id)
        narrowed = f"{self.prefix().partition('.')[0]}.{item.id}".removeprefix(".")
        if narrowed in self.host.narrowed:
            made.props["data-narrow"] = narrowed
        for group in self._chain(item.group):
            self._sections[group.id][1].append(item.id)
        self._control(item)

    def _control(self, item: Field) -> None:
        """Build what a question is answered with, with the answer that it has now."""
        question = self.questions[item.id]
        label = self.host.t.text(item.title) or item.id
        with question:
            control = self.host.controls.get(item.widget)
            if item.is_worked_out:
                self._outputs[item.id] = text("", "fm-out", "output")
                self._outputs[item.id].props["aria-label"] = label
            elif control is not None:
                self._made[item.id] = control(self._asked(item, label, question.fault))

    def _asked(self, item: Field, label: str, say_fault: Callable[[str], None]) -> Asked:
        t, view = self.host.t, self.host.view
        path = self.prefix() + item.id
        found = view.fitting(path, self.host.answers) if item.type.to else {}
        return Asked(
            field=item,
            value=self.values.get(item.id),
            label=label,
            t=t,
            on_change=lambda value: self.set(item.id, value),
            options={key: word(t, name) for key, name in found.items()},
            offered=self._offered.get(item.id),
            keep_file=self.host.keep_file,
            say_fault=say_fault,
            rows=lambda: self._rows(item, label),
            calendar=view.logic.calendar,
            today=view.facts.now.astimezone(t.zone).date(),
            way=self._way,
        )

    def _way(self, place: str) -> list[tuple[str, str]]:
        picking = self.host.view.picking
        found = () if picking is None else picking.way(place)
        return [(one.id, self.host.t.text(one.title) or one.id) for one in found]

    def _rows(self, item: Field, label: str) -> ui.element:
        def make(values: dict[str, Any], prefix: Callable[[], str]) -> Sheet:
            return Sheet(self.host, item.columns, values, prefix)

        made = self.rows[item.id] = Rows(self, item, label, make)
        return made.draw()

    def redraw(self, name: str) -> None:
        """Show an answer that has changed by itself."""
        question, item = self.questions.get(name), self._field(name)
        if question is None or item is None or item.is_worked_out:
            return
        if name in self.rows:
            self.rows[name].take(self.values.get(name))
            return
        question.clear_field()
        self._control(item)

    # ---- answering ------------------------------------------------------------------------------------------------
    def set(self, name: str, value: Any) -> Awaitable[None] | None:  # noqa: ANN401 - JSON is any of its types
        """Take an answer in."""
        if isinstance(value, dict) and "inline" in value:
            return self.host.drawn(self, name, value)

        def change() -> None:
            if value is None or value == "":
                self.values.pop(name, None)
            else:
                self.values[name] = value

        if name in self.questions:
            self.questions[name].fault("")
        self.host.changing(change)
        return None

    # ---- showing --------------------------------------------------------------------------------------------------
    def show(self, asked: AskedNow, *, numbered: bool) -> None:
        """Show what is asked now, what is worked out, and what can be picked."""
        t, number = self.host.t, 0
        seen: dict[str, bool] = {}
        for item in self.fields:
            output = self._outputs.get(item.id)
            # What is worked out is shown where the form has words for it.
            seen[item.id] = item.id in asked.relevant and (output is None or bool(item.title))
            question = self.questions[item.id]
            question.set_visibility(seen[item.id])
            if output is not None:
                output.set_text(worked_out(t, item, asked.values[item.id]) or t("form-not-yet"))
            elif seen[item.id] and numbered and item.widget != "note":
                number += 1
                question.number(number)
            if item.id in self.rows:
                self.rows[item.id].show(asked.rows.get(item.id, ()))
            self._narrow(item, asked)
        for block, members in self._blocks:
            block.set_visibility(any(seen[member] for member in members))
        self._count(seen)

    def _narrow(self, item: Field, asked: AskedNow) -> None:
        """Offer what the other answers leave."""
        offered = asked.offered.get(item.id)
        made = self._made.get(item.id)
        if offered is not None and self._offered.get(item.id) != offered:
            self._offered[item.id] = offered
            if isinstance(made, ChoiceGroup):
                value = self.values.get(item.id)
                chosen = value if isinstance(value, list) else [value]
                made.offer([one.id for one in item.choices if one.id in offered or one.id in chosen])
            else:  # a control of a plugin, drawn with what is offered
                self.questions[item.id].clear_field()
                self._control(item)
                made = self._made.get(item.id)
        if item.where is not None and isinstance(made, Lookup):
            found = self.host.view.fitting(self.prefix() + item.id, self.host.answers)
            made.offer({key: word(self.host.t, name) for key, name in found.items()})

    def _count(self, seen: Mapping[str, bool]) -> None:
        t = self.host.t
        for section, members in self._sections.values():
            asked = [name for name in members if seen[name] and self._counts(name)]
            section.set_visibility(any(seen[name] for name in members))
            done = sum(self.values.get(name) not in (None, "", []) for name in asked)
            section.say(t("form-answered", n=done, of=len(asked)) if asked else "")

    def _counts(self, name: str) -> bool:
        item = self._field(name)
        return item is not None and not item.is_worked_out and item.widget != "note"

    # ---- faults ---------------------------------------------------------------------------------------------------
    def clear_faults(self) -> None:
        """Take all faults away."""
        for question in self.questions.values():
            question.fault("")
        for rows in self.rows.values():
            rows.clear_faults()

    def fault(self, path: str, sentence: str) -> Question | None:
        """Say beside a question what is wrong and return it; None where it can't be seen."""
        name, _, inside = path.partition(".")
        if inside and name in self.rows:
            return self.rows[name].fault(inside, sentence)
        question = self.find(name)
        if question is not None:
            question.fault(sentence)
        return question

    def find(self, name: str) -> Question | None:
        """Return a question that can be seen, with the sections around it unfolded; None for another one."""
        question = self.questions.get(name)
        item = self._field(name)
        if question is None or item is None or not question.visible:
            return None
        for group in self._chain(item.group):
            self._sections[group.id][0].unfold()
        return question
