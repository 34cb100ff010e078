// A field that somebody else changed meanwhile, told beside it with both texts and a choice. Until then the site
// keeps the other's text and this page one's own.

import { nameOf } from "../common/addresses.js";
import { button, el, newId } from "../common/dom.js";
import { isBlank, writeValue } from "../common/values.js";

export class Conflicts {
	/** onresolve: called after each choice. */
	constructor(onresolve) {
		Object.assign(this, { onresolve, open: new Map() });
	}

	/** `field` holds one's own text; `conflict` is the server's {"field", "stored", …}. */
	add(field, conflict) {
		this.open.get(field)?.box.remove();
		const heading = newId();
		const choose = (value) => {
			this.drop(field);
			if (value !== undefined) field.set(value);
			field.focus();
			this.onresolve();
		};
		field.held = conflict.stored ?? "";
		const box = el(
			"div",
			{ class: "rtc-conflict", role: "group", "aria-labelledby": heading },
			el("p", { id: heading }, el("b", {}, __("{0}: somebody else changed this meanwhile.", [field.df.label]))),
			el("p", { class: "rtc-help" }, __("Yours is in the field above. The other text, which the site keeps until you choose:")),
			el("blockquote", {}, shown(field, conflict.stored)),
			el(
				"div",
				{ class: "rtc-buttons" },
				button(__("Keep mine"), () => choose()),
				button(__("Take the other"), () => choose(conflict.stored)),
				field.df.kind === "long" ? button(__("Join both"), () => choose(`${field.get()}\n\n${conflict.stored ?? ""}`)) : null
			)
		);
		field.element.append(box);
		this.open.set(field, { box, conflict });
	}

	drop(field) {
		this.open.get(field)?.box.remove();
		this.open.delete(field);
		delete field.held;
	}

	first() {
		return this.open.keys().next().value;
	}

	/** As the browser keeps them. */
	all() {
		return [...this.open].map(([field, { conflict }]) => ({ ...conflict, mine: field.get() }));
	}
}

function shown(field, value) {
	if (isBlank(value)) return __("(empty)");
	const { df } = field;
	return df.kind === "file" ? nameOf(value) : writeValue(df, value, field.options?.());
}
