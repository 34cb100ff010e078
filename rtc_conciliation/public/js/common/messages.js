// The reader's language. `__` is what Frappe calls it, so that its tools find the texts.

/** known: English → the reader's language. */
export function speak(known) {
	window.__ = (text, values = []) =>
		(known[text] || text).replace(/\{(\d+)\}/g, (place, number) => values[number] ?? place);
}
