// The findings of the rules at the fields that they speak of: quiet until the field was left or a sending refused.

import { plain } from "../common/dom.js";

/** What the form computes is told where it comes from. */
const TOLD_AT = { cofinancing_percent: "costs", requested_contribution: "costs" };
/** The form proposes them: they do not say that somebody began to write. */
const PROPOSED = ["call", "start_date", "end_date"];

export class Corrections {
	/** `controls`: Map fieldname → control; `pages`: as `layOut` gives them; `show` (element) opens its step. */
	constructor(controls, pages, show) {
		Object.assign(this, { controls, pages, show, left: new WeakSet(), isRefused: false, findings: [], told: [] });
		this.unread = new Set();
	}

	/** The focus went from `element` to `next`: what it left may be judged now. */
	leave(element, next) {
		for (let place = placeOf(element); place; place = placeOf(place.parentElement)) {
			if (!place.contains(next)) this.left.add(place);
		}
		this.draw();
	}

	/** A sending was refused: all that is wrong is shown. */
	refuse() {
		this.isRefused = true;
		this.draw();
	}

	/** `report` of the server; gives its findings with `place`, where they stand in words of this form. */
	tell(report) {
		this.unread = new Set((report.unread || []).map((one) => this.fieldOf(one)));
		const findings = report.findings.map((finding) => ({ ...finding, place: this.wordsOf(finding) }));
		this.findings = findings.sort((one, other) => this.stepOf(one) - this.stepOf(other));
		this.draw();
		return this.findings;
	}

	errors() {
		return this.findings.filter((finding) => finding.severity === "error");
	}

	/** The errors as lines of a refusal, each a link to its field. */
	links() {
		return this.errors().map((finding) => {
			const { at } = this.find(finding);
			const text = [finding.place, plain(finding.message)].filter(Boolean).join(": ");
			return at ? { text, id: at.id, go: () => this.goTo(finding) } : text;
		});
	}

	draw() {
		const texts = new Map();
		const marked = new Set();
		for (const finding of this.errors().filter((one) => this.isShown(one))) {
			const { at, fields } = this.find(finding);
			if (!at?.tell) continue;
			texts.set(at, [...(texts.get(at) || []), plain(`${finding.message} ${finding.remedy}`)]);
			if (fields.length > 1) fields.forEach((field) => marked.add(field));
		}
		for (const place of this.told) if (!texts.has(place) && !marked.has(place)) place.tell("");
		for (const field of marked) if (!texts.has(field)) field.tell("", true);
		for (const [place, lines] of texts) place.tell(lines.join("\n"));
		this.told = [...new Set([...texts.keys(), ...marked])];
	}

	isShown(finding) {
		const { at, fields } = this.find(finding);
		return this.isRefused || [at, ...fields].some((place) => place && (this.left.has(place.element) || this.unread.has(place)));
	}

	/** {control, fields, at}: the table or field, the cells of its rows, and the one of them where the words stand. */
	find({ rows, field }) {
		const [first] = rows;
		const control = this.controls.get(first ? first.table : TOLD_AT[field] || field);
		const cells = rows.map((ref) => this.controls.get(ref.table)?.fieldAt?.(ref.idx, field));
		const fields = cells.filter(Boolean);
		return { control, fields, at: rows.length === 1 && fields.length ? fields[0] : control };
	}

	fieldOf({ table, name, idx, field }) {
		const control = this.controls.get(table || field);
		return table ? control?.fieldOf?.(name, field) || control?.fieldAt?.(idx, field) : control;
	}

	/** "Partnership › 2. Cooperativa Prova › Tax Code". */
	wordsOf(finding) {
		const { control, at } = this.find(finding);
		if (!control) return "";
		const page = this.pages[this.stepOf(finding)];
		const row = finding.rows.length === 1 ? control.nameAt?.(finding.rows[0].idx) : "";
		const labels = [page?.label, row, row && at === control ? "" : at.df.label.replace(/ \*$/, "")].filter(Boolean);
		return [...new Set(labels)].join(" › ");
	}

	/** How a step stands, see `Steps.tell`; the last one shows all that stops the sending. */
	stateOf(page) {
		const isLast = page === this.pages[this.pages.length - 1];
		const here = this.errors().filter((finding) => isLast || this.pages[this.stepOf(finding)] === page);
		const wrong = here.filter((finding) => this.isShown(finding)).length;
		const isBegun = page.fieldnames.some((name) => !PROPOSED.includes(name) && isFilled(this.controls.get(name)));
		if (!isBegun) return { state: "todo", wrong };
		const lacks = page.fieldnames.some((name) => this.controls.get(name).isMissing?.());
		return { state: here.length || lacks || !this.controls.get("call").get() ? "begun" : "complete", wrong };
	}

	/** Number of the step that a finding concerns, -1 for none. */
	stepOf(finding) {
		const { control } = this.find(finding);
		return this.pages.findIndex((page) => control && page.fieldnames.includes(control.df.fieldname));
	}

	/** Opens the step and the row, and puts the focus there. */
	goTo(finding) {
		const { control, at } = this.find(finding);
		if (!control) return;
		const [ref] = finding.rows;
		this.show(control.element);
		if (at !== control) at.element.closest("details")?.setAttribute("open", "");
		if (ref && control.focusRow) control.focusRow(ref.idx, finding.field);
		else if (at.focus) at.focus();
		else control.element.querySelector("summary, input, select, button")?.focus();
	}
}

function placeOf(element) {
	return element?.closest("[data-fieldname]");
}

function isFilled(control) {
	const value = control.get();
	if (!Array.isArray(value)) return value !== undefined && !control.isEmpty();
	return value.some((row) => row.accepted || row.file || !("accepted" in row || "file" in row));
}
