"""Views of the ledger that have a name: own and shared, opened, renamed, deleted, the first one that opens."""

from pathlib import Path

import pytest

from app.domain.problem import ProblemError
from app.services.actor import DeniedError
from app.services.books.saved_views import SavedViews
from tests.fakes.books import saved_views
from tests.fakes.working import DIRECTOR, LEADER, NEIGHBOUR, Working


@pytest.fixture
async def views(tmp_path: Path) -> SavedViews:
    working = Working(tmp_path)
    await working.start()
    return saved_views(working)


async def test_own_views_are_ones_own_and_shared_ones_everybodys(views: SavedViews) -> None:
    own = await views.save(LEADER, "  我的  走访 ", {"form": "visit", "page": "3"}, shared=False)
    shared = await views.save(DIRECTOR, "全部走访", {"form": "visit", "all": "1"}, shared=True)
    assert (own.name, own.query) == ("我的 走访", {"form": "visit"})
    assert [(view.name, view.shared, view.may_change) for view in await views.all(LEADER)] == [
        ("全部走访", True, False),
        ("我的 走访", False, True),
    ]
    assert [view.id for view in await views.all(NEIGHBOUR)] == [shared.id]
    for call in (views.rename(LEADER, shared.id, "x"), views.delete(LEADER, shared.id)):
        with pytest.raises(DeniedError):
            await call
    with pytest.raises(ProblemError, match="E775"):
        await views.rename(NEIGHBOUR, own.id, "x")
    with pytest.raises(DeniedError):  # a post that sees a part can't speak for the office
        await views.save(LEADER, "大家的", {"form": "visit"}, shared=True)


async def test_a_view_is_renamed_changed_and_deleted(views: SavedViews) -> None:
    view = await views.save(LEADER, "走访", {"form": "visit"}, shared=False)
    await views.rename(LEADER, view.id, "电话")
    await views.change(LEADER, view.id, {"form": "visit", "f.channel": "phone"})
    (found,) = await views.all(LEADER)
    assert (found.name, found.query) == ("电话", {"form": "visit", "f.channel": "phone"})
    await views.delete(LEADER, view.id)
    assert await views.all(LEADER) == ()
    with pytest.raises(ProblemError, match="E775"):
        await views.delete(LEADER, view.id)


async def test_no_two_views_that_one_reader_sees_have_the_same_name(views: SavedViews) -> None:
    own = await views.save(LEADER, "走访 A", {"form": "visit"}, shared=False)
    await views.save(DIRECTOR, "全部走访", {"form": "visit"}, shared=True)
    for name in ("走访 a", "全部走访"):
        with pytest.raises(ProblemError, match="E776"):
            await views.save(LEADER, name, {"form": "visit"}, shared=False)
    with pytest.raises(ProblemError, match="E776"):
        await views.rename(LEADER, own.id, "全部走访")
    await views.rename(LEADER, own.id, "走访 a")
    await views.save(NEIGHBOUR, "走访 A", {"form": "visit"}, shared=False)  # of the leader's it knows nothing
    assert [view.name for view in await views.all(LEADER)] == ["全部走访", "走访 a"]


async def test_the_ledger_opens_with_the_view_that_was_chosen_for_oneself(views: SavedViews) -> None:
    shared = await views.save(DIRECTOR, "全部走访", {"form": "visit"}, shared=True)
    await views.make_default(LEADER, shared.id)
    chosen = await views.default(LEADER)
    assert chosen is not None
    assert (chosen.id, await views.default(DIRECTOR)) == (shared.id, None)
    await views.make_default(LEADER, "")
    assert await views.default(LEADER) is None
    own = await views.save(DIRECTOR, "我的", {"form": "visit"}, shared=False)
    with pytest.raises(ProblemError, match="E775"):
        await views.make_default(LEADER, own.id)
    await views.make_default(DIRECTOR, own.id)
    await views.delete(DIRECTOR, own.id)
    assert await views.default(DIRECTOR) is None


async def test_only_a_view_can_be_what_the_ledger_opens_with(views: SavedViews) -> None:
    shared = await views.save(DIRECTOR, "全部走访", {"form": "visit"}, shared=True)
    await views.make_default(LEADER, shared.id)
    # What remembers the choice is kept beside the views and is the leader's own, but no view.
    with pytest.raises(ProblemError, match="E775"):
        await views.make_default(LEADER, "default-a-zhoumin")
    chosen = await views.default(LEADER)
    assert chosen is not None
    assert chosen.id == shared.id


async def test_a_view_holds_nothing_sensitive_and_no_words_of_anybody(views: SavedViews) -> None:
    asked = {
        "form": "visit",
        "f.concern": "illness",
        "f.notes": "楼道灯",
        "f.condition": "attention",
        "f.nothing": "x",
        "search": "张三",
        "columns": "notes,concern,channel,nothing",
        "period": "2026-Q4",
        "place": "x" * 600,
    }
    view = await views.save(LEADER, "需要关注", asked, shared=False)
    assert view.query == {
        "form": "visit",
        "f.condition": "attention",
        "columns": "notes,channel",
        "period": "2026-Q4",
    }


async def test_a_view_needs_a_name(views: SavedViews) -> None:
    with pytest.raises(ProblemError, match="E774"):
        await views.save(LEADER, "  ", {}, shared=False)


async def test_the_columns_that_one_chose_are_there_again_and_nobody_elses(views: SavedViews) -> None:
    assert await views.columns(LEADER) == {}
    await views.keep_columns(LEADER, "visit", ("notes", "channel", "concern", "never_was"))
    await views.keep_columns(LEADER, "household", ("head",))
    await views.keep_columns(LEADER, "nowhere", ("head",))
    assert await views.columns(LEADER) == {"visit": ("notes", "channel"), "household": ("head",)}
    assert await views.columns(NEIGHBOUR) == {}
    await views.keep_columns(LEADER, "visit", ())
    assert await views.columns(LEADER) == {"household": ("head",)}
    assert await views.all(LEADER) == ()
