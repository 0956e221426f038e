/* The portal: four ways on, and what is urgent now, as operations announce it (Art. 18). */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, staff, formOf, wordsOf, wait } = require('./staff_client.js');

const RUN = `portal_${Date.now()}`;
const CODE = `emergency_${RUN}`;
let ops;
test.before(async () => { ops = await staff('wanglei'); });

const publish = async (fields, code = CODE) => {
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

test('Art. 18: an emergency outage that operations announce stands on the portal at once, in both languages, until it is taken off', async () => {
  assert.doesNotMatch(await see('/'), /昌润路/);
  await publish({});
  await until('the portal has it', async () => new RegExp(`<p class="box bad"[^>]*><strong>紧急停水：</strong> <a [^>]*href="/commitment/outages#o-${CODE}">昌润路沿线停水<`).test(await see('/')));
  await until('in English', async () => /Emergency outage:<\/strong> <a [^>]*>Changrun Road without water</.test(await see('/', 'en')));
  await until('the page of outages has the particulars', async () => /<h2>正在停水<\/h2>[\s\S]*昌润路沿线停水[\s\S]*<li>预计 18:00 恢复<\/li>/.test(await see('/commitment/outages')));
  assert.doesNotMatch(await see('/commitment/'), /昌润路/, 'it is no procedure and no explanation');
  await publish({ gone: '1' });
  await until('it is off', async () => !/昌润路/.test(await see('/') + await see('/', 'en') + await see('/commitment/outages')));
});

test('Art. 18: a planned outage is shown from its moment on, and not on the portal', async () => {
  const code = `outage_${RUN}`;
  const offset = Number(fs.readFileSync(path.join(process.env.SHUINUO_VAR, 'time-offset'), 'utf8'));
  const local = new Date(Date.now() + offset * 1000 + 10 * 3600000).toISOString().slice(0, 16); // in two hours, in Shanghai
  await publish({ from: local, title_zh: '柳园路计划停水' }, code);
  assert.doesNotMatch(await see('/commitment/outages'), /柳园路计划停水/);
  wait(121);
  await until('its moment came', async () => /<h2>计划停水<\/h2>[\s\S]*柳园路计划停水/.test(await see('/commitment/outages')));
  assert.doesNotMatch(await see('/'), /柳园路/);
  ops = await staff('wanglei'); // two hours ended the session
  await publish({ gone: '1', from: '' }, code);
  await until('it is off', async () => /现在没有停水公告/.test(await see('/commitment/outages')));
});
