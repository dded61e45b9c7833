"""How properties are tried: the same examples each time, so that a change is judged by what it changes.

HYPOTHESIS=exploring looks for new ones.
"""

import os

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True)
settings.register_profile("exploring")
settings.load_profile(os.environ.get("HYPOTHESIS", "repeatable"))
