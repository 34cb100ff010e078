"""The words of the findings: all listed, all in plain form, fields and arguments that exist, all in Italian."""

import csv
import json
import re
from pathlib import Path
from string import Formatter

import pytest

from rtc_conciliation import rules

from . import factories as make

APP = Path(rules.__file__).resolve().parents[1]
DOCTYPES = APP / "rtc_conciliation" / "doctype"


def placeholders(text):
	return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("made", rules.templates(), ids=lambda made: made.code)
def test_a_template_is_complete(made):
	assert made.rule in rules.RULES and made.severity in (rules.ERROR, rules.WARNING)
	for text in (made.message, made.remedy):
		assert re.fullmatch(r"\S.*[.]", text) and "  " not in text
	assert made.legal_reference
	assert {made.message, made.remedy, made.legal_reference} <= set(rules.messages())


def test_each_kind_has_its_own_code():
	codes = [made.code for made in rules.templates()]
	assert len(codes) == len(set(codes))


def test_titles_are_listed_and_nothing_twice():
	texts = rules.messages()
	assert set(rules.RULES.values()) <= set(texts) and len(texts) == len(set(texts))


def fieldnames(doctype):
	definition = json.loads((DOCTYPES / doctype / f"{doctype}.json").read_text())
	return {field["fieldname"]: field.get("options") for field in definition["fields"]}


@pytest.mark.parametrize(
	"doctype, record", [("rtc_application", make.application()), ("rtc_call", make.call())]
)
def test_the_fields_of_the_factories_are_those_of_the_records(doctype, record):
	fields = fieldnames(doctype)
	assert set(record) <= set(fields)
	for table, rows in record.items():
		if isinstance(rows, list):
			child = fieldnames(fields[table].lower().replace(" ", "_"))
			assert set().union(*rows) - {"idx"} <= set(child)


def reports():
	"""Reports that between them hold most kinds of findings."""
	nothing = {table: [{}, {}] for table in rules.MAX_ROWS}
	wrong = make.application()
	for table in rules.MAX_ROWS:
		for row in wrong[table]:
			row.update({field: "x" for field in row if field not in ("idx", "role", "title")})
	yield "rtc_application", rules.check({}, {}, make.AT)
	yield "rtc_application", rules.check(nothing, make.call(), make.AT)
	yield "rtc_application", rules.check(wrong | {"pec": "x", "start_date": "x"}, make.call(), make.AT)
	yield (
		"rtc_application",
		rules.check(make.application(declarations=[], attachments=[]), make.call(), make.AT),
	)
	yield "rtc_call", rules.check_call({}, {})
	yield "rtc_call", rules.check_call(make.call(min_areas=9, endowment=10**7), make.programme())


def test_a_finding_names_a_field_that_exists():
	seen = set()
	for doctype, report in reports():
		fields = fieldnames(doctype)
		for finding in report.findings:
			seen.add(finding.code)
			if finding.rows and finding.field:
				child = fieldnames(fields[finding.rows[0].table].lower().replace(" ", "_"))
				assert finding.field in child, finding.code
			elif finding.field:
				assert finding.field in fields, finding.code
	assert len(seen) > 40


def test_every_text_has_its_italian_translation():
	translations = APP / "translations" / "it.csv"
	if not translations.exists():
		pytest.skip("there are no translations yet")
	with translations.open(encoding="utf-8", newline="") as file:
		italian = {row[0]: row[1] for row in csv.reader(file) if len(row) >= 2}
	missing = [text for text in rules.messages() if not italian.get(text)]
	assert missing == []
	for text in rules.messages():
		assert placeholders(italian[text]) == placeholders(text), text
