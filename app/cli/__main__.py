"""`python -m app.cli COMMAND …`, which the `gridbook` script becomes."""

import sys

from app.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
