"""The usual texts and rows that a new call starts from; each call may change its own."""

from rtc_conciliation.common.json_files import read_json


def get_declarations() -> list[dict]:
	return read_template()["declarations"]


def get_documents() -> list[dict]:
	return read_template()["required_documents"]


def get_criteria() -> list[dict]:
	"""The default grid: 100 points. The Region's own was not found, so each call may change it."""
	return read_template()["criteria"]


def get_formal_checks() -> list[dict]:
	"""What an officer checks by hand on an application, besides what the rules have checked."""
	return read_template()["formal_checks"]


def read_template() -> dict:
	return read_json(__file__, "template")
