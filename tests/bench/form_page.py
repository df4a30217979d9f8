"""Building a form page of 40 questions, against NiceGUI's own elements for the same questions without our layer.

Both are built in one page of one server, in alternating pairs: their elements, and what of them goes to the browser.
"""

import asyncio
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from nicegui import Client, ui

from app.domain.core.values import Kind
from app.domain.kinds.form import Field
from app.i18n import Translator
from app.services.form_views import FormView, Wanted
from app.ui.pages.forms.page import FormPage
from app.ui.session import Session
from tests.fakes.working import FILES, LEADER, PLACE, Working

QUESTIONS = 40
MOST = 1.5
_KINDS = (
    "type: text",
    "type: integer, at_least: 0",
    "type: date",
    "type: long_text",
    "type: choice, from: {red: {zh: 红}, blue: {zh: 蓝}, green: {zh: 绿}}",
    "type: phone",
    "type: boolean",
    "type: choices, from: {cat: {zh: 猫}, dog: {zh: 狗}, fish: {zh: 鱼}}",
    "type: money",
    "type: time",
)


def form_text() -> str:
    """Return a form of 40 questions of ten types."""
    asked = [
        f"  q{number}: {{title: {{zh: 第 {number} 题}}, {_KINDS[number % len(_KINDS)]}}}"
        for number in range(QUESTIONS)
    ]
    return "\n".join(["form: forty", "title: {zh: 四十题}", "filled_by: [leader]", "fields:", *asked, ""])


def plain(view: FormView, t: Translator) -> None:
    """Build the questions as somebody would who has NiceGUI and nothing else."""
    answers: dict[str, object] = {}
    for field in view.form.fields:
        ui.label(t.text(field.title)).classes("text-lg")
        with ui.element("div"):
            _control(field, t, lambda event, name=field.id: answers.update({name: event.value}))


def _control(field: Field, t: Translator, told: Callable[..., None]) -> None:
    match field.type.kind:
        case Kind.CHOICE:
            ui.radio({choice.id: t.text(choice.title) for choice in field.choices}, on_change=told)
        case Kind.CHOICES:
            for choice in field.choices:
                ui.checkbox(t.text(choice.title), on_change=told)
        case Kind.BOOLEAN:
            ui.radio({True: "是", False: "否"}, on_change=told)
        case Kind.DATE:
            ui.input(on_change=told).props("type=date").classes("w-full")
        case Kind.TIME:
            ui.input(on_change=told).props("type=time").classes("w-full")
        case _ if field.widget == "long_text":
            ui.textarea(on_change=told).props("autogrow").classes("w-full")
        case _:
            ui.input(on_change=told).props("debounce=400").classes("w-full")


def words_of(view: FormView, t: Translator) -> list[str]:
    """Return the words of each question and choice, as a page that asks them has to show."""
    shown = [t.text(field.title) for field in view.form.fields]
    return shown + [t.text(choice.title) for field in view.form.fields for choice in field.choices]


async def measure(folder: Path, pairs: int) -> tuple[str, bool]:
    """Return a line that tells the figures (CPU, machines being shared), and whether both ask the same questions."""
    working = Working(folder, texts={**FILES, "forms/forty.yaml": form_text()})
    await working.start()
    view = await working.work.submissions.open(LEADER, Wanted("forty"))
    services = working.services()
    actor = await services.resolve(LEADER, services.clock())
    session = Session(
        LEADER,
        actor,
        Translator("zh", services.zone(PLACE)),
        "light",
        "",
        "/fill/forty",
        frozenset(),
        services,
    )
    with Client(ui.page("/forty")) as client:
        session.attach(client)

        words = set(words_of(view, session.t))
        same = True

        def spent(build: Callable[[], None]) -> float:
            nonlocal same
            gc.collect()
            start = time.process_time()
            with ui.element("div") as holder:
                build()
            sent = [element._to_dict() for element in client.elements.values()]
            found = time.process_time() - start
            shown = json.dumps(sent, ensure_ascii=False, default=str)
            same &= all(word in shown for word in words)
            holder.delete()
            return found

        def ours() -> None:
            page = FormPage(session, working.work, view, "/today")
            page.build()

        spent(ours), spent(lambda: plain(view, session.t))
        taken: dict[bool, list[float]] = {True: [], False: []}
        for number in range(pairs):
            for own in (True, False) if number % 2 else (False, True):
                taken[own].append(spent(ours if own else lambda: plain(view, session.t)))
    one, other = statistics.median(taken[True]), statistics.median(taken[False])
    return (
        f"(g) a form page of {QUESTIONS} questions: {one * 1000:.1f} ms, NiceGUI's own elements"
        f" {other * 1000:.1f} ms: {one / other:.2f}x (at most {MOST}x);"
        f" {len(words)} questions and choices {'on both' if same else 'DIFFER'}"
    ), same


if __name__ == "__main__":
    import tempfile

    sys.stdout.write(asyncio.run(measure(Path(tempfile.mkdtemp(prefix="gridbook-form-")), 15))[0] + "\n")
