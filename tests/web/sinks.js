// A mail server and an HTTP gateway as small as they can be, on loopback. Each keeps what it took, by the message's own id, and
// can be told to be ill: to refuse, to fail, to hang, to take a message and then say nothing, to be gone and to come back.
'use strict';
const http = require('node:http');
const net = require('node:net');

const listen = (server, port) => new Promise((resolve, reject) => {
  server.once('error', reject);
  server.listen(port, '127.0.0.1', () => resolve(server.address().port));
});

// What both have in common: messages by id in the order of their arrival, and how often each id came.
class Sink {
  constructor() {
    this.messages = [];
    this.times = new Map();
    this.hanging = 0;
    this.asked = 0;
    this.mode = () => 'ok';
    this.sockets = new Set();
    this.port = 0;
  }

  take(message) {
    this.times.set(message.id, (this.times.get(message.id) ?? 0) + 1);
    if (this.times.get(message.id) === 1) this.messages.push(message);
  }

  async start() {
    this.server = this.make();
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.port = await listen(this.server, this.port);
  }

  // As when its machine loses power.
  async kill() {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
    this.hanging = 0;
  }
}

// parse(request, body): the message, with an id. Modes: ok, 500, 400, 429, strange (200, but no success), slow (answers after a
// while), hang (never answers), lost (takes it and cuts the line).
class HttpSink extends Sink {
  constructor(parse) {
    super();
    this.parse = parse;
  }

  make() {
    return http.createServer((request, response) => {
      let body = '';
      request.on('data', (data) => { body += data; });
      request.on('end', () => this.answer(request, response, body));
    });
  }

  answer(request, response, body) {
    this.asked += 1;
    const message = this.parse(request, body);
    const mode = this.mode(message);
    const say = (status, text, headers = {}) => response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(text);
    if (mode === 'hang') {
      this.hanging += 1;
      response.once('close', () => { this.hanging -= 1; });
    } else if (mode === 'slow') {
      this.take(message);
      setTimeout(() => say(200, `{"code":0,"id":"G-${message.id}"}`), 300);
    } else if (mode === 'lost') {
      this.take(message);
      request.socket.destroy();
    } else if (mode === 'strange') {
      say(200, `{"code":1234,"echo":${JSON.stringify(body)}}`);
    } else if (mode === 'ok') {
      this.take(message);
      say(200, `{"code":0,"id":"G-${message.id}"}`);
    } else {
      say(Number(mode), body, mode === '429' ? { 'Retry-After': '700' } : {});
    }
  }
}

const decode = (text) => text.replace(/\?=\r\n =\?/g, '?==?').replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, base64) => `\0${base64}\0`)
  .replace(/(\0[^\0]*\0)+/g, (all) => Buffer.concat(all.split('\0').filter(Boolean).map((part) => Buffer.from(part, 'base64'))).toString());

function readMail(raw, envelope) {
  const [head, ...rest] = raw.split('\r\n\r\n');
  const header = (name) => {
    const found = new RegExp(`^${name}: ((?:.|\\r\\n )*)$`, 'mi').exec(head);
    return found ? decode(found[1]) : null;
  };
  const part = /\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--/.exec(`\r\n\r\n${rest.slice(1).join('\r\n\r\n')}`);
  return { id: header('Message-ID'), to: header('To'), from: header('From'), subject: header('Subject'), date: header('Date'), head, text: Buffer.from(part[1], 'base64').toString(), envelope };
}

// Modes by recipient: ok, 550, 451, hang (says nothing to DATA's end), lost (takes it and cuts the line).
class MailSink extends Sink {
  make() {
    return net.createServer((socket) => this.talk(socket));
  }

  talk(socket) {
    let waiting = '';
    let envelope = null;
    let raw = null;
    const say = (line) => socket.write(`${line}\r\n`);
    const end = () => {
      const message = readMail(raw, envelope);
      const mode = this.mode(message);
      raw = null;
      if (mode === 'hang') {
        this.hanging += 1;
        socket.on('close', () => { this.hanging -= 1; });
        return;
      }
      this.take(message);
      if (mode === 'lost') socket.destroy();
      else say('250 taken');
    };
    const command = (line) => {
      const [, verb, rest] = /^(\w+) ?(.*)$/.exec(line) ?? [null, '', ''];
      if (verb === 'EHLO') say('250-sink\r\n250 8BITMIME');
      else if (verb === 'MAIL') { envelope = { from: rest, to: [] }; say('250 ok'); }
      else if (verb === 'RCPT') {
        const mode = this.mode({ to: rest });
        if (mode === '550' || mode === '451') return say(`${mode} ${rest} no`);
        envelope.to.push(rest);
        say('250 ok');
      } else if (verb === 'DATA') { raw = ''; say('354 go on'); }
      else if (verb === 'QUIT') { say('221 bye'); socket.end(); }
      else say('250 ok');
      return undefined;
    };
    this.asked += 1;
    say('220 sink');
    socket.on('data', (data) => {
      waiting += data;
      for (let at = waiting.indexOf('\r\n'); at >= 0; at = waiting.indexOf('\r\n')) {
        const line = waiting.slice(0, at);
        waiting = waiting.slice(at + 2);
        if (raw === null) command(line);
        else if (line === '.') end();
        else raw += `${line}\r\n`;
      }
    });
  }
}

module.exports = { HttpSink, MailSink };
