// The database goes away and comes back while residents file: nothing acknowledged is lost, nothing happens twice, and no
// program has to be restarted.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { execFile } = require('node:child_process');
const { setCookies } = require('./cookies.js');

const variable = process.env.SHUINUO_VAR;
const base = process.env.SHUINUO_URL;
const pidOf = (name) => Number(fs.readFileSync(path.join(variable, 'pid', name), 'utf8'));

function sql(text) {
  return new Promise((resolve, reject) => {
    execFile('mariadb', ['--no-defaults', `--socket=${path.join(variable, 'sock/db.sock')}`, '--default-character-set=utf8mb4', '-N', 'shuinuo', '-e', text],
      (error, out, err) => (error ? reject(new Error(err)) : resolve(out.trim())));
  });
}

async function until(what, condition) {
  for (let tries = 0; tries < 600; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`waited in vain until ${what}`);
}

const isAlive = (pid) => fs.existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));

async function databaseStop(signal) {
  const pid = pidOf('mariadbd');
  fs.writeFileSync(path.join(variable, 'hold-database'), '');
  process.kill(pid, signal);
  await until('the database is gone', () => !isAlive(pid));
}

async function databaseStart() {
  fs.rmSync(path.join(variable, 'hold-database'), { force: true });
  await until('the database answers', () => sql('SELECT 1').then(() => true, () => false));
}

// ---------------------------------------------------------------- a visitor

function visitor() {
  const jar = new Map();
  async function send(method, where, fields) {
    const answer = await fetch(base + where, {
      method,
      redirect: 'manual',
      headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), 'Sec-Fetch-Site': 'same-origin' },
      body: fields ? new URLSearchParams(fields) : undefined,
    });
    for (const line of setCookies(answer.headers)) {
      const [name, value] = line.split(';')[0].split(/=(.*)/s);
      jar.set(name, value);
    }
    const location = answer.headers.get('location');
    return { status: answer.status, headers: answer.headers, text: await answer.text(), location: location?.replace(base, '') };
  }
  return { get: (where) => send('GET', where), post: (where, fields) => send('POST', where, fields) };
}

const tokenOf = (text) => text.match(/name="token" value="([^"]+)"/)[1];
const actionOf = (text, begin) => text.match(new RegExp(`action="([^"]*${begin}[^"]*)"`))[1].replace(/&amp;/g, '&');
const numberOf = (text) => text.replace(/<[^>]*>/g, '').match(/SN\d{6}-\d{7}-?\d/)[0];

// Everything answered; only the last button is left.
async function toLastButton(words) {
  const person = visitor();
  const token = tokenOf((await person.get('/complaint/new')).text);
  const place = await person.get((await person.post('/complaint/matter', { token, group: 'leak' })).location);
  const contact = await person.get((await person.post(actionOf(place.text, '/complaint/place'),
    { token, group: 'leak', category: 'leak_public', place: '明珠花园3号楼', words })).location);
  const check = await person.get((await person.post(actionOf(contact.text, '/complaint/contact'), { token, phone: '19900000001' })).location);
  return { person, last: actionOf(check.text, '/complaint/file'), fields: { token: tokenOf(check.text) } };
}

const filedWith = (words) => sql(`SELECT COUNT(*) FROM event_text WHERE body = '${words}'`).then(Number);

// ---------------------------------------------------------------- tests

test('the private database keeps even what it needs for a moment in its own folder', async () => {
  assert.ok((await sql('SELECT @@tmpdir')).startsWith(fs.realpathSync(path.join(variable, 'db'))));
  assert.ok(!(await sql('SHOW DATABASES')).split('\n').includes('tmp'));
});

test('twenty clicks at once on the last button give one ticket and twenty times the same receipt', async () => {
  const { person, last, fields } = await toLastButton(`二十次点击 ${process.pid}`);
  const answers = await Promise.all(Array.from({ length: 20 }, () => person.post(last, fields)));
  assert.deepStrictEqual(answers.map(({ status }) => status), Array(20).fill(303));
  const numbers = await Promise.all(answers.map(async ({ location }) => numberOf((await person.get(location)).text)));
  assert.strictEqual(new Set(numbers).size, 1);
  assert.strictEqual(await filedWith(`二十次点击 ${process.pid}`), 1);
});

for (const [signal, how] of [['SIGTERM', 'stopped'], ['SIGKILL', 'killed']]) {
  test(`with the database ${how} the page says that the report was not received, and the same click works afterwards`, async () => {
    const words = `数据库${how} ${process.pid}`;
    const programs = ['complaint', 'commitment', 'ticket', 'signin', 'admin', 'assessment', 'discipline', 'supply', 'outage', 'crew', 'open311', 'clerk'].map((name) => [name, pidOf(name)]);
    const { person, last, fields } = await toLastButton(words);
    await databaseStop(signal);
    try {
      const away = await person.post(last, fields);
      assert.strictEqual(away.status, 503);
      assert.ok(away.headers.get('retry-after'));
      assert.match(away.text, /没有收到|未收到|没有提交成功/);
      assert.match(away.text, /96510/);
      assert.doesNotMatch(away.text, /SN\d{6}-\d{7}/);
      const follow = await person.get('/complaint/follow');
      assert.strictEqual(follow.status, 200, 'a page that needs no data stays up');
      assert.strictEqual((await fetch(`${base}/staff/ticket/`, { redirect: 'manual', headers: { Cookie: `sn_staff=${'0'.repeat(64)}` } })).status, 503);
      assert.strictEqual((await fetch(`${base}/`)).status, 200);
    } finally {
      await databaseStart();
    }
    await until('filing works again', async () => {
      const again = await person.post(last, fields);
      return again.status === 303 && numberOf((await person.get(again.location)).text);
    });
    assert.strictEqual(await filedWith(words), 1);
    assert.deepStrictEqual(['complaint', 'commitment', 'ticket', 'signin', 'admin', 'assessment', 'discipline', 'supply', 'outage', 'crew', 'open311', 'clerk'].map((name) => [name, pidOf(name)]), programs, 'nobody was restarted');
  });
}

test('filings that were acknowledged while the database was killed again and again are all there, each once', async () => {
  const ready = [];
  for (let i = 0; i < 30; i++) ready.push({ words: `反复重启 ${process.pid} ${i}`, ...(await toLastButton(`反复重启 ${process.pid} ${i}`)) });
  const acknowledged = [];
  let isDone = false;
  const killer = (async () => {
    for (let i = 0; i < 3 && !isDone; i++) {
      await until('some were filed', () => isDone || acknowledged.length >= (i + 1) * 5);
      await databaseStop('SIGKILL');
      await databaseStart();
    }
  })();
  await Promise.all([0, 1, 2].map(async (lane) => {
    for (const one of ready.filter((_, i) => i % 3 === lane)) {
      await until(`${one.words} is acknowledged`, async () => {
        const answer = await one.person.post(one.last, one.fields);
        if (answer.status === 503) return false;
        assert.strictEqual(answer.status, 303);
        acknowledged.push(one.words);
        return true;
      });
    }
  }));
  isDone = true;
  await killer;
  for (const words of acknowledged) assert.strictEqual(await filedWith(words), 1, words);
  assert.strictEqual(acknowledged.length, 30);
});

test('after all of this every stream still folds to its rows', async () => {
  await new Promise((resolve, reject) => {
    execFile(path.join(process.env.SHUINUO_BUILD, 'bin/shuinuo'), ['--settings', path.join(variable, 'shuinuo.hdf'), 'verify'],
      (error, out, err) => (error ? reject(new Error(out + err)) : resolve()));
  });
});
