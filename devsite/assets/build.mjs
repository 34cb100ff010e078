// Builds every app's *.bundle.{js,css,scss} of a bench; called by `bench build` through package.json.
// Run in apps/frappe. Options of bench that matter here: --production, --apps a,b, --skip_frappe, --files.
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import esbuild from "esbuild";
import glob from "fast-glob";
import { readStyle } from "./styles.mjs";
import { compileVue } from "./vue.mjs";

const here = process.cwd();
const bench = path.resolve(here, "..", "..");
const sites = path.join(bench, "sites");
const assets = path.join(sites, "assets");
const options = readOptions(process.argv.slice(2));
const production = options.production === true;

const shared = {
	bundle: true,
	minify: production,
	target: ["es2018"],
	nodePaths: [path.join(here, "node_modules")],
	define: {
		"process.env.NODE_ENV": JSON.stringify(production ? "production" : "development"),
		__VUE_OPTIONS_API__: "true",
		__VUE_PROD_DEVTOOLS__: "false",
		__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
	},
	logLevel: "error",
	legalComments: "none",
};

function readOptions(args) {
	const found = {};
	for (let i = 0; i < args.length; i++) {
		const name = args[i].replace(/^--/, "");
		const value = args[i + 1];
		found[name] = value && !value.startsWith("--") ? args[++i] : true;
	}
	return found;
}

function listOf(value) {
	return typeof value === "string" ? value.split(",").filter(Boolean) : [];
}

function appsToBuild() {
	const all = fs.readFileSync(path.join(sites, "apps.txt"), "utf8").split(/\s+/).filter(Boolean);
	const wanted = listOf(options.apps);
	return all
		.filter((app) => !wanted.length || wanted.includes(app))
		.filter((app) => !(options.skip_frappe && app === "frappe"));
}

function publicDir(app) {
	return path.join(bench, "apps", app, app, "public");
}

function linkPublic(app) {
	const link = path.join(assets, app);
	fs.mkdirSync(assets, { recursive: true });
	if (fs.existsSync(publicDir(app)) && !fs.lstatSync(link, { throwIfNoEntry: false })) {
		fs.symlinkSync(publicDir(app), link);
	}
}

function entriesOf(app) {
	const root = publicDir(app);
	const only = listOf(options.files).map((file) => path.basename(file));
	const entries = {};
	for (const file of glob.sync("**/*.bundle.{js,css,scss}", { cwd: root, ignore: ["dist/**", "**/node_modules/**"] })) {
		if (only.length && !only.includes(path.basename(file))) continue;
		const kind = file.endsWith(".js") ? "js" : "css";
		entries[`${app}/dist/${kind}/${path.basename(file).replace(/\.[a-z]+$/, "")}`] = path.join(root, file);
	}
	return entries;
}

// frappe.templates["name"] = "<markup>", on one line and without comments, as the desk expects it.
function templateModule(file) {
	const name = path.basename(file, ".html");
	const markup = fs
		.readFileSync(file, "utf8")
		.replace(/<!--[\s\S]*?-->/g, "")
		.replace(/\s+/g, " ");
	return `frappe.templates[${JSON.stringify(name)}] = ${JSON.stringify(markup)};`;
}

function injectedStyle(css) {
	return [
		'const style = document.createElement("style");',
		`style.textContent = ${JSON.stringify(css)};`,
		"document.head.appendChild(style);",
	].join("\n");
}

/** Bundles a stylesheet on its own, for those that a script imports. */
async function flatten(css, dir) {
	const built = await esbuild.build({
		...shared,
		stdin: { contents: css, loader: "css", resolveDir: dir },
		write: false,
		plugins: [plugin],
	});
	return built.outputFiles[0].text;
}

const fromScript = new Set(["import-statement", "require-call", "dynamic-import"]);

const plugin = {
	name: "frappe",
	setup(build) {
		const components = new Map();
		const silent = path.join(here, "realtime-off.js");
		build.onResolve({ filter: /^socket\.io-client$/ }, () => ({ path: silent }));
		build.onResolve({ filter: /^(\/assets\/|https?:|data:)/ }, (args) => ({ path: args.path, external: true }));
		build.onResolve({ filter: /\.(woff2?|ttf|eot|svg|png|jpe?g|gif)([?#].*)?$/ }, (args) =>
			args.kind === "url-token" ? { path: args.path, external: true } : undefined
		);
		build.onResolve({ filter: /^~/ }, (args) =>
			build.resolve(args.path.slice(1), { resolveDir: here, kind: args.kind })
		);
		build.onResolve({ filter: /^[a-z]\w*\/.*\.(css|scss)$/ }, (args) => {
			const file = path.join(bench, "apps", args.path.split("/", 1)[0], args.path);
			return !fromScript.has(args.kind) && fs.existsSync(file) ? { path: file } : undefined;
		});
		build.onResolve({ filter: /\.(css|scss)$/ }, (args) => {
			if (!fromScript.has(args.kind) || args.path.startsWith("vue:")) return undefined;
			return { path: styleFile(args), namespace: "injected" };
		});
		build.onResolve({ filter: /^vue:/ }, (args) => ({ path: args.path.slice(4), namespace: "vue-style" }));

		// The registry's air-datepicker has no seconds, the fork that Frappe names has: no row of theirs to hide.
		build.onLoad({ filter: /form[\\/]controls[\\/]datetime\.js$/ }, (args) => ({
			contents: fs
				.readFileSync(args.path, "utf8")
				.replace("$tp.$seconds.parent()", () => "if (!$tp.$seconds) return;\n$tp.$seconds.parent()"),
		}));
		build.onLoad({ filter: /.*/, namespace: "injected" }, async (args) => ({
			contents: injectedStyle(await flatten(await readStyle(args.path, bench), path.dirname(args.path))),
		}));
		build.onLoad({ filter: /.*/, namespace: "vue-style" }, async (args) => ({
			contents: injectedStyle(await flatten(components.get(args.path), path.dirname(args.path))),
		}));
		build.onLoad({ filter: /\.html$/ }, (args) => ({ contents: templateModule(args.path) }));
		build.onLoad({ filter: /\.scss$/ }, async (args) => ({
			contents: await readStyle(args.path, bench),
			loader: "css",
			resolveDir: path.dirname(args.path),
		}));
		build.onLoad({ filter: /\.vue$/ }, async (args) => {
			const { code, css } = await compileVue(args.path, bench, production);
			components.set(args.path, css);
			const style = css ? `import ${JSON.stringify("vue:" + args.path)};\n` : "";
			return { contents: style + code, resolveDir: path.dirname(args.path) };
		});
	},
};

function styleFile(args) {
	if (args.path.startsWith(".")) return path.resolve(args.resolveDir, args.path);
	const inApp = path.join(bench, "apps", args.path.split("/", 1)[0], args.path);
	if (fs.existsSync(inApp)) return inApp;
	return path.join(here, "node_modules", args.path.replace(/^~/, ""));
}

function recordOf(outputs) {
	const record = {};
	for (const [file, { entryPoint }] of Object.entries(outputs)) {
		const found = path.basename(file).match(/^(.*\.bundle)\.[A-Z0-9]{8}\.(js|css)$/);
		if (!found) continue;
		const name = `${found[1]}.${found[2]}`;
		// A sheet of its own wins over one that only came along with a script of that name.
		if (entryPoint || !record[name]) {
			record[name] = `/assets/${path.relative(assets, path.resolve(here, file))}`;
		}
	}
	return record;
}

/** Removes what earlier builds of these apps left, but not what this one wrote. */
function sweep(apps, outputs) {
	const kept = new Set(Object.keys(outputs).map((file) => path.resolve(here, file)));
	for (const app of apps) {
		for (const file of glob.sync("dist/{js,css}/*", { cwd: path.join(assets, app) })) {
			const full = path.join(assets, app, file);
			if (!kept.has(full)) fs.rmSync(full);
		}
	}
}

function writeRecord(record) {
	const file = path.join(assets, "assets.json");
	const known = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
	const temporary = `${file}.${process.pid}`;
	fs.writeFileSync(temporary, JSON.stringify({ ...known, ...record }, null, 4));
	fs.renameSync(temporary, file);
	const rtl = path.join(assets, "assets-rtl.json");
	if (!fs.existsSync(rtl)) fs.writeFileSync(rtl, "{}");
}

/** Frappe keeps assets.json in Redis: forget it there. No Redis, nothing to forget. */
function forgetRecord() {
	const config = path.join(sites, "common_site_config.json");
	const address = fs.existsSync(config) && JSON.parse(fs.readFileSync(config, "utf8")).redis_cache;
	if (!address) return;
	const { hostname, port } = new URL(address);
	const socket = net.connect({ host: hostname, port: Number(port) || 6379 });
	socket.setTimeout(2000, () => socket.destroy());
	socket.on("error", () => socket.destroy());
	socket.on("data", () => socket.end());
	socket.on("connect", () => socket.write("DEL assets_json\r\n"));
}

const began = Date.now();
const apps = appsToBuild();
apps.forEach(linkPublic);
const entryPoints = Object.assign({}, ...apps.map(entriesOf));
if (Object.keys(entryPoints).length) {
	const { metafile } = await esbuild.build({
		...shared,
		entryPoints,
		entryNames: "[dir]/[name].[hash]",
		outdir: assets,
		preserveSymlinks: false,
		sourcemap: true,
		metafile: true,
		plugins: [plugin],
	});
	if (!options.files) sweep(apps, metafile.outputs);
	writeRecord(recordOf(metafile.outputs));
} else {
	writeRecord({});
}
forgetRecord();
console.log(`Built ${Object.keys(entryPoints).length} bundles of ${apps.join(", ") || "no app"} in ${Date.now() - began} ms`);
