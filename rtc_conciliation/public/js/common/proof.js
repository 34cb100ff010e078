// The computing of the check against robots (ALTCHA): in slices, so that a slow phone still answers its person.

import { sha256 } from "./sha256.js";

const SLICE = 12; // ms of computing before the page has its turn
const SLICE_UNSEEN = 200; // in a tab that nobody sees turns come once a second only

/** The number that, written after `salt`, has the digest `challenge` (hex). Raises an Error when there is none. */
export async function search({ challenge, salt, maxnumber }, isUnseen = () => false) {
	const encoder = new TextEncoder();
	let end = now() + SLICE;
	for (let number = 0; number <= maxnumber; number++) {
		if (hex(sha256(encoder.encode(salt + number))) === challenge) return number;
		if (now() < end) continue;
		await turn();
		end = now() + (isUnseen() ? SLICE_UNSEEN : SLICE);
	}
	throw new Error("no solution");
}

const now = () => performance.now();
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

function hex(bytes) {
	let text = "";
	for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
	return text;
}
