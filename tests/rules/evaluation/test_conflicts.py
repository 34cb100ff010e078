"""Which ties between a person of the panel and an application the records tell."""

import pytest

from rtc_conciliation.rules.evaluation import conflicts

PERSON = {
	"user": "ada@coop.example.org",
	"email": "ada@coop.example.org",
	"organisation": "ORG-1",
	"tax_code": "1",
}
CASE = {
	"applicant": "x@y.it",
	"colleagues": [],
	"bodies": [{"name": "Coop", "organisation": None}],
	"addresses": [],
}


@pytest.mark.parametrize(
	("case", "expected"),
	[
		({}, []),
		({"applicant": "ADA@coop.example.org"}, [("applicant", "")]),
		({"colleagues": ["Ada@coop.example.org"]}, [("colleague", "")]),
		({"bodies": [{"name": "Coop", "organisation": "ORG-1"}]}, [("organisation", "Coop")]),
		({"bodies": [{"organisation": None, "tax_code": "1"}]}, [("organisation", "")]),
		({"addresses": ["info@coop.example.org", "b@coop.example.org"]}, [("domain", "coop.example.org")]),
		({"addresses": ["coop@pec.coop.example.org"]}, [("domain", "coop.example.org")]),
		({"addresses": ["ada@coop.example.org"]}, [("address", "ada@coop.example.org")]),
		({"addresses": ["info@other.example.org", "", "@", "x@nodot"]}, []),
	],
)
def test_links(case, expected):
	assert conflicts.find_links(PERSON, {**CASE, **case}, set()) == expected


def test_an_address_that_anybody_may_have_ties_nobody():
	person = {"user": "ada@gmail.com", "email": None}
	case = {**CASE, "addresses": ["coop@gmail.com", "coop@pec.it"], "colleagues": None}
	assert conflicts.find_links(person, case, conflicts.parse_providers("Gmail.com\n\n@pec.it")) == []
	assert conflicts.find_links(person, case, conflicts.parse_providers(None)) == [("domain", "gmail.com")]
	assert conflicts.get_domain("x@pec.it") == "pec.it"


@pytest.mark.parametrize(
	("address", "domain"),
	[
		("x@coop.example.org", "coop.example.org"),
		(" X@Coop.Example.ORG ", "coop.example.org"),
		("x@pec.example.org", "example.org"),
		("x@cert.example.org", "example.org"),
		("x@postacert.example.org", "example.org"),
		("x@pec.coop.example.org", "coop.example.org"),
		("x@legal.example.org", "legal.example.org"),
		("x@mypec.example.org", "mypec.example.org"),
		("x@pec.it", "pec.it"),  # a provider of that name, not a body's certified mail
		("x@cert.it", "cert.it"),
		("x@y@example.org", "example.org"),
		("x@nodot", ""),
		("@example.org", ""),
		("example.org", ""),
		(None, ""),
	],
)
def test_the_domain_of_an_address(address, domain):
	assert conflicts.get_domain(address) == domain


@pytest.mark.parametrize(
	("shared", "expected"),
	[
		("", [("domain", "provider.it")]),
		("other.it", [("domain", "provider.it")]),
		("provider.it", []),
		("pec.provider.it", []),
	],
)
def test_a_provider_is_told_with_and_without_what_says_that_it_is_certified(shared, expected):
	case = {**CASE, "addresses": ["coop@pec.provider.it"]}
	person = {"user": "ada@provider.it", "email": "ada@provider.it"}
	assert conflicts.find_links(person, case, conflicts.parse_providers(shared)) == expected


def test_what_is_empty_on_both_sides_ties_nobody():
	person = {"user": "Administrator", "email": None, "organisation": None, "tax_code": ""}
	case = {
		"applicant": "",
		"colleagues": ["", None],
		"bodies": [{"name": "Coop", "organisation": None, "tax_code": ""}],
		"addresses": ["", "x@nodot", "@"],
	}
	assert conflicts.find_links(person, case, set()) == []


def test_all_that_ties_is_told_and_a_domain_once():
	case = {
		"applicant": "ada@coop.example.org",
		"colleagues": ["ada@coop.example.org"],
		"bodies": [
			{"name": "Coop", "tax_code": "1"},
			{"name": "Other", "tax_code": "2"},
			{"organisation": "ORG-1"},
		],
		"addresses": [
			"a@coop.example.org",
			"ada@coop.example.org",
			"b@pec.coop.example.org",
			"c@else.example.org",
		],
	}
	person = {**PERSON, "email": "ada@else.example.org"}
	assert conflicts.find_links(person, case, set()) == [
		("applicant", ""),
		("colleague", ""),
		("organisation", "Coop"),
		("organisation", ""),
		("domain", "coop.example.org"),
		("address", "ada@coop.example.org"),
		("domain", "else.example.org"),
	]
