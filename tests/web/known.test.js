/*
 * Known already? What a resident is told of while filing, without anybody's data, and following it instead of a new ticket.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { Visitor, staff, sql, now, local, formOf, wordsOf } = require('./staff_client.js');

const PHONE = '13906357711';
let places = 0;
/** A place of this test alone: not in the list of places, so known by its words. */
const newPlace = () => `牌坊${Date.now() % 1000000}东${++places}巷`;

/** Goes to the page of the third step. */
async function toContact(visitor, { group = 'no_water', category = 'no_water', place, words = '家里没有水', address = '' }) {
  const { token } = formOf((await visitor.get('/complaint/new')).text, '/complaint/matter');
  const step = (await visitor.post('/complaint/matter', { token, group })).header('location');
  const contact = await visitor.post(step, { token, group, category, place, words, address });
  assert.equal(contact.status, 303, wordsOf(contact.text));
  return { token, where: contact.header('location'), page: await visitor.get(contact.header('location')) };
}

async function file(report) {
  const visitor = new Visitor();
  const { token, where } = await toContact(visitor, report);
  await visitor.post(where, { token, phone: PHONE, name: '欧阳某某' });
  const receipt = await visitor.get((await visitor.post(where.replace('/contact', '/file'), { token })).header('location'));
  return { visitor, number: /\/progress\/(SN\d{6}-\d{8})/.exec(receipt.text)[1], code: /class="number">(\d{4} \d{4})</.exec(receipt.text)[1] };
}

async function act(who, number, action, fields = {}) {
  const form = formOf((await who.get(`/staff/ticket/${number}`)).text, `/staff/ticket/${number}/${action}`);
  assert.ok(form, `${action} is offered`);
  const answer = await who.post(`/staff/ticket/${number}/${action}`, { ...form, ...fields });
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 500)}`);
}

const affectedForm = ({ page, where }) => formOf(page.text, where.replace('/contact', '/affected'));
const affect = (visitor, step) => visitor.post(step.where.replace('/contact', '/affected'), affectedForm(step));
const tickets = async (place) => Number((await sql(`SELECT COUNT(*) FROM public_ticket WHERE place_text = '${place}'`))[0][0]);
const followers = async (number) => Number((await sql(`SELECT COUNT(*) FROM follower f JOIN public_ticket p ON p.ticket_id = f.ticket_id WHERE p.number = '${number}'`))[0][0]);
const noData = (text, report) => {
  for (const secret of [PHONE, '欧阳', '7单元', '家里没有水', report.number, report.code.replace(' ', '')]) assert.ok(!text.includes(secret), secret);
};

test('open reports at the place are told of with what was done and by when, without the data of anybody', async () => {
  const place = newPlace();
  const first = await file({ place, address: '7单元1902' });
  assert.ok(!affectedForm(await toContact(new Visitor(), { place: newPlace() })), 'nothing is known elsewhere');
  const one = await toContact(new Visitor(), { place });
  assert.match(wordsOf(one.page.text), /这里已经有人报过 没有水 · 有 1 件类似报修，今天 \d\d:\d\d 报的，等待派单。 承诺最迟 \S+ \d\d:\d\d 办好/);
  noData(one.page.text, first);
  await file({ place });
  await file({ place, group: 'pressure', category: 'low_pressure' });
  const ops = await staff('wanglei');
  await act(ops, first.number, 'dispatch');
  const some = await toContact(new Visitor(), { place });
  assert.match(wordsOf(some.page.text), /有 3 件类似报修，今天 \d\d:\d\d 已派单。/);
  noData(some.page.text, first);
  const english = new Visitor();
  await english.get('/?lang=en');
  assert.match(wordsOf((await toContact(english, { place })).page.text), /3 similar reports nearby, passed to the unit in charge today \d\d:\d\d\./);
});

test("another trouble, and what is a household's own, is not the same matter", async () => {
  const place = newPlace();
  await file({ place });
  for (const [group, category] of [['quality', 'water_quality'], ['leak', 'meter_well_leak'], ['leak', 'behind_meter_other'], ['meter', 'billing'], ['service', 'service_complaint']])
    assert.ok(!affectedForm(await toContact(new Visitor(), { place, group, category })), category);
  for (const [group, category] of [['leak', 'leak_public'], ['pressure', 'low_pressure']])
    assert.ok(affectedForm(await toContact(new Visitor(), { place, group, category })), category);
});

test('"this affects me, too" follows the report instead of a new ticket, once however often it is pressed, and staff see how many', async () => {
  const place = newPlace();
  const report = await file({ place, address: '7单元1902' });
  const neighbour = new Visitor();
  const step = await toContact(neighbour, { place });
  const answers = await Promise.all([1, 2, 3].map(() => affect(neighbour, step)));
  for (const answer of answers) assert.equal(answer.status, 303);
  assert.equal(new Set(answers.map((answer) => answer.header('location'))).size, 1);
  assert.equal(await followers(report.number), 1);
  assert.equal(await tickets(place), 1, 'no ticket of its own');
  const where = answers[0].header('location').split('?')[0];
  const own = await neighbour.get(answers[0].header('location'));
  assert.equal(own.status, 200);
  noData(own.text, report);
  assert.match(wordsOf(own.text), /已收到，等待派给承办单位/);

  const ops = await staff('wanglei');
  assert.match(wordsOf((await ops.get(`/staff/ticket/${report.number}`)).text), /另有受影响的户数 1 /);
  await act(ops, report.number, 'dispatch');
  const { token } = formOf((await report.visitor.get(`/complaint/progress/${report.number}/tell`)).text, '/tell');
  await report.visitor.post(`/complaint/progress/${report.number}/tell`, { token, version: '1', action: 'add_words', words: '家里没有水，七单元全停' });
  const anywhere = new Visitor();
  const later = await anywhere.get(where);
  assert.match(wordsOf(later.text), /已派给供水/);
  noData(later.text, report);
  const etag = later.header('etag');
  assert.equal((await anywhere.get(where, { 'If-None-Match': etag })).status, 304, 'nothing changed');
});

test('who follows can still make a report of their own with what was typed', async () => {
  const place = newPlace();
  await file({ place });
  const neighbour = new Visitor();
  const step = await toContact(neighbour, { place, words: '三楼以上没水' });
  const page = await neighbour.get((await affect(neighbour, step)).header('location'));
  const back = /href="([^"]*\/complaint\/contact\?d=[0-9a-f]{32})"/.exec(page.text)[1];
  assert.equal(back, step.where);
  await neighbour.post(back, { token: step.token, phone: PHONE });
  assert.match(wordsOf((await neighbour.get(back.replace('/contact', '/check'))).text), /三楼以上没水/);
  assert.equal((await neighbour.post(back.replace('/contact', '/file'), { token: step.token })).status, 303);
  assert.equal(await tickets(place), 2);
});

test('what ended meanwhile is not followed: the report goes on', async () => {
  const place = newPlace();
  const report = await file({ place });
  const neighbour = new Visitor();
  const step = await toContact(neighbour, { place });
  assert.ok(affectedForm(step));
  await act(await staff('wanglei'), report.number, 'not-ours', { words: '不属于供水范围' });
  const answer = await affect(neighbour, step);
  assert.equal(answer.status, 303);
  assert.equal(answer.header('location'), step.where);
  assert.ok(!affectedForm({ ...step, page: await neighbour.get(step.where) }));
  assert.equal(await followers(report.number), 0);
});

test('Art. 18: a notice of a planned outage that speaks of the place is shown to who reports there, in both languages, and to nobody else', async () => {
  const ops = await staff('wanglei');
  const code = `outage_known_${Date.now()}`;
  const publish = async (page, fields) => {
    const { gone: _, ...form } = formOf((await ops.get(page)).text, page);
    const answer = await ops.post(page, { ...form, title_zh: '金鼎公寓一带停水', body_zh: '管道爆裂，正在抢修。\n- 范围：金鼎公寓、西关街居民楼', title_en: 'No water around Jinding', body_en: 'A pipe burst.', sort: '10', step: 'save', ...fields });
    assert.equal(answer.status, 303, wordsOf(answer.text));
  };
  await publish('/staff/admin/texts/new', { code });
  const shown = async (place, report = {}, visitor = new Visitor()) => (await toContact(visitor, { place, ...report })).page.text;
  for (const place of ['金鼎公寓3号楼', '西关街居民楼 2号楼']) assert.match(await shown(place), new RegExp(`<a href="/outage/#o-${code}">金鼎公寓一带停水</a>`));
  const english = new Visitor();
  await english.get('/?lang=en');
  assert.match(await shown('西关街居民楼', {}, english), />No water around Jinding</);
  assert.ok(!(await shown('荷香园1号楼')).includes(code));
  assert.ok(!(await shown('金鼎公寓3号楼', { group: 'meter', category: 'billing' })).includes(code), "a bill is the household's own");
  await publish(`/staff/admin/texts/${code}`, { gone: '1' });
  assert.ok(!(await shown('金鼎公寓3号楼')).includes(code), 'taken off');
});

test('Art. 18(2): an outage that runs at the place is told of with its reason and expected end, and to nobody elsewhere', async () => {
  const liaison = await staff('lina');
  const minutes = (count) => local(now() + count * 60000);
  const answer = await liaison.submit('/staff/supply/new', '/staff/supply/new', {
    unit: 3, cause: 1, places: '学府花苑', area_words: '', diameter_mm: 300, valves: 'DN300×1', started_at: minutes(0), expected_end_at: minutes(200), words: '管道爆裂',
  });
  assert.equal(answer.status, 303, wordsOf(answer.text));
  const page = answer.header('location').replace(/\?.*/, '');
  const id = /\d+$/.exec(page)[0];
  const shown = async (place, report = {}, visitor = new Visitor()) => (await toContact(visitor, { place, ...report })).page.text;
  const told = await shown('学府花苑 6号楼');
  assert.match(told, new RegExp(`href="/outage/${id}">学府花苑</a> 正在停水。原因：管道爆裂、漏水。预计 [^。]*\\d\\d:\\d\\d 恢复。`));
  assert.match(wordsOf(told), /不用再报/);
  assert.match(told, /<form method="post" action="\/complaint\/contact\?/, 'and whoever wants to report goes on');
  const english = new Visitor();
  await english.get('/?lang=en');
  assert.match(await shown('学府花苑 6号楼', {}, english), /Water is off\. Reason: Burst or leaking pipe\./);
  assert.ok(!(await shown('荷香园1号楼')).includes(`/outage/${id}`));
  assert.ok(!(await shown('学府花苑 6号楼', { group: 'meter', category: 'billing' })).includes(`/outage/${id}`), "a bill is the household's own");
  assert.equal((await liaison.submit(page, `${page}/restore`, { water_on_at: minutes(0), words: '已恢复' })).status, 303);
  assert.ok(!(await shown('学府花苑 6号楼')).includes(`/outage/${id}`), 'the water is back');
});

test('an unknown link, a stranger and a lost draft', async () => {
  const place = newPlace();
  await file({ place });
  const neighbour = new Visitor();
  const step = await toContact(neighbour, { place });
  assert.equal((await new Visitor().post(step.where.replace('/contact', '/affected'), affectedForm(step))).status, 403, 'without the cookie');
  assert.equal((await neighbour.post('/complaint/affected?d=0', affectedForm(step))).status, 404);
  assert.equal((await neighbour.post(step.where.replace('/contact', '/affected'), { ...affectedForm(step), number: '1' })).status, 400);
  for (const link of ['0'.repeat(32), 'x', `${'0'.repeat(31)}`]) assert.equal((await neighbour.get(`/complaint/affected/${link}`)).status, 404);
  assert.equal((await neighbour.get('/complaint/affected')).status, 405);
});
