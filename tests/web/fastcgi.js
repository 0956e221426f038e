// A FastCGI client of a few lines: one connection, one request, and raw bytes for what no web server would send.
'use strict';
const net = require('node:net');

const BEGIN = 1, END = 3, PARAMS = 4, STDIN = 5, STDOUT = 6;

function record(type, content, id = 1) {
  const head = Buffer.from([1, type, id >> 8, id & 255, content.length >> 8, content.length & 255, 0, 0]);
  return Buffer.concat([head, content]);
}

function stream(type, content) {
  const records = [];
  for (let at = 0; at < content.length; at += 65528) records.push(record(type, content.subarray(at, at + 65528)));
  records.push(record(type, Buffer.alloc(0)));
  return Buffer.concat(records);
}

function lengthOf(length) {
  if (length < 128) return Buffer.from([length]);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE((length | 0x80000000) >>> 0);
  return bytes;
}

function pair(name, value) {
  const parts = [Buffer.from(name), Buffer.from(String(value))];
  return Buffer.concat([lengthOf(parts[0].length), lengthOf(parts[1].length), ...parts]);
}

const begin = () => record(BEGIN, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]));

// The bytes of a whole request. options: method, headers, body, params (FastCGI parameters of the server).
function requestBytes(uri, options = {}) {
  const body = Buffer.from(options.body ?? '');
  const params = {
    REQUEST_METHOD: options.method ?? 'GET',
    REQUEST_URI: uri,
    QUERY_STRING: uri.split('?')[1] ?? '',
    CONTENT_LENGTH: body.length ? body.length : '',
    CONTENT_TYPE: body.length ? 'application/x-www-form-urlencoded' : '',
    REMOTE_ADDR: '192.0.2.7',
    SERVER_PROTOCOL: 'HTTP/1.1',
    HTTP_HOST: 'water.example',
    ...options.params,
  };
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    const key = name.toUpperCase().replace(/-/g, '_');
    params[key === 'CONTENT_TYPE' || key === 'CONTENT_LENGTH' ? key : `HTTP_${key}`] = value;
  }
  const pairs = Object.entries(params).filter(([, value]) => value !== undefined).map(([name, value]) => pair(name, value));
  return Buffer.concat([begin(), stream(PARAMS, Buffer.concat(pairs)), stream(STDIN, body)]);
}

// {stdout, isEnded} of what a program sent.
function readRecords(bytes) {
  const pieces = [];
  let isEnded = false;
  for (let at = 0; at + 8 <= bytes.length;) {
    const type = bytes[at + 1];
    const length = bytes.readUInt16BE(at + 4);
    if (type === STDOUT) pieces.push(bytes.subarray(at + 8, at + 8 + length));
    if (type === END) isEnded = true;
    at += 8 + length + bytes[at + 6];
  }
  return { stdout: Buffer.concat(pieces), isEnded };
}

// {status, headers (lower case; set-cookie as a list), body, text} of a CGI answer.
function readAnswer(stdout) {
  const split = stdout.indexOf('\r\n\r\n');
  if (split < 0) throw new Error(`no answer: ${stdout.toString().slice(0, 200)}`);
  const headers = { 'set-cookie': [] };
  for (const line of stdout.subarray(0, split).toString().split('\r\n')) {
    const [, name, value] = /^([^:]+): ?(.*)$/.exec(line);
    if (name.toLowerCase() === 'set-cookie') headers['set-cookie'].push(value);
    else if (headers[name.toLowerCase()] !== undefined) throw new Error(`the header ${name} came twice`);
    else headers[name.toLowerCase()] = value;
  }
  const body = stdout.subarray(split + 4);
  return { status: Number((headers.status ?? '200').split(' ')[0]), headers, body, text: body.toString() };
}

// Sends bytes and gives back all that came until the program closed.
function exchange(path, bytes, { end = false } = {}) {
  return new Promise((resolve, reject) => {
    const pieces = [];
    const socket = net.connect({ path, allowHalfOpen: true });
    socket.on('connect', () => (end ? socket.end(bytes) : socket.write(bytes)));
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('end', () => socket.end());
    socket.on('error', (error) => (pieces.length || error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve(Buffer.concat(pieces)) : reject(error)));
    socket.on('close', () => resolve(Buffer.concat(pieces)));
  });
}

async function request(path, uri, options = {}) {
  const { stdout, isEnded } = readRecords(await exchange(path, requestBytes(uri, options)));
  if (!isEnded) throw new Error('the program ended the connection without ending the request');
  return readAnswer(stdout);
}

module.exports = { request, exchange, requestBytes, readRecords, readAnswer, record, begin, PARAMS, STDIN };
