// Outages joined to reports (Art. 18): who reports no water where it is known to be off is told why and until when, is linked to the outage
// when the report is filed all the same, and is told once when the water is back.
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { staff, sql, now, local, wordsOf, Visitor, formOf } = require('./staff_client.js');

const PIPELINE = 3, NO_WATER = 1, LEAK = 3;
const NEW = '/staff/supply/new';
const later = (minutes) => local(now() + minutes * 60000);

async function report(liaison, places) {
  const answer = await liaison.submit(NEW, NEW, { unit: PIPELINE, cause: 1, places, area_words: '', diameter_mm: 300, valves: '0', started_at: later(0), expected_end_at: later(180), words: '正在抢修' });
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 500));
  return Number(/supply\/(\d+)/.exec(answer.header('location'))[1]);
}
const restore = async (liaison, id) => {
  const page = `/staff/supply/${id}`;
  assert.equal((await liaison.submit(page, `${page}/restore`, { water_on_at: later(0), words: '已通水' })).status, 303);
};
/** Files a report as a resident does; gives its number and what the page before filing said. */
async function file({ group = 'no_water', category = 'no_water', place, phone }) {
  const visitor = new Visitor();
  const { token } = formOf((await visitor.get('/complaint/new')).text, '/complaint/matter');
  const step = (await visitor.post('/complaint/matter', { token, group })).header('location');
  const where = (await visitor.post(step, { token, group, category, place, words: '家里没有水', address: '' })).header('location');
  const told = wordsOf((await visitor.get(where)).text);
  await visitor.post(where, { token, phone, name: '' });
  const receipt = await visitor.get((await visitor.post(where.replace('/contact', '/file'), { token })).header('location'));
  return { number: /\/progress\/(SN\d{6}-\d{8})/.exec(receipt.text)[1], told };
}
const linked = async (id) => (await sql(`SELECT t.number FROM outage_ticket l JOIN ticket t ON t.id = l.ticket_id WHERE l.outage_id = ${id} ORDER BY t.id`)).map(([number]) => number);
const told = async (number) => (await sql(`SELECT o.state FROM outbox o JOIN ticket t ON t.id = o.subject_id WHERE o.subject_kind = 1 AND o.notice = 'water_back' AND t.number = '${number}'`)).length;
async function until(what, look) {
  for (let tries = 0; !await look(); tries++) {
    assert.ok(tries < 200, `waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('Art. 18: no water inside an outage tells why and until when before filing, links the report, shows it to staff, and tells once of the water', async () => {
  const liaison = await staff('lina'), ops = await staff('wanglei'), operator = await staff('zhangmin');
  const id = await report(liaison, '兴华小区');
  const mine = await file({ place: '兴华小区 5 号楼', phone: '13806379001' });
  assert.match(mine.told, /正在停水。原因：管道爆裂、漏水。预计 [^。]*恢复/);
  const leak = await file({ group: 'leak', category: 'leak_public', place: '兴华小区 北门', phone: '13806379002' });
  assert.match(leak.told, /正在停水/, 'told of it, too');
  const elsewhere = await file({ place: '利民小区', phone: '13806379003' });
  assert.doesNotMatch(elsewhere.told, /正在停水/);
  const byPhone = await operator.submit('/staff/ticket/new', '/staff/ticket/new', { category: NO_WATER, place: '兴华小区', phone: '13806379004', words: '没有水' });
  const called = /SN\d{6}-\d{8}/.exec(byPhone.header('location'))[0];
  assert.deepEqual(await linked(id), [mine.number, called], 'a leak is to be looked at by itself, and elsewhere it is another matter');

  const ticket = wordsOf((await ops.get(`/staff/ticket/${mine.number}`)).text);
  assert.match(ticket, new RegExp(`编号 ${id} 正在停水[\\s\\S]*报修时这里正在停水`));
  const page = await ops.get(`/staff/supply/${id}`);
  for (const number of [mine.number, called]) assert.match(page.text, new RegExp(`href="/staff/ticket/${number}"`));
  assert.ok(!page.text.includes(leak.number) && !(await new Visitor().get(`/outage/${id}`)).text.includes('SN'), 'the public page names no report');

  await restore(liaison, id);
  await until('both reporters are told', async () => await told(mine.number) === 1 && await told(called) === 1);
  assert.deepEqual([await told(leak.number), await told(elsewhere.number)], [0, 0]);
  assert.match(wordsOf((await ops.get(`/staff/ticket/${mine.number}`)).text), /恢复供水告知报修人/, 'staff see that they were told');
  await liaison.submit(`/staff/supply/${id}`, `/staff/supply/${id}/note`, { words: '回访' });
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.deepEqual([await told(mine.number), await told(called)], [1, 1], 'once');
  assert.equal((await sql(`SELECT COUNT(*) FROM outage_ticket WHERE outage_id = ${id}`))[0][0], '2');
});

test('Art. 18: after the water is back a report is a new matter, and who withdrew is not told', async () => {
  const liaison = await staff('lina');
  const id = await report(liaison, '利民小区');
  const gone = await file({ place: '利民小区 2 号楼', phone: '13806379005' });
  await sql(`UPDATE ticket SET state = 10 WHERE number = '${gone.number}'`);
  await restore(liaison, id);
  await until('the end is folded', async () => (await sql(`SELECT 1 FROM outbox WHERE subject_kind = 2 AND subject_id = ${id} AND notice = 'outage_restored'`)).length > 0);
  assert.equal(await told(gone.number), 0);
  await sql(`UPDATE ticket SET state = 1 WHERE number = '${gone.number}'`);
  const after = await file({ place: '利民小区 3 号楼', phone: '13806379006' });
  assert.doesNotMatch(after.told, /正在停水/);
  assert.deepEqual(await linked(id), [gone.number]);
});

test('Art. 18(2): a burst offers the emergency with place, diameter, unit and time filled in', async () => {
  const operator = await staff('zhangmin'), ops = await staff('wanglei'), liaison = await staff('lina');
  const filed = await operator.submit('/staff/ticket/new', '/staff/ticket/new', { category: LEAK, place: '文轩苑南门', phone: '13806379007', words: '路面冒水' });
  const number = /SN\d{6}-\d{8}/.exec(filed.header('location'))[0];
  const act = async (who, action, fields) => {
    const answer = await who.submit(`/staff/ticket/${number}`, `/staff/ticket/${number}/${action}`, fields);
    assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 400)}`);
  };
  await act(ops, 'dispatch', { unit: PIPELINE });
  await act(liaison, 'accept');
  await sql(`UPDATE ticket SET diameter_mm = 400 WHERE number = '${number}'`);
  const form = formOf((await liaison.get(`${NEW}?ticket=${number}`)).text, NEW);
  assert.deepEqual([form.places, form.diameter_mm, form.unit, form.cause], ['文轩苑', '400', String(PIPELINE), '1']);
  assert.equal(form.started_at.slice(0, 13), later(0).slice(0, 13));
  assert.equal(form.ticket.replace(/\D/g, ''), number.replace(/\D/g, ''));
});
