// Dispatching several tickets at once over HTTP: chosen, checked, carried out one by one, whoever else is at it.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { Visitor, staff, sql, formOf, wordsOf } = require('./staff_client.js');

const NO_WATER = 1, LEAK = 3, UNFORESEEN = 24;
const CUSTOMER = 2, PIPELINE = 3;
const BULK = '/staff/ticket/bulk';

let zhangmin, wanglei;
test.beforeEach(async () => {
  [zhangmin, wanglei] = await Promise.all(['zhangmin', 'wanglei'].map((login) => staff(login)));
});

let phones = 0;
async function file(fields = {}) {
  const report = { category: NO_WATER, place: `星光路${++phones}号`, phone: `1390637${String(phones + 1000)}`, words: '没有水', ...fields };
  const answer = await zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', report);
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 600));
  return /SN\d{6}-\d{8}/.exec(answer.header('location'))[0];
}
const files = async (count, fields) => {
  const numbers = [];
  for (let i = 0; i < count; i++) numbers.push(await file(fields));
  return numbers;
};
const check = (numbers, who = wanglei, more = '') => who.get(`${BULK}?${numbers.map((number) => `t=${number}`).join('&')}${more}`);
const sectionOf = (text, id) => wordsOf(new RegExp(`<section[^>]*aria-labelledby="${id}"[\\s\\S]*?</section>`).exec(text)?.[0] ?? '');
const spoken = (number) => `${number.slice(0, 16)}-${number.slice(16)}`;
const unitsOf = async (numbers) => (await sql(`SELECT number, unit_id, state FROM ticket WHERE number IN ('${numbers.join("','")}') ORDER BY id`)).map(([, unit, state]) => `${unit}/${state}`);
const eventsOf = async (numbers) => Number((await sql(`SELECT COUNT(*) FROM event e JOIN ticket t ON t.id = e.subject_id WHERE e.subject_kind = 1 AND t.number IN ('${numbers.join("','")}')`))[0][0]);

test('what was chosen is listed with the unit that routing proposes, and dispatched with one button', async () => {
  const numbers = await files(3);
  const shown = await check(numbers);
  assert.equal(shown.status, 200);
  const form = formOf(shown.text, '/bulk');
  for (const number of numbers) assert.match(form[`u-${number}`], /^1-\d+$/, 'version and unit');
  const other = form[`u-${numbers[1]}`].endsWith(`-${PIPELINE}`) ? CUSTOMER : PIPELINE;
  const answer = await wanglei.post(BULK, { ...form, [`u-${numbers[1]}`]: `1-${other}`, [`u-${numbers[2]}`]: '', words: '请尽快' });
  assert.equal(answer.status, 200);
  const done = sectionOf(answer.text, 'h-done');
  assert.match(done, /已派单 \(2\)/);
  assert.ok(done.includes(spoken(numbers[0])) && done.includes(spoken(numbers[1])) && !done.includes(spoken(numbers[2])));
  const proposed = form[`u-${numbers[0]}`].split('-')[1];
  assert.deepEqual(await unitsOf(numbers), [`${proposed}/2`, `${other}/2`, '0/1']);
  assert.match(wordsOf((await wanglei.get(`/staff/ticket/${numbers[0]}`)).text), /请尽快/);
});

test('all can go to one unit', async () => {
  const numbers = await files(2, { category: LEAK });
  const form = formOf((await check(numbers)).text, '/bulk');
  await wanglei.post(BULK, { ...form, unit: String(CUSTOMER) });
  assert.deepEqual(await unitsOf(numbers), ['2/2', '2/2']);
});

test('what cannot be dispatched is left out, with the reason', async () => {
  const [waiting, sent] = await files(2);
  const limitless = await file({ category: UNFORESEEN });
  await wanglei.submit(`/staff/ticket/${sent}`, `/staff/ticket/${sent}/dispatch`, { unit: PIPELINE });
  const shown = await check([waiting, sent, limitless, 'SN200101-00000002']);
  const skipped = sectionOf(shown.text, 'h-skipped');
  assert.match(skipped, new RegExp(`${spoken(sent)} 待接单 工单现在的状态不能这样办`));
  assert.match(skipped, new RegExp(`${spoken(limitless)} 待派单 请先确定时限`));
  assert.match(skipped, /SN200101-0000000-2 没有这张工单/);
  assert.deepEqual(Object.keys(formOf(shown.text, '/bulk')).filter((name) => name.startsWith('u-')), [`u-${waiting}`]);
  const none = await check([sent]);
  assert.equal(none.status, 200);
  assert.match(wordsOf(none.text), /没有可以派的工单/);
  assert.equal((await wanglei.get(BULK)).status, 200);
});

test('who comes second is told who came first, ticket by ticket, and the others are dispatched', async () => {
  const numbers = await files(3);
  const form = formOf((await check(numbers)).text, '/bulk');
  await wanglei.submit(`/staff/ticket/${numbers[1]}`, `/staff/ticket/${numbers[1]}/dispatch`, { unit: CUSTOMER });
  const answer = await wanglei.post(BULK, form);
  assert.match(sectionOf(answer.text, 'h-overtaken'), new RegExp(`${spoken(numbers[1])} 今天 \\d\\d:\\d\\d 王磊：派单`));
  assert.match(sectionOf(answer.text, 'h-done'), /已派单 \(2\)/);
  assert.equal((await unitsOf(numbers))[1], '2/2');
});

test('two dispatchers with the same tickets at the same moment: each ticket goes once', async () => {
  for (let round = 0; round < 3; round++) {
    const numbers = await files(6);
    const people = [wanglei, await staff('wanglei')];
    const forms = await Promise.all(people.map(async (who) => formOf((await check(numbers, who)).text, '/bulk')));
    const answers = await Promise.all(people.map((who, i) => who.post(BULK, { ...forms[i], unit: String(i ? CUSTOMER : PIPELINE) })));
    const done = answers.map((answer) => Number(/已派单 \((\d+)\)/.exec(wordsOf(answer.text))?.[1] ?? 0));
    assert.equal(done[0] + done[1], 6, String(done));
    assert.equal(await eventsOf(numbers), 12);
    const units = (await unitsOf(numbers)).map((unit) => unit.split('/')[0]);
    assert.equal(units.filter((unit) => unit === String(PIPELINE)).length, done[0]);
  }
});

test('a double click, also at the same moment, does it once and says it is done', async () => {
  const numbers = await files(4);
  const form = formOf((await check(numbers)).text, '/bulk');
  const answers = await Promise.all([1, 2, 3].map(() => wanglei.post(BULK, form)));
  answers.push(await wanglei.post(BULK, form));
  for (const answer of answers) assert.match(sectionOf(answer.text, 'h-done'), /已派单 \(4\)/);
  assert.equal(await eventsOf(numbers), 8);
});

test('too many words stand beside their field, and what was chosen is kept', async () => {
  const numbers = await files(2);
  const form = formOf((await check(numbers)).text, '/bulk');
  const answer = await wanglei.post(BULK, { ...form, unit: String(CUSTOMER), [`u-${numbers[1]}`]: '', words: '水'.repeat(1001) });
  assert.equal(answer.status, 422);
  assert.match(answer.text, /id="e-words"[^>]*>说明最多 1000 字/);
  const again = formOf(answer.text, '/bulk');
  assert.equal(again.unit, String(CUSTOMER));
  assert.equal(again[`u-${numbers[1]}`], '');
  assert.equal(again.words.length, 1001);
  assert.equal(await eventsOf(numbers), 2);
});

test('what the pages do not send is refused', async () => {
  const [number] = await files(1);
  for (const query of ['t=x', `t=${number}&u=1`, `x=${number}`, `t=${number}0`]) assert.equal((await wanglei.get(`${BULK}?${query}`)).status, 400, query);
  const many = Array.from({ length: 101 }, (_, i) => `t=SN260101-${String(i).padStart(8, '0')}`);
  assert.equal((await wanglei.get(`${BULK}?${many.join('&')}`)).status, 400);
  assert.equal((await check([number, number])).status, 200);
  const form = formOf((await check([number])).text, '/bulk');
  for (const fields of [{ key: 'short' }, { [`u-${number}`]: 'x' }, { [`u-${number}`]: '1' }, { [`u-${number}`]: '1-x' }, { [`u-${number}`]: '0-3' }, { 'u-x': '1-3' }, { unit: 'x' }, { other: '1' }]) {
    assert.equal((await wanglei.post(BULK, { ...form, ...fields })).status, 400, JSON.stringify(fields));
  }
  assert.equal((await wanglei.post(BULK, `${new URLSearchParams(form)}&u-${number}=1-3`)).status, 400, 'twice');
  const nobody = await wanglei.post(BULK, { ...form, [`u-${number}`]: '1-1' });
  assert.match(sectionOf(nobody.text, 'h-refused'), /请选择承办单位/);
  assert.equal(await eventsOf([number]), 1);
});

test('only ops dispatches: for everybody else it is absent and refused', async () => {
  const [number] = await files(1);
  const form = formOf((await check([number])).text, '/bulk');
  for (const login of ['zhangmin', 'zhaowei', 'lina', 'sunqiang', 'xuguang', 'admin', 'heping']) {
    const who = await staff(login);
    assert.equal((await check([number], who)).status, 403, login);
    const list = await who.get('/staff/ticket/?view=due');
    if (list.status === 200) assert.ok(!list.text.includes('id="bulk"') && !list.text.includes('type="checkbox" name="t"'), login);
    const token = formOf((await who.get('/staff/signin')).text, '/staff/signout').token;
    assert.equal((await who.post(BULK, { ...form, token })).status, 403, login);
  }
  assert.equal((await wanglei.post(BULK, { ...form, token: 'x' })).status, 403);
  const stranger = new Visitor();
  assert.equal((await stranger.get(BULK)).status, 303);
  assert.equal(await eventsOf([number]), 1);
  assert.match((await wanglei.get('/staff/ticket/?view=undispatched')).text, new RegExp(`name="t" value="${number}"`));
});

test('back to the list that it began in', async () => {
  const [number] = await files(1);
  const shown = await check([number], wanglei, `&from=${encodeURIComponent('view=undispatched&rows=25')}`);
  assert.match(shown.text, /id="back" href="\/staff\/ticket\/\?view=undispatched&amp;rows=25"/);
  const answer = await wanglei.post(BULK, formOf(shown.text, '/bulk'));
  assert.match(answer.text, /id="back" href="\/staff\/ticket\/\?view=undispatched&amp;rows=25"/);
});
