// A planned outage as the people live it: applied for, assisted, approved by a second person, announced, over (Arts. 18(1), 19, 33(3)(4)).
'use strict';
const assert = require('node:assert');
const { both, visit } = require('./people.js');
const { go, open, press, submit } = require('./driver.js');
const { fillAct, later, plan } = require('./scenes_outage.js');

const words = (page) => page.locator('main').innerText();

both('Art. 18(1): a planned outage is applied for, approved by a second person and announced a day ahead, and everybody sees what is next', async (people, js) => {
  const builder = await visit({ js });
  const others = await visit({ js });
  const ops = await visit({ js });
  const resident = await visit({ js, width: 320, height: 640 });
  const mark = `古运河${js ? '甲' : '乙'}${process.pid}号院`;
  const where = await plan(builder, { area_words: mark });
  assert.match(await words(builder), /步骤[\s\S]*指定配合的人[\s\S]*待办/);

  await open(others, 'lina', where);
  await others.locator('#act-assist summary').click();
  await others.locator('#act-assist [name=assistant]').selectOption({ label: '孙强' });
  await press(others, others.locator('#act-assist button'));
  assert.match(await words(others), /指定配合的人[\s\S]*已办/);

  await open(ops, 'wanglei', where);
  await press(ops, await fillAct(ops, 'approve', {}));
  await press(ops, await fillAct(ops, 'publish', { words: '更换老旧支管，请提前储水', water_points: '古运河桥头' }));
  await go(resident, where.replace('/staff/supply/', '/outage/'));
  assert.match(await words(resident), new RegExp(`${mark}`));
  assert.match(await words(resident), /更换老旧支管，请提前储水/);

  await go(builder, where);
  await press(builder, await fillAct(builder, 'media', { words: '聊城日报' }));
  assert.match(await words(builder), /计划停水：媒体公告[\s\S]*按时/);
  await press(builder, await fillAct(builder, 'cancel', { words: '改用不停水接管' }));
  await go(resident, where.replace('/staff/supply/', '/outage/'));
  assert.match(await words(resident), /改用不停水接管/);
  for (const page of [builder, others, ops, resident]) { assert.deepEqual(page.faults, []); await page.context().close(); }
});

both('Arts. 18(3), 33(10): a cut-off is reported beforehand, and a late one asks why, with everything kept', async (people, js) => {
  const page = await visit({ js });
  await open(page, 'liuyang', '/staff/supply/cutoff');
  const fields = { area_words: `催缴楼${js ? '甲' : '乙'}${process.pid}`, households: '9', planned_start_at: later(-60), words: '多次催缴未交' };
  await page.locator('[name=unit]').selectOption('2');
  await page.locator('[name=cause]').selectOption('14');
  await page.locator('[name=scope]').selectOption('2');
  for (const [name, value] of Object.entries(fields)) await page.locator(`main form [name=${name}]`).fill(value);
  await submit(page);
  assert.match(await words(page), /已经停水才上报/);
  assert.equal(await page.locator('main form [name=words]').inputValue(), '多次催缴未交');
  await page.locator('main form [name=reason]').fill('电话占线');
  await submit(page);
  assert.match(await words(page), /欠费等停水[\s\S]*提前报告[\s\S]*超时|欠费等停水[\s\S]*晚/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
