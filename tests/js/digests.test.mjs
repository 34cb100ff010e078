// Python's hashlib on the same cases: tests/rules/test_digests.py.
import assert from "node:assert/strict";
import test from "node:test";
import { load, readCases } from "./page.mjs";

const { sha256 } = await load("common/sha256.js");

for (const [text, times, digest] of readCases("digests.json")) {
	test(`${times} times "${text}"`, () => {
		const found = sha256(new TextEncoder().encode(text.repeat(times)));
		assert.equal(Buffer.from(found).toString("hex"), digest);
	});
}
