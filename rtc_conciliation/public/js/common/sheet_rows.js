// A table of the form as a sheet on wide screens: cells under headings, keys as in a spreadsheet, cells pasted in place. On
// narrow ones each row is a card. The rows themselves are those of `Rows`.

import { button, el } from "./dom.js";
import { readNumber } from "./numbers.js";
import { isGrid, placeCells, readCells } from "./pasted.js";
import { Rows } from "./rows.js";

export class SheetRows extends Rows {
	/** The column of what is computed stands after `this.computedAfter`; `compute` (row values) gives its text. */
	makeList() {
		this.list = el("tbody", {});
		this.pasted = el("p", { class: "rtc-help", role: "status" });
		const heads = this.places().map((df) => el("th", { scope: "col", class: `rtc-col-${df.fieldname}` }, df.label));
		this.table = el(
			"table",
			{ class: "rtc-sheet-table" },
			el("caption", { class: "rtc-hidden" }, this.df.label),
			el("thead", {}, el("tr", {}, el("th", { scope: "col" }, el("span", { class: "rtc-hidden" }, __("Row"))), heads, el("th", { scope: "col" }, el("span", { class: "rtc-hidden" }, __("Tools"))))),
			this.list
		);
		this.table.addEventListener("keydown", (event) => this.keyed(event));
		this.table.addEventListener("paste", (event) => this.paste(event));
		const keys = __("Enter goes to the row below and adds one at the end; arrows move; cells copied from a spreadsheet can be pasted here.");
		return el("div", {}, el("p", { class: "rtc-help rtc-sheet-keys" }, keys), this.table, this.pasted);
	}

	/** The columns as they stand on the screen, the computed one among them. */
	places() {
		const { after, ...computed } = this.computed;
		return this.df.columns.flatMap((df) => (df.fieldname === after ? [df, computed] : [df]));
	}

	drawRow(row, tools) {
		row.title = el("th", { scope: "row", tabindex: "-1", class: "rtc-sheet-number" });
		row.amount = el("output", {});
		const cells = this.places().map((df) => {
			const field = row.fields.find((one) => one.df.fieldname === df.fieldname);
			const content = field ? field.element : [el("span", { class: "rtc-cell-label" }, df.label), row.amount];
			return el("td", { class: `rtc-col-${df.fieldname}` }, content);
		});
		row.element = el("tr", { class: "rtc-sheet-row" }, row.title, cells, el("td", { class: "rtc-sheet-row-tools" }, tools));
	}

	makeTools(row) {
		const tool = (sign, label, work) => button(sign, work, "default", { class: "btn btn-default btn-sm", "aria-label": label, title: label });
		return [
			tool("↑", __("Move up"), () => this.move(row, -1)),
			tool("↓", __("Move down"), () => this.move(row, 1)),
			tool("⧉", __("Duplicate"), () => this.duplicate(row)),
			tool("✕", __("Remove"), () => this.remove(row)),
		];
	}

	changed(row) {
		row.note = "";
		super.changed(row);
	}

	entitle(row) {
		row.title.textContent = String(this.rows.indexOf(row) + 1);
		row.amount.textContent = row.note || this.compute(this.valuesOf(row));
	}

	keyed(event) {
		const { target, key } = event;
		const isChoice = target.tagName === "SELECT";
		if (!["INPUT", "SELECT"].includes(target.tagName) || event.altKey || event.ctrlKey || event.metaKey) return;
		if (key === "Enter") this.step(event, event.shiftKey ? -1 : 1, !event.shiftKey);
		else if (key === "ArrowDown" && !isChoice) this.step(event, 1);
		else if (key === "ArrowUp" && !isChoice) this.step(event, -1);
	}

	/** To the cell above or below; below the last row there may come a new one. */
	step(event, by, isAdding = false) {
		event.preventDefault();
		const at = this.rows.findIndex((row) => row.element.contains(event.target));
		const column = this.rows[at].fields.findIndex((field) => field.input === event.target);
		const next = this.rows[at + by];
		if (column < 0) return null;
		if (next) return next.fields[column].focus();
		return isAdding && by > 0 && !this.isBlank(this.rows[at]) ? this.add({}, true) : null;
	}

	paste(event) {
		const text = event.clipboardData?.getData("text/plain") || "";
		const at = this.rows.findIndex((row) => row.element.contains(event.target));
		const field = this.rows[at]?.fields.find((one) => one.input === event.target);
		if (!isGrid(text) || !field) return;
		event.preventDefault();
		const places = this.places();
		const { rows, left } = placeCells(readCells(text), places, places.findIndex((df) => df.fieldname === field.df.fieldname));
		const room = rows.slice(0, Math.max(0, (this.df.max_rows || rows.length) - at));
		room.forEach((values, index) => this.fillRow(this.rows[at + index] || this.add({}), values));
		this.show();
		this.pasted.textContent = [
			__("Rows pasted: {0}. Look them over.", [room.length]),
			rows.length > room.length ? __("Rows for which there is no room: {0}.", [rows.length - room.length]) : "",
			left ? __("Columns for which there is no place: {0}.", [left]) : "",
		].join(" ");
		this.context.onchange();
		this.rows[at].fields[0].focus();
	}

	/** What a cell cannot be stays in its field as it was copied, and is said there. */
	fillRow(row, values) {
		row.note = "";
		for (const field of row.fields) {
			const text = values[field.df.fieldname];
			if (text === undefined || field.held !== undefined) continue;
			if (field.df.kind === "choice") field.choose(text);
			else field.set(["money", "number"].includes(field.df.kind) ? readNumber(text) : text);
		}
	}
}
