"""What `child.read` starts: takes on its limits, runs one reader, writes its answer. Imports no Frappe."""

import importlib
import json
import os
import resource
import sys
from pathlib import Path


def main() -> None:
	head = json.loads(sys.stdin.buffer.readline())
	take_on_limits(head["seconds"], head["megabytes"], head["answer"])
	sys.path[:] = [str(Path(__file__).parents[3]), *head["path"]]
	module, function = head["reader"].split(":")
	reader = getattr(importlib.import_module(module), function)
	answer = json.dumps(reader(sys.stdin.buffer.read(), **head["values"])).encode()
	if len(answer) > head["answer"]:
		raise ValueError("the answer is too long")
	sys.stdout.buffer.write(answer)


def take_on_limits(seconds: int, megabytes: int, answer: int) -> None:
	"""Before anything is imported that reads files; a file larger than the answer cannot be written."""
	os.nice(5)
	limits = {
		resource.RLIMIT_CPU: seconds,
		resource.RLIMIT_FSIZE: answer,
		resource.RLIMIT_CORE: 0,
	}
	if sys.platform == "linux":  # macOS knows the name and refuses the value
		limits[resource.RLIMIT_AS] = megabytes * 1024 * 1024
	for limit, value in limits.items():
		resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
	main()
