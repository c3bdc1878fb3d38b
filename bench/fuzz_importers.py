"""Import 3,000 damaged workbooks and 2,000 damaged tables: none may crash.

    python bench/fuzz_importers.py [WORKBOOKS [TABLES]]

The same tests as in the suite, with the full numbers; one process of its own for each workbook makes it slow.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

_REPOSITORY = Path(__file__).parents[1]


def main() -> int:
    """Run the tests with the numbers given."""
    workbooks, tables = [*sys.argv[1:], "3000", "2000"][:2] if len(sys.argv) < 3 else sys.argv[1:3]
    chosen = {"TROOPTALLY_FUZZ_WORKBOOKS": workbooks, "TROOPTALLY_FUZZ_TABLES": tables}
    start = time.perf_counter()
    test = _REPOSITORY / "tests" / "importers" / "test_fuzz.py"
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(test)], cwd=_REPOSITORY, env=os.environ | chosen, check=False
    )
    print(f"{workbooks} workbooks and {tables} tables in {time.perf_counter() - start:.0f} s")
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
