// Python's reading of the same cases: tests/rules/test_numbers.py.
import assert from "node:assert/strict";
import test from "node:test";
import { load, readCases } from "./page.mjs";

const { readNumber, writeDate, writeNumber } = await load("common/numbers.js");
const cases = readCases("numbers.json");

for (const [typed, wanted] of cases.read) {
	test(`"${typed}" is read as ${wanted ?? "it was typed"}`, () => {
		const found = readNumber(typed);
		if (wanted === null) assert.equal(found, typed);
		else assert.equal(Number(found), Number(wanted));
	});
}

for (const [value, decimals, wanted] of cases.written) {
	test(`${JSON.stringify(value)} is written "${wanted}"`, () => assert.equal(writeNumber(value, decimals), wanted));
}

test("minus nothing is nothing", () => assert.equal(readNumber("-0,00"), "0.00"));

test("a day is written as Italians do, whatever the time zone", () => {
	assert.equal(writeDate("2026-12-31"), "31/12/2026");
	assert.equal(writeDate("2026-11-10 23:59:59"), "10/11/2026");
});

test("what is no day is shown as it is", () => {
	assert.equal(writeDate("presto"), "presto");
	assert.equal(writeDate(null), "");
});
