"""Run the command line as `python -m trooptally`."""

import sys

from trooptally.cli import main

if __name__ == "__main__":
    sys.exit(main())
