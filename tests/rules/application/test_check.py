"""The check as a whole: what it returns, how it is kept, what it refuses before looking at rows."""

import json
import os
import subprocess
import sys
import time
from datetime import date, datetime
from decimal import Decimal, localcontext
from pathlib import Path

import pytest

from rtc_conciliation import rules
from tests.rules import factories as make
from tests.rules.helpers import codes

ROOT = Path(__file__).resolve().parents[3]


def test_an_application_that_keeps_every_rule_has_no_findings():
	report = rules.check(make.application(), make.call(), make.AT)
	assert report.ok and report.findings == ()


def test_frappe_is_not_needed():
	code = "import sys; sys.modules['frappe'] = None; import rtc_conciliation.rules"
	subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_everything_wrong_is_said_at_once_in_the_order_of_the_rules():
	broken = make.application(pec="", partners=[], actions=[], recipients=[], costs=[], declarations=[])
	report = rules.check(broken, make.call(), datetime(2027, 1, 1))
	said = [finding.rule for finding in report.findings]
	order = ["window", "lead", "partnership", "areas", "recipients", "cofinancing", "declarations"]
	assert list(dict.fromkeys(said)) == order
	assert not report.ok and report.errors == report.findings and report.warnings == ()


def test_findings_of_a_rule_follow_the_rows():
	broken = make.application()
	for row in broken["partners"]:
		row["tax_code"] = "123"
	report = rules.check(broken, make.call(), make.AT)
	found = [f.rows[0].idx for f in report.findings if f.code == "partnership.bad_tax_code"]
	assert found == [1, 2, 3]


def test_warnings_do_not_forbid_sending():
	report = rules.check(make.changed(make.application(), "costs", 0, action="Unknown"), make.call(), make.AT)
	assert report.ok and [f.code for f in report.warnings] == ["budget.unknown_action"]


def test_the_moment_is_now_unless_given():
	assert "window.too_late" in codes(make.application(), make.call(closing="2026-07-02 12:00:00"), at=None)


def test_a_report_survives_json():
	call = make.call(closing="2026-07-02 12:00:00", project_end="2027-01-31", max_contribution=10)
	report = rules.check(make.application(pec="a@b"), call, make.AT)
	kept = json.loads(json.dumps(report.as_dict(), allow_nan=False))
	assert kept["schema"] == rules.SCHEMA and kept["ok"] is False
	assert kept["totals"]["total_cost"] == "10000.00"
	assert rules.Report.from_dict(kept) == report
	types = {type(value) for finding in report.findings for value in finding.args.values()}
	assert types >= {str, Decimal, date, datetime}


@pytest.mark.parametrize(
	"data", [None, 3, {}, {"schema": 0}, {"schema": 1, "totals": {"total_cost": "x"}, "findings": []}, []]
)
def test_what_is_no_report_is_refused(data):
	with pytest.raises(ValueError, match="Not a report"):
		rules.Report.from_dict(data)


def test_a_finding_can_be_in_a_set():
	report = rules.check({}, {}, make.AT)
	assert len(set(report.findings)) == len(report.findings)


def test_the_words_are_complete():
	"""Every finding can be put in words with its arguments, and no template wants what it is not given."""
	huge = {"costs": [{"unit_cost": "x", "quantity": -1, "vat": "20%"}], "partners": [{}], "actions": [{}]}
	for finding in rules.check(huge, {}, make.AT).findings:
		assert "{" not in finding.message.format(**finding.args) + finding.remedy.format(**finding.args)


def test_long_texts_are_cut_in_messages():
	report = rules.check(
		make.changed(make.application(), "actions", 0, area="x" * 10_000), make.call(), make.AT
	)
	(finding,) = (found for found in report.findings if found.code == "areas.not_admitted")
	assert len(finding.args["area"]) == 140


@pytest.mark.parametrize("table", rules.MAX_ROWS)
def test_a_table_has_a_limit(table):
	most = rules.MAX_ROWS[table]
	at_limit = make.application(**{table: [{}] * most})
	assert not any("too_many" in code for code in codes(at_limit, make.call()))
	beyond = make.application(**{table: [{}] * (most + 1)})
	(finding,) = rules.check(beyond, make.call(), make.AT).findings
	assert "too_many" in finding.code and finding.field == table
	assert finding.args == {"count": most + 1, "maximum": most}


@pytest.mark.timed
def test_ten_thousand_rows_are_refused_without_being_read():
	class Unread(dict):
		def get(self, *args):
			raise AssertionError("read")

	broken = make.application(**{table: [Unread()] * 10_000 for table in rules.MAX_ROWS})
	started = time.perf_counter()
	report = rules.check(broken, make.call(), make.AT)
	assert time.perf_counter() - started < 0.05
	assert len(report.findings) == len(rules.MAX_ROWS)


@pytest.mark.parametrize("table", rules.MAX_ROWS)
def test_a_table_that_is_none_is_a_finding(table):
	rule = codes(make.application(**{table: "rows"}), make.call())
	assert any(code.endswith(f"unreadable_{table}") for code in rule)
	found = rules.check(make.application(**{table: [{}, "row", None]}), make.call(), make.AT).findings
	(unreadable,) = [f for f in found if f.code.endswith(f"unreadable_{table}")]
	assert unreadable.rows == ((table, 2), (table, 3))
	assert not any("unreadable" in code for code in codes(make.application(**{table: ""}), make.call()))


@pytest.mark.parametrize("idx", [None, "x", 0, -1])
def test_a_row_without_a_number_has_its_position(idx):
	report = rules.check(
		make.changed(make.application(), "actions", 1, idx=idx, area=""), make.call(), make.AT
	)
	assert [f.rows for f in report.findings if f.code == "areas.no_area"] == [(("actions", 2),)]


def test_the_precision_of_the_caller_changes_nothing():
	expected = rules.check(make.application(), make.call(), make.AT)
	with localcontext() as context:
		context.prec = 2
		assert rules.check(make.application(), make.call(), make.AT) == expected


SPEED = """
import time, timeit
from rtc_conciliation import rules
from tests.rules import factories as make
partners = [make.partner(n, budget=1.0) for n in range(1, 7)]
costs = [make.cost(n, 123.45, "Contribution") for n in range(1, 21)]
application, call = make.application(partners=partners, costs=costs), make.call()
print(min(timeit.repeat(lambda: rules.check(application, call, make.AT), time.process_time, number=10, repeat=5)) / 10)
"""


@pytest.mark.timed
def test_an_application_is_checked_in_five_milliseconds():
	"""In a process of its own, which nothing measures the coverage of."""
	env = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
	run = [sys.executable, "-c", SPEED]
	took = subprocess.run(run, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout
	assert float(took) < 0.005
