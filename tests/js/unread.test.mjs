import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./page.mjs";

const { Unread } = await load("applications/unread.js");

function field() {
	const made = { said: [], fail: (text) => made.said.push(text) };
	return made;
}

function form() {
	const [total, named, placed] = [field(), field(), field()];
	const costs = {
		fieldOf: (name, column) => (name === "r1" && column === "unit_cost" ? named : undefined),
		fieldAt: (idx, column) => (idx === 2 && column === "unit_cost" ? placed : undefined),
	};
	return { total, named, placed, unread: new Unread(new Map(Object.entries({ total, costs }))) };
}

test("a field, a row by its name and a row by its number are told what is wrong", () => {
	const { total, named, placed, unread } = form();
	unread.mark([
		{ field: "total", text: "no number" },
		{ table: "costs", name: "r1", idx: 1, field: "unit_cost", text: "two readings" },
		{ table: "costs", name: "new", idx: 2, field: "unit_cost", text: "too long" },
	]);
	assert.deepEqual([total.said, named.said, placed.said], [["no number"], ["two readings"], ["too long"]]);
});

test("what was mended is no longer wrong", () => {
	const { total, unread } = form();
	unread.mark([{ field: "total", text: "no number" }]);
	unread.mark([]);
	unread.mark([]);
	assert.deepEqual(total.said, ["no number", ""]);
});

test("a field that this form has not is left out", () => {
	const { total, unread } = form();
	unread.mark([{ field: "other", text: "x" }, { table: "gone", name: "r", idx: 1, field: "x", text: "x" }, { field: "total", text: "y" }]);
	assert.deepEqual(total.said, ["y"]);
});
