// An emergency outage as the people live it: published in one step, read by who has no water, changed, and over (Art. 18(2)).
'use strict';
const assert = require('node:assert');
const { both, visit } = require('./people.js');
const { go, open, press, until } = require('./driver.js');
const { publish, fillAct, later, idOf } = require('./scenes_outage.js');

const words = (page) => page.locator('main').innerText();

both('Art. 18(2): an emergency is published at once, a resident finds it by the community, a later end and the water back are told', async (people, js) => {
  const crew = await visit({ js });
  const resident = await visit({ js, width: 320, height: 640 });
  const mark = `幸福里${js ? '甲' : '乙'}${process.pid}号院`;
  const end = later(240), moved = later(360);
  const where = await publish(crew, { places: '南林镇幸福里', area_words: mark, expected_end_at: end });
  assert.match(await words(crew), /正在停水/);
  assert.match(await words(crew), /紧急停水：报告运营管理部[\s\S]*按时/);

  await go(resident, '/outage/');
  await resident.locator('[name=q]').fill('南林镇幸福里3号楼');
  await press(resident, resident.locator('main form button'));
  assert.match(await words(resident), /这里正在停水，不用再报修/);
  await press(resident, resident.locator('.cards a', { hasText: mark }).first());
  assert.match(await words(resident), new RegExp(`${mark}[\\s\\S]*预计恢复`));

  await press(crew, await fillAct(crew, 'extend', { expected_end_at: moved, words: '管沟积水，换管要更久' }));
  await go(resident, `/outage/${idOf(where)}`);
  assert.match(await words(resident), new RegExp(`预计恢复由[\\s\\S]*${end.slice(11)}[\\s\\S]*改为[\\s\\S]*${moved.slice(11)}[\\s\\S]*换管要更久`));

  await press(crew, await fillAct(crew, 'restore', { water_on_at: later(0) }));
  assert.match(await words(crew), /恢复供水：通知运营管理部[\s\S]*按时/);
  await go(resident, `/outage/${idOf(where)}`);
  assert.match(await words(resident), /已恢复/);
  await until('the list has it', async () => { // pages look for news once a second
    await go(resident, '/outage/');
    return new RegExp(`最近恢复[\\s\\S]*${mark}`).test(await words(resident));
  });
  await open(crew, 'lina', '/staff/supply/');
  for (const page of [crew, resident]) { assert.deepEqual(page.faults, []); await page.context().close(); }
});
