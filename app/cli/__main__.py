"""`python -m app.cli COMMAND …`, which the `gridbook` script becomes."""

import gc
import io
import sys

# A command is over before its garbage matters; looking for it took a tenth of importing and evaluating. What serves for
# days has thresholds of its own (app/ui/app.py).
gc.set_threshold(50_000, 20, 50)

from app.cli.main import main  # noqa: E402


def speak_everywhere() -> None:
    """Show `?` for what the terminal, or the file behind a pipe, has no character for, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    speak_everywhere()
    code = main(sys.argv[1:])
    gc.freeze()  # what is left ends with the process: nobody needs the cycles among its values to be found first
    sys.exit(code)
