// "Will my home be affected?" by account number (Art. 18): yes or no, never where; nothing in an address; slow for whoever tries very many.
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { staff, now, local, wordsOf, errorOf, Visitor, formOf } = require('./staff_client.js');

const NEW = '/staff/supply/new', PAGE = '/outage/account';
const later = (minutes) => local(now() + minutes * 60000);
/** Households of the sample town: [account, district, community, road]. */
const households = fs.readFileSync(path.join(process.env.SHUINUO_TOP, 'schema/sample/customers.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
const ask = async (account, visitor = new Visitor()) => visitor.post(PAGE, { ...formOf((await visitor.get(PAGE)).text, PAGE), account });

test('Art. 18: an account is told whether an outage affects it, of its community or road, and nothing of where it is', async () => {
  const liaison = await staff('lina');
  const [inside, , community] = households.find(([, , name]) => name === '湖光里') ?? households.find(([, , name]) => name);
  const [outside] = households.find(([, , name]) => name && name !== community);
  assert.match(wordsOf((await ask(inside)).text), /没有查到影响这个户号的停水公告/);
  const answer = await liaison.submit(NEW, NEW, { unit: 3, cause: 1, places: community, area_words: '', diameter_mm: 300, valves: '0', started_at: later(0), expected_end_at: later(180), words: '抢修' });
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 400));
  const page = answer.header('location').replace(/\?.*/, '');
  const yes = await ask(inside);
  assert.equal(yes.status, 200);
  assert.match(yes.header('cache-control'), /no-store/);
  assert.match(wordsOf(yes.text), /您家在停水范围内，正在停水/);
  for (const secret of [community, `/outage/${/\d+$/.exec(page)[0]}`, households.find(([account]) => account === inside)[6]]) assert.ok(!yes.text.includes(secret), secret);
  const no = wordsOf((await ask(outside)).text), unknown = wordsOf((await ask('9999999999')).text);
  const sentence = (text) => /没有查到影响这个户号的停水公告[^查]*查。/.exec(text)[0];
  assert.equal(sentence(no), sentence(unknown), 'an account that nobody has is answered alike');
  assert.match(wordsOf((await ask(inside.split('').join(' '))).text), /正在停水/, 'typed with spaces');
  assert.equal((await liaison.submit(page, `${page}/restore`, { water_on_at: later(0), words: '' })).status, 303);
  assert.match(wordsOf((await ask(inside)).text), /没有查到影响这个户号的停水公告/);
});

test('what is no account is said beside the field, with what was typed; a number typed as a place stays out of addresses', async () => {
  for (const typed of ['', '123', 'abc', '1'.repeat(30)]) {
    const answer = await ask(typed);
    assert.equal(answer.status, 422, typed);
    assert.match(errorOf(answer.text, 'account'), /户号是 10 或 11 位数字/);
    assert.equal(formOf(answer.text, PAGE).account, typed);
  }
  const moved = await new Visitor().get(`/outage/?q=${households[0][0]}`);
  assert.deepEqual([moved.status, moved.header('location')], [303, PAGE]);
});

test('very many questions from one address cost an effort each, and nobody is locked out', async () => {
  const visitor = new Visitor();
  let answer;
  for (let tries = 0; tries < 60; tries++) {
    answer = await ask('9999999998', visitor);
    if (answer.status === 429) break;
    assert.equal(answer.status, 200);
  }
  assert.equal(answer.status, 429, 'slowed in the end');
  assert.equal(formOf(answer.text, PAGE).account, '9999999998', 'what was typed is kept');
  assert.match(answer.text, /name="effort"/);
});
