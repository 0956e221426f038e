/*
 * Grave matters, and the work on site: who has to know (Arts. 11, 14), arrival, contact, corrections, repair (Arts. 22, 23), damage by
 * others (Art. 25), at the desk and on a crew's phone, with and without scripts.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { launch, visitor, go, press, until, now, wait, file, follow, open, prepare, act, picture, choosePhotos, folder } = require('./driver.js');
const { giveLink, openJob, prepareStep, takeStep } = require('./crew.js');

const LEAK = 3, LEAK_BY_OTHERS = 4, BEHIND_METER = 8, UNFORESEEN = 24;
const CUSTOMER = 2, PIPELINE = 3, INSPECTION = 4;
const HOUR = 3600 * 1000;
const MINUTE = 60 * 1000;

let browser;
test.before(async () => { browser = await launch(); });
test.after(async () => { await browser.close(); });

const desk = (options = {}) => visitor(browser, { js: false, ...options });
/** A small phone. */
const phone = (options = {}) => visitor(browser, { js: false, width: 320, height: 640, ...options });
const faultless = (...pages) => { for (const page of pages) assert.deepEqual(page.faults, []); };
const fits = async (page) => {
  const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
  assert.ok(width <= 320, `${page.url()} is ${width} px wide on a screen of 320 px`);
};

let reports = 0;
/** An operator writes down a report from the telephone; gives its number. */
async function takeReport(page, { category = LEAK, place = '鼓楼街16号门前', zone, words = '路面冒水', name = '' } = {}) {
  await open(page, 'zhangmin', '/staff/ticket/new');
  await page.locator('[name=category]').selectOption(String(category));
  await page.locator('[name=place]').fill(`${place} ${process.pid}-${++reports}`); // reports of the same place would be asked about
  await page.locator('[name=phone]').fill(`1396351${String((process.pid * 20 + reports) % 10000).padStart(4, '0')}`);
  await page.locator('[name=words]').fill(words);
  if (name) await page.locator('[name=name]').fill(name);
  if (zone) await page.locator('[name=zone]').selectOption(String(zone));
  await press(page, page.locator('main form.intake button:not([name]):not([formaction])').last());
  return /SN\d{6}-\d{8}/.exec(page.url())[0];
}

const text = (page, selector = 'main') => page.locator(selector).innerText();
/** When the report was made, and by when a promise of the ticket is due, in ms. */
async function promiseOf(page, name) {
  const clock = page.locator('.clock').filter({ has: page.locator('h3', { hasText: name }) }).first();
  const [from, due] = await clock.locator('p').last().locator('time').evaluateAll((times) => times.map((time) => Date.parse(time.getAttribute('datetime'))));
  return { from, due: due ?? null, words: await clock.innerText() };
}
/** The notice files that clerk has written for a ticket, by name. */
const noticed = (number, name) => until(`${name} of ${number} is told`, () => {
  for (const entry of fs.readdirSync(path.join(folder, 'outbox')).filter((one) => one.endsWith('.txt'))) {
    const notice = fs.readFileSync(path.join(folder, 'outbox', entry), 'utf8');
    if (notice.includes(`notice: ${name}\nticket: ${number}\n`)) return notice;
  }
  return null;
});

// ---------------------------------------------------------------- grave matters

for (const [login, who] of [['zhangmin', 'an operator'], ['gaofei', 'a crew of another unit'], ['zhaowei', 'a unit\'s leader']]) {
  test(`art11 ${who} tells group leadership and the departments concerned, and it is shown until each of them has acknowledged`, async () => {
    const page = await desk({ js: login === 'zhangmin' });
    const number = await takeReport(page);
    await page.context().clearCookies();
    await act(page, login, number, 'escalate-group', { department_1: CUSTOMER, department_2: INSPECTION, words: '积水漫进地下车库，多户来电' });
    const shown = await text(page, '.box.bad');
    assert.equal((shown.match(/还没有阅知/g) ?? []).length, 3, shown);
    await noticed(number, 'escalated');

    for (const [reader, left] of [['xuguang', 2], ['liuyang', 1], ['matao', 0]]) {
      await page.context().clearCookies();
      await act(page, reader, number, 'acknowledge', { words: '已知悉' });
      assert.equal(await page.locator('#act-acknowledge').count(), 0, `${reader} is asked once`);
      const box = page.locator('.box.bad', { hasText: '集团领导' });
      if (left > 0) assert.equal(((await box.innerText()).match(/还没有阅知/g) ?? []).length, left, `after ${reader}`);
      else assert.equal(await box.count(), 0, 'everybody knows: nothing is shown any more');
    }
    const history = await text(page, 'ol.timeline');
    for (const words of ['积水漫进地下车库', '已知悉']) assert.ok(history.includes(words), words);
    faultless(page);
  });
}

test('art11 art14 a matter graded urgent goes to leadership and the unit concerned by itself, with two hours from the report', async () => {
  const page = await desk();
  const number = await takeReport(page);
  await act(page, 'wanglei', number, 'grade', { grade_1: true, words: '主管爆裂，影响半城' });
  await until('clerk has told it', async () => {
    await page.reload();
    return (await page.locator('.box.bad', { hasText: '供水管道管理部门' }).count()) > 0;
  });
  const box = await text(page, '.box.bad');
  assert.match(box, /集团领导/);
  assert.match(box, /供水管道管理部门/);
  const finish = await promiseOf(page, /办结/);
  assert.equal(finish.due - finish.from, 2 * HOUR, finish.words);
  await noticed(number, 'urgent');
  faultless(page);
});

test('art14 for an unforeseen matter operations is asked for the limit before the dispatch, and warned until it is set', async () => {
  const page = await desk({ js: true });
  const number = await takeReport(page, { category: UNFORESEEN, words: '河道施工影响供水' });
  await page.context().clearCookies();
  await noticed(number, 'limit_needed');
  await open(page, 'wanglei', `/staff/ticket/${number}`);
  assert.match(await text(page, '.box.bad'), /先定时限，再派单/);
  assert.equal(await page.locator('#act-dispatch').count(), 0, 'no dispatch before it');
  assert.match(await text(page, '.waiting'), /派单.*请先确定时限/);
  await act(page, 'wanglei', number, 'limit', { limit_hours: '30', words: '与河道管理处商定' });
  assert.equal(await page.locator('.box.bad').count(), 0);
  const finish = await promiseOf(page, /办结/);
  assert.equal(finish.due - finish.from, 30 * HOUR, 'from the report');
  await act(page, 'wanglei', number, 'dispatch', { unit: PIPELINE });
  faultless(page);
});

test('art22 a pipe of more than 1200 mm: known at the telephone it holds the dispatch back, found on site it warns, until operations sets the limit', async () => {
  const page = await desk();
  const known = await takeReport(page);
  await act(page, 'zhangmin', known, 'facts', { diameter_mm: '1400' });
  await page.context().clearCookies();
  await open(page, 'wanglei', `/staff/ticket/${known}`);
  assert.match(await text(page, '.box.bad'), /先定时限，再派单/);
  assert.equal(await page.locator('#act-dispatch').count(), 0);

  await page.context().clearCookies();
  const number = await takeReport(page);
  await page.context().clearCookies();
  await act(page, 'wanglei', number, 'dispatch', { unit: PIPELINE });
  await page.context().clearCookies();
  await act(page, 'lina', number, 'accept');
  await act(page, 'lina', number, 'arrive', { diameter_mm: '1400' });
  assert.match(await text(page, '.box.bad'), /尽快定时限/);
  assert.equal((await promiseOf(page, /修复/)).due, null, 'no due time of our own making');
  await page.context().clearCookies();
  await act(page, 'wanglei', number, 'limit', { limit_hours: '60', words: '主管，需停水施工' });
  assert.equal(await page.locator('.box.bad').count(), 0);
  const repair = await promiseOf(page, /修复/);
  assert.equal(repair.due - repair.from, 60 * HOUR, 'from the report');
  faultless(page);
});

// ---------------------------------------------------------------- on site

for (const js of [false, true]) {
  test(`art22 a correction of zone or diameter works the due time out anew from the report and keeps both values in the history${js ? '' : ', without scripts'}`, async () => {
    const page = await desk({ js });
    const number = await takeReport(page, { zone: 1 });
    const before = await promiseOf(page, /到达/);
    assert.equal(before.due - before.from, 40 * MINUTE);
    await act(page, 'zhangmin', number, 'facts', { zone: 2 });
    const after = await promiseOf(page, /到达/);
    assert.deepEqual([after.from, after.due - after.from], [before.from, 60 * MINUTE], 'from the same report');
    await page.context().clearCookies();
    await act(page, 'wanglei', number, 'dispatch', { unit: PIPELINE });
    await page.context().clearCookies();
    await act(page, 'lina', number, 'accept');
    await act(page, 'lina', number, 'arrive', { diameter_mm: '300' });
    const small = await promiseOf(page, /修复/);
    assert.equal(small.due - small.from, 24 * HOUR);
    await act(page, 'lina', number, 'facts', { diameter_mm: '800', words: '挖开后重新量' });
    const large = await promiseOf(page, /修复/);
    assert.deepEqual([large.from, large.due - large.from], [small.from, 36 * HOUR]);
    const history = await text(page, 'ol.timeline');
    for (const both of [/外环路以内\s*→\s*外环路以外/, /300\s*→\s*800/, /到场[^\n]*→/, /修复[^\n]*→/]) assert.match(history, both);
    faultless(page);
  });
}

test('art22 an arrival told by phone counts from when it happened, with a reason, and the history shows both times', async () => {
  const page = await desk();
  const number = await takeReport(page);
  await page.context().clearCookies();
  await act(page, 'wanglei', number, 'dispatch', { unit: PIPELINE });
  await page.context().clearCookies();
  await act(page, 'lina', number, 'accept');
  const arrived = new Date(now() + 2 * MINUTE + 8 * HOUR).toISOString().slice(0, 16);
  wait(25 * 60);
  await open(page, 'lina', `/staff/ticket/${number}`);
  await press(page, await prepare(page, 'arrive', { occurred_at: arrived }));
  assert.equal(page.answer.status(), 422, 'long ago: why only now?');
  await press(page, await prepare(page, 'arrive', { occurred_at: arrived, words: '现场没有信号，刚才电话告知' }));
  assert.match(page.url(), /done=1/);
  const arrival = await promiseOf(page, /到达/);
  assert.match(arrival.words, /按时/);
  const entry = page.locator('ol.timeline li', { hasText: '现场没有信号' });
  assert.equal(await entry.locator('time').count(), 2, 'when it happened and when it was told');
  await act(page, 'lina', number, 'plan', { words: '停水两小时，换管 2 米' });
  assert.match(await text(page, 'ol.timeline'), /换管 2 米/);
  faultless(page);
});

test('art23 the customer is called within 30 minutes and an appointment made, which the customer sees and can move', async () => {
  const resident = await phone();
  const { number, numberText, code } = await file(resident, { category: 'meter_well_leak', place: `兴华小区 ${process.pid} 号楼`, phone: `1390635${String(process.pid % 10000).padStart(4, '0')}` });
  const page = await desk();
  await act(page, 'wanglei', number, 'dispatch', {});
  const unit = await text(page, '#h-units ~ .scroll tbody th');
  await page.context().clearCookies();
  const liaison = { 供水管道管理部门: 'lina', 用户维修部门: 'chenjing', 顾客管理部门: 'liuyang' }[unit.split('\n')[0].trim()];
  assert.ok(liaison, unit);
  await act(page, liaison, number, 'accept');
  const promise = await promiseOf(page, /联系/);
  assert.equal(promise.due - promise.from, 30 * MINUTE);
  const at = new Date(Math.ceil(now() / HOUR) * HOUR + 5 * HOUR + 8 * HOUR).toISOString().slice(0, 16);
  await act(page, liaison, number, 'contact', { appointment_at: at, valve_stuck: 2, words: '约好上门' });
  assert.match((await promiseOf(page, /联系/)).words, /按时/);
  await follow(resident, numberText, code);
  await resident.waitForURL(/progress/);
  await fits(resident);
  assert.ok((await text(resident)).includes(at.slice(11)), 'the resident sees the appointment');
  await press(resident, resident.locator('a[href$="/appointment"]').first());
  faultless(page, resident);
});

// ---------------------------------------------------------------- damage by others

test('art25 damage by others is a joint case: pipeline management repairs, the detachment inspects and pursues who is liable, each by itself', async () => {
  const page = await desk({ js: true });
  const number = await takeReport(page, { category: LEAK_BY_OTHERS, place: '振兴路地铁工地', words: '挖机挖断水管' });
  await page.context().clearCookies();
  await open(page, 'wanglei', `/staff/ticket/${number}`);
  await press(page, page.locator('a.button[href$="/joint"]'));
  assert.equal(await page.locator('[name=lead] option:checked').innerText(), '供水管道管理部门');
  assert.equal(await page.locator('[name=inspection] option:checked').innerText(), '供水稽查支队');
  await press(page, page.locator('main form button.button').last());
  assert.match(page.url(), /done=1/);
  assert.equal(await page.locator('#h-units ~ .scroll tbody tr').count(), 2, 'two assignments');
  const inspect = await promiseOf(page, /稽查|勘查|查勘/);
  assert.equal(inspect.due - inspect.from, 40 * MINUTE);

  await page.context().clearCookies();
  await act(page, 'lina', number, 'accept');
  assert.equal(await page.locator('#act-liability').count(), 0, 'who is liable is not for who repairs to say');
  await act(page, 'lina', number, 'arrive', { diameter_mm: '200' });
  await act(page, 'lina', number, 'repair', { cause: 1 });
  await act(page, 'lina', number, 'finish', { outcome: 1, no_photo: 3, words: '已修复' });

  await page.context().clearCookies();
  await act(page, 'wanglei', number, 'review', { decision: 1 });
  assert.match(await text(page, '.waiting'), /归档/, 'not closed before the finding');

  await page.context().clearCookies();
  await act(page, 'matao', number, 'accept');
  assert.equal(await page.locator('#act-liability').count(), 0, 'first on site');
  assert.equal(await page.locator('#act-repair').count(), 0);
  await act(page, 'matao', number, 'arrive');
  await act(page, 'matao', number, 'liability', { liability: 1, amount_yuan: '12600', words: '某市政公司第三项目部，已签认' });
  const history = await text(page, 'ol.timeline');
  for (const words of [/12600|12,600/, /某市政公司第三项目部/]) assert.match(history, words);
  faultless(page);
});

// ---------------------------------------------------------------- the crew's phone

/** An accepted-by-nobody assignment and the link of its crew. */
async function dispatchedWithLink(report, name = '孙强') {
  const page = await desk();
  const number = await takeReport(page, report);
  await page.context().clearCookies();
  await act(page, 'wanglei', number, 'dispatch', { unit: PIPELINE });
  await page.context().clearCookies();
  const job = await giveLink(page, 'lina', number, name);
  faultless(page);
  return { number, job };
}

for (const js of [false, true]) {
  test(`art12 art22 art23 on a small phone a crew accepts, calls, appoints, arrives, photographs and repairs${js ? '' : ', without scripts'}`, async () => {
    const { number, job } = await dispatchedWithLink({ category: BEHIND_METER, place: '青年巷88号院内', name: '孙玉兰' });
    const page = await phone({ js });
    await page.goto(job);
    await fits(page);
    assert.ok(!(await text(page, 'body')).includes('青年巷'), 'nothing before the sign-in');
    await openJob(page, 'sunqiang', job);
    await fits(page);
    assert.match(await text(page), /青年巷88号院内/);
    assert.ok(!(await text(page)).includes('孙玉兰'));
    await takeStep(page, 'accept');
    await press(page, page.locator('form[action$="/phone"] button'));
    await fits(page);
    assert.match(await page.locator('a[href^="tel:1396351"]').innerText(), /1396351\d{4}/);
    assert.match(await text(page), /孙玉兰/);
    const at = new Date(now() + 4 * HOUR + 8 * HOUR).toISOString().slice(0, 16);
    await takeStep(page, 'contact', { appointment_at: at, valve_stuck: 2 });
    await takeStep(page, 'arrive', { diameter_mm: '200', zone: 2 });
    await fits(page);
    await press(page, page.locator('a.button[href$="/photos"]'));
    await fits(page);
    await page.locator('input[name=stage][value=after]').check();
    await choosePhotos(page, [picture('jpeg', js ? 61 : 62)]);
    await press(page, page.locator('form[enctype] button'));
    assert.match(page.url(), /done=1/);
    assert.equal(await page.locator('.photos img').count(), 1);
    await takeStep(page, 'facts', { diameter_mm: '150', words: '接头处管径' });
    await takeStep(page, 'repair', { cause: 1, words: '已换接头' });
    assert.equal(await page.locator('#act-repair').count(), 0);
    await page.reload();
    await fits(page);

    const liaison = await desk();
    await act(liaison, 'lina', number, 'finish', { outcome: 1, words: '已修好' });
    const history = await text(liaison, 'ol.timeline');
    for (const words of [/孙强/, /200\s*→\s*150/, /已换接头/]) assert.match(history, words);
    faultless(page, liaison);
  });
}

test('art22 two on the same assignment: the second is told what happened, what was typed on the phone stays, and then it is on site, planned and repaired', async () => {
  const { number, job } = await dispatchedWithLink();
  const page = await phone();
  await openJob(page, 'sunqiang', job);
  await takeStep(page, 'accept');
  const button = await prepareStep(page, 'arrive', { diameter_mm: '200', words: '到了，路口封着' });
  const liaison = await desk();
  await act(liaison, 'lina', number, 'note', { words: '已通知交警' });
  await press(page, button);
  assert.equal(page.answer.status(), 409);
  await fits(page);
  const said = await text(page, '.errors');
  assert.match(said, /李娜/);
  const form = page.locator('#act-arrive');
  assert.equal(await form.locator('[name=diameter_mm]').inputValue(), '200');
  assert.equal(await form.locator('[name=words]').inputValue(), '到了，路口封着');
  await press(page, form.locator('form > button'));
  assert.match(page.url(), /done=1/, 'sent once more it is done');
  await takeStep(page, 'plan', { words: '开挖，换管 2 米', planned_at: new Date(now() + 3 * HOUR + 8 * HOUR).toISOString().slice(0, 16) });
  await takeStep(page, 'repair', { cause: 1 });
  await open(liaison, 'lina', `/staff/ticket/${number}`);
  assert.match(await text(liaison, 'ol.timeline'), /换管 2 米/);
  faultless(page, liaison);
});

test('art11 art17 what is grave, or beyond the crew, goes up from the phone, to leadership or the unit\'s leader', async () => {
  const { number, job } = await dispatchedWithLink();
  const page = await phone();
  await openJob(page, 'sunqiang', job);
  await takeStep(page, 'escalate-unit', { words: '要停一条街，请协调' });
  await takeStep(page, 'escalate-group', { department_1: CUSTOMER, words: '医院断水' });
  const leader = await desk();
  await open(leader, 'zhaowei', `/staff/ticket/${number}`);
  assert.match(await text(leader, '.box.bad'), /集团领导/);
  assert.match(await text(leader, 'ol.timeline'), /要停一条街/);
  await noticed(number, 'escalated_in_unit');
  await noticed(number, 'escalated');
  faultless(page, leader);
});

test('art22 a link in somebody else\'s hands, and one whose assignment was recalled, open nothing and say what to do', async () => {
  const { number, job } = await dispatchedWithLink();
  const other = await phone();
  await openJob(other, 'gaofei', job, 403);
  await fits(other);
  assert.match(await text(other), /发给别人的.*请联络员或运营管理部重新发/s);
  const page = await desk();
  await act(page, 'wanglei', number, 'recall', { dispatch_no: 1, words: '改派' });
  const late = await phone();
  await openJob(late, 'sunqiang', job, 410);
  assert.match(await text(late), /已经不在您单位/);
  faultless(other, page, late);
});
