import sys
from pathlib import Path

# The app and the factories beside the tests, whatever the folder pytest is started from.
HERE = Path(__file__).resolve().parent
for folder in (HERE, HERE.parents[1]):
	if str(folder) not in sys.path:
		sys.path.insert(0, str(folder))
