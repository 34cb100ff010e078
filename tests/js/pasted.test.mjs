import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./page.mjs";

const { isGrid, placeCells, readCells } = await load("common/pasted.js");
const COLUMNS = [
	{ fieldname: "description", label: "Descrizione" },
	{ fieldname: "quantity", label: "Quantità" },
	{ fieldname: "unit_cost", label: "Costo unitario" },
];

test("cells of a spreadsheet, quoted ones with tabs and line breaks", () => {
	assert.deepEqual(readCells('a\tb\r\n"c\nd"\t"say ""yes"""\r\n'), [["a", "b"], ["c\nd", 'say "yes"']]);
});

test("a quote that nothing closes swallows no cell", () => {
	assert.deepEqual(readCells('"5 inch\tb\nc\td'), [['"5 inch', "b"], ["c", "d"]]);
});

test("one cell is typed text", () => {
	assert.ok(!isGrid("12,50\n") && isGrid("a\tb") && isGrid("a\nb"));
});

test("cells go where the cursor is, or under the headings that they bring", () => {
	assert.deepEqual(placeCells([["2", "10"]], COLUMNS, 1), { rows: [{ quantity: "2", unit_cost: "10" }], left: 0 });
	const found = placeCells([["Costo unitario *", "Descrizione", "Nota"], ["10", "Servizi", "x"]], COLUMNS, 0);
	assert.deepEqual(found, { rows: [{ unit_cost: "10", description: "Servizi" }], left: 1 });
});

test("a row of headings alone is what was copied", () => {
	assert.equal(placeCells([["Descrizione", "Quantità"]], COLUMNS, 0).rows.length, 1);
});
