// The place above the form where it says what happened. Errors take the focus, the rest is announced.

import { el, messageNodes } from "./dom.js";

/** What a refusal for what is still empty is about. */
export const MISSING = "missing";

export class Notice {
	constructor() {
		this.element = el("div", { class: "rtc-notice", "aria-live": "polite" });
	}

	clear() {
		this.about = "";
		this.element.replaceChildren();
	}

	tell(text) {
		this.about = "";
		this.element.replaceChildren(el("p", { class: "rtc-message rtc-message-good" }, text));
	}

	/** Something to choose, with its buttons. */
	offer(text, ...buttons) {
		this.about = "";
		this.element.replaceChildren(
			el("div", { class: "rtc-message", role: "alert" }, el("p", {}, text), el("div", { class: "rtc-buttons" }, buttons))
		);
	}

	isTelling() {
		return this.element.childElementCount > 0;
	}

	/**
	 * `about`: what must come right for the refusal to go by itself (`settle`). A line is HTML of the server, or {text,
	 * id, go}: a link to the field that it speaks of.
	 */
	refuse(error, about = "") {
		this.about = about;
		this.list = el("div", {}, linesOf(error.lines || [error.message]));
		const box = el(
			"div",
			{ class: "rtc-message rtc-message-error", role: "alert", tabindex: "-1" },
			el("h2", {}, error.title || __("Not accepted")),
			this.list
		);
		this.element.replaceChildren(box);
		box.scrollIntoView({ block: "center" });
		box.focus({ preventScroll: true });
	}

	/** What was refused `about` this now has only these reasons; without any it goes. */
	settle(about, lines = []) {
		if (this.about !== about) return;
		if (!lines.length) return this.clear();
		const list = linesOf(lines);
		if (list.textContent !== this.list.textContent) this.list.replaceChildren(list); // an alert is read out anew
	}
}

function linesOf(lines) {
	if (lines.length === 1) return el("div", {}, nodesOf(lines[0]));
	return el("ul", {}, lines.map((line) => el("li", {}, nodesOf(line))));
}

function nodesOf(line) {
	if (!line.go) return messageNodes(line);
	const go = (event) => {
		event.preventDefault();
		line.go();
	};
	return [el("a", { href: `#${line.id || ""}`, onclick: go }, line.text)];
}
