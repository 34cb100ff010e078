// The server's word on the same cases: tests/rules/application/test_merge.py.
import assert from "node:assert/strict";
import test from "node:test";
import { load, readCases } from "./page.mjs";

const { newKey, same, sameCells } = await load("common/same.js");
const { follow, isThere, placeOf } = await load("applications/stored_values.js");

for (const [one, other, wanted] of readCases("same.json")) {
	test(`${JSON.stringify(one)} and ${JSON.stringify(other)} say ${wanted ? "" : "not "}the same`, () => {
		assert.equal(same(one, other), wanted);
		assert.equal(same(other, one), wanted);
	});
}

test("rows are the same by their names, in their order, with their cells", () => {
	const rows = [{ name: "a", title: "x", idx: 1 }, { name: "b", title: "y", idx: 2 }];
	const [first, second] = rows;
	assert.ok(same(rows, [{ ...first, idx: 9, key: "k" }, second]));
	assert.ok(!same(rows, [second, first]));
	assert.ok(!same(rows, [first]));
	assert.ok(!same(rows, [first, { ...second, title: "z" }]));
	assert.ok(!same([{ title: "x" }], [{ title: "x" }]), "a row without a name is not known to the site");
	assert.ok(same(null, []));
});

test("cells are those of the first row; its place is none", () => {
	assert.ok(sameCells({ title: "x", idx: 1, name: "a", key: "k" }, { title: "x", idx: 2, cost: 5 }));
	assert.ok(!sameCells({ title: "x", cost: 5 }, { title: "x" }));
});

test("no key comes twice", () => {
	const keys = Array.from({ length: 1000 }, newKey);
	assert.equal(new Set(keys).size, 1000);
	for (const key of keys) assert.match(key, /^[0-9a-f]{24}$/);
});

test("the site has all of what a page left behind, or not", () => {
	const stored = { title: "x", costs: [{ name: "a", unit_cost: 10 }] };
	assert.ok(isThere({ title: "x", costs: [{ key: "k", unit_cost: "10.00" }] }, stored));
	assert.ok(!isThere({ costs: [{ unit_cost: 11 }] }, stored));
	assert.ok(!isThere({ costs: [] }, stored));
	assert.ok(!isThere({ actions: [{ title: "x" }] }, stored));
	assert.ok(!isThere({ title: "y" }, stored));
});

test("what the site has is shown, unless something else was typed since", () => {
	const shown = (typed, sent, saved) => {
		const control = { value: typed, get: () => control.value, set: (value) => (control.value = value) };
		follow(control, sent, saved);
		return control.value;
	};
	assert.equal(shown("a", "a", "b"), "b");
	assert.equal(shown("typed since", "a", "b"), "typed since");
	assert.equal(shown("", undefined, "b"), "b");
	assert.equal(shown("a\nb", "a\nb", "a\r\nb"), "a\nb", "the cursor stays where nothing changes");
});

test("a conflict names its field, or its cell", () => {
	assert.equal(placeOf({ field: "title" }), "title");
	assert.equal(placeOf({ table: "costs", name: "a", field: "unit_cost" }), "costs|a|unit_cost");
});
