// What becomes of a matter, lived through by staff in a browser, with and without JavaScript: one incident of many reports
// (Art. 27), its finish and review, the call back, rectification and circular (Art. 10), system failures (Art. 15).
'use strict';
const assert = require('node:assert');
const { MINUTE, HOUR, UNIT, local, report, both } = require('./people.js');
const { picture, choosePhotos, until, now, wait, open, prepare, press, submit } = require('./driver.js');

const NO_WATER = { group: 'no_water', category: 'no_water' };
const QUALITY = { group: 'quality', category: 'water_quality' };
let phones = Number(process.pid) % 1000;
/** A number of this file alone: earlier reports of a phone are shown to staff. */
const phone = () => `1372${String(++phones).padStart(3, '0')}${String(now()).slice(-7, -3)}`;

// ---------------------------------------------------------------- Art. 27

/** Merges a report into another ticket, by the page that shows both. */
async function merge(people, child, parent) {
  const screen = await people.page('wanglei');
  await open(screen, 'wanglei', `/staff/ticket/${child.number}/merge`);
  await screen.locator('[name=parent][value=other]').check();
  await screen.locator('[name=other]').fill(parent.numberText);
  await press(screen, screen.locator('main form button.button').last());
  const words = await screen.locator('main').innerText();
  for (const number of [child.numberText, parent.numberText]) assert.ok(words.includes(number), 'both are shown before anything happens');
  await press(screen, screen.locator('main form button.button').last());
  assert.match(screen.url(), /done=1/);
}

both('Art. 27: one unit leads and another assists; the result of the incident is told to each reporter and closes every report', async (people) => {
  const parent = await report({ ...QUALITY, phone: phone() });
  const children = [await report({ ...QUALITY, phone: phone() }), await report({ ...QUALITY, phone: phone() })];
  await people.ok('wanglei', parent.number, 'dispatch', { unit: UNIT.maintenance, words: '请牵头' });
  await people.ok('wanglei', parent.number, 'assist', { unit: UNIT.pipeline, assist_role: 1, words: '请协助排放' });
  await people.ok('chenjing', parent.number, 'accept');
  await people.ok('lina', parent.number, 'accept');
  for (const child of children) await merge(people, child, parent);
  const shown = await people.text('wanglei', parent.number);
  assert.match(shown, /并进来的来件 \(2\)/);
  assert.match(shown, /协助/);
  for (const child of children) assert.match(await child.seen(), /合并/);
  assert.equal(await people.has('lina', parent.number, 'finish'), false, 'who assists does not finish it');
  wait(20 * MINUTE);
  await people.ok('chenjing', parent.number, 'finish', { outcome: 1, words: '管网冲洗后水质合格' });
  await people.ok('wanglei', parent.number, 'review', { decision: 1 });
  for (const child of children) {
    await until('its reporter reads the result', async () => (await child.seen()).includes('管网冲洗后水质合格'), 60);
    assert.match(await people.text('wanglei', child.number), /随主单办结/);
    await people.ok('zhangmin', child.number, 'follow-up', { follow_up: 1, satisfaction: 4 });
  }
  await people.ok('zhangmin', parent.number, 'follow-up', { follow_up: 1, satisfaction: 5 });
  await people.ok('wanglei', parent.number, 'close');
  for (const child of children) await until('it is closed with the incident', async () => /归档/.test(await people.text('wanglei', child.number)) && !(await people.has('wanglei', child.number, 'close')), 60);
});

both('Art. 27: each report keeps its own promises; taken out of the incident it is a matter of its own again', async (people) => {
  const child = await report({ ...NO_WATER, phone: phone() });
  const dueOf = async () => { await child.seen(); return child.screen.locator('.clock time').first().getAttribute('datetime'); };
  const due = await dueOf();
  wait(30 * MINUTE);
  const parent = await report({ ...NO_WATER, phone: phone() });
  await merge(people, child, parent);
  assert.equal(await dueOf(), due, 'the time that was promised stands');
  const screen = await people.on('wanglei', parent.number);
  await press(screen, screen.locator(`form[action*="${child.number}/unmerge"] button`));
  assert.match(await people.text('wanglei', parent.number), /^(?![\s\S]*并进来的来件)/);
  assert.equal(await dueOf(), due);
  await people.ok('wanglei', child.number, 'dispatch', { unit: UNIT.maintenance });
  assert.equal(await people.has('chenjing', child.number, 'accept'), true);
});

// ---------------------------------------------------------------- Art. 10

both('Arts. 10 and 22: a repaired leak is finished with its arrival and a photo from after the work, or the reason why there is none', async (people) => {
  const { number, seen } = await report({ phone: phone() });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  await people.ok('lina', number, 'accept');
  assert.equal(await people.has('sunqiang', number, 'finish'), false, 'not before somebody was there and repaired it');
  await people.ok('sunqiang', number, 'arrive', { diameter_mm: '200' });
  await people.ok('sunqiang', number, 'repair', { cause: 1, words: '换管' });
  const screen = await people.refused('sunqiang', number, 'finish', { outcome: 1, words: '修好了，已回填' }, /照片/);
  assert.equal(await screen.locator('#act-finish [name=words]').inputValue(), '修好了，已回填');
  await open(screen, 'sunqiang', `/staff/ticket/${number}/photos`);
  await screen.locator('input[name=stage][value=after]').check();
  await choosePhotos(screen, [picture('jpeg', 41)]);
  await press(screen, screen.locator('form[enctype] button'));
  await people.ok('sunqiang', number, 'finish', { outcome: 1, words: '修好了，已回填' });
  assert.match(await people.text('wanglei', number), /已到场|到场/);
  assert.match(await seen(), /修好了，已回填/);
});

both('Art. 10: not solved is a result too, with why; who is called, how often in vain, and how satisfied they were is recorded', async (people) => {
  const { number } = await report({ ...NO_WATER, phone: phone() });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', number, 'accept');
  await people.refused('chenjing', number, 'finish', { outcome: 2, words: '' }, /写|说明/);
  await people.ok('chenjing', number, 'finish', { outcome: 2, words: '二次供水设施产权不在本集团' });
  await people.ok('wanglei', number, 'review', { decision: 1 });
  assert.match(await people.text('wanglei', number), /未能解决/);
  assert.equal(await people.has('wanglei', number, 'close'), false, 'not before the call back');
  const operator = await people.page('zhangmin');
  const queued = async () => { await open(operator, 'zhangmin', `/staff/ticket/?view=call&q=${number}`); return (await operator.locator('#list').innerText()).includes(number.slice(-8, -1)); };
  assert.equal(await queued(), true, 'it is in the queue of those to be called');
  await people.refused('zhangmin', number, 'follow-up', { follow_up: 1 }, /满意/);
  for (const times of [1, 2, 3]) await people.ok('zhangmin', number, 'follow-up', { follow_up: 3, words: `第 ${times} 次没有人接` });
  assert.equal(await queued(), false, 'called often enough');
  assert.match(await people.text('wanglei', number), /没有联系上[\s\S]*3|联系不上[\s\S]*3/);
  await people.ok('wanglei', number, 'close');
});

both('Art. 10: solved, and the customer is not satisfied: a new round, the first one\'s result stays', async (people) => {
  const { number } = await report({ ...NO_WATER, phone: phone() });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', number, 'accept');
  await people.ok('chenjing', number, 'finish', { outcome: 1, words: '第一次的结果' });
  await people.ok('wanglei', number, 'review', { decision: 1 });
  wait(MINUTE);
  await people.ok('zhangmin', number, 'follow-up', { follow_up: 1, satisfaction: 1, words: '来得太慢' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', number, 'accept');
  await people.ok('chenjing', number, 'finish', { outcome: 1, words: '第二次的结果' });
  const text = await people.text('wanglei', number);
  for (const words of ['第一次的结果', '第二次的结果', '非常不满意', '来得太慢']) assert.ok(text.includes(words), words);
});

/** Opens the form of an act on an order's page, fills and sends it. */
async function actOn(screen, login, where, action, fields) {
  await open(screen, login, where);
  await press(screen, await prepare(screen, action, fields));
  return screen.locator('main').innerText();
}

both('Art. 10: operations orders rectification by a date, the unit answers, operations checks and does not let it pass at once', async (people) => {
  const { number } = await report({ ...NO_WATER, phone: phone() });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  wait(25 * MINUTE);
  await people.ok('lina', number, 'accept');
  const ops = await people.on('wanglei', number);
  await press(ops, ops.locator(`a[href$="/staff/assessment/order/new?ticket=${number}"]`));
  await ops.locator('[name=reason]').selectOption('1');
  await ops.locator('[name=due_at]').fill('');
  await ops.locator('[name=words]').fill('接单超时，查明原因');
  await submit(ops);
  assert.equal(ops.answer.status(), 422);
  assert.equal(await ops.locator('[name=words]').inputValue(), '接单超时，查明原因');
  await ops.locator('[name=due_at]').fill(local(now() + 5 * 24 * HOUR * 1000));
  await submit(ops);
  const where = new URL(ops.url()).pathname;
  const unit = await people.page('lina');
  assert.match(await actOn(unit, 'lina', where, 'answer', { words: '已换双机值班' }), /已换双机值班/);
  assert.match(await actOn(ops, 'wanglei', where, 'check', { decision: 2, words: '没有落实到人' }), /没有落实到人/);
  await actOn(unit, 'lina', where, 'answer', { words: '已落实到人' });
  assert.match(await actOn(ops, 'wanglei', where, 'check', { decision: 1 }), /通过/);
  assert.match(await people.text('wanglei', number), /接单超时，查明原因|整改/);
  await open(ops, 'wanglei', `/staff/assessment/circular/new?order=${where.split('/').pop()}`);
  await ops.locator('[name=title]').fill('关于接单超时的通报');
  await ops.locator('[name=words]').fill('望各单位引以为戒。');
  await submit(ops);
  const circular = new URL(ops.url()).pathname;
  for (const login of ['sunqiang', 'zhangmin']) {
    const reader = await people.page(login);
    await open(reader, login, circular);
    const text = await reader.locator('main').innerText();
    assert.match(text, /关于接单超时的通报/);
    assert.match(text, /望各单位引以为戒/);
    assert.equal(await reader.locator('form[action$="/withdraw"]').count(), 0);
  }
});

// ---------------------------------------------------------------- Art. 15

/** A ticket that this unit accepts 25 minutes after the dispatch. */
async function acceptedLate(people, unit, liaison) {
  const ticket = await report({ ...NO_WATER, phone: phone() });
  await people.ok('wanglei', ticket.number, 'dispatch', { unit });
  wait(25 * MINUTE);
  await people.ok(liaison, ticket.number, 'accept');
  return ticket;
}
/** What runs out is excused by its box on the report's page. */
const boxOf = (screen, number) => screen.locator(`tr:has(a[href$="${number}"]) input[type=checkbox]`);

both('Art. 15: a unit reports a failure after it is over, with the time of the call; operations confirms; only its own late clocks are excused, with the reason', async (people) => {
  const own = await acceptedLate(people, UNIT.pipeline, 'lina');
  const others = await acceptedLate(people, UNIT.maintenance, 'chenjing');
  const unit = await people.page('lina');
  await open(unit, 'lina', '/staff/ticket/failure/new');
  await unit.locator('[name=part]').selectOption('2');
  await unit.locator('[name=started_at]').fill(local(now() - 60 * MINUTE * 1000));
  await unit.locator('[name=words]').fill('工单系统打不开');
  await unit.locator('[name=ended_at]').fill(local(now() - 90 * MINUTE * 1000));
  await submit(unit);
  assert.equal(unit.answer.status(), 422, 'over before it began');
  assert.equal(await unit.locator('[name=words]').inputValue(), '工单系统打不开');
  await unit.locator('[name=ended_at]').fill(local(now()));
  await unit.locator('[name=told_at]').fill(local(now() - 50 * MINUTE * 1000));
  await unit.locator('[name=contact]').fill('王磊');
  await submit(unit);
  const where = new URL(unit.url()).pathname;
  assert.equal(await unit.locator('form[action$="/decide"]').count(), 0, 'the unit does not confirm it itself');
  const ops = await people.page('wanglei');
  await open(ops, 'wanglei', where);
  await ops.locator('input[name=decision][value="1"]').check();
  await press(ops, ops.locator('form[action$="/decide"] button'));
  assert.equal(await boxOf(ops, own.number).count(), 1);
  assert.equal(await boxOf(ops, others.number).count(), 0, "another unit's clock stays late");
  await boxOf(ops, own.number).check();
  await press(ops, ops.locator('form[action$="/excuse"] button').first());
  const shown = await people.on('wanglei', own.number);
  assert.equal(await shown.locator(`a[href="${where}"]`).count() > 0, true, 'the clock names the report');
  assert.match(await own.seen(), /经确认属系统故障，不计/);
  assert.doesNotMatch(await others.seen(), /系统故障/);
});

both('Art. 15: operations writes down a call; a delay that nobody told of in time stays late', async (people) => {
  const { number } = await acceptedLate(people, UNIT.pipeline, 'lina');
  const ops = await people.page('wanglei');
  await open(ops, 'wanglei', '/staff/ticket/failure/new');
  await ops.locator('[name=unit]').selectOption(String(UNIT.pipeline));
  await ops.locator('[name=part]').selectOption('2');
  await ops.locator('[name=started_at]').fill(local(now() - 40 * MINUTE * 1000));
  await ops.locator('[name=ended_at]').fill(local(now() - 2 * MINUTE * 1000));
  await ops.locator('[name=told_at]').fill(local(now())); // when it was over
  await ops.locator('[name=contact]').fill('李娜');
  await ops.locator('[name=words]').fill('机房断网，恢复后才来电');
  await submit(ops);
  assert.match(await ops.locator('main').innerText(), /故障期间没有告知/);
  await ops.locator('input[name=decision][value="1"]').check();
  await press(ops, ops.locator('form[action$="/decide"] button'));
  assert.equal(await boxOf(ops, number).count(), 0);
  const failure = new URL(ops.url()).pathname.split('/').pop();
  const screen = await people.on('wanglei', number);
  const clock = await screen.locator('#act-excuse [name=clock_no] option:not([value=""])').first().getAttribute('value');
  await people.refused('wanglei', number, 'excuse', { clock_no: Number(clock), excuse: failure }, /没有经确认的系统故障报告/);
});
