// Python's reading of the same cases: tests/rules/application/test_row_amounts.py.
import assert from "node:assert/strict";
import test from "node:test";
import { load, readCases } from "./page.mjs";

const { isOver, isReached, missingTo, rowCents, shareOf, sumBy, sumRows, toCents, toEuro } = await load("applications/sums.js");

for (const [quantity, unit_cost, vat, cents] of readCases("amounts.json")) {
	test(`${quantity} × ${unit_cost} + ${vat} comes to ${cents} cents`, () => {
		assert.equal(rowCents({ quantity, unit_cost, vat }), BigInt(cents));
	});
}

test("the share is rounded down: what misses the minimum never looks as if it reached it", () => {
	assert.equal(shareOf(BigInt(29999), BigInt(100000)), "29.99");
	assert.equal(shareOf(BigInt(0), BigInt(0)), "0.00");
	assert.ok(!isReached(BigInt(29999), BigInt(100000), "30"));
	assert.ok(isReached(BigInt(30000), BigInt(100000), "30"));
	assert.equal(missingTo(BigInt(29999), BigInt(100000), "30"), BigInt(1));
	assert.ok(isOver(BigInt(10001), BigInt(100000), "10") && !isOver(BigInt(10000), BigInt(100000), "10"));
});

test("rows are summed by who bears them, and by the name of a partner however it is written", () => {
	const row = (partner, unit_cost, charged_to) => ({ partner, quantity: "1", unit_cost, vat: "", charged_to });
	const rows = [row("Ente Uno", "70", "Contribution"), row(" ente  uno", "30", "Co-financing"), row("Altro", "5.5", "Other Income")];
	const { total, contribution, cofinancing, other } = sumRows(rows);
	assert.deepEqual([total, contribution, cofinancing, other].map(toEuro), ["105.50", "70.00", "30.00", "5.50"]);
	assert.equal(toEuro(sumBy(rows, "partner").get("ente uno").total), "100.00");
});

test("an amount is read as the site reads it", () => {
	assert.equal(toCents("1234.5"), BigInt(123450));
	assert.equal(toCents("1.234,50"), null);
});
