// What the scripts of the forms find in every page, where they need no more of it: its language and the word for texts.
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";

globalThis.crypto ??= webcrypto; // Node 18 has it under another name
globalThis.document = { documentElement: { lang: "it" } };
globalThis.__ = (text, values = []) => text.replace(/\{(\d+)\}/g, (_place, number) => values[number]);

const SCRIPTS = new URL("../../rtc_conciliation/public/js/", import.meta.url);

/** tests/cases/js/<name>, which pytest reads too. */
export function readCases(name) {
	return JSON.parse(readFileSync(new URL(`../cases/js/${name}`, import.meta.url), "utf-8"));
}

export function load(script) {
	return import(new URL(script, SCRIPTS).href);
}
