"""For all tests: where the tests' own modules are found, and steady property tests."""

import os
import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

# The same examples every time: a test run must not fail by chance. The soak draws anew.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("soak", deadline=None, print_blob=True)
settings.load_profile("soak" if os.environ.get("LUOSHI_SOAK") else "steady")
