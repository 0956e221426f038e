// The desk's lists in a browser: fresh rows come without moving others under the hand, everything can be done by keyboard, and
// everything works without JavaScript.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const driver = require('./driver.js');
const { launch, visitor, go, press, until, open } = driver;

const LIST = '/staff/ticket/';
let browser;
let resident;
test.before(async () => {
  browser = await launch();
  resident = await visitor(browser, { js: false });
});
test.after(async () => { await browser.close(); });

const faultless = (...pages) => { for (const page of pages) assert.deepEqual(page.faults, []); };
let filed = 0;
const file = async (place = `松桂大街${++filed}号`) => (await driver.file(resident, { category: 'leak_public', place, phone: `1380636${1000 + filed}` })).number;
/** Polls as when somebody comes back to the window, once a change made just now is news to every worker. */
const poll = async (page) => {
  await page.waitForTimeout(1100);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
};
const rows = (page) => page.locator('#list tbody tr').evaluateAll((all) => all.map((row) => row.id.slice(2)));
const away = (page) => page.mouse.move(1, 1);
const focused = (page) => page.evaluate(() => document.activeElement.id);

async function desk(login, where, options) {
  const page = await visitor(browser, options);
  await open(page, login, where);
  await away(page);
  return page;
}

// ---------------------------------------------------------------- refresh

test('a new ticket appears by itself, and its view counts it', async () => {
  const page = await desk('wanglei', `${LIST}?view=undispatched`);
  const before = Number(await page.locator('#v-undispatched b').innerText());
  const number = await file();
  await poll(page);
  await until('the row is there', async () => (await rows(page)).includes(number));
  assert.equal(Number(await page.locator('#v-undispatched b').innerText()), before + 1);
  assert.equal(await page.locator('#status').innerText(), '列表已更新');
  faultless(page);
  await page.context().close();
});

test('nothing moves under the pointer, a selection or the focus: the changes are offered', async () => {
  const page = await desk('wanglei', `${LIST}?view=all`);
  const hands = {
    pointer: { take: () => page.locator('#list tbody tr').nth(1).hover(), leave: () => away(page) },
    focus: { take: () => page.locator('#list a.no').nth(1).focus(), leave: () => page.evaluate(() => document.activeElement.blur()) },
    'chosen row': { take: () => page.locator('#list input[type=checkbox]').first().evaluate((box) => { box.checked = true; }), leave: () => page.locator('#list input:checked').evaluateAll((all) => { for (const box of all) box.checked = false; }) },
  };
  for (const [name, hand] of Object.entries(hands)) {
    await hand.take();
    const before = await rows(page);
    const number = await file();
    await poll(page);
    const button = page.locator('#status button');
    await until(`${name}: it is offered`, () => button.count());
    assert.match(await button.innerText(), /^有 \d+ 处变化，点此刷新$/);
    assert.deepEqual(await rows(page), before, name);
    await button.click();
    assert.equal((await rows(page))[0], number, name);
    await hand.leave();
    await away(page);
  }
  faultless(page);
  await page.context().close();
});

test('what was offered comes when the pointer leaves, and chosen rows stay chosen', async () => {
  const page = await desk('wanglei', `${LIST}?view=undispatched&sort=newest`);
  await page.locator('#list tbody tr').first().hover();
  const number = await file();
  await poll(page);
  await until('it is offered', () => page.locator('#status button').count());
  await away(page);
  await until('it comes', async () => (await rows(page)).includes(number));
  const chosen = await page.locator('#list input[type=checkbox]').first().getAttribute('id');
  await page.locator(`label[for="${chosen}"]`).click();
  await away(page);
  await file();
  await poll(page);
  await until('it is offered', () => page.locator('#status button').count());
  await page.locator('#status button').click();
  assert.ok(await page.locator(`#${chosen}`).isChecked());
  faultless(page);
  await page.context().close();
});

test('a pause is a pause', async () => {
  const page = await desk('wanglei', `${LIST}?view=undispatched`);
  await page.locator('#pause').click();
  assert.equal(await page.locator('#status').innerText(), '已暂停自动刷新');
  let polls = 0;
  page.on('request', (request) => { if (request.isNavigationRequest() === false && request.url().includes('/staff/ticket/')) polls++; });
  const number = await file();
  await poll(page);
  await page.waitForTimeout(500);
  assert.equal(polls, 0);
  await page.locator('#pause').click();
  await away(page);
  await until('it goes on', async () => (await rows(page)).includes(number));
  faultless(page);
  await page.context().close();
});

test('after three misses it says since when the data is old, and recovers', async () => {
  const page = await desk('wanglei', `${LIST}?view=undispatched`);
  await page.route('**/staff/ticket/**', (route) => route.abort());
  for (let i = 0; i < 3; i++) {
    await poll(page);
    await page.waitForTimeout(150);
  }
  await until('it says so', async () => /^与服务器断开，数据停在 \d\d:\d\d$/.test(await page.locator('#status').innerText()));
  await page.unroute('**/staff/ticket/**');
  await poll(page);
  await until('it recovers', async () => !(await page.locator('#status').innerText()).includes('断开'));
  await page.context().close();
});

test('a poll that finds nothing new is answered "not modified" from the first one on', async () => {
  const page = await desk('lina', `${LIST}?view=mine`);
  const answers = [];
  page.on('response', (answer) => { if (!answer.request().isNavigationRequest()) answers.push(answer.status()); });
  for (let i = 0; i < 3; i++) {
    await poll(page);
    await until('an answer', () => answers.length > i);
  }
  assert.deepEqual(answers, [304, 304, 304]);
  await page.context().close();
});

test('the bell is off until switched on; then a new ticket is in the title and said once', async () => {
  const page = await desk('wanglei', `${LIST}?view=late`);
  assert.equal(await page.locator('#bell').innerText(), '声音提醒：关');
  await page.locator('#bell').click();
  assert.equal(await page.locator('#bell').innerText(), '声音提醒：开');
  const title = await page.title();
  await file();
  await poll(page);
  await until('the title says so', async () => await page.title() === `(1) ${title}`);
  assert.equal(await page.locator('#status').innerText(), '有新的待派工单');
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  assert.equal(await page.title(), title);
  await page.reload();
  assert.equal(await page.locator('#bell').innerText(), '声音提醒：开', 'it is remembered');
  await page.locator('#bell').click();
  const unit = await desk('lina', `${LIST}?view=all`);
  await unit.locator('#bell').click();
  const number = await file();
  await driver.act(page, 'wanglei', number, 'dispatch', { unit: 3 });
  await poll(unit);
  await until('the unit is told of a new dispatch', async () => (await unit.locator('#status').innerText()) === '有新派给本单位的工单');
  const leader = await desk('xuguang', LIST);
  assert.equal(await leader.locator('#bell').count(), 0);
  faultless(page, unit, leader);
  for (const each of [page, unit, leader]) await each.context().close();
});

test('deadlines count down by the clock of the server', async () => {
  const page = await desk('wanglei', `${LIST}?view=undispatched`);
  await file();
  await page.reload();
  const shown = page.locator('time.count:not(.late)').first();
  const [text, due] = [await shown.innerText(), Number(await shown.getAttribute('data-due'))];
  const [, minutes, seconds] = /剩 (\d\d):(\d\d)/.exec(text);
  assert.ok(Math.abs((due - driver.now()) / 1000 - (Number(minutes) * 60 + Number(seconds))) < 5, text);
  await until('it moves', async () => await shown.innerText() !== text, 5);
  await page.context().close();
});

// ---------------------------------------------------------------- keys

test('a list and its tickets by keys alone', async () => {
  for (let i = 0; i < 3; i++) await file();
  const page = await desk('wanglei', `${LIST}?view=undispatched&sort=newest`);
  const numbers = await rows(page);
  const key = (name) => page.keyboard.press(name);
  const follow = (name) => Promise.all([page.waitForNavigation(), key(name)]);
  await key('j');
  assert.equal(await focused(page), `t-${numbers[0]}`);
  await key('j');
  await key('ArrowDown');
  await key('k');
  assert.equal(await focused(page), `t-${numbers[1]}`);
  await follow('o');
  assert.ok(page.url().includes(numbers[1]));
  await follow(']');
  assert.ok(page.url().includes(numbers[2]));
  await follow('[');
  assert.ok(page.url().includes(numbers[1]));
  await key('d');
  assert.equal(await focused(page), 'f-dispatch-unit');
  await key('Escape');
  await key('c');
  assert.equal(await focused(page), 'f-note-words');
  await page.keyboard.type('j 键在这里只是字');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')]);
  assert.match(page.url(), /done=1/);
  assert.ok((await page.locator('main').innerText()).includes('j 键在这里只是字'));
  await follow('u');
  assert.match(page.url(), /view=undispatched&sort=newest$/);
  await key('/');
  assert.equal(await focused(page), 'f-q');
  await key('Escape');
  for (const [keys, view] of [['m', 'mine'], ['w', 'waiting'], ['d', 'soon'], ['o', 'late'], ['a', 'all'], ['n', 'undispatched']]) {
    await key('g');
    await follow(keys);
    assert.match(page.url(), new RegExp(`view=${view}`));
  }
  faultless(page);
  await page.context().close();
});

test('rows are chosen one by one and in a range, and dispatched together', async () => {
  for (let i = 0; i < 4; i++) await file();
  const page = await desk('wanglei', `${LIST}?view=undispatched&sort=newest`);
  const numbers = await rows(page);
  const key = (name) => page.keyboard.press(name);
  const chosen = () => page.locator('#list input:checked').evaluateAll((all) => all.map((box) => box.value));
  await key('j');
  await key('x');
  assert.deepEqual(await chosen(), [numbers[0]]);
  await key('j');
  await key('j');
  await key('Shift+x');
  assert.deepEqual(await chosen(), numbers.slice(0, 3));
  await key('k');
  await key('x');
  assert.deepEqual(await chosen(), [numbers[0], numbers[2]]);
  await Promise.all([page.waitForNavigation(), key('d')]);
  assert.match(page.url(), /\/staff\/ticket\/bulk\?/);
  assert.deepEqual(await page.locator('tbody select').evaluateAll((all) => all.map((box) => box.name.slice(2))), [numbers[0], numbers[2]]);
  await press(page, page.locator('main form button[type=submit]').last());
  assert.match(await page.locator('#h-done').innerText(), /已派单 \(2\)/);
  await Promise.all([page.waitForNavigation(), key('u')]);
  assert.ok(!(await rows(page)).some((number) => [numbers[0], numbers[2]].includes(number)));
  faultless(page);
  await page.context().close();
});

test('keys are explained under ?, can be switched off, and are silent while somebody types', async () => {
  const page = await desk('wanglei', `${LIST}?view=due`);
  await page.locator('#f-q').focus();
  await page.keyboard.type('?jjx');
  assert.equal(await page.locator('#f-q').inputValue(), '?jjx');
  assert.ok(await page.locator('#keys').isHidden());
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  const help = await page.locator('#keys').innerText();
  for (const words of ['下一件', '勾选一段', '提交正在填的表单', '使用单键快捷键']) assert.ok(help.includes(words), words);
  await page.locator('label[for=keys-on]').click();
  await page.keyboard.press('Escape');
  assert.ok(await page.locator('#keys').isHidden());
  await page.keyboard.press('j');
  assert.ok(!(await focused(page)).startsWith('t-'), 'switched off');
  await page.reload();
  await page.keyboard.press('j');
  assert.ok(!(await focused(page)).startsWith('t-'), 'and remembered');
  await page.keyboard.press('?');
  await page.locator('label[for=keys-on]').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  assert.ok((await focused(page)).startsWith('t-'));
  faultless(page);
  await page.context().close();
});

test('the number of a ticket is copied, and with its address when asked twice', async () => {
  const number = await file();
  const page = await visitor(browser);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'wanglei', `${LIST}${number}`);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const spoken = `${number.slice(0, 16)}-${number.slice(16)}`;
  await page.keyboard.press('.');
  await until('it is copied', async () => await copied() === spoken, 5);
  await page.keyboard.press('.');
  await until('with its address', async () => await copied() === `${spoken} ${driver.base}${LIST}${number}`, 5);
  await page.context().close();
});

// ---------------------------------------------------------------- without JavaScript

test('without JavaScript: words, form, order, pages, a ticket and its neighbours, dispatching together', async () => {
  const place = `鹿鸣街${Date.now() % 1000}`;
  const numbers = [];
  for (let i = 0; i < 3; i++) numbers.push(await file(`${place}号`));
  const page = await visitor(browser, { js: false });
  await open(page, 'wanglei', `${LIST}?view=undispatched`);
  for (const id of ['pause', 'bell', 'show-keys']) assert.ok(!(await page.locator(`#${id}`).isVisible()), `${id} needs a script`);
  assert.ok(await page.locator('#reload').isVisible());
  await until('clerk has indexed the place', async () => {
    await go(page, `${LIST}?view=undispatched`);
    await page.locator('#f-q').fill(place);
    await press(page, page.locator('.find button'));
    return (await rows(page)).length === 3;
  });
  assert.deepEqual((await rows(page)).sort(), [...numbers].sort());
  await page.locator('details.filters summary').click();
  await page.locator('#f-state').selectOption('4');
  await press(page, page.locator('details.filters button[type=submit]'));
  assert.deepEqual(await rows(page), []);
  assert.match(await page.locator('#f-q').inputValue(), new RegExp(`^状态:处理中 ${place}$`));
  await press(page, page.locator('.conditions a', { hasText: '状态:处理中' }));
  await press(page, page.locator('thead a', { hasText: '受理时间' }));
  assert.deepEqual(await rows(page), [...numbers].reverse());
  await press(page, page.locator(`#t-${numbers[1]}`));
  await press(page, page.locator('#next'));
  assert.ok(page.url().includes(numbers[0]));
  await press(page, page.locator('#back'));
  assert.deepEqual(await rows(page), [...numbers].reverse());
  for (const number of numbers.slice(0, 2)) await page.locator(`label[for="x-${number}"]`).click();
  await press(page, page.locator('#bulk button'));
  await press(page, page.locator('main form button[type=submit]').last());
  assert.match(await page.locator('#h-done').innerText(), /已派单 \(2\)/);
  await press(page, page.locator('#back'));
  assert.deepEqual(await rows(page), [numbers[2]]);
  await page.locator('#f-q').fill('天气:晴');
  await press(page, page.locator('.find button'));
  assert.match(await page.locator('#e-q').innerText(), /没有“天气”这个条件/);
  assert.equal(await page.locator('#f-q').inputValue(), '天气:晴');
  faultless(page);
  await page.context().close();
});
