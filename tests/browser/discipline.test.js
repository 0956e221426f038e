// A report of misconduct as its people live it: told in secret, opened by the office alone, looked into, decided, answered (Arts. 5, 32, 35).
'use strict';
const assert = require('node:assert');
const { both, visit } = require('./people.js');
const { go, open, press } = require('./driver.js');
const { report, opened, find, write, fillAct, HOME } = require('./scenes_discipline.js');

const words = (page) => page.locator('main').innerText();
const leave = async (...pages) => { for (const page of pages) { assert.deepEqual(page.faults, []); await page.context().close(); } };

both('Arts. 5, 32, 35: a report is opened with the passphrase alone, looked into, decided by the clause and answered', async (people, js) => {
  const reporter = await visit({ js, width: 320, height: 640 });
  const office = await visit({ js, width: 390, height: 800 });
  const mark = `暗号${js ? '有' : '无'}脚本${process.pid}`;
  const { number, code } = await report(reporter, `营业员收了好处才办事，${mark}。`, { about: '工号 4455' });

  await open(office, 'heping', HOME);
  assert.doesNotMatch(await words(office), new RegExp(mark), 'nothing before the passphrase');
  await office.locator('[name=passphrase]').fill('this is not the passphrase');
  await press(office, office.locator('main form button.button'));
  assert.match(await words(office), /口令不对/);
  assert.equal(await office.locator('[name=passphrase]').inputValue(), '', 'it is not shown again');
  await opened(office);
  assert.match(await words(office), new RegExp(mark));
  await find(office, number);
  assert.match(await words(office), /工号 4455/);

  await write(office, 'step', { words: '约谈了营业员。' });
  await write(office, 'finding', { finding: '1', words: '有两名证人。' });
  await write(office, 'outcome', { clause: '2', person: '周某', measure: '2', prosecute: '1', words: '按第三十五条。' });
  assert.match(await words(office), /第 35 条只有解除劳动合同/);
  assert.equal(await office.locator('#act-outcome [name=person]').inputValue(), '周某', 'what was typed is kept');
  await press(office, await fillAct(office, 'outcome', { clause: '1', measure: '2' }));
  assert.match(await words(office), /第 32\(1\)[\s\S]*直接领导处罚 50 元[\s\S]*责任人处罚 200 元[\s\S]*调离岗位/);
  await write(office, 'answer', { words: `已经查实并处理。${mark}` });
  await write(office, 'close', { words: '归档。' });
  assert.match(await words(office), /已结案/);

  await go(reporter, '/complaint/misconduct/answer');
  await reporter.locator('[name=number]').fill(number);
  await reporter.locator('[name=code]').fill(code);
  await press(reporter, reporter.locator('main form button.button'));
  assert.match(await words(reporter), /已经查实并处理/);
  assert.doesNotMatch(await words(reporter), /周某|证人/);

  await press(office, office.locator('form[action$="/shut"] button'));
  await go(office, HOME);
  assert.doesNotMatch(await words(office), new RegExp(mark), 'locked');
  await leave(reporter, office);
});

both('Art. 5: what is told to the hotline goes from the intake to the office, and the hotline cannot read it again', async (people, js) => {
  const desk = await visit({ js });
  const office = await visit({ js });
  const mark = `来电暗号${js ? '甲' : '乙'}${process.pid}`;
  await open(desk, 'zhangmin', '/staff/ticket/new');
  await desk.locator('[name=words]').fill(`师傅要红包，${mark}。`);
  await desk.locator('[name=place]').fill('幸福里小区');
  await press(desk, desk.locator('button[formaction$="/discipline/take"]'));
  assert.equal(await desk.locator('[name=occurred]').inputValue(), '幸福里小区');
  await press(desk, desk.locator('main form button.button'));
  assert.match(await words(desk), /已加密移交/);
  assert.doesNotMatch(await words(desk), new RegExp(mark));
  const [number] = await desk.locator('.number').allInnerTexts();
  await opened(office);
  await find(office, number);
  assert.match(await words(office), new RegExp(mark));
  await go(desk, HOME, 403);
  await leave(desk, office);
});
