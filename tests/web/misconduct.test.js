/*
 * The sealed channel to the discipline office (Arts. 5, 32): one page, no draft, nothing in any log, readable by nobody else.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { execFileSync } = require('node:child_process');
const { Visitor, sql, formOf, wordsOf, errorOf, multipart } = require('./staff_client.js');

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

test('Art. 5: going back and adding to a report files what was added, too', async () => {
  const visitor = new Visitor();
  const before = await count();
  const { fields } = await report(visitor);
  assert.equal(await count(), before + 1);
  const again = await visitor.post('/complaint/misconduct', fields);
  assert.equal(again.status, 200);
  assert.equal(await count(), before + 1, 'sent twice it is one');
  const added = await visitor.post('/complaint/misconduct', { ...fields, words: `${fields.words}后来又发生了一次。` });
  assert.equal(added.status, 200);
  assert.equal(await count(), before + 2, 'what was added is kept');
  assert.notEqual(receiptOf(added.text).number, receiptOf(again.text).number);
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

const picture = (...wish) => execFileSync(path.join(process.env.SHUINUO_BUILD, 'tests/web/pictures_app'), wish.map(String), { maxBuffer: 64 << 20 });
const bodyBytes = async () => Number((await sql('SELECT COALESCE(SUM(LENGTH(body)), 0) FROM sealed_case'))[0][0]);
const elsewhere = async () => (await sql('SELECT (SELECT COUNT(*) FROM photo_body), (SELECT COUNT(*) FROM photo_draft), (SELECT COUNT(*) FROM photo), (SELECT COUNT(*) FROM guess)'))[0];

test('Art. 5: photos are made safe and sealed with the words, and stand nowhere else', async () => {
  const visitor = new Visitor();
  const { token, key } = await form(visitor);
  const [before, others] = [await bodyBytes(), await elsewhere()];
  const photo = picture('photo', 1600, 1200, 41);
  const answer = await visitor.post('/complaint/misconduct', multipart({ token, key, words: WORDS }, { photo1: photo, photo3: picture('png', 42) }));
  assert.equal(answer.status, 200, wordsOf(answer.text));
  const grown = await bodyBytes() - before;
  assert.ok(grown > 40000, `${grown} bytes: a picture, and not words alone`);
  assert.deepEqual(await elsewhere(), others);
  const [[body]] = await sql('SELECT HEX(body) FROM sealed_case ORDER BY LENGTH(body) DESC LIMIT 1');
  const bytes = Buffer.from(body, 'hex');
  for (const clear of [Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('JFIF'), Buffer.from('紫云英')]) assert.equal(bytes.subarray(0, 4096).includes(clear), false, 'it is sealed');
  const cases = await count();
  const again = await visitor.post('/complaint/misconduct', multipart({ token, key, words: WORDS }, { photo1: photo, photo3: picture('png', 42) }));
  assert.deepEqual(receiptOf(again.text), receiptOf(answer.text));
  assert.equal(await count(), cases);
  const added = await visitor.post('/complaint/misconduct', multipart({ token, key, words: WORDS }, { photo1: picture('photo', 1600, 1200, 44) }));
  assert.notEqual(receiptOf(added.text).number, receiptOf(answer.text).number, 'a photo that somebody went back for is kept, too');
  assert.equal(await count(), cases + 1);
});

test('Art. 5: a photo that cannot be opened is said beside its field, the words stay, no log has a line of it', async () => {
  const visitor = new Visitor();
  const before = await count();
  const log = () => filesBelow(path.join(folder, 'log')).map((file) => fs.readFileSync(file, 'utf8')).join('');
  const lines = () => (log().match(/photo_refused/g) || []).length;
  const refused = lines();
  const { token, key } = await form(visitor);
  const answer = await visitor.post('/complaint/misconduct', multipart({ token, key, words: WORDS }, { photo1: picture('jpeg', 43), photo2: picture('broken') }));
  assert.equal(answer.status, 422);
  assert.match(errorOf(answer.text, 'photo2'), /打不开/);
  assert.match(answer.text, /紫云英/);
  assert.match(wordsOf(answer.text), /照片没有保存，改好以后请重新选/);
  assert.equal(formOf(answer.text, '/complaint/misconduct').key, key);
  assert.equal(await count(), before);
  assert.equal(lines(), refused);
});

test('Art. 5: the button for other complaints offers the sealed form', async () => {
  const visitor = new Visitor();
  const { token } = formOf((await visitor.get('/complaint/new')).text, '/complaint/matter');
  const place = (await visitor.post('/complaint/matter', { token, group: 'service' })).header('location');
  for (const where of ['/complaint/new', place]) assert.match((await visitor.get(where)).text, /<main[\s\S]*href="\/complaint\/misconduct"/, where);
});

/* The last one: the logs also have to be silent of everything above, of what was refused as well. */
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
