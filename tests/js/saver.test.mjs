// What a save sends and takes in; how it goes over the network is tests/browser's.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./page.mjs";

const { Saver } = await load("applications/saver.js");
const { next, news } = Saver.prototype;

const saver = (values, base, record = { name: "D1", modified: "m" }) => ({
	form: { values: () => values, labelOf: (field) => ({ title: "Titolo", risks: "Rischi" })[field] },
	base,
	record,
	person: "p@example.org",
	key: "k",
});

test("only what is different is sent, with what the site had of it", () => {
	const values = { title: "new", abstract: "same", total: "10.00" };
	const sent = next.call(saver(values, { title: "old", abstract: "same", total: 10 }));
	assert.deepEqual(sent.application, { person: "p@example.org", name: "D1", modified: "m", title: "new" });
	assert.deepEqual(sent.base, { title: "old" });
	assert.deepEqual(sent.values, values);
});

test("a draft that has no name yet is known by its key, and all of it is new", () => {
	const { application, base } = next.call(saver({ title: "x", abstract: "" }, {}, {}));
	assert.deepEqual(application, { person: "p@example.org", key: "k", title: "x" });
	assert.deepEqual(base, { title: null });
});

test("others' fields are told where this page sent nothing of its own", () => {
	const saved = { values: { title: "theirs", risks: "theirs", abstract: "theirs", timeline: "as it was" } };
	const base = { title: "old", risks: "old", abstract: "old", timeline: "as it was" };
	assert.deepEqual(news.call(saver({}, base), saved, { application: { title: "mine" } }), ["Rischi"]);
});
