// When two values say the same, as rtc_conciliation/applications/merge.py compares them.

// "1e5" is a text that somebody typed, and no way to write a stored number
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

export function same(one, other) {
	if (Array.isArray(one) || Array.isArray(other)) return sameRows(one || [], other || []);
	if (typeof one === "number" || typeof other === "number") return asNumber(one) === asNumber(other);
	return lines(one) === lines(other);
}

/** A text that is no number stays one. */
function asNumber(value) {
	const text = String(value ?? "").trim();
	if (!text) return 0;
	return typeof value === "number" || NUMBER.test(text) ? Number(text) : text;
}

function lines(value) {
	return String(value ?? "").replace(/\r\n/g, "\n");
}

function sameRows(some, others) {
	return some.length === others.length && some.every((row, at) => row.name && row.name === others[at].name && sameCells(row, others[at]));
}

/** In the cells of `row`. */
export function sameCells(row, other) {
	return Object.keys(row).every((column) => ["name", "key", "idx"].includes(column) || same(row[column], other[column]));
}

/** A key that no other browser makes. */
export function newKey() {
	const bytes = crypto.getRandomValues(new Uint8Array(12));
	return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
