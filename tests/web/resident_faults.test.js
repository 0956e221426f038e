/*
 * What happens to residents when programs are killed in the middle of a step, and to their codes when somebody guesses ten thousand
 * times. On a stack of its own, whose programs may die.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFile } = require('node:child_process');

const top = process.env.SHUINUO_TOP;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shuinuo-faults-'));
const variable = path.join(folder, 'var');
const run = (...words) => new Promise((resolve) => {
  execFile('bash', [path.join(top, 'conf/run/run.sh'), '--build', process.env.SHUINUO_BUILD, ...words], { timeout: 240000 }, (error, out, err) => resolve({ code: error ? error.code : 0, out: out.trim(), err }));
});
let Visitor, sql, shuinuo, formOf, wordsOf;

test.before(async () => {
  fs.mkdirSync(variable);
  fs.writeFileSync(path.join(variable, 'settings-extra'), 'filings_per_address = 1000\n');
  const { code, out, err } = await run('--test', '--var', variable, '--port', '0', '--sample', '0', '--workers', '3', '--owner', String(process.pid));
  assert.equal(code, 0, err);
  process.env.SHUINUO_URL = out;
  process.env.SHUINUO_VAR = variable;
  ({ Visitor, sql, shuinuo, formOf, wordsOf } = require('./staff_client.js'));
});
test.after(async () => {
  await run('--stop', '--var', variable);
  fs.rmSync(folder, { recursive: true, force: true });
});

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
async function until(what, ask) {
  for (let tries = 0; tries < 1200; tries++) {
    const found = await ask();
    if (found) return found;
    await pause(100);
  }
  return assert.fail(`waited in vain until ${what}`);
}
const pidOf = (name) => Number(fs.readFileSync(path.join(variable, 'pid', name), 'utf8'));
const workersOf = (master) => fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
  try { return Number(fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[1]) === master; } catch { return false; }
});
const kill = (pid) => { try { process.kill(pid, 'SIGKILL'); } catch { /* it was gone already */ } };
const count = async (text) => Number((await sql(text))[0][0]);

let phones = 0;
/** Everything answered; only the last button is left. */
async function toLastButton(words) {
  const visitor = new Visitor();
  const { token } = formOf((await visitor.get('/complaint/new')).text, '/complaint/matter');
  const place = (await visitor.post('/complaint/matter', { token, group: 'leak' })).header('location');
  const contact = (await visitor.post(place, { token, group: 'leak', place: '村口', words })).header('location');
  const check = (await visitor.post(contact, { token, phone: `1390636${String(1000 + ++phones)}` })).header('location');
  return { visitor, token, words, last: check.replace('/check', '/file') };
}
const press = ({ visitor, last, token }) => visitor.post(last, { token });
async function receiptOf(one, answer) {
  const { text } = await one.visitor.get(answer.header('location'));
  return { number: /\/progress\/(SN\d{6}-\d{8})/.exec(text)[1], code: /class="number">(\d{4} \d{4})</.exec(text)[1] };
}
const verified = async () => { const { code, out, err } = await shuinuo(['verify']); assert.equal(code, 0, out + err); };

/* Sends two dozen reports while the workers are killed every few milliseconds; whether one was killed in the middle of a step. */
async function sendUnderFire(round, everyMilliseconds) {
  const ready = [];
  for (let i = 0; i < 24; i++) ready.push(await toLastButton(`工人被杀 ${round}-${i}`));
  const seen = new Map();
  let isDone = false;
  const killer = (async () => {
    while (!isDone) {
      for (const pid of workersOf(pidOf('complaint'))) kill(pid);
      await pause(everyMilliseconds);
    }
  })();
  await Promise.all(ready.map(async (one, i) => {
    await pause(20 * i);
    const answer = await press(one);
    seen.set(one, answer.status);
    if (answer.status !== 303) {
      assert.ok([502, 504].includes(answer.status), `${answer.status}`);
      assert.match(answer.text, /可能没有收到/);
      assert.doesNotMatch(answer.text, /SN\d{6}-\d{7}/, 'no receipt without a ticket');
    }
  }));
  isDone = true;
  await killer;
  const filed = (one) => count(`SELECT COUNT(*) FROM event_text WHERE body LIKE '${one.words}'`);
  for (const one of ready) assert.ok(await filed(one) <= 1);
  assert.equal(await count('SELECT COUNT(*) FROM ticket'), await count('SELECT COUNT(*) FROM public_ticket'), 'no ticket without its page');
  for (const one of ready) {
    const answer = await until(`${one.words} is received`, async () => { const again = await press(one); return again.status === 303 && again; });
    const { number } = await receiptOf(one, answer);
    assert.equal(await filed(one), 1, `${one.words} is there once`);
    assert.equal(await count(`SELECT COUNT(*) FROM clock c JOIN ticket t ON t.id = c.subject_id AND c.subject_kind = 1 WHERE t.number = '${number}'`) >= 3, true, 'with its clocks');
    assert.equal(await count(`SELECT COUNT(*) FROM outbox o JOIN ticket t ON t.id = o.subject_id AND o.subject_kind = 1 WHERE t.number = '${number}' AND o.notice = 'received'`) <= 1, true);
  }
  return [...seen.values()].some((status) => status !== 303);
}

test('workers that are killed while reports are sent leave whole tickets or none, and the next press tells which', async () => {
  let isHit = false;
  for (let round = 0; round < 12 && !isHit; round++) isHit = await sendUnderFire(round, 60 / (round + 1));
  assert.ok(isHit, 'some were killed in the middle');
  await verified();
});

test('clerk killed while it applies what residents add loses nothing and does nothing twice', async () => {
  const followed = [];
  for (let i = 0; i < 8; i++) {
    const one = await toLastButton(`补充 ${i}`);
    followed.push({ ...one, ...await receiptOf(one, await press(one)) });
  }
  let isDone = false;
  const killer = (async () => {
    for (let i = 0; i < 6 && !isDone; i++) {
      const clerk = pidOf('clerk');
      for (const pid of workersOf(clerk)) kill(pid);
      if (i % 3 === 2) kill(clerk);
      await pause(400);
    }
  })();
  for (let round = 0; round < 3; round++) {
    await Promise.all(followed.map(async ({ visitor, number, token }) => {
      const page = await visitor.get(`/complaint/progress/${number}/tell`);
      const form = formOf(page.text, '/tell');
      const answer = await visitor.post(`/complaint/progress/${number}/tell`, { ...form, token, action: 'add_words', words: `第 ${round} 次补充` });
      assert.equal(answer.status, 303, wordsOf(answer.text));
      assert.match(wordsOf((await visitor.get(`/complaint/progress/${number}`)).text), new RegExp(`第 ${round} 次补充|您补充了情况`), 'it is there at once');
    }));
  }
  await killer;
  isDone = true;
  await until('everything is applied', async () => await count('SELECT COUNT(*) FROM resident_input WHERE applied_at IS NULL') === 0);
  const ADD_WORDS = await count("SELECT DISTINCT action FROM resident_input WHERE words LIKE '第 % 次补充'");
  for (const { number } of followed) {
    assert.equal(await count(`SELECT COUNT(*) FROM event e JOIN ticket t ON t.id = e.subject_id AND e.subject_kind = 1 WHERE t.number = '${number}' AND e.kind = ${ADD_WORDS}`), 3, number);
    assert.equal(await count(`SELECT waiting_inputs FROM public_ticket WHERE number = '${number}'`), 0);
  }
  await verified();
});

test('a code guessed ten thousand times from many addresses is hardly compared, and who has it gets in', async () => {
  const one = await toLastButton('猜我的查询码');
  const { number, code } = await receiptOf(one, await press(one));
  const right = code.replace(' ', '');
  const guesser = new Visitor();
  const { token } = formOf((await guesser.get('/complaint/follow')).text, '/complaint/follow');
  const lanes = Array.from({ length: 4 }, (_, lane) => Array.from({ length: 50 }, (__, i) => {
    const from = new Visitor(`198.51.${lane}.${i}`);
    from.cookies = guesser.cookies;
    return from;
  }));
  const answers = new Map();
  await Promise.all(lanes.map(async (addresses, lane) => {
    for (let i = 0; i < 2500; i++) {
      let guess = String((lane * 2500 + i) * 9973 % 100000000).padStart(8, '0');
      if (guess === right) guess = '99999999';
      const { status } = await addresses[i % 50].post('/complaint/follow', { token, number, code: guess });
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  }));
  assert.deepEqual([...answers.keys()].sort(), [422, 429]);
  assert.equal([...answers.values()].reduce((a, b) => a + b), 10000);
  assert.ok(answers.get(422) <= 60, `${answers.get(422)} of ten thousand were compared`);

  const owner = new Visitor('203.0.113.7');
  const page = await owner.get('/complaint/follow');
  const asked = await owner.post('/complaint/follow', { ...formOf(page.text, '/complaint/follow'), number, code });
  assert.equal(asked.status, 429, 'an effort is asked even of the owner');
  const form = formOf(asked.text, '/complaint/follow');
  let answer = 0;
  for (;; answer++) {
    const digest = crypto.createHash('sha256').update(`${form.effort}:${answer}`).digest();
    if (digest[0] === 0 && (digest[1] & 0xfc) === 0) break;
  }
  const opened = await owner.post('/complaint/follow', { ...form, number, code, effort_answer: String(answer) });
  assert.equal(opened.status, 303);
  assert.match(opened.header('location'), new RegExp(`/progress/${number}$`));
  const another = await toLastButton('别人的');
  const other = await receiptOf(another, await press(another));
  const stranger = new Visitor('203.0.113.8');
  assert.equal((await stranger.post('/complaint/follow', { ...formOf((await stranger.get('/complaint/follow')).text, '/complaint/follow'), ...other })).status, 303, 'nobody else is slowed');
});
