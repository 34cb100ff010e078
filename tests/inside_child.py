"""What a reader sees of the world."""

import os
import sys


def look(content: bytes) -> dict:
	return {"content": content.decode(), "environment": list(os.environ), "modules": list(sys.modules)}
