// The sums of a budget while it is typed, in cents and without floats. As rtc_conciliation/rules/money.py computes them
// (tests/cases/js/amounts.json holds the two together); what is sent, the site sums again.

const NUMBER = /^\+?([0-9]{1,20})(?:\.([0-9]{0,20}))?$/;
/** No literals: what builds the scripts aims at browsers that came before them. */
export const ZERO = BigInt(0);
const PLACES = 9; // decimals that the site keeps
const SCALE = BigInt(10) ** BigInt(PLACES);
const MOST = BigInt("99999999999"); // cents
export const CONTRIBUTION = "Contribution";
export const COFINANCING = "Co-financing";

/** "1234.5" → billionths; nothing written is nought, what is no amount is null. */
function read(value) {
	const text = String(value ?? "").trim();
	if (!text) return ZERO;
	const found = NUMBER.exec(text);
	if (!found) return null;
	const [, whole, rest = ""] = found;
	const number = BigInt(whole) * SCALE + BigInt(rest.padEnd(PLACES, "0").slice(0, PLACES));
	return number <= MOST * (SCALE / BigInt(100)) ? number : null;
}

/** An amount in euro as text or number → cents, null when it is none. */
export function toCents(value) {
	const number = read(value);
	return number === null ? null : half(number, SCALE / BigInt(100));
}

const half = (number, unit) => (number + unit / BigInt(2)) / unit;

/** Cents of a row of the costs: quantity × unit cost + VAT, half a cent going up; 0 where that cannot be said. */
export function rowCents(row) {
	const [quantity, unitCost, vat] = [row.quantity, row.unit_cost, row.vat].map(read);
	if (quantity === null || unitCost === null || vat === null) return ZERO;
	const cents = half(quantity * unitCost + vat * SCALE, (SCALE * SCALE) / BigInt(100));
	return cents <= MOST ? cents : ZERO;
}

/** {total, contribution, cofinancing, other} in cents. */
export function sumRows(rows) {
	const sums = { total: ZERO, contribution: ZERO, cofinancing: ZERO, other: ZERO };
	const names = { [CONTRIBUTION]: "contribution", [COFINANCING]: "cofinancing", "Other Income": "other" };
	for (const row of rows) {
		const cents = rowCents(row);
		sums.total += cents;
		if (names[row.charged_to]) sums[names[row.charged_to]] += cents;
	}
	return sums;
}

/** Rows by what their `column` says → their sums, in the order of the first of each. */
export function sumBy(rows, column) {
	const groups = new Map();
	for (const row of rows) {
		const key = toKey(row[column]);
		groups.set(key, [...(groups.get(key) || []), row]);
	}
	return new Map([...groups].map(([key, own]) => [key, sumRows(own)]));
}

export const toKey = (text) => String(text ?? "").trim().replace(/\s+/g, " ").toLocaleLowerCase();

/** Is `part` at least `percent` % of `whole`? Exactly, as the rules compare. */
export function isReached(part, whole, percent) {
	return part * BigInt(100) * SCALE >= (read(percent) ?? ZERO) * whole;
}

/** Is `part` more than `percent` % of `whole`? */
export function isOver(part, whole, percent) {
	return part * BigInt(100) * SCALE > (read(percent) ?? ZERO) * whole;
}

/** Cents that are missing for `part` to be `percent` % of `whole`, if `whole` stays as it is. */
export function missingTo(part, whole, percent) {
	const [wanted, unit] = [(read(percent) ?? ZERO) * whole, BigInt(100) * SCALE];
	const least = (wanted + unit - BigInt(1)) / unit;
	return least > part ? least - part : ZERO;
}

/** Percentage with two decimals, rounded down: 29.999 never looks like 30. */
export function shareOf(part, whole) {
	if (!whole) return "0.00";
	return toEuro((part * BigInt(10000)) / whole);
}

/** Cents → "1234.50". */
export function toEuro(cents) {
	const text = String(cents).padStart(3, "0");
	return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
