"""What an installation adds to a site besides the standard records, and how it is taken back."""

from rtc_conciliation.setup.profiles import ensure_profiles, remove_profiles
from rtc_conciliation.setup.roles import ensure_roles, remove_roles
from rtc_conciliation.setup.workflows import ensure_workflows, remove_workflows


def ensure() -> None:
	"""Idempotent: runs after every migrate."""
	ensure_roles()
	ensure_profiles()
	ensure_workflows()


def remove() -> None:
	remove_workflows()
	remove_profiles()
	remove_roles()
