// SHA-256 (FIPS 180-4): at once, which crypto.subtle is not, and on http too.

const [ROUNDS, START] = constants();

/** First 32 bits of the fractional parts of the cube roots, and of the square roots, of the first primes. */
function constants() {
	const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
	const rounds = [];
	const start = [];
	for (let candidate = 2; rounds.length < 64; candidate++) {
		let prime = true;
		for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false;
		if (!prime) continue;
		if (start.length < 8) start.push(fraction(Math.sqrt(candidate)));
		rounds.push(fraction(Math.cbrt(candidate)));
	}
	return [rounds, start];
}

function turn(word, bits) {
	return (word >>> bits) | (word << (32 - bits));
}

/** bytes: Uint8Array shorter than 512 MB; returns its digest as Uint8Array. */
export function sha256(bytes) {
	const blocks = new DataView(new ArrayBuffer((((bytes.length + 8) >> 6) + 1) << 6));
	new Uint8Array(blocks.buffer).set(bytes);
	blocks.setUint8(bytes.length, 0x80);
	blocks.setUint32(blocks.byteLength - 4, bytes.length << 3);
	const state = [...START];
	const words = new Int32Array(64);
	for (let offset = 0; offset < blocks.byteLength; offset += 64) {
		schedule(words, blocks, offset);
		compress(state, words);
	}
	const out = new DataView(new ArrayBuffer(32));
	state.forEach((word, index) => out.setInt32(index * 4, word));
	return new Uint8Array(out.buffer);
}

function schedule(words, blocks, offset) {
	for (let index = 0; index < 16; index++) words[index] = blocks.getInt32(offset + index * 4);
	for (let index = 16; index < 64; index++) {
		const far = words[index - 15];
		const near = words[index - 2];
		const low = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3);
		const high = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10);
		words[index] = words[index - 16] + low + words[index - 7] + high;
	}
}

function compress(state, words) {
	let [a, b, c, d, e, f, g, h] = state;
	for (let index = 0; index < 64; index++) {
		const chosen = (e & f) ^ (~e & g);
		const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + chosen + ROUNDS[index] + words[index]) | 0;
		const major = (a & b) ^ (a & c) ^ (b & c);
		const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + major) | 0;
		h = g;
		g = f;
		f = e;
		e = (d + first) | 0;
		d = c;
		c = b;
		b = a;
		a = (first + second) | 0;
	}
	[a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] = (state[index] + word) | 0));
}
