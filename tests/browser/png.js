// Makes a browser's picture small: text on flat colours needs no more than 256 colours.
'use strict';
const zlib = require('node:zlib');

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function* chunks(png) {
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += length + 12;
  }
}

function paeth(a, b, c) {
  const p = a + b - c;
  const pa = Math.abs(p - a);
  const pb = Math.abs(p - b);
  const pc = Math.abs(p - c);
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

/** 8-bit RGB or RGBA without interlace, as browsers write it → width, height, pixels as 0xRRGGBB. */
function decode(png) {
  let head;
  const parts = [];
  for (const { type, data } of chunks(png)) {
    if (type === 'IHDR') head = data;
    if (type === 'IDAT') parts.push(data);
  }
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const step = { 2: 3, 6: 4 }[head[9]];
  if (head[8] !== 8 || !step || head[12] !== 0) throw new Error('not a picture as browsers write it');
  const raw = zlib.inflateSync(Buffer.concat(parts));
  const stride = width * step;
  const pixels = new Uint32Array(width * height);
  let before = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    const row = raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    for (let i = 0; i < stride; i++) {
      const a = i >= step ? row[i - step] : 0;
      const b = before[i];
      const c = i >= step ? before[i - step] : 0;
      row[i] += [0, a, b, (a + b) >> 1, paeth(a, b, c)][filter];
    }
    for (let x = 0; x < width; x++) pixels[y * width + x] = (row[x * step] << 16) | (row[x * step + 1] << 8) | row[x * step + 2];
    before = row;
  }
  return { width, height, pixels };
}

/** The most frequent colours first; soft edges of letters are rounded to 4 bits a channel before they are counted. */
function palette(pixels) {
  const exact = new Map();
  for (const pixel of pixels) exact.set(pixel, (exact.get(pixel) ?? 0) + 1);
  const flat = new Set([...exact].filter(([, count]) => count > pixels.length / 2000).map(([pixel]) => pixel));
  const round = (pixel) => (flat.has(pixel) ? pixel : pixel & 0xf0f0f0 | (pixel & 0xf0f0f0) >> 4);
  const counts = new Map();
  for (const [pixel, count] of exact) counts.set(round(pixel), (counts.get(round(pixel)) ?? 0) + count);
  const colours = [...counts].sort((left, right) => right[1] - left[1]).slice(0, 256).map(([pixel]) => pixel);
  const far = (left, right) => [16, 8, 0].reduce((sum, bits) => sum + ((left >> bits & 255) - (right >> bits & 255)) ** 2, 0);
  const index = new Map(colours.map((colour, at) => [colour, at]));
  return {
    colours,
    indexOf(pixel) {
      const key = round(pixel);
      if (!index.has(key)) index.set(key, colours.reduce((best, colour, at) => (far(colour, key) < far(colours[best], key) ? at : best), 0));
      return index.get(key);
    },
  };
}

const CRC = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const crc = body.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function shrink(png) {
  const { width, height, pixels } = decode(png);
  const { colours, indexOf } = palette(pixels);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexOf(pixels[y * width + x]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('PLTE', Buffer.from(colours.flatMap((colour) => [colour >> 16, colour >> 8 & 255, colour & 255]))),
    chunk('IDAT', zlib.deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

module.exports = { shrink };
