// A file of a field: sent to the site at once, private, and kept with the form when it is saved.

import { fileLink, isFile, learnNames, nameOf } from "./addresses.js";
import { button, el, newId, plain } from "./dom.js";
import { sendFile } from "./server.js";

const UPLOAD = "rtc_conciliation.common.api.upload_file";
// what the forms take; the server looks into the files
const KINDS = ".pdf,.p7m,.docx,.xlsx,.odt,.ods,.jpg,.jpeg,.png";

export class FileField {
	constructor(df, context) {
		Object.assign(this, { df, context, id: newId(), value: "" });
		const described = `${this.id}-help ${this.id}-error`;
		this.input = el("input", { type: "file", id: this.id, accept: KINDS, "aria-describedby": described });
		this.input.addEventListener("change", () => this.upload());
		this.shown = el("span", { class: "rtc-file", "aria-live": "polite" });
		this.error = el("p", { class: "rtc-field-error", id: `${this.id}-error`, hidden: true });
		this.element = el(
			"div",
			{ class: "rtc-field rtc-field-file", "data-fieldname": df.fieldname },
			el("label", { for: this.id }, df.label),
			this.input,
			this.shown,
			el("p", { class: "rtc-help", id: `${this.id}-help` }, [df.description, df.limits].filter(Boolean).join(" ")),
			this.error
		);
		this.show();
	}

	async upload() {
		const file = this.input.files[0];
		if (!file) return;
		this.fail("");
		if (this.df.largest && file.size > this.df.largest) {
			this.input.value = "";
			return this.fail(`${__("This file is too large.")} ${this.df.limits}`);
		}
		this.shown.replaceChildren(__("Uploading…"));
		try {
			const kept = await sendFile(UPLOAD, file);
			learnNames({ [kept.file_url]: kept.file_name });
			this.value = kept.file_url;
			this.context.onchange(this);
		} catch (error) {
			const lines = error.lines || [error.message];
			this.fail(lines.map(plain).join(" "));
		}
		this.input.value = "";
		this.show();
	}

	show() {
		this.input.hidden = Boolean(this.value);
		if (!this.value) return this.shown.replaceChildren();
		const label = __("Remove {0}", [nameOf(this.value)]);
		this.shown.replaceChildren(
			fileLink(this.value),
			button(__("Remove"), () => this.remove(), "default", { class: "btn btn-default btn-sm", "aria-label": label })
		);
	}

	remove() {
		this.value = "";
		this.show();
		this.input.focus();
		this.context.onchange(this);
	}

	get() {
		return this.value;
	}

	set(value) {
		this.value = isFile(value) ? value : "";
		this.show();
	}

	isEmpty() {
		return !this.value;
	}

	isMissing() {
		return Boolean(this.df.required) && this.isEmpty();
	}

	fail(text) {
		this.own = text;
		this.sayWrong();
	}

	tell(text) {
		this.found = text;
		this.sayWrong();
	}

	sayWrong() {
		const text = this.own || this.found || "";
		this.error.hidden = !text;
		this.error.textContent = text;
	}

	focus() {
		this.input.focus();
	}
}
