"""What a level above lets this one make of a file beside its figures: what a form may gain, and that it may be off.

It stands in the place's overlay, each with its reason: the file above stays as it is, and its upgrades reach the place.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from nicegui import ui

from app.domain.edits import Data
from app.i18n import LANGUAGES, SOURCE
from app.services.drafting.composing import fresh_name
from app.services.drafting.described import Listed, Mapped, Named, chosen, shape_at
from app.ui.compose import Editor
from app.ui.compose.desk import called, options_of
from app.ui.compose.rows import deciding, title
from app.ui.frame import Action, button
from app.ui.pages.parts.asking import asking, telling
from app.ui.pages.studio.layer_parts import LayersBeside
from app.ui.widgets import Note, box, text

_LONGEST = 200

_FROM, _TO = "from", "to"
"""Keys of a question that some types can't do without: its choices, and what an answer points at."""

_Asked = ui.input | ui.select | ui.textarea

Make = Callable[[str], Awaitable[None]]
"""Stores something for a reason. Raises ProblemError."""


class Permitted:
    """The ways to change a file of a level above without a copy of it."""

    def __init__(self, editor: Editor, layers: LayersBeside, name: str) -> None:
        """Keep what is looked at; `name` is the definition's id."""
        self._editor = editor
        self._layers = layers
        self._name = name
        self._t = editor.t

    @property
    def _data(self) -> Mapping[str, Data]:
        data = self._editor.data
        return data if isinstance(data, Mapping) else {}

    @property
    def _taken(self) -> set[str]:
        """The ids that the form's questions have, those gained already among them."""
        gained = (one.path.split("/") for one in self._layers.further)
        return {*self._fields(), *(path[2] for path in gained if len(path) > 2)}  # noqa: PLR2004 - form/fields/id

    def _fields(self) -> Mapping[str, Data]:
        fields = self._data.get("fields")
        return fields if isinstance(fields, Mapping) else {}

    def draw(self) -> None:
        """Draw the ways that there are, where the caller stands."""
        ways: list[tuple[str, str, Callable[[], None]]] = []
        if self._editor.kind == "form":
            ways.append(("gain-question", "add", self._question))
            if self._with_choices():
                ways.append(("gain-choice", "add", self._choice))
            if "filled_by" in self._data:
                ways.append(("gain-post", "add", self._post))
        bounds = self._data.get("open")
        if isinstance(bounds, Mapping) and bounds.get("off") == "true":
            ways.append(("switch-off", "close", self._off))
        if ways:
            with box("row-c wrap"):
                for word, sign, open_ in ways:
                    button(Action(self._t(f"compose-{word}"), on_click=open_, icon=sign), "quiet").mark(word)

    # ---- what is asked for each
    def _question(self) -> None:
        shape = shape_at(self._editor.language, "form", self._editor.data, ("fields",))
        picks = deciding(self._editor, shape.of, ("fields",)) if isinstance(shape, Mapped) else None
        offers = {} if picks is None else {one.id: called(self._t, one) for one in picks[1]}
        with self._asking("gain-question") as dialog:
            name = self._line("compose-gain-title")
            sort = self._pick("compose-gain-sort", offers, "text" if "text" in offers else None)
            choices = (
                ui.textarea(self._t("compose-gain-choices")).props("outlined autogrow").classes("w-full")
            )
            choices.mark("compose-gain-choices")
            to = self._pick("compose-gain-to", self._things(), None)

            def needs() -> tuple[str, ...]:
                return self._editor.language.needs.get(str(sort.value), ())

            choices.bind_visibility_from(sort, "value", lambda _: _FROM in needs())
            to.bind_visibility_from(sort, "value", lambda _: _TO in needs())

            async def make(why: str) -> None:
                given: dict[str, Data] = {"title": self._titled(name.value), "type": str(sort.value)}
                if _FROM in needs():
                    told = [one for one in str(choices.value or "").splitlines() if one.strip()]
                    given[_FROM] = {f"choice_{n}": self._titled(one) for n, one in enumerate(told, 1)}
                if _TO in needs():
                    given[_TO] = str(to.value)
                new = fresh_name(self._taken, "field")
                await self._layers.gain(f"{self._name}/fields/{new}", given, why)

            def asked() -> tuple[_Asked, ...]:
                more = ((_FROM, choices), (_TO, to))
                return (name, sort, *(one for key, one in more if key in needs()))

            self._end(dialog, make, asked)

    def _things(self) -> dict[str, str]:
        """Return what an answer can point at, by id with its words."""
        return options_of(self._t, self._editor.offers.names.get(Named.REFERENCE, ()), "")

    def _with_choices(self) -> dict[str, str]:
        """Return the questions that are answered by a choice from a list, by id with their titles."""
        return {
            name: title(self._editor, ("fields", name), name)
            for name, one in self._fields().items()
            if isinstance(one, Mapping) and isinstance(one.get("from"), Mapping | list)
        }

    def _choice(self) -> None:
        with self._asking("gain-choice") as dialog:
            of = self._pick("compose-gain-of", self._with_choices(), None)
            name = self._line("compose-gain-title")

            async def make(why: str) -> None:
                question = str(of.value)
                one = self._fields()[question]
                known = one.get("from") if isinstance(one, Mapping) else ()
                start = f"{self._name}/fields/{question}/from/"
                gained = [path.path.removeprefix(start) for path in self._layers.further]
                new = fresh_name({*map(str, known or ()), *gained}, "choice")
                await self._layers.gain(start + new, {"title": self._titled(name.value)}, why)

            self._end(dialog, make, lambda: (of, name))

    def _post(self) -> None:
        editor = self._editor
        shape = shape_at(editor.language, "form", editor.data, ("filled_by",))
        own = None if shape is None else chosen(shape, self._data.get("filled_by"), editor.language)
        leaf = own.of if isinstance(own, Listed) else None
        offers = editor.offers.of(leaf) if leaf is not None else ()  # type: ignore[arg-type]
        there = self._data.get("filled_by")
        options = {
            key: word
            for key, word in options_of(self._t, offers, "").items()
            if key not in (there if isinstance(there, list) else [there])
        }
        with self._asking("gain-post") as dialog:
            post = self._pick("compose-gain-who", options, None)

            async def make(why: str) -> None:
                await self._layers.gain(f"{self._name}/filled_by", str(post.value), why)

            self._end(dialog, make, lambda: (post,))

    def _off(self) -> None:
        with self._asking("switch-off") as dialog:
            self._end(dialog, self._layers.switch_off, tuple)

    # ---- the dialog
    @contextmanager
    def _asking(self, word: str) -> Iterator[ui.dialog]:
        with asking(self._t(f"compose-{word}")) as dialog:
            text(self._t(f"compose-{word}-what"), "meta")
            yield dialog

    def _titled(self, typed: str) -> dict[str, Data]:
        """Return what was typed as a title in the reader's language: nobody types another one than they read."""
        language = self._t.language if self._t.language in LANGUAGES else SOURCE
        return {language: typed.strip()}

    def _line(self, word: str) -> ui.input:
        made = ui.input(self._t(word)).props(f"outlined maxlength={_LONGEST}").classes("w-full")
        return made.mark(word)

    def _pick(self, word: str, options: Mapping[str, str], value: str | None) -> ui.select:
        made = ui.select(dict(options), label=self._t(word), value=value).props("outlined").classes("w-full")
        return made.mark(word)

    def _end(self, dialog: ui.dialog, make: Make, asked: Callable[[], Iterable[_Asked]]) -> None:
        """End the dialog with the reason and the way to store it; `asked` gives what must be said before."""
        t = self._t
        why = ui.input(t("layers-why")).props("outlined maxlength=300").classes("w-full").mark("gain-why")
        told = box("")

        async def save() -> None:
            told.clear()
            lacking = [str(one.props["label"]) for one in (*asked(), why) if not str(one.value or "").strip()]
            if lacking:
                with told:
                    Note(t("compose-gain-lacks", what=t.listed(lacking)), "late")
                return
            with telling(t, told):
                await make(str(why.value or ""))
                dialog.close()

        with box("row-c wrap"):
            button(Action(t("layers-save"), on_click=save, icon="check")).mark("gain-save")
            button(Action(t("action-cancel"), on_click=dialog.close), "quiet")
