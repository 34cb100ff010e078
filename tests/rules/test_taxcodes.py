import pytest

from rtc_conciliation.rules import tax_codes
from tests.rules.scripts import read_cases

from . import factories as make


@pytest.mark.parametrize(
	"written, normalised",
	[
		("04114400163", "04114400163"),
		(" it 041144-00163 ", "04114400163"),
		("IT04114400163", "04114400163"),
		("rss mra 85t10 a562 s", "RSSMRA85T10A562S"),
		("IT123", "IT123"),
		(4114400163, "4114400163"),
		(None, ""),
		([], ""),
	],
)
def test_normalise(written, normalised):
	assert tax_codes.normalise(written) == normalised
	assert tax_codes.normalise(normalised) == normalised


@pytest.mark.parametrize(("code", "is_valid"), read_cases("tax_codes.json"))
def test_what_the_forms_check_while_one_types(code, is_valid):
	assert tax_codes.is_valid_tax_code(code) is is_valid


@pytest.mark.parametrize("code", make.CODES)
def test_bodies(code):
	assert tax_codes.is_valid_tax_code(code) and tax_codes.is_valid_vat(f"IT {code}")
	assert not tax_codes.is_valid_person_code(code)
	wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
	assert not tax_codes.is_valid_tax_code(wrong) and not tax_codes.is_valid_vat(wrong)


def test_people():
	assert tax_codes.is_valid_tax_code(make.PERSON) and tax_codes.is_valid_person_code(make.PERSON)
	assert not tax_codes.is_valid_vat(make.PERSON)


@pytest.mark.parametrize(
	"code", ["", None, "0" * 11, "1" * 16, "RSSMRA85T31B157X", "IT", "٠٤١١٤٤٠٠١٦٣", 3.5, {}]
)
def test_nonsense(code):
	assert not tax_codes.is_valid_tax_code(code) and not tax_codes.is_valid_vat(code)
