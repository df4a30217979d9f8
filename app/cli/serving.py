"""`serve`: the app on a port, until it is stopped."""

import argparse
import asyncio
import errno
import logging
import signal
import socket
from types import FrameType
from typing import TYPE_CHECKING, Final

from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.leaving import Threads, leave
from app.cli.opened import migrating
from app.domain.plugin import faults
from app.domain.problem import Problem, ProblemError
from app.settings import Settings, load_settings, storage_secret

if TYPE_CHECKING:
    from app.ledger import Store

logger = logging.getLogger("gridbook")

_ELSEWHERE: Final = "192.0.2.1"  # of the range for examples (RFC 5737): nobody's


def serve_(options: argparse.Namespace, console: Console) -> Exit:
    """Serve until Ctrl-C or SIGTERM. Raises ProblemError for what keeps it from starting."""
    settings = _settings(options)
    check_port(settings.host, settings.port)
    storage_secret(settings)  # a folder that can't be written shows now
    loop = asyncio.new_event_loop()
    loop.set_default_executor(Threads())
    store = _opened(loop, settings, console)
    asyncio.set_event_loop(loop)
    from app.bootstrap import wire  # noqa: PLC0415 - what can keep it from starting comes before the slow imports
    from app.ui.app import create_app, serve, stop  # noqa: PLC0415

    wired = wire(settings, store)
    console.problems(faults())

    def ready() -> None:
        # A second Ctrl-C would break the end off in the middle; it takes seconds at most.
        signal.signal(signal.SIGINT, lambda _signal, _frame: stop())
        console.say("cli-serving", address=" · ".join(addresses(settings, network_address())))

    async def stopped() -> None:
        await wired.jobs.stop()
        await wired.background.stop()
        wired.close()
        await store.close()

    create_app(wired.services, settings)
    signal.signal(signal.SIGTERM, _end)
    try:
        serve(
            settings, loop, before=(wired.background.start, wired.jobs.start), after=(stopped,), ready=ready
        )
    except KeyboardInterrupt:
        pass  # the server has stopped in order before it passes the signal on
    except SystemExit as end:
        if end.code:
            raise ProblemError(_port_problem(settings.port, None)) from None
    console.say("cli-stopped")
    leave(Exit.OK)


def _opened(loop: asyncio.AbstractEventLoop, settings: Settings, console: Console) -> "Store":
    """Open the store in the loop that it will belong to. Raises ProblemError, the loop closed."""
    from app.ledger import open_database  # noqa: PLC0415 - after the port was looked at

    try:
        return loop.run_until_complete(open_database(settings.database, say=migrating(console)))
    except BaseException:
        loop.close()
        raise


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _settings(options: argparse.Namespace) -> Settings:
    given = {
        name: value for name, value in (("host", options.host), ("port", options.port)) if value is not None
    }
    settings = load_settings()
    return settings.model_copy(update=given) if given else settings


def addresses(settings: Settings, network: str | None) -> tuple[str, ...]:
    """Tell where the app answers: the address that people type first, then those of this machine.

    `network` is what other machines in the network call this one, None if it is in none; it counts where every
    address is listened on.
    """
    host = settings.host
    everywhere = host in {"0.0.0.0", "::"}  # noqa: S104 - what the deployment chose
    hosts = ["localhost" if everywhere or host == "127.0.0.1" else host]
    if everywhere and network is not None:
        hosts.append(network)
    named = [f"http://{f'[{one}]' if ':' in one else one}:{settings.port}" for one in hosts]
    return (settings.public_url, *named) if settings.public_url else tuple(named)


def network_address() -> str | None:
    """Ask the system which of its addresses it would send from; nothing is sent. None without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_ELSEWHERE, 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def check_port(host: str, port: int) -> None:
    """Raise ProblemError (E531 in use, E532 not ours to listen on) unless the port can be listened on."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if hasattr(signal, "SIGHUP"):  # not on Windows, where it would allow two listeners
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as fault:
        raise ProblemError(_port_problem(port, getattr(fault, "errno", None))) from None


def _port_problem(port: int, why: int | None) -> Problem:
    return Problem("E531" if why in {None, errno.EADDRINUSE} else "E532", values={"port": str(port)})
