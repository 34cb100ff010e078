"""The usual texts and rows that a new call or Plan starts from; each record may change its own."""

import json
from pathlib import Path

DATA = Path(__file__).parent / "data"


def read(name: str):
	return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def call_declarations() -> list[dict]:
	return read("call_template")["declarations"]


def call_documents() -> list[dict]:
	return read("call_template")["required_documents"]


def call_criteria() -> list[dict]:
	"""The default grid: 100 points. The Region's own was not found, so each call may change it."""
	return read("call_template")["criteria"]


def plan_sections() -> list[dict]:
	"""The sections of the standard template, as shipped."""
	return read("plan_template")


def call_formal_checks() -> list[dict]:
	"""What an officer checks by hand on an application, besides what the rules have checked."""
	return read("call_template")["formal_checks"]


def mail_providers() -> str:
	"""Mail domains where anybody may have an address, certified mail included; one on each line."""
	return "\n".join(read("mail_providers"))
