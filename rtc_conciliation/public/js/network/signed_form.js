// The signed adhesion form: kept by the browser until the adhesion is sent, then in the same request.

import { button, el, newId } from "../common/dom.js";

export class SignedForm {
	constructor(largest, onchange) {
		Object.assign(this, { largest, onchange, id: newId() });
		this.input = el("input", {
			type: "file",
			id: this.id,
			accept: ".pdf,.p7m",
			"aria-describedby": `${this.id}-help ${this.id}-error`,
		});
		this.input.addEventListener("change", () => this.changed());
		this.remove = button(__("Remove"), () => this.clear(), "default", { class: "btn btn-default btn-sm", hidden: true });
		this.error = el("p", { class: "rtc-field-error", id: `${this.id}-error`, role: "alert", hidden: true });
		this.element = el(
			"section",
			{ class: "rtc-section" },
			el("h2", {}, __("Signed form")),
			el(
				"div",
				{ class: "rtc-field rtc-field-file", "data-fieldname": "form" },
				el("label", { for: this.id }, __("Adhesion form signed by the legal representative (optional)")),
				el("div", { class: "rtc-file" }, this.input, this.remove),
				el(
					"p",
					{ class: "rtc-help", id: `${this.id}-help` },
					__("PDF or .p7m, {0} MB at the most. If it is not at hand you can send it later by PEC.", [largest])
				),
				this.error
			)
		);
	}

	get file() {
		return this.input.files[0];
	}

	changed() {
		this.remove.hidden = !this.file;
		this.fits();
		this.onchange();
	}

	clear() {
		this.input.value = "";
		this.changed();
		this.input.focus();
	}

	/** Can the file be sent? Otherwise says why and takes the focus there. */
	fits() {
		let text = "";
		if (this.file && this.file.size > this.largest * 1024 * 1024) {
			text = __("The file is larger than {0} MB.", [this.largest]);
		} else if (this.file && !/\.(pdf|p7m)$/i.test(this.file.name)) {
			text = __("Only a PDF or a .p7m can be sent.");
		}
		this.error.hidden = !text;
		this.error.textContent = text;
		this.input.setAttribute("aria-invalid", text ? "true" : "false");
		if (text) this.input.focus();
		return !text;
	}
}
