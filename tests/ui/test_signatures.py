import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from nicegui import helpers, ui
from nicegui.helpers import functions
from nicegui.testing import User

from app.ui import signatures


class Handlers:
    def none(self) -> None: ...
    def one(self, event: object) -> None: ...
    def chosen(self, event: object = None) -> None: ...
    def any_number(self, *events: object, **named: object) -> None: ...
    @classmethod
    def of_all(cls, event: object) -> None: ...
    @staticmethod
    def apart(event: object) -> None: ...
    def __call__(self, event: object) -> None: ...


def test_what_a_handler_takes_is_what_nicegui_finds_however_often_it_is_asked() -> None:
    one, other = Handlers(), Handlers()
    for it in (one, other, one):
        handlers: list[Callable[..., Any]] = [
            it.none,
            it.one,
            it.chosen,
            it.any_number,
            it.of_all,
            it.apart,
            it,
        ]
        handlers += [lambda: None, lambda event: event, partial(it.one, 1), [].append, print]
        for handler in handlers:
            assert signatures.expects_arguments(handler) == functions.expects_arguments(handler)


async def test_elements_are_made_without_looking_at_their_methods_again(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(helpers, "expects_arguments", helpers.expects_arguments)  # put back at the end
    signatures.install()
    looked: list[Any] = []

    @ui.page("/labels")
    def page() -> None:
        ui.label("first")

        def counted(of: Callable[..., Any]) -> inspect.Signature:
            looked.append(of)
            return inspect.signature(of)

        monkeypatch.setattr(functions, "signature", counted)
        for n in range(20):
            ui.label(str(n))

    await user.open("/labels")
    await user.should_see("19")
    assert looked == []
