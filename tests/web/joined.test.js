// Tickets that belong together, over HTTP: merged reports of one incident, repeats, the joint case of damage by others.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const crypto = require('node:crypto');
const { staff, sql, formOf, wordsOf, errorOf } = require('./staff_client.js');

const NO_WATER = 1, LEAK = 3, LEAK_BY_OTHERS = 4, POLLUTION = 11;
const CUSTOMER = 2, PIPELINE = 3, INSPECTION = 4, MAINTENANCE = 6;
const STATE = { reported: '1', merged: '8' };
const KEY = () => crypto.randomBytes(16).toString('hex');

let zhangmin, wanglei, lina, sunqiang, matao, xuguang;
test.beforeEach(async () => {
  [zhangmin, wanglei, lina, sunqiang, matao, xuguang] = await Promise.all(['zhangmin', 'wanglei', 'lina', 'sunqiang', 'matao', 'xuguang'].map((login) => staff(login)));
});

const page = (number) => `/staff/ticket/${number}`;
const phone = () => `136${crypto.randomInt(10000000, 99999999)}`;
async function file(fields = {}) {
  const answer = await zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', { category: NO_WATER, place: '不在册的地方', phone: phone(), words: '没水', ...fields });
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 300));
  return /SN\d{6}-\d{8}/.exec(answer.header('location'))[0];
}
async function done(who, number, action, fields) {
  const answer = await who.submit(page(number), `${page(number)}/${action}`, fields);
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 400)}`);
}
const rowOf = async (number) => {
  const [[id, state, parent, version, level]] = await sql(`SELECT id, state, parent_id, version, repeat_level FROM ticket WHERE number = '${number}'`);
  return { id, state, parent, version: Number(version), level };
};
const clocks = (number, kind) => sql(`SELECT c.unit_id, c.result FROM clock c JOIN ticket t ON t.id = c.subject_id WHERE c.subject_kind = 1 AND t.number = '${number}' AND c.kind = ${kind}`);
const merge = (number, fields) => wanglei.submit(`${page(number)}/merge`, `${page(number)}/merge`, fields);
/** Through the check page to the end. */
async function merged(number, parent) {
  const check = await merge(number, { parent: 'other', other: parent });
  assert.equal(check.status, 200, wordsOf(check.text).slice(0, 400));
  const answer = await wanglei.post(`${page(number)}/merge`, formOf(check.text, '/merge'));
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 400));
}

// ---------------------------------------------------------------- merging, Art. 27

test('art27 a report is merged after both tickets were looked at; the parent lists it, and unmerging restores it', async () => {
  const parent = await file({ category: POLLUTION, place: '运河湾 1 号楼', words: '水发黄' });
  await done(wanglei, parent, 'dispatch', { unit: MAINTENANCE });
  const child = await file({ category: POLLUTION, place: '运河湾 7 号楼', words: '水有味' });
  const offered = await wanglei.get(`${page(child)}/merge`);
  assert.ok(offered.text.includes(`value="${parent}"`), 'an open ticket of the same matter at the same place is offered');

  const check = await merge(child, { parent });
  assert.equal(check.status, 200);
  const words = wordsOf(check.text);
  for (const said of ['水发黄', '水有味', '运河湾 1 号楼', '运河湾 7 号楼', '请核对']) assert.ok(words.includes(said), said);
  assert.equal((await rowOf(child)).state, STATE.reported, 'looking changes nothing');
  const sure = formOf(check.text, '/merge');
  const answers = [await wanglei.post(`${page(child)}/merge`, { ...sure, words: '同一根管' }), await wanglei.post(`${page(child)}/merge`, { ...sure, words: '同一根管' })];
  assert.deepEqual(answers.map((answer) => answer.status), [303, 303], 'twice is once');
  assert.deepEqual([(await rowOf(child)).state, (await rowOf(child)).parent], [STATE.merged, (await rowOf(parent)).id]);

  const shown = await wanglei.get(page(parent));
  assert.match(wordsOf(shown.text), /并进来的来件 \(1\)/);
  assert.match(wordsOf((await wanglei.get(page(child))).text), /并入的工单/);
  assert.ok(!(await lina.get(page(parent))).text.includes('/unmerge'), 'only operations undoes it');
  const undo = formOf(shown.text, `${page(child)}/unmerge`);
  assert.equal((await wanglei.post(`${page(child)}/unmerge`, undo)).status, 303);
  assert.deepEqual([(await rowOf(child)).state, (await rowOf(child)).parent], [STATE.reported, '0']);
  assert.ok(!wordsOf((await wanglei.get(page(parent))).text).includes('并进来的来件'));
});

test('art27 merging into what is finished, merged, the ticket itself, or nothing is refused with words, all typed kept', async () => {
  const child = await file(), other = await file(), run = await file(), parent = await file();
  const finished = await file();
  await done(wanglei, finished, 'dispatch', { unit: PIPELINE });
  await done(lina, finished, 'accept');
  await done(lina, finished, 'finish', { outcome: 1, words: '已恢复' });
  await merged(run, parent);
  const cases = [[finished, /已办结|办结/], [run, /已并入别的工单/], [child, /同一张工单|自己/], ['SN200101-00000006', /没有这张工单|完整的受理编号/], ['x', /完整的受理编号/], ['', /完整的受理编号/]];
  for (const [number, words] of cases) {
    const answer = await merge(child, { parent: 'other', other: number, words: '为什么' });
    assert.equal(answer.status, 422, number);
    assert.match(errorOf(answer.text, 'other'), words);
    const kept = formOf(answer.text, '/merge');
    assert.equal(kept.other, number);
    assert.equal(kept.words, '为什么');
  }
  const full = await merge(parent, { parent: 'other', other });
  assert.match(errorOf(full.text, 'other'), /请先解除/, 'what others run with does not run with another');
  assert.equal((await rowOf(child)).version, 1, 'nothing was changed');
});

test('art27 who comes second to a merge sees what changed and can send it again', async () => {
  const child = await file(), parent = await file();
  const stale = formOf((await merge(child, { parent: 'other', other: parent })).text, '/merge');
  await done(zhangmin, child, 'note', { words: '又打来一次' });
  const answer = await wanglei.post(`${page(child)}/merge`, { ...stale, words: '同一件' });
  assert.equal(answer.status, 409);
  assert.match(wordsOf(answer.text), /别人先办了这些.*又打来一次/);
  const again = formOf(answer.text, '/merge');
  assert.equal(again.words, '同一件');
  assert.equal((await wanglei.post(`${page(child)}/merge`, again)).status, 303);
  assert.equal((await rowOf(child)).state, STATE.merged);
});

test('art27 only operations merges: no link, no page, no act for anybody else', async () => {
  const child = await file(), parent = await file();
  for (const who of [zhangmin, lina, sunqiang, xuguang]) {
    const { text } = await who.get(page(child));
    assert.ok(!text.includes('/merge"'), who.login);
    assert.equal((await who.get(`${page(child)}/merge`)).status, 403, who.login);
    const answer = await who.post(`${page(child)}/merge`, { token: formOf(text, '/staff/signout').token, key: KEY(), version: 1, parent, is_sure: '1' });
    assert.equal(answer.status, 403, who.login);
  }
  assert.equal((await rowOf(child)).version, 1);
});

// ---------------------------------------------------------------- repeats, Art. 34(3)

test('art34_3 a repeat can be linked later: the level is one more than that of the earlier report, and both pages say so', async () => {
  const same = phone();
  const first = await file({ phone: same }), second = await file({ phone: same }), third = await file({ phone: same });
  const link = async (number, earlier) => {
    const shown = await zhangmin.get(`${page(number)}/repeat`);
    assert.ok(shown.text.includes(`value="${earlier}"`), 'found by the phone');
    const answer = await zhangmin.post(`${page(number)}/repeat`, { ...formOf(shown.text, '/repeat'), repeat_of: earlier });
    assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 300));
  };
  await link(second, first);
  await link(third, second);
  assert.deepEqual([(await rowOf(second)).level, (await rowOf(third)).level], ['1', '2']);
  assert.match(wordsOf((await lina.get(page(first))).text), /后来又报 \(1\)/);
  assert.match(wordsOf((await lina.get(page(third))).text), /以前报过/);
  const twice = await zhangmin.submit(`${page(third)}/repeat`, `${page(third)}/repeat`, { repeat_of: 'other', other: second, words: '同一件' });
  assert.equal(twice.status, 422);
  assert.match(errorOf(twice.text, 'other'), /已经办过/);
  assert.equal(formOf(twice.text, '/repeat').words, '同一件');
  for (const [number, words] of [[third, /同一张工单|自己/], ['1', /完整的受理编号/]]) {
    const answer = await zhangmin.submit(`${page(third)}/repeat`, `${page(third)}/repeat`, { repeat_of: 'other', other: number });
    assert.equal(answer.status, 422);
    assert.match(errorOf(answer.text, 'other'), words);
  }
});

test('art34_3 a repeat is not passed by the unit that worked on it', async () => {
  const same = phone();
  const first = await file({ phone: same });
  const asked = await zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', { category: NO_WATER, place: '不在册的地方', phone: same, words: '还是没水' }, { isAsked: true });
  const answer = await zhangmin.post('/staff/ticket/new', { ...formOf(asked.text, '/staff/ticket/new'), repeat_of: first });
  const number = /SN\d{6}-\d{8}/.exec(answer.header('location'))[0];
  assert.equal((await rowOf(number)).level, '1');
  await done(wanglei, number, 'dispatch', { unit: PIPELINE });
  await done(lina, number, 'accept');
  await done(lina, number, 'finish', { outcome: 1, words: '已恢复' });
  assert.ok(!(await lina.get(page(number))).text.includes('act-review'));
  await done(wanglei, number, 'review', { decision: 1 });
});

// ---------------------------------------------------------------- damage by others, Art. 25

test('art25 the page proposes the joint case, and one check sends repair and inspection out, each with its own clocks', async () => {
  const number = await file({ category: LEAK_BY_OTHERS, place: '柳园路 8 号' });
  assert.match(wordsOf((await wanglei.get(page(number))).text), /抢修和稽查一次派出/);
  assert.ok(!(await zhangmin.get(page(number))).text.includes('/joint"'));
  const form = formOf((await wanglei.get(`${page(number)}/joint`)).text, '/joint');
  assert.deepEqual([form.lead, form.inspection], [String(PIPELINE), String(INSPECTION)], 'both are proposed');
  const same = await wanglei.post(`${page(number)}/joint`, { ...form, inspection: PIPELINE, words: '挖断了' });
  assert.equal(same.status, 422);
  assert.equal(errorOf(same.text, 'inspection'), '抢修和稽查要派给两个单位');
  assert.equal(formOf(same.text, '/joint').words, '挖断了');
  const sent = { ...form, words: '挖掘机挖断' };
  const answers = await Promise.all([1, 2, 3].map(() => wanglei.post(`${page(number)}/joint`, sent)));
  assert.deepEqual(answers.map((answer) => answer.status), [303, 303, 303]);
  assert.equal((await rowOf(number)).version, 3, 'two dispatches, however often it was sent');
  const units = await sql(`SELECT a.unit_id, a.role FROM assignment a JOIN ticket t ON t.id = a.ticket_id WHERE t.number = '${number}' ORDER BY a.dispatch_no`);
  assert.deepEqual(units, [[String(PIPELINE), '0'], [String(INSPECTION), '2']]);
  assert.deepEqual((await clocks(number, 2)).map(([unit]) => unit), [String(PIPELINE), String(INSPECTION)], 'each accepts by itself');
  assert.equal((await clocks(number, 7))[0][0], String(INSPECTION));
  assert.ok(!wordsOf((await wanglei.get(page(number))).text).includes('一次派出'));

  await done(matao, number, 'accept');
  assert.match(wordsOf((await matao.get(page(number))).text), /登记责任认定 : /, 'liability waits for the arrival');
  await done(matao, number, 'arrive');
  await done(matao, number, 'liability', { liability: 1, amount_yuan: 5200, words: '东昌施工队，愿意赔偿' });
  assert.match(wordsOf((await wanglei.get(page(number))).text), /5200\.00/);
});

test('art25 what somebody did between opening and sending the joint case is shown, the words kept', async () => {
  const number = await file({ category: LEAK_BY_OTHERS, place: '柳园路 9 号' });
  const form = formOf((await wanglei.get(`${page(number)}/joint`)).text, '/joint');
  await done(zhangmin, number, 'note', { words: '现场有人受伤' });
  const answer = await wanglei.post(`${page(number)}/joint`, { ...form, words: '马上去' });
  assert.equal(answer.status, 409);
  assert.match(wordsOf(answer.text), /现场有人受伤/);
  assert.equal(formOf(answer.text, '/joint').words, '马上去');
  assert.equal((await rowOf(number)).version, 2);
});

// ---------------------------------------------------------------- grave matters, Art. 11

test('art11 who has not acknowledged a grave matter is shown until everybody has', async () => {
  const number = await file({ category: LEAK });
  await done(zhangmin, number, 'escalate-group', { department_1: CUSTOMER, words: '医院停水' });
  const said = async () => wordsOf((await wanglei.get(page(number))).text);
  assert.match(await said(), /集团领导: 还没有阅知/);
  assert.match(await said(), /顾客管理部门: 还没有阅知/);
  await done(xuguang, number, 'acknowledge');
  assert.match(await said(), /集团领导: 已阅知/);
  assert.match(await said(), /顾客管理部门: 还没有阅知/);
  const liaison = await staff('zhaowei').catch(() => null);
  const [[login]] = await sql(`SELECT login FROM staff WHERE unit_id = ${CUSTOMER} AND roles & 48 LIMIT 1`);
  const voice = liaison && login === 'zhaowei' ? liaison : await staff(login);
  await done(voice, number, 'acknowledge');
  assert.ok(!(await said()).includes('还没有阅知'));
});

// ---------------------------------------------------------------- what a page costs

test('a page of a ticket costs the same few statements however much belongs to it', async () => {
  const fs = require('node:fs');
  const path = require('node:path');
  const log = path.join(process.env.SHUINUO_VAR, 'log/ticket.log');
  const cost = async (number) => {
    await wanglei.get(page(number)); // whatever this worker does for the first time
    const costs = [];
    for (let i = 0; i < 8; i++) {
      await wanglei.get(page(number));
      const line = fs.readFileSync(log, 'utf8').trim().split('\n').filter((text) => text.includes('route=/staff/ticket/* ')).pop();
      costs.push(Number(/statements=(\d+)/.exec(line)[1]));
    }
    return Math.min(...costs);
  };
  const parent = await file(), lonely = await file();
  for (let i = 0; i < 4; i++) await merged(await file(), parent);
  const few = await cost(lonely);
  assert.equal(await cost(parent), few + 1, 'the reports that run with it, all at once');
  assert.ok(few <= 6, `${few} statements`); // who asks, the ticket, its stream, what there is beside it, notices, canned answers
});
