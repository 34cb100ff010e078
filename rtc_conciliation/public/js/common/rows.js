// A table of the form: each row is a box that opens and closes, with a label for every field of it.

import { button, el, newId } from "./dom.js";
import { makeField } from "./fields.js";
import { GroupError } from "./group_error.js";
import { writeNumber } from "./numbers.js";
import { newKey, same, sameCells } from "./same.js";

export class Rows {
	constructor(df, context) {
		Object.assign(this, { df, context, rows: [] });
		this.id = newId();
		const list = this.makeList();
		this.none = el("p", { class: "rtc-help" }, __("No rows yet."));
		this.wrong = new GroupError();
		this.element = el(
			"div",
			{ class: "rtc-table", role: "group", "aria-labelledby": this.id, "aria-describedby": this.wrong.id, "data-fieldname": df.fieldname },
			el("h3", { id: this.id, class: df.alone ? "rtc-hidden" : "" }, df.label),
			df.description && !df.alone ? el("p", { class: "rtc-help" }, df.description) : null,
			this.wrong.element,
			this.none,
			list,
			button(__("Add: {0}", [df.label]), () => this.add({}, true), "default", { class: "btn btn-default rtc-add" }),
			context.tools?.(df, context, (rows, replace) => this.take(rows, replace)) || null
		);
	}

	/** Sets `this.list`, in which the rows stand; returns what holds it. */
	makeList() {
		this.list = el("div", { class: "rtc-rows" });
		return this.list;
	}

	/** A table without rows begins with an empty one: nobody has to ask for it. */
	set(values) {
		this.rows = [];
		this.list.replaceChildren();
		for (const value of values || []) this.add(value);
		if (!this.rows.length && this.context.seeded?.includes(this.df.fieldname)) this.add({}).element.setAttribute("open", "");
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
		const row = { name: value.name || "", key: value.key || newKey(), note: "" };
		const longest = (fieldname) => this.context.longest?.(fieldname, this.df.fieldname);
		const isNeeded = (fieldname) => this.context.isNeeded?.(fieldname, this.df.fieldname);
		const isOptional = () => this.isBlank(row); // a row with nothing in it is not sent
		const context = { ...this.context, longest, isNeeded, isOptional, rows: 2, onchange: () => this.changed(row) };
		row.fields = this.df.columns.map((df) => makeField(df, context));
		for (const field of row.fields) {
			if (field.df.fieldname in value) field.set(value[field.df.fieldname]);
		}
		this.drawRow(row, this.makeTools(row), open);
		return row;
	}

	/** Sets `row.element` and `row.title`. */
	drawRow(row, tools, open) {
		row.title = el("summary", { class: "rtc-row-title" });
		row.element = el(
			"details",
			{ class: "rtc-row", open },
			row.title,
			el("div", { class: "rtc-grid" }, row.fields.map((field) => field.element)),
			el("div", { class: "rtc-buttons rtc-row-tools" }, tools)
		);
	}

	makeTools(row) {
		return [
			button("↑", () => this.move(row, -1), "default", { class: "btn btn-default btn-sm rtc-move", "aria-label": __("Move up") }),
			button("↓", () => this.move(row, 1), "default", { class: "btn btn-default btn-sm rtc-move", "aria-label": __("Move down") }),
			button(__("Duplicate"), () => this.duplicate(row), "default", { class: "btn btn-default btn-sm" }),
			button(__("Remove"), () => this.remove(row), "default", { class: "btn btn-default btn-sm" }),
		];
	}

	changed(row) {
		this.entitle(row);
		this.context.onchange();
	}

	duplicate(row) {
		const copy = { ...this.valuesOf(row), name: "", key: "" };
		for (const field of row.fields) if (field.df.kind === "file") delete copy[field.df.fieldname];
		this.add(copy, true);
		this.context.onchange();
	}

	move(row, by) {
		const at = this.rows.indexOf(row);
		const to = at + by;
		if (to < 0 || to >= this.rows.length) return;
		this.rows.splice(at, 1);
		this.rows.splice(to, 0, row);
		const focused = document.activeElement;
		by < 0 ? row.element.after(this.rows[to + 1].element) : row.element.before(this.rows[to - 1].element);
		focused?.focus();
		this.show();
		this.context.onchange();
	}

	/** Rows from a spreadsheet, after those that are there or in their place. */
	take(values, replace) {
		const blank = this.rows.filter((row) => replace || this.isBlank(row));
		for (const row of blank) row.element.remove();
		this.rows = this.rows.filter((row) => !blank.includes(row));
		for (const value of values) this.add(value);
		this.show();
		this.context.onchange();
		this.rows[this.rows.length - values.length]?.title.focus();
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
		const value = row.name ? { name: row.name } : { key: row.key };
		for (const field of row.fields) value[field.df.fieldname] = field.held !== undefined ? field.held : field.get();
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

	fieldOf(name, fieldname) {
		return this.rows.find((row) => row.name === name)?.fields.find((field) => field.df.fieldname === fieldname);
	}

	fieldAt(idx, fieldname) {
		return this.rows[idx - 1]?.fields.find((field) => field.df.fieldname === fieldname);
	}

	/** "2. Cooperativa Prova": the row as its reader knows it. */
	nameAt(idx) {
		const row = this.rows[idx - 1];
		return row ? `${idx}. ${shown(row.fields[0]) || __("to be filled in")}` : "";
	}

	/** What the rules find wrong with the rows together. */
	tell(text) {
		this.wrong.tell(text);
	}

	/**
	 * The rows as the site has them now, where nothing was done to them since `sent`: new rows get their names, what
	 * others wrote, added, moved or removed is shown.
	 */
	reconcile(sent, saved, keys, disputed) {
		for (const row of this.rows) row.name = row.name || keys[row.key] || "";
		const before = new Map(sent.map((row) => [row.name || keys[row.key], row]));
		const now = new Map(saved.map((row) => [row.name, row]));
		for (const row of this.rows.filter((one) => one.name)) {
			if (now.has(row.name)) this.followRow(row, before.get(row.name) || {}, now.get(row.name), disputed);
			else this.outlive(row, before.get(row.name));
		}
		const known = new Set(this.rows.map((row) => row.name));
		for (const [at, value] of saved.entries()) {
			if (!known.has(value.name) && !before.has(value.name)) this.insert(value, saved[at - 1]?.name);
		}
		this.arrange([...before.keys()], [...now.keys()]);
		this.show();
	}

	followRow(row, sent, saved, disputed) {
		for (const field of row.fields) {
			const { fieldname } = field.df;
			if (field.held !== undefined || disputed.has(`${this.df.fieldname}|${row.name}|${fieldname}`)) continue;
			const untouched = same(field.get(), sent[fieldname] ?? "");
			if (untouched && !same(field.get(), saved[fieldname])) field.set(saved[fieldname]);
		}
	}

	/** A row that the site no longer has goes, or becomes a new one if it was changed since. */
	outlive(row, sent) {
		if (sent && sameCells(this.valuesOf(row), sent)) {
			this.rows.splice(this.rows.indexOf(row), 1);
			row.element.remove();
		} else Object.assign(row, { name: "", key: newKey() });
	}

	insert(value, after) {
		const row = this.makeRow(value, false);
		const at = this.rows.findIndex((one) => one.name === after) + 1;
		this.rows.splice(at, 0, row);
		this.list.insertBefore(row.element, this.rows[at + 1]?.element || null);
	}

	/** Others' order, if nobody moved rows here since they were sent. */
	arrange(sent, saved) {
		const here = this.rows.map((row) => row.name).filter(Boolean);
		const common = (names) => names.filter((name) => here.includes(name) && sent.includes(name) && saved.includes(name)).join();
		if (common(here) !== common(sent) || common(here) === common(saved)) return;
		const place = (row) => (row.name ? saved.indexOf(row.name) : saved.length);
		this.rows.sort((one, other) => place(one) - place(other));
		this.list.append(...this.rows.map((row) => row.element));
	}

	refresh() {
		for (const row of this.rows) row.fields.forEach((field) => field.refresh && field.refresh());
		this.show();
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
