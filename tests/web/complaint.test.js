/*
 * A resident's report over HTTP: filing in four steps, receipt, following, adding; and every bad input, in both languages.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, sql, wait, formOf, wordsOf, errorOf } = require('./staff_client.js');

const top = process.env.SHUINUO_TOP;
const folder = process.env.SHUINUO_VAR;
const CANARY = { phone: '13906359876', name: '欧阳某某', address: '7单元1902', account: '9876543210' };

const textsOf = (language) => Object.fromEntries(['common', 'public'].flatMap((part) => fs.readFileSync(path.join(top, 'templates/text', `${language}.${part}.hdf`), 'utf8')
  .split('\n').map((line) => /^([a-z0-9_.]+) = (.*)$/.exec(line)).filter(Boolean).map(([, key, words]) => [key, words])));
const zh = textsOf('zh-CN');
const en = textsOf('en');
const pathOf = (answer) => answer.header('location');
const ticketsAt = async (place) => (await sql(`SELECT number FROM public_ticket WHERE place_text = '${place}'`)).map(([number]) => number);
let placeCount = 0;
const newPlace = () => `测试小区${Date.now() % 1000000}号${++placeCount}幢`;

/** Begins a report: where the second step is, and the token of this visitor's forms. */
async function begin(visitor, group = 'leak') {
  const start = await visitor.get('/complaint/new');
  assert.equal(start.status, 200);
  const { token } = formOf(start.text, '/complaint/matter');
  const answer = await visitor.post('/complaint/matter', { token, group });
  assert.equal(answer.status, 303);
  assert.match(pathOf(answer), /^\/complaint\/place\?d=[0-9a-f]{32}$/);
  return { token, place: pathOf(answer), query: pathOf(answer).split('?')[1] };
}

/** Goes on to the last step. */
async function fill(visitor, report = {}) {
  const { group = 'leak', category = 'leak_public', phone = CANARY.phone, name = CANARY.name, ...rest } = report;
  const draft = await begin(visitor, group);
  const placed = await visitor.post(draft.place, { token: draft.token, group, category, place: '阳光小区3号楼', ...rest });
  assert.equal(placed.status, 303, wordsOf(placed.text));
  const contacted = await visitor.post(pathOf(placed), { token: draft.token, phone, name });
  assert.equal(contacted.status, 303, wordsOf(contacted.text));
  assert.equal(pathOf(contacted), `/complaint/check?${draft.query}`);
  return { ...draft, check: pathOf(contacted), file: `/complaint/file?${draft.query}`, receipt: `/complaint/receipt?${draft.query}` };
}

function readReceipt(html) {
  const number = /\/complaint\/progress\/(SN\d{6}-\d{8})/.exec(html)[1];
  const code = /class="number">(\d{4} \d{4})</.exec(html)[1];
  const link = /\/complaint\/link\/([0-9a-f]{32})/.exec(html)[1];
  return { number, code, link };
}

async function file(visitor, report) {
  const draft = await fill(visitor, report);
  const filed = await visitor.post(draft.file, { token: draft.token });
  assert.equal(filed.status, 303, wordsOf(filed.text));
  assert.equal(pathOf(filed), draft.receipt);
  const receipt = await visitor.get(draft.receipt);
  assert.equal(receipt.status, 200);
  return { ...draft, ...readReceipt(receipt.text), html: receipt.text };
}

async function followBy(visitor, number, code) {
  const page = await visitor.get('/complaint/follow');
  return visitor.post('/complaint/follow', { token: formOf(page.text, '/complaint/follow').token, number, code });
}

// ---------------------------------------------------------------- filing and following

test('a report goes through four steps to a receipt that says what is promised and until when', async () => {
  const visitor = new Visitor();
  const place = newPlace();
  const draft = await fill(visitor, { place, words: '一直在喷水\n请快来', noticed: 'today', address: CANARY.address, account: CANARY.account });
  const check = wordsOf((await visitor.get(draft.check)).text);
  for (const said of [place, '请快来', CANARY.phone, CANARY.name, CANARY.address, CANARY.account, zh['complaint.noticed.today'], zh['complaint.check.last'], '40 分钟内', '办法第 22 条']) {
    assert.ok(check.includes(said), `the check page says ${said}`);
  }
  assert.deepEqual(await ticketsAt(place), [], 'nothing is filed before the button is pressed');
  const filed = await visitor.post(draft.file, { token: draft.token });
  assert.equal(filed.status, 303);
  const receipt = await visitor.get(pathOf(filed));
  const { number } = readReceipt(receipt.text);
  assert.deepEqual(await ticketsAt(place), [number]);
  const dues = (await sql(`SELECT c.kind, TIMESTAMPDIFF(SECOND, c.started_at, c.due_at) FROM clock c JOIN public_ticket p ON p.ticket_id = c.subject_id AND c.subject_kind = 1 WHERE p.number = '${number}' AND c.kind > 1 ORDER BY c.kind`)).map((row) => row.map(Number));
  assert.deepEqual(dues, [[3, 86400], [4, 2400], [5, 86400]], 'finish, arrival and repair run from the report');
  assert.equal((receipt.text.match(/class="clock /g) || []).length, 3);
  for (const said of ['40 分钟内', '少于 24 小时', '办法第 22 条']) assert.ok(wordsOf(receipt.text).includes(said));
  assert.equal(readReceipt((await visitor.get(draft.receipt)).text).number, number, 'a reload shows it again');
  assert.equal(pathOf(await visitor.get(draft.check)), draft.receipt, 'Back leads to the receipt');
  const [[words]] = await sql(`SELECT t.body FROM event_text t JOIN public_ticket p ON p.ticket_id = t.subject_id AND t.subject_kind = 1 WHERE p.number = '${number}'`);
  assert.equal(words, '一直在喷水\\n请快来\\n发现时间：今天');
});

test('a double click, a second tab and Back give the same receipt and one ticket', async () => {
  const visitor = new Visitor();
  const place = newPlace();
  const draft = await fill(visitor, { place });
  const answers = await Promise.all(Array.from({ length: 6 }, () => visitor.post(draft.file, { token: draft.token })));
  for (const answer of answers) {
    assert.equal(answer.status, 303);
    assert.equal(pathOf(answer), draft.receipt);
  }
  const numbers = new Set(await Promise.all(Array.from({ length: 3 }, async () => readReceipt((await visitor.get(draft.receipt)).text).number)));
  assert.equal(numbers.size, 1);
  assert.deepEqual(await ticketsAt(place), [...numbers]);
});

test('a question, a suggestion, praise and a complaint about service need words but no phone', async () => {
  for (const category of ['consultation', 'suggestion', 'praise', 'service_complaint']) {
    const visitor = new Visitor();
    const { token, place } = await begin(visitor, 'service');
    const refused = await visitor.post(place, { token, group: 'service', category, place: '阳光小区3号楼' });
    assert.equal(refused.status, 422);
    assert.equal(errorOf(refused.text, 'words'), zh['error.words_needed']);
    const { html } = await file(new Visitor(), { group: 'service', category, words: '内容', phone: '', name: '' });
    assert.equal(wordsOf(html).includes(zh['complaint.no_clock']), category === 'praise', 'praise alone has no limit');
  }
});

test('misconduct cannot be selected, and the form says whom to call', async () => {
  const visitor = new Visitor();
  const { place } = await begin(visitor, 'service');
  for (const page of ['/complaint/new', place]) assert.ok(wordsOf((await visitor.get(page)).text).includes('纪检监察室'));
  const categories = [...(await visitor.get(place)).text.matchAll(/name="category" value="([a-z_]+)"/g)].map(([, value]) => value);
  assert.ok(categories.includes('service_complaint') && categories.includes('praise'));
  assert.ok(!categories.some((code) => /misconduct|discipline|pollution|third_party|unforeseen/.test(code)));
});

test('a repair needs three answers: what, where and a phone; which matter exactly is chosen beforehand', async () => {
  for (const group of ['no_water', 'leak', 'quality', 'pressure', 'meter']) {
    const visitor = new Visitor();
    const place = newPlace();
    const draft = await begin(visitor, group);
    const [[first]] = await sql(`SELECT code FROM category WHERE category_group = ${['staff', 'no_water', 'leak', 'quality', 'pressure', 'meter'].indexOf(group)} AND needs_phone = 1 ORDER BY sort LIMIT 1`);
    const shown = formOf((await visitor.get(draft.place)).text, draft.place);
    if ('category' in shown) assert.equal(shown.category, first, group);
    const contact = await visitor.post(draft.place, { token: draft.token, group, place });
    assert.equal(contact.status, 303, wordsOf(contact.text));
    const check = await visitor.post(pathOf(contact), { token: draft.token, phone: CANARY.phone });
    assert.equal(check.status, 303, wordsOf(check.text));
    assert.equal((await visitor.post(`/complaint/file?${draft.query}`, { token: draft.token })).status, 303);
    assert.equal((await sql(`SELECT c.code FROM public_ticket p JOIN category c ON c.id = p.category_id WHERE p.place_text = '${place}'`))[0][0], first);
  }
});

test('of questions, praise and complaints one has to be chosen', async () => {
  const visitor = new Visitor();
  const draft = await begin(visitor, 'service');
  const answer = await visitor.post(draft.place, { token: draft.token, group: 'service', place: newPlace(), words: '请问' });
  assert.equal(answer.status, 422);
  assert.equal(errorOf(answer.text, 'category'), zh['error.category']);
});

test('a place that is known gives its zone, and the clocks run by it', async () => {
  const [[name]] = await sql('SELECT name FROM place WHERE zone = 2 AND kind = 2 ORDER BY id LIMIT 1');
  const { number } = await file(new Visitor(), { place: `${name}5号楼` });
  const [[limit]] = await sql(`SELECT c.limit_seconds FROM clock c JOIN public_ticket p ON p.ticket_id = c.subject_id AND c.subject_kind = 1 WHERE p.number = '${number}' AND c.kind = 4`);
  assert.equal(limit, '3600', 'beyond the ring road 60 minutes');
});

test('another browser follows by number and code as people type them', async () => {
  const { number, code } = await file(new Visitor());
  const wide = (text) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
  for (const [typed, typedCode] of [[number, code], [` ${number.toLowerCase()} `, code.replace(' ', '-')], [wide(number), wide(code)], [number.slice(2), code.replace(' ', '')]]) {
    const other = new Visitor();
    const answer = await followBy(other, typed, typedCode);
    assert.equal(answer.status, 303, `${typed} ${typedCode}`);
    assert.equal(pathOf(answer), `/complaint/progress/${number}`);
    const page = await other.get(pathOf(answer));
    assert.equal(page.status, 200);
    assert.ok(wordsOf(page.text).includes(zh['state.public.received']));
    for (const secret of Object.values(CANARY)) assert.ok(!page.text.includes(secret), 'no personal data');
  }
});

test('the progress page belongs to those who gave the code, and says "not modified" when nothing changed', async () => {
  const visitor = new Visitor();
  const { number } = await file(visitor);
  const stranger = new Visitor();
  await stranger.get('/complaint/new');
  const sent = await stranger.get(`/complaint/progress/${number}`);
  assert.equal(pathOf(sent), `/complaint/follow?n=${number}`);
  assert.equal(pathOf(await stranger.get(`/complaint/progress/${number}/tell`)), `/complaint/follow?n=${number}`);
  for (const mark of visitor.cookies.entries()) if (mark[0] === 'sn_follow') stranger.cookies.set(...mark);
  assert.equal((await stranger.get(`/complaint/progress/${number}`)).status, 303, "another visitor's mark is worth nothing");
  const page = await visitor.get(`/complaint/progress/${number}`);
  assert.equal(page.header('cache-control'), 'no-store');
  const again = await visitor.get(`/complaint/progress/${number}`, { 'If-None-Match': page.header('etag') });
  assert.ok(again.status === 304 || again.header('etag') !== page.header('etag'), 'a minute may have passed');
});

test('the private link opens after one button, and an unknown one says so', async () => {
  const { number, link } = await file(new Visitor());
  const other = new Visitor();
  const page = await other.get(`/complaint/link/${link}`);
  assert.equal(page.status, 200);
  assert.ok(!page.text.includes(number), 'a preview of the link shows nothing');
  const answer = await other.post(`/complaint/link/${link}`, formOf(page.text, `/complaint/link/${link}`));
  assert.equal(pathOf(answer), `/complaint/progress/${number}`);
  assert.equal((await other.get(pathOf(answer))).status, 200);
  const unknown = '0'.repeat(32);
  const gone = await other.post(`/complaint/link/${unknown}`, formOf(page.text, `/complaint/link/${link}`));
  assert.equal(gone.status, 404);
  assert.ok(wordsOf(gone.text).includes(zh['complaint.link.gone']));
  assert.equal((await other.get('/complaint/link/short')).status, 404);
});

test('what a resident adds is shown as received at once, once, and applied by clerk', async () => {
  const visitor = new Visitor();
  const { number } = await file(visitor);
  const tell = `/complaint/progress/${number}/tell`;
  const form = formOf((await visitor.get(tell)).text, tell);
  const empty = await visitor.post(tell, { ...form, action: 'add_words', words: '' });
  assert.equal(empty.status, 422);
  assert.equal(errorOf(empty.text, 'words'), zh['error.words_needed']);
  const fields = { ...form, action: 'add_words', words: '水更大了 <b>&' };
  for (const answer of await Promise.all([1, 2, 3].map(() => visitor.post(tell, fields)))) assert.equal(pathOf(answer), `/complaint/progress/${number}`);
  const shown = await visitor.get(`/complaint/progress/${number}`);
  assert.ok(wordsOf(shown.text).includes('水更大了 <b>&') && !shown.text.includes('<b>&'));
  const [[count]] = await sql(`SELECT COUNT(*) FROM resident_input r JOIN public_ticket p ON p.ticket_id = r.ticket_id WHERE p.number = '${number}'`);
  assert.equal(count, '1', 'three clicks are one input');
  let version = 1;
  for (let tries = 0; tries < 300 && version === 1; tries++) {
    version = Number((await sql(`SELECT version FROM public_ticket WHERE number = '${number}'`))[0][0]);
    if (version === 1) await new Promise((done) => setTimeout(done, 100));
  }
  assert.equal(version, 2, 'clerk applied it');
  const applied = wordsOf((await visitor.get(`/complaint/progress/${number}`)).text);
  assert.ok(applied.includes(zh['complaint.step.add_words']));
  const withdrawn = await visitor.post(tell, { ...form, version: '2', action: 'withdraw', words: '' });
  assert.equal(withdrawn.status, 303);
  assert.equal((await visitor.post(tell, { ...form, action: 'rate' })).status, 422, 'a rating needs one of five answers');
  assert.equal((await visitor.post(tell, { ...form, action: 'rate', rating: '6' })).status, 422);
  assert.match(pathOf(await visitor.post(tell, { ...form, action: 'rate', rating: '5' })), /refused=1$/, 'nothing is rated before it is done');
  assert.equal((await visitor.post(tell, { ...form, action: 'close', words: 'x' })).status, 400, "nobody's action but a resident's");
});

// ---------------------------------------------------------------- bad input

const LONG = 'x'.repeat(101);
const place422 = [
  ['a matter that does not exist', { category: 'no_such_thing' }, 'category', 'error.category'],
  ["another group's matter", { category: 'water_quality' }, 'category', 'error.category'],
  ["staff's matter", { category: 'leak_third_party' }, 'category', 'error.category'],
  ['no place', { place: '' }, 'place', 'error.place'],
  ['only blanks', { place: ' 　 ' }, 'place', 'error.place'],
  ['a place of one character', { place: '东' }, 'place', 'error.place'],
  ['a place too long', { place: LONG }, 'place', 'error.too_long', ['100', '101']],
  ['a door number too long', { address: 'x'.repeat(61) }, 'address', 'error.too_long', ['60', '61']],
  ['words too long', { words: '字'.repeat(523) }, 'words', 'error.words_long', ['500', '523']],
  ['control characters', { words: 'a\u0007b' }, 'words', 'error.characters'],
  ['an account with letters', { account: '12345abcde' }, 'account', 'error.account'],
  ['an account too short', { account: '123' }, 'account', 'error.account'],
  ['a time that is not listed', { noticed: 'tomorrow' }, 'noticed', 'error.noticed'],
];

for (const [language, texts] of [['zh', zh], ['en', en]]) {
  test(`each wrong field of the second step has its sentence beside it, and keeps what was typed (${language})`, async () => {
    const visitor = new Visitor();
    await visitor.get(`/complaint/new?lang=${language}`);
    const { token, place } = await begin(visitor);
    const good = { token, group: 'leak', category: 'leak_public', place: '阳光小区 <3> "号楼"', address: '2 & 3', words: '行一\n行二', account: '' };
    for (const [name, wrong, field, key, values = []] of place422) {
      const answer = await visitor.post(place, { ...good, ...wrong });
      assert.equal(answer.status, 422, name);
      const sentence = texts[key].replace('{0}', values[0]).replace('{1}', values[1]);
      assert.equal(errorOf(answer.text, field), sentence, name);
      assert.match(answer.text, new RegExp(`<title>${texts['layout.title_error']}`), name);
      assert.ok(answer.text.includes(`href="#f-${field}"`) && answer.text.includes(`id="f-${field}"`), `${name}: the summary leads to the field`);
      const kept = formOf(answer.text, place.split('?')[0]) ?? formOf(answer.text, place);
      for (const typed of ['place', 'address', 'words', 'account']) {
        if (name === 'only blanks' && typed === 'place') continue;
        assert.equal(kept[typed], { ...good, ...wrong }[typed], `${name}: ${typed} is kept`);
      }
    }
  });
}

test('each wrong field of the third step has its sentence, and keeps what was typed', async () => {
  const visitor = new Visitor();
  const { token, place } = await begin(visitor);
  const contact = pathOf(await visitor.post(place, { token, group: 'leak', category: 'leak_public', place: '阳光小区' }));
  for (const [phone, name, field, key] of [
    ['', '王', 'phone', 'error.phone'], ['12345', '王', 'phone', 'error.phone'], ['1'.repeat(41), '王', 'phone', 'error.phone'],
    ['23812345678', '', 'phone', 'error.phone'], ['13812345678', '王'.repeat(21), 'name', 'error.too_long'],
  ]) {
    const answer = await visitor.post(contact, { token, phone, name });
    assert.equal(answer.status, 422, phone);
    assert.equal(errorOf(answer.text, field), zh[key].replace('{0}', '20').replace('{1}', '21'));
    assert.deepEqual([formOf(answer.text, contact).phone, formOf(answer.text, contact).name], [phone, name]);
  }
  for (const phone of ['138 1234-5678', '+86 13812345678', '０６３５－８２１２３４５', '（0635）8212345']) {
    assert.equal((await visitor.post(contact, { token, phone, name: '' })).status, 303, `${phone} is fine`);
  }
});

test('no matter chosen is 422; strangers to the form are 400, 403, 404, 405 and 413', async () => {
  const visitor = new Visitor();
  const { token, place, query } = await begin(visitor);
  const fields = { token, group: 'leak', category: 'leak_public', place: '阳光小区' };
  const status = async (answer) => (await answer).status;
  assert.equal(await status(visitor.post('/complaint/matter', { token })), 422);
  assert.equal(await status(visitor.post('/complaint/matter', { token, group: 'misconduct' })), 422);
  assert.equal(await status(visitor.post(place, { ...fields, state: '7' })), 400, 'an undeclared field');
  assert.equal(await status(visitor.post(place, `${new URLSearchParams(fields)}&place=x`)), 400, 'a field sent twice');
  assert.equal(await status(visitor.post(`${place}&place=x`, fields)), 400, 'a field in query and body');
  assert.equal(await status(visitor.post(place, `${new URLSearchParams({ token, group: 'leak' })}&place=%ff%fe`)), 400, 'invalid UTF-8');
  assert.equal(await status(visitor.post(place, `${new URLSearchParams({ token, group: 'leak' })}&place=a%00b`)), 400, 'NUL');
  assert.equal(await status(visitor.post(place, { ...fields, words: 'x'.repeat(70000) })), 413, 'a body over the limit');
  assert.equal(await status(visitor.get('/complaint/matter')), 405);
  assert.equal(await status(visitor.send(place, { method: 'PUT', fields })), 405);
  assert.equal(await status(visitor.get('/complaint/nowhere')), 404);
  assert.equal(await status(visitor.get('/complaint/place?d=zz')), 404);
  for (const step of ['place', 'contact', 'check']) assert.equal(await status(new Visitor().get(`/complaint/${step}?${query}`)), 404, "nobody opens another visitor's draft");
  assert.equal(pathOf(await visitor.get(`/complaint/check?${query}`)), place, 'no step is skipped');
  assert.equal(pathOf(await visitor.post(`/complaint/file?${query}`, { token })), place);
});

test('without a valid token nothing changes, and the page keeps what was typed', async () => {
  const visitor = new Visitor();
  const { place } = await begin(visitor);
  for (const token of ['', '1.00', 'x'.repeat(71)]) {
    const answer = await visitor.post(place, { token, group: 'leak', category: 'leak_public', place: '很长的"地点"', words: '保留我' }, { Origin: process.env.SHUINUO_URL });
    assert.equal(answer.status, 403);
    assert.ok(answer.text.includes('value="保留我"') && answer.text.includes('很长的&quot;地点&quot;'));
    const form = formOf(answer.text, place);
    assert.equal((await visitor.post(place, form)).status, 303, 'sent again it is taken');
  }
  const crossed = await visitor.post(place, { group: 'leak', place: 'x' }, { Origin: 'https://evil.example' });
  assert.equal(crossed.status, 403);
  assert.ok(!crossed.text.includes('name="place"'));
});

test('a wrong code and an unknown number say the same; after five the page asks to wait, and others are not held up', async () => {
  wait(16); // earlier guesses from this address no longer count
  const { number, code } = await file(new Visitor());
  const other = await file(new Visitor());
  const guesser = new Visitor();
  const wrongCode = code === '0000 0000' ? '1111 1111' : '0000 0000';
  const answers = [];
  for (const [typed, typedCode] of [[number, wrongCode], ['SN010101-00000000', code], ['abc', code], [number, '12']]) {
    const answer = await followBy(guesser, typed, typedCode);
    assert.equal(answer.status, 422);
    assert.ok(wordsOf(answer.text).includes(zh['complaint.follow.wrong']));
    answers.push(answer.text.replace(/value="[^"]*"/g, ''));
  }
  assert.equal(new Set(answers).size, 1, 'the pages do not differ');
  for (let i = 0; i < 3; i++) assert.equal((await followBy(guesser, number, wrongCode)).status, 422);
  for (const typedCode of [wrongCode, code]) {
    const slowed = await followBy(new Visitor(), number, typedCode);
    assert.equal(slowed.status, 429, 'the sixth is not even compared');
    assert.ok(wordsOf(slowed.text).includes(zh['complaint.follow.slowed'].replace('{0}', '20 秒')));
  }
  assert.equal((await followBy(guesser, other.number, other.code)).status, 303, 'another number goes on');
  wait(16);
  assert.equal((await followBy(guesser, number, code)).status, 303, 'after the window it works again');
  const empty = await followBy(new Visitor(), '', '');
  assert.equal(empty.status, 422);
  assert.equal(errorOf(empty.text, 'number'), zh['error.number']);
  assert.equal(errorOf(empty.text, 'code'), zh['error.code']);
});

// ---------------------------------------------------------------- words

test('no page shows a key in place of words, and the English pages speak English', async () => {
  const visitor = new Visitor();
  const keys = new Set(Object.keys(zh));
  const report = await file(visitor, { place: 'Sunshine Estate', words: 'Water', name: 'Wang' });
  const pages = ['/', '/complaint/', '/complaint/new', report.place, report.place.replace('place', 'contact'), report.receipt, '/complaint/follow',
    `/complaint/progress/${report.number}`, `/complaint/progress/${report.number}/tell`, `/complaint/link/${report.link}`, '/complaint/place?d=0', '/commitment/', '/commitment/counting'];
  for (const page of pages) {
    for (const language of ['zh', 'en']) {
      const { text } = await visitor.get(`${page}${page.includes('?') ? '&' : '?'}lang=${language}`);
      assert.match(text, new RegExp(`<html lang="${language === 'en' ? 'en' : 'zh-CN'}"`));
      const said = wordsOf(text.replace(/<(a|span)[^>]* lang="zh-CN"[^>]*>[^<]*<\/\1>/g, ''));
      const bare = said.split(/[\s,;:()]+/).filter((word) => keys.has(word));
      assert.deepEqual(bare, [], `${page} ${language}`);
      assert.doesNotMatch(said, /\{\d\}/, `${page} ${language}`);
      if (language === 'en') assert.doesNotMatch(said, /\p{Script=Han}/u, page);
    }
  }
  await visitor.get('/?lang=zh');
});

test('长辈版 is a link on every page and changes no words', async () => {
  const visitor = new Visitor();
  const plain = wordsOf((await visitor.get('/complaint/')).text);
  const elder = (await visitor.get('/complaint/?elder=1')).text;
  assert.match(elder, /<html lang="zh-CN" class="elder">/);
  assert.equal(wordsOf(elder).replace(zh['layout.elder_off'], zh['layout.elder_on']), plain);
});

// ---------------------------------------------------------------- the database is away

test('without the database a report is said not to be received, is kept, and goes through when it is back', async () => {
  const visitor = new Visitor();
  const place = newPlace();
  const draft = await fill(visitor, { place });
  const second = await begin(new Visitor());
  const hold = path.join(folder, 'hold-database');
  fs.writeFileSync(hold, '');
  try {
    const pid = Number(fs.readFileSync(path.join(folder, 'pid/mariadbd'), 'utf8'));
    process.kill(pid, 'SIGTERM');
    const isGone = () => { try { process.kill(pid, 0); return false; } catch { return true; } };
    for (let tries = 0; tries < 600 && !isGone(); tries++) await new Promise((done) => setTimeout(done, 50));
    const away = await visitor.post(draft.file, { token: draft.token });
    assert.equal(away.status, 503);
    assert.ok(away.header('retry-after'));
    const said = wordsOf(away.text);
    assert.ok(said.includes('没有收到') && said.includes('96510'), said);
    assert.ok(!/SN\d{6}-/.test(said), 'never a receipt');
    const kept = await visitor.post(second.place, { token: draft.token, group: 'leak', category: 'leak_public', place: '阳光小区', words: '不要丢' });
    assert.equal(kept.status, 503);
    assert.ok(kept.text.includes('value="不要丢"'), 'what was typed is kept in the page');
    assert.equal((await visitor.get('/complaint/')).status, 200, 'the entrance with the hotline stays');
  } finally {
    fs.rmSync(hold, { force: true });
  }
  let filed;
  for (let tries = 0; tries < 600; tries++) {
    filed = await visitor.post(draft.file, { token: draft.token });
    if (filed.status === 303) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.equal(filed.status, 303, 'back by itself');
  assert.equal((await ticketsAt(place)).length, 1);
});
