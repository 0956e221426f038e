/* Art. 8: whether a badge number is one of ours, without giving the list away. */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { Visitor, sql, formOf, wordsOf, errorOf, wait } = require('./staff_client.js');

const check = async (visitor, badge) => {
  const { token } = formOf((await visitor.get('/complaint/badge')).text, '/complaint/badge');
  return visitor.post('/complaint/badge', { token, badge });
};
test.before(async () => {
  await sql("UPDATE staff SET badge = 'A1024' WHERE login = 'sunqiang'");
  await sql("UPDATE staff SET badge = 'A1025', is_active = 0 WHERE login = 'songli'");
  await sql("UPDATE staff SET badge = 'A1026' WHERE login IN ('lina', 'zhaowei')");
});
test.after(async () => { await sql("UPDATE staff SET is_active = 1 WHERE login = 'songli'"); });

test('Art. 8: a badge in service shows name and unit, typed in any width', async () => {
  const [[name]] = await sql("SELECT name FROM staff WHERE login = 'sunqiang'");
  for (const typed of ['A1024', ' Ａ１０２４ ']) {
    const answer = await check(new Visitor(), typed);
    assert.equal(answer.status, 200);
    assert.ok(wordsOf(answer.text).includes(name), typed);
    assert.match(wordsOf(answer.text), /是我们的在岗职工/);
  }
});

test('Art. 8: who left, a number worn twice and an unknown number are nobody of ours', async () => {
  for (const typed of ['A1025', 'A1026', 'X9', "' OR 1=1 --"]) {
    const answer = await check(new Visitor(), typed);
    assert.match(wordsOf(answer.text), /没有这个工号的在岗职工/, typed);
    assert.match(answer.text, /tel:96510/);
  }
});

test('nothing typed is said beside the field', async () => {
  const answer = await check(new Visitor(), '');
  assert.equal(answer.status, 422);
  assert.match(errorOf(answer.text, 'badge'), /请输入/);
});

test('trying number after number is slowed, and ends by itself', async () => {
  const visitor = new Visitor();
  let last;
  for (let i = 0; i < 8; i++) last = await check(visitor, `B${i}`);
  assert.equal(last.status, 429);
  assert.match(wordsOf(last.text), /过一会儿再试/);
  wait(16);
  assert.equal((await check(visitor, 'A1024')).status, 200);
});
