// Planned outages and cut-offs (Arts. 18(1), 18(3), 19, 33(3)(4)(7)(10)) over HTTP: each step by whom it belongs to, and what is refused.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const { staff, sql, now, wait, local, formOf, wordsOf, errorOf, multipart, Visitor } = require('./staff_client.js');

const CUSTOMER = 2, PIPELINE = 3, CONSTRUCTION = 7;
const LIST = '/staff/supply/', PLAN = '/staff/supply/plan', CUTOFF = '/staff/supply/cutoff';
const RUNNING = '0', KEPT = '1', LATE = '2', SUPERSEDED = '4';
const picture = () => execFileSync(`${process.env.SHUINUO_BUILD}/tests/web/pictures_app`, ['jpeg', '7'], { maxBuffer: 1 << 24 });

let wanglei, lina, liuyang, zhoubin, xuguang, zhangmin;
async function everybodyIn() {
  [wanglei, lina, liuyang, zhoubin, xuguang, zhangmin] =
    await Promise.all(['wanglei', 'lina', 'liuyang', 'zhoubin', 'xuguang', 'zhangmin'].map((login) => staff(login)));
}
test.beforeEach(everybodyIn);
async function pass(minutes) {
  wait(minutes);
  await everybodyIn();
}

const later = (minutes) => local(now() + minutes * 60000);
const HOUR = 60, DAY = 24 * HOUR;
let times = 0;
const pageOf = (id) => `${LIST}${id}`;
const act = (who, id, action, more = {}) => who.submit(pageOf(id), `${pageOf(id)}/${action}`, more);
async function done(who, id, action, more) {
  const answer = await act(who, id, action, more);
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 900)}`);
}
const fields = (more = {}) => ({ unit: CONSTRUCTION, cause: 7, places: '', area_words: `计划测试路${++times}号院`, households: 120,
  planned_start_at: later(3 * DAY), expected_end_at: later(3 * DAY + 6 * HOUR), words: '改造支管', ...more });
async function apply(more, who = zhoubin) {
  const answer = await who.submit(PLAN, PLAN, fields(more));
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 900));
  return Number(/supply\/(\d+)\?done=1$/.exec(answer.header('location'))[1]);
}
const assistantId = async () => (await sql("SELECT id FROM staff WHERE login = 'sunqiang'"))[0][0];
async function approved(more) {
  const id = await apply(more);
  await done(lina, id, 'assist', { assistant: await assistantId() });
  await done(wanglei, id, 'approve');
  return id;
}
async function announced(more) {
  const id = await approved(more);
  await done(wanglei, id, 'publish', { words: '改造供水支管，请提前储水', water_points: '计划测试路口送水车' });
  return id;
}
const clocks = async (id) => (await sql(`SELECT kind, result FROM clock WHERE subject_kind = 2 AND subject_id = ${id} ORDER BY no`)).map((row) => row.join(' '));
const open = async (where) => (await new Visitor().get(where));
const may = async (who, id, action) => (await who.get(pageOf(id))).text.includes(`id="act-${action}"`);

test('Art. 18(1): from the application to the water back, each step by whom it belongs to, and the public reads what was published', async () => {
  const area = `西安交通巷${Date.now()}号`;
  const id = await apply({ area_words: area });
  assert.deepEqual(await clocks(id), ['11 0', '8 0', '9 0', '10 0'], 'what has to be told ahead counts from the application');
  assert.equal((await open(`/outage/${id}`)).status, 404, 'an application is nobody else\'s business');
  assert.ok(await may(lina, id, 'assist'), 'pipeline management names who assists (Art. 19)');
  assert.ok(!await may(zhoubin, id, 'approve'));
  assert.equal((await act(wanglei, id, 'approve')).status, 422, 'not before somebody was named');
  await done(lina, id, 'assist', { assistant: await assistantId() });
  await done(wanglei, id, 'approve');
  await done(zhoubin, id, 'notify', { occurred_at: later(0), words: '书面通知第7号' });
  assert.ok(!await may(zhoubin, id, 'publish'), 'who applied does not publish');
  await done(wanglei, id, 'publish', { words: '改造供水支管，请提前储水', water_points: '巷口送水车' });
  const told = wordsOf((await open(`/outage/${id}`)).text);
  for (const said of [area, '改造供水支管，请提前储水', '巷口送水车']) assert.ok(told.includes(said), `${said}: ${told}`);
  assert.ok(!told.includes('改造支管'), 'the reason of the application is for staff');
  await done(zhoubin, id, 'media', { occurred_at: later(0), words: '聊城日报' });
  const photo = await liuyang.post(`${pageOf(id)}/photos`, multipart({ token: formOf((await liuyang.get(`${pageOf(id)}/photos`)).text, `${pageOf(id)}/photos`).token }, { photo1: picture() }));
  assert.equal(photo.status, 303, wordsOf(photo.text).slice(0, 300));
  assert.equal((await liuyang.get(`${pageOf(id)}/photo/1`)).header('content-type'), 'image/jpeg');
  await done(liuyang, id, 'poster', { occurred_at: later(0), words: '单元门口' });
  await done(liuyang, id, 'messages', { occurred_at: later(0), households: 120, sent: 118, failed: 2 });
  assert.deepEqual((await clocks(id)).slice(0, 4), [`11 ${KEPT}`, `8 ${KEPT}`, `9 ${KEPT}`, `10 ${KEPT}`]);
  const page = wordsOf((await zhangmin.get(pageOf(id))).text);
  for (const said of ['书面通知第7号', '聊城日报', '单元门口', '应通知 120 户，发出 118 条，失败 2 条', '改造支管']) assert.ok(page.includes(said), `${said}: ${page}`);
  await pass(3 * DAY);
  await done(zhoubin, id, 'start', { water_off_at: later(0) });
  await pass(5 * HOUR);
  await done(zhoubin, id, 'restore', { water_on_at: later(0) });
  const ended = await clocks(id);
  assert.ok(ended.includes(`19 ${KEPT}`), 'back by the announced end');
  assert.ok(ended.includes(`13 ${KEPT}`), 'and reported at once');
  assert.ok(!ended.some((clock) => clock.endsWith(` ${LATE}`)), ended.join());
});

test('Art. 18(1): a second person approves, one of large extent higher up, and a refusal says why', async () => {
  const own = await wanglei.submit(PLAN, PLAN, fields());
  const id = Number(/supply\/(\d+)\?done=1$/.exec(own.header('location'))[1]);
  await done(lina, id, 'assist', { assistant: await assistantId() });
  assert.ok(!await may(wanglei, id, 'approve'), 'not the one who applied');
  assert.ok(await may(xuguang, id, 'approve'), 'who stands higher may');
  const page = formOf((await wanglei.get(pageOf(id))).text, `${pageOf(id)}/note`);
  const tried = await wanglei.post(`${pageOf(id)}/approve`, { ...page, words: '' });
  assert.equal(tried.status, 422);
  assert.match(wordsOf(tried.text), /另一位同事/);
  const large = await apply({ households: 5000 });
  await done(lina, large, 'assist', { assistant: await assistantId() });
  assert.ok(!await may(wanglei, large, 'approve'), 'one of large extent is not for operations');
  assert.match(wordsOf((await wanglei.get(pageOf(large))).text), /范围较大[\s\S]*集团领导/);
  const silent = await act(xuguang, large, 'refuse', { words: '' });
  assert.equal(silent.status, 422, 'a refusal says why');
  await done(xuguang, large, 'refuse', { words: '避开高考' });
  assert.match(wordsOf((await zhoubin.get(pageOf(large))).text), /未批准[\s\S]*避开高考/);
  assert.deepEqual(await clocks(large), [`11 ${SUPERSEDED}`, `8 ${SUPERSEDED}`, `9 ${SUPERSEDED}`, `10 ${SUPERSEDED}`]);
});

test('Art. 18(1): under 24 hours ahead it is published only with the reason, and counts late', async () => {
  const soon = { planned_start_at: later(20 * HOUR), expected_end_at: later(26 * HOUR) };
  const without = await zhoubin.submit(PLAN, PLAN, fields(soon));
  assert.equal(without.status, 422);
  assert.match(errorOf(without.text, 'reason'), /24 小时/);
  assert.ok(without.text.includes('改造支管'), 'what was typed is kept');
  const id = await approved({ ...soon, reason: '配合抢险' });
  const refused = await act(wanglei, id, 'publish', { words: '抢险' });
  assert.equal(refused.status, 422, 'the reason is asked');
  assert.ok(refused.text.includes('抢险'));
  await done(wanglei, id, 'publish', { words: '抢险', reason: '配合抢险' });
  await done(zhoubin, id, 'media', { occurred_at: later(0), words: '聊城电视台', reason: '配合抢险' });
  assert.equal((await clocks(id))[1], `8 ${LATE}`);
  assert.ok(!wordsOf((await open(`/outage/${id}`)).text).includes('配合抢险'), 'the reason is for staff');
});

test('Art. 18(1): what cannot be is refused beside its field, and everything typed is kept', async () => {
  for (const [name, more, field, words] of [
    ['an end before the start', { expected_end_at: later(2 * DAY) }, 'expected_end_at', /晚于/],
    ['a stop of ten years', { expected_end_at: later(3650 * DAY) }, 'expected_end_at', /30 天/],
    ['a start in the past', { planned_start_at: later(-60) }, 'planned_start_at', /已经过了/],
    ['a start in three years', { planned_start_at: later(1100 * DAY), expected_end_at: later(1101 * DAY) }, 'planned_start_at', /一年/],
    ['an area of nothing', { area_words: '' }, 'places', /小区、道路/],
    ['a place that there is not', { places: '月球基地' }, 'places', /月球基地/],
    ['nobody affected', { households: '' }, 'households', /多少户/],
    ['no reason', { words: '' }, 'words', /写明/],
    ['another kind\'s cause', { cause: 1 }, 'cause', /./],
  ]) {
    const answer = await zhoubin.submit(PLAN, PLAN, fields(more));
    assert.equal(answer.status, 422, name);
    assert.match(errorOf(answer.text, field), words, name);
  }
  assert.equal((await lina.submit(PLAN, PLAN, fields())).status, 422, 'in the name of another unit');
  assert.equal((await zhangmin.get(PLAN)).status, 403);
});

test('Art. 33(7): what is done without approval is recorded with the reason, shown for ever, and told', async () => {
  const id = await apply();
  const silent = await act(zhoubin, id, 'start', { water_off_at: later(0) });
  assert.equal(silent.status, 422);
  await done(zhoubin, id, 'start', { water_off_at: later(0), reason: '误关阀门' });
  assert.match(wordsOf((await zhangmin.get(pageOf(id))).text), /未经批准[\s\S]*第三十三条（七）[\s\S]*误关阀门/);
  assert.deepEqual(await sql(`SELECT is_unapproved, is_public FROM outage WHERE id = ${id}`), [['1', '1']]);
  assert.equal((await open(`/outage/${id}`)).status, 200, 'the public learns that the water is off');
  for (let tries = 0; ; tries++) {
    const told = await sql(`SELECT audience FROM outbox WHERE subject_kind = 2 AND subject_id = ${id} AND notice = 'outage_unapproved'`);
    if (told.length >= 3) break;
    assert.ok(tries < 200, 'operations, the leader and group leadership are told');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await done(zhoubin, id, 'restore', { water_on_at: later(0) });
  assert.ok((await clocks(id)).every((clock) => !clock.endsWith(` ${RUNNING}`)), 'nothing runs on');
});

test('Art. 18(2): postponed before the announced start is in time, after it late; cancelled ones say so to the public', async () => {
  const id = await announced();
  await done(zhoubin, id, 'postpone', { planned_start_at: later(4 * DAY), expected_end_at: later(4 * DAY + 120), words: '下雨' });
  assert.deepEqual((await clocks(id)).slice(4), [`14 ${KEPT}`, '14 0']);
  const sooner = await act(zhoubin, id, 'postpone', { planned_start_at: later(2 * DAY), expected_end_at: later(3 * DAY), words: '提前' });
  assert.equal(sooner.status, 422);
  assert.match(errorOf(sooner.text, 'postpone-planned_start_at'), /更晚/);
  assert.match(wordsOf((await open(`/outage/${id}`)).text), /下雨/);
  await pass(4 * DAY + 1);
  const shown = wordsOf((await wanglei.get(`${LIST}?view=overdue`)).text);
  assert.match(shown, new RegExp(`${id}[\\s\\S]*停水时间已过`), 'the planned start has passed without news');
  await done(zhoubin, id, 'cancel', { words: '不再施工' });
  assert.equal((await clocks(id))[5], `14 ${LATE}`, 'told after the announced start');
  assert.match(wordsOf((await open(`/outage/${id}`)).text), /取消[\s\S]*不再施工|不再施工[\s\S]*取消/);
});

test('Art. 18: another outage at the same place and time is shown before publishing, and has to be looked at', async () => {
  const area = `重叠路${Date.now()}号`;
  const first = await apply({ area_words: area });
  const id = await approved({ area_words: area });
  assert.match(wordsOf((await wanglei.get(pageOf(id))).text), new RegExp(`同一地点、同一时间还有别的停水[\\s\\S]*${first}`));
  const blind = await act(wanglei, id, 'publish', { words: '改造' });
  assert.equal(blind.status, 422);
  assert.match(errorOf(blind.text, 'publish-clash_seen'), /勾选/);
  await done(wanglei, id, 'publish', { words: '改造', clash_seen: '1' });
});

test('Arts. 18(3), 33(10): a cut-off is reported before it happens, late ones with the reason, and the public is never told', async () => {
  const cut = (more) => ({ unit: CUSTOMER, cause: 14, scope: 2, places: '', area_words: `欠费测试楼${++times}`, households: 12,
    planned_start_at: later(120), words: '多次催缴未交', ...more });
  const answer = await liuyang.submit(CUTOFF, CUTOFF, cut());
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 600));
  const id = Number(/supply\/(\d+)\?done=1$/.exec(answer.header('location'))[1]);
  assert.deepEqual(await clocks(id), [`15 ${KEPT}`]);
  await pass(121);
  await done(liuyang, id, 'start', { water_off_at: later(-1) });
  assert.equal((await open(`/outage/${id}`)).status, 404);
  assert.ok(!(await open('/outage/outages.json')).text.includes('欠费测试楼'), 'whose debt it is is private');
  await done(liuyang, id, 'restore', { water_on_at: later(0) });
  assert.deepEqual(await sql(`SELECT COUNT(*) FROM outage_message WHERE outage_id = ${id}`), [['0']]);
  const late = await liuyang.submit(CUTOFF, CUTOFF, cut({ planned_start_at: later(-30) }));
  assert.equal(late.status, 422);
  assert.match(errorOf(late.text, 'reason'), /晚报|已经停水/);
  const told = await liuyang.submit(CUTOFF, CUTOFF, cut({ planned_start_at: later(-30), reason: '忘了' }));
  assert.equal(told.status, 303);
  assert.deepEqual(await clocks(Number(/supply\/(\d+)/.exec(told.header('location'))[1])), [`15 ${LATE}`]);
  const nobody = await liuyang.submit(CUTOFF, CUTOFF, cut({ households: '' }));
  assert.match(errorOf(nobody.text, 'households'), /多少户/);
});

test('Art. 18(1): of two who publish at once one is kept; the other sees how it stands, with the words kept', async () => {
  const id = await approved();
  const form = (who) => who.get(pageOf(id)).then((page) => formOf(page.text, `${pageOf(id)}/publish`));
  const [one, two] = [await form(wanglei), await form(await staff('wanglei'))];
  assert.equal((await wanglei.post(`${pageOf(id)}/publish`, { ...one, words: '先发的' })).status, 303);
  const second = await wanglei.post(`${pageOf(id)}/publish`, { ...two, words: '后发的话', token: one.token });
  assert.equal(second.status, 409, wordsOf(second.text).slice(0, 300));
  assert.match(wordsOf(second.text), /别人先办了/);
  assert.ok(second.text.includes('后发的话'));
  assert.deepEqual(await sql(`SELECT COUNT(*) FROM outage_message WHERE outage_id = ${id}`), [['1']]);
});

test('Art. 18: the register has a view for everybody\'s part, and what ended', async () => {
  const id = await apply();
  const has = async (who, view) => new RegExp(`supply/${id}"`).test((await who.get(`${LIST}?view=${view}`)).text);
  assert.ok(await has(wanglei, 'approve'));
  assert.ok(await has(lina, 'mine'), 'pipeline management has to name somebody');
  assert.ok(!await has(liuyang, 'mine'));
  await done(lina, id, 'assist', { assistant: await assistantId() });
  await done(wanglei, id, 'approve');
  assert.ok(await has(liuyang, 'mine'), 'customer management has posters to put up');
  await done(wanglei, id, 'publish', { words: '改造' });
  assert.ok(await has(zhangmin, 'announced'));
  await done(zhoubin, id, 'cancel', { words: '取消' });
  assert.ok(await has(zhangmin, 'ended'));
  assert.ok(!await has(zhangmin, 'open'));
  assert.equal((await zhangmin.get(`${LIST}?view=ended&before=x`)).status, 404);
});
