// Requests to the site. What goes wrong comes back as one error with a title and lines to show.

/** What the site answers to a session that has ended, among other things. */
const NOT_LET_IN = [400, 401, 403];
let token = "";
let begunLoggedIn = false;

/** What the site asks of whoever is logged in, to know that a request comes from its own page. */
export function trust(given) {
	token = given;
	begunLoggedIn = !isLoggedOut();
}

export class Refusal extends Error {
	/** lines: HTML of the server's own messages; kind: the server's class of error; fields: field → HTML, where it names them. */
	constructor(title, lines, kind = "", status = 0, fields = {}) {
		super(title);
		Object.assign(this, { title, lines, kind, status, fields });
	}

	/** Did the site answer that it does not take it? Otherwise nobody knows what became of it. */
	get isRefusal() {
		return this.status >= 400 && this.status < 500 && this.status !== 429;
	}
}

export async function post(method, values, keepalive = false) {
	return send(method, JSON.stringify(values), { "Content-Type": "application/json" }, "POST", keepalive);
}

/** The session has ended, here or in another tab. */
export function isLoggedOut() {
	const user = document.cookie.split("; ").find((cookie) => cookie.startsWith("user_id="));
	return !user || user === "user_id=Guest";
}

export async function sendFile(method, file) {
	const body = new FormData();
	body.append("file", file, file.name);
	return send(method, body, {});
}

/** Values and files together: `body` is FormData. */
export async function sendForm(method, body) {
	return send(method, body, {});
}

/** A file that the site makes of `values`: the browser keeps it as `filename`. */
export async function download(method, values, filename) {
	const response = await request(method, JSON.stringify(values), { "Content-Type": "application/json" }, "POST");
	if (!response.ok) throw refusal(response.status, await response.json().catch(() => ({})));
	const address = URL.createObjectURL(await response.blob());
	const link = document.createElement("a");
	Object.assign(link, { href: address, download: filename });
	link.click();
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export async function get(method) {
	return send(method, undefined, {}, "GET");
}

async function send(method, body, headers, verb = "POST", keepalive = false) {
	let response = await request(method, body, headers, verb, keepalive);
	// Who logged in again in another tab has a new token.
	if (NOT_LET_IN.includes(response.status) && !keepalive && (await hasNewToken())) {
		response = await request(method, body, headers, verb, keepalive);
	}
	const answer = await response.json().catch(() => ({}));
	if (response.ok) return answer.message;
	throw refusal(response.status, answer);
}

async function request(method, body, headers, verb, keepalive) {
	try {
		return await fetch(`/api/method/${method}`, {
			method: verb,
			body,
			keepalive,
			credentials: "same-origin",
			headers: { Accept: "application/json", "X-Frappe-CSRF-Token": token, ...headers },
		});
	} catch {
		throw new Refusal(__("The site cannot be reached"), [
			__("Check the connection and try again. What you typed is still here."),
		]);
	}
}

async function hasNewToken() {
	if (isLoggedOut()) return false;
	const page = await fetch("/domanda/new", { credentials: "same-origin" }).then((answer) => answer.text()).catch(() => "");
	const found = /"csrf_token": ?"(\w+)"/.exec(page);
	if (!found || found[1] === token) return false;
	token = found[1];
	return true;
}

function refusal(status, answer) {
	const kind = answer.exc_type || "";
	const messages = serverMessages(answer._server_messages);
	const lines = messages.flatMap((message) => message.message);
	if (begunLoggedIn && isLoggedOut() && NOT_LET_IN.includes(status)) {
		// what the site says to a guest names its programs, and is not what happened
		const line = __("Your session has ended. Log in again in another tab, then come back here and try again.");
		return new Refusal(__("Not accepted"), [line], kind, status);
	}
	if (status === 413) return new Refusal(__("Too large"), [__("The file is too large for this site.")], "", status);
	if (!lines.length) return refusalWithoutWords(status, kind);
	return new Refusal(messages.find((message) => message.title)?.title || __("Not accepted"), lines, kind, status, answer.fields);
}

function refusalWithoutWords(status, kind) {
	if (status === 429) {
		return new Refusal(__("Too many requests"), [__("Wait a minute and try again. What you typed is still here.")], "", status);
	}
	const line = NOT_LET_IN.includes(status)
		? __("Your session may have ended. Log in again in another tab, then come back here and try again.")
		: __("The site could not do this. What you typed is still here: try again in a few minutes.");
	return new Refusal(__("Not accepted"), [line], kind, status);
}

function serverMessages(packed) {
	return parse(packed, []).map((item) => {
		const message = parse(item, { message: String(item) });
		return { title: message.title, message: [].concat(message.message ?? "") };
	});
}

function parse(text, otherwise) {
	try {
		return JSON.parse(text);
	} catch {
		return otherwise;
	}
}
