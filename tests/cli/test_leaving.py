"""A server's process ends soon, whatever its threads are doing."""

import asyncio
import threading

from app.cli.leaving import Threads


def test_a_thread_that_works_on_keeps_no_loop_and_what_has_not_begun_never_does() -> None:
    working, may_end, begun = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        working.set()
        may_end.wait(60)

    async def whole() -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(Threads(patience=0.05, most=1))
        loop.run_in_executor(None, work)
        waiting = loop.run_in_executor(None, begun.set)
        assert working.wait(60)
        await loop.shutdown_default_executor()
        assert not may_end.is_set()
        assert waiting.cancelled()

    asyncio.run(whole())
    may_end.set()
    assert not begun.is_set()


def test_what_ends_in_time_is_waited_for() -> None:
    may_end = threading.Event()
    executor = Threads(patience=60)
    running = executor.submit(may_end.wait, 60)
    threading.Timer(0.02, may_end.set).start()
    executor.shutdown()
    assert running.done()
