"""`python -m tests.seed`: commits the users of every role on the test site, before its twin is made."""

from tests.conftest import connected

if __name__ == "__main__":
	with connected():
		pass
