// Who is told by SMS (Arts. 18(1), 33(4)): customer management reads whom an outage touches, sends, stops and goes on; a resident
// subscribes. The test stack writes messages to files.
'use strict';
const assert = require('node:assert');
const { both, visit } = require('./people.js');
const { go, open, press, until, smsFiles, smsFound } = require('./driver.js');
const { publish, fillAct, later, idOf } = require('./scenes_outage.js');

const words = async (page) => (await page.locator('main').innerText()).replace(/\s+/g, ' ');

both('Art. 33(4): customer management counts the households, changes the text, sends it once, and tells the same numbers of a change', async (people, js) => {
  const crew = await visit({ js });
  const desk = await visit({ js, width: 390, height: 800 });
  const where = await publish(crew, { places: js ? '林场宿舍' : '沙窝新村', area_words: '', expected_end_at: later(240) });
  await open(desk, 'wanglei', where);
  await press(desk, desk.getByRole('link', { name: '短信通知居民' }));
  const shown = await words(desk);
  const numbers = Number(/不同号码（每个号码只发一次） (\d+)/.exec(shown)[1]);
  assert.ok(numbers > 0, shown);
  await press(desk, desk.getByRole('link', { name: '查看户名单' }));
  assert.match(await words(desk), /1\d\d\*\*\*\*\d{4}/, 'masked');
  await desk.goBack();
  await desk.locator('[name=body]').fill('短');
  await press(desk, desk.locator('button[value=send]'));
  assert.match(await words(desk), /10 到 268 字/);
  const text = `停水试验${js ? '甲' : '乙'}${process.pid}，请提前储水`;
  await desk.locator('[name=body]').fill(text);
  await press(desk, desk.locator('button[value=check]'));
  assert.match(await words(desk), new RegExp(`每个号码 1 条，一共 ${numbers} 条`));
  assert.equal(await desk.locator('[name=body]').inputValue(), text);
  await press(desk, desk.locator('button[value=send]'));
  assert.match(await words(desk), /最新的消息已经发送/);
  await until('all are sent', async () => {
    await go(desk, `${where}/sms`);
    return new RegExp(`发送完[\\s\\S]*已发送 ${numbers}`).test(await words(desk));
  });
  assert.equal(smsFiles().filter((file) => file.includes(text)).length, numbers);

  await press(crew, await fillAct(crew, 'extend', { expected_end_at: later(400), words: '等配件' }));
  await go(desk, `${where}/sms`);
  assert.match(await words(desk), /延长[\s\S]*发送给/);
  await press(desk, desk.locator('button[value=send]'));
  assert.match(await words(desk), /最新的消息已经发送/);
  for (const page of [crew, desk]) { assert.deepEqual(page.faults, []); await page.context().close(); }
});

both('Art. 18: a resident subscribes for a place with a code, is told, and ends it by the link', async (people, js) => {
  const resident = await visit({ js, width: 320, height: 640 });
  const crew = await visit({ js });
  const phone = `1361${js ? 1 : 2}${String(process.pid % 1000000).padStart(6, '0')}`;
  const place = js ? '王楼社区' : '李庄新居';
  await go(resident, '/outage/');
  await press(resident, resident.getByRole('link', { name: '停水短信订阅' }));
  await resident.locator('[name=q]').fill(place);
  await press(resident, resident.locator('main form button'));
  await press(resident, resident.getByRole('link', { name: place }));
  await resident.locator('[name=phone]').fill('0635-8212345');
  await press(resident, resident.locator('main form button'));
  assert.match(await words(resident), /请填写 11 位手机号码/);
  await resident.locator('[name=phone]').fill(phone);
  await press(resident, resident.locator('main form button'));
  assert.match(await words(resident), /验证码已经发往这个号码/);
  const code = await smsFound('the code is sent', phone, /验证码是 (\d{6})/);
  await resident.locator('[name=code]').fill(code === '000000' ? '000001' : '000000');
  await press(resident, resident.locator('main form button'));
  assert.match(await words(resident), /验证码不对/);
  await resident.locator('[name=code]').fill(code);
  await press(resident, resident.locator('main form button'));
  assert.match(await words(resident), /订阅好了/);

  const where = await publish(crew, { places: place, area_words: '', expected_end_at: later(240) });
  const link = await smsFound('the message is sent', phone, new RegExp(`/outage/${idOf(where)}[\\s\\S]*?(/outage/stop/\\S+)`));
  await go(resident, link);
  assert.match(await words(resident), new RegExp(`${place}[\\s\\S]*取消订阅`));
  await press(resident, resident.locator('main form button'));
  assert.match(await words(resident), /已经取消/);
  for (const page of [crew, resident]) { assert.deepEqual(page.faults, []); await page.context().close(); }
});
