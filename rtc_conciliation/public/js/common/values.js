// A stored value in the reader's words, by the kind of its field.

import { writeDate, writeNumber } from "./numbers.js";

const WRITERS = {
	check: (value) => (value ? __("Yes") : __("No")),
	choice: (value, df, options) => options.find((option) => option.value === value)?.label || String(value),
	date: (value) => writeDate(value),
	money: (value) => writeNumber(value, 2),
	number: (value, df) => (df.fieldname === "year" ? String(value || "") : writeNumber(value, 0)),
};

export function isBlank(value) {
	return value === null || value === undefined || value === "";
}

/** `options`: those of a choice, [{value, label}]. */
export function writeValue(df, value, options) {
	const write = WRITERS[df.kind] || String;
	return write(value, df, options || []);
}
