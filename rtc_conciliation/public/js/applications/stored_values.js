// What the site has of a form, held against what the form shows.

import { same, sameCells } from "../common/same.js";

/** How a conflict names its field, or its cell. */
export const placeOf = ({ table, name, field }) => (table ? `${table}|${name}|${field}` : field);

/** Has the site all that a page left behind? Its last save may have arrived when the page was gone. */
export function isThere(kept, values) {
	return Object.entries(kept).every(([field, value]) =>
		Array.isArray(value)
			? value.length === (values[field] || []).length && value.every((row, at) => sameCells(row, values[field][at]))
			: same(value, values[field])
	);
}

/** Shows what the site has, unless something else was typed since it was sent. */
export function follow(control, sent, saved) {
	if (same(control.get(), sent ?? "") && !same(control.get(), saved)) control.set(saved);
}
