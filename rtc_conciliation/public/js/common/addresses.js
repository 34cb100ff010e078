// A file of the site by its stored address, which is never coded: the name that its sender gave it, and a link that
// leads there whatever signs the address holds.

import { el } from "./dom.js";

const OURS = /^\/(private\/)?files\//;
const names = new Map();

/** `named`: {address: name}, as the site tells them. */
export function learnNames(named) {
	for (const [address, name] of Object.entries(named || {})) names.set(address, name);
}

/** All that this page was told, to be kept with what it keeps. */
export function knownNames() {
	return Object.fromEntries(names);
}

export function isFile(address) {
	return OURS.test(address || "");
}

/** The end of the address where the site told no name. */
export function nameOf(address) {
	return names.get(address) || String(address).split("/").pop();
}

export function linkOf(address) {
	return String(address).split("/").map(encodePart).join("/");
}

/** `a` where the address is a file of the site, its text elsewhere. */
export function fileLink(address) {
	const name = nameOf(address);
	return isFile(address) ? el("a", { href: linkOf(address), target: "_blank", rel: "noopener" }, name) : name;
}

function encodePart(part) {
	return [...part].map((sign) => encodeURIComponent(isHalf(sign) ? "\ufffd" : sign)).join("");
}

/** Half of a character, cut off by some program, is none that an address can carry. */
function isHalf(sign) {
	return /^[\ud800-\udfff]$/.test(sign);
}
