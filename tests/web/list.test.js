// The desk's lists over HTTP: views and counts, the words and the form of one filter, pages in both directions, search, and
// polls that cost little.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, staff, sql, now, wait, formOf, wordsOf, errorOf } = require('./staff_client.js');

const NO_WATER = 1, LEAK = 3, LEAK_BY_OTHERS = 4;
const CUSTOMER = 2, PIPELINE = 3, INSPECTION = 4;
const LIST = '/staff/ticket/';
const EVERYBODY = ['zhangmin', 'wanglei', 'zhaowei', 'lina', 'sunqiang', 'chenjing', 'gaofei', 'liuyang', 'matao', 'songli', 'zhoubin', 'xuguang'];

let zhangmin, wanglei, lina, chenjing, matao, xuguang;
test.beforeEach(async () => {
  [zhangmin, wanglei, lina, chenjing, matao, xuguang] = await Promise.all(['zhangmin', 'wanglei', 'lina', 'chenjing', 'matao', 'xuguang'].map((login) => staff(login)));
});

const page = (number) => `/staff/ticket/${number}`;
const act = (who, number, action, fields = {}) => who.submit(page(number), `${page(number)}/${action}`, fields);
async function done(who, number, action, fields) {
  const answer = await act(who, number, action, fields);
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 400)}`);
}

let phones = 0;
async function file(fields = {}, who = zhangmin) {
  const report = { category: LEAK, place: '明珠花园5号楼东侧', phone: `1390636${String(++phones + 1000)}`, words: '路面冒水', ...fields };
  const answer = await who.submit('/staff/ticket/new', '/staff/ticket/new', report);
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 600));
  return /SN\d{6}-\d{8}/.exec(answer.header('location'))[0];
}
async function accepted(fields) {
  const number = await file(fields);
  await done(wanglei, number, 'dispatch', { unit: PIPELINE });
  await done(lina, number, 'accept');
  return number;
}

const rowsOf = (text) => [...text.matchAll(/id="t-(SN\d{6}-\d{8})"/g)].map(([, number]) => number);
const linkOf = (text, words) => {
  const found = [...text.matchAll(/<a ([^>]*)>((?:(?!<\/a>)[\s\S])*)<\/a>/g)].find(([, , inside]) => wordsOf(inside).trim().startsWith(words));
  return found ? /href="([^"]*)"/.exec(found[1])[1].replace(/&amp;/g, '&') : null;
};
/** All rows from the first page on. */
async function whole(who, where) {
  const numbers = [];
  for (let at = where, pages = 0; at && pages < 80; pages++) {
    const { status, text } = await who.get(at);
    assert.equal(status, 200, at);
    numbers.push(...rowsOf(text));
    at = linkOf(text, '下一页');
  }
  return numbers;
}
/** What the box leads to: the address of the list. */
async function find(who, words, view = 'due') {
  const answer = await who.submit(`${LIST}?view=${view}`, `${LIST}find`, { q: words });
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 300));
  return answer.header('location');
}
const has = async (who, where, number) => (await whole(who, where)).includes(number);
/** Waits until clerk has folded what was filed. */
async function folded() {
  for (let tries = 0; tries < 200; tries++) {
    if ((await sql('SELECT COUNT(*) FROM dirty'))[0][0] === '0') return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  assert.fail('clerk does not fold');
}

// ---------------------------------------------------------------- views

test('each view shows its own: mine, waiting for me, to be dispatched, late', async () => {
  const fresh = await file({ category: NO_WATER });
  const held = await accepted({ category: NO_WATER });
  const sent = await file({ category: NO_WATER });
  await done(wanglei, sent, 'dispatch', { unit: PIPELINE });
  const finished = await accepted({ category: NO_WATER });
  await done(lina, finished, 'finish', { outcome: 1, words: '好了' });
  const view = (name) => `${LIST}?view=${name}`;
  assert.ok(await has(wanglei, view('undispatched'), fresh) && !(await has(wanglei, view('undispatched'), held)));
  assert.ok(await has(lina, view('mine'), held) && !(await has(lina, view('mine'), fresh)));
  assert.ok(!(await has(chenjing, view('mine'), held)), "another unit's");
  assert.ok(await has(lina, view('waiting'), sent), 'to be accepted');
  assert.ok(!(await has(lina, view('waiting'), held)));
  await done(zhangmin, held, 'urge', {});
  assert.ok(await has(lina, view('waiting'), held), 'to be answered');
  assert.ok(await has(wanglei, view('waiting'), finished) && !(await has(wanglei, view('waiting'), held)), 'ops: decisions');
  await done(zhangmin, held, 'escalate-group', { words: '医院停水' });
  assert.ok(await has(xuguang, view('waiting'), held), 'leadership: acknowledgement');
  await done(xuguang, held, 'acknowledge', {});
  assert.ok(!(await has(xuguang, view('waiting'), held)));
  assert.ok(await has(zhangmin, view('mine'), held) && !(await has(wanglei, view('mine'), held)), 'art9 my first contacts');
  const overdue = await file();
  await done(wanglei, overdue, 'dispatch', { unit: PIPELINE });
  assert.ok(await has(wanglei, view('soon'), overdue) && !(await has(wanglei, view('late'), overdue)));
  wait(21);
  wanglei = await staff('wanglei');
  assert.ok(await has(wanglei, view('late'), overdue), 'late without anything being saved');
  assert.match((await (await staff('lina')).get(LIST)).text, /aria-current="page">我的/, 'a unit begins with its own');
});

test('art10 who has to be called back stands in a queue of its own until it is done', async () => {
  const number = await accepted({ category: NO_WATER });
  await done(lina, number, 'finish', { outcome: 1, words: '好了' });
  assert.ok(!(await has(zhangmin, `${LIST}?view=call`, number)), 'not before ops accepted the finish');
  await done(wanglei, number, 'review', { decision: 1 });
  assert.ok(await has(zhangmin, `${LIST}?view=call`, number) && await has(wanglei, `${LIST}?view=call`, number));
  assert.doesNotMatch((await lina.get(LIST)).text, /id="v-call"/, 'the unit does not call for itself');
  for (let attempt = 1; attempt <= 3; attempt++) {
    assert.ok(await has(zhangmin, `${LIST}?view=call`, number), `attempt ${attempt}`);
    await done(zhangmin, number, 'follow-up', { follow_up: 3 });
  }
  assert.ok(!(await has(zhangmin, `${LIST}?view=call`, number)), 'called often enough');
  await done(wanglei, number, 'close');
});

test('art25 where a unit helps another one stands in its own list', async () => {
  const number = await accepted({ category: LEAK_BY_OTHERS });
  assert.ok(!(await has(matao, `${LIST}?view=mine`, number)));
  await done(wanglei, number, 'assist', { unit: INSPECTION, assist_role: 2 });
  assert.ok(await has(matao, `${LIST}?view=mine`, number) && await has(matao, `${LIST}?view=waiting`, number));
  await done(matao, number, 'accept');
  assert.ok(await has(matao, `${LIST}?view=mine`, number) && !(await has(matao, `${LIST}?view=waiting`, number)));
});

test('art17 what went up to the leader of a unit carries a mark in the lists, in both languages, as long as the unit has it', async () => {
  const number = await accepted({ category: NO_WATER });
  const rowOf = async (who) => {
    for (let at = `${LIST}?view=all`, pages = 0; pages < 10; pages++) {
      const { text } = await who.get(at);
      const row = [...text.matchAll(/<tr id="r-[\s\S]*?<\/tr>/g)].map(([html]) => html).find((html) => html.includes(`id="r-${number}"`));
      if (row) return row;
      at = /href="([^"]*after=[^"]*)"/.exec(text)[1].replace(/&amp;/g, '&');
    }
    return assert.fail(`${number} is in no list`);
  };
  assert.doesNotMatch(await rowOf(wanglei), /已报单位负责人/);
  await done(lina, number, 'escalate-unit', { words: '要停主管，请领导协调' });
  for (const who of [wanglei, lina, zhangmin]) assert.match(await rowOf(who), /<strong class="tag warn">已报单位负责人<\/strong>/);
  await wanglei.get('/staff/signin?lang=en');
  assert.match(await rowOf(wanglei), /<strong class="tag warn">with the unit&#39;s leader<\/strong>/);
  await wanglei.get('/staff/signin?lang=zh-CN');
  assert.match(await rowOf(wanglei), /已报单位负责人/);
  await done(lina, number, 'finish', { outcome: 1, words: '好了' });
  assert.doesNotMatch(await rowOf(wanglei), /已报单位负责人/);
});

test('the count beside a view is the number of its tickets', async () => {
  for (const login of ['wanglei', 'lina', 'xuguang']) {
    const who = await staff(login);
    const { text } = await who.get(LIST);
    for (const [, name, count] of text.matchAll(/id="v-([a-z]+)"[^>]*>[^<]*<b>(\d+)\+?<\/b>/g)) {
      assert.equal((await whole(who, `${LIST}?view=${name}&rows=100`)).length, Number(count), `${login} ${name}`);
    }
  }
});

test('a view that somebody has no use for is absent, and its address shows what he begins with', async () => {
  const names = async (who) => [...(await who.get(LIST)).text.matchAll(/id="v-([a-z]+)"/g)].map(([, name]) => name);
  assert.deepEqual(await names(wanglei), ['mine', 'waiting', 'undispatched', 'call', 'soon', 'late', 'due', 'all']);
  assert.deepEqual(await names(lina), ['mine', 'waiting', 'soon', 'late', 'due', 'first', 'all']);
  assert.deepEqual(await names(zhangmin), ['mine', 'undispatched', 'call', 'soon', 'late', 'due', 'all']);
  assert.deepEqual(await names(xuguang), ['waiting', 'undispatched', 'soon', 'late', 'due', 'first', 'all']);
  assert.match((await lina.get(`${LIST}?view=undispatched`)).text, /aria-current="page">我的/);
});

// ---------------------------------------------------------------- words and form

test('words and form are the same filter: each shows what the other chose', async () => {
  const number = await accepted({ category: LEAK, place: '湖光里7号楼' });
  const where = await find(wanglei, '状态:处理中 承办:管道 时限:<7天');
  assert.ok(await has(wanglei, where, number));
  const { text } = await wanglei.get(where);
  const form = formOf(text, '/filter');
  assert.equal(form.state, '4');
  assert.equal(form.unit, String(PIPELINE));
  assert.equal(form.due, '<7天');
  const changed = await wanglei.post(`${LIST}filter`, { ...form, state: '', category: String(LEAK), due: '' });
  assert.equal(changed.status, 303);
  const again = await wanglei.get(changed.header('location'));
  const words = formOf(again.text, '/find').q;
  assert.match(words, /^类别:\S+ 承办:\S+$/);
  assert.equal(await find(wanglei, words), changed.header('location'), 'the words alone lead to the same list');
  assert.deepEqual(await whole(wanglei, await find(wanglei, 'category:#3 unit:#3')), await whole(wanglei, changed.header('location')), 'in English, too');
});

test('filters narrow a list by its address alone', async () => {
  const number = await accepted({ category: LEAK });
  const shows = async (words) => has(wanglei, await find(wanglei, words), number);
  for (const [yes, no] of [['承办:#3', '承办:#2'], ['类别:#3', '类别:#1'], ['片区:内', '片区:外环路以外'], ['状态:处理中', '状态:待派单'], ['来源:电话', '来源:来信'], ['性质:报修', '性质:投诉'], ['时限:<30天', '时限:超时'], ['时限:>1分', '时限:>300天']]) {
    assert.ok(await shows(yes), yes);
    assert.ok(!(await shows(no)), no);
  }
  assert.ok(await shows('承办:#3 类别:#3 片区:内 状态:处理中 来源:电话 性质:报修 时限:<30天'));
});

test('a condition is taken away by its link', async () => {
  const where = await find(wanglei, '状态:处理中 类别:#3 冒水');
  const { text } = await wanglei.get(where);
  assert.equal(linkOf(text, '状态:处理中'), await find(wanglei, '类别:#3 冒水'));
  assert.equal(linkOf(text, '冒水'), await find(wanglei, '状态:处理中 类别:#3'));
  assert.equal(linkOf(text, '清除条件'), `${LIST}?view=due`);
});

test('what is not known is said beside the box; the list stays, unfiltered, and so do the words', async () => {
  const number = await file({ category: NO_WATER });
  for (const [words, said] of [['天气:晴', /没有“天气”这个条件/], ['状态:在路上', /不认识“在路上”/], ['类别:漏水', /都含“漏水”/], ['状态:待派单 状态:处理中', /写了两次/], ['水', /至少写 2 个字/], ['时限:2h', /不认识/], ['甲乙 丙丁 戊己 庚辛 壬癸', /最多 4 个/]]) {
    for (const answer of [await wanglei.submit(LIST, `${LIST}find`, { q: words }), await wanglei.get(`${LIST}?view=due&rows=100&q=${encodeURIComponent(words)}`)]) {
      assert.equal(answer.status, 422, words);
      assert.match(errorOf(answer.text, 'q'), said);
      assert.equal(formOf(answer.text, '/find').q, words);
      assert.ok(rowsOf(answer.text).length > 0);
    }
  }
  assert.ok(await has(wanglei, `${LIST}?view=undispatched`, number));
  const long = await wanglei.submit(LIST, `${LIST}find`, { q: '水'.repeat(601) });
  assert.equal(long.status, 422);
  assert.ok(errorOf(long.text, 'q'));
});

test('what is wrong in the form stands beside its field, and everything chosen is kept', async () => {
  for (const [fields, field, said] of [[{ phone: '12' }, 'phone', /11 位手机/], [{ account: '1' }, 'account', /10 或 11 位/], [{ number: '12' }, 'number', /最后 8 位/], [{ words: '水' }, 'words', /至少 2 个字/], [{ words: '甲乙 丙丁 戊己 庚辛 壬癸' }, 'words', /最多 4 个/]]) {
    const answer = await wanglei.submit(LIST, `${LIST}filter`, { category: LEAK, ...fields });
    assert.equal(answer.status, 422);
    assert.match(errorOf(answer.text, field), said);
    const form = formOf(answer.text, '/filter');
    assert.equal(form[field], Object.values(fields)[0]);
    assert.equal(form.category, String(LEAK));
  }
});

test('an address that no link of ours has is refused', async () => {
  for (const query of ['after=x', 'after=1-', 'after=-1-5', 'before=1', 'after=1-1&before=1-1', 'sort=name', 'rows=7', 'rows=1000', 'category=3', 'page=2', 'q=a&q=b']) {
    assert.equal((await wanglei.get(`${LIST}?${query}`)).status, 400, query);
  }
  assert.equal((await wanglei.get(`${LIST}?view=nothing`)).status, 200);
});

// ---------------------------------------------------------------- numbers and people

test('a number, also its end, or a telephone finds the ticket, and no telephone gets into an address', async () => {
  const phone = '13700001111', account = '1099887766';
  const number = await file({ category: NO_WATER, phone, account });
  await folded();
  assert.equal(await find(wanglei, ` ${number.toLowerCase().replace('-', ' ')} `), page(number));
  assert.ok(await has(wanglei, await find(wanglei, number.slice(9)), number), 'its last eight digits');
  for (const typed of [phone, '137-0000-1111', '１３７ ００００ １１１１', '+86 13700001111', `电话:${phone}`, `没有水 ${phone}`]) {
    const where = await find(wanglei, typed);
    assert.ok(!where.includes(phone), where);
    if (!typed.startsWith('没有水')) assert.match(decodeURIComponent(where), /^\/staff\/ticket\/\?view=all&q=电话:#[0-9a-f]{64}$/, typed);
    const { text } = await wanglei.get(where);
    assert.equal(text.includes(`t-${number}`), !typed.startsWith('没有水'));
    assert.ok(!text.includes(phone));
    assert.match(formOf(text, '/find').q, /电话:\*/);
  }
  assert.ok(await has(wanglei, await find(wanglei, account), number), 'an account');
  const byForm = await wanglei.submit(LIST, `${LIST}filter`, { phone, words: '路面' });
  const { text } = await wanglei.get(byForm.header('location'));
  assert.ok(rowsOf(text).includes(number));
  const kept = await wanglei.post(`${LIST}find`, { ...formOf(text, '/find'), q: '电话:* 状态:待派单' });
  assert.match(decodeURIComponent(kept.header('location')), /状态:待派单 电话:#[0-9a-f]{64}$/, 'the star stands for the telephone searched before');
  const bare = await wanglei.get(`${LIST}?q=${phone}`);
  assert.equal(bare.status, 422);
  assert.match(errorOf(bare.text, 'q'), /不能写在网址里/);
  assert.equal(formOf(bare.text, '/find').q, '');
});

test('no telephone that was searched for gets into a log', async () => {
  const phone = '13711112222';
  await find(wanglei, phone);
  const wrong = await wanglei.submit(LIST, `${LIST}find`, { q: `天气:晴 ${phone}` });
  assert.equal(wrong.status, 422);
  for (const log of fs.readdirSync(path.join(process.env.SHUINUO_VAR, 'log'))) {
    assert.ok(!fs.readFileSync(path.join(process.env.SHUINUO_VAR, 'log', log), 'utf8').includes(phone), log);
  }
});

// ---------------------------------------------------------------- search

test('Chinese words of place and report find open tickets and those of the last 90 days; all years are one link away', async () => {
  const word = '望岳亭';
  const open = await file({ category: NO_WATER, place: `${word}西路口` });
  const told = await file({ category: NO_WATER, words: `就在${word}旁边，水漫到路上` });
  const old = await file({ category: NO_WATER, place: `${word}南门` });
  await folded();
  await sql(`UPDATE ticket_gram g JOIN ticket t ON t.id = g.ticket_id SET g.reported_at = g.reported_at - INTERVAL 400 DAY WHERE t.number = '${old}'`);
  await sql(`UPDATE ticket SET reported_at = reported_at - INTERVAL 400 DAY, state = 7, is_open = 0, next_due_at = '9999-12-31 23:59:59.999' WHERE number = '${old}'`);
  assert.deepEqual((await whole(wanglei, await find(wanglei, word))).sort(), [open, told].sort());
  const inOpen = await wanglei.get(await find(wanglei, word));
  const all = await wanglei.get(linkOf(inOpen.text, '在全部工单里查'));
  assert.deepEqual(rowsOf(all.text).sort(), [open, told].sort());
  const years = await wanglei.get(linkOf(all.text, '查所有年份'));
  assert.deepEqual(rowsOf(years.text).sort(), [open, told, old].sort());
  assert.deepEqual(await whole(wanglei, await find(wanglei, `${word} 水漫`)), [told], 'all words are wanted');
  assert.deepEqual(await whole(wanglei, await find(wanglei, '岳亭望')), [], 'as it is written');
  const none = await wanglei.get(await find(wanglei, '这里没有这样的字'));
  assert.match(wordsOf(none.text), /没有符合条件的工单/);
  await done(wanglei, told, 'note', { words: '已到石榴巷口' });
  await folded();
  assert.deepEqual(await whole(wanglei, await find(wanglei, '石榴巷')), [told], 'what was added later');
});

// ---------------------------------------------------------------- pages

test('pages lead forward and back through every row once, in every order and size', async () => {
  for (let i = 0; i < 30; i++) await file({ category: i % 2 ? NO_WATER : LEAK });
  for (const query of ['view=due&rows=25', 'view=due&sort=newest&rows=25', 'view=all&rows=25', `view=due&rows=25&q=${encodeURIComponent('来源:电话')}`, `view=all&rows=25&q=${encodeURIComponent('来源:电话')}`]) {
    const forward = [];
    const pages = [];
    let last = null;
    for (let at = `${LIST}?${query}`; at;) {
      const { status, text } = await wanglei.get(at);
      assert.equal(status, 200);
      pages.push(rowsOf(text));
      forward.push(...rowsOf(text));
      last = { at, text };
      at = linkOf(text, '下一页');
    }
    assert.ok(pages.length > 1, query);
    assert.equal(new Set(forward).size, forward.length, 'none twice');
    const back = [];
    for (let at = linkOf(last.text, '上一页'); at;) {
      const { text } = await wanglei.get(at);
      back.unshift(rowsOf(text));
      at = linkOf(text, '上一页');
    }
    assert.deepEqual(back, pages.slice(0, -1), query);
  }
});

test('the page says which rows of how many it shows', async () => {
  const { text } = await wanglei.get(`${LIST}?view=all&rows=25`);
  const [[count]] = await sql('SELECT COUNT(*) FROM ticket WHERE state <> 11');
  assert.match(wordsOf(text), new RegExp(`第 1–25 件，共 ${count} 件`));
  const second = await wanglei.get(linkOf(text, '下一页'));
  assert.match(wordsOf(second.text), new RegExp(`第 26–\\d+ 件，共 ${count} 件`));
  const first = await wanglei.get(linkOf(second.text, '上一页'));
  assert.match(wordsOf(first.text), new RegExp(`第 1–25 件，共 ${count} 件`));
  const [[held]] = await sql(`SELECT COUNT(*) FROM ticket WHERE is_open = 1 AND unit_id = ${PIPELINE}`);
  const filtered = await wanglei.get(await find(wanglei, '承办:#3'));
  assert.match(wordsOf(filtered.text), new RegExp(`第 1–\\d+ 件，共 ${held} 件`));
});

test('open tickets stand by their next deadline, also over pages, and by report when asked', async () => {
  let dues = [];
  for (let at = `${LIST}?view=due&rows=25`; at;) {
    const { text } = await wanglei.get(at);
    dues = dues.concat([...text.matchAll(/data-due="(\d+)"/g)].map(([, ms]) => Number(ms)));
    at = linkOf(text, '下一页');
  }
  assert.ok(dues.length >= 2);
  assert.deepEqual([...dues].sort((a, b) => a - b), dues);
  const { text } = await wanglei.get(`${LIST}?view=due`);
  const byReport = await wanglei.get(linkOf(text, '受理时间'));
  assert.match(byReport.text, /aria-sort="descending"/);
  const numbers = await whole(wanglei, `${LIST}?view=due&sort=newest`);
  const wanted = (await sql('SELECT number FROM ticket WHERE is_open = 1 ORDER BY reported_at DESC, id DESC')).map(([number]) => number);
  assert.deepEqual(numbers, wanted);
});

// ---------------------------------------------------------------- polls

const statementsOf = async (id) => {
  for (let tries = 0; tries < 50; tries++) {
    const line = fs.readFileSync(path.join(process.env.SHUINUO_VAR, 'log/ticket.log'), 'utf8').split('\n').find((text) => text.includes(`id=${id} `));
    if (line) return Number(/statements=(\d+)/.exec(line)[1]);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
  return assert.fail(`no log line for ${id}`);
};
const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
const poll = (who, where, etag) => who.get(where, { 'If-None-Match': etag });
/** How long a worker may take a change that another one made for none. */
const NEWS = 1100;
/** Polls as a screen does, until the answer is another one than the page that is there. */
async function news(who, where, etag) {
  for (const end = Date.now() + 10000; ;) {
    const answer = await poll(who, where, etag);
    if (answer.status !== 304 || answer.header('etag') !== etag) return answer;
    assert.ok(Date.now() < end, 'a change is not seen');
    await pause(50);
  }
}
/** Polls until a worker answers by what it remembers, without a statement. Returns the validator, which clerk's work renews. */
async function remembered(who, where, etag) {
  for (let tries = 0, held = etag; tries < 200; tries++) {
    const answer = await poll(who, where, held);
    assert.equal(answer.status, 304);
    assert.equal(answer.text, '');
    if (await statementsOf(answer.header('x-request-id')) === 0) return held;
    held = answer.header('etag');
  }
  assert.fail('no poll goes without the database');
}
/** A dozen polls, so that several workers are asked: each answer is one of these, and none of them shows a row (the one that is named). */
async function showsNothing(who, where, etag, statuses, number = null) {
  for (let i = 0; i < 12; i++) {
    const answer = await poll(who, where, etag);
    assert.ok(statuses.includes(answer.status), `${answer.status}`);
    assert.deepEqual(rowsOf(answer.text).filter((row) => number === null || row === number), []);
  }
}
/** The least of a few: any of them may also have read the catalog or renewed the session. */
async function least(request) {
  const counts = [];
  for (let i = 0; i < 6; i++) counts.push(await statementsOf((await request()).header('x-request-id')));
  return Math.min(...counts);
}

test('a list that has not changed is not sent again, and costs no statement', async () => {
  await folded();
  const where = `${LIST}?view=due`;
  const first = await wanglei.get(where);
  const etag = first.header('etag');
  assert.match(etag, /^W\/"[0-9a-f]{32}\.\d+\.\d+\.\d+\.[0-9a-f]{32}"$/);
  const again = await wanglei.get(where, { 'If-None-Match': etag });
  assert.equal(again.status, 304);
  assert.equal(again.text, '');
  assert.equal(again.header('etag'), etag);
  await remembered(wanglei, where, etag);
  await pause(NEWS);
  assert.ok(await statementsOf((await poll(wanglei, where, etag)).header('x-request-id')) >= 1, 'what is remembered gets old');
  assert.equal((await lina.get(where, { 'If-None-Match': etag })).status, 200, "another person's list");
  assert.equal((await wanglei.get(`${LIST}?view=late`, { 'If-None-Match': etag })).status, 200, 'another list');
  assert.equal((await wanglei.get(`${where}&lang=en`, { 'If-None-Match': etag })).status, 200, 'another language');
  await wanglei.get(`${where}&lang=zh`);
  const number = await file();
  const changed = await news(wanglei, where, etag);
  assert.equal(changed.status, 200);
  assert.ok(await has(wanglei, where, number));
  await pause(NEWS);
  for (let i = 0; i < 12; i++) assert.equal((await poll(wanglei, where, etag)).status, 200, 'no worker is behind any more');
});

test('a change elsewhere leaves the list as it is, with a new validator; a deadline that passes changes it', async () => {
  const number = await file({ category: NO_WATER });
  await done(wanglei, number, 'dispatch', { unit: CUSTOMER });
  await folded();
  const where = `${LIST}?view=mine`;
  const first = await lina.get(where);
  await done(wanglei, number, 'note', { words: '与管道无关' });
  await folded();
  const again = await news(lina, where, first.header('etag'));
  assert.equal(again.status, 304, "another unit's ticket");
  assert.notEqual(again.header('etag'), first.header('etag'));
  await remembered(lina, where, again.header('etag'));
  const mine = await file({ category: NO_WATER });
  await done(wanglei, mine, 'dispatch', { unit: PIPELINE });
  await folded();
  const before = await lina.get(where);
  wait(16);
  lina = await staff('lina');
  const after = await lina.get(where, { 'If-None-Match': before.header('etag') });
  assert.equal(after.status, 200, 'late meanwhile');
});

test('who signed out sees no list any more, whatever a worker remembers', async () => {
  await folded();
  const where = `${LIST}?view=due`;
  const etag = await remembered(lina, where, (await lina.get(where)).header('etag'));
  const held = new Map(lina.cookies);
  assert.equal((await lina.submit(where, '/staff/signout')).status, 303);
  lina.cookies = held;
  await showsNothing(lina, where, etag, [304, 303]);
  assert.equal((await lina.get(where)).status, 303, 'a page is asked of the database');
  assert.equal((await poll(lina, `${LIST}?view=all`, etag)).status, 303, 'so is another list');
  await file();
  await showsNothing(lina, where, etag, [304, 303]);
  await pause(NEWS);
  await showsNothing(lina, where, etag, [303]);
});

test('who was disabled, or has other rights now, sees nothing of the former list, whatever a worker remembers', async () => {
  const number = await accepted({ category: NO_WATER });
  await folded();
  const where = `${LIST}?view=mine&sort=newest`;
  const before = await lina.get(where);
  let etag = before.header('etag');
  assert.ok(rowsOf(before.text).includes(number));
  const [[unit, roles]] = await sql("SELECT unit_id, roles FROM staff WHERE login = 'lina'");
  const change = (what) => sql(`UPDATE staff SET ${what} WHERE login = 'lina'`);
  try {
    etag = await remembered(lina, where, etag);
    await change('is_active = 0');
    await showsNothing(lina, where, etag, [304, 303]);
    await pause(NEWS);
    await showsNothing(lina, where, etag, [303]);
    await change('is_active = 1');
    etag = await remembered(lina, where, etag);
    await change(`roles = ${1 << 9}`);
    await file();
    await showsNothing(lina, where, etag, [304, 200], number); // 200: what she took down herself stays hers to follow
    await pause(NEWS);
    await showsNothing(lina, where, etag, [200], number);
    await change(`roles = ${roles}, unit_id = ${CUSTOMER}`);
    const other = await news(lina, where, etag);
    assert.equal(other.status, 200);
    assert.ok(!rowsOf(other.text).includes(number), "the former unit's");
  } finally {
    await change(`is_active = 1, roles = ${roles}, unit_id = ${unit}`);
  }
});

test('validators that were made up are not believed', async () => {
  const where = `${LIST}?view=due`;
  const { headers } = { headers: ['W/"x"', '*', `W/"${'0'.repeat(32)}.0.0.0.${'0'.repeat(32)}"`, `W/"${'0'.repeat(32)}.99999999999999999999.0.0.${'0'.repeat(32)}"`, 'W/"', '....."'] };
  for (const etag of headers) assert.equal((await wanglei.get(where, { 'If-None-Match': etag })).status, 200, etag);
});

test('a list costs three statements, however it is filtered', async () => {
  for (const words of ['', '类别:#3', '承办:#3 状态:处理中', '来源:电话 性质:报修']) {
    const where = words ? await find(wanglei, words) : `${LIST}?view=due`;
    assert.ok(await least(() => wanglei.get(where)) <= 3, words);
  }
});

// ---------------------------------------------------------------- from a list to its tickets

test('a ticket opened from a list leads to its neighbours there and back to it', async () => {
  for (let i = 0; i < 3; i++) await file({ category: NO_WATER, place: '七里河东岸' });
  await folded();
  const where = await find(wanglei, '七里河');
  const { text } = await wanglei.get(where);
  const numbers = rowsOf(text);
  assert.ok(numbers.length >= 3);
  const links = numbers.map((number) => new RegExp(`id="t-${number}" href="([^"]*)"`).exec(text)[1].replace(/&amp;/g, '&'));
  const second = await wanglei.get(links[1]);
  assert.equal(linkOf(second.text, '上一张'), links[0]);
  assert.equal(linkOf(second.text, '下一张'), links[2]);
  assert.equal(/id="back" href="([^"]*)"/.exec(second.text)[1].replace(/&amp;/g, '&'), where);
  assert.equal(linkOf((await wanglei.get(links[0])).text, '上一张'), null, 'nothing before the first');
  const bare = await wanglei.get(page(numbers[1]));
  assert.equal(linkOf(bare.text, '上一张'), null);
  const action = new RegExp(`action="(${page(numbers[1])}/note[^"]*)"`).exec(second.text)[1].replace(/&amp;/g, '&');
  const acted = await wanglei.post(action, { ...formOf(second.text.replace(/&amp;/g, '&'), action), words: '打过电话' });
  assert.equal(acted.status, 303);
  assert.equal(acted.header('location'), `${page(numbers[1])}?done=1&${links[1].split('?')[1]}`, 'what is done there does not lose the list');
});

test('what is no list of ours is not taken for one', async () => {
  const number = await file();
  for (const from of ['//evil.example', 'https://evil.example/', 'view=due&x=1', 'view=due&view=late', 'x', 'view=due&after=zz', `q=${'a'.repeat(2000)}`, 'view=due&q=%ff', 'view=due&q=13800001111', '"><script>']) {
    const answer = await wanglei.get(`${page(number)}?from=${encodeURIComponent(from)}`);
    assert.ok([200, 400].includes(answer.status), `${from}: ${answer.status}`);
    if (answer.status === 200) assert.match(answer.text, /id="back" href="\/staff\/ticket\/"/, from);
    assert.ok(!/href="[^"]*\/\/evil/.test(answer.text) && !answer.text.includes('<script>'), from);
  }
});

test('without a session, and for those who have no desk, there is no list', async () => {
  const stranger = new Visitor();
  for (const where of [LIST, `${LIST}?view=all`, `${LIST}find`, `${LIST}filter`]) {
    const answer = await stranger.get(where);
    assert.equal(answer.status, 303, where);
  }
  for (const login of ['admin', 'heping']) {
    const who = await staff(login);
    for (const where of [LIST, `${LIST}?view=all`, `${LIST}?view=due&q=${encodeURIComponent('漏水')}`]) {
      const { status, text } = await who.get(where);
      assert.equal(status, 200, `${login} ${where}`);
      assert.deepEqual([...text.matchAll(/ id="v-([a-z]+)"/g)].map(([, name]) => name), ['first'], 'of all views the first contacts alone (Art. 9)');
      for (const absent of ['/find"', '/filter"', '/list.csv', '/list.xlsx', '/wall"', 'id="bell"', '/handover/', '/failure/', '/staff/supply/', '/staff/assessment/']) assert.ok(!text.includes(absent), `${login} ${absent}`);
      if (!where.includes('view=all')) assert.ok(!text.includes('view=all'), where);
    }
    for (const where of ['list.csv', 'list.xlsx', 'wall', 'bulk', 'handover/', 'failure/']) assert.equal((await who.get(LIST + where)).status, 403, where);
    const token = formOf((await who.get('/staff/signin')).text, '/staff/signout').token;
    for (const where of ['find', 'filter', 'bulk', 'handover/']) assert.equal((await who.post(LIST + where, { token, q: '漏水' })).status, 403, where);
  }
  for (const login of EVERYBODY) assert.equal((await (await staff(login)).get(LIST)).status, 200, login);
  assert.ok(now() > 0);
});
