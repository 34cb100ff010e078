// What holds for the JavaScript of the repository. `./rtc lint` reads a copy that lies beside ESLint (devsite/scripts.py);
// paths are those of the folder that it is called in.
import js from "@eslint/js";
import globals from "globals";

const SUBJECTS = ["applications", "awards", "calls", "evaluation", "formal_check", "network", "plan"];
const SCRIPTS = "rtc_conciliation/public/js";
/** Read by the desk with the form of a DocType: no modules, and what one declares the next one calls. */
const OF_FORMS = [
	"awards/ranking_codes.js",
	"calls/precedence.js",
	"common/documents.js",
	"common/papers.js",
	"common/workflow.js",
	"formal_check/check_cards.js",
	"formal_check/check_screen.js",
	"network/adhesion_screen.js",
].map((path) => `${SCRIPTS}/${path}`);
const MODULE = "rtc_conciliation/rtc_conciliation";
const READ = "readonly";
const CORE = ["$", "__", "cint", "cur_frm", "flt", "format_currency", "format_number", "frappe", "locals", "open_url_post"];
const DESK = { ...globals.browser, ...Object.fromEntries(CORE.map((name) => [name, READ])) };

function closed(folder, others) {
	const message = "A subject imports what is its own and what is common; common imports no subject.";
	const group = others.map((other) => `**/${other}/*`);
	return {
		files: [`${SCRIPTS}/${folder}/*.js`],
		rules: { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] },
	};
}

export default [
	{ ignores: [".rtc/**", "**/node_modules/**", "**/dist/**"] },
	{ linterOptions: { reportUnusedDisableDirectives: "error" } },
	js.configs.recommended,
	{
		rules: {
			complexity: ["error", 12],
			"default-case-last": "error",
			eqeqeq: "error",
			"max-depth": ["error", 3],
			"max-lines": ["error", 400],
			"no-eval": "error",
			"no-implied-eval": "error",
			"no-var": "error",
			"prefer-const": "error",
		},
	},
	{ files: ["**/*.mjs", "**/*.cjs"], languageOptions: { globals: globals.nodeBuiltin } },
	{ files: ["**/*.cjs"], languageOptions: { sourceType: "commonjs", globals: globals.node } },
	{ files: ["tests/js/**"], languageOptions: { globals: { __: "writable" } } },
	{ files: [`${SCRIPTS}/**/*.js`], languageOptions: { globals: { ...globals.browser, __: READ } } },
	...SUBJECTS.map((subject) => closed(subject, SUBJECTS.filter((other) => other !== subject))),
	closed("common", SUBJECTS),
	{
		files: [`${SCRIPTS}/*.bundle.js`, `${SCRIPTS}/common/datetime_descriptions.js`],
		languageOptions: { globals: DESK },
	},
	{
		files: [...OF_FORMS, `${MODULE}/**/*.js`],
		languageOptions: { sourceType: "script", globals: DESK },
	},
	{
		files: [`${MODULE}/doctype/**/*.js`],
		languageOptions: { globals: { ask_before_step: READ, draw_adhesion_screen: READ, draw_screen: READ, keep_seconds: READ } },
	},
	{
		files: [`${SCRIPTS}/formal_check/check_screen.js`],
		languageOptions: { globals: { CheckCards: READ, DOCUMENT_STYLE: READ, safe: READ, show_documents: READ } },
	},
	{
		files: [`${SCRIPTS}/network/adhesion_screen.js`],
		languageOptions: { globals: { DOCUMENT_STYLE: READ, complete_fields: READ, show_documents: READ, step_of: READ } },
	},
	{ files: ["rtc_conciliation/templates/**/*.js"], languageOptions: { sourceType: "script", globals: globals.browser } },
];
