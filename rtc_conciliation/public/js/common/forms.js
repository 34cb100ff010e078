// Codes and addresses that cannot be right, told while they are typed. The site, which knows more, still judges.
// As rtc_conciliation/rules/tax_codes.py reads them: tests/cases/js/tax_codes.json holds the two together.

const SEPARATORS = /[\s.:\-_/‐‑‒–—\u200b-\u200d\ufeff]+/g;
const NAMED = /^(?:CODICEFISCALE|CODFISCALE|CODFISC|CF|PARTITAIVA|PARTIVA|PIVA|VAT|IT)+([0-9]{11}|[A-Z]{6}[A-Z0-9]{10})$/;
const PERSON = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/;
/** Values of the characters in odd places, D.M. 23/12/1976: of 0 to 9, and of A to J; then of K to Z. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}$/;

function normalise(code) {
	const written = String(code).replace(SEPARATORS, "").toUpperCase();
	return NAMED.exec(written)?.[1] ?? written;
}

/** The eleven digits of a body, by their last one. */
export function isVat(code) {
	const written = normalise(code);
	if (!/^(?!0{7})[0-9]{11}$/.test(written)) return false;
	const sum = [...written].reduce((total, digit, at) => {
		const twice = Number(digit) * (at % 2 ? 2 : 1);
		return total + (twice > 9 ? twice - 9 : twice);
	}, 0);
	return sum % 10 === 0;
}

/** The code of a body or of a person. */
export function isTaxCode(code) {
	return isVat(code) || isPersonCode(normalise(code));
}

function isPersonCode(written) {
	if (!PERSON.test(written)) return false;
	const value = (character) => (/[0-9]/.test(character) ? Number(character) : character.charCodeAt(0) - 65);
	const sum = [...written.slice(0, 15)].reduce((total, character, at) => total + (at % 2 ? value(character) : ODD[value(character)]), 0);
	return String.fromCharCode(65 + (sum % 26)) === written[15];
}

const CODES = { tax_code: isTaxCode, legal_representative_tax_code: isTaxCode, vat_number: isVat };

/** Why `text` cannot be what the field `df` asks for; "" where that is not known. */
export function findWrongForm(df, text) {
	const isCode = CODES[df.fieldname];
	if (isCode && !isCode(text)) return __("“{0}” is not valid. Check the digits: the last one is computed from the others.", [text]);
	if (df.type === "email" && !EMAIL.test(text)) return __("“{0}” is no e-mail address. Write one such as name@example.org, without spaces.", [text]);
	return "";
}
