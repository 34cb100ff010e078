// SCSS and CSS to what browsers read: sass, then autoprefixer; `~package` means node_modules.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import autoprefixer from "autoprefixer";
import postcss from "postcss";
import * as sass from "sass";

const prefixer = postcss([autoprefixer()]);

/** Where an import may be looked for, in order: the bench's apps, then their node_modules. */
export function loadPaths(bench) {
	const apps = path.join(bench, "apps");
	return fs
		.readdirSync(apps)
		.sort()
		.flatMap((app) => [path.join(apps, app), path.join(apps, app, "node_modules")]);
}

function packageImporter(bench) {
	const modules = path.join(bench, "apps", "frappe", "node_modules");
	return {
		findFileUrl(url) {
			return url.startsWith("~") ? pathToFileURL(path.join(modules, url.slice(1))) : null;
		},
	};
}

/** Compiles SCSS text that stands (or would stand) at `file`. */
export function compileScss(text, file, bench) {
	return sass.compileString(text, {
		url: pathToFileURL(file),
		loadPaths: [path.dirname(file), ...loadPaths(bench)],
		importers: [packageImporter(bench)],
		quietDeps: true,
		logger: sass.Logger.silent,
	}).css;
}

/** The stylesheet at `file`, compiled when it is SCSS, with vendor prefixes. */
export async function readStyle(file, bench) {
	const text = await fs.promises.readFile(file, "utf8");
	const css = file.endsWith(".scss") ? compileScss(text, file, bench) : text;
	return prefix(css, file);
}

export async function prefix(css, file) {
	return (await prefixer.process(css, { from: file, map: false })).css;
}
