"""What holds for every application, not only for the examples."""

import json
from collections import Counter
from copy import deepcopy
from datetime import datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from rtc_conciliation import rules
from rtc_conciliation.rules import tax_codes

from . import factories as make

settings.register_profile("rules", max_examples=30, deadline=None)
settings.load_profile("rules")

TABLES = tuple(rules.MAX_ROWS)
CALL_TABLES = ("areas", "recipient_categories", "cost_caps", "declarations", "required_documents", "criteria")

cents = st.integers(0, 2_000_000).map(lambda value: Decimal(value) / 100)
body_codes = st.sampled_from([*make.CODES, make.PERSON, "123", ""])
partners = st.builds(
	lambda **values: make.partner(2, **values),
	role=st.sampled_from(["Lead", "Partner", "Supporter", ""]),
	tax_code=body_codes,
	organisation_name=st.sampled_from(["A", "B", ""]),
	budget=cents,
	cofinancing_cash=cents,
	counts_towards_minimum=st.integers(0, 1),
)
actions = st.builds(
	lambda area, start: make.action(1, area, start_date=start),
	st.sampled_from(["Care services", "Time saving", "Times of the city", "Other", ""]),
	st.sampled_from(["2026-11-01", "2026-10-31", "2029-01-01", ""]),
)
costs = st.builds(
	lambda value, source, **values: make.cost(1, value, source, **values),
	cents,
	st.sampled_from(["Contribution", "Co-financing", "Other Income", ""]),
	quantity=st.sampled_from([1, "1.5", 0, -1, "x"]),
	cost_category=st.sampled_from(["Personnel", "Vouchers", "Other"]),
)
recipients = st.builds(
	lambda category, number: {"recipient_category": category, "expected_number": number},
	st.sampled_from(["Employees", "Freelancers", "Other", ""]),
	st.integers(-1, 100),
)
declarations = st.builds(
	lambda title, accepted: {"declaration": title, "accepted": accepted},
	st.sampled_from(["Privacy", "No double funding", "Other"]),
	st.integers(0, 1),
)
attachments = st.builds(
	lambda title, file: {"document": title, "file": file},
	st.sampled_from(["Partnership agreement", "Other"]),
	st.sampled_from(["/private/files/a.pdf", ""]),
)


def table(rows):
	return st.lists(rows, max_size=6)


applications = st.builds(
	make.application,
	partners=table(partners),
	actions=table(actions),
	costs=table(costs),
	recipients=table(recipients),
	declarations=table(declarations),
	attachments=table(attachments),
)


def numbered(record, tables):
	"""The record with its rows numbered as they stand."""
	return record | {name: [row | {"idx": n} for n, row in enumerate(record[name], 1)] for name in tables}


def without_rows(report):
	"""The findings without the numbers of their rows."""
	return Counter(
		(finding.code, tuple(sorted(finding.args.items())), len(finding.rows), finding.field)
		for finding in report.findings
	)


@given(applications, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(application, random):
	call, shuffled, other = make.call(), deepcopy(application), make.call()
	for record, tables in ((shuffled, TABLES), (other, CALL_TABLES)):
		for name in tables:
			random.shuffle(record[name])
	before = rules.check(numbered(application, TABLES), call, make.AT)
	after = rules.check(numbered(shuffled, TABLES), other, make.AT)
	assert without_rows(before) == without_rows(after)
	assert before.totals == after.totals


@given(applications, partners, st.sampled_from(["does not count", "supporter", "invalid code", "same code"]))
def test_adding_an_ineligible_body_never_helps(application, body, why):
	if why == "does not count":
		body = body | {"counts_towards_minimum": 0}
	elif why == "supporter":
		body = body | {"role": "Supporter"}
	elif why == "invalid code":
		body = body | {"tax_code": "04114400164"}
	else:
		known = [row["tax_code"] for row in application["partners"] if row["role"] in ("Lead", "Partner")]
		counted = [row for row in application["partners"] if row["counts_towards_minimum"]]
		body = body | {
			"tax_code": known[0] if known and len(counted) == len(application["partners"]) else "1"
		}
	before = rules.totals(application).counting_partners
	more = application | {"partners": [*application["partners"], body]}
	assert rules.totals(more).counting_partners == before
	too_few = {"partnership.too_few"}
	said = {finding.code for finding in rules.check(application, make.call(), make.AT).findings} & too_few
	assert {finding.code for finding in rules.check(more, make.call(), make.AT).findings} & too_few == said


def cofinancing_of(values, scale=1, percent=30):
	rows = [make.cost(1, value * scale, source) for value, source in values]
	call = make.call(min_cofinancing_percent=percent, max_contribution=0)
	report = rules.check(make.application(costs=rows), call, make.AT)
	return {finding.code for finding in report.findings} & {"cofinancing.too_low", "cofinancing.no_cost"}


sources = st.sampled_from(["Contribution", "Co-financing", "Other Income"])


@given(st.lists(st.tuples(cents, sources), max_size=8), st.integers(2, 1000), st.integers(1, 10_000))
def test_scaling_all_amounts_never_changes_the_outcome(values, scale, percent):
	percent = Decimal(percent) / 100
	assert cofinancing_of(values, percent=percent) == cofinancing_of(values, scale, percent)


@given(st.integers(1, 90_000_000), st.integers(1, 99))
def test_the_minimum_exactly_passes_and_a_cent_less_fails(hundredths, percent):
	"""A cost of `hundredths` euro: its hundredth part is whole in cents, so any whole percentage is too."""
	paid, rest = Decimal(hundredths * percent) / 100, Decimal(hundredths * (100 - percent)) / 100
	exactly = [(paid, "Co-financing"), (rest, "Contribution")]
	assert cofinancing_of(exactly, percent=percent) == set()
	cent = Decimal("0.01")
	less = [(paid - cent, "Co-financing"), (rest + cent, "Contribution")]
	assert cofinancing_of(less, percent=percent) == {"cofinancing.too_low"}


@st.composite
def written_codes(draw):
	"""A valid code and another way of writing it."""
	code = draw(st.sampled_from([*make.CODES, make.PERSON]))
	separators = st.text(" .-/\t", max_size=2)
	written = "".join(draw(separators) + draw(st.sampled_from([c, c.lower()])) for c in code)
	prefix = draw(st.sampled_from(["", "IT", "it ", "It-"])) if code.isdigit() else ""
	return code, prefix + written + draw(separators)


@given(written_codes(), applications)
def test_the_way_a_tax_code_is_written_changes_nothing(codes, application):
	code, written = codes
	assert tax_codes.normalise(written) == code
	assert tax_codes.is_valid_tax_code(written) and tax_codes.is_valid_vat(written) == code.isdigit()
	plain = application | {"partners": [*application["partners"], make.partner(2, tax_code=code)]}
	other = application | {"partners": [*application["partners"], make.partner(2, tax_code=written)]}
	assert rules.check(plain, make.call(), make.AT) == rules.check(other, make.call(), make.AT)


scalars = (
	st.none()
	| st.booleans()
	| st.integers()
	| st.floats()
	| st.text(max_size=12)
	| st.sampled_from(
		[10**400, "9" * 5000, "1e999999", "NaN", "-0", "2026-02-30", "0001-01-01", "Lead", "\ud800"]
	)
	| st.decimals()
	| st.dates()
	| st.datetimes()
)
json_like = (
	scalars | st.lists(scalars, max_size=3) | st.dictionaries(st.text(max_size=5), scalars, max_size=3)
)


@st.composite
def garbage(draw, record):
	"""The record with a few fields, rows or cells replaced by anything, or anything instead of it."""
	spoilt = deepcopy(record)
	for _ in range(draw(st.integers(1, 8))):
		name = draw(st.sampled_from(sorted(record)))
		rows = spoilt[name]
		if not isinstance(rows, list) or not rows or draw(st.integers(0, 5)) == 0:
			spoilt[name] = draw(json_like)
			continue
		row = draw(st.integers(0, len(rows) - 1))
		if isinstance(rows[row], dict) and rows[row] and draw(st.integers(0, 5)):
			rows[row][draw(st.sampled_from(sorted(rows[row])))] = draw(json_like)
		else:
			rows[row] = draw(json_like)
	return spoilt if draw(st.integers(0, 9)) else draw(json_like)


@given(garbage(make.application()), garbage(make.call()))
def test_the_check_never_raises(application, call):
	report = rules.check(application, call, datetime(2026, 9, 1))
	rules.totals(application, call)
	kept = json.loads(json.dumps(report.as_dict(), allow_nan=False))
	assert rules.Report.from_dict(kept) == report
	for finding in report.findings:
		rules.render(finding)


@given(garbage(make.call()), garbage(make.programme()))
def test_the_check_of_a_call_never_raises(call, programme):
	report = rules.check_call(call, programme)
	assert rules.Report.from_dict(json.loads(json.dumps(report.as_dict()))) == report
	for finding in report.findings:
		rules.render(finding)
