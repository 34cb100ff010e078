import sys
from pathlib import Path

# The app is imported from this copy, whatever the folder pytest is started from.
ROOT = str(Path(__file__).resolve().parents[2])
if ROOT not in sys.path:
	sys.path.insert(0, ROOT)

from hypothesis import HealthCheck, settings

# Two suites beside each other, or a slow machine, are no fault of a strategy.
settings.register_profile("rules", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("rules")
