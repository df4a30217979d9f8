"""What `serve` says when it is ready: where to find it."""

import pytest

from app.cli.serving import addresses
from app.settings import Settings


@pytest.mark.parametrize(
    ("host", "network", "named"),
    [
        ("127.0.0.1", "198.51.100.7", ("http://localhost:8420",)),
        ("0.0.0.0", "198.51.100.7", ("http://localhost:8420", "http://198.51.100.7:8420")),  # noqa: S104
        ("0.0.0.0", None, ("http://localhost:8420",)),  # noqa: S104
        ("198.51.100.7", "198.51.100.7", ("http://198.51.100.7:8420",)),
        ("::1", None, ("http://[::1]:8420",)),
    ],
)
def test_who_listens_for_the_network_is_told_the_address_that_phones_type(
    host: str, network: str | None, named: tuple[str, ...]
) -> None:
    assert addresses(Settings(host=host), network) == named


def test_the_address_behind_a_proxy_comes_first() -> None:
    settings = Settings(public_url="https://grid.example.org")
    assert addresses(settings, None) == ("https://grid.example.org", "http://localhost:8420")
