// conf/run/run.sh: what `make run` says when it cannot start, what it leaves behind, and that it comes back.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFile } = require('node:child_process');

const top = process.env.SHUINUO_TOP;
const build = process.env.SHUINUO_BUILD;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'shuinuo-run-'));

function run(...words) {
  return new Promise((resolve) => {
    execFile('bash', [path.join(top, 'conf/run/run.sh'), '--build', build, ...words], { timeout: 120000 }, (error, out, err) => {
      resolve({ code: error ? error.code : 0, out: out.trim(), err });
    });
  });
}

const start = (name, ...words) => run('--test', '--var', path.join(scratch, name), '--port', '0', '--sample', '0', '--workers', '1', '--owner', String(process.pid), ...words);
const stop = (name) => run('--stop', '--var', path.join(scratch, name));
const read = (name, file) => fs.readFileSync(path.join(scratch, name, file), 'utf8').trim();
const pidOf = (name, program) => Number(read(name, `pid/${program}`));

function isAlive(pid) {
  try {
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(what, condition) {
  for (let tries = 0; tries < 600; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`waited in vain until ${what}`);
}

const status = (url) => fetch(url).then((answer) => answer.status, () => 0);
const programs = ['mariadbd', 'complaint', 'commitment', 'signin', 'ticket', 'admin', 'clerk', 'nginx'];

test.after(async () => {
  for (const name of fs.readdirSync(scratch)) await stop(name);
  fs.rmSync(scratch, { recursive: true, force: true });
});

test('a second run on the same VAR says who holds it', async () => {
  const { code, err } = await run('--test', '--var', process.env.SHUINUO_VAR, '--port', '0', '--sample', '1');
  assert.equal(code, 1);
  assert.match(err, /another run is using .*Stop it first/);
  assert.equal(await status(`${process.env.SHUINUO_URL}/commitment/`), 200, 'the first one still serves');
});

test('a port in use names another one', async () => {
  const port = new URL(process.env.SHUINUO_URL).port;
  const { code, err } = await run('--test', '--var', path.join(scratch, 'port'), '--port', port, '--sample', '0');
  assert.equal(code, 1);
  assert.match(err, new RegExp(`port ${port} is in use\\. Choose another: make run PORT=${Number(port) + 1}`));
});

test('a port that is no number is refused', async () => {
  const { code, err } = await run('--test', '--var', path.join(scratch, 'number'), '--port', '80x', '--sample', '0');
  assert.equal(code, 1);
  assert.match(err, /PORT must be a number, not '80x'/);
});

test('a VAR that cannot be a folder says so', async () => {
  fs.writeFileSync(path.join(scratch, 'file'), '');
  const { code, err } = await run('--var', path.join(scratch, 'file', 'var'), '--port', '1', '--sample', '0');
  assert.equal(code, 1);
  assert.match(err, /cannot be made\. Choose a folder you may write to/);
  fs.rmSync(path.join(scratch, 'file'));
});

test('a database of unknown origin is not touched', async () => {
  fs.mkdirSync(path.join(scratch, 'unknown', 'db'), { recursive: true });
  fs.writeFileSync(path.join(scratch, 'unknown', 'db', 'ibdata1'), 'precious');
  const { code, err } = await start('unknown');
  assert.equal(code, 1);
  assert.match(err, /nobody knows what it holds\. Move .* away and start again/);
  assert.equal(read('unknown', 'db/ibdata1'), 'precious');
});

test('one installation through its life', async (t) => {
  await t.test('a first start that was interrupted begins again', async () => {
    fs.mkdirSync(path.join(scratch, 'life', 'db.new'), { recursive: true });
    fs.mkdirSync(path.join(scratch, 'life', 'db'));
    fs.writeFileSync(path.join(scratch, 'life', 'kind'), 'loading\n');
    const { code, out, err } = await start('life');
    assert.equal(code, 0, err);
    assert.equal(out, read('life', 'url'));
    assert.equal(await status(`${out}/commitment/`), 200);
  });

  await t.test('an empty installation stays empty and a wrong SAMPLE is explained', async () => {
    assert.equal(read('life', 'kind'), 'empty');
    fs.mkdirSync(path.join(scratch, 'sample', 'db'), { recursive: true });
    fs.writeFileSync(path.join(scratch, 'sample', 'kind'), 'sample\n');
    const { code, err } = await start('sample');
    assert.equal(code, 1);
    assert.match(err, /holds the sample town\. For an empty installation choose another folder/);
  });

  await t.test('a program that is killed is started again', async () => {
    const before = pidOf('life', 'complaint');
    process.kill(before, 'SIGKILL');
    await until('another complaint runs', () => pidOf('life', 'complaint') !== before && isAlive(pidOf('life', 'complaint')));
    await until('it serves', async () => (await status(`${read('life', 'url')}/complaint/`)) === 200);
  });

  await t.test('it stops cleanly: no process, no socket left', async () => {
    const pids = programs.map((program) => pidOf('life', program));
    const sockets = fs.readlinkSync(path.join(scratch, 'life', 'sock'));
    const { code } = await stop('life');
    assert.equal(code, 0);
    assert.deepEqual(pids.filter(isAlive), []);
    assert.equal(fs.existsSync(sockets), false);
    assert.equal(fs.existsSync(path.join(scratch, 'life', 'run.pid')), false);
  });

  await t.test('killed outright, it takes its programs along and starts again', async () => {
    const first = await start('life');
    assert.equal(first.code, 0, first.err);
    const pids = programs.map((program) => pidOf('life', program));
    process.kill(Number(read('life', 'run.pid')), 'SIGKILL');
    await until('all programs ended', () => !pids.some(isAlive));
    const second = await start('life');
    assert.equal(second.code, 0, second.err);
    assert.equal((await stop('life')).code, 0);
  });
});
