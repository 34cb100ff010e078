"""Templates stand by subject; who draws, includes or extends one names it by its whole path."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"rtc_conciliation/templates/[\w/]+\.(?:html|css|js)")


def test_every_template_that_is_named_is_there():
	files = [
		path for kind in ("py", "html", "json") for path in (ROOT / "rtc_conciliation").rglob(f"*.{kind}")
	]
	named = {address for path in files for address in NAMED.findall(path.read_text(encoding="utf-8"))}
	assert len(named) > 50
	assert {address for address in named if not (ROOT / address).is_file()} == set()
