// Declarations and documents: their rows are the call's, the applicant ticks and attaches.

import { button, el, newId } from "../common/dom.js";
import { makeField } from "../common/fields.js";
import { FileField } from "../common/files.js";
import { GroupError } from "../common/group_error.js";
import { same } from "../common/same.js";

class CallRows {
	constructor(df, context) {
		Object.assign(this, { df, context, rows: [], values: [] });
		this.list = el("div", { class: "rtc-rows" });
		this.wrong = new GroupError();
		this.element = el(
			"div",
			{ class: "rtc-table", role: "group", "aria-label": df.label, "aria-describedby": this.wrong.id, "data-fieldname": df.fieldname },
			this.wrong.element,
			this.list
		);
	}

	set(values) {
		this.values = values || [];
		this.draw();
	}

	/** Draws the rows of the call that is chosen now; what was ticked or attached stays. */
	refresh() {
		this.values = this.get();
		this.draw();
	}

	draw() {
		this.rows = this.make();
		this.list.replaceChildren(
			...(this.rows.length ? this.rows.map((row) => row.element) : [el("p", { class: "rtc-help" }, __("Choose a call first."))])
		);
	}

	fieldOf(name) {
		return this.rows.find((row) => row.name === name)?.field;
	}

	/** The rows as the site has them now, where nothing was done to them since `sent`. */
	reconcile(sent, saved) {
		const told = (row) => row[this.toldBy];
		for (const value of saved) {
			const row = this.rows.find((one) => (one.name ? one.name === value.name : this.tells(one) === told(value)));
			if (!row) {
				this.receive(value);
				continue;
			}
			row.name = value.name;
			const before = sent.find((one) => (one.name ? one.name === value.name : told(one) === told(value)));
			const now = value[this.holds];
			if (row.field.held === undefined && before && same(row.field.get(), before[this.holds])) {
				if (!same(row.field.get(), now)) row.field.set(now);
			}
		}
	}

	receive() {}

	fieldAt(idx) {
		return this.rows[idx - 1]?.field;
	}

	nameAt(idx) {
		const row = this.rows[idx - 1];
		return row ? this.tells(row) : "";
	}

	/** What the rules find wrong with the rows together. */
	tell(text) {
		this.wrong.tell(text);
	}

	dropBlank() {}

	focusRow(idx) {
		const row = this.rows[idx - 1];
		if (row) row.field.focus();
	}
}

export class Declarations extends CallRows {
	toldBy = "declaration";
	holds = "accepted";

	tells(row) {
		return row.declaration;
	}

	make() {
		const given = new Map(this.values.map((row) => [row.declaration, row]));
		return this.context.ofCall("declarations").map((declaration) => {
			const known = given.get(declaration.declaration) || {};
			const df = {
				fieldname: "accepted",
				kind: "check",
				label: declaration.declaration,
				description: declaration.text,
				required: declaration.mandatory,
			};
			const field = makeField(df, this.context);
			field.set(known.accepted);
			return { declaration: declaration.declaration, name: known.name || "", field, element: field.element };
		});
	}

	get() {
		return this.rows.map((row, index) => ({
			...(row.name ? { name: row.name } : {}),
			declaration: row.declaration,
			accepted: row.field.held !== undefined ? row.field.held : row.field.get(),
			idx: index + 1,
		}));
	}
}

export class Documents extends CallRows {
	toldBy = "document";
	holds = "file";

	tells(row) {
		return row.document();
	}

	/** A document that somebody else added. */
	receive(value) {
		const row = this.other(value);
		this.rows.push(row);
		this.list.append(row.element);
	}

	constructor(df, context) {
		super(df, context);
		this.element.append(
			button(__("Add another document"), () => this.addOther(), "default", { class: "btn btn-default rtc-add" })
		);
	}

	make() {
		const asked = this.context.ofCall("documents");
		const others = this.values
			.filter((row) => !asked.some((document) => document.document === row.document))
			.map((row) => this.other(row));
		return [...asked.map((document) => this.asked(document)), ...others];
	}

	asked(document) {
		const known = this.values.find((row) => row.document === document.document) || {};
		const df = {
			fieldname: "file",
			kind: "file",
			label: document.mandatory ? `${document.document} *` : document.document,
			description: document.description,
			largest: this.df.largest,
			limits: this.df.limits,
		};
		const field = new FileField(df, this.context);
		field.set(known.file);
		if (/^(\/|https?:)/.test(document.template)) {
			field.element.append(el("a", { href: document.template, target: "_blank", rel: "noopener" }, __("Template to fill in")));
		}
		return { document: () => document.document, name: known.name || "", field, element: field.element };
	}

	other(known) {
		const id = newId();
		const title = el("input", { id, class: "form-control", type: "text", name: "document" });
		title.value = known.document || "";
		title.addEventListener("input", () => this.context.onchange());
		const field = new FileField(
			{ fieldname: "file", kind: "file", label: __("File"), largest: this.df.largest, limits: this.df.limits },
			this.context
		);
		field.set(known.file);
		const element = el(
			"div",
			{ class: "rtc-other" },
			el("div", { class: "rtc-field" }, el("label", { for: id }, __("Name of the document")), title),
			field.element
		);
		return { document: () => title.value.trim(), name: known.name || "", field, element, focus: () => title.focus() };
	}

	addOther() {
		const row = this.other({});
		if (!this.rows.length) this.list.replaceChildren();
		this.rows.push(row);
		this.list.append(row.element);
		row.focus();
	}

	get() {
		return this.rows
			.map((row, index) => ({
				...(row.name ? { name: row.name } : {}),
				document: row.document(),
				file: row.field.held !== undefined ? row.field.held : row.field.get(),
				idx: index + 1,
			}))
			.filter((row) => row.document || row.file);
	}

	dropBlank() {
		for (const row of this.rows.filter((candidate) => !candidate.document() && candidate.field.isEmpty())) {
			row.element.remove();
			this.rows.splice(this.rows.indexOf(row), 1);
		}
	}
}
