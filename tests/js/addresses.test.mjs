// Links that Python takes apart again: tests/rules/test_file_links.py.
import assert from "node:assert/strict";
import test from "node:test";
import { load, readCases } from "./page.mjs";

const { isFile, knownNames, learnNames, linkOf, nameOf } = await load("common/addresses.js");

for (const folder of ["/private/files/", "/files/"]) {
	for (const name of readCases("addresses.json")) {
		test(`${folder}${name} is shown by its end and linked whole`, () => {
			assert.equal(nameOf(folder + name), name);
			const link = linkOf(folder + name);
			assert.equal(decodeURIComponent(link), folder + name.replace("\ud800", "\ufffd"));
			assert.doesNotMatch(link, /[#? "<>]/);
		});
	}
}

test("the name that the site tells goes before the address", () => {
	learnNames({ "/private/files/x_.pdf": "30%.pdf" });
	assert.equal(nameOf("/private/files/x_.pdf"), "30%.pdf");
	assert.deepEqual(knownNames(), { "/private/files/x_.pdf": "30%.pdf" });
});

test("only what lies with the site's files is a file", () => {
	assert.ok(isFile("/files/a.pdf") && isFile("/private/files/a.pdf"));
	for (const other of ["", null, "files/a.pdf", "/other/files/a.pdf", "https://example.org/files/a.pdf", "//files/a.pdf"]) {
		assert.ok(!isFile(other), String(other));
	}
});
