/*
 * The discipline office's own pages (Arts. 5, 32, 35): opening with a passphrase, officers, cases, the answer. Two officers of the
 * test's own beside the sample town's, so that nobody's passphrase but theirs is changed.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { execFileSync } = require('node:child_process');
const { Visitor, staff, sql, shuinuo, wait, formOf, wordsOf, errorOf, multipart, passwords } = require('./staff_client.js');

const folder = process.env.SHUINUO_VAR;
const HOME = '/staff/discipline/', OPEN = '/staff/discipline/open', OFFICERS = '/staff/discipline/officers', PASSPHRASE = '/staff/discipline/passphrase';
const HEPING = 'sample passphrase of the office';
const picture = (...wish) => execFileSync(path.join(process.env.SHUINUO_BUILD, 'tests/web/pictures_app'), wish.map(String), { maxBuffer: 64 << 20 });

/** A report by the public form: its number, its code, where the office finds it. */
async function report(words, more = {}, photos = null) {
  const visitor = new Visitor();
  const { token, key } = formOf((await visitor.get('/complaint/misconduct')).text, '/complaint/misconduct');
  const fields = { token, key, words, ...more };
  const answer = await visitor.post('/complaint/misconduct', photos ? multipart(fields, photos) : fields);
  assert.equal(answer.status, 200, wordsOf(answer.text));
  return { number: /class="number">(JC \d{4} \d{4} \d{5})</.exec(answer.text)[1], code: /class="number">(\d{4} \d{4})</.exec(answer.text)[1] };
}
/** What the reporter sees by number and code. */
async function answerOf({ number, code }) {
  const visitor = new Visitor();
  return wordsOf((await visitor.submit('/complaint/misconduct/answer', '/complaint/misconduct/answer', { number, code })).text);
}

const open = (visitor, passphrase, where = OPEN) => visitor.submit(where, OPEN, { passphrase });
/** Signed in, with the cases open. */
async function officer(login = 'heping', passphrase = HEPING) {
  const visitor = await staff(login);
  const answer = await open(visitor, passphrase);
  assert.equal(answer.status, 303, wordsOf(answer.text));
  return visitor;
}
/** Where a case is, by its number. */
async function find(visitor, number) {
  const answer = await visitor.submit(HOME, '/staff/discipline/find', { number });
  assert.equal(answer.status, 303, wordsOf(answer.text));
  return answer.header('location');
}
const write = (visitor, where, act, fields) => visitor.submit(where, `${where}/${act}`, fields);
const done = async (promise) => {
  const answer = await promise;
  assert.equal(answer.status, 303, wordsOf(answer.text));
  return answer;
};

/** Somebody more of the office, with a password of their own. */
let people = 0;
async function colleague() {
  people += 1;
  const login = `jijian${people}`, password = 'a password of the second officer 7';
  const added = await shuinuo(['user', 'add', login, `纪检员${people}`, 'discipline', 'discipline'], `${password}\n`);
  assert.equal(added.code, 0, added.err);
  return { login, password };
}

test('Art. 5: the office alone comes in, and sees nothing before the key is opened', async () => {
  const { number } = await report('抄表员收了两条烟才肯来，暗号白鹭洲。');
  for (const login of ['zhangmin', 'sunqiang', 'lina', 'zhaowei', 'wanglei', 'xuguang', 'admin']) {
    const visitor = await staff(login);
    for (const where of [HOME, OPEN, OFFICERS, PASSPHRASE]) assert.equal((await visitor.get(where)).status, 403, `${login} ${where}`);
  }
  const visitor = await staff('heping');
  for (const where of [HOME, OFFICERS, PASSPHRASE]) {
    const answer = await visitor.get(where);
    assert.equal(answer.status, 303);
    assert.equal(answer.header('location'), OPEN);
  }
  assert.equal((await open(visitor, HEPING)).header('location'), HOME);
  const list = await visitor.get(HOME);
  assert.match(list.text, /白鹭洲/);
  assert.ok(list.text.includes(number));
  assert.equal(list.header('cache-control'), 'no-store');
});
