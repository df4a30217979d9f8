import gc

from app.ui import app


def test_a_server_never_searches_what_it_keeps_for_garbage_and_the_pages_that_were_left_seldom() -> None:
    before = gc.get_threshold()
    gc.unfreeze()
    try:
        app.look_for_garbage_seldom()
        assert gc.get_freeze_count() > 100_000
        young, middle, old = gc.get_threshold()
        assert young >= 10 * 700
        assert young * middle * old <= 500_000  # objects until what lived for long is looked through
    finally:
        gc.set_threshold(*before)
