// PNG files made small: a page has few colours, so each point becomes a number in a table of at most 256.
import * as zlib from 'node:zlib';

const { deflateSync, inflateSync } = zlib;

// Older Node has no check sum of its own.
const table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
/** The check sum of PNG and .zip. */
export const crc32 = zlib.crc32 ?? ((bytes) => {
  let c = 0xffffffff;
  for (const b of bytes) c = table[(c ^ b) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
});

/** Width and height. */
export function size(png) {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

function parts(png) {
  const found = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    found.push({ kind: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return found;
}

/** The points of a picture of 8 bits a channel without interlace, as RGB. */
function points(png) {
  const { width, height } = size(png);
  const [depth, kind] = [png[24], png[25]];
  const channels = { 2: 3, 6: 4 }[kind];
  if (depth !== 8 || !channels || png[28] !== 0) throw new Error('a picture of another kind');
  const raw = inflateSync(Buffer.concat(parts(png).filter((p) => p.kind === 'IDAT').map((p) => p.data)));
  const row = width * channels;
  const out = Buffer.alloc(width * height * 3);
  let before = Buffer.alloc(row);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (row + 1)];
    const line = Buffer.from(raw.subarray(y * (row + 1) + 1, (y + 1) * (row + 1)));
    for (let x = 0; x < row; x += 1) {
      const a = x >= channels ? line[x - channels] : 0;
      const b = before[x];
      const c = x >= channels ? before[x - channels] : 0;
      let add = 0;
      if (filter === 1) add = a;
      else if (filter === 2) add = b;
      else if (filter === 3) add = (a + b) >> 1;
      else if (filter === 4) {
        const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
        add = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      }
      line[x] = (line[x] + add) & 255;
    }
    for (let x = 0; x < width; x += 1) line.copy(out, (y * width + x) * 3, x * channels, x * channels + 3);
    before = line;
  }
  return { width, height, rgb: out };
}

function part(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const foot = Buffer.alloc(4);
  foot.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, foot]);
}

/** The same picture with at most 256 colours: the most frequent ones; the others take the nearest. */
export function smaller(png) {
  const { width, height, rgb } = points(png);
  const counts = new Map();
  // Two bits fewer a channel join what the eye cannot tell apart.
  const coarse = (at) => ((rgb[at] & 0xfc) << 16) | ((rgb[at + 1] & 0xfc) << 8) | (rgb[at + 2] & 0xfc);
  const exact = new Map();
  for (let at = 0; at < rgb.length; at += 3) {
    const key = coarse(at);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (!exact.has(key)) exact.set(key, [rgb[at], rgb[at + 1], rgb[at + 2]]);
  }
  const chosen = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 256).map(([key]) => exact.get(key));
  const numbers = new Map();
  for (const key of counts.keys()) {
    const [r, g, b] = exact.get(key);
    let best = 0;
    let least = Infinity;
    chosen.forEach(([cr, cg, cb], n) => {
      const far = (r - cr) ** 2 + (g - cg) ** 2 + (b - cb) ** 2;
      if (far < least) [least, best] = [far, n];
    });
    numbers.set(key, best);
  }
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) lines[y * (width + 1) + 1 + x] = numbers.get(coarse(at));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    png.subarray(0, 8),
    part('IHDR', head),
    part('PLTE', Buffer.from(chosen.flat())),
    part('IDAT', deflateSync(lines, { level: 9 })),
    part('IEND', Buffer.alloc(0)),
  ]);
}
