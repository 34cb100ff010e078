"""What people type and paste: names, texts, addresses, codes, and names that are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtc_conciliation.rules import person_names, tax_codes, typed_text, values


@pytest.mark.parametrize(
	("given_text", "kept"),
	[
		("  Comune di\nBergamo  ", "Comune di Bergamo"),
		("Comune\u00a0di\t Bergamo", "Comune di Bergamo"),
		("Coop\u200berativa\ufeff", "Cooperativa"),
		("\u202egnitset", "gnitset"),
		("\u202aEnte\u202c", "Ente"),
		("So\u00adcie\u00adtà", "Società"),
		("Attivita\u0300", "Attività"),
		("Ente\x00\x07", "Ente"),
		("Ente \ud83d", "Ente \ufffd"),
		("Villa\u200dVerde", "VillaVerde"),
		("👨\u200d👩\u200d👧 in rete", "👨\u200d👩\u200d👧 in rete"),
		("D’Amico “Servizi” & Figli", "D’Amico “Servizi” & Figli"),
	],
)
def test_a_name_is_one_line_of_what_is_seen(given_text, kept):
	assert typed_text.clean_line(given_text) == kept == typed_text.clean_line(kept)


def test_a_long_text_keeps_its_lines_and_loses_what_turns_it_round():
	assert typed_text.clean_text("Uno\n\n  due\u202e tre\x00\ud800") == "Uno\n\n  due tre\ufffd"


@pytest.mark.parametrize(
	"given_text",
	[
		" ente@pec.it. ",
		"mailto:ente@pec.it",
		"MAILTO: ente@pec.it",
		"mailto:mailto:ente@pec.it",
		"<ente@pec.it>",
		"ente@pec.it;",
		"\u200bente@pec.it",
	],
)
def test_an_address_without_what_stands_around_it(given_text):
	assert typed_text.clean_address(given_text) == "ente@pec.it"


@pytest.mark.parametrize(
	("given_text", "kept"),
	[
		("www.comune.prova.bg.it", "https://www.comune.prova.bg.it"),
		("comune.prova.bg.it/servizi?a=1", "https://comune.prova.bg.it/servizi?a=1"),
		(" http://comune.it ", "http://comune.it"),
		("https://comune.it", "https://comune.it"),
		("javascript:alert(1)", "javascript:alert(1)"),
		("il sito del comune", "il sito del comune"),
		("", ""),
	],
)
def test_a_website_without_its_scheme(given_text, kept):
	assert typed_text.clean_site(given_text) == kept


@pytest.mark.parametrize(
	"given_text",
	[
		"C.F. 04114400163",
		"c.f.: 04114400163",
		"Codice fiscale: 041 144 00163",
		"P.IVA 04114400163",
		"P. IVA IT04114400163",
		"Partita IVA: 04114400163",
		"C.F./P.IVA 04114400163",
		"\u200b04114400163\ufeff",
		"\u202a04114400163\u202c",
		"0411\u200d4400163",
	],
)
def test_a_code_with_its_name_and_what_nobody_sees(given_text):
	assert tax_codes.normalise(given_text) == "04114400163"
	assert tax_codes.is_valid_tax_code(given_text)


def test_a_person_s_code_that_begins_like_the_word_is_itself():
	assert tax_codes.normalise("CFRMRA80A01F205X") == "CFRMRA80A01F205X"
	assert tax_codes.normalise("C.F. RSSMRA80A01F205X") == "RSSMRA80A01F205X"


@pytest.mark.parametrize(
	("one", "other", "result"),
	[
		("ANNA D'AMICO", "Anna D’Amico", person_names.SAME),
		("ANNA D`AMICO", "Anna D´Amico", person_names.SAME),
		("DAMICO ANNA", "Anna D'Amico", person_names.SAME),
		("Dott.ssa Anna D’Amico", "D'AMICO ANNA", person_names.SAME),
		("NICCOLO DE LUCA", "Niccolò De Luca", person_names.SAME),
		("MARIO DELUCA", "Mario De Luca", person_names.UNSURE),
		("MUELLER HANS", "Hans Müller", person_names.UNSURE),
		("LUKASZ WALESA", "Łukasz Wałęsa", person_names.SAME),
		("DORDE PETROVIC", "Đorđe Petrović", person_names.SAME),
		("A. ROSSI", "Anna Rossi", person_names.UNSURE),
		("A. ROSSI", "A. Rossi", person_names.UNSURE),
		("A. BOS", "Anna Bos", person_names.UNSURE),
		("A. LI", "Anna Li", person_names.DIFFERENT),  # an initial and two letters are too little
		("B. ROSSI", "Fabio Rossi", person_names.DIFFERENT),
		("ROSA LI", "Rosali Mei", person_names.UNSURE),
		("LI WEI", "Li Wei", person_names.SAME),
		("LI WEI", "Wei Li", person_names.SAME),
		("LI WEI ROSSI", "Li Wei", person_names.SAME),
		("STRASSER JORG", "Jörg Straßer", person_names.SAME),
		("DELUCA", "De Luca", person_names.UNSURE),
		("ROSSI", "Mario Rossi", person_names.DIFFERENT),
		("MARIO ROSSI", "Carlo Bianchi", person_names.DIFFERENT),
		("MARIO ROSSI", "Mario Bianchi", person_names.DIFFERENT),
		("", "Mario Rossi", person_names.UNSURE),
		("MARIO ROSSI", None, person_names.UNSURE),
	],
)
def test_two_spellings_of_one_name_accuse_nobody(one, other, result):
	assert person_names.compare(one, other) == result == person_names.compare(other, one)


@pytest.mark.parametrize(
	"name", ["D'Amico", "D’Amico", "D‘Amico", "D`Amico", " d´amico\u200b", "D′AMICO", "DʼAmico"]
)
def test_names_are_compared_with_any_apostrophe(name):
	assert values.to_key(name) == values.to_key("D'Amico")


@given(st.text(max_size=60))
def test_tidying_twice_is_tidying_once_and_raises_never(text):
	for tidy in (
		typed_text.clean_line,
		typed_text.clean_text,
		typed_text.clean_address,
		typed_text.clean_site,
		typed_text.without_apostrophes,
	):
		assert tidy(tidy(text)) == tidy(text)
	typed_text.clean_line(text).encode()
