// One single-file component to one ES module; its styles come along as an import.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import * as compiler from "@vue/compiler-sfc";
import { compileScss, prefix } from "./styles.mjs";

/** Returns {code, css} of the component at `file`. */
export async function compileVue(file, bench, production) {
	const source = await fs.promises.readFile(file, "utf8");
	const { descriptor, errors } = compiler.parse(source, { filename: file });
	if (errors.length) throw errors[0];
	const id = crypto.createHash("sha256").update(path.relative(bench, file)).digest("hex").slice(0, 8);
	const scoped = descriptor.styles.some((style) => style.scoped);
	const scopeId = scoped ? `data-v-${id}` : undefined;
	return {
		code: script(descriptor, file, id, scopeId, production),
		css: await styles(descriptor, file, id, bench),
	};
}

function script(descriptor, file, id, scopeId, production) {
	const parts = [];
	if (descriptor.script || descriptor.scriptSetup) {
		const compiled = compiler.compileScript(descriptor, {
			id,
			isProd: production,
			inlineTemplate: Boolean(descriptor.scriptSetup),
			genDefaultAs: "component",
			templateOptions: { id, scoped: Boolean(scopeId), compilerOptions: { scopeId } },
		});
		parts.push(compiled.content);
	} else {
		parts.push("const component = {};");
	}
	if (descriptor.template && !descriptor.scriptSetup) {
		const rendered = compiler.compileTemplate({
			id,
			filename: file,
			source: descriptor.template.content,
			scoped: Boolean(scopeId),
			compilerOptions: { scopeId },
			isProd: production,
		});
		if (rendered.errors.length) throw rendered.errors[0];
		parts.push(rendered.code, "component.render = render;");
	}
	if (scopeId) parts.push(`component.__scopeId = ${JSON.stringify(scopeId)};`);
	parts.push("export default component;");
	return parts.join("\n");
}

async function styles(descriptor, file, id, bench) {
	const sheets = [];
	for (const style of descriptor.styles) {
		const plain = style.lang === "scss" ? compileScss(style.content, file, bench) : style.content;
		const compiled = await compiler.compileStyleAsync({
			id: `data-v-${id}`,
			filename: file,
			source: plain,
			scoped: style.scoped,
		});
		if (compiled.errors.length) throw compiled.errors[0];
		sheets.push(await prefix(compiled.code, file));
	}
	return sheets.join("\n");
}
