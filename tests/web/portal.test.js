/* The portal: four ways on, and what is urgent now, as operations announce it (Art. 18). */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, staff, formOf, wordsOf, wait } = require('./staff_client.js');

const RUN = `portal_${Date.now()}`;
let ops;
test.before(async () => { ops = await staff('wanglei'); });

const offset = () => Number(fs.readFileSync(path.join(process.env.SHUINUO_VAR, 'time-offset'), 'utf8'));
const publish = async (fields, code) => {
  const known = (await ops.get(`/staff/admin/texts/${code}`)).status === 200;
  const page = `/staff/admin/texts/${known ? code : 'new'}`;
  const { gone: _, ...form } = formOf((await ops.get(page)).text, page);
  const answer = await ops.post(page, {
    ...form, ...(known ? {} : { code }), title_zh: '昌润路沿线停水', body_zh: '管道爆裂，正在抢修。\n- 范围：昌润路 12 至 40 号\n- 预计 18:00 恢复', title_en: 'Changrun Road without water',
    body_en: 'A pipe burst.\n- Nos. 12 to 40\n- Back by 18:00', sort: '10', step: 'save', ...fields,
  });
  assert.deepEqual([answer.status, answer.header('location')], [303, `/staff/admin/texts/${code}?saved=1`], wordsOf(answer.text));
};
const see = async (where, lang = 'zh') => {
  const answer = await new Visitor().get(`${where}?lang=${lang}`);
  assert.equal(answer.status, 200);
  return answer.text;
};
const until = async (what, look) => {
  const end = Date.now() + 20000;
  while (!await look()) {
    assert.ok(Date.now() < end, `waited in vain until ${what}`);
    await new Promise((done) => { setTimeout(done, 300); });
  }
};

test('the portal has four large ways on, which all lead somewhere', async () => {
  const main = /<ul class="choices">([\s\S]*?)<\/ul>/.exec(await see('/'))[1];
  const ways = [...main.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, where]) => where);
  assert.deepEqual(ways, ['/complaint/new', '/complaint/follow', '/outage/', '/commitment/']);
  for (const way of ways) await see(way);
});

test('Art. 18(2): an emergency outage stands on the portal as soon as it is published, in both languages, until the water is back', async () => {
  const liaison = await staff('lina');
  const area = `昌润路 ${RUN} 号`;
  assert.ok(!(await see('/')).includes(area));
  const local = (minutes) => new Date(Date.now() + offset() * 1000 + (480 + minutes) * 60000).toISOString().slice(0, 16); // in Shanghai
  const answer = await liaison.submit('/staff/supply/new', '/staff/supply/new', {
    unit: 3, cause: 1, places: '', area_words: area, diameter_mm: 300, valves: 'DN300×1', started_at: local(0), expected_end_at: local(180), words: '管道爆裂，正在抢修',
  });
  assert.equal(answer.status, 303, wordsOf(answer.text));
  const page = answer.header('location').replace(/\?.*/, '');
  await until('the portal has it', async () => new RegExp(`<p class="box bad"[^>]*><strong>紧急停水：</strong> <a [^>]*href="/outage/">${area}<`).test(await see('/')));
  await until('in English', async () => new RegExp(`Emergency outage:</strong> <a [^>]*lang="zh-CN">${area}<`).test(await see('/', 'en')));
  assert.equal((await liaison.submit(page, `${page}/restore`, { water_on_at: local(0), words: '已恢复' })).status, 303);
  await until('it is off', async () => !`${await see('/')}${await see('/', 'en')}`.includes(area));
});

test('Art. 18: a planned outage is shown from its moment on, and not on the portal', async () => {
  const code = `outage_${RUN}`;
  const local = new Date(Date.now() + offset() * 1000 + 10 * 3600000).toISOString().slice(0, 16); // in two hours, in Shanghai
  await publish({ from: local, title_zh: '柳园路计划停水' }, code);
  assert.doesNotMatch(await see('/outage/'), /柳园路计划停水/);
  const moved = await new Visitor().get('/commitment/outages');
  assert.deepEqual([moved.status, moved.header('location')], [308, '/outage/']);
  wait(121);
  await until('its moment came', async () => /计划停水<\/h2>[\s\S]*柳园路计划停水/.test(await see('/outage/')));
  assert.doesNotMatch(await see('/'), /柳园路/);
  ops = await staff('wanglei'); // two hours ended the session
  await publish({ gone: '1', from: '' }, code);
  await until('it is off', async () => !(await see('/outage/')).includes('柳园路计划停水'));
});
