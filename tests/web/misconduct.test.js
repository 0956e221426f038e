/*
 * The sealed channel to the discipline office (Arts. 5, 32): one page, no draft, nothing in any log, readable by nobody else.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, sql, formOf, wordsOf, errorOf } = require('./staff_client.js');

const folder = process.env.SHUINUO_VAR;
const WORDS = '收了二百块钱才肯开栓，还威胁要停水。暗号紫云英七七四。';
const CANARIES = ['紫云英', '工号九九八一', '欧阳举报人', 'canary-reporter@example.org'];

const form = async (visitor, where = '/complaint/misconduct') => {
  const page = await visitor.get(where);
  assert.equal(page.status, 200);
  return formOf(page.text, where);
};
const report = async (visitor, more = {}) => {
  const { token, key } = await form(visitor);
  const fields = { token, key, words: WORDS, about: '工号九九八一', occurred: '11 月 20 日', name: '欧阳举报人', contact: 'canary-reporter@example.org', ...more };
  return { fields, answer: await visitor.post('/complaint/misconduct', fields) };
};
const receiptOf = (html) => ({
  number: /class="number">(JC \d{4} \d{4} \d{5})</.exec(html)[1],
  code: /class="number">(\d{4} \d{4})</.exec(html)[1],
});
const count = async () => Number((await sql('SELECT COUNT(*) FROM sealed_case'))[0][0]);

/** Everything that is written below the folder, but the database's own files. */
function filesBelow(place) {
  return fs.readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(place, entry.name);
    if (entry.isDirectory()) return entry.name === 'db' ? [] : filesBelow(full);
    return entry.isFile() ? [full] : [];
  });
}

test('Art. 5: a report is received with a number and a code, and sent twice it is one case', async () => {
  const visitor = new Visitor();
  const before = await count();
  const { fields, answer } = await report(visitor);
  assert.equal(answer.status, 200, wordsOf(answer.text));
  const receipt = receiptOf(answer.text);
  assert.equal(answer.header('cache-control'), 'no-store');
  const again = await visitor.post('/complaint/misconduct', fields);
  assert.deepEqual(receiptOf(again.text), receipt);
  assert.equal(await count(), before + 1);
});

test('Art. 5: nothing of it is in a log, a file or readable in the database', async () => {
  const visitor = new Visitor();
  const { answer } = await report(visitor, { name: '', contact: 'canary-reporter@example.org' });
  const { number } = receiptOf(answer.text);
  const digits = number.replace(/\D/g, '');
  const tables = (await sql("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()")).map(([name]) => name);
  for (const table of tables) {
    const columns = (await sql(`SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '${table}'`)).map(([name]) => name);
    const where = [...CANARIES, digits].flatMap((word) => columns.map((column) => `LOCATE('${word}', CAST(\`${column}\` AS CHAR CHARACTER SET binary)) > 0`)).join(' OR ');
    assert.equal((await sql(`SELECT COUNT(*) FROM \`${table}\` WHERE ${where}`))[0][0], '0', table);
  }
  for (const file of filesBelow(folder)) {
    const bytes = fs.readFileSync(file);
    for (const word of [...CANARIES, digits]) assert.equal(bytes.includes(word), false, `${word} in ${path.basename(file)}`);
    if (file.endsWith('.log')) assert.equal(bytes.includes('misconduct'), false, `a trace of the request in ${path.basename(file)}`);
  }
});

test('Art. 5: number and code show the office\'s answer, other numbers and codes show nothing', async () => {
  const visitor = new Visitor();
  const { answer } = await report(visitor);
  const { number, code } = receiptOf(answer.text);
  const { token } = await form(visitor, '/complaint/misconduct/answer');
  const ask = (fields) => visitor.post('/complaint/misconduct/answer', { token, ...fields });
  const right = await ask({ number: number.replace(/ /g, '').toLowerCase(), code: code.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))) });
  assert.equal(right.status, 200);
  assert.match(wordsOf(right.text), /还没有答复/);
  const wrong = await ask({ number, code: code.replace(/\d/, (digit) => (Number(digit) + 1) % 10) });
  assert.equal(wrong.status, 422);
  assert.match(wordsOf(wrong.text), /编号或查询码不对/);
  assert.equal((await ask({ number: '', code: '' })).status, 422);
});

test('Art. 5: too short or too long a report keeps what was typed and its number', async () => {
  const visitor = new Visitor();
  const before = await count();
  const { fields, answer } = await report(visitor, { words: '短' });
  assert.equal(answer.status, 422);
  assert.match(errorOf(answer.text, 'words'), /10 到 3000/);
  assert.equal(formOf(answer.text, '/complaint/misconduct').key, fields.key);
  assert.match(answer.text, /工号九九八一/);
  assert.equal((await report(visitor, { words: '长'.repeat(3001) })).answer.status, 422);
  assert.equal(await count(), before);
});

test('a report without a key of the form or with foreign fields is refused', async () => {
  const visitor = new Visitor();
  const { token } = await form(visitor);
  assert.equal((await visitor.post('/complaint/misconduct', { token, words: WORDS })).status, 400);
  assert.equal((await report(visitor, { number: 'JC1' })).answer.status, 400);
});

test('Art. 5: a report makes no ticket, no event and no draft', async () => {
  const all = async () => (await sql("SELECT (SELECT COUNT(*) FROM ticket), (SELECT COUNT(*) FROM draft), (SELECT COUNT(*) FROM resident_input), (SELECT COUNT(*) FROM event WHERE subject_kind <> 1 OR kind = 1)"))[0];
  const before = await all();
  assert.equal((await report(new Visitor())).answer.status, 200);
  assert.deepEqual(await all(), before);
});
