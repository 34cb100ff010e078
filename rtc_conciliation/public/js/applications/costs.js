// The costs as a sheet: the amount of each row is computed while it is typed.

import { writeNumber } from "../common/numbers.js";
import { SheetRows } from "../common/sheet_rows.js";
import { rowCents, toEuro } from "./sums.js";

export class Costs extends SheetRows {
	get computed() {
		return { fieldname: "amount", label: __("Amount"), after: "vat" };
	}

	compute(values) {
		return writeEuro(rowCents(values));
	}
}

export function writeEuro(cents) {
	return `€ ${writeNumber(toEuro(cents), 2)}`;
}
