// The register of customers as the people live it: a file checked and put in force, the area of an outage chosen from it (Arts. 18, 33(4)).
'use strict';
const assert = require('node:assert');
const { both, visit } = require('./people.js');
const { open, press } = require('./driver.js');
const { send, find, place } = require('./scenes_customers.js');

const words = (page) => page.locator('main').innerText();

both('Art. 33(4): operations checks a file, sees what it changes and which lines are wrong, and puts it in force', async (people, js) => {
  const ops = await visit({ js });
  const name = `浏览苑${js ? '甲' : '乙'}`;
  const account = js ? '3500000001' : '3500000002';
  await send(ops, [`${account},湖东区,${name},,7号楼,2单元201,赵先生,139 0635 9901,,`, `${account},湖东区,${name},,8号楼,1,钱先生,,,`]);
  assert.match(await words(ops), /新增\s+1/);
  assert.match(await words(ops), /户号与前面的一行重复，已取前一行 \(另一行 323\)/);
  await press(ops, ops.locator('button[name=act][value="1"]'));
  assert.match(await words(ops), /这份资料已经生效/);
  await find(ops, account);
  assert.match(await words(ops), new RegExp(`${name}7号楼[\\s\\S]*139\\*{4}9901`));
  await open(ops, 'wanglei', `/staff/supply/places/${await place(name)}`);
  assert.match(await words(ops), /7号楼/);
  assert.deepEqual(ops.faults, []);
  await ops.context().close();
});

both('Art. 18: the area of an outage is chosen from the register, with the households beside each place', async (people, js) => {
  const crew = await visit({ js });
  await open(crew, 'lina', '/staff/supply/new');
  if (js) {
    await crew.locator('#picker-q').fill('柳泉小区2号');
    await crew.locator('#picker-list [role=option]', { hasText: '柳泉小区2号楼' }).waitFor();
    assert.match(await crew.locator('#picker-list').innerText(), /柳泉小区2号楼\s*湖东区 · 4 户/);
    await crew.keyboard.press('ArrowDown');
    await crew.keyboard.press('Enter');
    assert.equal(await crew.locator('#f-places').inputValue(), '柳泉小区2号楼');
  } else {
    await crew.locator('#f-places').fill('柳泉小区2号');
    await press(crew, crew.locator('#picker button[name=find]'));
    await crew.getByLabel(/柳泉小区2号楼/).check();
    await press(crew, crew.locator('#picker button[name=find]'));
    assert.equal(await crew.locator('#f-places').inputValue(), '柳泉小区2号楼');
    assert.match(await words(crew), /已选的地方一共： 4 户/);
  }
  assert.deepEqual(crew.faults, []);
  await crew.context().close();
});
