// Outages (Arts. 18(2), 33(5)) over HTTP: published in one step, changed by messages, read by everybody; and what is refused.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { staff, sql, now, wait, local, formOf, wordsOf, errorOf, Visitor } = require('./staff_client.js');

const PIPELINE = 3, CUSTOMER = 2, LEAK = 3;
const LIST = '/staff/supply/', NEW = '/staff/supply/new';
const KEPT = '1', LATE = '2', SUPERSEDED = '4';
const KEY = () => require('node:crypto').randomBytes(16).toString('hex');

let zhangmin, wanglei, lina, sunqiang;
async function everybodyIn() {
  [zhangmin, wanglei, lina, sunqiang] = await Promise.all(['zhangmin', 'wanglei', 'lina', 'sunqiang'].map((login) => staff(login)));
}
test.beforeEach(everybodyIn);
async function pass(minutes) {
  wait(minutes);
  await everybodyIn();
}

const later = (minutes) => local(now() + minutes * 60000);
let times = 0;
/** Each test's outage is known by its own words. */
const fields = (more = {}) => ({ unit: PIPELINE, cause: 1, places: '学府花苑', area_words: `测试路${++times}号院`, diameter_mm: 300, valves: 'DN３００×2、DN200×1',
  started_at: later(0), expected_end_at: later(180), words: '管道爆裂，正在抢修', ...more });
async function report(more, who = lina) {
  const answer = await who.submit(NEW, NEW, fields(more));
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 600));
  return Number(/supply\/(\d+)\?done=1$/.exec(answer.header('location'))[1]);
}
const pageOf = (id) => `${LIST}${id}`;
const act = (who, id, action, more = {}) => who.submit(pageOf(id), `${pageOf(id)}/${action}`, more);
async function done(who, id, action, more) {
  const answer = await act(who, id, action, more);
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 500)}`);
}
const clocks = async (id) => (await sql(`SELECT kind, result FROM clock WHERE subject_kind = 2 AND subject_id = ${id} ORDER BY no`)).map((row) => row.join(' '));
const open = async (where) => (await new Visitor().get(where));

test('Art. 18(2): one form publishes an emergency at once, reports it to ops, and everybody reads it', async () => {
  const id = await report({ area_words: '状元街甲1号' });
  assert.deepEqual(await clocks(id), [`12 ${KEPT}`, '14 0', '19 0']);
  const shown = wordsOf((await wanglei.get(pageOf(id))).text);
  for (const said of ['正在停水', '学府花苑', 'DN300 × 2', 'DN200 × 1', '状元街甲1号', '管道爆裂，正在抢修', '李娜']) assert.ok(shown.includes(said), `${said}: ${shown}`);
  assert.match(wordsOf((await zhangmin.get(LIST)).text), /状元街甲1号/, 'operators are asked by telephone');
  const list = await open('/outage/');
  assert.match(wordsOf(list.text), /正在停水[\s\S]*状元街甲1号[\s\S]*预计恢复/);
  const one = wordsOf((await open(`/outage/${id}`)).text);
  for (const said of ['状元街甲1号', '管道爆裂，正在抢修', '紧急停水']) assert.ok(one.includes(said), said);
  assert.ok(!one.includes('李娜'), 'the public reads no names of staff');
  for (let tries = 0; ; tries++) {
    const told = await sql(`SELECT audience FROM outbox WHERE subject_kind = 2 AND subject_id = ${id} AND notice = 'outage_reported'`);
    if (told.some(([audience]) => audience === '3')) break;
    assert.ok(tries < 200, 'ops is told');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});

test('Art. 18(2): extended, widened and restored by messages of their own, each kept and shown with what it changed', async () => {
  const id = await report();
  const first = later(180), second = later(300);
  await done(lina, id, 'extend', { expected_end_at: second, words: '更换管段' });
  await done(lina, id, 'widen', { places: '卫育路', words: '下游也要停' });
  const one = wordsOf((await open(`/outage/${id}`)).text);
  assert.match(one, new RegExp(`预计恢复由 .*${first.slice(11)} 改为 .*${second.slice(11)}`));
  for (const said of ['更换管段', '扩大停水范围', '卫育路', '管道爆裂，正在抢修']) assert.ok(one.includes(said), said);
  await done(sunqiang, id, 'restore', { water_on_at: later(0), words: '' });
  assert.deepEqual(await clocks(id), [`12 ${KEPT}`, `14 ${KEPT}`, `19 ${KEPT}`, `14 ${KEPT}`, `14 ${SUPERSEDED}`, `13 ${KEPT}`]);
  assert.match(wordsOf((await open(`/outage/${id}`)).text), /已恢复[\s\S]*恢复供水/);
  assert.equal((await act(wanglei, id, 'note', { words: '回访三户，水已清' })).status, 303);
  assert.ok(!(await open(`/outage/${id}`)).text.includes('回访三户'), 'notes are for staff');
  const after = await wanglei.get(pageOf(id));
  assert.ok(formOf(after.text, '/extend') === null && formOf(after.text, '/restore') === null, 'what cannot be done any more is not offered');
});

test('Art. 18(2): an end that passed without news shows at once, is late by itself, and another one is told late', async () => {
  const id = await report({ expected_end_at: later(30) });
  await pass(31);
  assert.match(wordsOf((await open(`/outage/${id}`)).text), /公布的恢复时间已过，还没有新的消息/);
  assert.match(wordsOf((await lina.get(pageOf(id))).text), /恢复时间已过，没有新消息/);
  const bare = await act(lina, id, 'widen', { places: '湖南路' });
  assert.equal(bare.status, 422);
  assert.match(errorOf(bare.text, 'widen-expected_end_at'), /预计恢复要晚于现在/);
  await done(lina, id, 'extend', { expected_end_at: later(60), words: '等配件' });
  assert.deepEqual(await clocks(id), [`12 ${KEPT}`, `14 ${LATE}`, '19 0', '14 0']);
  assert.match(wordsOf((await open(`/outage/${id}`)).text), /晚于原定时间公布/);
  await done(lina, id, 'restore', { water_on_at: later(0) });
});

test('Art. 33(5): told more than ten minutes after the water went off, the reason is asked, kept for staff, and it counts late', async () => {
  const fresh = fields({ started_at: later(-30), area_words: '晚报里1号' });
  const refused = await lina.submit(NEW, NEW, fresh);
  assert.equal(refused.status, 422);
  assert.match(errorOf(refused.text, 'reason'), /超过 10 分钟才填报/);
  const form = formOf(refused.text, NEW);
  for (const name of ['places', 'area_words', 'diameter_mm', 'words', 'started_at', 'expected_end_at']) assert.equal(form[name], String(fresh[name]), `${name} is kept`);
  const answer = await lina.post(NEW, { ...form, reason: '现场没有信号' });
  assert.equal(answer.status, 303);
  const id = Number(/supply\/(\d+)/.exec(answer.header('location'))[1]);
  assert.deepEqual(await clocks(id), [`12 ${LATE}`, '14 0', '19 0']);
  assert.match(wordsOf((await wanglei.get(pageOf(id))).text), /现场没有信号/);
  assert.ok(!(await open(`/outage/${id}`)).text.includes('现场没有信号'));
  await done(wanglei, id, 'withdraw', { words: '误报' });
  assert.match(wordsOf((await open(`/outage/${id}`)).text), /已撤回[\s\S]*误报/);
});

test('what is typed wrong is said beside its field and everything typed is kept', async () => {
  const cases = [
    [{ places: '学府花苑\n没有这个小区' }, 'places', /登记里没有这个地方.*没有这个小区/],
    [{ places: '', area_words: '' }, 'places', /请填写停水的小区、道路或范围/],
    [{ diameter_mm: 'abc' }, 'diameter_mm', /管径/],
    [{ diameter_mm: 9000 }, 'diameter_mm', /管径/],
    [{ valves: '很多' }, 'valves', /成对写/],
    [{ valves: '300' }, 'valves', /成对写/],
    [{ started_at: later(30) }, 'started_at', /还没有到/],
    [{ expected_end_at: later(-5) }, 'expected_end_at', /晚于现在/],
    [{ expected_end_at: later(10 * 365 * 24 * 60) }, 'expected_end_at', /最长 30 天/],
    [{ ticket: 'SN261123-0417-2' }, 'ticket', /没有这个受理编号/],
    [{ unit: '' }, 'unit', /./],
    [{ cause: 99 }, 'cause', /./],
    [{ area_words: '长'.repeat(201) }, 'area_words', /200/],
    [{ words: '长'.repeat(501) }, 'words', /500/],
  ];
  const before = Number((await sql('SELECT COUNT(*) FROM outage'))[0][0]);
  for (const [more, name, wanted] of cases) {
    const typed = fields(more);
    const answer = await wanglei.submit(NEW, NEW, typed);
    assert.equal(answer.status, 422, `${JSON.stringify(more).slice(0, 80)}: ${answer.status}`);
    assert.match(errorOf(answer.text, name) ?? '', wanted, JSON.stringify(more).slice(0, 80));
    assert.equal(formOf(answer.text, NEW).area_words, typed.area_words);
  }
  assert.equal(Number((await sql('SELECT COUNT(*) FROM outage'))[0][0]), before);
});

test('Art. 18(2): sent twice it is one outage; of two who change it at once the second is told and keeps what was typed', async () => {
  const form = formOf((await lina.get(NEW)).text, NEW);
  const both = await Promise.all([0, 1].map(() => lina.post(NEW, { ...form, ...fields({ area_words: '双击巷1号' }) })));
  assert.deepEqual(both.map((answer) => answer.status), [303, 303]);
  assert.equal(both[0].header('location'), both[1].header('location'));
  const id = Number(/supply\/(\d+)/.exec(both[0].header('location'))[1]);
  assert.equal((await sql(`SELECT COUNT(*) FROM outage_message WHERE area_words = '双击巷1号'`))[0][0], '1');
  const [one, two] = await Promise.all([lina, wanglei].map(async (who) => formOf((await who.get(pageOf(id))).text, '/extend')));
  const first = await lina.post(`${pageOf(id)}/extend`, { ...one, expected_end_at: later(240), words: '先到的话' });
  assert.equal(first.status, 303);
  const second = await wanglei.post(`${pageOf(id)}/extend`, { ...two, expected_end_at: later(260), words: '后到的话' });
  assert.equal(second.status, 409);
  assert.match(wordsOf(second.text), /别人先办了/);
  assert.equal(formOf(second.text, '/extend').words, '后到的话');
  const again = await lina.post(`${pageOf(id)}/extend`, { ...one, expected_end_at: later(240), words: '先到的话' });
  assert.equal(again.status, 303, 'the same form again is the same answer');
  assert.equal((await sql(`SELECT version FROM outage WHERE id = ${id}`))[0][0], '2');
  await done(lina, id, 'withdraw', { words: '测试完毕' });
});

test('another unit may neither publish for this one nor change its outages; operators only read', async () => {
  const foreign = await lina.submit(NEW, NEW, fields({ unit: CUSTOMER }));
  assert.equal(foreign.status, 422);
  assert.match(errorOf(foreign.text, 'unit'), /本单位/);
  const id = await report({ unit: CUSTOMER }, wanglei);
  const page = await lina.get(pageOf(id));
  assert.ok(formOf(page.text, '/extend') === null, 'not offered');
  const form = formOf((await wanglei.get(pageOf(id))).text, '/withdraw');
  const token = formOf((await lina.get(NEW)).text, NEW).token;
  const tried = await lina.post(`${pageOf(id)}/withdraw`, { ...form, token, key: KEY(), words: '撤' });
  assert.equal(tried.status, 403);
  assert.equal((await zhangmin.get(NEW)).status, 403);
  assert.equal((await lina.get(`${LIST}99999999`)).status, 404);
  assert.equal((await open('/outage/99999999')).status, 404);
  assert.equal((await open('/outage/abc')).status, 404);
  await done(wanglei, id, 'withdraw', { words: '测试完毕' });
});

test('Art. 18: "will my home be affected" finds places by name, in districts, and in words; and says so when it is not', async () => {
  const id = await report({ places: '王楼社区', area_words: '银杏胡同三排' });
  const ask = async (question) => wordsOf((await open(`/outage/?q=${encodeURIComponent(question)}`)).text);
  for (const question of ['王楼社区', '王楼社区5号楼2单元', '王楼', '银杏胡同']) assert.match(await ask(question), new RegExp(`查询： ${question}[\\s\\S]*这里正在停水`), question);
  assert.match(await ask('南林镇'), /这里正在停水[\s\S]*可能只有一部分/);
  assert.match(await ask('林场宿舍'), /这里没有公布停水/);
  assert.match(await ask('不知道的地方'), /没有找到这个地点/);
  const short = await open(`/outage/?q=${encodeURIComponent('王')}`);
  assert.equal(short.status, 422);
  assert.match(errorOf(short.text, 'q'), /至少 2 个字/);
  const marked = await open(`/outage/?q=${encodeURIComponent('<script>alert(1)</script>')}`);
  assert.ok(!marked.text.includes('<script>alert'), 'shown as text');
  await done(lina, id, 'restore', { water_on_at: later(0) });
  assert.match(await ask('王楼社区'), /这里没有公布停水/);
});

test('the public list is cacheable with an ETag, changes with the news, and has the same as JSON', async () => {
  const before = await open('/outage/');
  assert.match(before.header('cache-control'), /public/);
  const etag = before.header('etag');
  assert.ok(etag);
  const id = await report({ area_words: '缓存街9号' });
  let list;
  for (let tries = 0; tries < 50; tries++) {
    list = await open('/outage/');
    if (list.text.includes('缓存街9号')) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok(list.text.includes('缓存街9号'), 'soon after it was published');
  assert.notEqual(list.header('etag'), etag);
  const json = await open('/outage/outages.json');
  assert.match(json.header('content-type'), /application\/json/);
  const row = JSON.parse(json.text).outages.find((outage) => outage.id === id);
  assert.deepEqual([row.kind, row.state, row.places, row.ended_at], ['emergency', 'running', ['学府花苑'], null]);
  assert.match(row.area, /缓存街9号/);
  const portal = wordsOf((await open('/')).text);
  assert.match(portal, /紧急停水：[\s\S]*预计恢复/);
  assert.match(portal, /看停水公告/);
  await done(lina, id, 'restore', { water_on_at: later(0) });
});

test('Art. 18(2): a burst ticket opens the emergency with place, diameter and unit filled in, and links it', async () => {
  const filed = await zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', { category: LEAK, place: '铁塔小区北门', phone: '13816360017', words: '路面冒水' });
  const number = /SN\d{6}-\d{8}/.exec(filed.header('location'))[0];
  await wanglei.submit(`/staff/ticket/${number}`, `/staff/ticket/${number}/dispatch`, { unit: PIPELINE });
  await lina.submit(`/staff/ticket/${number}`, `/staff/ticket/${number}/accept`);
  assert.match((await lina.get(`/staff/ticket/${number}`)).text, new RegExp(`href="/staff/supply/new\\?ticket=${number}"`));
  const form = formOf((await lina.get(`${NEW}?ticket=${number}`)).text, NEW);
  assert.equal(form.places, '铁塔小区');
  assert.equal(form.unit, String(PIPELINE));
  assert.equal(form.cause, '1');
  const answer = await lina.post(NEW, { ...form, diameter_mm: 200, valves: '0', expected_end_at: later(90) });
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 500));
  const id = Number(/supply\/(\d+)/.exec(answer.header('location'))[1]);
  assert.match((await wanglei.get(`/staff/ticket/${number}`)).text, new RegExp(`href="/staff/supply/${id}"`));
  assert.match((await wanglei.get(pageOf(id))).text, new RegExp(`href="/staff/ticket/${number}"`));
  await done(lina, id, 'restore', { water_on_at: later(0) });
});
