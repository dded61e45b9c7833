"""How properties are tried: the same examples each time, so that a change is judged by what it changes.

How busy the machine is decides nothing. HYPOTHESIS=exploring looks for new ones.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("exploring")
settings.load_profile(os.environ.get("HYPOTHESIS", "repeatable"))
