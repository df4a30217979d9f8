"""`python -m app.cli COMMAND …`, which the `gridbook` script becomes."""

import gc
import io
import sys

from app.cli.main import main


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
