import pytest

from rtc_conciliation import rules
from tests.rules import factories as make
from tests.rules.helpers import only


def test_no_lead():
	assert only("lead", make.changed(make.application(), "partners", 0, role="Partner")) == ["lead.none"]


def test_two_leads_are_both_named():
	broken = make.changed(make.application(), "partners", 2, role="Lead")
	(finding,) = rules.check(broken, make.call(), make.AT).findings
	assert finding.code == "lead.several"
	assert finding.rows == (("partners", 1), ("partners", 3))


@pytest.mark.parametrize("pec", [None, "", "  "])
def test_no_pec(pec):
	assert only("lead", make.application(pec=pec)) == ["lead.no_pec"]


@pytest.mark.parametrize(
	"pec",
	[
		"ente",
		"ente@pec",
		"a b@pec.it",
		"a@b@pec.it",
		"@pec.it",
		"ente@pec..it",
		"<a@pec.it>",
		[1],
		"a" * 300 + "@pec.it",
	],
)
def test_a_pec_that_is_no_address(pec):
	assert only("lead", make.application(pec=pec)) == ["lead.bad_pec"]


@pytest.mark.parametrize(
	"pec", ["ente@pec.it", "Ufficio.Protocollo+1@cert.comune.example.bg.it", " ente@pec.it "]
)
def test_a_pec(pec):
	assert only("lead", make.application(pec=pec)) == []


@pytest.mark.parametrize("name", [None, " ", {}])
def test_no_legal_representative(name):
	assert only("lead", make.application(legal_representative=name)) == ["lead.no_representative"]


@pytest.mark.parametrize("tax_code", ["RSSMRA85T10A562X", "04114400163", "rossi", [1]])
def test_a_wrong_code_of_the_legal_representative(tax_code):
	application = make.application(legal_representative_tax_code=tax_code)
	assert only("lead", application) == ["lead.bad_representative_code"]


@pytest.mark.parametrize("tax_code", [None, "", make.PERSON, "rss mra 85t10 a562s"])
def test_the_code_of_the_legal_representative_may_be_left_out(tax_code):
	assert only("lead", make.application(legal_representative_tax_code=tax_code)) == []
