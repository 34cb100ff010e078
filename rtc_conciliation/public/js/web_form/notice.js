// The place above the form where it says what happened. Errors take the focus, the rest is announced.

import { el, messageNodes } from "./dom.js";

export class Notice {
	constructor() {
		this.element = el("div", { class: "rtc-notice", "aria-live": "polite" });
	}

	clear() {
		this.element.replaceChildren();
	}

	tell(text) {
		this.element.replaceChildren(el("p", { class: "rtc-message rtc-message-good" }, text));
	}

	/** Something to choose, with its buttons. */
	offer(text, ...buttons) {
		this.element.replaceChildren(
			el("div", { class: "rtc-message", role: "alert" }, el("p", {}, text), el("div", { class: "rtc-buttons" }, buttons))
		);
	}

	isTelling() {
		return this.element.childElementCount > 0;
	}

	refuse(error) {
		const lines = error.lines || [error.message];
		const body =
			lines.length === 1
				? el("div", {}, messageNodes(lines[0]))
				: el("ul", {}, lines.map((line) => el("li", {}, messageNodes(line))));
		const box = el(
			"div",
			{ class: "rtc-message rtc-message-error", role: "alert", tabindex: "-1" },
			el("h2", {}, error.title || __("Not accepted")),
			body
		);
		this.element.replaceChildren(box);
		box.scrollIntoView({ block: "center" });
		box.focus({ preventScroll: true });
	}
}
