"""Tokens of mailed links: random, and only their digest is kept."""

import hashlib
import secrets


def new() -> str:
	return secrets.token_urlsafe(32)


def digest(token: str) -> str:
	"""SHA-256 (hex)."""
	return hashlib.sha256(token.encode()).hexdigest()
