// The telephone system tells of calls: signed, from its own address; the number reaches the ticket without standing anywhere in clear.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, staff, sql, now, formOf, wordsOf } = require('./staff_client.js');

const NEW = '/staff/ticket/new', CALL = '/staff/ticket/call';
const folder = process.env.SHUINUO_VAR;
const secret = Buffer.from(/^telephone = ([0-9a-f]{64})$/m.exec(fs.readFileSync(path.join(folder, 'secrets/ticket.secret'), 'utf8'))[1], 'hex');
const machine = new Visitor();

const sign = ({ call, agent, phone = '', at, recording = '' }) => crypto.createHmac('sha256', secret).update([call, agent, phone, at, recording].join('\n')).digest('hex');
const digits = (length) => String(crypto.randomInt(10 ** (length - 1), 10 ** length));
const callOf = (fields = {}) => ({ call: `C-${digits(9)}`, agent: 'zhangmin', phone: `138${digits(8)}`, at: String(Math.floor(now() / 1000)), ...fields });
const tell = (fields) => machine.post(CALL, { mac: sign(fields), ...fields });
const report = (fields = {}) => ({ category: 1, place: '不在册的地方', words: '没水', ...fields });

test('a call stands in the form of whoever answered it, masked, and its number goes sealed into the ticket with the recording', async () => {
  const call = callOf({ recording: 'REC-1' });
  assert.equal((await tell(call)).status, 200);
  const zhangmin = await staff('zhangmin'), wanglei = await staff('wanglei');
  const shown = await zhangmin.get(NEW);
  const masked = `${call.phone.slice(0, 3)}****${call.phone.slice(7)}`;
  assert.match(wordsOf(shown.text), new RegExp(`来电 ${masked.replace(/\*/g, '\\*')} , 接起`));
  assert.ok(!shown.text.includes(call.phone), 'never in clear');
  assert.ok(!(await wanglei.get(NEW)).text.includes(masked), "another person's call");

  const answer = await zhangmin.submit(NEW, NEW, report());
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 300));
  const number = /SN\d{6}-\d{8}/.exec(answer.header('location'))[0];
  const page = await zhangmin.get(`/staff/ticket/${number}`);
  assert.match(wordsOf(page.text), new RegExp(`通话编号 ${call.call} · 录音编号 REC-1`));
  const form = formOf(page.text, '/unmask');
  const chosen = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, value === '' ? '1' : value]));
  const open = await zhangmin.post(`/staff/ticket/${number}/unmask`, chosen);
  assert.ok(open.text.includes(call.phone), 'the ticket has the number, opened by right and recorded');
  assert.deepEqual(await sql(`SELECT phone_sealed IS NULL, ticket_id > 0 FROM telephone_call WHERE call_ref = '${call.call}'`), [['1', '1']]);
  assert.ok(!(await zhangmin.get(NEW)).text.includes(masked), 'the call is used');

  assert.equal((await tell({ ...call, recording: 'REC-2' })).status, 200, 'told again when it is over');
  assert.match(wordsOf((await zhangmin.get(`/staff/ticket/${number}`)).text), /录音编号 REC-2/);
  const logs = fs.readdirSync(path.join(folder, 'log')).map((name) => fs.readFileSync(path.join(folder, 'log', name), 'utf8')).join('');
  assert.ok(!logs.includes(call.phone), 'in no log');
});

test('art9 a caller who called before is recognised before a word is typed, and asked about before saving', async () => {
  const zhangmin = await staff('zhangmin');
  const first = callOf();
  await tell(first);
  const number = /SN\d{6}-\d{8}/.exec((await zhangmin.submit(NEW, NEW, report())).header('location'))[0];
  await tell(callOf({ phone: first.phone }));
  assert.ok((await zhangmin.get(NEW)).text.includes(`/staff/ticket/${number}"`), 'with the call');
  const asked = await zhangmin.submit(NEW, NEW, report(), { isAsked: true });
  assert.equal(asked.status, 200);
  assert.ok(asked.text.includes(`value="${number}"`));
  assert.ok(formOf(asked.text, NEW).call, 'the call is kept');
  assert.equal((await zhangmin.post(NEW, { ...formOf(asked.text, NEW), repeat_of: number })).status, 303);
});

test('a withheld number is a call without one; a number typed over the call is the one that counts', async () => {
  const zhangmin = await staff('zhangmin');
  await tell(callOf({ phone: '' }));
  assert.match(wordsOf((await zhangmin.get(NEW)).text), /未显示号码/);
  assert.equal((await zhangmin.submit(NEW, NEW, report())).status, 422, 'a repair needs a phone');
  const typed = `137${digits(8)}`;
  const answer = await zhangmin.submit(NEW, NEW, report({ phone: typed }));
  const number = /SN\d{6}-\d{8}/.exec(answer.header('location'))[0];
  const [[shown]] = await sql(`SELECT p.phone_masked FROM ticket_person p JOIN ticket t ON t.id = p.ticket_id WHERE t.number = '${number}'`);
  assert.equal(shown, `${typed.slice(0, 3)}****${typed.slice(7)}`);
});

test('what is not signed, signed otherwise, too old, or of nobody is refused, and nothing is kept', async () => {
  const before = (await sql('SELECT COUNT(*) FROM telephone_call'))[0][0];
  const good = callOf();
  const cases = [
    [{ ...good }, 403], [{ ...good, mac: '0'.repeat(64) }, 403], [{ ...good, mac: 'x' }, 403],
    [{ ...good, mac: sign(good), agent: 'wanglei' }, 403], [{ ...good, mac: sign(good), phone: '13800000000' }, 403], [{ ...good, mac: sign(good), recording: 'R' }, 403],
    [{ ...callOf({ at: String(Math.floor(now() / 1000) - 600) }), stale: true }, 400], [{ ...callOf({ agent: 'nobody' }), stale: true }, 404],
    [{ ...good, mac: sign(good), state: '7' }, 400],
  ];
  for (const [{ stale, ...fields }, status] of cases) {
    const answer = await machine.post(CALL, stale ? { ...fields, mac: sign(fields) } : fields);
    assert.equal(answer.status, status, JSON.stringify({ ...fields, mac: '' }));
  }
  const elsewhere = new Visitor('10.1.2.3');
  assert.equal((await elsewhere.post(CALL, { ...good, mac: sign(good) })).status, 403, 'from an address that is not named');
  assert.equal((await machine.get(CALL)).status === 200, false, 'never in an address');
  assert.equal((await sql('SELECT COUNT(*) FROM telephone_call'))[0][0], before);
});

test("somebody else's call cannot be taken over by its number in the form", async () => {
  const wanglei = await staff('wanglei');
  await tell(callOf());
  const [[id]] = await sql("SELECT MAX(id) FROM telephone_call");
  const form = formOf((await wanglei.get(NEW)).text, NEW);
  assert.equal((await wanglei.post(NEW, { ...form, ...report(), call: id })).status, 422, 'without a phone of its own it is refused');
  assert.deepEqual(await sql(`SELECT ticket_id FROM telephone_call WHERE id = ${id}`), [['0']]);
});
