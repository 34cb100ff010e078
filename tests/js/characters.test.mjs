// Python's count of the same cases: tests/rules/application/test_texts.py.
import assert from "node:assert/strict";
import test from "node:test";
import { load, readCases } from "./page.mjs";

const { characters } = await load("common/counter.js");

for (const [text, count] of readCases("characters.json")) {
	test(`${JSON.stringify(text)} has ${count}`, () => assert.equal(characters(text), count));
}

test("no text has none", () => assert.equal(characters(null) + characters(undefined), 0));
