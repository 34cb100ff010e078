// When two values say the same, as rtc_conciliation/portal/merge.py compares them.

export function same(one, other) {
	if (Array.isArray(one) || Array.isArray(other)) return sameRows(one || [], other || []);
	if (typeof one === "number" || typeof other === "number") return Number(one ?? 0) === Number(other ?? 0);
	return lines(one) === lines(other);
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
