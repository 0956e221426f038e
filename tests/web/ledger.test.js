// The assessment ledger (Arts. 28-35) over HTTP: proposed by clerk, confirmed inside the clause, answered, decided; by whom it may be read.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { staff, sql, now, wait, local, formOf, wordsOf, errorOf } = require('./staff_client.js');

const NO_WATER = 1, PIPELINE = 3, CUSTOMER = 2;
const LEDGER = '/staff/assessment/ledger/', NEW = `${LEDGER}new`, CHECK = `${LEDGER}reconcile`;

let zhangmin, wanglei, lina, zhaowei, xuguang;
async function everybodyIn() {
  [zhangmin, wanglei, lina, zhaowei, xuguang] = await Promise.all(['zhangmin', 'wanglei', 'lina', 'zhaowei', 'xuguang'].map((login) => staff(login)));
}
test.beforeEach(everybodyIn);

let phones = 0;
/** A ticket that pipeline management did not accept in time, and its proposal. */
async function lateTicket() {
  const filed = await zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', { category: NO_WATER, place: '文轩苑1号楼', phone: `1381639${String(++phones + 1000)}`, words: '没有水' });
  const number = /SN\d{6}-\d{8}/.exec(filed.header('location'))[0];
  await wanglei.submit(`/staff/ticket/${number}`, `/staff/ticket/${number}/dispatch`, { unit: PIPELINE });
  wait(25);
  await everybodyIn();
  for (let tries = 0; tries < 300; tries++) {
    const rows = await sql(`SELECT b.penalty_id FROM breach b JOIN ticket t ON t.id = b.subject_id WHERE b.subject_kind = 1 AND b.basis = 1 AND b.kind = 2 AND t.number = '${number.replaceAll('-', '').replace('SN', 'SN')}' OR t.number = '${number}' AND b.kind = 2`);
    if (rows.length === 1) return { number, id: Number(rows[0][0]) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return assert.fail(`no proposal for ${number}`);
}
const pageOf = (id) => `${LEDGER}${id}`;
const act = (who, id, action, more = {}) => who.submit(pageOf(id), `${pageOf(id)}/${action}`, more);
async function done(who, id, action, more) {
  const answer = await act(who, id, action, more);
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 600)}`);
}
const state = async (id) => Number((await sql(`SELECT state FROM penalty WHERE id = ${id}`))[0][0]);
async function enter(more = {}) {
  const answer = await wanglei.submit(NEW, NEW, { unit: PIPELINE, clause: 3101, happened_at: local(now() - 3600000), words: '新管网冲洗不彻底，水质浑浊', ...more });
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 500));
  return Number(/ledger\/(\d+)\?done=1$/.exec(answer.header('location'))[1]);
}

test('Arts. 12, 34(2): a late acceptance is proposed with its evidence, confirmed with the fixed amount, accepted by the unit', async () => {
  const { number, id } = await lateTicket();
  const page = await wanglei.get(pageOf(id));
  assert.equal(page.status, 200);
  const words = wordsOf(page.text);
  assert.match(words, /第34\(2\)条/);
  assert.match(words, /承办单位未在规定时间内受理或完成热线工作指令且无正当理由的/);
  assert.match(words, /接单: 期限/);
  assert.ok(page.text.includes(`/staff/ticket/${number}`), 'the ticket is linked');
  assert.ok(!('yuan' in formOf(page.text, `${id}/confirm`)), 'a fixed amount cannot be typed');
  assert.equal((await lina.get(pageOf(id))).status, 404, 'a unit sees no proposal');
  assert.match(wordsOf((await wanglei.get(`${LEDGER}?view=decide`)).text), new RegExp(`\\b${id}\\b`));
  await done(wanglei, id, 'confirm', { clause: 3402 });
  assert.deepEqual((await sql(`SELECT state, unit_fen FROM penalty WHERE id = ${id}`))[0].map(Number), [2, 5000]);
  assert.match(wordsOf((await lina.get(LEDGER)).text), new RegExp(`\\b${id}\\b`));
  await done(lina, id, 'answer', { answer: 1 });
  assert.equal(await state(id), 3);
});

test('Arts. 30-33: an amount outside the range is refused beside its field with everything typed kept', async () => {
  const id = await enter();
  const refused = await act(wanglei, id, 'confirm', { clause: 3101, yuan: 501, words: '两次提醒之后' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /name="yuan" value="501"/);
  assert.match(refused.text, /两次提醒之后/);
  assert.match(wordsOf(refused.text), /金额不在条款规定的范围内/);
  const other = await act(wanglei, id, 'confirm', { clause: 3402, yuan: 50 });
  assert.equal(other.status, 422, 'a clause that is not in its place');
  const empty = await act(wanglei, id, 'confirm', { clause: 3101 });
  assert.equal(empty.status, 422, 'a range needs an amount');
  await done(wanglei, id, 'confirm', { clause: 3101, yuan: 300 });
  assert.equal((await sql(`SELECT unit_fen FROM penalty WHERE id = ${id}`))[0][0], '30000');
});

test('Art. 29: leader and indicator owner are of the unit; somebody of another unit is refused', async () => {
  const id = await enter({ clause: 2900, words: '被媒体曝光，影响不好' });
  const [[own]] = await sql(`SELECT id FROM staff WHERE unit_id = ${PIPELINE} AND is_active = 1 ORDER BY id LIMIT 1`);
  const [[foreign]] = await sql(`SELECT id FROM staff WHERE unit_id = ${CUSTOMER} AND is_active = 1 ORDER BY id LIMIT 1`);
  const refused = await act(wanglei, id, 'confirm', { clause: 2900, leader: own, person: foreign });
  assert.equal(refused.status, 422);
  assert.match(wordsOf(refused.text), /请选择该单位的在岗人员/);
  await done(wanglei, id, 'confirm', { clause: 2900, leader: own, person: own, words: '核实' });
  assert.deepEqual((await sql(`SELECT unit_fen, leader_fen, person_fen FROM penalty WHERE id = ${id}`))[0].map(Number), [10000, 5000, 5000]);
});

test('the unit objects with its reason, the objection is decided; two at once: the second is told and keeps what was typed', async () => {
  const id = await enter();
  await done(wanglei, id, 'confirm', { clause: 3101, yuan: 100 });
  assert.equal((await act(lina, id, 'answer', { answer: 2 })).status, 422, 'an objection needs words');
  const late = formOf((await zhaowei.get(pageOf(id))).text, `${id}/answer`);
  await done(lina, id, 'answer', { answer: 2, words: '不是我们施工的' });
  const loser = await zhaowei.post(`${pageOf(id)}/answer`, { ...late, answer: 2, words: '我写了很长的理由' });
  assert.equal(loser.status, 409);
  assert.match(loser.text, /我写了很长的理由/);
  assert.match(wordsOf((await wanglei.get(`${LEDGER}?view=objected`)).text), new RegExp(`\\b${id}\\b`));
  await done(wanglei, id, 'decide', { decision: 1, words: '经查属实' });
  assert.equal(await state(id), 6);
});

test('Art. 3: nobody judges his own case: against operations group leadership enters and decides', async () => {
  const mine = await wanglei.submit(NEW, NEW, { unit: 0, clause: 3405, happened_at: local(now() - 3600000), words: '首问没有负责到底' });
  assert.equal(mine.status, 403);
  const answer = await xuguang.submit(NEW, NEW, { unit: 0, clause: 3405, happened_at: local(now() - 3600000), words: '首问没有负责到底' });
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 300));
  const id = Number(/ledger\/(\d+)\?/.exec(answer.header('location'))[1]);
  assert.ok(!(await wanglei.get(pageOf(id))).text.includes(`${id}/confirm`), 'not offered to ops');
  await done(xuguang, id, 'confirm', { clause: 3405 });
  await done(wanglei, id, 'answer', { answer: 1 });
});

test('a dismissal needs a reason and can be taken back; a form sent twice is carried out once', async () => {
  const id = await enter();
  assert.equal((await act(wanglei, id, 'dismiss')).status, 422);
  const form = formOf((await wanglei.get(pageOf(id))).text, `${id}/dismiss`);
  for (let i = 0; i < 2; i++) assert.equal((await wanglei.post(`${pageOf(id)}/dismiss`, { ...form, words: '不是违约' })).status, 303);
  assert.equal((await sql(`SELECT COUNT(*) FROM event WHERE subject_kind = 8 AND subject_id = ${id}`))[0][0], '2');
  await done(wanglei, id, 'reopen', { words: '又有新情况' });
  assert.equal(await state(id), 1);
});

test('Arts. 32(1), 35: what is the discipline office\'s cannot be entered; nor what was not in force, nor what has not happened', async () => {
  const page = await wanglei.get(NEW);
  assert.ok(!page.text.includes('value="3201"') && !page.text.includes('value="3500"'));
  const fields = { unit: PIPELINE, clause: 3101, happened_at: local(now() - 3600000), words: '说明' };
  const sealed = await wanglei.submit(NEW, NEW, { ...fields, clause: 3201 });
  assert.equal(sealed.status, 422);
  assert.equal((await wanglei.submit(NEW, NEW, { ...fields, happened_at: '2013-05-01T10:00' })).status, 422);
  const future = await wanglei.submit(NEW, NEW, { ...fields, happened_at: local(now() + 86400000), words: '我写的内容' });
  assert.equal(future.status, 422);
  assert.match(future.text, /我写的内容/);
  assert.equal((await wanglei.submit(NEW, NEW, { ...fields, ticket: 'SN209901-00000001' })).status, 422);
});

test('the notice quotes the article and the amounts; a unit\'s own alone, and only what stands', async () => {
  const id = await enter();
  assert.equal((await wanglei.get(`${pageOf(id)}/notice`)).status, 404, 'nothing stands yet');
  await done(wanglei, id, 'confirm', { clause: 3101, yuan: 200 });
  const notice = await lina.get(`${pageOf(id)}/notice`);
  assert.equal(notice.status, 200);
  const words = wordsOf(notice.text);
  for (const part of ['考核处理通知书', '第31(1)条', '新建管网冲刷不彻底，造成水质污染的', '200 元']) assert.ok(words.includes(part), part);
  const [[other]] = await sql(`SELECT login FROM staff WHERE unit_id = ${CUSTOMER} AND roles & 16 <> 0 AND is_active = 1 LIMIT 1`);
  const stranger = await staff(other);
  for (const path of [pageOf(id), `${pageOf(id)}/notice`]) assert.equal((await stranger.get(path)).status, 404, path);
  assert.equal((await stranger.submit(LEDGER, `${pageOf(id)}/answer`, { answer: 1, version: 2 }).catch(() => ({ status: 404 }))).status, 404);
});

test('Art. 10: rectification is ordered out of a penalty, and its page shows the order', async () => {
  const { id } = await lateTicket();
  await done(wanglei, id, 'confirm', { clause: 3402 });
  const where = `/staff/assessment/order/new?penalty=${id}`;
  const form = formOf((await wanglei.get(where)).text, '/staff/assessment/order/new');
  assert.equal(form.unit, String(PIPELINE));
  const wrong = await wanglei.post('/staff/assessment/order/new', { ...form, unit: CUSTOMER, reason: 1, words: '整改' });
  assert.equal(wrong.status, 422);
  const given = await wanglei.post('/staff/assessment/order/new', { ...form, reason: 1, words: '查明原因' });
  assert.equal(given.status, 303, wordsOf(given.text).slice(0, 300));
  const order = /order\/(\d+)\?/.exec(given.header('location'))[1];
  assert.ok((await wanglei.get(pageOf(id))).text.includes(`/staff/assessment/order/${order}"`));
});

test('the ledger agrees with the breaches, and what differs is named', async () => {
  const { id } = await lateTicket();
  const [[month]] = await sql(`SELECT DATE_FORMAT(happened_at + INTERVAL 8 HOUR, '%Y-%m') FROM penalty WHERE id = ${id}`);
  const [[kind, subject, basis, number]] = await sql(`SELECT subject_kind, subject_id, basis, number FROM breach WHERE penalty_id = ${id}`);
  const before = await wanglei.get(`${CHECK}?month=${month}`);
  assert.equal(before.status, 200);
  assert.ok(!before.text.includes(`/ledger/${id}"`), 'it agrees');
  await sql(`UPDATE breach SET number = number + 1000 WHERE subject_kind = ${kind} AND subject_id = ${subject} AND basis = ${basis} AND number = ${number}`);
  const after = wordsOf((await wanglei.get(`${CHECK}?month=${month}`)).text);
  assert.match(after, /有违约行为，没有相符的处理/);
  assert.match(after, /记在台账里，但不是违约行为/);
  await sql(`UPDATE breach SET number = number - 1000 WHERE subject_kind = ${kind} AND subject_id = ${subject} AND basis = ${basis} AND number = ${Number(number) + 1000}`);
  assert.equal((await lina.get(CHECK)).status, 403);
  assert.equal((await wanglei.get(`${CHECK}?month=2026-99`)).status, 400);
});

test('filters by unit, clause and month', async () => {
  const id = await enter({ clause: 3102 });
  const seen = async (query) => new RegExp(`ledger/${id}"`).test((await wanglei.get(`${LEDGER}?view=all&${query}`)).text);
  assert.ok(await seen(`unit=${PIPELINE}&clause=3102`));
  assert.ok(!(await seen(`unit=${CUSTOMER}&clause=3102`)));
  assert.ok(!(await seen('clause=3000')));
  assert.ok(!(await seen('month=2020-01')));
});
