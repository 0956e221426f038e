/*
 * Shift handover, and the dispatch slip that names the customer.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { staff, sql, formOf, wordsOf, errorOf } = require('./staff_client.js');

const idOf = async (login) => (await sql(`SELECT id FROM staff WHERE login = '${login}'`))[0][0];
const hand = async (who, to, note = '夜里有两件漏水没修完') => {
  const page = await who.get('/staff/ticket/handover/');
  return who.post('/staff/ticket/handover/', { ...formOf(page.text, '/handover/'), to: await idOf(to), note });
};

test('who goes off duty hands the open tickets on with notes, and who comes on confirms', async () => {
  const leader = await staff('zhaowei');
  const liaison = await staff('lina');
  const [[open]] = await sql("SELECT LEAST(COUNT(*), 100) FROM ticket WHERE is_open = 1 AND unit_id = (SELECT unit_id FROM staff WHERE login = 'zhaowei')");
  const given = await hand(leader, 'lina');
  assert.equal(given.status, 303, wordsOf(given.text));
  const where = given.header('location');
  const page = await leader.get(where);
  assert.equal((page.text.match(/action="[^"]*\/note"/g) || []).length, Number(open), 'a note beside every open ticket');
  const note = formOf(page.text, '/note');
  assert.equal((await leader.post(`${where}/note`, { ...note, note: '等配件，明早九点到 <b>' })).status, 303);
  assert.equal(formOf((await leader.get(where)).text, '/confirm'), null, 'only who comes on confirms');
  const seen = await liaison.get(where);
  assert.ok(wordsOf(seen.text).includes('等配件，明早九点到 <b>') && !seen.text.includes('<b>'));
  assert.ok(wordsOf(seen.text).includes('夜里有两件漏水没修完'));
  assert.equal(formOf(seen.text, '/note'), null);
  const confirm = formOf(seen.text, '/confirm');
  for (const answer of await Promise.all([1, 2].map(() => liaison.post(`${where}/confirm`, confirm)))) assert.equal(answer.status, 303, 'twice is once');
  assert.equal((await sql(`SELECT COUNT(*) FROM handover WHERE id = ${where.split('/').pop()} AND confirmed_at IS NOT NULL`))[0][0], '1');
  const late = await leader.post(`${where}/note`, { ...note, note: '还有一件' });
  assert.equal(late.status, 409);
  assert.ok(late.text.includes('还有一件'), 'what was typed is kept');
});

test('a double click hands over once', async () => {
  const leader = await staff('zhaowei');
  const page = await leader.get('/staff/ticket/handover/');
  const fields = { ...formOf(page.text, '/handover/'), to: await idOf('lina'), note: '' };
  const answers = await Promise.all([1, 2, 3].map(() => leader.post('/staff/ticket/handover/', fields)));
  assert.equal(new Set(answers.map((answer) => answer.header('location'))).size, 1);
});

test('a shift cannot be handed to nobody, to oneself or to another unit, and what was typed is kept', async () => {
  const leader = await staff('zhaowei');
  const page = await leader.get('/staff/ticket/handover/');
  const form = formOf(page.text, '/handover/');
  for (const to of ['', '-1', await idOf('zhaowei'), await idOf('chenjing'), '999999']) {
    const answer = await leader.post('/staff/ticket/handover/', { ...form, to, note: '不要丢' });
    assert.equal(answer.status, 422, to);
    assert.match(errorOf(answer.text, 'to'), /接班人/);
    assert.ok(answer.text.includes('不要丢'));
  }
});

test("another unit's handover does not exist, and nobody confirms or writes for others", async () => {
  const leader = await staff('zhaowei');
  const where = (await hand(leader, 'lina')).header('location');
  const foreign = await staff('chenjing');
  const crew = await staff('sunqiang');
  const { token } = formOf((await foreign.get('/staff/ticket/handover/')).text, '/handover/');
  assert.equal((await foreign.get(where)).status, 404);
  assert.equal((await foreign.post(`${where}/confirm`, { token })).status, 404);
  const own = formOf((await crew.get('/staff/ticket/handover/')).text, '/handover/');
  assert.equal((await crew.post(`${where}/confirm`, { token: own.token })).status, 403);
  assert.equal((await crew.post(`${where}/note`, { token: own.token, position: '1', note: 'x' })).status, 403);
  assert.equal((await crew.get('/staff/ticket/handover/abc')).status, 404);
});

const ticketWithPhone = async (where) => (await sql(`SELECT t.number, p.phone_masked FROM ticket t JOIN ticket_person p ON p.ticket_id = t.id WHERE p.phone_sealed IS NOT NULL AND t.state <> 11 AND ${where} ORDER BY t.id DESC LIMIT 1`))[0];

test('a dispatch slip shows the customer in clear, once printed it is on record, and only who may see it prints it', async () => {
  const ops = await staff('wanglei');
  const [number, masked] = await ticketWithPhone('t.is_open = 1 AND t.unit_id = 3');
  const form = formOf((await ops.get(`/staff/ticket/${number}`)).text, '/slip');
  const audits = async () => Number((await sql("SELECT COUNT(*) FROM audit WHERE what = 'unmask'"))[0][0]);
  const before = await audits();
  const slip = await ops.post(`/staff/ticket/${number}/slip`, form);
  assert.equal(slip.status, 200);
  assert.equal(slip.header('cache-control'), 'no-store');
  const phone = /<dt>电话<\/dt><dd>(\d{7,12})</.exec(slip.text)?.[1] ?? '';
  assert.ok(phone.startsWith(masked.slice(0, 3)), 'the phone in clear');
  assert.match(slip.text, /<svg class="qr"/);
  assert.equal(await audits(), before + 1, 'the print is recorded');
  const other = await staff('chenjing');
  assert.equal(formOf((await other.get(`/staff/ticket/${number}`)).text, '/slip'), null, 'not offered');
  const { token } = formOf((await other.get('/staff/ticket/handover/')).text, '/handover/');
  assert.equal((await other.post(`/staff/ticket/${number}/slip`, { token })).status, 403);
  assert.equal(await audits(), before + 1);
});
