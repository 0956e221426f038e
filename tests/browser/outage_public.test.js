// Outage notices as residents read and keep them (Art. 18): the home that is remembered, the district, the poster that fits on one page, the
// other forms that are really there, and the report that an outage explains.
'use strict';
const assert = require('node:assert');
const { both, visit } = require('./people.js');
const { go, press, open, until, fillPlace, fillContact, submit } = require('./driver.js');
const { publish, fillAct, later, idOf } = require('./scenes_outage.js');

const words = (page) => page.locator('main').innerText();
const sees = async (page, where, what) => until(`${where} has ${what}`, async () => { await go(page, where); return what.test(await words(page)); });
const restored = async (crew, where) => { await open(crew, 'lina', where); await press(crew, await fillAct(crew, 'restore', { water_on_at: later(0) })); };

both('Art. 18: a resident asks for the home once, keeps it without an account, and reads there first what is announced, until it is forgotten', async (people, js) => {
  const crew = await visit({ js });
  const resident = await visit({ js, width: 320, height: 640 });
  const home = js ? '荷香园' : '凤凰城';
  await go(resident, '/outage/');
  await resident.locator('[name=q]').fill(home);
  await press(resident, resident.locator('main form button').first());
  assert.match(await words(resident), /这里没有公布停水/);
  await press(resident, resident.locator('button', { hasText: '记住这里是我家' }));
  assert.match(await words(resident), new RegExp(`我家： ${home}[\\s\\S]*这里没有公布停水`));
  const where = await publish(crew, { places: home, area_words: '' });
  await sees(resident, '/outage/', new RegExp(`我家： ${home}[\\s\\S]*这里正在停水，不用再报修`));
  assert.ok(await resident.evaluate(() => document.documentElement.scrollWidth) <= 320, 'nothing beside the screen');
  await press(resident, resident.locator('button', { hasText: '不再记住' }));
  assert.doesNotMatch(await words(resident), /我家：/);
  await restored(crew, where);
  for (const page of [crew, resident]) { assert.deepEqual(page.faults, []); await page.context().close(); }
});

both('Art. 18: by district, then the notice with its poster of one page of A4, whose code and address lead back to it', async (people, js) => {
  const crew = await visit({ js });
  const resident = await visit({ js });
  const where = await publish(crew, { places: '沙窝新村', area_words: js ? '村东头' : '村西头' });
  await sees(resident, '/outage/', /沙窝新村/);
  await press(resident, resident.locator('nav a', { hasText: '北郊镇' }));
  assert.match(await words(resident), /正在停水 · 北郊镇[\s\S]*沙窝新村/);
  await press(resident, resident.locator('nav a', { hasText: '湖西区' }));
  assert.doesNotMatch((await words(resident)).split('计划停水')[0], /沙窝新村/);
  await go(resident, `/outage/${idOf(where)}`);
  await press(resident, resident.locator('a', { hasText: '打印张贴用的公告' }));
  const poster = await words(resident);
  for (const said of [/紧急停水/, /沙窝新村/, /\d+月\d+日 \d\d:\d\d/, /管道爆裂、漏水/, /供水热线/, new RegExp(`/outage/${idOf(where)}\\b`)]) assert.match(poster, said);
  assert.doesNotMatch(poster, /今天|明天/, 'it hangs for days');
  assert.ok(await resident.locator('svg.qr path').count() > 0);
  const pdf = (await resident.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1, 'one page');
  const [, , , width, height] = /\/MediaBox\s*\[\s*(\S+) (\S+) (\S+) (\S+?)\s*\]/.exec(pdf).map(Number).flatMap((value, at) => (at === 0 ? [0] : [value]));
  assert.ok(Math.abs(width - 595) < 3 && Math.abs(height - 842) < 3, `${width} × ${height}`);
  await restored(crew, where);
  for (const page of [crew, resident]) { assert.deepEqual(page.faults, []); await page.context().close(); }
});

both('Art. 18: the forms for other programs that the page offers are all there, and the account is asked for on a page of its own', async (people, js) => {
  const resident = await visit({ js, width: 390 });
  await go(resident, '/outage/');
  const links = await resident.locator('link[rel=alternate]').evaluateAll((all) => all.map((link) => [link.type, link.href]));
  assert.equal(links.length, 5);
  for (const [type, href] of links) {
    const answer = await resident.request.get(href);
    assert.equal(answer.status(), 200, href);
    assert.ok(answer.headers()['content-type'].startsWith(type), href);
  }
  await press(resident, resident.locator('main a', { hasText: '按户号查' }));
  await resident.locator('[name=account]').fill('12345');
  await press(resident, resident.locator('main form button'));
  assert.match(await words(resident), /户号是 10 或 11 位数字/);
  await resident.locator('[name=account]').fill('9999999999');
  await press(resident, resident.locator('main form button'));
  assert.match(await words(resident), /没有查到影响这个户号的停水公告/);
  assert.ok(!resident.url().includes('9999999999'));
  assert.deepEqual(resident.faults, []);
  await resident.context().close();
});

both('Art. 18: who has no water where it is known to be off reads why and until when before filing, and the desk sees the report with the outage', async (people, js) => {
  const crew = await visit({ js });
  const resident = await visit({ js, width: 320, height: 640 });
  const place = js ? '金鼎公寓' : '望岳小区';
  const where = await publish(crew, { places: place, area_words: '' });
  await fillPlace(resident, { group: 'no_water', category: 'no_water', place: `${place} 3 号楼`, words: '没有水' });
  await submit(resident);
  assert.match(await words(resident), /正在停水。原因：管道爆裂、漏水。预计 [^。]*恢复/);
  await fillContact(resident, { phone: js ? '13806390001' : '13806390002' });
  await submit(resident);
  await submit(resident);
  assert.match(resident.url(), /receipt/);
  await open(crew, 'wanglei', where);
  const linked = crew.locator('section[aria-labelledby="h-joined"] a');
  assert.equal(await linked.count(), 1);
  await press(crew, linked.first());
  assert.match(await words(crew), /报修时这里正在停水/);
  await restored(crew, where);
  for (const page of [crew, resident]) { assert.deepEqual(page.faults, []); await page.context().close(); }
});
