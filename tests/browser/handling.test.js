// The articles about who handles a matter, lived through in a browser by those whom they concern, with and without JavaScript.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const driver = require('./driver.js');
const { until, now, wait, open, prepare, press } = driver;
const { MINUTE, HOUR, UNIT, local, unknownPlace, team, report, both } = require('./people.js');

const PIPELINE = '供水管道管理部门';
const clock = (ms) => local(ms).slice(11);
const textAt = async (people, login, where) => (await people.at(login, where)).locator('main').innerText();
const noWater = (what = {}) => report({ group: 'no_water', category: 'no_water', ...what });
let phones = 0;
const newPhone = () => `1379${String(now()).slice(-8, -3)}${String(++phones).padStart(2, '0')}`;

/** Fills and sends the intake; the page that it leads to. */
async function intake(screen, login, fields) {
  await open(screen, login, '/staff/ticket/new');
  await screen.locator('[name=category]').selectOption(String(fields.category ?? driver.CATEGORY.no_water));
  await screen.locator('[name=place]').fill(fields.place ?? unknownPlace());
  await screen.locator('[name=phone]').fill(fields.phone ?? newPhone());
  if (fields.account) await screen.locator('[name=account]').fill(fields.account);
  await screen.locator('[name=words]').fill(fields.words ?? '来电报修');
  await sendIntake(screen);
  return screen;
}
const sendIntake = (screen) => press(screen, screen.locator('main form.intake button[type=submit]:not([name]):not([formaction])'));
const filedNumber = (screen) => /ticket\/(SN\d{6}-\d{8})\?new=1/.exec(screen.url())?.[1];

/** The cells of the table's row that begins with `head`. */
const rowOf = async (screen, heading, head) => {
  const row = screen.locator(`section[aria-labelledby="${heading}"] tbody tr`).filter({ has: screen.locator('th', { hasText: head }) });
  return (await row.count()) === 0 ? null : row.first().locator('td').allInnerTexts();
};

// ---------------------------------------------------------------- Art. 4, Art. 12, Art. 34(1)

both('Art. 4: a unit keeps its register of service staff with every change, and confirms it', async (people, js) => {
  const badge = `GX-${js ? 1 : 2}${String(now()).slice(-5)}`;
  const screen = await people.at('matao', '/staff/admin/register/4');
  await press(screen, screen.locator('main a', { hasText: '马涛' }).first());
  await screen.locator('details.act summary', { hasText: '修改' }).first().click();
  await screen.locator('[name=badge]').fill(badge);
  await screen.locator('[name=phone]').fill('13906359876');
  await press(screen, screen.locator('main form[action$="/save"] button[type=submit]'));
  assert.match(screen.url(), /done=1/);
  const seen = await (await people.at('wanglei', new URL(screen.url()).pathname)).locator('main').innerText();
  assert.ok(seen.includes(badge), 'operations reads it');
  assert.match(seen, /变更记录[\s\S]*工牌号[\s\S]*马涛/);
  assert.ok(!seen.includes('13906359876'), 'the number is masked');
  await open(screen, 'matao', '/staff/admin/register/4');
  await press(screen, screen.locator('main form[action$="/register/4/confirm"] button[type=submit]'));
  assert.match(screen.url(), /done=1/);
});

both('Art. 4: a unit keeps its own service rules and the inspections of its people', async (people, js) => {
  const title = `文明用语 ${js ? '甲' : '乙'}`;
  const screen = await people.at('matao', '/staff/admin/service/4/rule');
  await screen.locator('[name=title]').fill(title);
  await screen.locator('[name=body]').fill('接电话先报单位和工号');
  if (await screen.locator('[name=effective_from]').inputValue() === '') await screen.locator('[name=effective_from]').fill(local(now()).slice(0, 10));
  await press(screen, screen.locator('main form button[type=submit]').last());
  assert.match(screen.url(), /done=1/, await screen.locator('main').innerText());
  await open(screen, 'matao', '/staff/admin/service/4/inspection');
  await screen.locator('[name=held_on]').fill(local(now()).slice(0, 10));
  await screen.locator('[name=inspector]').fill('马涛');
  await screen.locator('[name=what]').fill(`抽查上门服务 ${title}`);
  await screen.locator('[name=finding]').fill('佩戴工牌，符合要求');
  const result = screen.locator('select[name=result]');
  if (await result.count()) await result.selectOption('1'); else await screen.locator('[name=result][value="1"]').check();
  await press(screen, screen.locator('main form button[type=submit]').last());
  assert.match(screen.url(), /done=1/, await screen.locator('main').innerText());
  const text = await textAt(people, 'wanglei', '/staff/admin/service/4');
  for (const words of [title, `抽查上门服务 ${title}`]) assert.ok(text.includes(words), words);
});

both('Art. 12: operations sees the hours without a liaison in the next seven days', async (people) => {
  const text = await textAt(people, 'wanglei', '/staff/admin/duty');
  assert.match(text, /7 天/);
  assert.match(text, /施工/);
  const screen = await people.at('zhoubin', `/staff/admin/duty/${UNIT.construction}`);
  assert.match(await screen.locator('main').innerText(), /值班/);
});

both('Art. 12: the dispatch is told to the liaison on duty, half time reminds, the end tells the leader and operations', async (people) => {
  const { number } = await noWater();
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  const told = () => people.told('wanglei', number);
  await until('the liaison is told', async () => /新派单 → 值班联络员/.test(await told()));
  wait(10 * MINUTE);
  await until('half of the time is over', async () => /时限过半 → 值班联络员/.test(await told()));
  wait(10 * MINUTE + 1);
  await until('the time is over', async () => {
    const text = await told();
    return /时限已超 → 单位负责人/.test(text) && /时限已超 → 运营管理部/.test(text);
  });
  await people.ok('lina', number, 'accept');
});

both('Art. 34(1): a call that the liaison does not answer is recorded with its time and number', async (people, js) => {
  const { number } = await noWater();
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  const words = `响铃一分钟无人接 ${js ? '甲' : '乙'}`;
  await people.ok('wanglei', number, 'failed-call', { words });
  assert.ok((await people.text('lina', number)).includes(words));
  const calls = await textAt(people, 'wanglei', '/staff/admin/calls');
  const row = calls.split('\n').find((line) => line.includes(number)) ?? '';
  assert.ok(row.includes(PIPELINE), calls);
  assert.match(row, /\d{3}\*+\d{3,4}|没有|无/);
  assert.match(row, /\d\d:\d\d/);
});

test('Art. 12: the desk rings and says so when half of the time to accept is over, and operations hears the end', async () => {
  const people = team(true);
  const { number } = await noWater();
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  const unit = await people.at('lina', '/staff/ticket/?view=all');
  const ops = await people.at('wanglei', '/staff/ticket/?view=all');
  for (const screen of [unit, ops]) if (await screen.locator('#bell').innerText() === '声音提醒：关') await screen.locator('#bell').click();
  const title = await unit.title();
  const rung = (screen) => async () => {
    await screen.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    return screen.locator('#status').innerText();
  };
  wait(10 * MINUTE);
  await until('the unit hears the reminder', async () => await rung(unit)() === '本单位有工单还没有接单，请尽快接单');
  assert.match(await unit.title(), /^\(\d+\) /);
  assert.ok((await unit.title()).endsWith(title));
  wait(10 * MINUTE + 1);
  await until('operations hears the end', async () => await rung(ops)() === '有工单超过派单或接单时限');
  await people.ok('lina', number, 'accept');
  await people.end();
});

// ---------------------------------------------------------------- Art. 16

both('Art. 16: what each unit held and whose dispatch was wrong is recorded, and operations sees it', async (people) => {
  const HANDLING = '/staff/assessment/handling';
  const number = async (heading, head, index) => Number((await rowOf(await people.at('wanglei', HANDLING), heading, head))?.[index] ?? 0);
  const before = { unit: await number('h-units', '施工', 3), wrong: await number('h-dispatchers', '王磊', 1), recalled: await number('h-dispatchers', '王磊', 2) };
  const ticket = await noWater();
  await people.ok('wanglei', ticket.number, 'dispatch', { unit: UNIT.construction });
  wait(5 * MINUTE);
  await people.ok('zhoubin', ticket.number, 'object', { objection: 1, words: '不是施工造成的' });
  wait(7 * MINUTE);
  await people.ok('wanglei', ticket.number, 'decide-objection', { objection_decision: 1, words: '同意，改派' });
  await people.ok('wanglei', ticket.number, 'dispatch', { unit: UNIT.customer });
  await people.ok('wanglei', ticket.number, 'recall', { dispatch_no: 2, words: '先收回核实' });
  await people.ok('wanglei', ticket.number, 'dispatch', { unit: UNIT.pipeline });
  const page = (await people.text('wanglei', ticket.number)).replace(/\s+/g, ' ');
  assert.match(page, /各单位持有时间合计.*施工\S* 5 分钟/, 'without the minutes that operations took to decide');
  assert.equal(await number('h-units', '施工', 3), before.unit + 1);
  assert.equal(await number('h-dispatchers', '王磊', 1), before.wrong + 1);
  assert.equal(await number('h-dispatchers', '王磊', 2), before.recalled + 1);
  const returned = await rowOf(await people.at('wanglei', HANDLING), 'h-returned', ticket.numberText);
  assert.ok(returned[0].includes('施工') && returned[1] === '王磊', returned.join());
  const own = await people.at('zhoubin', HANDLING);
  assert.ok(await rowOf(own, 'h-units', '施工'));
  assert.equal(await rowOf(own, 'h-units', PIPELINE), null, 'a unit sees its own alone');
  assert.equal(await own.locator('#h-dispatchers').count(), 0);
});

// ---------------------------------------------------------------- Art. 13

both('Art. 13: a form sent after the due time is refused with words; the typed reason is kept', async (people) => {
  const { number } = await noWater();
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', number, 'accept');
  const slow = await people.on('chenjing', number);
  const due = now() + 48 * HOUR * 1000;
  const button = await prepare(slow, 'ask-extension', { proposed_due: local(due + 6 * HOUR * 1000), words: '等专用配件' });
  wait(48 * HOUR + MINUTE);
  await press(slow, button);
  const askedAgain = async () => (await slow.locator('main').innerText()).includes('还没有提交');
  if (await askedAgain()) { // two days later the session is over, and so is the page's token; what was typed is kept
    const other = await slow.context().newPage();
    await other.goto('/staff/signin');
    await driver.signIn(other, 'chenjing');
  }
  for (let tries = 0; tries < 2 && await askedAgain(); tries++) await press(slow, slow.locator('main form button[type=submit]', { hasText: '再提交一次' }));
  assert.doesNotMatch(slow.url(), /done=1/);
  const text = await slow.locator('main').innerText();
  assert.match(text, /已经到期，不能再申请延期/);
  assert.ok(text.includes('等专用配件') || await slow.locator('textarea').evaluateAll((areas) => areas.some((area) => area.value.includes('等专用配件'))));
});

both('Art. 13: the first and the granted due time stand side by side on the ticket, in the list, on the slip and for the resident', async (people) => {
  const { number, seen } = await noWater();
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', number, 'accept');
  const first = now() + 48 * HOUR * 1000;
  const granted = first + 5 * HOUR * 1000;
  await people.ok('chenjing', number, 'ask-extension', { proposed_due: local(first + 12 * HOUR * 1000), words: '配件明天到货' });
  await people.ok('wanglei', number, 'decide-extension', { decision: 1, granted_due: local(granted) });
  const has = (text, what) => {
    assert.match(text, /原定/, what);
    assert.match(text, /延/, what);
    assert.ok(text.includes(clock(granted)), `${what}: ${clock(granted)} in ${text}`);
  };
  has(await people.text('chenjing', number), 'ticket');
  const list = await people.at('wanglei', '/staff/ticket/?view=all');
  has(await list.locator(`#r-${number}`).innerText(), 'list');
  has(await seen(), 'resident');
  const page = await people.on('chenjing', number);
  await press(page, page.locator('form[action$="/slip"] button'));
  has(await page.locator('main').innerText(), 'slip');
});

// ---------------------------------------------------------------- Art. 17, Art. 24

both('Art. 17: what went up to the unit\'s leader stands at the head of the ticket for operations', async (people) => {
  const { number } = await noWater();
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  await people.ok('lina', number, 'accept');
  await people.ok('sunqiang', number, 'escalate-unit', { words: '要停主管，请领导协调' });
  for (const login of ['wanglei', 'zhaowei']) assert.match(await people.text(login, number), new RegExp(`已报告本单位负责人.*${PIPELINE}`));
  assert.equal(await people.has('chenjing', number, 'escalate-unit'), false, "another unit's people do not");
  await until('operations and the leader are told', async () => {
    const text = await people.told('wanglei', number);
    return /上报 → 单位负责人/.test(text) && /已上报本单位负责人 → 运营管理部/.test(text);
  });
});

both('Art. 24: a customer who was not reached needs evidence in words, and without the formalities nothing is finished', async (people) => {
  const { number } = await report({ group: 'meter', category: 'faulty_meter' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', number, 'accept');
  assert.equal(await people.has('gaofei', number, 'finish'), false);
  assert.match(await people.text('gaofei', number), /手续/, 'what is missing is said');
  const screen = await people.on('gaofei', number);
  await press(screen, await prepare(screen, 'formalities', { formality: 2, notice_given: 2, confirmation: 2, words: '' }));
  assert.equal(screen.answer.status(), 422);
  await press(screen, await prepare(screen, 'formalities', { words: '三天打了四次电话，均无人接，已贴通知' }));
  assert.match(screen.url(), /done=1/);
  await people.ok('gaofei', number, 'finish', { outcome: 1, words: '已换表' });
});

// ---------------------------------------------------------------- Art. 9, Art. 34(3)

both('Art. 9: any member of staff registers a report and answers for it to the end, hand-offs counted', async (people) => {
  const screen = await people.page('sunqiang');
  await intake(screen, 'sunqiang', { words: '抢修路上居民当面报修' });
  const number = filedNumber(screen);
  assert.ok(number, screen.url());
  assert.match(await people.text('wanglei', number), /首接人\s+孙强/);
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.customer });
  await people.ok('liuyang', number, 'object', { objection: 1, words: '不归我们' });
  await people.ok('wanglei', number, 'decide-objection', { objection_decision: 1, words: '改派' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  assert.match(await people.text('wanglei', number), /转办次数\s+1/);
  const first = await people.at('sunqiang', '/staff/ticket/?view=first');
  assert.equal(await first.locator(`#r-${number}`).count(), 1, 'among the first contacts');
  await people.ok('chenjing', number, 'accept');
  await until('the first receiver is told of each turn', async () => {
    const text = await people.told('wanglei', number);
    return ['已派单', '提出异议', '异议已裁定', '已接单'].every((turn) => text.includes(`首接：${turn}`));
  });
  await people.ok('chenjing', number, 'finish', { outcome: 1, words: '已恢复供水' });
  await people.ok('wanglei', number, 'review', { decision: 1 });
  if (await people.has('wanglei', number, 'follow-up')) await people.ok('wanglei', number, 'follow-up', { follow_up: 1, satisfaction: 5 });
  await people.ok('wanglei', number, 'close', {});
  await open(first, 'sunqiang', '/staff/ticket/?view=first');
  assert.equal(await first.locator(`#r-${number}`).count(), 0, 'until it is closed');
  assert.match(await people.text('wanglei', number), /首接人\s+孙强/);
});

both('Art. 9: an administrator who picks up the phone registers the report and sees it through', async (people, js) => {
  const screen = await people.page('admin');
  const words = `办公室电话，家里没水 ${js ? '甲' : '乙'}`;
  const other = await noWater();
  await open(screen, 'admin', '/staff/signin');
  await press(screen, screen.locator('main a.button', { hasText: '登记来件' }));
  await intake(screen, 'admin', { words });
  const number = filedNumber(screen);
  assert.ok(number, screen.url());
  assert.match(await screen.locator('.panel').first().innerText(), /\d{4} \d{4}/, 'the query code, to be read out');
  await people.at('admin', '/staff/ticket/');
  assert.equal(await screen.locator('#views li').count(), 1, 'the first contacts and no other list');
  await press(screen, screen.locator(`#t-${number}`));
  const seen = await screen.locator('main').innerText();
  assert.ok(seen.includes(words) && /首接人[\s\S]*我首接/.test(seen), seen);
  assert.deepEqual((await screen.locator('details.act').evaluateAll((forms) => forms.map((form) => form.id))).sort(), ['act-add-words', 'act-escalate-group', 'act-note', 'act-urge']);
  await people.ok('admin', number, 'add-words', { words: '来电人说整栋楼都没水' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  await people.ok('lina', number, 'accept');
  await until('the first receiver is told of the turn', async () => /→ 首接人/.test(await people.told('admin', number)));
  assert.ok((await people.text('lina', number)).includes('整栋楼都没水'));
  await open(screen, 'admin', '/staff/signin');
  await driver.go(screen, `/staff/ticket/${other.number}`, 404);
  assert.ok(!(await screen.locator('body').innerText()).includes('请来看看'));
});

both('Art. 34(3): before a repeat is saved its earlier reports are shown; it is linked with level and count, and its unit does not pass it', async (people) => {
  const phone = newPhone();
  const screen = await people.page('zhangmin');
  await intake(screen, 'zhangmin', { phone, words: '停水了' });
  const first = filedNumber(screen);
  const again = async (earlier, words) => {
    await intake(screen, 'zhangmin', { phone, words });
    assert.equal(filedNumber(screen), undefined, 'asked before it is saved');
    assert.match(await screen.locator('main').innerText(), /同一电话/);
    assert.equal(await screen.locator('[name=words]').inputValue(), words, 'what was typed is kept');
    await screen.locator(`[name=repeat_of][value="${earlier}"]`).check();
    await sendIntake(screen);
    return filedNumber(screen);
  };
  const second = await again(first, '还是没有水');
  const third = await again(second, '第三次打电话了');
  const text = await people.text('wanglei', third);
  assert.match(text, /重复来件\s+2/, 'its level');
  assert.match(await people.text('wanglei', first), /后来又报 \(\d+\)/);
  await people.ok('wanglei', third, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', third, 'accept');
  await people.ok('chenjing', third, 'finish', { outcome: 1, words: '已恢复' });
  for (const action of ['review', 'close']) assert.equal(await people.has('chenjing', third, action), false, action);
  await people.ok('wanglei', third, 'review', { decision: 1 });
});
