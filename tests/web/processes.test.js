// The processes of a web program: how they start, end, are replaced, and what bad connections cost them.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const net = require('node:net');
const { spawnSync } = require('node:child_process');
const fastcgi = require('./fastcgi.js');
const { program, scratch, writeSettings, pause, until, serves, start, stop } = require('./hello.js');

test('TERM, QUIT and INT let the request in hand end and take the socket away', async () => {
  for (const signal of ['SIGTERM', 'SIGQUIT', 'SIGINT']) {
    const app = await start();
    const slow = app.get('/hello/slow/600');
    await pause(150);
    app.child.kill(signal);
    assert.strictEqual((await slow).text, 'slow', signal);
    assert.strictEqual(await app.ended, 0, app.log);
    assert.ok(!fs.existsSync(app.socket), signal);
  }
});

test('a connection that says nothing holds the end up no longer than its timeout', async () => {
  const app = await start({ request_timeout_seconds: 1 });
  const silent = net.connect(app.socket);
  await new Promise((resolve) => silent.on('connect', resolve));
  await stop(app);
  assert.doesNotMatch(app.log, /workers_killed/);
  silent.destroy();
});

test('a worker is replaced after its requests, and nobody notices', async () => {
  const app = await start({ requests_per_worker: 5, workers: 1 });
  const pids = new Set();
  for (let i = 0; i < 21; i++) pids.add((await app.get('/hello/pid')).text);
  assert.ok(pids.size >= 4 && pids.size <= 6, `${pids.size} processes`);
  await stop(app);
});

test('a worker that is killed or ends by itself is replaced at once', async () => {
  const app = await start({ workers: 1 });
  const pid = (await app.get('/hello/pid')).text;
  process.kill(Number(pid), 'SIGKILL');
  assert.notStrictEqual((await app.get('/hello/pid')).text, pid);
  await assert.rejects(app.get('/hello/kill'));
  assert.strictEqual((await app.get('/hello/pid')).status, 200);
  await until('both deaths in the log', () => app.log.match(/worker_died/g)?.length === 2);
  await stop(app);
});

test('workers that keep dying are started ever more slowly, and the master lives', async () => {
  const app = await start({ workers: 1 });
  const started = Date.now();
  for (let i = 0; i < 5; i++) await assert.rejects(app.get('/hello/kill'));
  assert.strictEqual((await app.get('/hello/pid')).status, 200);
  // The pauses before the fourth, fifth and sixth worker alone: 100 + 200 + 400 ms.
  assert.ok(Date.now() - started >= 700, `${Date.now() - started} ms`);
  await stop(app);
});

test('half a header, half a parameter and silence cost a worker its timeout and no more', async () => {
  const app = await start({ workers: 1, request_timeout_seconds: 1 });
  for (const bytes of [Buffer.alloc(0), Buffer.from([1, 1, 0]), fastcgi.begin(), Buffer.concat([fastcgi.begin(), fastcgi.record(fastcgi.PARAMS, Buffer.from([200]))])]) {
    const socket = net.connect(app.socket);
    socket.on('error', () => {});
    socket.write(bytes);
    assert.strictEqual((await app.get('/hello/pid')).status, 200);
    socket.destroy();
  }
  await stop(app);
});

test('a malformed record ends one worker at the most', async () => {
  const app = await start();
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(0xfffffffe, 0);
  lengths.writeUInt32BE(0xfffffffe, 4);
  for (const content of [lengths, Buffer.alloc(8, 255), Buffer.from([0x80, 0, 0, 0])]) {
    const bytes = Buffer.concat([fastcgi.begin(), fastcgi.record(fastcgi.PARAMS, content), fastcgi.record(fastcgi.PARAMS, Buffer.alloc(0))]);
    await fastcgi.exchange(app.socket, bytes, { end: true });
  }
  for (const bytes of [Buffer.alloc(64, 255), Buffer.alloc(64), Buffer.from('GET / HTTP/1.1\r\n\r\n')]) await fastcgi.exchange(app.socket, bytes, { end: true });
  for (let i = 0; i < 100; i++) assert.strictEqual((await app.get('/hello/pid')).status, 200);
  app.child.kill('SIGTERM');
  assert.strictEqual(await app.ended, 0, app.log);
});

test('a client that goes away in the middle disturbs nobody', async () => {
  const app = await start({ workers: 1, request_timeout_seconds: 1 });
  for (const uri of ['/hello/big', '/hello/slow/200']) {
    const socket = net.connect(app.socket);
    socket.on('error', () => {});
    socket.write(fastcgi.requestBytes(uri));
    await new Promise((resolve) => socket.on('connect', resolve));
    await pause(30);
    socket.destroy();
    assert.strictEqual((await app.get('/hello/pid')).status, 200);
  }
  assert.doesNotMatch(app.log, /worker_died/);
  await stop(app);
});

test('HUP shows changed words and templates, and a mistake in them leaves the old ones', async () => {
  const app = await start();
  const file = path.join(scratch, 'templates/hello/plain.cs');
  const before = fs.readFileSync(file);
  fs.writeFileSync(file, '<p>changed</p>');
  app.child.kill('SIGHUP');
  let version = 1;
  const isChanged = async () => (await app.get(`/hello/cached/${version++}`)).text === '<p>changed</p>';
  await until('the new page, four times in a row', async () => await isChanged() && await isChanged() && await isChanged() && isChanged());
  fs.writeFileSync(file, '<?cs if:broken ?>');
  app.child.kill('SIGHUP');
  await until('the refusal', () => app.log.includes('reload_refused'));
  assert.ok(await isChanged());
  fs.writeFileSync(file, before);
  await stop(app);
});

test('a dead program’s socket is taken over; a living one’s and another file are not', async () => {
  const app = await start();
  const { file } = writeSettings();
  const second = spawnSync(program, ['--settings', file, '--listen', app.socket], { encoding: 'utf8' });
  assert.strictEqual(second.status, 78);
  assert.match(second.stderr, /another program serves on/);
  const other = path.join(scratch, 'file.sock');
  fs.writeFileSync(other, 'mine');
  const third = spawnSync(program, ['--settings', file, '--listen', other], { encoding: 'utf8' });
  assert.strictEqual(third.status, 78);
  assert.strictEqual(fs.readFileSync(other, 'utf8'), 'mine');
  assert.strictEqual(spawnSync(program, ['--settings', file, '--listen', `/${'x'.repeat(120)}`]).status, 78);

  app.child.kill('SIGKILL');
  assert.strictEqual(await app.ended, 'SIGKILL');
  await until('its workers to follow it', async () => !(await serves(app.socket)));
  const next = await start({}, { socket: app.socket });
  assert.strictEqual(fs.statSync(app.socket).mode & 0o777, 0o660);
  await stop(next);
});

// Makes the socket like systemd or spawn-fcgi and becomes the program, with the socket as file descriptor 0.
const HAND_ON = 'import os, socket, sys\ns = socket.socket(socket.AF_UNIX)\ns.bind(sys.argv[1])\ns.listen(64)\nos.dup2(s.fileno(), 0)\nos.execv(sys.argv[2], sys.argv[2:])';

test('an inherited socket is served by one worker or by a master', async () => {
  for (const args of [[], ['--workers', '2']]) {
    const app = await start({}, { args, command: HAND_ON });
    const slow = app.get('/hello/slow/300');
    await pause(100);
    app.child.kill('SIGTERM');
    assert.strictEqual((await slow).text, 'slow');
    assert.strictEqual(await app.ended, 0, app.log);
  }
});

test('plain CGI answers one request', () => {
  const { file } = writeSettings();
  const run = (env, input = '') => fastcgi.readAnswer(spawnSync(program, ['--settings', file], { input, env: { ...process.env, GATEWAY_INTERFACE: 'CGI/1.1', ...env } }).stdout);
  assert.strictEqual(run({ REQUEST_METHOD: 'GET', REQUEST_URI: '/hello/done?name=cgi' }).text, 'cgi');
  const cut = run({ REQUEST_METHOD: 'POST', REQUEST_URI: '/hello/form', CONTENT_LENGTH: '100', CONTENT_TYPE: 'application/x-www-form-urlencoded' }, 'a=b');
  assert.strictEqual(cut.status, 400);
});

test('the private memory of a worker stays below 2 MiB', { skip: /asan/.test(program) && 'a sanitizer needs memory of its own' }, async () => {
  const app = await start({ workers: 1 });
  for (let i = 0; i < 300; i++) await app.get(i % 3 ? '/hello/form' : '/nowhere');
  const pid = (await app.get('/hello/pid')).text;
  const kilobytes = Number(/Private_Dirty:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]);
  assert.ok(kilobytes > 0 && kilobytes <= 2048, `${kilobytes} KB`);
  await stop(app);
});

// ---------------------------------------------------------------- the command line

const run = (...args) => spawnSync(program, args, { encoding: 'utf8' });

test('the command line explains itself', () => {
  assert.match(run('--version').stdout, /^hello \d+\.\d+\.\d+ \(\w+\), schema \d+ to \d+\n$/);
  assert.match(run('--help').stdout, /--listen PATH/);
  assert.match(run('--settings-help').stdout, /requests_per_worker = 10000 \(requests\)/);
  for (const args of [['--nonsense'], ['--workers'], ['--workers', '0'], ['--workers', 'x']]) assert.strictEqual(run(...args).status, 64, args.join(' '));
});

test('--check-config says ok, or what is wrong and where', () => {
  const good = run('--settings', writeSettings().file, '--check-config');
  assert.strictEqual(good.stdout, 'ok\n');
  assert.strictEqual(good.status, 0);
  const check = (changes, words) => {
    // ClearSilver leaks a few bytes when it gives up on a template; the process ends then anyway.
    const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };
    const { status, stderr } = spawnSync(program, ['--settings', writeSettings(changes).file, '--check-config'], { encoding: 'utf8', env });
    assert.strictEqual(status, 1);
    assert.match(stderr, words);
  };
  check({ nonsense: 1 }, /there is no setting nonsense/);
  check({ secret_dir: '/nowhere' }, /hello\.secret/);
  // A copy of the templates in which one file says something else.
  const changed = (name, file, content) => {
    const folder = path.join(scratch, name);
    fs.cpSync(path.join(scratch, 'templates'), folder, { recursive: true });
    fs.writeFileSync(path.join(folder, file), content);
    return { template_dir: folder };
  };
  check(changed('unclosed', 'hello/form.cs', '<?cs if:a ?>'), /hello\/form\.cs/);
  check(changed('missing', 'hello/form.cs', '<?cs include!"nowhere.cs" ?>'), /nowhere\.cs/);
  check(changed('outside', 'hello/form.cs', '<?cs include!"../settings.cs" ?>'), /is not allowed/);
  check(changed('words', 'text/en.common.hdf', 'a\n'), /en\.common\.hdf/);
});
