// Elements from plain data. Text is always written as text, never as HTML.

let last = 0;

export function newId() {
	last += 1;
	return `rtc-${last}`;
}

export function el(tag, attributes = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === null || value === false || value === "") continue;
		if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
		else if (name === "class") element.className = value;
		else element.setAttribute(name, value === true ? "" : value);
	}
	element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
	return element;
}

export function button(label, onclick, kind = "default", attributes = {}) {
	return el("button", { type: "button", class: `btn btn-${kind}`, onclick, ...attributes }, label);
}

export function paragraphs(text) {
	return String(text || "")
		.split(/\n+/)
		.filter(Boolean)
		.map((line) => el("p", {}, line));
}

const KEPT = new Set(["B", "STRONG", "EM", "I", "BR", "P", "UL", "OL", "LI"]);

/** The server's message as nodes: its bold and its lists, nothing else of its markup. */
export function messageNodes(html) {
	const parsed = new DOMParser().parseFromString(String(html), "text/html");
	return [...parsed.body.childNodes].flatMap(clean);
}

function clean(node) {
	if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.nodeValue)];
	if (node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE"].includes(node.tagName)) return [];
	const children = [...node.childNodes].flatMap(clean);
	if (!KEPT.has(node.tagName)) return children;
	const kept = document.createElement(node.tagName);
	kept.append(...children);
	return [kept];
}

/** The same in words alone. */
export function plain(html) {
	return new DOMParser().parseFromString(String(html), "text/html").body.textContent;
}

/** Asks before something that cannot be undone; resolves to true or false. */
export function ask(title, text, yes) {
	return new Promise((resolve) => {
		const heading = newId();
		const close = (answer) => {
			dialog.close();
			dialog.remove();
			resolve(answer);
		};
		const dialog = el(
			"dialog",
			{ class: "rtc-dialog", "aria-labelledby": heading },
			el("h2", { id: heading }, title),
			paragraphs(text),
			el(
				"div",
				{ class: "rtc-buttons" },
				button(__("Go back"), () => close(false)),
				button(yes, () => close(true), "primary")
			)
		);
		dialog.addEventListener("cancel", () => close(false));
		document.body.append(dialog);
		dialog.showModal();
	});
}
