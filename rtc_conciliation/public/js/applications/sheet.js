// Rows from a spreadsheet: pasted cells or a workbook, shown as they were understood before they are taken.

import { button, el, messageNodes, newId } from "../common/dom.js";
import { post, sendForm } from "../common/server.js";

const PASTED = "rtc_conciliation.applications.api.read_pasted_rows";
const BUDGET = "rtc_conciliation.applications.api.read_budget";

/** Buttons of a table: paste, and for the costs the workbook out and in. `take(rows, replace)` gets the rows. */
export function sheetTools(df, context, take) {
	const tools = [
		button(df.fieldname === "costs" ? __("Paste or load from a spreadsheet") : __("Paste from a spreadsheet"), () => new SheetDialog(df, context, take).open(), "default", { class: "btn btn-default btn-sm" }),
	];
	if (df.fieldname === "costs") {
		const download = async () => {
			try {
				window.location.assign(await context.budget());
			} catch (error) {
				context.refuse(error);
			}
		};
		tools.push(button(__("Download as a workbook (.xlsx)"), download, "default", { class: "btn btn-default btn-sm" }));
	}
	return el("div", { class: "rtc-buttons rtc-sheet-tools" }, tools);
}

class SheetDialog {
	constructor(df, context, take) {
		Object.assign(this, { df, context, take });
		const [heading, area, file] = [newId(), newId(), newId()];
		this.text = el("textarea", { id: area, class: "form-control", rows: 5, spellcheck: "false" });
		this.text.addEventListener("paste", () => setTimeout(() => this.readText()));
		this.file = el("input", { id: file, type: "file", accept: ".xlsx,.csv,.tsv,.txt" });
		this.file.addEventListener("change", () => this.readFile());
		this.result = el("div", { class: "rtc-sheet-result", role: "status" });
		this.choices = el("div", { class: "rtc-buttons" });
		this.dialog = el(
			"dialog",
			{ class: "rtc-dialog rtc-sheet rtc-form", "aria-labelledby": heading },
			el("h2", { id: heading }, __("Rows from a spreadsheet: {0}", [df.label])),
			el("p", { class: "rtc-help" }, __("Columns, in this order unless the first row names them: {0}.", [this.columns()])),
			el("label", { for: area }, __("Copy the cells there and paste them here")),
			this.text,
			df.fieldname === "costs" ? [el("label", { for: file }, __("or choose a workbook (.xlsx) or a table saved as CSV")), this.file] : null,
			this.result,
			this.choices
		);
		this.dialog.addEventListener("close", () => this.dialog.remove());
		this.show(null);
	}

	columns() {
		return this.df.columns.filter((column) => column.kind !== "file").map((column) => column.label).join(", ");
	}

	open() {
		document.body.append(this.dialog);
		this.dialog.showModal();
		this.text.focus();
	}

	readText() {
		return this.ask(() => post(PASTED, { table: this.df.fieldname, text: this.text.value, call: this.context.call() }));
	}

	readFile() {
		const [file] = this.file.files;
		if (!file) return;
		const body = new FormData();
		body.append("file", file, file.name);
		body.append("call", this.context.call());
		return this.ask(() => sendForm(BUDGET, body));
	}

	async ask(question) {
		this.result.replaceChildren(el("p", {}, __("Reading…")));
		try {
			this.show(await question());
		} catch (error) {
			this.show(null);
			this.result.replaceChildren(
				el("div", { class: "rtc-message rtc-message-error", role: "alert" }, (error.lines || [error.message]).map((line) => el("p", {}, messageNodes(line))))
			);
		}
		this.file.value = "";
	}

	show(read) {
		const found = read && read.rows.length;
		this.result.replaceChildren(...(read ? [this.problems(read), read.read_as ? el("p", { class: "rtc-help" }, read.read_as) : "", found ? this.preview(read) : el("p", {}, __("No row was understood."))] : []));
		const close = (replace) => {
			this.dialog.close(); // gives the focus back, before the first new row gets it
			this.take(read.rows, replace);
		};
		this.choices.replaceChildren(
			button(__("Cancel"), () => this.dialog.close()),
			read ? "" : button(__("Read the cells"), () => this.readText(), "primary"),
			found ? button(__("Replace the rows of the form"), () => close(true)) : "",
			found ? button(__("Add {0} rows", [read.rows.length]), () => close(false), "primary") : ""
		);
	}

	problems({ problems, more }) {
		if (!problems.length) return el("p", { class: "rtc-result rtc-result-good" }, __("Everything was understood."));
		return el(
			"div",
			{ class: "rtc-message rtc-message-error" },
			el("p", {}, el("b", {}, __("These cells were not understood and stay empty:"))),
			el("ul", {}, problems.map((problem) => el("li", {}, messageNodes(problem)))),
			more ? el("p", {}, __("And {0} more.", [more])) : null
		);
	}

	preview({ columns, shown, lines }) {
		return el(
			"div",
			{ class: "rtc-scroll rtc-sheet-preview", tabindex: "0", role: "group", "aria-label": __("What was understood") },
			el(
				"table",
				{ class: "table table-bordered" },
				el("thead", {}, el("tr", {}, el("th", { scope: "col" }, __("Row")), columns.map((label) => el("th", { scope: "col" }, label)))),
				el("tbody", {}, shown.map((cells, at) => el("tr", {}, el("th", { scope: "row" }, String(lines[at])), cells.map((cell) => el("td", {}, cell)))))
			)
		);
	}
}
