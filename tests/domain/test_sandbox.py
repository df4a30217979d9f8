"""What a sandbox is called."""

import pytest

from app.domain.sandbox import is_sandbox, sandbox_of

MARK = "0123456789ab"


@pytest.mark.parametrize("community", ["lakeside", "river/lakeside"])
def test_a_sandbox_lies_beside_its_community_and_what_lies_in_it_is_one(community: str) -> None:
    made = sandbox_of(community, MARK)
    assert made.rpartition("/")[0] == community.rpartition("/")[0]
    assert is_sandbox(made)
    assert is_sandbox(f"{made}/g1")
    assert not is_sandbox(community)


@pytest.mark.parametrize("place", ["sandbox", "sandbox_1", f"sandbox_{MARK}0", f"my_sandbox_{MARK}"])
def test_a_place_that_is_called_alike_is_none(place: str) -> None:
    assert not is_sandbox(place)
