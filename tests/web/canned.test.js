/*
 * Canned answers in the forms of a ticket: put in by a button, everything typed stays, nothing is sent.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { staff, sql, formOf, wordsOf } = require('./staff_client.js');

const NOTE = 27;
const FINISH = 19;
const add = (action, unit, title, words, isActive = 1) => sql(`INSERT INTO canned_answer (action, unit_id, title, words, is_active, sort) VALUES (${action}, ${unit}, '${title}', '${words}', ${isActive}, 5)`);

test('a canned answer is put behind what was typed, its names filled in, and nothing is sent', async () => {
  await add(NOTE, 0, '已联系', '已就 {number} 联系顾客（{place}），热线 {hotline}。{other}');
  await add(FINISH, 0, '只给办结', '已办结');
  await add(0, 7, '别的单位', '不给看');
  await add(NOTE, 0, '停用的', '停用', 0);
  const ops = await staff('wanglei');
  const [number, version, place] = (await sql('SELECT number, version, place_text FROM ticket WHERE is_open = 1 AND unit_id = 3 ORDER BY id DESC LIMIT 1'))[0];
  const page = await ops.get(`/staff/ticket/${number}`);
  const box = /id="act-note"[\s\S]*?<\/form>/.exec(page.text)[0];
  assert.ok(box.includes('已联系'));
  for (const title of ['只给办结', '别的单位', '停用的']) assert.equal(box.includes(title), false, title);
  const form = formOf(page.text, `/${number}/note`);
  const [[id]] = await sql("SELECT id FROM canned_answer WHERE title = '已联系'");
  const shown = await ops.post(`/staff/ticket/${number}/note`, { ...form, words: '刚才', canned: id, insert: '1' });
  assert.equal(shown.status, 200);
  const filled = formOf(shown.text, `/${number}/note`);
  assert.match(filled.words, /^刚才\n已就 SN\d{6}-\d{7}-\d 联系顾客/);
  assert.ok(filled.words.includes(place) && filled.words.includes('96510') && filled.words.includes('{other}'));
  assert.equal((await sql(`SELECT version FROM ticket WHERE number = '${number}'`))[0][0], version, 'nothing was sent');
  assert.equal((await ops.post(`/staff/ticket/${number}/note`, filled)).status, 303, 'and now it is');
});

test('a choice that is not offered, or none, puts nothing in and loses nothing', async () => {
  const ops = await staff('wanglei');
  const [[number]] = await sql('SELECT number FROM ticket WHERE is_open = 1 AND unit_id = 3 ORDER BY id DESC LIMIT 1');
  const form = formOf((await ops.get(`/staff/ticket/${number}`)).text, `/${number}/note`);
  const [[foreign]] = await sql("SELECT id FROM canned_answer WHERE title = '别的单位'");
  for (const canned of ['', '-1', '999999', foreign]) {
    const shown = await ops.post(`/staff/ticket/${number}/note`, { ...form, words: '不要丢', canned, insert: '1' });
    assert.equal(shown.status, 200, wordsOf(shown.text).slice(0, 300));
    assert.equal(formOf(shown.text, `/${number}/note`).words, '不要丢');
  }
});
