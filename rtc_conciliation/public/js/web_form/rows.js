// A table of the form: each row is a box that opens and closes, with a label for every field of it.

import { button, el, newId } from "./dom.js";
import { makeField } from "./fields.js";
import { writeNumber } from "./numbers.js";

export class Rows {
	constructor(df, context) {
		Object.assign(this, { df, context, rows: [] });
		this.id = newId();
		this.list = el("div", { class: "rtc-rows" });
		this.none = el("p", { class: "rtc-help" }, __("No rows yet."));
		this.element = el(
			"div",
			{ class: "rtc-table", role: "group", "aria-labelledby": this.id, "data-fieldname": df.fieldname },
			el("h3", { id: this.id, class: df.alone ? "rtc-hidden" : "" }, df.label),
			df.description && !df.alone ? el("p", { class: "rtc-help" }, df.description) : null,
			this.none,
			this.list,
			button(__("Add: {0}", [df.label]), () => this.add({}, true), "default", { class: "btn btn-default rtc-add" })
		);
	}

	set(values) {
		this.rows = [];
		this.list.replaceChildren();
		for (const value of values || []) this.add(value);
		this.show();
	}

	add(value, byHand = false) {
		const row = this.makeRow(value, byHand);
		this.rows.push(row);
		this.list.append(row.element);
		this.show();
		if (byHand) row.fields[0].focus();
		return row;
	}

	makeRow(value, open) {
		const row = { name: value.name || "", note: "" };
		const context = { ...this.context, rows: 2, onchange: () => this.changed(row) };
		row.fields = this.df.columns.map((df) => makeField(df, context));
		for (const field of row.fields) {
			if (field.df.fieldname in value) field.set(value[field.df.fieldname]);
		}
		row.title = el("summary", { class: "rtc-row-title" });
		const tools = el(
			"div",
			{ class: "rtc-buttons rtc-row-tools" },
			button(__("Duplicate"), () => this.duplicate(row), "default", { class: "btn btn-default btn-sm" }),
			button(__("Remove"), () => this.remove(row), "default", { class: "btn btn-default btn-sm" })
		);
		row.element = el(
			"details",
			{ class: "rtc-row", open },
			row.title,
			el("div", { class: "rtc-grid" }, row.fields.map((field) => field.element)),
			tools
		);
		return row;
	}

	changed(row) {
		this.entitle(row);
		this.context.onchange();
	}

	duplicate(row) {
		const copy = { ...this.valuesOf(row), name: "" };
		for (const field of row.fields) if (field.df.kind === "file") delete copy[field.df.fieldname];
		this.add(copy, true);
		this.context.onchange();
	}

	remove(row) {
		const at = this.rows.indexOf(row);
		this.rows.splice(at, 1);
		row.element.remove();
		this.show();
		this.context.onchange();
		const next = this.rows[Math.min(at, this.rows.length - 1)];
		(next ? next.title : this.element.querySelector(".rtc-add")).focus();
	}

	show() {
		this.none.hidden = this.rows.length > 0;
		this.rows.forEach((row) => this.entitle(row));
	}

	entitle(row) {
		const [first, second] = row.fields.slice(0, 2).map((field) => shown(field));
		const money = row.fields.find((field) => ["budget", "unit_cost"].includes(field.df.fieldname));
		const amount = row.note || (money && money.get() ? `€ ${writeNumber(money.get(), 2)}` : "");
		row.title.replaceChildren(
			el("b", {}, `${this.rows.indexOf(row) + 1}. ${first || __("to be filled in")}`),
			second ? el("span", { class: "rtc-row-more" }, second) : "",
			amount ? el("span", { class: "rtc-row-amount" }, amount) : ""
		);
	}

	/** Notes of the server beside the rows (amounts of the costs), by number of the row as sent. */
	note(notes) {
		this.filled().forEach((row, index) => {
			row.note = notes[index] || "";
			this.entitle(row);
		});
	}

	filled() {
		return this.rows.filter((row) => !this.isBlank(row));
	}

	isBlank(row) {
		return row.fields.every((field) => field.isEmpty() || isDefault(field));
	}

	valuesOf(row) {
		const value = row.name ? { name: row.name } : {};
		for (const field of row.fields) value[field.df.fieldname] = field.get();
		return value;
	}

	/** Rows with something in them; `idx` is the number that the reader sees. */
	get() {
		return this.filled().map((row) => ({ ...this.valuesOf(row), idx: this.rows.indexOf(row) + 1 }));
	}

	dropBlank() {
		for (const row of this.rows.filter((candidate) => this.isBlank(candidate))) row.element.remove();
		this.rows = this.filled();
		this.show();
	}

	keepNames(names) {
		this.rows.forEach((row, index) => (row.name = names[index] || ""));
	}

	refresh() {
		for (const row of this.rows) row.fields.forEach((field) => field.refresh && field.refresh());
		this.show();
	}

	/** Marks required fields that are empty; returns the first of them. */
	missing() {
		let first = null;
		for (const row of this.filled()) {
			for (const field of row.fields.filter((candidate) => candidate.df.required && candidate.isEmpty())) {
				field.fail(__("Fill this in or remove the row."));
				first = first || { field, open: () => (row.element.open = true) };
			}
		}
		return first;
	}

	focusRow(idx, fieldname) {
		const row = this.rows[idx - 1];
		if (!row) return this.element.querySelector(".rtc-add").focus();
		row.element.open = true;
		const field = row.fields.find((candidate) => candidate.df.fieldname === fieldname);
		field ? field.focus() : row.title.focus();
	}
}

function isDefault(field) {
	const [now, first] = [field.get(), field.df.default ?? ""];
	return String(now) === String(first) || (first !== "" && Number(now) === Number(first));
}

function shown(field) {
	if (field.df.kind === "choice") {
		const option = field.input.selectedOptions[0];
		return option && option.value ? option.textContent : "";
	}
	return field.df.kind === "file" || field.df.kind === "check" ? "" : String(field.get() || "");
}
