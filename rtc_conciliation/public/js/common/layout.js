// Pages and sections of the form as the server describes them, with a control for every field.

import { el, messageNodes, plain } from "./dom.js";
import { guarded } from "./faults.js";
import { makeField } from "./fields.js";
import { MISSING } from "./notice.js";
import { Rows } from "./rows.js";

/**
 * Returns {controls: Map fieldname → control, pages: [{label, element, fieldnames}]}.
 *
 * `context` is the form's own: what its fields ask of it, and for its tables `controls` {fieldname: class} of those that
 * are no plain rows, `named` {column: [table, column]} that choose among what was typed there, `seeded` the tables that
 * begin with an empty row.
 */
export function layOut(pages, context) {
	const controls = new Map();
	const drawn = pages.map((page) => {
		const fieldnames = [];
		const sections = page.sections.map((section) => {
			const alone = section.fields.length === 1;
			const made = section.fields.map((df) => {
				const control = makeControl({ ...df, alone }, context);
				controls.set(df.fieldname, control);
				fieldnames.push(df.fieldname);
				return control.element;
			});
			return drawSection(section, page, made);
		});
		return { label: page.label, fieldnames, element: el("div", { class: "rtc-page" }, sections) };
	});
	return { controls, pages: drawn };
}

function drawSection(section, page, elements) {
	return el(
		"section",
		{ class: "rtc-section" },
		section.label && section.label !== page.label ? el("h2", {}, section.label) : null,
		section.description ? el("p", { class: "rtc-help" }, section.description) : null,
		el("div", { class: "rtc-grid" }, elements)
	);
}

function makeControl(df, context) {
	if (df.kind === "html") {
		return { df, element: el("div", { class: "rtc-wide" }, messageNodes(df.html)), get: () => undefined, set() {} };
	}
	if (df.kind !== "table") return makeField(df, context);
	for (const column of df.columns) {
		const options_of = context.named?.[column.fieldname];
		if (options_of) Object.assign(column, { kind: "choice", options_of });
	}
	const Table = context.controls?.[df.fieldname] || Rows;
	return new Table(df, context);
}

/** The values of all controls, as the server takes them; a control that fails leaves its own out. */
export function valuesOf(controls) {
	const values = {};
	for (const [fieldname, control] of controls) {
		const value = control.held !== undefined ? control.held : guarded(() => control.get());
		if (value !== undefined) values[fieldname] = value;
	}
	return values;
}

/** Where a value cannot be shown, what the site has of it stays as it is, and the others are shown. */
export function setValues(controls, values) {
	for (const [fieldname, control] of controls) {
		const value = fieldname in values ? values[fieldname] : control.df.kind === "table" ? [] : undefined;
		if (value === undefined) continue;
		const isShown = guarded(() => (control.set(value), true), false);
		if (!isShown) control.held = value;
	}
}

const problemsOf = (controls) => [...controls.values()].filter((control) => control.findProblem?.());

const missingOf = (controls) => [...controls.values()].filter((control) => control.isMissing?.());

/** Marks required fields that are empty; returns those controls. */
export function markMissing(controls) {
	const missing = missingOf(controls);
	for (const control of missing) control.fail(__("This is needed."));
	return missing;
}

/** A line of a refusal that leads to `control`. */
export function linkTo(control, text = control.df.label, go = () => control.focus()) {
	return { text, id: control.id, go };
}

/** What a control says of itself, with its label where the words have it not. */
const named = ({ df, own }) => (own.startsWith(df.label) ? own : `${df.label}: ${own}`);

/**
 * Is something wrong at first sight, or by `told` (field → HTML of the server)? All of it is said at once, at the fields
 * and by `notice`, whose lines lead there; each goes when its field is changed.
 */
export function lacks(controls, notice, told = {}) {
	for (const control of problemsOf(controls)) control.fail(control.findProblem());
	for (const [fieldname, text] of Object.entries(told)) controls.get(fieldname)?.fail?.(plain(text));
	const links = () => [...controls.values()].filter((control) => control.own).map((control) => linkTo(control, named(control)));
	if (!links().length) return false;
	notice.refuse({ title: __("Some fields are to be corrected"), lines: links() }, MISSING);
	if (!controls.isWatched) {
		controls.isWatched = true;
		for (const { element } of controls.values()) {
			for (const kind of ["input", "change"]) element.addEventListener(kind, () => notice.settle(MISSING, links()));
		}
	}
	return true;
}
