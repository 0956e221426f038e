// Very many reports or guesses from one address: an effort or twenty seconds, and nobody is locked out. A stack of its own, with
// small limits.
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFile } = require('node:child_process');

const top = process.env.SHUINUO_TOP;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shuinuo-effort-'));
const run = (...words) => new Promise((resolve) => {
  execFile('bash', [path.join(top, 'conf/run/run.sh'), '--build', process.env.SHUINUO_BUILD, ...words], { timeout: 120000 }, (error, out, err) => resolve({ code: error ? error.code : 0, out: out.trim(), err }));
});
// The helpers speak to the stack of the environment.
process.env.SHUINUO_VAR = path.join(folder, 'var');
let Visitor, wait, formOf, wordsOf;

test.before(async () => {
  fs.mkdirSync(path.join(folder, 'var'));
  fs.writeFileSync(path.join(folder, 'var/time-offset'), '0\n');
  fs.writeFileSync(path.join(folder, 'var/settings-extra'), `filings_per_address = 4\nfilings_per_phone = 2\ndiscipline_key = ${'5a'.repeat(32)}\n`);
  const { code, out, err } = await run('--test', '--var', path.join(folder, 'var'), '--port', '0', '--sample', '0', '--workers', '2', '--owner', String(process.pid));
  assert.equal(code, 0, err);
  process.env.SHUINUO_URL = out;
  ({ Visitor, wait, formOf, wordsOf } = require('./staff_client.js'));
});
test.after(async () => {
  await run('--stop', '--var', path.join(folder, 'var'));
  fs.rmSync(folder, { recursive: true, force: true });
});

let phones = 0;
const newPhone = () => `1390635${String(1000 + ++phones)}`;
async function toCheck(visitor, phone = newPhone()) {
  const { token } = formOf((await visitor.get('/complaint/new')).text, '/complaint/matter');
  const place = (await visitor.post('/complaint/matter', { token, group: 'leak' })).header('location');
  const contact = (await visitor.post(place, { token, group: 'leak', place: '阳光小区3号楼', words: '不要丢' })).header('location');
  return (await visitor.post(contact, { token, phone })).header('location');
}
async function send(visitor, check, fields = {}, page) {
  const form = formOf(page ?? (await visitor.get(check)).text, check.replace('/check', '/file'));
  return visitor.post(check.replace('/check', '/file'), { ...form, ...fields });
}
const isReceipt = (answer) => answer.status === 303 && /\/receipt/.test(answer.header('location'));
const solve = (token) => {
  for (let i = 0; ; i++) {
    const digest = crypto.createHash('sha256').update(`${token}:${i}`).digest();
    if (digest[0] === 0 && (digest[1] & 0xfc) === 0) return String(i);
  }
};

test('few reports never meet an effort; of very many each costs a number found or twenty seconds, and keeps its answers', async () => {
  const visitor = new Visitor();
  for (let i = 0; i < 4; i++) { const one = new Visitor(); assert.ok(isReceipt(await send(one, await toCheck(one)))); }
  const check = await toCheck(visitor);
  const asked = await send(visitor, check);
  assert.equal(asked.status, 429);
  assert.ok(wordsOf(asked.text).includes('不要丢') && wordsOf(asked.text).includes('20 秒'));
  const form = formOf(asked.text, check.replace('/check', '/file'));
  const early = await send(visitor, check, {}, asked.text);
  assert.equal(early.status, 429, 'too early');
  assert.equal(formOf(early.text, check.replace('/check', '/file')).effort, form.effort, 'the wait goes on, it does not begin again');
  assert.equal((await send(visitor, check, { effort_answer: '1' }, early.text)).status, 429, 'a wrong number');
  assert.ok(isReceipt(await send(visitor, check, { effort_answer: solve(form.effort) }, early.text)), 'the number');
  const patient = new Visitor();
  const slow = await toCheck(patient);
  const page = await send(patient, slow);
  assert.equal(page.status, 429);
  wait(21 / 60);
  assert.ok(isReceipt(await send(patient, slow, {}, page.text)), 'twenty seconds');
  const other = new Visitor();
  const foreign = await toCheck(other);
  assert.equal((await send(other, foreign, { effort: form.effort, effort_answer: solve(form.effort) })).status, 429, "another visitor's effort");
  wait(16);
  assert.ok(isReceipt(await send(other, foreign)), 'after the window all is as before');
});

test('one phone in very many reports asks for the same', async () => {
  wait(16);
  const phone = newPhone();
  for (let i = 0; i < 2; i++) { const one = new Visitor(); assert.ok(isReceipt(await send(one, await toCheck(one, phone)))); }
  const third = new Visitor();
  assert.equal((await send(third, await toCheck(third, phone))).status, 429);
  const honest = new Visitor();
  assert.ok(isReceipt(await send(honest, await toCheck(honest))), 'others go on');
});

test('the field that people do not see asks for an effort, and does not lose the report', async () => {
  wait(16);
  const visitor = new Visitor();
  const check = await toCheck(visitor);
  const asked = await send(visitor, check, { website: 'https://buy.example' });
  assert.equal(asked.status, 429);
  const { effort } = formOf(asked.text, check.replace('/check', '/file'));
  assert.ok(isReceipt(await send(visitor, check, { website: 'https://buy.example', effort_answer: solve(effort) }, asked.text)));
});

test('Art. 5: very many reports of misconduct from one address cost the same, and lose no word', async () => {
  wait(16);
  const send5 = async (visitor, page, fields = {}) => visitor.post('/complaint/misconduct', { ...formOf(page, '/complaint/misconduct'), words: '收了钱才肯开栓，已经两次了。', ...fields });
  for (let i = 0; i < 4; i++) { const one = new Visitor(); assert.equal((await send5(one, (await one.get('/complaint/misconduct')).text)).status, 200); }
  const visitor = new Visitor();
  const asked = await send5(visitor, (await visitor.get('/complaint/misconduct')).text);
  assert.equal(asked.status, 429);
  assert.match(asked.text, /收了钱才肯开栓/);
  const { effort } = formOf(asked.text, '/complaint/misconduct');
  const other = new Visitor();
  assert.equal((await send5(other, (await other.get('/complaint/misconduct')).text, { effort, effort_answer: solve(effort) })).status, 429, "another form's effort");
  const done = await send5(visitor, asked.text, { effort_answer: solve(effort) });
  assert.match(wordsOf(done.text), /已加密送到纪检监察室/);
});

test('a shared address where somebody guesses does not lock out who has the code, and an effort counts once', async () => {
  wait(16);
  const owner = new Visitor();
  const receipt = await owner.get((await send(owner, await toCheck(owner))).header('location'));
  const number = /\/progress\/(SN\d{6}-\d{8})/.exec(receipt.text)[1];
  const code = /class="number">(\d{4} \d{4})</.exec(receipt.text)[1];
  const follow = async (visitor, fields, page) => visitor.post('/complaint/follow', { ...formOf(page ?? (await visitor.get('/complaint/follow')).text, '/complaint/follow'), number, ...fields });
  const guesser = new Visitor();
  for (let i = 0; i < 5; i++) await follow(guesser, { code: '00000000' });
  const other = new Visitor();
  const asked = await follow(other, { code });
  assert.equal(asked.status, 429);
  const form = formOf(asked.text, '/complaint/follow');
  assert.equal(form.number.replace(/\D/g, ''), number.replace(/\D/g, ''));
  const answer = solve(form.effort);
  assert.equal((await follow(other, { code: '11111111', effort_answer: answer }, asked.text)).status, 422, 'one guess');
  assert.equal((await follow(other, { code, effort_answer: answer }, asked.text)).status, 429, 'not a second one');
  const again = await follow(other, { code });
  const next = formOf(again.text, '/complaint/follow');
  assert.equal((await follow(other, { code, effort_answer: solve(next.effort) }, again.text)).status, 303, 'whoever has the code gets in');
});
