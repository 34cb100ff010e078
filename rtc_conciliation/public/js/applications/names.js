// Partners and actions are known by their names in other rows: who changes a name changes it there too.

/** Table and column of a name → the columns that repeat it. */
const REPEATED = [
	["partners", "organisation_name", [["actions", "partner"], ["costs", "partner"]]],
	["actions", "title", [["costs", "action"]]],
];

export class Names {
	constructor(controls) {
		Object.assign(this, { controls, known: new Map() });
	}

	/** What the names are now; those that changed since are changed where they are repeated. */
	follow() {
		for (const [table, column, places] of REPEATED) {
			const { rows } = this.controls.get(table);
			const old = rows.map((row) => this.known.get(row));
			rows.forEach((row, at) => {
				const name = fieldOf(row, column).get();
				const isAlone = old.filter((one) => one === old[at]).length === 1;
				if (old[at] && name && name !== old[at] && isAlone) this.rename(places, old[at], name);
				this.known.set(row, name);
			});
		}
	}

	rename(places, old, name) {
		for (const [table, column] of places) {
			for (const row of this.controls.get(table).rows) {
				const field = fieldOf(row, column);
				if (field.held === undefined && field.get() === old) field.set(name);
			}
		}
	}
}

function fieldOf(row, column) {
	return row.fields.find((field) => field.df.fieldname === column);
}
