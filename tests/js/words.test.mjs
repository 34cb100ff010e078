import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./page.mjs";

const { isBlank, writeValue } = await load("common/values.js");
const { sayClosing } = await load("applications/closing.js");

test("a value is written by the kind of its field", () => {
	const options = [{ value: "a", label: "Alfa" }];
	for (const [df, value, wanted] of [
		[{ kind: "check" }, 1, "Yes"],
		[{ kind: "check" }, 0, "No"],
		[{ kind: "choice" }, "a", "Alfa"],
		[{ kind: "choice" }, "gone", "gone"],
		[{ kind: "date" }, "2026-11-10", "10/11/2026"],
		[{ kind: "money" }, 1234.5, "1.234,50"],
		[{ kind: "number" }, 2500, "2.500"],
		[{ kind: "number", fieldname: "year" }, 2026, "2026"],
		[{ kind: "text" }, "come sta", "come sta"],
	]) {
		assert.equal(writeValue(df, value, options), wanted, df.kind);
	}
	assert.equal(writeValue({ kind: "choice" }, "a", undefined), "a");
});

test("nothing, and no text, is blank; nought is something", () => {
	assert.deepEqual(["", null, undefined].map(isBlank), [true, true, true]);
	assert.deepEqual([0, "0", false, " "].map(isBlank), [false, false, false, false]);
});

test("a call says until when, and how long the form takes", () => {
	const call = { is_open: true, closing: "31/12/2026 12:00" };
	assert.equal(sayClosing(call), "Applications can be sent until 31/12/2026 12:00.");
	assert.match(sayClosing({ ...call, filling_hours: 1 }), /12:00\. It takes about an hour;/);
	assert.match(sayClosing({ ...call, filling_hours: 6 }), /It takes about 6 hours;/);
	assert.equal(sayClosing({ ...call, is_open: false }), "This call no longer takes applications.");
});
