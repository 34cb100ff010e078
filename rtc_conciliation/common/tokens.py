"""Tokens of mailed links: random, and only their digest is kept.

Letters and figures only: programs that find addresses in plain text leave out a "-" at the end, or what is around "_".
"""

import hashlib
import secrets


def make_token() -> str:
	return secrets.token_hex(32)


def make_digest(token: str) -> str:
	"""SHA-256 (hex)."""
	return hashlib.sha256(token.encode()).hexdigest()
