// A shift at the desk in a browser, with scripts and without: the phone rings, paper forms are entered, a list is taken away, a slip
// is printed, a customer is called, the shift is handed over; and every key of the help does what it says.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { base, folder, press, open, prepare, register, now, until } = require('./driver.js');
const { UNIT, MINUTE, local, visit, report, both, unknownPlace } = require('./people.js');

const LIST = '/staff/ticket/';
const digits = (length) => String(crypto.randomInt(10 ** (length - 1), 10 ** length));
const numberIn = (page) => /SN\d{6}-\d{8}/.exec(page.url())[0];
const main = (page) => page.locator('main').innerText();
const openForm = async (page, selector) => { if (await page.locator(selector).getAttribute('open') === null) await page.locator(`${selector} > summary`).click(); };

/** The telephone system tells of a call, signed. */
async function ring(agent, phone, recording) {
  const secret = Buffer.from(/^telephone = ([0-9a-f]{64})$/m.exec(fs.readFileSync(path.join(folder, 'secrets/ticket.secret'), 'utf8'))[1], 'hex');
  const call = { call: `B-${digits(9)}`, agent, phone, at: String(Math.floor(now() / 1000)), recording };
  const mac = crypto.createHmac('sha256', secret).update([call.call, agent, phone, call.at, recording].join('\n')).digest('hex');
  const answer = await fetch(`${base}${LIST}call`, { method: 'POST', body: new URLSearchParams({ ...call, mac }) });
  assert.equal(answer.status, 200);
  return call;
}

both('Arts. 6 and 9: the caller\'s number stands in the form when the phone is answered, and the recording on the ticket', async (people) => {
  const phone = `137${digits(8)}`;
  const page = await people.page('zhangmin');
  const call = await ring('zhangmin', phone, `R-${digits(6)}`);
  await open(page, 'zhangmin', `${LIST}new`);
  assert.match(await main(page), new RegExp(`来电 ${phone.slice(0, 3)}\\*{4}${phone.slice(7)}`));
  await page.locator('[name=category]').selectOption('1');
  await page.locator('[name=place]').fill(unknownPlace());
  await register(page);
  const text = await main(page);
  assert.ok(text.includes(call.call) && text.includes(call.recording) && !text.includes(phone));
});

both('Art. 15: after a time without the system its paper forms are entered one after the other, each with its own time', async (people) => {
  const page = await people.page('zhangmin');
  const came = now() - 90 * MINUTE * 1000;
  const paper = `P-${digits(6)}`;
  await open(page, 'zhangmin', `${LIST}new`);
  await page.locator('[name=category]').selectOption('1');
  await page.locator('[name=place]').fill(unknownPlace());
  await page.locator('[name=phone]').fill(`137${digits(8)}`);
  await page.locator('[name=reported_at]').fill(local(came));
  await openForm(page, 'details:has([name=paper])');
  await page.locator('[name=paper]').fill(paper);
  const next = page.locator('button[name=next]');
  await press(page, next);
  assert.equal(page.answer.status(), 422, 'so much earlier needs a reason');
  assert.equal(await page.locator('[name=paper]').inputValue(), paper, 'what was typed is kept');
  await page.locator('[name=reason]').fill('系统停机，先记在纸上');
  await press(page, next);
  const number = /SN\d{6}-\d{8}/.exec(page.url())[0];
  assert.ok(await page.locator('[name=paper]').isVisible(), 'ready for the next one');
  assert.match(await people.text('wanglei', number), new RegExp(`纸质登记表\\s+${paper}`));
  const shown = await (await people.on('wanglei', number)).locator('dt:has-text("受理时间") + dd time').first().getAttribute('datetime');
  assert.equal(Date.parse(shown), came - came % 60000);
});

both('Art. 4: the list that is shown is taken away as CSV and as a workbook, with exactly its rows', async (people) => {
  const { numberText } = await report();
  const page = await people.page('wanglei');
  await open(page, 'wanglei', `${LIST}?view=undispatched&sort=newest`);
  const rows = await page.locator('#list a.no').allInnerTexts();
  assert.ok(rows.includes(numberText));
  const wholeCount = Number(await page.locator('#v-undispatched b').innerText());
  for (const [kind, name] of [['CSV', /\.csv$/], ['Excel（XLSX）', /\.xlsx$/]]) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.take-away a', { hasText: kind }).click()]);
    assert.match(download.suggestedFilename(), /^tickets-undispatched-\d{4}-\d\d-\d\d\./);
    assert.match(download.suggestedFilename(), name);
    const bytes = fs.readFileSync(await download.path());
    if (kind !== 'CSV') { assert.equal(bytes.toString('latin1', 0, 2), 'PK'); continue; }
    const lines = bytes.toString().trim().split('\r\n');
    assert.deepEqual(lines.slice(1, rows.length + 1).map((line) => line.slice(1, rows[0].length + 1)), rows);
    assert.equal(lines.length - 1, wholeCount);
  }
});

both('Art. 12: the shift leader\'s screen shows what waits for dispatch, and refreshes itself where it can', async (people, js) => {
  const page = await people.page('wanglei');
  await open(page, 'wanglei', LIST);
  await press(page, page.locator('#wall'));
  const count = async () => Number(await page.locator('#w-undispatched').innerText());
  const before = await count();
  const { number } = await report();
  if (js) {
    await page.waitForTimeout(1100); // by then it is news to every worker
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await until('the screen counts it', async () => await count() === before + 1);
    assert.ok(await page.locator('#pause').isVisible());
  } else {
    await press(page, page.locator('#reload'));
    assert.equal(await count(), before + 1);
  }
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  await open(page, 'wanglei', `${LIST}wall`);
  assert.equal(await count(), before);
  await press(page, page.locator('.numbers a').first());
  assert.match(page.url(), /view=undispatched/, 'a number leads to its tickets');
});

both('Art. 23: who is called is opened in clear by whom it concerns alone, and that stands in the audit log', async (people) => {
  const phone = `137${digits(8)}`;
  const { number } = await report({ phone });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  await people.ok('lina', number, 'accept');
  const stranger = await people.on('chenjing', number);
  assert.equal(await stranger.locator('form[action$="/unmask"], form[action$="/slip"]').count(), 0, 'absent for another unit');
  assert.ok(!(await main(stranger)).includes(phone));
  const page = await people.on('sunqiang', number);
  assert.ok(!(await main(page)).includes(phone), 'masked at first');
  await press(page, page.locator('form[action$="/unmask"] button'));
  assert.ok((await main(page)).includes(phone));
  const log = await people.page('admin');
  await open(log, 'admin', '/staff/admin/audit?who=sunqiang');
  assert.ok((await log.locator('tbody tr').first().innerText()).includes(`${number.slice(0, 8)}`) || (await log.locator('tbody tr').first().innerText()).includes('查看'));
});

both('Art. 22: the slip for the crew is one page of A5 with number, code to scan, place, telephone and due times', async (people, js) => {
  const phone = `137${digits(8)}`;
  const { number, numberText } = await report({ phone });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  const page = await people.on('wanglei', number);
  await press(page, page.locator('#slip'));
  const text = await main(page);
  for (const words of [numberText, phone, '湖光里']) assert.ok(text.includes(words), words);
  assert.equal(await page.locator('svg.qr').count(), 1);
  assert.ok(await page.locator('table time').count() >= 2, 'due times');
  if (!js) return; // a browser prints the same
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const [, width, height] = /\/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/.exec(pdf).map(Number);
  assert.deepEqual([Math.round(width * 25.4 / 72), Math.round(height * 25.4 / 72)], [148, 210]);
  assert.equal(pdf.match(/\/Type \/Page\b/g).length, 1);
});

both('Art. 9: whoever goes off duty hands the open tickets on, and whoever comes on confirms', async (people) => {
  const page = await people.page('zhangmin');
  const note = `夜班注意 ${digits(6)}`;
  await open(page, 'zhangmin', LIST);
  await press(page, page.locator('header a[href$="/handover/"]'));
  const colleague = await page.locator('[name=to] option').nth(1).innerText();
  await page.locator('[name=to]').selectOption({ index: 1 });
  await page.locator('[name=note]').fill(note);
  await press(page, page.locator('main form button[type=submit]').last());
  assert.ok((await main(page)).includes(note) && (await main(page)).includes(colleague));
  assert.ok(await page.locator('tbody tr').count() > 0, 'with the open tickets');
  const where = new URL(page.url()).pathname;
  const other = await people.page(colleague === '王磊' ? 'wanglei' : 'zhangmin');
  if (other === page) return;
  await open(other, 'wanglei', where);
  await press(other, other.locator('form[action$="/confirm"] button'));
  assert.equal(await other.locator('form[action$="/confirm"]').count(), 0);
  await open(page, 'zhangmin', where);
  assert.doesNotMatch(await main(page), /还没有确认|待确认/);
});

both('Art. 10: a canned answer is put behind what was typed, and the form is sent by its own button alone', async (people) => {
  const leader = await people.page('wanglei');
  const title = `回复 ${digits(6)}`;
  await open(leader, 'wanglei', '/staff/admin/canned/new');
  await leader.locator('[name=title]').fill(title);
  await leader.locator('[name=words]').fill('工单 {number} 已联系，热线 {hotline}。');
  await press(leader, leader.locator('button[name=step][value=save]'));
  const { number, numberText } = await report();
  const page = await people.on('wanglei', number);
  await prepare(page, 'note', { words: '十点打过电话。' });
  await page.locator('#act-note [name=canned]').selectOption({ label: title });
  await press(page, page.locator('#act-note button[name=insert]'));
  const words = page.locator('#act-note [name=words]');
  assert.equal(await words.inputValue(), `十点打过电话。\n工单 ${numberText} 已联系，热线 96510。`);
  assert.ok(!/done=1/.test(page.url()));
  await press(page, await prepare(page, 'note'));
  assert.match(page.url(), /done=1/);
  assert.ok((await main(page)).includes(`工单 ${numberText} 已联系`));
});

// ---------------------------------------------------------------- keys

test('Art. 12: each key of the help does on a ticket what it says', async () => {
  const { number } = await report({ group: 'no_water', category: 'no_water' });
  const page = await visit();
  await open(page, 'wanglei', `${LIST}${number}`);
  await press(page, await prepare(page, 'dispatch', { unit: UNIT.pipeline }));
  const key = (name) => page.keyboard.press(name);
  const follow = (name) => Promise.all([page.waitForNavigation(), key(name)]);
  const focused = () => page.evaluate(() => document.activeElement.closest('details.act')?.id ?? document.activeElement.id);
  const done = async (name, form) => { await key('Escape'); await key(name); assert.equal(await focused(), form, name); };

  const crew = await visit();
  await open(crew, 'lina', `${LIST}${number}`);
  await press(crew, await prepare(crew, 'accept'));
  await crew.keyboard.press('e');
  assert.equal(await crew.evaluate(() => document.activeElement.closest('details.act').id), 'act-finish');

  await page.reload();
  await done('c', 'act-note');
  await done('r', 'act-add-words');
  await key('Escape');
  await follow('p');
  assert.equal(await page.locator('svg.qr').count(), 1, 'p prints the slip');
  await open(page, 'wanglei', `${LIST}${number}`);
  await follow('u');
  assert.ok(await page.locator('#list').count() === 1, 'u goes back to the list');
  await key('j');
  const row = await focused();
  assert.ok(row.startsWith('t-'));
  await follow('Enter');
  assert.equal(numberIn(page), row.slice(2), 'Enter opens it');
  for (const each of [page, crew]) { assert.deepEqual(each.faults, []); await each.context().close(); }
});

test('Art. 12: from a row of the list, d and c lead to the form on its ticket', async () => {
  await report();
  const page = await visit();
  await open(page, 'wanglei', `${LIST}?view=undispatched&sort=newest`);
  await page.mouse.move(1, 1);
  for (const [name, form] of [['d', 'act-dispatch'], ['c', 'act-note']]) {
    await page.keyboard.press('j');
    await Promise.all([page.waitForNavigation(), page.keyboard.press(name)]);
    assert.equal(await page.locator(`#${form}`).getAttribute('open'), '', name);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('u')]);
  }
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
