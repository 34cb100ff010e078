// What is not saved on the site yet is kept in this browser, for this person only, and goes when it is saved.

const PREFIX = "rtc-application";

export class Keeper {
	/** `page` tells this window from another one at the same draft. */
	constructor(person, page) {
		Object.assign(this, { person, page, name: "" });
	}

	place(name = this.name) {
		return [PREFIX, this.person, name || "new", this.page].join("|");
	}

	/** False when the browser keeps nothing: private mode, or full. */
	keep(kept) {
		try {
			localStorage.setItem(this.place(), JSON.stringify({ ...kept, at: new Date().toISOString() }));
			return true;
		} catch {
			return false;
		}
	}

	clear() {
		forget(this.place());
	}

	/** The draft has its name now. */
	rename(name) {
		this.clear();
		this.name = name;
	}

	/** What other pages left of this draft (of a new one: of any that was never saved), the newest first. */
	left() {
		const beginning = [PREFIX, this.person, this.name || "new", ""].join("|");
		const found = [];
		try {
			for (let at = 0; at < localStorage.length; at += 1) {
				const place = localStorage.key(at);
				if (!place.startsWith(beginning) || place === this.place()) continue;
				const kept = parse(localStorage.getItem(place));
				if (kept && kept.values) found.push({ place, kept });
				else forget(place);
			}
		} catch {
			return [];
		}
		return found.sort((one, other) => (one.kept.at < other.kept.at ? 1 : -1));
	}
}

export function forget(place) {
	try {
		localStorage.removeItem(place);
	} catch {
		// nothing is kept there
	}
}

/** All that this browser keeps of a draft: it was deleted. */
export function forgetDraft(person, name) {
	const beginning = [PREFIX, person, name, ""].join("|");
	try {
		for (const place of Object.keys(localStorage)) if (place.startsWith(beginning)) forget(place);
	} catch {
		// nothing is kept there
	}
}

function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
