// Python's reading of the same cases: tests/rules/test_taxcodes.py.
import assert from "node:assert/strict";
import test from "node:test";
import { load, readCases } from "./page.mjs";

const { findWrongForm, isTaxCode } = await load("common/forms.js");

for (const [code, isValid] of readCases("tax_codes.json")) {
	test(`"${code}" is ${isValid ? "a" : "no"} tax code`, () => assert.equal(isTaxCode(code), isValid));
}

test("a code and an address are told by the kind of their field", () => {
	assert.match(findWrongForm({ fieldname: "tax_code" }, "123"), /“123” is not valid/);
	assert.match(findWrongForm({ fieldname: "vat_number" }, "RSSMRA85T10A562S"), /not valid/);
	assert.equal(findWrongForm({ fieldname: "tax_code" }, "RSSMRA85T10A562S"), "");
	for (const wrong of ["ente@comune,it", "ente", "ente@it", "a@b.it c@d.it"]) {
		assert.match(findWrongForm({ fieldname: "pec", type: "email" }, wrong), /no e-mail address/);
	}
	assert.equal(findWrongForm({ fieldname: "pec", type: "email" }, "ente@pec.example.org"), "");
	assert.equal(findWrongForm({ fieldname: "title" }, "123"), "");
});
