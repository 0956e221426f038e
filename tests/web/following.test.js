/*
 * What a resident asks for while following a report: to hurry, another appointment, the lost code again; and what could not be
 * recorded says so.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, staff, sql, wait, local, now, formOf, wordsOf, errorOf } = require('./staff_client.js');

const folder = process.env.SHUINUO_VAR;
const PHONE = '13906351234';

async function file(visitor, category = 'meter_well_leak') {
  const [[group]] = await sql(`SELECT category_group FROM category WHERE code = '${category}'`);
  const groups = ['staff', 'no_water', 'leak', 'quality', 'pressure', 'meter', 'service'];
  const start = formOf((await visitor.get('/complaint/new')).text, '/complaint/matter');
  const place = (await visitor.post('/complaint/matter', { token: start.token, group: groups[group] })).header('location');
  const contact = (await visitor.post(place, { token: start.token, group: groups[group], category, place: '阳光小区3号楼', words: '请来看看' })).header('location');
  const check = (await visitor.post(contact, { token: start.token, phone: PHONE })).header('location');
  const receipt = (await visitor.post(check.replace('/check', '/file'), { token: start.token })).header('location');
  const { text } = await visitor.get(receipt);
  visitor.receipt = { where: receipt, text };
  return { number: /\/progress\/(SN\d{6}-\d{8})/.exec(text)[1], code: /class="number">(\d{4} \d{4})</.exec(text)[1] };
}
const until = async (what, ask) => {
  for (let tries = 0; tries < 300; tries++) {
    const found = await ask();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  return assert.fail(`waited in vain until ${what}`);
};
const inputs = async (number, action) => Number((await sql(`SELECT COUNT(*) FROM resident_input r JOIN public_ticket p ON p.ticket_id = r.ticket_id WHERE p.number = '${number}' AND r.action = ${action}`))[0][0]);
const URGE = 38, MOVE = 41;

test('urging reaches the unit once an hour, is counted, and says so the second time', async () => {
  const visitor = new Visitor();
  const { number } = await file(visitor);
  const where = `/complaint/progress/${number}`;
  const { token } = formOf((await visitor.get(where)).text, '/urge');
  const first = await Promise.all([1, 2, 3].map(() => visitor.post(`${where}/urge`, { token })));
  for (const answer of first) assert.equal(answer.status, 303);
  assert.equal(await inputs(number, URGE), 1, 'three clicks are one urging');
  await until('it is applied', async () => (await sql(`SELECT urge_count FROM ticket WHERE number = '${number}'`))[0][0] === '1');
  const again = await visitor.post(`${where}/urge`, { token });
  assert.match(again.header('location'), /urged=1$/);
  assert.match(wordsOf((await visitor.get(again.header('location'))).text), /一小时内已经催过/);
  wait(61);
  await visitor.post(`${where}/urge`, { token });
  await until('the second is applied', async () => (await sql(`SELECT urge_count FROM ticket WHERE number = '${number}'`))[0][0] === '2');
});

test('who did not give the code may not urge, move or see anything', async () => {
  const { number } = await file(new Visitor());
  const stranger = new Visitor();
  const { token } = formOf((await stranger.get('/complaint/follow')).text, '/complaint/follow');
  for (const what of ['urge', 'appointment']) {
    const answer = await stranger.post(`/complaint/progress/${number}/${what}`, { token });
    assert.ok([303, 422].includes(answer.status));
    if (answer.status === 303) assert.match(answer.header('location'), /\/complaint\/follow/);
  }
  assert.equal(await inputs(number, URGE), 0);
});

test('Art. 23: an appointment can be moved while the unit has the matter, into the next sixty days', async () => {
  const visitor = new Visitor();
  const { number } = await file(visitor);
  const ops = await staff('wanglei');
  const unit = (await sql("SELECT s.login FROM staff s JOIN route r ON r.unit_id = s.unit_id JOIN category c ON c.id = r.category_id WHERE c.code = 'meter_well_leak' AND s.roles & 16 LIMIT 1"))[0][0];
  const liaison = await staff(unit);
  const post = async (who, action, fields) => {
    const page = await who.get(`/staff/ticket/${number}`);
    const form = formOf(page.text, `/staff/ticket/${number}/${action}`);
    assert.ok(form, `${action} is offered`);
    const answer = await who.post(`/staff/ticket/${number}/${action}`, { ...form, ...fields });
    assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 500)}`);
  };
  await post(ops, 'dispatch', {});
  await post(liaison, 'accept', {});
  await post(liaison, 'contact', { appointment_at: local(now() + 3 * 3600000), words: '约好三小时后上门' });
  const where = `/complaint/progress/${number}/appointment`;
  const form = await until('the appointment is shown', async () => {
    const page = await visitor.get(`/complaint/progress/${number}`);
    return page.text.includes('/appointment"') && formOf((await visitor.get(where)).text, '/appointment');
  });
  for (const at of ['', 'tomorrow', local(now() - 3600000), local(now() + 61 * 86400000)]) {
    const wrong = await visitor.post(where, { ...form, at });
    assert.equal(wrong.status, 422, at);
    assert.match(errorOf(wrong.text, 'at'), /60 天/);
  }
  const isMovedTo = (at) => async () => (await sql(`SELECT DATE_FORMAT(appointment_at + INTERVAL 8 HOUR, '%Y-%m-%dT%H:%i') FROM public_ticket WHERE number = '${number}'`))[0][0] === at;
  const at = local(now() + 26 * 3600000), other = local(now() + 27 * 3600000);
  const first = await Promise.all([1, 2].map(() => visitor.post(where, { ...form, at })));
  assert.deepEqual(first.map((answer) => answer.status), [303, 303]);
  assert.equal(await inputs(number, MOVE), 1, 'two clicks are one wish');
  await until('it is moved', isMovedTo(at));
  // Another moment, and then the first one again after all: each is a wish of its own.
  for (const wish of [other, at]) {
    const again = formOf((await visitor.get(where)).text, '/appointment');
    assert.equal((await visitor.post(where, { ...again, at: wish })).status, 303);
    await until(`it is moved to ${wish}`, isMovedTo(wish));
  }
});

test('a script that goes on adding to a report is slowed, and what was typed is kept', async () => {
  const visitor = new Visitor();
  const { number } = await file(visitor);
  const tell = `/complaint/progress/${number}/tell`;
  const form = formOf((await visitor.get(tell)).text, '/tell');
  for (let i = 1; i <= 20; i++) assert.equal((await visitor.post(tell, { ...form, action: 'add_words', words: `第 ${i} 次补充` })).status, 303, String(i));
  const before = await inputs(number, 37);
  assert.equal(before, 20);
  const answer = await visitor.post(tell, { ...form, action: 'add_words', words: '第二十一次补充' });
  assert.equal(answer.status, 422);
  assert.match(errorOf(answer.text, 'words'), /都收到了/);
  assert.ok(answer.text.includes('第二十一次补充'));
  assert.equal(await inputs(number, 37), before);
  wait(61);
  assert.equal((await visitor.post(tell, { ...formOf((await visitor.get(tell)).text, '/tell'), action: 'add_words', words: '过了一小时' })).status, 303);
});

test('what could not be recorded is shown with the reason, not lost', async () => {
  const visitor = new Visitor();
  const { number } = await file(visitor);
  const tell = `/complaint/progress/${number}/tell`;
  const form = formOf((await visitor.get(tell)).text, '/tell');
  // Two wishes at the same moment: the withdrawal comes first, so the words come too late.
  await sql(`INSERT INTO resident_input (ticket_id, action, value, words, input_key, received_at) SELECT ticket_id, 33, 0, '', RANDOM_BYTES(16), reported_at FROM public_ticket WHERE number = '${number}'; UPDATE public_ticket SET waiting_inputs = waiting_inputs + 1 WHERE number = '${number}'`);
  await visitor.post(tell, { ...form, action: 'add_words', words: '还有一处也漏' });
  const shown = await until('clerk refused it', async () => {
    const text = wordsOf((await visitor.get(`/complaint/progress/${number}`)).text);
    return /这条补充没有记下/.test(text) && text;
  });
  assert.ok(shown.includes('还有一处也漏'));
});

const outboxTexts = () => fs.readdirSync(path.join(folder, 'outbox')).filter((name) => name.endsWith('.txt')).map((name) => fs.readFileSync(path.join(folder, 'outbox', name), 'utf8'));
const askCode = async (visitor, number, phone) => {
  const { token } = formOf((await visitor.get('/complaint/code')).text, '/complaint/code');
  return visitor.post('/complaint/code', { token, number, phone });
};

test('a lost code goes anew to the phone of the report, and the old one stops working', async () => {
  const { number, code } = await file(new Visitor());
  const stranger = new Visitor();
  const answer = await askCode(stranger, number.toLowerCase(), '139 0635 1234');
  assert.equal(answer.status, 303);
  assert.match(wordsOf((await stranger.get(answer.header('location'))).text), /如果编号和电话对得上/);
  const dashed = `${number.slice(0, -1)}-${number.slice(-1)}`;
  const text = await until('the message is there', () => outboxTexts().find((one) => one.includes('新查询码') && one.includes(dashed)));
  assert.ok(text.includes(`phone ${PHONE}`));
  const fresh = /新查询码是 (\d{8})/.exec(text)[1];
  assert.notEqual(fresh, code.replace(' ', ''));
  const follow = async (typed) => {
    const visitor = new Visitor();
    const { token } = formOf((await visitor.get('/complaint/follow')).text, '/complaint/follow');
    return visitor.post('/complaint/follow', { token, number, code: typed });
  };
  assert.equal((await follow(code)).status, 422, 'the old code');
  assert.equal((await follow(fresh)).status, 303, 'the new one');
});

test('a wrong phone gets the same answer and no code, and asking on and on is slowed', async () => {
  const { number } = await file(new Visitor());
  const visitor = new Visitor();
  let last;
  for (let i = 0; i < 7; i++) last = await askCode(visitor, number, '13906359999');
  assert.equal(last.status, 429);
  await until('all are answered', async () => (await sql('SELECT COUNT(*) FROM code_request WHERE done_at IS NULL'))[0][0] === '0');
  assert.equal((await sql(`SELECT code_issue FROM public_ticket WHERE number = '${number}'`))[0][0], '1');
});

test('a number or phone that cannot be one is said beside the field', async () => {
  const answer = await askCode(new Visitor(), '12', '34');
  assert.equal(answer.status, 422);
  assert.ok(errorOf(answer.text, 'number') && errorOf(answer.text, 'phone'));
  assert.equal(formOf(answer.text, '/complaint/code').phone, '34');
});

test('the receipt has a code for the private link and a calendar of the due times, without anything that opens the report', async () => {
  const visitor = new Visitor();
  const { number, code } = await file(visitor);
  assert.match(visitor.receipt.text, /<svg class="qr"[^>]*aria-label="[^"]+"[^>]*><path d="M\d/);
  const where = /href="([^"]*\/receipt\/calendar\?d=[0-9a-f]{32})"/.exec(visitor.receipt.text)[1];
  const calendar = await visitor.get(where);
  assert.equal(calendar.status, 200);
  assert.match(calendar.header('content-type'), /^text\/calendar/);
  assert.match(calendar.header('content-disposition'), new RegExp(`^attachment; filename="${number}\\.ics"$`));
  const dues = (await sql(`SELECT DATE_FORMAT(c.due_at, '%Y%m%dT%H%i%sZ') FROM clock c JOIN public_ticket p ON p.ticket_id = c.subject_id AND c.subject_kind = 1 WHERE p.number = '${number}' AND c.kind > 1 AND c.due_at IS NOT NULL`)).map(([due]) => due).sort();
  assert.ok(dues.length >= 2);
  assert.deepEqual([...calendar.text.matchAll(/^DTSTART:(\S+)\r$/gm)].map(([, at]) => at).sort(), dues);
  for (const secret of [code.replace(' ', ''), PHONE, /\/link\/([0-9a-f]{32})/.exec(visitor.receipt.text)[1]]) assert.equal(calendar.text.includes(secret), false);
  assert.equal((await new Visitor().get(where)).status, 404, "another visitor's");
});
