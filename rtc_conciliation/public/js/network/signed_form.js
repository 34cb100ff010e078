// The signed adhesion form: kept by the browser until the adhesion is sent, then in the same request.

import { button, el, messageNodes, newId } from "../common/dom.js";
import { sendForm } from "../common/server.js";

const CHECK = "rtc_conciliation.network.api.check_form";
const KINDS = { good: "rtc-message-good", bad: "rtc-message-error" };

export class SignedForm {
	/** read: the values that the form holds now, with which the signer is compared. */
	constructor(largest, onchange, read) {
		Object.assign(this, { largest, onchange, read, id: newId() });
		this.input = el("input", {
			type: "file",
			id: this.id,
			accept: ".pdf,.p7m",
			"aria-describedby": `${this.id}-help ${this.id}-error`,
		});
		this.input.addEventListener("change", () => this.changed());
		this.remove = button(__("Remove"), () => this.clear(), "default", { class: "btn btn-default btn-sm", hidden: true });
		this.error = el("p", { class: "rtc-field-error", id: `${this.id}-error`, role: "alert", hidden: true });
		this.found = el("p", { class: "rtc-message", role: "status", hidden: true });
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
				this.error,
				this.found
			)
		);
	}

	get file() {
		return this.input.files[0];
	}

	changed() {
		this.remove.hidden = !this.file;
		if (this.fits()) this.check();
		else this.tell("");
		this.onchange();
	}

	/** Who signed it, said at once: the site looks at the file and keeps nothing of it. */
	async check() {
		const file = this.file;
		if (!file) return this.tell("");
		this.tell(__("The signature is being checked…"));
		const body = new FormData();
		body.append("adhesion", JSON.stringify(this.read()));
		body.append("form", file, file.name);
		try {
			const { kind, text } = await sendForm(CHECK, body);
			if (file === this.file) this.tell(text, kind);
		} catch (error) {
			// too often, or the site cannot be reached: it is looked at anyhow when the form is sent
			if (file === this.file) this.tell(messageNodes((error.lines || [error.message]).join(" ")), error.isRefusal ? "bad" : "");
		}
	}

	tell(text, kind = "") {
		this.found.hidden = !text;
		this.found.className = `rtc-message ${KINDS[kind] || ""}`;
		this.found.replaceChildren(...[text].flat());
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
