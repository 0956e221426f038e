// The whole line, in a browser: a resident reports, staff carry it through, and the public page counts whether it was kept.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const driver = require('./driver.js');
const { launch, visitor, go, heading, until, now, wait, waitFor, clockText, file, follow, open, act, commitments, commitmentsSince, figureOf } = driver;

const MINUTE = 60;
const HOUR = 3600;
const ARRIVED = /到达|到场/;
const REPAIRED = /修好|修复/;
const FINISHED = /办完|办结/;

let browser;
test.before(async () => { browser = await launch(); });
test.after(async () => { await browser.close(); });

const ms = async (locator) => Date.parse(await locator.getAttribute('datetime'));
const faultless = (...pages) => { for (const page of pages) assert.deepEqual(page.faults, []); };

/** The due times on a page for residents, by what they promise. */
async function dues(page) {
  const found = {};
  for (const clock of await page.locator('.clock').all()) {
    const title = await clock.locator('h3').innerText();
    const text = await clock.innerText();
    const time = clock.locator('time').first();
    found[title] = { text, at: await time.count() ? await ms(time) : null, shown: await time.count() ? await time.innerText() : '' };
  }
  return found;
}

const clockNamed = (clocks, words) => Object.entries(clocks).find(([title]) => words.test(title))?.[1];

/** Residents file on a small phone, without scripts, in the browser of a chat program. */
const resident = () => visitor(browser, { js: false, width: 320, height: 640, agent: driver.WECHAT });

const fits = async (page) => {
  const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
  assert.ok(width <= 320, `${page.url()} is ${width} px wide on a screen of 320 px`);
};

test('art22 a resident reports a leak on a small phone without scripts and is told by when staff arrive and repair it', async () => {
  const page = await resident();
  await go(page, '/');
  await fits(page);
  await driver.press(page, page.locator('main a[href$="/complaint/new"]'));
  await driver.press(page, page.locator('button[value=leak]'));
  await fits(page);
  assert.match(await page.locator('main').innerText(), /96510/, 'gushing water: call');
  await page.locator('input[value=leak_public]').check();
  await page.locator('[name=place]').fill('明珠花园东门外人行道');
  await page.locator('[name=words]').fill('井盖旁一直往外冒水，已经流到路面。');
  await driver.submit(page);
  await fits(page);
  await page.locator('[name=phone]').fill('１３８ ０６３５-1234');
  await driver.submit(page);
  await fits(page);
  const check = await page.locator('main').innerText();
  for (const answer of ['明珠花园东门外人行道', '井盖旁一直往外冒水', '13806351234']) assert.ok(check.includes(answer), answer);
  const earliest = now();
  await driver.submit(page);
  await page.waitForURL(/\/complaint\/receipt/);
  await fits(page);

  const { number, numberText, code } = await driver.receipt(page);
  assert.match(numberText, /^SN\d{6}-\d{7}-\d$/);
  assert.match(code, /^\d{4} \d{4}$/);
  const reported = await ms(page.locator('main > p time').first());
  assert.ok(reported >= earliest - 1000 && reported <= now() + 1000, 'reported now');
  const clocks = await dues(page);
  for (const [words, seconds] of [[ARRIVED, 40 * MINUTE], [REPAIRED, 24 * HOUR], [FINISHED, 24 * HOUR]]) {
    const clock = clockNamed(clocks, words);
    assert.ok(clock, `${words} is promised: ${Object.keys(clocks)}`);
    assert.equal(clock.at - reported, seconds * 1000, `${words} is due exactly so long after the report`);
    assert.ok(clock.shown.includes(clockText(clock.at)), `${clock.shown} is the time in Shanghai`);
    assert.match(clock.text, /22 ?条|第二十二条/, 'with its article');
  }

  const again = await (await page.reload()).text();
  assert.ok(again.includes(numberText), 'a reload shows the same receipt');

  // Somebody else, with number and code typed as people type them.
  const other = await resident();
  await follow(other, ` ${number.toLowerCase()} `, code.replace(' ', '-'));
  await other.waitForURL(/\/complaint\/progress\//);
  await fits(other);
  const progress = await other.locator('main').innerText();
  assert.ok(progress.includes('已受理') && progress.includes(numberText));
  assert.ok(!progress.includes('13806351234') && !progress.includes('1234'), 'no phone on the page');
  assert.equal(clockNamed(await dues(other), ARRIVED).at - reported, 40 * MINUTE * 1000);
  faultless(page, other);
});

test('art8 the number alone shows nothing, and a wrong code says no more than a wrong number', async () => {
  const page = await resident();
  const { number } = await file(page, { words: '路面冒水' });
  const stranger = await resident();
  await stranger.goto(`/complaint/progress/${number}`);
  assert.match(stranger.url(), /\/complaint\/follow/);
  assert.ok(!(await stranger.locator('main').innerText()).includes('路面冒水'));
  const texts = [];
  for (const [typed, code] of [[number, '00000000'], ['SN200101-0000000-0', '00000000']]) {
    await follow(stranger, typed, code);
    assert.equal(stranger.answer.status(), 422);
    assert.equal(await stranger.locator('[name=number]').inputValue(), typed, 'what was typed is kept');
    texts.push(await stranger.locator('[role=alert]').innerText());
  }
  assert.equal(texts[0], texts[1]);
  faultless(page, stranger);
});

// ---------------------------------------------------------------- a leak from report to closing

/** People of the sample town, each at a screen of their own. */
async function desk(js) {
  const people = {};
  for (const login of ['wanglei', 'lina', 'sunqiang', 'zhangmin']) people[login] = await visitor(browser, { js });
  return {
    people,
    act: (login, number, action, fields) => act(people[login], login, number, action, fields),
    open: (login, where) => open(people[login], login, where),
    text: (login) => people[login].locator('main').innerText(),
  };
}

const kept = (figures, code) => figureOf(figures, code)?.kept ?? 0;
const missed = (figures, code) => figureOf(figures, code)?.missed ?? 0;

/** Waits until the figures count one more kept clock for each code, and nothing else in them is touched. */
async function countsOneMore(before, codes) {
  const after = await until(`one more is counted for ${codes}`, async () => {
    const figures = await commitments();
    return codes.every((code) => kept(figures, code) > kept(before, code)) && figures;
  }, 90);
  for (const code of codes) {
    const figure = figureOf(after, code);
    assert.equal(figure.first_day, figureOf(before, code).first_day, 'the same days are compared');
    assert.equal(figure.kept, kept(before, code) + 1, `${code}: one more kept`);
    assert.equal(figure.total - figure.missed, figureOf(before, code).total - missed(before, code) + 1, `${code}: one more in all`);
    assert.equal(figure.total, figure.kept + figure.missed);
    const month = figureOf(after, code, 'month');
    assert.ok(month.kept >= 1 && month.kept <= figure.kept, `${code}: this month counts it, too`);
  }
  return after;
}

/** The page shows the same numbers as the JSON. */
async function pageShows(figures, codes) {
  const page = await visitor(browser, { js: false, width: 320 });
  await go(page, '/commitment/');
  await fits(page);
  for (const code of codes) {
    const words = await page.locator(`#p-${code}`).innerText();
    const { kept: good, total } = figureOf(figures, code);
    assert.ok(words.includes(String(good)) && words.includes(String(total)), `${code}: ${good} of ${total} on the page: ${words}`);
  }
  faultless(page);
}

async function carryThrough(js) {
  waitFor(9);
  const started = now();
  const phone = await resident();
  const staff = await desk(js);
  const { number, numberText, code } = await file(phone, { place: '湖光里 5 号楼南侧路面', words: '路面裂缝往外冒水' });
  let before = await commitmentsSince(started);

  wait(3 * MINUTE);
  await staff.open('wanglei', '/staff/ticket/?view=undispatched&sort=newest'); // other tests' tickets may fill the first page
  await driver.press(staff.people.wanglei, staff.people.wanglei.locator(`#t-${number}`));
  assert.ok((await staff.text('wanglei')).includes('路面裂缝往外冒水'));
  await staff.act('wanglei', number, 'dispatch', { words: '请立即到场' });
  const dispatched = await staff.text('wanglei');
  assert.ok(dispatched.includes('供水管道管理部门'), 'routing proposes the unit, and the timeline names it');

  // Within the 20 minutes of Art. 12; who may not do a thing does not see it.
  await staff.open('sunqiang', `/staff/ticket/${number}`);
  assert.equal(await staff.people.sunqiang.locator('#act-dispatch').count(), 0);
  assert.equal(await staff.people.sunqiang.locator('#act-review').count(), 0);
  wait(19 * MINUTE);
  await staff.act('lina', number, 'accept');
  wait(10 * MINUTE);
  await staff.act('sunqiang', number, 'arrive', { diameter_mm: '200' });
  await countsOneMore(before, ['accept', 'arrive_inner']);
  await follow(phone, numberText, code);
  assert.match(await phone.locator('main').innerText(), /处理中[^]*到达现场/);

  // Repair and finish are due the next day: the day they count for.
  waitFor(8, 30);
  const morning = now();
  before = await commitmentsSince(morning);
  await staff.act('sunqiang', number, 'repair', { words: '更换漏水管段 2 米', cause: 1 });
  await staff.act('sunqiang', number, 'finish', { outcome: 1, no_photo: 3, words: '已修复，路面清理完毕。' });
  const codes = ['repair_to_600', 'finish_leak_public_to_600'];
  const after = await countsOneMore(before, codes);
  await pageShows(after, codes);

  await staff.act('wanglei', number, 'review', { decision: 1 });
  await staff.act('zhangmin', number, 'follow-up', { follow_up: 1, satisfaction: 5, words: '顾客表示满意' });
  await staff.act('wanglei', number, 'close');
  const timeline = await staff.text('wanglei');
  for (const word of ['更换漏水管段 2 米', '已修复，路面清理完毕。', '顾客表示满意']) assert.ok(timeline.includes(word), word);
  await follow(phone, numberText, code);
  const seen = await phone.locator('main').innerText();
  assert.ok(seen.includes('已办结') && seen.includes('已修复，路面清理完毕。'));
  assert.ok(!seen.includes('顾客表示满意'), 'what is internal stays inside');
  faultless(phone, ...Object.values(staff.people));
}

test('art12 art22 staff carry a leak through, accepted in 20 minutes, on site in 40, repaired in 24 hours, and the public page counts each promise once', async () => {
  await carryThrough(true);
});

test('art12 art22 the same without JavaScript on any screen', async () => {
  await carryThrough(false);
});

test('art12 accepted after the 20 minutes counts as missed, not as kept', async () => {
  waitFor(9);
  const started = now();
  const phone = await resident();
  const staff = await desk(false);
  const { number } = await file(phone, { place: '柳泉小区北门路面' });
  await staff.act('wanglei', number, 'dispatch');
  const before = await commitmentsSince(started);
  wait(20 * MINUTE + 30);
  await staff.act('lina', number, 'accept');
  assert.match(await staff.text('lina'), /超时/);
  await until('the miss is counted', async () => missed(await commitments(), 'accept') > missed(before, 'accept'), 90);
  assert.equal(kept(await commitments(), 'accept'), kept(before, 'accept'));
  faultless(phone, ...Object.values(staff.people));
});

// ---------------------------------------------------------------- intake by phone

for (const js of [true, false]) {
  test(`art8 art9 an operator takes a report by phone and reads out number and code${js ? '' : ', without JavaScript'}`, async () => {
    const page = await visitor(browser, { js });
    await open(page, 'zhangmin', '/staff/ticket/new');
    const intake = page.locator('main form.intake button[type=submit]:not([name]):not([formaction])').last();
    await page.locator('[name=place]').fill('运河湾 8 号楼');
    await page.locator('[name=category]').selectOption(String(driver.CATEGORY.no_water));
    await driver.press(page, intake);
    assert.equal(page.answer.status(), 422, 'a repair matter needs a phone');
    assert.equal(await page.locator('[name=place]').inputValue(), '运河湾 8 号楼', 'what was typed is kept');
    assert.equal(await page.locator('[name=category]').inputValue(), String(driver.CATEGORY.no_water));
    assert.equal(await page.locator('[name=phone]').getAttribute('aria-invalid'), 'true');
    await page.locator('[name=phone]').fill('0635-8212345');
    await page.locator('[name=words]').fill('早上起来就没有水');
    await driver.register(page);
    assert.match(page.url(), /new=1/);
    const [numberText, code] = (await page.locator('.panel dd.number').allInnerTexts()).map((text) => text.trim());
    const text = await page.locator('main').innerText();
    assert.ok(text.includes('早上起来就没有水') && !text.includes('8212345'), 'the phone is masked');
    assert.ok(text.includes('电话'), 'the source is kept');

    const caller = await resident();
    await follow(caller, numberText, code);
    assert.ok((await caller.locator('main').innerText()).includes('已受理'));
    assert.match(await heading(caller), /进度/);

    // The first receiver finds it again among the own ones (Art. 9).
    await open(page, 'zhangmin', '/staff/ticket/?view=first');
    assert.ok((await page.locator('#list').innerText()).includes(numberText));
    faultless(page, caller);
  });
}
