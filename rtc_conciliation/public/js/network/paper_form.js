// The adhesion on paper: what the agency decided, the form to print, where it can be sent to.

import { button, el } from "../common/dom.js";
import { download } from "../common/server.js";

const PRINT = "rtc_conciliation.network.api.print_form";

/** The act with which the agency opened the network, as a paragraph; null where the office wrote none. */
export function actOf(settings) {
	if (!settings.act.text) return null;
	const text = settings.act.address
		? el("a", { href: settings.act.address, target: "_blank", rel: "noopener" }, settings.act.text)
		: settings.act.text;
	return el("p", {}, __("The agency opened the network with its act:"), " ", text);
}

export class PaperForm {
	/** read: the values that the form holds now; notice: where a refusal is said. */
	constructor(settings, read, notice) {
		Object.assign(this, { read, notice });
		this.print = button(__("Print the form with what you typed"), () => this.printed());
		const address = (one) => el("a", { href: `mailto:${one}` }, one);
		const places = [
			settings.office_email && el("li", {}, __("by e-mail to"), " ", address(settings.office_email)),
			settings.office_pec && el("li", {}, __("by PEC to"), " ", address(settings.office_pec)),
		].filter(Boolean);
		this.element = el(
			"section",
			{ class: "rtc-section" },
			el("h2", {}, __("On paper")),
			el("p", {}, __("You can print this form, have it signed by the legal representative and send it:")),
			el("ul", {}, el("li", {}, __("with this page, added here below: it is checked at once")), places),
			el(
				"div",
				{ class: "rtc-buttons" },
				this.print,
				el("a", { class: "btn btn-default", href: settings.blank_form }, __("Blank form (PDF)"))
			)
		);
	}

	async printed() {
		this.print.disabled = true;
		try {
			await download(PRINT, { adhesion: JSON.stringify(this.read()) }, "modulo-adesione.pdf");
		} catch (error) {
			this.notice.refuse(error);
		} finally {
			this.print.disabled = false;
		}
	}
}
