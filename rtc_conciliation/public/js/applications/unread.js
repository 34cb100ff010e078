// What the site cannot store as it was typed: it stays in its field, and the field says what is wrong with it.

export class Unread {
	constructor(controls) {
		Object.assign(this, { controls, marked: [] });
	}

	/** `unread`: [{table, name, idx, field, text}], as the site tells them. */
	mark(unread) {
		for (const field of this.marked) field.fail("");
		this.marked = [];
		for (const one of unread) {
			const field = this.fieldOf(one);
			if (!field) continue;
			field.fail(one.text);
			this.marked.push(field);
		}
	}

	fieldOf({ table, name, idx, field }) {
		if (!table) return this.controls.get(field);
		const rows = this.controls.get(table);
		return rows?.fieldOf?.(name, field) || rows?.fieldAt?.(idx, field);
	}
}
