// One field with its label, help and error, from the server's description of it.
// Each has: df, element, get(), set(value), fail(text), focus().

import { Counter } from "./counter.js";
import { el, newId } from "./dom.js";
import { FileField } from "./files.js";
import { findWrongForm } from "./forms.js";
import { readNumber, writeNumber } from "./numbers.js";

export function makeField(df, context) {
	if (df.kind === "file") return new FileField(df, context);
	if (df.kind === "check") return new CheckField(df, context);
	if (df.kind === "choice") return new ChoiceField(df, context);
	if (df.kind === "number" || df.kind === "money") return new NumberField(df, context);
	return new TextField(df, context);
}

export class Field {
	constructor(df, context) {
		this.df = df;
		this.context = context;
		this.id = newId();
		this.help = el("p", { class: "rtc-help", id: `${this.id}-help` }, df.description || "");
		this.error = el("p", { class: "rtc-field-error", id: `${this.id}-error`, hidden: true });
		this.input = this.makeInput();
		this.input.addEventListener("input", () => this.changed());
		// Leaving a field tells of what was typed once more; only what is new is heard.
		this.input.addEventListener("change", () => this.get() !== this.heard && this.changed());
		this.input.addEventListener("blur", () => this.left());
		this.element = this.lay();
		this.set(df.default ?? "");
	}

	attributes() {
		return {
			id: this.id,
			name: this.df.fieldname,
			class: "form-control",
			"aria-required": this.df.required ? "true" : null,
			"aria-describedby": [(this.df.description || this.df.options_from) && `${this.id}-help`, this.df.max && `${this.id}-count`, `${this.id}-error`]
				.filter(Boolean)
				.join(" "),
			readonly: Boolean(this.df.read_only),
		};
	}

	lay() {
		return el(
			"div",
			{ class: `rtc-field rtc-field-${this.df.kind}`, "data-fieldname": this.df.fieldname, hidden: Boolean(this.df.hidden) },
			this.makeLabel(),
			this.input,
			this.df.description ? this.help : null,
			this.error
		);
	}

	makeLabel() {
		const star = this.df.required ? el("span", { class: "rtc-required", "aria-hidden": "true" }, " *") : null;
		return el("label", { for: this.id }, this.df.label, star);
	}

	changed() {
		this.heard = this.get();
		this.fail("");
		this.context.onchange(this);
	}

	get() {
		return this.input.value;
	}

	set(value) {
		this.input.value = value ?? "";
	}

	isEmpty() {
		return !String(this.get() ?? "").trim();
	}

	/** What is wrong at first sight is said when one goes on, not before. */
	left() {
		const text = this.context.isOptional?.() ? "" : this.findProblem();
		if (text) this.fail(text);
	}

	/** What can be said of the value without asking the site, "" for nothing. */
	findProblem() {
		return this.isMissing() ? __("This is needed.") : "";
	}

	isMissing() {
		return Boolean(this.df.required) && this.isEmpty();
	}

	/** What the field itself finds wrong, until something else is typed. */
	fail(text) {
		this.own = text;
		this.sayWrong();
	}

	/** What the rules find wrong, until they say otherwise; without words where their words stand elsewhere. */
	tell(text, isWrong = Boolean(text)) {
		Object.assign(this, { found: text, isWrong });
		this.sayWrong();
	}

	sayWrong() {
		const text = this.own || this.found || "";
		this.error.hidden = !text;
		this.error.textContent = text;
		this.input.setAttribute("aria-invalid", text || this.isWrong ? "true" : "false");
	}

	focus() {
		this.input.focus();
	}
}

class TextField extends Field {
	makeInput() {
		if (this.df.kind === "long") {
			if (this.df.max) this.counter = new Counter(`${this.id}-count`, () => this.context.longest?.(this.df.fieldname) ?? this.df.max, () => this.context.isNeeded?.(this.df.fieldname));
			const area = el("textarea", { ...this.attributes(), rows: this.context.rows || 4 });
			area.addEventListener("focus", () => this.counter?.show(this.get())); // the call may be another one now
			return area;
		}
		const type = this.df.kind === "date" ? "date" : this.df.type || "text";
		const input = el("input", { ...this.attributes(), type });
		return input;
	}

	lay() {
		const element = super.lay();
		if (this.counter) this.input.after(this.counter.element);
		return element;
	}

	set(value) {
		super.set(value);
		this.counter?.show(this.get());
	}

	changed() {
		this.counter?.show(this.get());
		super.changed();
		this.tellLength();
	}

	/** Nothing is cut: what is too long stays, and is said. */
	tellLength() {
		const text = this.findLength();
		if (text) this.fail(text);
	}

	findLength() {
		const most = this.df.longest;
		const typed = [...this.get()].length;
		return most && typed > most ? __("{0} characters: at most {1} are kept here. Shorten the text.", [typed, most]) : "";
	}

	findProblem() {
		if (this.isEmpty()) return super.findProblem();
		return this.findLength() || findWrongForm(this.df, this.get().trim());
	}

	refresh() {
		this.counter?.show(this.get());
	}
}

class NumberField extends Field {
	makeInput() {
		const input = el("input", { ...this.attributes(), type: "text", inputmode: "decimal", autocomplete: "off" });
		input.addEventListener("blur", () => this.set(this.get()));
		return input;
	}

	get() {
		return readNumber(this.input.value);
	}

	set(value) {
		const year = this.df.fieldname === "year";
		this.input.value = year ? value || "" : writeNumber(value, this.df.kind === "money" ? 2 : 0);
	}
}

class ChoiceField extends Field {
	makeInput() {
		return el("select", this.attributes());
	}

	lay() {
		const element = super.lay();
		if (!this.df.description) this.input.after(this.help);
		return element;
	}

	changed() {
		this.explain();
		super.changed();
	}

	/** What the chosen one means, as the office describes it. */
	explain() {
		const chosen = this.options().find((option) => option.value === this.input.value);
		this.help.textContent = [chosen?.description, this.df.description].filter(Boolean).join(" ");
		this.help.hidden = !this.help.textContent;
	}

	options() {
		if (this.df.options_of) return this.context.known(...this.df.options_of).map((value) => ({ value, label: value }));
		return this.df.options || this.context.options(this.df.options_from) || [];
	}

	/** By its words or its value; what is none of those offered stays, and is said so. */
	choose(text) {
		const plain = (value) => String(value).trim().toLocaleLowerCase();
		const found = this.options().find(({ value, label }) => [plain(value), plain(label)].includes(plain(text)));
		this.set(found ? found.value : text);
	}

	set(value) {
		const chosen = value ?? "";
		const options = this.options();
		const empty = el("option", { value: " " }, __("Choose…"));
		empty.value = "";
		this.input.replaceChildren(empty, ...options.map((o) => el("option", { value: o.value }, o.label)));
		if (chosen && !options.some((option) => option.value === chosen)) {
			this.input.append(el("option", { value: chosen }, `${chosen} (${__("no longer available")})`));
		}
		this.input.value = chosen;
		this.explain();
	}

	refresh() {
		this.set(this.get());
	}
}

class CheckField extends Field {
	makeInput() {
		return el("input", { ...this.attributes(), type: "checkbox", class: "rtc-check" });
	}

	lay() {
		return el(
			"div",
			{ class: "rtc-field rtc-field-check", "data-fieldname": this.df.fieldname },
			this.df.notice ? notice(this.df.notice) : null,
			el("div", { class: "rtc-check-line" }, this.input, this.makeLabel()),
			this.df.description ? this.help : null,
			this.error
		);
	}

	get() {
		return this.input.checked ? 1 : 0;
	}

	set(value) {
		this.input.checked = Boolean(Number(value));
	}

	isEmpty() {
		return !this.input.checked;
	}
}

function notice({ title, paragraphs }) {
	return el(
		"div",
		{ class: "rtc-privacy" },
		el("h3", {}, title),
		paragraphs.map((text) => el("p", {}, text))
	);
}
