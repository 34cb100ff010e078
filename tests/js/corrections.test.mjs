import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./page.mjs";

globalThis.DOMParser = class {
	parseFromString(html) {
		return { body: { textContent: html.replace(/<[^>]*>/g, "") } };
	}
};
const { Corrections } = await load("applications/corrections.js");

/** A field as far as its place in the page and what it says are concerned. */
function field(fieldname, label, value = "") {
	const said = { text: "", isWrong: false };
	const element = { parentElement: null, contains: (other) => other === element, closest: () => element };
	const tell = (text, isWrong = Boolean(text)) => Object.assign(said, { text, isWrong });
	return { df: { fieldname, label }, id: `id-${fieldname}`, element, said, tell, get: () => value, isEmpty: () => !value };
}

function table(fieldname, label, rows) {
	const made = field(fieldname, label, rows);
	made.element.contains = (other) => other === made.element || rows.some((row) => row.element === other);
	made.fieldAt = (idx) => rows[idx - 1];
	made.nameAt = (idx) => `${idx}. Row`;
	for (const row of rows) row.element.parentElement = { closest: () => made.element };
	return made;
}

function form() {
	const call = field("call", "Call", "C1");
	const pec = field("pec", "PEC");
	const codes = [field("tax_code", "Tax Code"), field("tax_code", "Tax Code")];
	const partners = table("partners", "Partners", codes);
	const pages = [
		{ label: "Request", fieldnames: ["call", "pec"] },
		{ label: "Partnership", fieldnames: ["partners"] },
		{ label: "Check", fieldnames: [] },
	];
	const controls = new Map(Object.entries({ call, pec, partners }));
	return { pec, partners, codes, pages, corrections: new Corrections(controls, pages, () => {}) };
}

const error = (field, ...numbers) => ({
	severity: "error",
	field,
	rows: numbers.map((idx) => ({ table: "partners", idx })),
	message: `<b>${field}</b> is wrong.`,
	remedy: "Mend it.",
});

test("nothing is red until its field was left", () => {
	const { corrections, pec, codes, pages } = form();
	corrections.tell({ findings: [error("pec"), error("tax_code", 2)] });
	assert.deepEqual([pec.said.text, codes[1].said.text], ["", ""]);
	assert.equal(corrections.stateOf(pages[0]).wrong, 0);
	corrections.leave(pec.element, null);
	assert.deepEqual([pec.said.text, codes[1].said.text], ["pec is wrong. Mend it.", ""]);
	assert.deepEqual(pages.map((page) => corrections.stateOf(page).wrong), [1, 0, 1]);
	corrections.tell({ findings: [error("tax_code", 2)] });
	assert.equal(pec.said.text, "");
});

test("what concerns a table is said when the focus is out of it", () => {
	const { corrections, partners, codes } = form();
	corrections.tell({ findings: [error("partners")] });
	corrections.leave(codes[0].element, codes[1].element);
	assert.equal(partners.said.text, "");
	corrections.leave(codes[1].element, null);
	assert.equal(partners.said.text, "partners is wrong. Mend it.");
});

test("a refused sending shows all, each a link in words of the form", () => {
	const { corrections, pec, codes } = form();
	corrections.tell({ findings: [error("pec"), error("tax_code", 2), error("gone")] });
	corrections.refuse();
	assert.equal(codes[1].said.text, "tax_code is wrong. Mend it.");
	assert.deepEqual(
		corrections.links().map((link) => link.text ?? link),
		["gone is wrong.", "Request › PEC: pec is wrong.", "Partnership › 2. Row › Tax Code: tax_code is wrong."]
	);
	assert.equal(corrections.links()[1].id, pec.id);
	corrections.tell({ findings: [] });
	assert.deepEqual([corrections.links(), pec.said.text, codes[1].said.text], [[], "", ""]);
});

test("one finding of several rows is said once, above them, and marks each", () => {
	const { corrections, partners, codes } = form();
	corrections.tell({ findings: [error("tax_code", 1, 2)] });
	corrections.refuse();
	assert.equal(partners.said.text, "tax_code is wrong. Mend it.");
	assert.deepEqual(codes.map((code) => [code.said.text, code.said.isWrong]), [["", true], ["", true]]);
	corrections.tell({ findings: [] });
	assert.deepEqual(codes.map((code) => code.said.isWrong), [false, false]);
});

test("a step is to do, begun, complete", () => {
	const { corrections, pages } = form();
	const states = () => pages.slice(0, 2).map((page) => corrections.stateOf(page).state);
	corrections.tell({ findings: [error("tax_code", 1)] });
	assert.deepEqual(states(), ["todo", "begun"]); // the call alone is proposed
	corrections.tell({ findings: [error("pec")] });
	assert.deepEqual(states(), ["todo", "complete"]);
});
