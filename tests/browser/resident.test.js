// A resident's side in a browser: filing in a minute, what is known already, the receipt, following; on a small phone without
// scripts in the browser of a chat program, and on a larger one with scripts.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const driver = require('./driver.js');
const { launch, visitor, go, press, until, wait, now, picture, choosePhotos, file, fillPlace, fillContact, submit, follow, act } = driver;

let browser;
test.before(async () => { browser = await launch(); });
test.after(async () => { await browser.close(); });

const WAYS = [
  ['on a small phone in WeChat, without scripts', { js: false, width: 320, height: 640, agent: driver.WECHAT }],
  ['with scripts', { js: true, width: 390, height: 844 }],
];
const both = (name, run) => { for (const [how, options] of WAYS) test(`${name} (${how})`, () => run(() => visitor(browser, options), options)); };

const HOUR = 3600;
const mainText = (page) => page.locator('main').innerText();
const faultless = (...pages) => { for (const page of pages) assert.deepEqual(page.faults, []); };
const fits = async (page) => {
  const [width, screen] = await page.evaluate(() => [document.scrollingElement.scrollWidth, window.innerWidth]);
  assert.ok(width <= screen, `${page.url()} is ${width} px wide on a screen of ${screen} px`);
};
let serial = 0;
/** A place that no other report is at: known by its words alone. */
const newPlace = () => `石桥${Date.now() % 100000}弄${++serial}号院`;
const newPhone = () => `1396351${String(Date.now() % 10000 + serial++).padStart(4, '0').slice(-4)}`;
const messages = (number) => {
  const dashed = `${number.slice(0, -1)}-${number.slice(-1)}`;
  const folder = path.join(driver.folder, 'outbox');
  return fs.readdirSync(folder).filter((name) => name.endsWith('.txt')).map((name) => fs.readFileSync(path.join(folder, name), 'utf8')).filter((text) => text.includes(dashed));
};
const staff = async (login) => { const page = await visitor(browser, { js: false }); page.login = login; return page; };
const progress = (page, { number }) => go(page, `/complaint/progress/${number}`);
/** Waits until clerk has applied what the resident sent and the page says so. */
const told = (page, report, words) => until(`the page says ${words}`, async () => { await progress(page, report); return words.test(await mainText(page)); });

// ---------------------------------------------------------------- 1. filing

both('four screens and three answers make a report, by the thumb alone', async (phone) => {
  const page = await phone();
  const screens = new Set();
  page.on('framenavigated', (frame) => { const where = new URL(frame.url()).pathname; if (/^\/complaint\/(new|place|contact|check)$/.test(where)) screens.add(where); });
  await go(page, '/complaint/');
  assert.match(await page.locator('main .box.warn').innerText(), /喷水[^]*96510/, 'what must be phoned comes before the form');
  await press(page, page.locator('main a.first'));
  assert.match(await page.locator('main .box.warn a[href="tel:96510"]').innerText(), /96510/);
  await fits(page);
  await press(page, page.locator('button[value=no_water]'));
  await fits(page);
  await page.locator('[name=place]').fill(newPlace());
  await submit(page);
  await fits(page);
  await page.locator('[name=phone]').fill('（０６３５）８２１ ２３４５');
  await submit(page);
  await fits(page);
  assert.match(await mainText(page), /06358212345/, 'a landline, typed as people type it');
  await submit(page);
  await page.waitForURL(/\/receipt/);
  await fits(page);
  assert.equal(screens.size, 4);
  const shown = await mainText(page);
  for (const words of [/受理编号\s+SN\d{6}-\d{7}-\d/, /查询码\s+\d{4} \d{4}/, /办法第 14 条/, /最迟 .*\d\d:\d\d/, /接到派单后 20 分钟内受理/, /请拨打 ?96510/]) assert.match(shown, words);
  assert.doesNotMatch(shown, /短信/, 'a landline takes no message');
  faultless(page);
});

both('account, time noticed, 500 characters and three photos arrive as they were given', async (phone) => {
  const page = await phone();
  const words = '井'.repeat(500);
  await fillPlace(page, { place: newPlace(), address: '２单元 301', words, noticed: 'yesterday', account: '１２３４ ５６７８９０', photos: [picture('jpeg', 1), picture('png', 2), picture('webp', 3)] });
  await submit(page);
  await fillContact(page, { phone: newPhone(), name: '王女士' });
  await submit(page);
  const check = await mainText(page);
  for (const answer of [words, '昨天', '1234567890', '王女士', '301']) assert.ok(check.includes(answer), answer);
  assert.equal(await page.locator('main img').count(), 3);
  for (const image of await page.locator('main img').all()) assert.ok(await image.evaluate((node) => node.complete && node.naturalWidth > 0), 'each is there to be seen');
  await fits(page);
  await submit(page);
  const report = await driver.receipt(page);
  const ops = await staff('wanglei');
  await driver.open(ops, 'wanglei', `/staff/ticket/${report.number}`);
  assert.match(await mainText(ops), /发现时间：昨天/);
  assert.equal(await ops.locator('main .photos img').count(), 3);
  faultless(page, ops);
});

both('every answer survives errors, a photo that cannot be opened, the way back, Back, and twenty hours', async (phone) => {
  const page = await phone();
  const place = newPlace();
  await fillPlace(page, { place, address: '2-301', words: '字'.repeat(501), noticed: 'today', account: '12', photos: [picture('broken'), picture('jpeg', 4)] });
  await submit(page);
  assert.equal(page.answer.status(), 422);
  const errors = await page.locator('[role=alert] li').allInnerTexts();
  assert.equal(errors.length, 3, errors.join());
  for (const [at, said] of [['words', /500 字，现在有 501 字/], ['account', /10 或 11 位/], ['photo1', /打不开，请换一张/]]) assert.match(await page.locator(`#e-${at}`).innerText(), said);
  const kept = async () => {
    assert.equal(await page.locator('[name=place]').inputValue(), place);
    assert.equal(await page.locator('[name=address]').inputValue(), '2-301');
    assert.ok(await page.locator('[name=noticed][value=today]').isChecked());
    assert.equal(await page.locator('main .photos img').count(), 1, 'the good photo');
  };
  await kept();
  assert.equal(await page.locator('[name=account]').inputValue(), '12');
  assert.equal((await page.locator('[name=words]').inputValue()).length, 501);
  await page.locator('[name=words]').fill('楼下井里冒水');
  await page.locator('[name=account]').fill('1234567890');
  await submit(page);

  // The button to the step before takes along what was typed, right or wrong.
  await page.locator('[name=phone]').fill('12345');
  await page.locator('[name=name]').fill('王女士');
  await press(page, page.locator('button[name=back]'));
  await page.waitForURL(/\/place/);
  await kept();
  await page.locator('[name=words]').fill('楼下井里冒水，越来越大');
  await press(page, page.locator('button[name=back]'));
  await page.waitForURL(/\/new/);
  await press(page, page.locator('button[value=leak]'));
  await kept();
  assert.equal(await page.locator('[name=words]').inputValue(), '楼下井里冒水，越来越大');
  await submit(page);
  assert.equal(await page.locator('[name=phone]').inputValue(), '12345');
  assert.equal(await page.locator('[name=name]').inputValue(), '王女士');
  await submit(page);
  assert.equal(page.answer.status(), 422, 'a wrong phone goes no further');
  await page.locator('[name=phone]').fill('13906350007');
  await submit(page);
  await page.waitForURL(/\/check/);

  // The browser's own Back, twice, and on again.
  await page.goBack();
  await page.waitForURL(/\/contact/);
  assert.equal(await page.locator('[name=name]').inputValue(), '王女士');
  while (!/\/place/.test(page.url())) await page.goBack();
  await kept();
  wait(20 * HOUR);
  await page.locator('[name=address]').fill('2-302');
  await submit(page);
  const check = await mainText(page);
  for (const answer of [place, '2-302', '楼下井里冒水，越来越大', '1234567890', '13906350007', '王女士']) assert.ok(check.includes(answer), answer);
  await submit(page);
  await page.waitForURL(/\/receipt/);
  faultless(page);
});

both('a form sent with an expired token goes out again with one more press, nothing lost', async (phone) => {
  const page = await phone();
  const place = newPlace();
  await fillPlace(page, { place, words: '路面冒水' });
  wait(26 * HOUR); // the token and the draft of the first step are over
  await submit(page);
  assert.equal(page.answer.status(), 403);
  assert.match(await mainText(page), /还没有提交，请再点一次[^]*内容已保留/);
  await press(page, page.locator('main form button'));
  await page.waitForURL(/\/contact/);
  await fillContact(page, { phone: newPhone() });
  await submit(page);
  assert.ok((await mainText(page)).includes(place) && (await mainText(page)).includes('路面冒水'));
  await submit(page);
  await page.waitForURL(/\/receipt/);
  faultless(page);
});

both('two tabs, Back after the receipt and the same form a day later give the one receipt', async (phone) => {
  const page = await phone();
  await fillPlace(page, { place: newPlace(), words: '路面冒水' });
  await submit(page);
  await fillContact(page, { phone: newPhone() });
  await submit(page);
  const second = await page.context().newPage();
  await second.goto(page.url());
  const { number } = await (submit(page), page.waitForURL(/\/receipt/).then(() => driver.receipt(page)));
  await submit(second);
  await second.waitForURL(/\/receipt/);
  assert.equal((await driver.receipt(second)).number, number, 'the other tab');
  await page.goBack();
  await page.waitForURL(/\/receipt|\/check/);
  if (/check/.test(page.url())) await page.reload();
  await page.waitForURL(/\/receipt/);
  assert.equal((await driver.receipt(page)).number, number, 'Back leads to the receipt');
  wait(25 * HOUR);
  await page.reload();
  assert.equal((await driver.receipt(page)).number, number, 'a day later the receipt is still there');
  faultless(page);
});

// ---------------------------------------------------------------- 3. known already

both('what is known already at a place is said while filing, and "this affects me, too" follows it', async (phone, { js }) => {
  const place = newPlace();
  const reporter = await phone();
  const report = await file(reporter, { place, words: '路面裂缝冒水', address: '5-501', name: '欧阳女士', phone: '13906351919' });
  const page = await phone();
  await fillPlace(page, { group: 'no_water', category: 'no_water', place });
  await submit(page);
  assert.match(await page.locator('section.box').innerText(), /这里已经有人报过[^]*路面或公共管道漏水 · 有 1 件类似报修，今天 \d\d:\d\d 报的/);
  await fits(page);
  await press(page, page.locator('section.box button'));
  await page.waitForURL(/\/affected\//);
  await fits(page);
  const noData = async () => { const text = await page.content(); for (const secret of ['欧阳', '13906351919', '5-501', '路面裂缝', report.number, report.numberText]) assert.ok(!text.includes(secret), secret); };
  await noData();
  const ops = await staff('wanglei');
  await act(ops, 'wanglei', report.number, 'dispatch', { words: '请立即到场' });
  assert.match(await mainText(ops), /另有受影响的户数\s+1/);
  if (js) await page.waitForFunction(() => document.querySelector('main .tag').textContent === '已派单', null, { timeout: 60000 });
  else await page.reload();
  assert.match(await mainText(page), /已派给供水管道管理部门/);
  await noData();
  const anew = await phone();
  await fillPlace(anew, { group: 'pressure', category: 'low_pressure', place });
  await submit(anew);
  assert.match(await anew.locator('section.box').innerText(), /今天 \d\d:\d\d 已派单/);
  await press(page, page.locator('a.button.second'));
  await page.waitForURL(/\/contact/);
  await fillContact(page, { phone: newPhone() });
  await submit(page);
  await submit(page);
  assert.notEqual((await driver.receipt(page)).number, report.number, 'who wants to makes a report of their own');
  faultless(page, reporter, anew, ops);
});

// ---------------------------------------------------------------- 4. receipt

both('the receipt can be kept: by reload, on paper, in the calendar, by the code of its link, and by message', async (phone) => {
  const page = await phone();
  const mobile = newPhone();
  const report = await file(page, { place: newPlace(), words: '路面冒水', phone: mobile });
  assert.match(await mainText(page), new RegExp(`短信发到 ${mobile.slice(0, 3)}\\*{4}${mobile.slice(-4)}`));
  await page.reload();
  assert.deepEqual(await driver.receipt(page), report);
  const clocks = await page.locator('.clock').allInnerTexts();
  assert.equal(clocks.length, 3);
  for (const clock of clocks) assert.match(clock, /最迟 .+ \d\d:\d\d[^]*还有[^]*办法第 22 条/);
  assert.ok((await page.locator('svg.qr').boundingBox()).width >= 120);
  const calendar = await page.context().request.get(await page.locator('a[download]').evaluate((node) => node.href));
  assert.match(calendar.headers()['content-type'], /text\/calendar/);
  assert.equal([...(await calendar.text()).matchAll(/BEGIN:VEVENT/g)].length, 3);
  await page.emulateMedia({ media: 'print' });
  for (const seen of ['.panel dd.number', '.clock', 'svg.qr']) assert.ok(await page.locator(seen).first().isVisible(), `${seen} is printed`);
  for (const gone of ['nav', '.button', 'footer .links']) assert.ok(!await page.locator(gone).first().isVisible(), `${gone} is not`);
  await page.emulateMedia({ media: 'screen' });
  const [message] = await until('the message is out', async () => { const found = messages(report.number); return found.length > 0 && found; });
  assert.ok(message.includes(report.code.replace(' ', '')) && message.includes(mobile) && message.includes('/complaint/follow'));
  const other = await phone();
  await other.goto(new URL(await page.locator('main p.small a').getAttribute('href'), driver.base).href);
  await press(other, other.locator('main form button'));
  assert.match(other.url(), new RegExp(`/progress/${report.number}$`));
  faultless(page, other);
});

// ---------------------------------------------------------------- 5. following

both('a leak is followed through its five states, with what was promised and done, photos before and after, to a rating', async (phone) => {
  const page = await phone();
  const report = await file(page, { place: newPlace(), words: '路面冒水', photos: [picture('jpeg', 5)] });
  const state = async () => { await progress(page, report); await fits(page); return page.locator('main .tag').first().innerText(); };
  assert.equal(await state(), '已受理');
  const people = { ops: await staff('wanglei'), liaison: await staff('lina'), crew: await staff('sunqiang') };
  await act(people.ops, 'wanglei', report.number, 'dispatch');
  assert.equal(await state(), '已派单');
  await act(people.liaison, 'lina', report.number, 'accept');
  assert.equal(await state(), '处理中');
  wait(41 * 60);
  await progress(page, report);
  assert.match(await page.locator('.clock.late').first().innerText(), /到达现场[^]*已超时 \d/, 'how late');
  await act(people.crew, 'sunqiang', report.number, 'arrive', { diameter_mm: '200' });
  assert.match((await state(), await mainText(page)), /超时 \d+ 分钟?，用时 [^]*工作人员到达现场/);
  await act(people.crew, 'sunqiang', report.number, 'repair', { cause: 1, words: '更换漏水管段' });
  await driver.open(people.crew, 'sunqiang', `/staff/ticket/${report.number}/photos`);
  await people.crew.locator('input[name=stage][value=after]').check();
  await people.crew.locator('input[name=public]').check();
  await choosePhotos(people.crew, [picture('jpeg', 6)]);
  await press(people.crew, people.crew.locator('form[enctype] button'));
  await act(people.crew, 'sunqiang', report.number, 'finish', { outcome: 1, words: '已更换漏水管段，路面已恢复。' });
  assert.equal(await state(), '已办结');
  assert.deepEqual((await page.locator('.photos p').allInnerTexts()).map((words) => words.split(' · ')[0]), ['用户拍的', '处理后'], 'before and after');
  assert.match(await mainText(page), /已更换漏水管段，路面已恢复。/);
  await act(people.ops, 'wanglei', report.number, 'review', { decision: 1 });
  assert.match((await state(), await mainText(page)), /请您评价；没有办好的，告诉我们/);
  await press(page, page.locator('a[href$="/tell"]'));
  await fits(page);
  assert.equal(await page.locator('[name=rating]').count(), 5);
  await press(page, page.locator('form:has([name=rating]) button'));
  assert.equal(page.answer.status(), 422, 'a rating has to be chosen');
  await page.locator('[name=rating][value="4"]').check();
  await press(page, page.locator('form:has([name=rating]) button'));
  await told(page, report, /已评价[^]*您作了评价/);
  faultless(page, ...Object.values(people));
});

both('"not fixed" goes to operations, and opens a new cycle that counts anew', async (phone) => {
  const page = await phone();
  const report = await file(page, { place: newPlace(), words: '路面冒水' });
  const ops = await staff('wanglei'), liaison = await staff('lina'), crew = await staff('sunqiang');
  await act(ops, 'wanglei', report.number, 'dispatch');
  await act(liaison, 'lina', report.number, 'accept');
  await act(crew, 'sunqiang', report.number, 'arrive', { diameter_mm: '200' });
  await act(crew, 'sunqiang', report.number, 'repair', { cause: 1, words: '更换' });
  await act(crew, 'sunqiang', report.number, 'finish', { outcome: 1, no_photo: 3, words: '已修好。' });
  await act(ops, 'wanglei', report.number, 'review', { decision: 2, words: '路面没有恢复，请继续处理' });
  await progress(page, report);
  assert.match(await mainText(page), /处理中[^]*核查后要求继续处理/, 'a finish that was refused is told of');
  assert.ok(!(await mainText(page)).includes('路面没有恢复'), 'what was said inside stays inside');
  await act(crew, 'sunqiang', report.number, 'finish', { outcome: 1, no_photo: 3, words: '路面已恢复。' });
  await act(ops, 'wanglei', report.number, 'review', { decision: 1 });
  await progress(page, report);
  await press(page, page.locator('a[href$="/tell"]'));
  await page.locator('[name=action][value=say_not_fixed]').check();
  await page.locator('[name=words]').fill('还在渗水');
  await submit(page);
  assert.match(await mainText(page), /您反映没有办好/, 'shown as received at once');
  await until('it reaches operations', async () => { await driver.open(ops, 'wanglei', `/staff/ticket/${report.number}`); return (await mainText(ops)).includes('还在渗水'); });
  await act(ops, 'wanglei', report.number, 'reopen', { decision: 1 });
  await progress(page, report);
  const shown = await mainText(page);
  assert.match(shown, /已受理[^]*（再次处理）[^]*重新处理/);
  faultless(page, ops, liaison, crew);
});

both('words and photos are added, hurrying reaches the unit and is counted, and it can be withdrawn', async (phone) => {
  const page = await phone();
  const report = await file(page, { place: newPlace(), words: '路面冒水' });
  const ops = await staff('wanglei'), liaison = await staff('lina');
  await act(ops, 'wanglei', report.number, 'dispatch');
  await progress(page, report);
  await press(page, page.locator('a[href$="/tell"]'));
  await page.locator('[name=action][value=add_words]').check();
  await choosePhotos(page, [picture('broken')]);
  await page.locator('[name=words]').fill('水已经流到路口');
  await submit(page);
  assert.equal(page.answer.status(), 422);
  assert.equal(await page.locator('[name=words]').inputValue(), '水已经流到路口', 'a bad photo costs no words');
  await choosePhotos(page, [picture('jpeg', 7)]);
  await submit(page);
  await page.waitForURL(/\/progress\/[^/]+$/);
  await told(page, report, /您补充了情况/);
  assert.equal(await page.locator('.photos img').count(), 1);
  await press(page, page.locator('form[action$="/urge"] button'));
  await told(page, report, /您催办了/);
  await press(page, page.locator('form[action$="/urge"] button'));
  assert.match(await mainText(page), /一小时内已经催过[^]*96510/);
  await driver.open(liaison, 'lina', `/staff/ticket/${report.number}`);
  assert.match(await mainText(liaison), /催办次数\s+1[^]*水已经流到路口/);
  await until('the liaison is told', async () => messages(report.number).some((text) => text.includes('顾客催办工单') && text.includes('liaison of pipeline')));
  await progress(page, report);
  await press(page, page.locator('a[href$="/tell"]'));
  await page.locator('[name=action][value=withdraw]').check();
  await submit(page);
  await told(page, report, /已撤回[^]*要是问题还在，请拨打热线，或重新填写/);
  await until('what cannot be done is not offered', async () => await page.locator('form[action$="/urge"]').count() === 0);
  await press(page, page.locator('main a[href$="/complaint/new"]'));
  faultless(page, ops, liaison);
});

both('not ours and merged say why and what can be done now', async (phone) => {
  const page = await phone();
  const place = newPlace();
  const reports = {};
  for (const name of ['refused', 'parent', 'child']) reports[name] = await file(page, { place, words: '路面冒水', phone: newPhone() });
  const ops = await staff('wanglei');
  await act(ops, 'wanglei', reports.refused.number, 'not-ours', { words: '是雨水管，属市政排水。' });
  await progress(page, reports.refused);
  assert.match(await mainText(page), /不予受理 不属于供水服务的范围，不予受理。原因：\s+是雨水管，属市政排水。\s+不清楚该找谁，或认为属于供水服务，请拨打热线/);
  await fits(page);
  await driver.open(ops, 'wanglei', `/staff/ticket/${reports.child.number}/merge`);
  await ops.locator('[name=parent][value=other]').check();
  await ops.locator('[name=other]').fill(reports.parent.number);
  for (let i = 0; i < 2; i++) await press(ops, ops.locator('main form button.button').last());
  await progress(page, reports.child);
  assert.match(await mainText(page), new RegExp(`已合并[^]*编号：\\s*${reports.parent.numberText}[^]*编号、查询码照样有效，下面的时限继续计算`));
  await fits(page);
  faultless(page, ops);
});

both('an appointment is moved, and a lost code comes again by message', async (phone) => {
  const page = await phone();
  const mobile = newPhone();
  const report = await file(page, { place: newPlace(), category: 'meter_well_leak', words: '井里有水声', phone: mobile });
  const ops = await staff('wanglei');
  await act(ops, 'wanglei', report.number, 'dispatch');
  const liaison = await staff('chenjing');
  await act(liaison, 'chenjing', report.number, 'accept');
  const at = (hours) => new Date(now() + (8 + hours) * HOUR * 1000).toISOString().slice(0, 16);
  await act(liaison, 'chenjing', report.number, 'contact', { appointment_at: at(5), words: '约好上门' });
  await progress(page, report);
  await press(page, page.locator('a[href$="/appointment"]'));
  await fits(page);
  await page.locator('[name=at]').fill(at(-5));
  await submit(page);
  assert.equal(page.answer.status(), 422);
  await page.locator('[name=at]').fill(at(29));
  await submit(page);
  await told(page, report, new RegExp(`约好的上门时间：[^]*${at(29).slice(11)}`));

  const stranger = await phone();
  await go(stranger, '/complaint/follow');
  await press(stranger, stranger.locator('main a[href$="/complaint/code"]'));
  await stranger.locator('[name=number]').fill(` ${report.number.toLowerCase()} `);
  await stranger.locator('[name=phone]').fill(mobile.replace(/(\d{3})(\d{4})/, '$1 $2-'));
  await submit(stranger);
  assert.match(await mainText(stranger), /几分钟内会发到那个电话/);
  const message = await until('the new code is out', async () => messages(report.number).find((text) => text.includes('新查询码')));
  const code = /新查询码是 (\d{8})/.exec(message)[1];
  await follow(stranger, report.numberText, code.replace(/./g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)));
  assert.match(stranger.url(), new RegExp(`/progress/${report.number}$`), 'full-width digits are digits');
  faultless(page, stranger, ops, liaison);
});

test('with scripts the page of progress asks whether something changed, is told "not modified", and can be paused', async () => {
  const page = await visitor(browser, { js: true });
  const report = await file(page, { place: newPlace(), words: '路面冒水' });
  const polls = [];
  page.on('response', (answer) => { if (answer.request().resourceType() === 'fetch') polls.push(answer); });
  await progress(page, report);
  const first = await until('it polls', async () => polls[0]);
  assert.ok(first.headers().etag, 'with a validator');
  const again = await page.context().request.get(`/complaint/progress/${report.number}`, { headers: { 'If-None-Match': first.headers().etag } });
  assert.ok([200, 304].includes(again.status()));
  const pause = page.locator('#pause');
  await pause.click();
  assert.equal(await pause.innerText(), '继续自动更新');
  const before = await page.locator('.clock .left').first().innerText();
  const ops = await staff('wanglei');
  await act(ops, 'wanglei', report.number, 'dispatch');
  await pause.click();
  await until('the news is there', async () => /已派单/.test(await page.locator('main .tag').first().innerText()));
  assert.equal(await page.locator('#news').innerText(), '有新的进展，页面已更新', 'and is said');
  assert.ok(before);
  faultless(page, ops);
});

// ---------------------------------------------------------------- bad input

both('number, code and phone are read however they are typed; what they are not is said beside the field', async (phone) => {
  const page = await phone();
  const report = await file(page, { place: newPlace(), words: '路面冒水' });
  const wide = (text) => text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).replace(/ /g, '　');
  for (const [number, code] of [[wide(report.numberText), wide(report.code)], [report.numberText.toLowerCase().replace(/-/g, ' '), report.code.replace(' ', ' - ')], [`  ${report.number}`, `${report.code}  `]]) {
    const other = await phone();
    await follow(other, number, code);
    assert.match(other.url(), new RegExp(`/progress/${report.number}$`), `${number} ${code}`);
    faultless(other);
  }
  await go(page, '/complaint/follow');
  await page.locator('[name=number]').fill('SN12');
  await submit(page);
  assert.equal(page.answer.status(), 422);
  assert.match(await page.locator('#e-code').innerText(), /8 位查询码/);
  assert.equal(await page.locator('[name=number]').inputValue(), 'SN12');
  faultless(page);
});

both('a picture of 30,000 by 30,000, one cut off, a name with a path and a page in disguise cost no answer', async (phone) => {
  const page = await phone();
  await fillPlace(page, { place: newPlace(), words: '路面冒水', photos: [
    { ...picture('bomb'), name: '../../etc/passwd.png' },
    picture('cut'),
    { name: '<script>alert(1)</script>.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<!DOCTYPE html><script>alert(1)</script>') }] });
  await submit(page);
  assert.equal(page.answer.status(), 422);
  assert.match(await page.locator('#e-photo1').innerText(), /像素太多/);
  assert.match(await page.locator('#e-photo2').innerText(), /打不开/);
  assert.match(await page.locator('#e-photo3').innerText(), /JPG、PNG/);
  assert.equal(await page.locator('[name=words]').inputValue(), '路面冒水');
  assert.ok(!(await page.content()).includes('passwd'));
  await submit(page);
  await fillContact(page, { phone: newPhone() });
  await submit(page);
  await submit(page);
  await page.waitForURL(/\/receipt/);
  faultless(page);
});
