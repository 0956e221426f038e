// The desk over HTTP: intake, the queue, and a ticket through its life, by everybody who may and nobody who may not.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, staff, sql, now, wait, local, formOf, wordsOf, errorOf } = require('./staff_client.js');

const NO_WATER = 1, LEAK = 3, LEAK_BY_OTHERS = 4, BEHIND_METER = 8, FAULTY_METER = 15, CONSULTATION = 25, UNFORESEEN = 24;
const CUSTOMER = 2, PIPELINE = 3, INSPECTION = 4;
const RESULT = { running: '0', kept: '1', late: '2', superseded: '4' };
const KIND = { dispatch: 1, accept: 2, finish: 3, arrive: 4, repair: 5, contact: 6, inspect: 7 };
const KEY = () => require('node:crypto').randomBytes(16).toString('hex');

let zhangmin, wanglei, lina, sunqiang, zhaowei, chenjing, xuguang, matao;
const EVERYBODY = ['zhangmin', 'wanglei', 'zhaowei', 'lina', 'sunqiang', 'chenjing', 'gaofei', 'liuyang', 'matao', 'songli', 'zhoubin', 'xuguang'];

// Sessions end while the tests move the clock: whoever is needed signs in anew.
async function everybodyIn() {
  [zhangmin, wanglei, lina, sunqiang, zhaowei, chenjing, xuguang, matao] =
    await Promise.all(['zhangmin', 'wanglei', 'lina', 'sunqiang', 'zhaowei', 'chenjing', 'xuguang', 'matao'].map((login) => staff(login)));
}
test.beforeEach(everybodyIn);

const page = (number) => `/staff/ticket/${number}`;
const act = (who, number, action, fields = {}) => who.submit(page(number), `${page(number)}/${action}`, fields);

async function done(who, number, action, fields) {
  const answer = await act(who, number, action, fields);
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 400)}`);
  assert.equal(answer.header('location'), `${page(number)}?done=1`);
}

/** Sends an act whose form does not stand on the page: by hand, or from a page that was shown before. */
async function send(who, number, action, fields = {}) {
  const { text } = await who.get(page(number));
  const [[version]] = await sql(`SELECT version FROM ticket WHERE number = '${number}'`);
  return who.post(`${page(number)}/${action}`, { token: formOf(text, '/staff/signout').token, key: KEY(), version, ...fields });
}

let phones = 0;
const report = (fields = {}) => ({ category: LEAK, place: '明珠花园5号楼东侧', phone: `1390635${String(++phones + 1000)}`, words: '路面冒水', ...fields });

/** Files a report and gives its number. */
async function file(fields, who = zhangmin) {
  const answer = await who.submit('/staff/ticket/new', '/staff/ticket/new', report(fields));
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 600));
  return /^\/staff\/ticket\/(SN\d{6}-\d{8})\?new=1$/.exec(answer.header('location'))[1];
}

async function accepted(fields) {
  const number = await file(fields);
  await done(wanglei, number, 'dispatch', { unit: PIPELINE });
  await done(lina, number, 'accept');
  return number;
}

async function finished(fields = { category: NO_WATER }) {
  const number = await accepted(fields);
  await done(lina, number, 'finish', { outcome: 1, words: '已恢复供水' });
  return number;
}

const idOf = async (number) => (await sql(`SELECT id FROM ticket WHERE number = '${number}'`))[0][0];
const stateOf = async (number) => (await sql(`SELECT state FROM ticket WHERE number = '${number}'`))[0][0];
const eventsOf = async (number) => Number((await sql(`SELECT COUNT(*) FROM event WHERE subject_kind = 1 AND subject_id = ${await idOf(number)}`))[0][0]);
/** The newest clock of a kind: result, limit, seconds used, unit. */
async function clockOf(number, kind, cycle = 1) {
  const rows = await sql(`SELECT result, limit_seconds, COALESCE(TIMESTAMPDIFF(SECOND, started_at, stopped_at), -1), unit_id, due_at, granted_due_at FROM clock
    WHERE subject_kind = 1 AND subject_id = ${await idOf(number)} AND kind = ${kind} AND cycle = ${cycle} ORDER BY no DESC LIMIT 1`);
  return rows.length ? { result: rows[0][0], limit: Number(rows[0][1]), used: Number(rows[0][2]), unit: Number(rows[0][3]), due: rows[0][4], granted: rows[0][5] } : null;
}
/** The forms that stand on the page for somebody. */
async function offered(who, number) {
  const { status, text } = await who.get(page(number));
  assert.equal(status, 200);
  return [...text.matchAll(/id="act-([a-z-]+)"/g)].map(([, name]) => name);
}

// ---------------------------------------------------------------- a whole life

test('art12 art22 a leak from the telephone to the file: every step in the timeline, every clock stopped in time', async () => {
  const answer = await zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', report({ place: '湖光里3号楼', words: '井盖旁冒水\n已经流到路面', name: '王小明', address: '3-2-501', account: '1010203040' }));
  assert.equal(answer.status, 303, wordsOf(answer.text));
  const number = /SN\d{6}-\d{8}/.exec(answer.header('location'))[0];
  const first = await zhangmin.get(answer.header('location'));
  const words = wordsOf(first.text);
  assert.match(words, new RegExp(`${number.slice(0, 16)}-${number.slice(16)}`), 'the number as it is read out');
  assert.match(first.text, /<dd class="number">\d{4} \d{4}<\/dd>/, 'and the query code');
  assert.ok(!first.text.includes('王小明') && !first.text.includes('3-2-501') && !first.text.includes('1010203040'), 'masked');
  assert.deepEqual([(await clockOf(number, KIND.arrive)).limit, (await clockOf(number, KIND.repair)).limit, (await clockOf(number, KIND.finish)).limit], [2400, 86400, 86400]);

  wait(4);
  assert.equal(formOf((await wanglei.get(page(number))).text, `${number}/dispatch`).unit, String(PIPELINE), 'routing proposes the unit');
  await done(wanglei, number, 'dispatch', { words: '请马上去' });
  wait(10);
  await done(lina, number, 'accept');
  wait(15);
  await done(sunqiang, number, 'arrive', { diameter_mm: '３００' });
  wait(60);
  await everybodyIn();
  await done(sunqiang, number, 'repair', { cause: 1, words: '换管 2 米' });
  wait(5);
  const bare = await act(sunqiang, number, 'finish', { outcome: 1, words: '已修好，路面清理完毕' });
  assert.equal(bare.status, 422);
  assert.match(wordsOf(bare.text), /请上传处理后的照片，或选择没有照片的原因/);
  await done(sunqiang, number, 'finish', { outcome: 1, no_photo: 3, words: '已修好，路面清理完毕' });
  await done(wanglei, number, 'review', { decision: 1 });
  await done(zhangmin, number, 'follow-up', { follow_up: 1, satisfaction: 5 });
  await done(wanglei, number, 'close');

  assert.equal(await stateOf(number), '7');
  for (const kind of Object.keys(KIND).slice(0, 5)) assert.equal((await clockOf(number, KIND[kind])).result, RESULT.kept, kind);
  const timeline = wordsOf(/<ol class="timeline"[\s\S]*<\/ol>/.exec((await wanglei.get(page(number))).text)[0]);
  const steps = ['归档', '回访', '审核办结', '办结', '修复', '到场', '接单', '派单', '受理登记'];
  const places = steps.map((step) => timeline.indexOf(step));
  assert.ok(places.every((place) => place >= 0), timeline);
  assert.deepEqual([...places].sort((a, b) => a - b), places, 'newest first');
  for (const said of ['换管 2 米', '孙强', '管径（毫米）: 300', '非常满意', '请马上去']) assert.ok(timeline.includes(said), said);
});

test('art12 accepted after twenty minutes is late, on the page at once and in the ledger', async () => {
  const number = await file();
  await done(wanglei, number, 'dispatch', { unit: PIPELINE });
  wait(21);
  assert.match(wordsOf((await wanglei.get(page(number))).text), /承办单位受理 第 12 条 超时 1 分/);
  await done(lina, number, 'accept');
  assert.equal((await clockOf(number, KIND.accept)).result, RESULT.late);
});

test('art23 a valve that will not close behind the meter makes the contact a clock, stopped by the contact', async () => {
  const number = await file({ category: BEHIND_METER, valve_stuck: '1' });
  assert.equal((await clockOf(number, KIND.contact)).result, RESULT.running);
  const { text } = await wanglei.get(page(number));
  const unit = formOf(text, '/dispatch').unit;
  await done(wanglei, number, 'dispatch', { unit });
  await done(chenjing, number, 'accept');
  assert.ok(!(await offered(chenjing, number)).includes('finish'));
  assert.match(wordsOf((await chenjing.get(page(number))).text), /办结 : 请先登记联系用户/);
  const refused = await send(chenjing, number, 'finish', { outcome: 1, words: '修好了' });
  assert.equal(refused.status, 422);
  assert.match(wordsOf(refused.text), /没有办成： 办结 请先登记联系用户/);
  await done(chenjing, number, 'contact', { appointment_at: local(now() + 3600000), words: '约好一小时后上门' });
  assert.equal((await clockOf(number, KIND.contact)).result, RESULT.kept);
  assert.match(wordsOf((await chenjing.get(page(number))).text), /约定上门时间/);
});

test('art24 a faulty meter is not finished before its formalities', async () => {
  const number = await file({ category: FAULTY_METER });
  const unit = formOf((await wanglei.get(page(number))).text, '/dispatch').unit;
  await done(wanglei, number, 'dispatch', { unit });
  await done(chenjing, number, 'accept');
  const refused = await send(chenjing, number, 'finish', { outcome: 1, words: '已换表' });
  assert.match(wordsOf(refused.text), /请先登记换表手续/);
  assert.match(refused.text, /<textarea[^>]*name="words"[^>]*>\s*已换表<\/textarea>/, 'what was typed is kept');
  await done(chenjing, number, 'formalities', { formality: 2, notice_given: 4, confirmation: 1, words: '停走，已告知，用户签字' });
  await done(chenjing, number, 'finish', { outcome: 1, words: '已换表' });
});

test('art16 an objection that ops upholds goes back, and the next unit gets it; a second one is not offered', async () => {
  const number = await file({ category: NO_WATER });
  await done(wanglei, number, 'dispatch', { unit: PIPELINE });
  for (const [fields, field] of [[{ objection: '', words: '不是我们的' }, 'object-objection'], [{ objection: 1, words: '' }, 'object-words'], [{ objection: 9, words: 'x' }, 'object-objection']]) {
    const answer = await act(lina, number, 'object', fields);
    assert.equal(answer.status, 422);
    assert.ok(errorOf(answer.text, field), field);
  }
  await done(lina, number, 'object', { objection: 1, words: '不是我们的业务' });
  assert.match(wordsOf((await wanglei.get(page(number))).text), /不属于本单位业务/);
  await done(wanglei, number, 'decide-objection', { objection_decision: 1, words: '同意' });
  assert.equal(await stateOf(number), '1');
  await done(wanglei, number, 'dispatch', { unit: CUSTOMER });
  assert.equal((await lina.get(page(number))).text.includes('act-object"'), false);
  const back = await file({ category: NO_WATER });
  await done(wanglei, back, 'dispatch', { unit: PIPELINE });
  await done(lina, back, 'object', { objection: 2, words: '不在我们这里' });
  await done(wanglei, back, 'decide-objection', { objection_decision: 2, words: '就在你们那里' });
  assert.ok(!(await offered(lina, back)).includes('object'), 'once per dispatch');
});

test('art13 an extension is asked before due, within the cap, and stands beside the original due', async () => {
  const number = await accepted({ category: NO_WATER });
  const due = now() + 48 * 3600000;
  for (const [at, words] of [[due - 7200000, /延后的时间|延期后的时间要晚于/], [due + 30 * 86400000, /超出这类事项最多可延的时间/]]) {
    const answer = await act(lina, number, 'ask-extension', { proposed_due: local(at), words: '等配件' });
    assert.equal(answer.status, 422);
    assert.match(errorOf(answer.text, 'ask-extension-proposed_due'), words);
  }
  await done(lina, number, 'ask-extension', { proposed_due: local(due + 86400000), words: '等配件' });
  const shown = formOf((await wanglei.get(page(number))).text, '/decide-extension');
  assert.equal(shown.granted_due, local(due + 86400000), 'proposed as asked');
  await done(wanglei, number, 'decide-extension', { decision: 1 });
  const clock = await clockOf(number, KIND.finish);
  assert.notEqual(clock.granted, 'NULL');
  assert.ok(clock.due < clock.granted);
  assert.match(wordsOf((await wanglei.get(page(number))).text), /原定[^·]*· 准延至/);
});

test('art14_7 what needs a limit by ops cannot be dispatched before it has one', async () => {
  const number = await file({ category: UNFORESEEN });
  const shown = await wanglei.get(page(number));
  assert.match(wordsOf(shown.text), /还没有确定时限/);
  assert.deepEqual((await offered(wanglei, number)).slice(0, 1), ['limit'], 'the limit is the next step');
  const refused = await send(wanglei, number, 'dispatch', { unit: CUSTOMER });
  assert.equal(refused.status, 422);
  assert.match(wordsOf(refused.text), /请先确定时限/);
  assert.equal(formOf(refused.text, `${number}/dispatch`).unit, String(CUSTOMER), 'what was chosen is kept');
  await done(wanglei, number, 'limit', { limit_hours: '36' });
  assert.equal((await clockOf(number, KIND.finish)).limit, 36 * 3600);
  await done(wanglei, number, 'dispatch', { unit: CUSTOMER });
});

test('a grade with its reason shortens the finish, from the same start', async () => {
  const number = await file({ category: NO_WATER });
  const bare = await act(zhangmin, number, 'grade', { grade_1: '1' });
  assert.equal(bare.status, 422);
  assert.ok(errorOf(bare.text, 'grade-words'));
  assert.match(bare.text, /name="grade_1"[^>]*checked/, 'the box stays checked');
  await done(zhangmin, number, 'grade', { grade_1: '1', words: '医院停水' });
  assert.equal((await clockOf(number, KIND.finish)).limit, 7200);
  assert.match(wordsOf((await xuguang.get(page(number))).text), /重大事项，已上报.*集团领导: 还没有阅知/, 'art11 by itself');
  await done(xuguang, number, 'acknowledge');
});

test('art25 a detachment is sent beside the lead and arrives on its own clock', async () => {
  const number = await accepted({ category: LEAK_BY_OTHERS });
  await done(wanglei, number, 'assist', { unit: INSPECTION, assist_role: 2 });
  assert.equal((await clockOf(number, KIND.inspect)).unit, INSPECTION);
  await done(matao, number, 'accept');
  await done(matao, number, 'arrive');
  assert.equal((await clockOf(number, KIND.inspect)).result, RESULT.kept);
  assert.equal((await clockOf(number, KIND.arrive)).result, RESULT.running, 'the lead has not arrived by that');
});

test('a refused finish lets the same clock run on; an unsolved follow-up opens a new cycle', async () => {
  const number = await finished();
  assert.equal((await act(wanglei, number, 'review', { decision: 2 })).status, 422, 'a refusal needs words');
  await done(wanglei, number, 'review', { decision: 2, words: '没有附结果' });
  assert.equal((await clockOf(number, KIND.finish)).result, RESULT.running);
  await done(lina, number, 'finish', { outcome: 1, words: '补充了结果' });
  await done(wanglei, number, 'review', { decision: 1 });
  assert.equal((await act(zhangmin, number, 'follow-up', { follow_up: 1 })).status, 422, 'solved without a satisfaction');
  await done(zhangmin, number, 'follow-up', { follow_up: 2, words: '还是没有水' });
  assert.equal(await stateOf(number), '1');
  assert.equal((await clockOf(number, KIND.finish, 2)).result, RESULT.running);
  assert.match((await wanglei.get(page(number))).text, /name="crew_sent"/, 'a crew can be sent again');
});

test('"not fixed" that ops confirms counts from when the customer said it', async () => {
  const number = await finished();
  await done(wanglei, number, 'review', { decision: 1 });
  wait(3);
  await done(zhangmin, number, 'not-fixed', { words: '又没水了' });
  wait(8);
  await done(wanglei, number, 'reopen', { decision: 1 });
  const [[said, start]] = await sql(`SELECT (SELECT occurred_at FROM event WHERE subject_kind = 1 AND subject_id = c.subject_id AND kind = 40 ORDER BY seq DESC LIMIT 1), c.started_at
    FROM clock c WHERE c.subject_kind = 1 AND c.subject_id = ${await idOf(number)} AND c.kind = 3 AND c.cycle = 2`);
  assert.equal(start, said);
});

// ---------------------------------------------------------------- when it happened

test('what happened earlier is entered with its time; later than ten minutes needs a reason; not before the report, not after now', async () => {
  const number = await file();
  wait(2);
  await done(wanglei, number, 'dispatch', { unit: PIPELINE });
  await done(lina, number, 'accept');
  wait(25);
  const at = (minutes) => local(now() - minutes * 60000);
  for (const [time, field, words] of [[local(now() + 600000), 'arrive-occurred_at', '发生时间不能晚于现在'], [at(600), 'arrive-occurred_at', '发生时间不能早于受理时间'], [at(20), 'arrive-words', '请写明原因'], ['yesterday', 'arrive-occurred_at', '请输入日期和时间，例如 2026-11-23 16:40']]) {
    const answer = await act(sunqiang, number, 'arrive', { occurred_at: time });
    assert.equal(answer.status, 422, time);
    assert.equal(errorOf(answer.text, field), words);
    assert.ok(answer.text.includes(`value="${time}"`), 'the time typed is kept');
  }
  await done(sunqiang, number, 'arrive', { occurred_at: at(20), words: '当时在现场，没有信号' });
  const { text } = await wanglei.get(page(number));
  assert.match(wordsOf(text), /到场 晚登记/);
  assert.match(wordsOf(text), /登记于/, 'both times are shown');
  assert.ok((await clockOf(number, KIND.arrive)).used < 15 * 60);
});

test('a minute typed is that minute: what just happened can be entered with the present time', async () => {
  const number = await file();
  await done(wanglei, number, 'dispatch', { unit: PIPELINE, occurred_at: local(now()) });
  await done(lina, number, 'accept', { occurred_at: local(now()) });
  await done(sunqiang, number, 'arrive', { occurred_at: local(now()) });
});

test('a letter opened late is filed with the day it came, and a reason', async () => {
  const came = now() - 26 * 3600000;
  const bare = await zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', report({ category: NO_WATER, source: 4, reported_at: local(came) }));
  assert.equal(bare.status, 422);
  assert.equal(errorOf(bare.text, 'reason'), '请写明原因', 'the words of the customer are no reason');
  const number = await file({ category: NO_WATER, source: 4, reported_at: local(came), reason: '信件今天才拆' });
  const [[minutes]] = await sql(`SELECT TIMESTAMPDIFF(MINUTE, started_at, due_at) FROM clock WHERE subject_id = ${await idOf(number)} AND subject_kind = 1 AND kind = 3`);
  assert.equal(minutes, String(48 * 60));
  assert.match(wordsOf((await wanglei.get(page(number))).text), /剩 2[12] 小时/);
});

// ---------------------------------------------------------------- two at once, and twice

test('who comes second sees what changed, keeps the own words, and can send them again', async () => {
  const number = await file();
  const stale = formOf((await zhangmin.get(page(number))).text, `${number}/note`);
  await done(wanglei, number, 'dispatch', { unit: PIPELINE, words: '已派管道' });
  const answer = await zhangmin.post(`${page(number)}/note`, { ...stale, words: '用户说水很大 <b>&"' });
  assert.equal(answer.status, 409);
  const words = wordsOf(answer.text);
  assert.match(words, /您打开之后，别人先办了这些/);
  assert.match(words, /派单[^派]*王磊/);
  const fresh = formOf(answer.text, `${number}/note`);
  assert.equal(fresh.words, '用户说水很大 <b>&"');
  assert.ok(Number(fresh.version) > Number(stale.version));
  assert.equal(await eventsOf(number), 2);
  assert.equal((await zhangmin.post(`${page(number)}/note`, fresh)).status, 303);
  assert.equal(await eventsOf(number), 3);
});

test('words are not lost when the act itself is no longer possible', async () => {
  const number = await file();
  const stale = formOf((await wanglei.get(page(number))).text, `${number}/dispatch`);
  await done(wanglei, number, 'not-ours', { words: '小区自管' });
  const answer = await wanglei.post(`${page(number)}/dispatch`, { ...stale, words: '长长的交代' });
  assert.equal(answer.status, 409);
  assert.match(answer.text, /<textarea id="f-typed"[^>]*readonly>\s*长长的交代<\/textarea>/);
  assert.equal(formOf(answer.text, '/dispatch'), null);
});

test('of two who act on the same page at the same moment one is carried out and one is told', async () => {
  for (let round = 0; round < 3; round++) {
    const number = await file();
    const [a, b] = [wanglei, await staff('wanglei')];
    const forms = await Promise.all([a, b].map(async (who) => formOf((await who.get(page(number))).text, `${number}/dispatch`)));
    const answers = await Promise.all([a.post(`${page(number)}/dispatch`, { ...forms[0], unit: PIPELINE }), b.post(`${page(number)}/dispatch`, { ...forms[1], unit: CUSTOMER })]);
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [303, 409]);
    assert.equal(await eventsOf(number), 2);
  }
});

test('a double click does it once, one after the other and at the same moment', async () => {
  const number = await file();
  const form = { ...formOf((await wanglei.get(page(number))).text, `${number}/dispatch`), unit: PIPELINE };
  assert.equal((await wanglei.post(`${page(number)}/dispatch`, form)).status, 303);
  assert.equal((await wanglei.post(`${page(number)}/dispatch`, form)).status, 303, 'as if done');
  assert.equal(await eventsOf(number), 2);
  const accept = formOf((await lina.get(page(number))).text, `${number}/accept`);
  const answers = await Promise.all([1, 2, 3].map(() => lina.post(`${page(number)}/accept`, accept)));
  assert.deepEqual(answers.map((answer) => answer.status), [303, 303, 303]);
  assert.equal(await eventsOf(number), 3);
});

test('two forms of one page are two acts, although the page has one key', async () => {
  const number = await file();
  const { text } = await wanglei.get(page(number));
  assert.equal((await wanglei.post(`${page(number)}/note`, { ...formOf(text, `${number}/note`), words: '一' })).status, 303);
  assert.equal((await wanglei.post(`${page(number)}/urge`, formOf(text, `${number}/urge`))).status, 409, 'stale, not "done"');
});

test('a form that somebody went back to and filled in anew is never taken for done', async () => {
  const number = await file();
  const form = formOf((await wanglei.get(page(number))).text, `${number}/note`);
  assert.equal((await wanglei.post(`${page(number)}/note`, { ...form, words: '第一条' })).status, 303);
  assert.equal((await wanglei.post(`${page(number)}/note`, { ...form, words: '第一条' })).status, 303, 'the same again');
  const other = await wanglei.post(`${page(number)}/note`, { ...form, words: '第二条\r\n还有一句' });
  assert.equal(other.status, 409, 'it says that it was not recorded');
  assert.match(other.text, /第二条\n还有一句/, 'and keeps what was typed');
  assert.equal(await eventsOf(number), 2);
  const blank = { ...formOf((await zhangmin.get('/staff/ticket/new')).text, '/staff/ticket/new'), ...report({ category: NO_WATER, place: '回头再填的地方甲', phone: '13906357001' }) };
  const first = await zhangmin.post('/staff/ticket/new', blank);
  const second = await zhangmin.post('/staff/ticket/new', { ...blank, place: '回头再填的地方乙', phone: '13906357002' });
  assert.match(second.header('location'), /new=1$/);
  assert.notEqual(second.header('location'), first.header('location'), 'another report is another ticket');
  assert.match((await zhangmin.get(second.header('location'))).text, /回头再填的地方乙/);
});

test('a report sent twice is one ticket, also at the same moment', async () => {
  const form = { ...formOf((await zhangmin.get('/staff/ticket/new')).text, '/staff/ticket/new'), ...report({ category: NO_WATER, place: '不在册的地方' }) };
  const answers = await Promise.all([1, 2, 3].map(() => zhangmin.post('/staff/ticket/new', form)));
  const later = await zhangmin.post('/staff/ticket/new', form);
  const places = new Set([...answers, later].map((answer) => answer.header('location')));
  assert.equal(places.size, 1, [...places].join(' '));
  assert.match([...places][0], /new=1$/);
});

// ---------------------------------------------------------------- who may not

test('what somebody may not do is absent from the page, and refused with words when sent all the same', async () => {
  const actions = ['dispatch', 'accept', 'object', 'decide-objection', 'decide-extension', 'contact', 'arrive', 'plan', 'repair', 'formalities', 'finish', 'reopen', 'review', 'follow-up', 'close', 'acknowledge', 'limit', 'grade', 'reclassify', 'facts', 'ask-extension', 'assist', 'recall', 'note', 'add-words', 'urge', 'not-fixed', 'move-appointment', 'failed-call', 'liability', 'escalate-unit', 'escalate-group', 'excuse', 'not-ours', 'withdraw'];
  const filled = { unit: PIPELINE, words: '写几句', decision: 1, objection: 1, objection_decision: 1, outcome: 1, follow_up: 1, satisfaction: 5, limit_hours: 5, category: NO_WATER, grade_1: '1', zone: 1, proposed_due: local(now() + 50 * 3600000), assist_role: 1, dispatch_no: 1, appointment_at: local(now() + 3600000), clock_no: 1, excuse: 1, formality: 1, notice_given: 1, confirmation: 1, liability: 1 };
  const fieldsOf = { dispatch: ['unit'], assist: ['unit', 'assist_role', 'words'], object: ['objection', 'words'], 'decide-objection': ['objection_decision', 'words'], 'decide-extension': ['decision'], finish: ['outcome', 'words'], reopen: ['decision'], review: ['decision'], 'follow-up': ['follow_up', 'satisfaction'], limit: ['limit_hours'], grade: ['grade_1', 'words'], reclassify: ['category', 'words'], facts: ['zone'], 'ask-extension': ['proposed_due', 'words'], recall: ['dispatch_no', 'words'], plan: ['words'], formalities: ['formality', 'notice_given', 'confirmation', 'words'], note: ['words'], 'add-words': ['words'], 'move-appointment': ['appointment_at'], liability: ['liability', 'words'], 'escalate-unit': ['words'], 'escalate-group': ['words'], excuse: ['clock_no', 'excuse'], 'not-ours': ['words'] };
  for (const number of [await file(), await accepted(), await finished()]) {
    const before = await eventsOf(number);
    let refused = 0;
    for (const login of EVERYBODY) {
      const who = await staff(login);
      const { text } = await who.get(page(number));
      const { token } = formOf(text, '/staff/signout');
      const open = [...text.matchAll(/id="act-([a-z-]+)"/g)].map(([, name]) => name);
      for (const action of actions.filter((name) => !open.includes(name))) {
        const fields = Object.fromEntries((fieldsOf[action] ?? []).map((name) => [name, filled[name]]));
        const answer = await who.post(`${page(number)}/${action}`, { token, key: KEY(), version: before, ...fields });
        assert.ok([403, 422].includes(answer.status), `${login} ${action}: ${answer.status}`);
        assert.match(wordsOf(answer.text), /您的岗位不能办|由别的单位承办|现在的状态不能|不需要这一步|请先登记|已经办过|没有待决定|在等运营|没有超时|通过审核|要先回访/, `${login} ${action}`);
        refused++;
      }
    }
    assert.equal(await eventsOf(number), before, 'nothing was changed');
    assert.ok(refused > 200, `${refused} were tried`);
  }
});

test('every form that changes something needs the token of this very session', async () => {
  const number = await file();
  const other = formOf((await wanglei.get('/staff/ticket/new')).text, '/staff/signout').token;
  const before = await eventsOf(number);
  for (const where of ['/staff/ticket/new', '/staff/ticket/find', `${page(number)}/note`, `${page(number)}/unmask`]) {
    for (const token of [undefined, '', other]) {
      const fields = { key: KEY(), version: before, words: 'x', ...(token === undefined ? {} : { token }) };
      assert.equal((await zhangmin.post(where, fields)).status, 403, where);
    }
  }
  assert.equal(await eventsOf(number), before);
});

test('without a session every page leads to the sign-in, and nothing is changed', async () => {
  const number = await file();
  const stranger = new Visitor();
  for (const where of ['/staff/ticket/', '/staff/ticket/new', page(number), `${page(number)}/note`]) {
    const answer = await stranger.get(where);
    assert.equal(answer.status, 303);
    assert.match(answer.header('location'), /^\/staff\/signin\?to=/);
  }
  const before = await eventsOf(number);
  assert.equal((await stranger.post(`${page(number)}/note`, { words: 'x' })).status, 303);
  assert.equal(await eventsOf(number), before);
});

test('a number that is not there, or not a number, is not found', async () => {
  const number = await file();
  const wrong = `${number.slice(0, 16)}${(Number(number[16]) + 1) % 10}`;
  for (const where of ['SN200101-00000006', wrong, 'x', `${number}x`]) {
    assert.equal((await wanglei.get(page(where))).status, 404, where);
    const { token } = formOf((await wanglei.get('/staff/ticket/new')).text, '/staff/ticket/new');
    assert.equal((await wanglei.post(`${page(where)}/note`, { token, key: KEY(), version: 1, words: 'x' })).status, 404, where);
  }
  assert.equal((await wanglei.get(page(number.toLowerCase()))).status, 303, 'typed in small letters');
});

test('an action that does not exist, a form without its key or version, and foreign fields are refused', async () => {
  const number = await file();
  const form = formOf((await zhangmin.get(page(number))).text, `${number}/note`);
  const { token, key, version } = form;
  assert.equal((await zhangmin.post(`${page(number)}/destroy`, { ...form, words: 'x' })).status, 404);
  for (const fields of [{ token, version, words: 'x' }, { token, key: 'short', version, words: 'x' }, { token, key, words: 'x' }, { token, key, version: 'x', words: 'x' }, { token, key, version, words: 'x', unit: 3 }, { token, key, version, words: 'x', state: 7 }]) {
    assert.equal((await zhangmin.post(`${page(number)}/note`, fields)).status, 400, JSON.stringify(Object.keys(fields)));
  }
  assert.equal((await zhangmin.post(`${page(number)}/note?words=y`, { ...form, words: 'x' })).status, 400);
  assert.equal((await zhangmin.post(`${page(number)}/note`, `${new URLSearchParams(form)}&words=a&words=b`)).status, 400);
});

// ---------------------------------------------------------------- bad input

test('every field of the intake: what is wrong stands beside it, everything typed is kept, nothing is filed', async () => {
  const good = { ...report({ category: NO_WATER }), name: '王小明', address: '3-2-501', account: '1010203040', reason: '理由', outside_system: '12345', outside_number: `X-${KEY()}` };
  const long = (length) => '水'.repeat(length);
  const cases = [
    ['category', '', '请选择类别'], ['category', '9999', /没有这个类别/], ['category', 'x', '请选择类别'], ['category', '-1', '请选择类别'],
    ['place', '', /请输入小区/], ['place', '水', /请输入小区/], ['place', long(101), '最多 100 字，现在有 101 字'], ['place', 'a\u0001b', /控制字符/],
    ['phone', '12345', /11 位手机号码/], ['phone', '', /需要留电话/], ['phone', '1'.repeat(31), '最多 30 字，现在有 31 字'],
    ['account', '123', /10 或 11 位/], ['name', long(21), '最多 20 字，现在有 21 字'], ['address', long(61), '最多 60 字，现在有 61 字'],
    ['words', long(1001), '最多 1000 字，现在有 1001 字'], ['reason', long(201), '最多 200 字，现在有 201 字'],
    ['source', '', '请选择一项'], ['source', '99', '请选择一项'], ['nature', '99', '请选择一项'], ['zone', '3', '请选择一项'], ['grade_1', '2', '请选择一项'],
    ['reported_at', 'soon', /请输入日期和时间/], ['reported_at', local(now() + 86400000), '发生时间不能晚于现在'], ['reported_at', '2026-02-30T10:00', /请输入日期和时间/],
    ['outside_due', '2026-13-01T10:00', /请输入日期和时间/], ['outside_system', '', /一起填/], ['outside_number', '', /一起填/],
    ['outside_number', long(61), '最多 60 字，现在有 61 字'], ['outside_system', long(41), '最多 40 字，现在有 41 字'],
  ];
  const [[before]] = await sql('SELECT COUNT(*) FROM ticket');
  for (const [field, value, words] of cases) {
    const answer = await zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', { ...good, [field]: value });
    assert.equal(answer.status, 422, `${field} ${value}`);
    const said = field === 'grade_1' ? wordsOf(answer.text) : errorOf(answer.text, field);
    if (words instanceof RegExp) assert.match(said ?? '', words, field);
    else if (field === 'grade_1') assert.ok(said.includes(words));
    else assert.equal(said, words, field);
    const kept = formOf(answer.text, '/staff/ticket/new');
    for (const name of ['place', 'phone', 'name', 'address', 'account', 'words', 'reason', 'outside_system', 'outside_number']) {
      assert.equal(kept[name], name === field ? value : good[name], `${name} is kept when ${field} is wrong`);
    }
    assert.match(answer.text, /role="alert"/);
  }
  assert.equal((await sql('SELECT COUNT(*) FROM ticket'))[0][0], before);
});

test('bytes that are no text are refused', async () => {
  const form = formOf((await zhangmin.get('/staff/ticket/new')).text, '/staff/ticket/new');
  const body = `${new URLSearchParams({ ...form, category: NO_WATER, phone: '13906351234' })}`;
  for (const bytes of ['%ff%fe', '%c0%80', '%ed%a0%80', 'a%00b']) {
    assert.equal((await zhangmin.post('/staff/ticket/new', body.replace('place=', `place=${bytes}`))).status, 400, bytes);
  }
});

test('an outside number that is known already is said with a link to its ticket', async () => {
  const outside = { category: NO_WATER, outside_system: '12345', outside_number: `R${KEY()}` };
  const number = await file(outside);
  const answer = await zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', report(outside));
  assert.equal(answer.status, 422);
  assert.equal(errorOf(answer.text, 'outside_number'), '这个外部编号已经登记过');
  assert.match(answer.text, new RegExp(`href="/staff/ticket/${number}"`));
});

test('every kind of field of an action: what is wrong stands beside it and what was typed is kept', async () => {
  const number = await accepted();
  const plain = await accepted({ category: NO_WATER });
  const unforeseen = await file({ category: UNFORESEEN });
  const joint = await accepted({ category: LEAK_BY_OTHERS });
  await done(lina, plain, 'contact', { appointment_at: local(now() + 3600000) });
  const numbers = { finish: plain, limit: unforeseen, liability: joint, 'move-appointment': plain };
  const eventsOfAll = async () => Promise.all([number, plain, unforeseen, joint].map(eventsOf));
  const cases = [
    [lina, 'arrive', { diameter_mm: '0' }, 'diameter_mm'], [lina, 'arrive', { diameter_mm: '10001' }, 'diameter_mm'], [lina, 'arrive', { diameter_mm: '3e2' }, 'diameter_mm'],
    [lina, 'arrive', { zone: '9' }, 'zone'], [lina, 'arrive', { words: 'x'.repeat(1001) }, 'words'], [lina, 'arrive', { words: 'a\u0002' }, 'words'],
    [lina, 'finish', { outcome: '', words: '好了' }, 'outcome'], [lina, 'finish', { outcome: '3', words: '好了' }, 'outcome'], [lina, 'finish', { outcome: '1', words: ' ' }, 'words'],
    [lina, 'ask-extension', { proposed_due: '', words: 'x' }, 'proposed_due'], [lina, 'ask-extension', { proposed_due: '2027-02-29T10:00', words: 'x' }, 'proposed_due'],
    [wanglei, 'assist', { unit: '99', assist_role: '1' }, 'unit'], [wanglei, 'assist', { unit: '1', assist_role: '1' }, 'unit'], [wanglei, 'assist', { unit: '', assist_role: '1' }, 'unit'],
    [wanglei, 'limit', { limit_hours: '0' }, 'limit_hours'], [wanglei, 'limit', { limit_hours: '9000' }, 'limit_hours'], [wanglei, 'limit', { limit_hours: '-5' }, 'limit_hours'],
    [wanglei, 'liability', { amount_yuan: '1.5', words: 'x' }, 'amount_yuan'], [wanglei, 'reclassify', { category: '', words: 'x' }, 'category'],
    [wanglei, 'move-appointment', { appointment_at: local(now() - 86400000) }, 'appointment_at'],
  ];
  const before = await eventsOfAll();
  for (const [who, action, fields, field] of cases) {
    const answer = await act(who, numbers[action] ?? number, action, fields);
    assert.equal(answer.status, 422, `${action} ${JSON.stringify(fields)}`);
    assert.ok(errorOf(answer.text, `${action}-${field}`), `${action} ${field}`);
    const kept = formOf(answer.text, `${numbers[action] ?? number}/${action}`);
    for (const [name, value] of Object.entries(fields)) {
      const isChoice = ['unit', 'zone', 'outcome', 'category', 'assist_role'].includes(name);
      if (!isChoice) assert.equal(kept[name], value.trim(), `${action} ${name}`);
    }
    assert.match(answer.text, new RegExp(`id="act-${action}" open`));
  }
  assert.deepEqual(await eventsOfAll(), before);
});

// ---------------------------------------------------------------- whom it concerns

test('personal data is masked everywhere, opened only to whom it concerns, and every look is recorded', async () => {
  const clear = { phone: '13987654321', name: '欧阳秋水', address: '暗号楼 7-7-707', account: '10987654321' };
  const number = await file({ category: NO_WATER, ...clear });
  await done(wanglei, number, 'dispatch', { unit: PIPELINE });
  for (const login of EVERYBODY) {
    const who = await staff(login);
    for (const where of ['/staff/ticket/?view=all', page(number)]) {
      const { text } = await who.get(where);
      for (const [name, value] of Object.entries(clear)) assert.ok(!text.includes(value), `${name} in ${where} for ${login}`);
    }
  }
  assert.match((await wanglei.get(page(number))).text, /139\*\*\*\*4321/);
  const id = await idOf(number);
  const looks = async () => Number((await sql(`SELECT COUNT(*) FROM audit WHERE what = 'unmask' AND subject_id = ${id}`))[0][0]);
  let expected = await looks();
  for (const [login, may] of [['zhangmin', true], ['wanglei', true], ['sunqiang', true], ['chenjing', false], ['xuguang', false]]) {
    const who = await staff(login);
    const shown = await who.get(page(number));
    assert.equal(formOf(shown.text, '/unmask') !== null, may, login);
    const answer = await who.post(`${page(number)}/unmask`, { token: formOf(shown.text, '/staff/signout').token });
    assert.equal(answer.status, may ? 200 : 403, login);
    for (const value of Object.values(clear)) assert.equal(answer.text.includes(value), may, login);
    assert.equal(answer.header('cache-control'), 'no-store');
    expected += may ? 1 : 0;
    assert.equal(await looks(), expected, login);
    assert.ok(!(await who.get(page(number))).text.includes(clear.phone), 'once only');
  }
  const [[leaks]] = await sql(`SELECT COUNT(*) FROM event e WHERE e.subject_kind = 1 AND e.subject_id = ${id} AND (e.payload LIKE '%13987654321%' OR e.payload LIKE '%欧阳%')`);
  assert.equal(leaks, '0');
});

test('the query code is read out by those at the telephone and opens the ticket to its owner', async () => {
  const number = await file({ category: CONSULTATION, phone: '', words: '怎么过户' });
  for (const who of [lina, xuguang]) assert.doesNotMatch((await who.get(page(number))).text, /查询码/);
  const code = /查询码<\/dt><dd>(\d{4} \d{4})/.exec((await wanglei.get(page(number))).text)[1];
  const resident = new Visitor();
  assert.equal((await resident.submit('/complaint/follow', '/complaint/follow', { number, code })).status, 303);
});

// ---------------------------------------------------------------- the page (its lists: list.test.js)

// Session, ticket with person, events, what there is beside it, notices and canned answers (joined.test.js).
test('a ticket costs a handful of statements', async () => {
  const number = await file();
  for (let i = 0; i < 6; i++) await wanglei.get(page(number));
  const log = fs.readFileSync(path.join(process.env.SHUINUO_VAR, 'log/ticket.log'), 'utf8');
  for (const route of ['/staff/ticket/*']) {
    const counts = log.split('\n').filter((line) => line.includes('method=GET') && line.includes(`route=${route} `) && line.includes('status=200'))
      .map((line) => Number(/statements=(\d+)/.exec(line)[1]));
    const usual = counts.slice(-6).sort((a, b) => a - b)[2];
    assert.ok(usual <= 6, `${route}: ${counts.slice(-6)}`);
  }
});

test('the same pages in English, without a word of Chinese but names', async () => {
  const number = await accepted();
  await wanglei.get('/staff/signin?lang=en');
  for (const where of ['/staff/ticket/', '/staff/ticket/new', page(number)]) {
    const { text } = await wanglei.get(where);
    assert.match(text, /<html lang="en"/);
    const labels = [...text.matchAll(/<(h1|h2|h3|label|legend|th|dt|summary|button)[^>]*>([^<]*)</g)].map(([, , words]) => words).join(' ');
    assert.doesNotMatch(labels, /[\u4e00-\u9fff]/, where);
  }
});
