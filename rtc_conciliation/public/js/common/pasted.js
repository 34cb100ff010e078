// Cells that were copied in a spreadsheet, as the programs put them on the clipboard.

/** A cell and what ends it; one in quotes may hold tabs and line breaks, a quote that nothing closes is a sign like others. */
const CELL = /("(?:[^"]|"")*"|[^\t\n]*)([\t\n])/g;

/** Text → rows of cells. */
export function readCells(text) {
	const rows = [[]];
	for (const [, cell, end] of `${String(text).replace(/\r\n?/g, "\n").replace(/\n$/, "")}\n`.matchAll(CELL)) {
		rows[rows.length - 1].push(unquote(cell).trim());
		if (end === "\n") rows.push([]);
	}
	return rows.slice(0, -1);
}

const unquote = (cell) => (/^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell);

/** More than one cell? A single one is typed text, and goes where the cursor is. */
export function isGrid(text) {
	return /\t|\n[^\n]/.test(String(text).trim());
}

/**
 * Cells → [{fieldname: text}] and the number of columns that had no place. `columns` are [{fieldname, label}] as they
 * stand on the screen, from `first` on, unless the first row names them.
 */
export function placeCells(cells, columns, first) {
	const plain = (text) => String(text).replace(/\*/g, "").trim().toLocaleLowerCase();
	const named = cells[0].map((cell) => columns.find((column) => plain(column.label) === plain(cell)));
	const hasHeads = cells.length > 1 && cells[0].length > 1 && named.filter(Boolean).length * 2 > cells[0].length;
	const targets = hasHeads ? named : columns.slice(first);
	const rows = (hasHeads ? cells.slice(1) : cells).filter((row) => row.some(Boolean));
	const width = Math.max(0, ...rows.map((row) => row.length));
	return {
		rows: rows.map((row) => Object.fromEntries(row.map((cell, at) => [targets[at]?.fieldname, cell]).filter(([name]) => name))),
		left: Array.from({ length: width }, (_none, at) => at).filter((at) => !targets[at] && rows.some((row) => row[at])).length,
	};
}
