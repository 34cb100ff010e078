"""Declarations and documents."""

import pytest

from rtc_conciliation import rules

from . import factories as make
from .helpers import only


@pytest.mark.parametrize("accepted", [0, "0", None, False, "no"])
def test_a_declaration_that_is_not_accepted(accepted):
	broken = make.changed(make.application(), "declarations", 0, accepted=accepted)
	(finding,) = rules.check(broken, make.call(), make.AT).findings
	assert finding.code == "declarations.missing" and finding.rows == (("declarations", 1),)
	assert finding.args == {"declaration": "Privacy"}
	assert finding.legal_reference == "Reg. UE 2016/679"


def test_declarations_without_a_row_are_counted_in_one_finding():
	(found,) = rules.check(make.application(declarations=[]), make.call(), make.AT).findings
	assert (found.code, found.args, found.rows) == ("declarations.missing_many", {"count": 2}, ())


def test_titles_are_compared_without_spaces_and_case():
	application = make.changed(make.application(), "declarations", 0, declaration="  PRIVACY ")
	application = make.changed(application, "attachments", 0, document="partnership  Agreement")
	assert only("declarations", application) == [] and only("documents", application) == []


def test_one_accepted_row_is_enough():
	application = make.application()
	application["declarations"].append({"declaration": "Privacy", "accepted": 0})
	assert only("declarations", application) == []


@pytest.mark.parametrize("file", [None, "", " ", []])
def test_a_document_without_file(file):
	broken = make.changed(make.application(), "attachments", 0, file=file)
	(finding,) = rules.check(broken, make.call(), make.AT).findings
	assert finding.code == "documents.missing" and finding.rows == (("attachments", 1),)
	assert only("documents", make.application(attachments=None)) == ["documents.missing"]


def test_a_row_of_the_call_without_title_asks_for_nothing():
	call = make.call(declarations=[{"mandatory": 1}], required_documents=[{"mandatory": 1, "document": " "}])
	assert only("declarations", None, call) == [] and only("documents", None, call) == []
