// Rectification orders and circulars (Art. 10) over HTTP: given, answered, checked, not passed, escalated; read by whom it concerns.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { staff, shuinuo, sql, now, wait, local, formOf, wordsOf, errorOf } = require('./staff_client.js');

const NO_WATER = 1, PIPELINE = 3, CUSTOMER = 2;
const HOME = '/staff/assessment/', LIST = '/staff/assessment/order/', NEW = '/staff/assessment/order/new';
const CIRCULARS = '/staff/assessment/circular/', NEW_CIRCULAR = '/staff/assessment/circular/new';
const KEPT = '1', LATE = '2', RUNNING = '0';
const DAY = 24 * 60;
const KEY = () => require('node:crypto').randomBytes(16).toString('hex');

let zhangmin, wanglei, lina, zhaowei, xuguang;
// Sessions end while the tests move the clock: whoever is needed signs in anew.
async function everybodyIn() {
  [zhangmin, wanglei, lina, zhaowei, xuguang] = await Promise.all(['zhangmin', 'wanglei', 'lina', 'zhaowei', 'xuguang'].map((login) => staff(login)));
}
test.beforeEach(everybodyIn);
async function pass(minutes) {
  wait(minutes);
  await everybodyIn();
}

const later = (days) => local(now() + days * 86400000);
const fields = (more = {}) => ({ unit: PIPELINE, reason: 1, due_at: later(5), words: '一周内两次迟到，查明原因，落实值班。', ...more });
async function give(more) {
  const answer = await wanglei.submit(NEW, NEW, fields(more));
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 500));
  return Number(/order\/(\d+)\?done=1$/.exec(answer.header('location'))[1]);
}
const pageOf = (id) => `${LIST}${id}`;
const act = (who, id, action, more = {}) => who.submit(pageOf(id), `${pageOf(id)}/${action}`, more);
async function done(who, id, action, more) {
  const answer = await act(who, id, action, more);
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 400)}`);
}
async function rowOf(id) {
  const [[state, version, result, due, granted]] = await sql(`SELECT o.state, o.version, c.result, o.due_at, o.granted_due_at FROM rectify_order o JOIN clock c ON c.subject_kind = 3 AND c.subject_id = o.id WHERE o.id = ${id}`);
  return { state, version, result, due, granted };
}
let phones = 0;
/** A ticket that pipeline management accepted late. */
async function lateTicket() {
  const filed = await zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', { category: NO_WATER, place: '文轩苑1号楼', phone: `1381635${String(++phones + 1000)}`, words: '没有水' });
  const number = /SN\d{6}-\d{8}/.exec(filed.header('location'))[0];
  await wanglei.submit(`/staff/ticket/${number}`, `/staff/ticket/${number}/dispatch`, { unit: PIPELINE });
  await pass(25);
  await lina.submit(`/staff/ticket/${number}`, `/staff/ticket/${number}/accept`);
  return number;
}

test('Art. 10: out of a ticket that broke a promise ops orders rectification; the unit answers, ops checks, and the ticket shows it', async () => {
  const number = await lateTicket();
  const shown = await wanglei.get(`/staff/ticket/${number}`);
  assert.match(shown.text, new RegExp(`href="/staff/assessment/order/new\\?ticket=${number}"`));
  assert.ok(!(await lina.get(`/staff/ticket/${number}`)).text.includes('order/new'), 'not offered to the unit');
  const where = `${NEW}?ticket=${number}`;
  const form = formOf((await wanglei.get(where)).text, NEW);
  assert.equal(form.unit, String(PIPELINE), 'the unit that holds it is proposed');
  assert.equal(form.due_at.slice(11), '18:00');
  const given = await wanglei.post(NEW, { ...form, reason: 1, words: '接单迟到，查明原因' });
  const id = Number(/order\/(\d+)\?/.exec(given.header('location'))[1]);
  assert.match(wordsOf((await wanglei.get(`/staff/ticket/${number}`)).text), new RegExp(`整改[\\s\\S]*编号 ${id} 待整改`));
  assert.match(wordsOf((await lina.get(HOME)).text), /接单迟到，查明原因/);
  await done(lina, id, 'answer', { words: '值班电话没有充电，已换双机' });
  assert.deepEqual([(await rowOf(id)).state, (await rowOf(id)).result], ['2', KEPT]);
  assert.match(wordsOf((await wanglei.get(`${LIST}?view=check`)).text), /接单迟到/);
  await done(wanglei, id, 'check', { decision: 1 });
  assert.equal((await rowOf(id)).state, '3');
  const timeline = wordsOf((await zhaowei.get(pageOf(id))).text);
  for (const said of ['下达整改通知', '整改答复', '已换双机', '复查 : 通过', '李娜', '王磊']) assert.ok(timeline.includes(said), `${said}: ${timeline}`);
  // Other tests write into tickets behind the programs' back; orders are nobody else's.
  const { out, err } = await shuinuo(['verify']);
  assert.match(out + err, /\d/);
  assert.deepEqual(`${out}\n${err}`.split('\n').filter((line) => /\border \d/.test(line)), [], 'the streams of orders fold again');
});

test('Art. 10: not passed, the same order goes on; answered after its date it is late; more time stands beside the first date', async () => {
  const id = await give({ due_at: later(3) });
  await done(lina, id, 'answer', { words: '已开会强调' });
  const bare = await act(wanglei, id, 'check', { decision: 2 });
  assert.equal(bare.status, 422);
  assert.equal(errorOf(bare.text, 'check-words'), '请写明情况');
  await done(wanglei, id, 'check', { decision: 2, words: '没有落实到人' });
  assert.deepEqual([(await rowOf(id)).state, (await rowOf(id)).result], ['1', RUNNING]);
  const early = await act(wanglei, id, 'extend', { due_at: later(1), words: '再给一天' });
  assert.equal(early.status, 422);
  assert.match(errorOf(early.text, 'extend-due_at'), /要晚于/);
  await done(wanglei, id, 'extend', { due_at: later(6), words: '等配件' });
  const row = await rowOf(id);
  assert.ok(row.due < row.granted);
  await pass(4 * DAY);
  assert.match(wordsOf((await wanglei.get(pageOf(id))).text), /超时/);
  await done(lina, id, 'answer', { words: '已落实到人' });
  assert.equal((await rowOf(id)).result, LATE, 'by the date first set');
  assert.match(wordsOf((await wanglei.get(pageOf(id))).text), /复查未通过次数 1/);
});

test('Art. 10: clerk warns the unit at half time and tells its leader and ops when the date is past', async () => {
  const id = await give({ due_at: later(2) });
  const notices = async () => (await sql(`SELECT notice, audience FROM outbox WHERE subject_kind = 3 AND subject_id = ${id} ORDER BY id`)).map((row) => row.join(' '));
  const until = async (wanted) => {
    for (let tries = 0; tries < 200; tries++) {
      const got = await notices();
      if (wanted.every((one) => got.includes(one))) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.fail(`waited for ${wanted}, got ${await notices()}`);
  };
  await until(['order_given 1', 'order_given 2']);
  wait(DAY + 60);
  await until(['order_half 1']);
  wait(DAY);
  await until(['order_late 2', 'order_late 3']);
});

test('Art. 10: two people at once, a form of yesterday, the same form twice: one event, the loser keeps what was typed', async () => {
  const id = await give();
  const [first, second] = [formOf((await lina.get(pageOf(id))).text, `${id}/answer`), formOf((await zhaowei.get(pageOf(id))).text, `${id}/answer`)];
  assert.equal((await lina.post(`${pageOf(id)}/answer`, { ...first, words: '甲' })).status, 303);
  assert.equal((await lina.post(`${pageOf(id)}/answer`, { ...first, words: '甲' })).status, 303, 'sent twice');
  const loser = await zhaowei.post(`${pageOf(id)}/answer`, { ...second, words: '乙的长篇答复' });
  assert.equal(loser.status, 409);
  assert.match(loser.text, /readonly>\s*乙的长篇答复<\/textarea>/);
  assert.equal((await rowOf(id)).version, '2');
  const form = formOf((await wanglei.get(NEW)).text, NEW);
  const once = await wanglei.post(NEW, { ...form, ...fields() });
  assert.equal((await wanglei.post(NEW, { ...form, ...fields() })).header('location').split('?')[0], once.header('location').split('?')[0]);
});

test('every field of an order: what is wrong stands beside it, everything typed is kept, nothing is written', async () => {
  const [[before]] = await sql('SELECT COUNT(*) FROM rectify_order');
  const cases = [
    ['unit', '', '请选择一项'], ['unit', '1', '请选择一项'], ['unit', '99', '请选择一项'], ['reason', '', '请选择一项'], ['reason', '8', '请选择一项'],
    ['due_at', '', /请输入日期和时间/], ['due_at', later(-1), /要晚于现在/], ['due_at', later(400), /最长 366 天/], ['words', '', '请写明情况'],
    ['words', '改'.repeat(1001), '最多 1000 字，现在有 1001 字'], ['ticket', 'SN200101-00000006', /没有这个受理编号/], ['ticket', 'x', /没有这个受理编号/],
  ];
  for (const [field, value, words] of cases) {
    const typed = fields({ ticket: '', [field]: value });
    const answer = await wanglei.submit(NEW, NEW, typed);
    assert.equal(answer.status, 422, `${field} ${value}`);
    if (words instanceof RegExp) assert.match(errorOf(answer.text, field) ?? '', words, field);
    else assert.equal(errorOf(answer.text, field), words, field);
    const kept = formOf(answer.text, NEW);
    for (const name of ['ticket', 'due_at', 'words']) assert.equal(kept[name], typed[name], `${name} is kept`);
  }
  const form = formOf((await wanglei.get(NEW)).text, NEW);
  assert.equal((await wanglei.post(NEW, { ...form, ...fields(), state: 3 })).status, 400);
  assert.equal((await wanglei.post(NEW, { ...form, ...fields(), key: 'x' })).status, 400);
  assert.equal((await wanglei.get(`${NEW}?ticket=SN200101-00000006`)).status, 404);
  assert.equal((await sql('SELECT COUNT(*) FROM rectify_order'))[0][0], before);
});

test('every route of orders for every role: a unit sees its own orders only, what may not be done is absent and refused', async () => {
  const own = await give(), other = await give({ unit: CUSTOMER });
  const forms = { wanglei: ['extend', 'note', 'withdraw'], lina: ['answer', 'note'], zhaowei: ['answer', 'note'], sunqiang: [], xuguang: ['note'] };
  for (const login of ['zhangmin', 'wanglei', 'zhaowei', 'lina', 'sunqiang', 'liuyang', 'xuguang', 'heping', 'admin']) {
    const who = await staff(login);
    const isService = !['heping', 'admin'].includes(login), isAll = ['wanglei', 'xuguang'].includes(login), isPipeline = ['zhaowei', 'lina', 'sunqiang'].includes(login);
    const sees = { home: isService ? 200 : 403, list: isService && login !== 'zhangmin' ? 200 : 403, new: login === 'wanglei' ? 200 : 403,
      own: !isService || login === 'zhangmin' ? 403 : isAll || isPipeline ? 200 : 404, other: !isService || login === 'zhangmin' ? 403 : isAll || login === 'liuyang' ? 200 : 404 };
    const got = {};
    for (const [name, where] of [['home', HOME], ['list', `${LIST}?view=all`], ['new', NEW], ['own', pageOf(own)], ['other', pageOf(other)]]) got[name] = (await who.get(where)).status;
    assert.deepEqual(got, sees, login);
    if (got.own === 200) assert.deepEqual([...(await who.get(pageOf(own))).text.matchAll(/id="act-([a-z]+)"/g)].map(([, name]) => name), forms[login], login);
    const token = formOf((await who.get('/staff/signin')).text, '/staff/signout').token;
    for (const [action, more] of [['answer', { words: 'x' }], ['check', { decision: 1 }], ['extend', { due_at: later(9), words: 'x' }], ['withdraw', { words: 'x' }]]) {
      if ((forms[login] ?? []).includes(action)) continue;
      const before = JSON.stringify(await rowOf(own));
      const answer = await who.post(`${pageOf(own)}/${action}`, { token, key: KEY(), version: 1, ...more });
      assert.ok([403, 404, 422].includes(answer.status), `${login} ${action} ${answer.status}`);
      assert.equal(JSON.stringify(await rowOf(own)), before, `${login} ${action}`);
    }
    if (login !== 'wanglei') assert.equal((await who.post(NEW, { token, key: KEY(), ...fields() })).status, 403, login);
  }
  for (const where of ['999999', '0', 'x', '-1']) assert.equal((await wanglei.get(pageOf(where))).status, 404, where);
  assert.equal((await wanglei.get(`${pageOf(own)}/answer`)).header('location'), pageOf(own));
  assert.ok(!(await lina.get(`${LIST}?view=all`)).text.includes(`href="${pageOf(other)}"`), 'nor in a list');
  assert.equal((await wanglei.post(`${pageOf(own)}/destroy`, { token: formOf((await wanglei.get(NEW)).text, NEW).token, key: KEY(), version: 1 })).status, 404);
});

test('Art. 10: a circular names its unit and its reasons, is numbered, read by all service staff, never edited, withdrawn with words', async () => {
  const number = await lateTicket();
  const order = await give();
  const start = formOf((await wanglei.get(`${NEW_CIRCULAR}?order=${order}`)).text, NEW_CIRCULAR);
  assert.deepEqual([start.unit, start.orders], [String(PIPELINE), String(order)]);
  const text = { ...start, title: '关于接单迟到的通报', words: '一周内两次迟到，影响恶劣。\n请各单位引以为戒。', tickets: `${number.toLowerCase()}、`, orders: `${order}` };
  const published = await wanglei.post(NEW_CIRCULAR, text);
  assert.equal(published.status, 303, wordsOf(published.text).slice(0, 500));
  const where = published.header('location').split('?')[0];
  assert.equal((await wanglei.post(NEW_CIRCULAR, text)).header('location').split('?')[0], where, 'sent twice');
  for (const login of ['zhangmin', 'lina', 'sunqiang', 'liuyang', 'xuguang']) {
    const who = await staff(login);
    assert.match(wordsOf((await who.get(CIRCULARS)).text), /关于接单迟到的通报 通报〔\d{4}〕\d+ 号/, login);
    const page = await who.get(where);
    assert.match(wordsOf(page.text), /请各单位引以为戒/, login);
    assert.equal(page.text.includes(`href="${pageOf(order)}"`), ['lina', 'sunqiang', 'xuguang'].includes(login), `${login}: a link to the order only for whom it is`);
    assert.ok(!page.text.includes('/withdraw'), login);
    assert.equal((await who.get(NEW_CIRCULAR)).status, 403, login);
  }
  for (const login of ['heping', 'admin']) assert.equal((await (await staff(login)).get(where)).status, 403, login);
  const bare = await wanglei.submit(where, `${where}/withdraw`, { words: '' });
  assert.equal(errorOf(bare.text, 'words'), '请写明撤销的原因');
  const [one, two] = [formOf((await wanglei.get(where)).text, `${where}/withdraw`), formOf((await wanglei.get(where)).text, `${where}/withdraw`)];
  assert.equal((await wanglei.post(`${where}/withdraw`, { ...one, words: '事实有误' })).status, 303);
  assert.equal((await wanglei.post(`${where}/withdraw`, { ...one, words: '事实有误' })).status, 303, 'sent twice');
  assert.equal((await wanglei.post(`${where}/withdraw`, { ...two, words: '别的原因' })).status, 409);
  assert.match(wordsOf((await lina.get(where)).text), /已撤销[\s\S]*事实有误[\s\S]*关于接单迟到的通报/);
});

test('every field of a circular: what is wrong stands beside it and is kept', async () => {
  const other = await give({ unit: CUSTOMER });
  const good = { unit: PIPELINE, title: '关于迟到的通报', words: '事实。', tickets: '', orders: '' };
  const [[before]] = await sql('SELECT COUNT(*) FROM circular');
  const cases = [
    ['unit', '', '请选择一项'], ['title', '', /请写标题/], ['title', '字', /请写标题/], ['title', '字'.repeat(61), '最多 60 字，现在有 61 字'], ['words', '', '请写正文'],
    ['words', '字'.repeat(3001), '最多 3000 字，现在有 3001 字'], ['tickets', 'SN200101-00000006', /受理编号不对/], ['tickets', '又一次', /受理编号不对/], ['orders', '999999', /编号不对/],
    ['orders', 'abc', /编号不对/], ['orders', String(other), /不是这个单位的/],
  ];
  for (const [field, value, words] of cases) {
    const answer = await wanglei.submit(NEW_CIRCULAR, NEW_CIRCULAR, { ...good, [field]: value });
    assert.equal(answer.status, 422, `${field} ${value}`);
    if (words instanceof RegExp) assert.match(errorOf(answer.text, field) ?? '', words, field);
    else assert.equal(errorOf(answer.text, field), words, field);
    assert.equal(formOf(answer.text, NEW_CIRCULAR).words, field === 'words' ? value : good.words);
  }
  assert.equal((await sql('SELECT COUNT(*) FROM circular'))[0][0], before);
  for (const where of ['999999', '0', 'x']) assert.equal((await wanglei.get(`${CIRCULARS}${where}`)).status, 404, where);
});

test('the pages of orders and circulars in English, without a word of Chinese but names', async () => {
  const id = await give();
  await wanglei.get('/staff/signin?lang=en');
  for (const where of [HOME, LIST, NEW, pageOf(id), CIRCULARS, NEW_CIRCULAR]) {
    const { text } = await wanglei.get(where);
    const labels = [...text.matchAll(/<(h1|h2|h3|label|legend|th|dt|summary|button)[^>]*>([^<]*)</g)].map(([, , words]) => words).join(' ');
    assert.doesNotMatch(labels, /[\u4e00-\u9fff]/, where);
  }
});
