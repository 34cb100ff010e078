// What is wrong with several fields together, said above them.

import { el, newId } from "./dom.js";

export class GroupError {
	constructor() {
		this.id = newId();
		this.element = el("p", { class: "rtc-field-error rtc-group-error", id: this.id, hidden: true });
	}

	tell(text) {
		this.element.hidden = !text;
		this.element.textContent = text;
	}
}
