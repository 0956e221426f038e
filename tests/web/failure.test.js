// System failures (Art. 15) over HTTP: who reports, who confirms, what is excused, and what stays late.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { execFile } = require('node:child_process');
const { staff, sql, now, wait, local, formOf, wordsOf, errorOf } = require('./staff_client.js');

const NO_WATER = 1, PIPELINE = 3, CUSTOMER = 2;
const LIST = '/staff/ticket/failure/', NEW = '/staff/ticket/failure/new';
const EXCUSED = '3', LATE = '2', RUNNING = '0';
const EVERYBODY = ['zhangmin', 'wanglei', 'zhaowei', 'lina', 'sunqiang', 'chenjing', 'gaofei', 'matao', 'xuguang'];

let zhangmin, wanglei, lina, xuguang;
// Sessions end while the tests move the clock: whoever is needed signs in anew.
async function everybodyIn() {
  [zhangmin, wanglei, lina, xuguang] = await Promise.all(['zhangmin', 'wanglei', 'lina', 'xuguang'].map((login) => staff(login)));
}
test.beforeEach(everybodyIn);
async function pass(minutes) {
  wait(minutes);
  await everybodyIn();
}

let phones = 0;
async function dispatched(unit = PIPELINE) {
  const filed = await zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', { category: NO_WATER, place: '望岳小区2号楼', phone: `1391635${String(++phones + 1000)}`, words: '没有水' });
  const number = /SN\d{6}-\d{8}/.exec(filed.header('location'))[0];
  const answer = await wanglei.submit(`/staff/ticket/${number}`, `/staff/ticket/${number}/dispatch`, { unit });
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 300));
  return number;
}
/** Result of the newest acceptance clock of a ticket, and by which report it is excused. */
async function acceptance(number) {
  const [[result, excuse]] = await sql(`SELECT c.result, c.excuse_code FROM clock c JOIN ticket t ON t.id = c.subject_id WHERE c.subject_kind = 1 AND t.number = '${number}' AND c.kind = 2 ORDER BY c.no DESC LIMIT 1`);
  return { result, excuse: Number(excuse) };
}
const ago = (minutes) => local(now() - minutes * 60000);
const fields = (more = {}) => ({ part: 2, started_at: ago(60), ended_at: ago(10), told_at: ago(50), contact: '王磊', words: '工单系统打不开，无法接单', ...more });
async function report(who, more = {}) {
  const answer = await who.submit(NEW, NEW, fields(more));
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 500));
  return Number(/failure\/(\d+)\?done=1$/.exec(answer.header('location'))[1]);
}
const pageOf = (id) => `${LIST}${id}`;
const decide = (who, id, more) => who.submit(pageOf(id), `${pageOf(id)}/decide`, more);
async function confirmed(more) {
  const id = await report(lina, more);
  const answer = await decide(wanglei, id, { decision: 1 });
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 500));
  return id;
}
const rowOf = async (id) => {
  const [[state, unit, told, claimed, version]] = await sql(`SELECT state, unit_id, told_at, claimed_told_at, version FROM failure_report WHERE id = ${id}`);
  return { state, unit: Number(unit), told, claimed, version };
};

test('a year that was mistyped is said beside its field and keeps the rest', async () => {
  for (const year of ['0001', '0026', '1969']) {
    const answer = await lina.submit(NEW, NEW, fields({ started_at: `${year}-01-01T00:00` }));
    assert.equal(answer.status, 422, year);
    assert.ok(errorOf(answer.text, 'started_at').length > 0, year);
    assert.ok(answer.text.includes('工单系统打不开，无法接单'));
  }
});

test('Art. 15: what ran out while a confirmed failure lasted is excused one by one, with its reason on the clock; the rest stays late', async () => {
  const [one, two] = [await dispatched(), await dispatched()];
  await pass(25); // both acceptances ran out five minutes ago
  const before = await dispatched();
  await pass(40); // this one ran out twenty minutes ago
  const id = await confirmed({ started_at: ago(50), ended_at: ago(30), told_at: ago(40) });
  const shown = await wanglei.get(pageOf(id));
  for (const number of [one, two]) assert.ok(shown.text.includes(number), 'covered');
  assert.ok(!shown.text.includes(before), 'ran out after the failure was over');
  const form = formOf(shown.text, `${id}/excuse`);
  const box = new RegExp(`name="(c\\d+)" value="(\\d+-\\d+)"[^>]*>(?:(?!<tr>)[\\s\\S])*?/staff/ticket/${one}`).exec(shown.text);
  const answer = await wanglei.post(`${pageOf(id)}/excuse`, { ...form, [box[1]]: box[2] });
  assert.equal(answer.header('location'), `${pageOf(id)}?excused=1&left=0`);
  assert.match(wordsOf((await wanglei.get(answer.header('location'))).text), /已免责项数： 1/);
  assert.deepEqual(await acceptance(one), { result: EXCUSED, excuse: id });
  assert.deepEqual(await acceptance(two), { result: RUNNING, excuse: 0 }, 'late by its times, excused by nobody');
  const words = wordsOf((await lina.get(`/staff/ticket/${one}`)).text);
  assert.match(words, /因系统故障免责/);
  assert.match(words, new RegExp(`因系统故障，报告 ${id}`));
  // Sent twice: the same answer, no second event.
  const again = await wanglei.post(`${pageOf(id)}/excuse`, { ...form, [box[1]]: box[2] });
  assert.equal(again.header('location'), `${pageOf(id)}?excused=1&left=0`);
  const [[events]] = await sql(`SELECT COUNT(*) FROM event e JOIN ticket t ON t.id = e.subject_id WHERE e.subject_kind = 1 AND t.number = '${one}' AND e.kind = 34`);
  assert.equal(events, '1');
  // The rest at once.
  const all = await wanglei.submit(pageOf(id), `${pageOf(id)}/excuse`, { all: '1' });
  assert.match(all.header('location'), /excused=\d+&left=0$/);
  assert.deepEqual(await acceptance(two), { result: EXCUSED, excuse: id });
  assert.equal((await acceptance(before)).excuse, 0);
  assert.match(wordsOf((await wanglei.get(pageOf(id))).text), /没有可以免责的超时/);
});

test('Art. 15: to the resident the excused promise says so, with the reason', async () => {
  const number = await dispatched();
  await pass(30);
  const id = await confirmed({ started_at: ago(25), ended_at: ago(5), told_at: ago(20) });
  await wanglei.submit(pageOf(id), `${pageOf(id)}/excuse`, { all: '1' });
  const code = /查询码<\/dt><dd>(\d{4} \d{4})/.exec((await wanglei.get(`/staff/ticket/${number}`)).text)[1];
  const { Visitor } = require('./staff_client.js');
  const resident = new Visitor();
  const opened = await resident.submit('/complaint/follow', '/complaint/follow', { number, code });
  assert.match(wordsOf((await resident.get(opened.header('location'))).text), /经确认属系统故障，不计/);
});

test('Art. 15: told after it was over, or refused, a report excuses nothing, and the page says so', async () => {
  const number = await dispatched();
  await pass(30);
  const late = await report(lina, { started_at: ago(25), ended_at: ago(5), told_at: '', contact: '' });
  assert.match(wordsOf((await lina.get(pageOf(late))).text), /故障期间没有告知运营管理部/);
  assert.equal((await decide(wanglei, late, { decision: 1 })).status, 303);
  const shown = await wanglei.get(pageOf(late));
  assert.ok(!shown.text.includes(number));
  assert.equal(formOf(shown.text, `${late}/excuse`), null);
  const refused = await report(lina, { started_at: ago(25), ended_at: ago(5), told_at: ago(20) });
  const bare = await decide(wanglei, refused, { decision: 2 });
  assert.equal(bare.status, 422);
  assert.equal(errorOf(bare.text, 'words'), '不予确认要写理由');
  assert.equal((await decide(wanglei, refused, { decision: 2, words: '没有接到电话' })).status, 303);
  assert.match(wordsOf((await lina.get(pageOf(refused))).text), /未确认[\s\S]*没有接到电话/);
  // By the form on the ticket's own page neither works.
  const ticket = `/staff/ticket/${number}`;
  const [[no]] = await sql(`SELECT c.no FROM clock c JOIN ticket t ON t.id = c.subject_id WHERE c.subject_kind = 1 AND t.number = '${number}' AND c.kind = 2`);
  for (const id of [late, refused, 999999]) {
    const answer = await wanglei.submit(ticket, `${ticket}/excuse`, { clock_no: no, excuse: id });
    assert.equal(answer.status, 422, String(id));
    assert.match(errorOf(answer.text, 'excuse-excuse'), /没有经确认的系统故障报告能覆盖/);
  }
  assert.equal((await acceptance(number)).excuse, 0);
  const good = await confirmed({ started_at: ago(25), ended_at: ago(5), told_at: ago(20) });
  assert.equal((await wanglei.submit(ticket, `${ticket}/excuse`, { clock_no: no, excuse: good })).status, 303);
  assert.deepEqual(await acceptance(number), { result: EXCUSED, excuse: good });
});

test('Art. 15: ops writes down a call during the failure and is told the end later; a fault that goes on covers what runs out', async () => {
  const number = await dispatched(CUSTOMER);
  wait(15);
  const id = await report(wanglei, { unit: CUSTOMER, started_at: ago(10), ended_at: '', told_at: '', contact: '周斌' });
  assert.deepEqual([(await rowOf(id)).unit, (await rowOf(id)).state], [CUSTOMER, '1']);
  assert.match(wordsOf((await wanglei.get(pageOf(id))).text), /来电登记[\s\S]*还没有恢复/);
  wait(10);
  assert.equal((await decide(wanglei, id, { decision: 1 })).status, 303);
  assert.ok((await wanglei.get(pageOf(id))).text.includes(number));
  const early = await wanglei.submit(pageOf(id), `${pageOf(id)}/end`, { over_at: ago(60) });
  assert.equal(errorOf(early.text, 'over_at'), '恢复时间不能早于故障开始');
  assert.equal((await wanglei.submit(pageOf(id), `${pageOf(id)}/end`, { over_at: local(now()) })).status, 303);
  assert.equal(formOf((await wanglei.get(pageOf(id))).text, `${id}/end`), null, 'once');
  assert.equal(formOf((await lina.get(pageOf(id))).text, `${id}/end`), null);
});

test('Art. 15: ops may correct the times with a reason; what was first reported stays visible', async () => {
  const id = await report(lina);
  const bare = await decide(wanglei, id, { decision: 1, ended_at: ago(20) });
  assert.equal(bare.status, 422);
  assert.equal(errorOf(bare.text, 'words'), '改了时间，请写明为什么');
  assert.equal((await decide(wanglei, id, { decision: 1, ended_at: ago(20), words: '值班记录是这个时间' })).status, 303);
  assert.match(wordsOf((await lina.get(pageOf(id))).text), /运营管理部改过时间，原报：/);
});

test('Art. 15: two people decide at once: one decision, the other is told and keeps the words; the same form twice is one', async () => {
  const id = await report(lina);
  const [first, second] = [formOf((await wanglei.get(pageOf(id))).text, `${id}/decide`), formOf((await wanglei.get(pageOf(id))).text, `${id}/decide`)];
  assert.equal((await wanglei.post(`${pageOf(id)}/decide`, { ...first, decision: 1 })).status, 303);
  const loser = await wanglei.post(`${pageOf(id)}/decide`, { ...second, decision: 2, words: '我不同意' });
  assert.equal(loser.status, 409);
  assert.match(wordsOf(loser.text), /别人先办了/);
  assert.match(loser.text, /<textarea id="f-typed"[^>]*readonly>\s*我不同意<\/textarea>/);
  assert.equal((await rowOf(id)).state, '2');
  assert.equal((await wanglei.post(`${pageOf(id)}/decide`, { ...first, decision: 1 })).status, 303, 'sent twice');
  assert.equal((await rowOf(id)).version, '2');
  const form = formOf((await lina.get(NEW)).text, NEW);
  const once = await lina.post(NEW, { ...form, ...fields() });
  assert.equal((await lina.post(NEW, { ...form, ...fields() })).header('location'), once.header('location'));
});

test('every field of a failure report: what is wrong stands beside it, everything typed is kept, nothing is written', async () => {
  const [[before]] = await sql('SELECT COUNT(*) FROM failure_report');
  const cases = [
    ['part', '', '请选择一项'], ['part', '9', '请选择一项'], ['started_at', '', /请输入日期和时间/], ['started_at', 'gestern', /请输入日期和时间/],
    ['started_at', local(now() + 7200000), '发生时间不能晚于现在'], ['ended_at', local(now() + 7200000), '发生时间不能晚于现在'], ['ended_at', ago(90), '恢复时间不能早于故障开始'],
    ['told_at', local(now() + 7200000), '发生时间不能晚于现在'], ['told_at', ago(90), '告知时间不能早于故障开始'], ['contact', '', '请写明接电话的人'],
    ['contact', '王'.repeat(41), '最多 40 字，现在有 41 字'], ['words', '', /请写明情况/], ['words', '坏'.repeat(1001), '最多 1000 字，现在有 1001 字'],
  ];
  for (const [field, value, words] of cases) {
    const typed = fields({ [field]: value });
    const answer = await lina.submit(NEW, NEW, typed);
    assert.equal(answer.status, 422, `${field} ${value}`);
    if (words instanceof RegExp) assert.match(errorOf(answer.text, field) ?? '', words, field);
    else assert.equal(errorOf(answer.text, field), words, `${field} ${value}`);
    const kept = formOf(answer.text, NEW);
    for (const name of ['started_at', 'ended_at', 'told_at', 'contact', 'words']) assert.equal(kept[name], typed[name], `${name} is kept`);
  }
  assert.equal((await wanglei.submit(NEW, NEW, fields({ unit: '' }))).status, 422);
  assert.equal((await wanglei.submit(NEW, NEW, fields({ unit: 1 }))).status, 422, 'no handling unit');
  const form = formOf((await lina.get(NEW)).text, NEW);
  assert.equal((await lina.post(NEW, { ...form, ...fields({ unit: CUSTOMER }) })).status, 400, "for another's unit");
  assert.equal((await lina.post(NEW, { ...form, ...fields({ state: 2 }) })).status, 400);
  assert.equal((await lina.post(NEW, { ...form, ...fields(), key: 'x' })).status, 400);
  assert.equal((await sql('SELECT COUNT(*) FROM failure_report'))[0][0], before);
});

test('every route of failure reports for every role; a unit sees and ends its own only; what is not there is not found', async () => {
  const own = await report(lina), call = await report(wanglei, { unit: CUSTOMER, ended_at: '', contact: '周斌' });
  const may = {
    zhangmin: { list: 200, new: 403, own: 200, call: 200 }, wanglei: { list: 200, new: 200, own: 200, call: 200 }, zhaowei: { list: 200, new: 200, own: 200, call: 404 },
    lina: { list: 200, new: 200, own: 200, call: 404 }, sunqiang: { list: 200, new: 403, own: 200, call: 404 }, chenjing: { list: 200, new: 200, own: 404, call: 404 },
    gaofei: null, matao: null, xuguang: { list: 200, new: 403, own: 200, call: 200 },
  };
  for (const login of EVERYBODY) {
    const who = await staff(login);
    const [[roles, unit]] = await sql(`SELECT roles, unit_id FROM staff WHERE login = '${login}'`);
    const isVoice = (Number(roles) & (16 | 32)) !== 0, isOps = (Number(roles) & 64) !== 0, isLeader = (Number(roles) & 128) !== 0, isOperator = (Number(roles) & 4) !== 0;
    const all = isOps || isLeader || isOperator;
    const wanted = may[login] ?? { list: 200, new: isVoice || isOps ? 200 : 403, own: all || unit === String(PIPELINE) ? 200 : 404, call: all || unit === String(CUSTOMER) ? 200 : 404 };
    assert.deepEqual({ list: (await who.get(LIST)).status, new: (await who.get(NEW)).status, own: (await who.get(pageOf(own))).status, call: (await who.get(pageOf(call))).status }, wanted, login);
    const token = formOf((await who.get('/staff/ticket/')).text, '/staff/signout').token;
    const key = require('node:crypto').randomBytes(16).toString('hex');
    const before = JSON.stringify([await rowOf(own), await rowOf(call)]);
    if (!isOps) {
      for (const [action, more] of [['decide', { decision: 1, started_at: ago(60), version: 1 }], ['excuse', { all: '1' }]]) {
        assert.equal((await who.post(`${pageOf(own)}/${action}`, { token, key, ...more })).status, 403, `${login} ${action}`);
      }
      if (unit !== String(CUSTOMER)) assert.ok([403, 404].includes((await who.post(`${pageOf(call)}/end`, { token, key, over_at: ago(1), version: 1 })).status), login);
      if (!isVoice) assert.equal((await who.post(NEW, { token, key, ...fields() })).status, 403, login);
      assert.equal(JSON.stringify([await rowOf(own), await rowOf(call)]), before, `${login} changed nothing`);
    }
  }
  for (const where of ['999999', '0', 'x', '-1', '4294967297']) assert.equal((await wanglei.get(pageOf(where))).status, 404, where);
  assert.equal((await wanglei.get(`${pageOf(own)}/decide`)).header('location'), pageOf(own));
  assert.equal((await wanglei.get(`${LIST}?before=x`)).status, 400);
  const links = (who) => who.get('/staff/ticket/').then(({ text }) => text.includes(`href="${LIST}"`));
  assert.deepEqual(await Promise.all([lina, wanglei, zhangmin, xuguang].map(links)), [true, true, false, false], 'the link is there for those who use it');
});

test('Art. 15: a silence of the whole system is proposed by clerk; ops confirms it for the units it concerned', async () => {
  const clerk = Number(fs.readFileSync(path.join(process.env.SHUINUO_VAR, 'pid/clerk'), 'utf8'));
  const run = () => new Promise((resolve) => {
    execFile(path.join(process.env.SHUINUO_BUILD, 'bin/clerk'), ['--settings', path.join(process.env.SHUINUO_VAR, 'shuinuo.hdf'), '--once'], (error) => resolve(error ? error.code : 0));
  });
  const number = await dispatched();
  process.kill(clerk, 'SIGSTOP');
  try {
    assert.equal(await run(), 0); // seen at this moment
    wait(30);
    assert.equal(await run(), 0);
  } finally {
    process.kill(clerk, 'SIGCONT');
  }
  const [[id, minutes]] = await sql('SELECT id, TIMESTAMPDIFF(MINUTE, started_at, ended_at) FROM failure_report WHERE state = 4 ORDER BY id DESC LIMIT 1');
  assert.ok(Number(minutes) >= 29 && Number(minutes) <= 31, minutes);
  wanglei = await staff('wanglei');
  assert.match(wordsOf((await wanglei.get(LIST)).text), /系统提出，待确认[\s\S]*整个系统/);
  const bare = await decide(wanglei, id, { decision: 1 });
  assert.equal(bare.status, 422);
  assert.equal(errorOf(bare.text, 'told_at'), '请填运营管理部什么时候得知');
  const nobody = await decide(wanglei, id, { decision: 1, told_at: ago(15) });
  assert.equal(errorOf(nobody.text, 'decision'), '请选出受影响的单位');
  const done = await decide(wanglei, id, { decision: 1, told_at: ago(15), [`unit_${PIPELINE}`]: '1', words: '机房断电' });
  assert.equal(done.status, 303, wordsOf(done.text).slice(0, 400));
  const made = await sql(`SELECT id, unit_id, state FROM failure_report WHERE proposal_id = ${id}`);
  assert.deepEqual(made.map(([, unit, state]) => [unit, state]), [[String(PIPELINE), '2']]);
  assert.ok((await wanglei.get(pageOf(made[0][0]))).text.includes(number), 'what ran out meanwhile can be excused');
});

test('the failure pages in English, without a word of Chinese but names', async () => {
  const id = await confirmed();
  await wanglei.get('/staff/signin?lang=en');
  for (const where of [LIST, NEW, pageOf(id)]) {
    const { text } = await wanglei.get(where);
    const labels = [...text.matchAll(/<(h1|h2|label|legend|th|dt|button)[^>]*>([^<]*)</g)].map(([, , words]) => words).join(' ');
    assert.doesNotMatch(labels, /[\u4e00-\u9fff]/, where);
  }
});
