import sys
from pathlib import Path

# The app is imported from this copy, whatever the folder pytest is started from.
ROOT = str(Path(__file__).resolve().parents[2])
if ROOT not in sys.path:
	sys.path.insert(0, ROOT)
