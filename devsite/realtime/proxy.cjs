// What nginx does on a real bench: one address for the site and, below /socket.io, for what core pushes.
// node proxy.cjs <port of this> <port of the web server> <port of socket.io>
const http = require("node:http");
const { createProxyServer } = require("http-proxy-3");

const [own, web, realtime] = process.argv.slice(2).map(Number);
const proxy = createProxyServer({ xfwd: true });
const target = (request) => `http://127.0.0.1:${request.url.startsWith("/socket.io") ? realtime : web}`;

// A server that is starting anew answers nobody for a moment: that is told, and this goes on.
proxy.on("error", (error, request, answer) => {
	if (answer.writeHead && !answer.headersSent) {
		answer.writeHead(502, { "Content-Type": "text/plain" });
	}
	answer.end();
});

http
	.createServer((request, answer) => proxy.web(request, answer, { target: target(request) }))
	.on("upgrade", (request, socket, head) => proxy.ws(request, socket, head, { target: target(request) }))
	.listen(own, "127.0.0.1");
