// How many characters a long text has. rtc_conciliation/rules/application/texts.py counts the same way: what a reader sees as
// one character outside the basic plane is one, and so is a new line.

import { el } from "./dom.js";

export function characters(text) {
	return [...String(text ?? "").replace(/\r\n/g, "\n")].length;
}

const figures = (number) => new Intl.NumberFormat(document.documentElement.lang || "it", { useGrouping: true }).format(number);

export class Counter {
	/** `most`() and `isNeeded`() are asked each time: another call has other lengths, and asks for other texts. */
	constructor(id, most, isNeeded = () => false) {
		Object.assign(this, { most, isNeeded });
		this.element = el("p", { class: "rtc-counter", id });
	}

	show(text) {
		const count = characters(text);
		const most = this.most();
		const over = count - most;
		this.element.classList.toggle("rtc-counter-over", over > 0);
		// Told aloud only when it matters: a counter that speaks at every key drowns the reader.
		this.element.setAttribute("aria-live", over > 0 ? "polite" : "off");
		const shown = [count, most, over].map(figures);
		if (over > 0) this.element.textContent = __("{0} of {1} characters: {2} too many", shown);
		else if (this.isNeeded() && !count) this.element.textContent = __("{0} of {1} characters; it has to be written", shown);
		else this.element.textContent = __("{0} of {1} characters", shown);
	}
}
