// Installs and starts tests/web/hello_app.c in a folder of its own.
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawn } = require('node:child_process');
const fastcgi = require('./fastcgi.js');

const top = process.env.SHUINUO_TOP ?? path.resolve(__dirname, '../..');
const build = process.env.SHUINUO_BUILD ?? path.join(top, 'build');
const program = path.join(build, 'tests/web/hello_app');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'shuinuo-hello-'));
const running = new Set();
const LOG_MOST = 4 * 1024 * 1024;

process.on('exit', () => {
  for (const app of running) app.child.kill('SIGKILL');
  fs.rmSync(scratch, { recursive: true, force: true });
});

fs.cpSync(path.join(top, 'templates'), path.join(scratch, 'templates'), { recursive: true });
fs.cpSync(path.join(top, 'tests/web/hello'), path.join(scratch, 'templates/hello'), { recursive: true });
fs.mkdirSync(path.join(scratch, 'secrets'));
fs.writeFileSync(path.join(scratch, 'secrets/hello.secret'), `form = ${'5a'.repeat(32)}\n`, { mode: 0o400 });

const base = {
  environment: 'test', template_dir: path.join(scratch, 'templates'), secret_dir: path.join(scratch, 'secrets'),
  base_url: 'http://water.example', request_timeout_seconds: 2, workers: 2,
};

let made = 0;

// {file, offset, socket}: a settings file, the file that moves its clock, and a name for a socket.
function writeSettings(changes = {}) {
  made++;
  const file = path.join(scratch, `settings-${made}.hdf`);
  const offset = path.join(scratch, `offset-${made}`);
  fs.writeFileSync(offset, '0\n');
  const lines = Object.entries({ ...base, time_offset_file: offset, ...changes }).map(([key, value]) => `${key} = ${value}`);
  fs.writeFileSync(file, lines.join('\n') + '\n');
  return { file, offset, socket: path.join(scratch, `app-${made}.sock`) };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what, condition, ms = 10000) {
  for (const end = Date.now() + ms; Date.now() < end; await pause(20)) {
    const found = await condition();
    if (found) return found;
  }
  throw new Error(`waited in vain for: ${what}`);
}

const serves = (socket, uri = '/hello/pid') => fastcgi.request(socket, uri).then(() => true, () => false);

// Watches a process: app.log, app.code and the promise app.ended.
function watch(child, app) {
  Object.assign(app, { child, log: '', code: null });
  child.stderr.on('data', (data) => { if (app.log.length < LOG_MOST) app.log += data; });
  app.ended = new Promise((resolve) => child.on('close', (code, signal) => { running.delete(app); app.code = code ?? signal; resolve(app.code); }));
  running.add(app);
  return app;
}

// args: further options; env: further environment; uri: what is asked until it serves; socket: instead of a new one; command: a
// python script that starts the program itself, with the socket's path and the command line as its arguments.
async function start(changes = {}, { args = [], env = {}, uri = '/hello/pid', socket, command = program } = {}) {
  const settings = writeSettings(changes);
  if (socket) settings.socket = socket;
  const listen = command === program ? ['--listen', settings.socket] : [];
  const first = command === program ? [] : ['-c', command, settings.socket, program];
  const child = spawn(command === program ? program : 'python3', [...first, '--settings', settings.file, ...listen, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  const app = watch(child, { socket: settings.socket, offset: settings.offset });
  app.get = (uri, options) => fastcgi.request(app.socket, uri, options);
  app.post = (uri, fields, options = {}) => fastcgi.request(app.socket, uri, {
    method: 'POST', body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(), ...options,
    headers: { 'Sec-Fetch-Site': 'same-origin', ...options.headers },
  });
  await until('the program to serve', () => {
    if (app.code !== null) throw new Error(`it ended with ${app.code}: ${app.log}`);
    return serves(app.socket, uri);
  });
  return app;
}

async function stop(app, signal = 'SIGTERM') {
  app.child.kill(signal);
  assert.strictEqual(await app.ended, 0, app.log);
  // In a sanitized build every process says what it found when it ends.
  assert.doesNotMatch(app.log, /Sanitizer|runtime error/);
}

module.exports = { program, scratch, writeSettings, pause, until, serves, start, stop };
