"""Pictures: given out to those who may see an entry that holds them, and to nobody else who knows their name."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.problem import ProblemError
from app.services.actor import ActorRef, DeniedError
from app.services.filling import RefusedError
from app.services.form_views import Wanted
from app.services.ports import Revision
from app.services.submitted import Submission
from tests.fakes.working import DIRECTOR, FILES, LEADER, NEIGHBOUR, PLACE, DeclaredHere, Working

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path)
    await made.start()
    return made


async def kept(working: Working) -> dict[str, Any]:
    return await working.work.files.keep(LEADER, "楼道.png", PNG)


async def visited(working: Working, subject: str = "hh-1", by: ActorRef = LEADER, **answers: object) -> None:
    whole = {"channel": "home", "condition": "well", **answers}
    submission = Submission(f"visit-{subject}", "visit", whole, subject)
    await working.work.submissions.submit(by, submission)


async def seen_by(working: Working, sha256: str) -> list[ActorRef]:
    """Return who sees a picture after a restart, when nothing is remembered of who uploaded it."""
    files = working.files()
    return [ref for ref in (LEADER, NEIGHBOUR, DIRECTOR) if await files.show(ref, sha256) is not None]


async def test_an_upload_is_seen_by_its_account_alone_until_an_entry_holds_it(working: Working) -> None:
    sha256 = (await kept(working))["sha256"]
    shown = await working.work.files.show(LEADER, sha256)
    assert shown is not None
    assert (shown.content, shown.type) == (PNG, "image/png")
    assert await working.work.files.show(DIRECTOR, sha256) is None
    assert await seen_by(working, sha256) == []


async def test_a_draft_keeps_its_picture_in_sight_of_its_account(working: Working) -> None:
    picture = await kept(working)
    submissions = working.work.submissions
    view = await submissions.open(LEADER, Wanted("visit", "hh-1"))
    await submissions.save_draft(LEADER, view, {"photos": [picture]})
    assert await seen_by(working, picture["sha256"]) == [LEADER]


async def test_who_may_see_an_entry_sees_its_picture(working: Working) -> None:
    picture = await kept(working)
    await visited(working, photos=[picture])
    assert await seen_by(working, picture["sha256"]) == [LEADER, DIRECTOR]


async def test_one_of_several_entries_that_hold_it_is_enough(working: Working) -> None:
    picture = await kept(working)
    await visited(working, photos=[picture])
    assert NEIGHBOUR not in await seen_by(working, picture["sha256"])
    await visited(working, "hh-4", NEIGHBOUR, photos=[picture])
    assert await seen_by(working, picture["sha256"]) == [LEADER, NEIGHBOUR, DIRECTOR]


async def test_a_picture_in_a_sensitive_answer_is_for_those_who_see_such_answers(working: Working) -> None:
    picture = await kept(working)
    await visited(working, papers=[picture])
    assert await seen_by(working, picture["sha256"]) == [LEADER, DIRECTOR]
    role = "config/roles/director.yaml"
    files = {**FILES, role: FILES[role].replace(" see_sensitive,", "")}
    revision = DeclaredHere().load(PLACE, files).revision
    published = Revision(revision, PLACE, files, working.now - timedelta(minutes=1), "w-3")
    await working.store.revisions.add(published)
    assert await seen_by(working, picture["sha256"]) == [LEADER]


async def test_a_session_that_has_ended_sees_nothing(working: Working) -> None:
    picture = await kept(working)
    account = working.store.accounts.accounts[LEADER.account]
    await working.store.accounts.save(replace(account, session_epoch=1))
    with pytest.raises(DeniedError):
        await working.work.files.show(LEADER, picture["sha256"])


@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 64, "", "A" * 64])
async def test_what_isnt_the_name_of_a_picture_gives_nothing(working: Working, name: str) -> None:
    assert await working.work.files.show(LEADER, name) is None


async def test_a_file_counts_only_if_it_is_here_and_is_what_is_claimed(working: Working) -> None:
    picture = await kept(working)
    with pytest.raises(RefusedError) as fault:
        await visited(working, photos=[{**picture, "sha256": "ab" * 32}])
    assert [(one.problem.code, one.problem.field) for one in fault.value.faults] == [("E723", "photos")]
    for claim in ({"size": 1}, {"type": "image/jpeg"}):
        with pytest.raises(RefusedError) as fault:
            await visited(working, photos=[{**picture, **claim}])
        assert [one.problem.code for one in fault.value.faults] == ["E715"]


async def test_a_correction_may_keep_a_picture_whose_content_was_lost(working: Working) -> None:
    picture = await kept(working)
    await visited(working, photos=[picture])
    for path in list(Path(str(working.folder)).rglob(picture["sha256"])):  # noqa: ASYNC240
        path.unlink()
    better = Submission(
        "better-12", "visit", {"channel": "phone", "condition": "well", "photos": [picture]}, "hh-1"
    )
    receipt = await working.work.submissions.correct(LEADER, "visit-hh-1", better, "打错了")
    assert receipt.entry.answers["photos"] == [picture]


async def test_documents_are_taken_where_they_are_accepted_and_nowhere_else(working: Working) -> None:
    files = working.work.files
    kept_one = await files.keep(LEADER, "notice.png", b"%PDF-1.7\n", {"application/pdf"})
    assert kept_one["type"] == "application/pdf"
    with pytest.raises(ProblemError, match="E715"):
        await files.keep(LEADER, "notice.png", b"%PDF-1.7\n")


async def test_a_drawing_that_comes_with_its_form_becomes_a_file(working: Working) -> None:
    drawn = {"inline": "data:image/png;base64," + b64encode(PNG).decode()}
    others = {"bad": {"inline": "data:image/png;base64,!"}, "other": {"inline": "file:///etc"}, "words": "x"}
    taken = await working.work.files.take_inline(LEADER, {"name": drawn, **others})
    assert [item["type"] for item in taken["name"]] == ["image/png"]
    assert {name: taken[name] for name in others} == others
    text = {"inline": "data:image/png;base64," + b64encode(b"words").decode()}
    with pytest.raises(ProblemError, match="E715"):
        await working.work.files.take_inline(LEADER, {"name": text})
