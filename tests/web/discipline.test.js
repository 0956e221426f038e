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

// ---------------------------------------------------------------- the passphrase

test('Art. 5: a wrong passphrase is slowed and recorded without a word of it, and locks nobody else out', async () => {
  const visitor = await staff('heping');
  const log = () => fs.readFileSync(path.join(folder, 'log/discipline.log'), 'utf8');
  const lines = () => (log().match(/passphrase_wrong/g) || []).length;
  const audits = async () => Number((await sql("SELECT COUNT(*) FROM audit WHERE what = 'discipline_open_failed'"))[0][0]);
  const [written, recorded] = [lines(), await audits()];
  for (let i = 0; i < 5; i++) {
    const answer = await open(visitor, `not the passphrase 羽毛笔${i}`);
    assert.equal(answer.status, 422);
    assert.match(errorOf(answer.text, 'passphrase'), /口令不对/);
    assert.doesNotMatch(answer.text, /羽毛笔/);
  }
  const slowed = await open(visitor, HEPING);
  assert.equal(slowed.status, 429);
  assert.match(errorOf(slowed.text, 'passphrase'), /过一刻钟/);
  assert.ok(Number(slowed.header('retry-after')) > 0);
  assert.equal((await visitor.get(HOME)).status, 303, 'nothing was opened');
  assert.equal(lines(), written + 5);
  assert.equal(await audits(), recorded + 5);
  assert.doesNotMatch(log(), /羽毛笔|not the passphrase/);
  assert.equal((await open(await staff('heping'), HEPING)).status, 303, 'who signs in anew opens at once');
  assert.equal((await open(visitor, '')).status, 422, 'an empty one costs no try');
  wait(16);
  assert.equal((await open(await staff('heping'), HEPING)).status, 303);
});

test('Art. 5: the opened key is split between the session\'s row and the browser\'s cookie, and neither opens anything alone', async () => {
  const visitor = await officer();
  const half = visitor.cookies.get('sn_discipline');
  assert.match(half, /^[0-9a-f]{64}$/);
  const rows = async () => Number((await sql('SELECT COUNT(*) FROM sealed_open'))[0][0]);
  const [[share]] = await sql('SELECT HEX(share) FROM sealed_open ORDER BY seen_at DESC LIMIT 1');
  assert.equal(share.length, 2 * (32 + 24 + 16));
  assert.equal((await sql(`SELECT COUNT(*) FROM sealed_open WHERE LOCATE(x'${half}', share) > 0`))[0][0], '0');
  const other = await staff('heping'); // the same person's other browser
  assert.equal((await other.get(HOME)).header('location'), OPEN, 'the row of another session');
  other.cookies.set('sn_discipline', half);
  assert.equal((await other.get(HOME)).header('location'), OPEN, 'the cookie in another session');
  visitor.cookies.delete('sn_discipline');
  assert.equal((await visitor.get(HOME)).header('location'), OPEN, 'the row alone');
  visitor.cookies.set('sn_discipline', 'f'.repeat(64));
  assert.equal((await visitor.get(HOME)).header('location'), OPEN, 'a wrong half');
  visitor.cookies.set('sn_discipline', half);
  assert.equal((await visitor.get(HOME)).status, 200, 'both');
  const before = await rows();
  await done(visitor.submit(HOME, '/staff/discipline/shut'));
  assert.equal(await rows(), before - 1, 'locked: the row is gone');
  visitor.cookies.set('sn_discipline', half);
  assert.equal((await visitor.get(HOME)).header('location'), OPEN, 'the cookie alone');
});

test('Art. 5: the opened key is gone at sign-out and when nobody used it for a while', async () => {
  const rows = async () => Number((await sql('SELECT COUNT(*) FROM sealed_open'))[0][0]);
  const leaver = await officer();
  const opened = await rows();
  const { token } = formOf((await leaver.get(HOME)).text, '/staff/signout');
  await leaver.post('/staff/signout', { token });
  assert.equal(await rows(), opened - 1, 'signed out');
  const visitor = await officer();
  wait(14);
  assert.equal((await visitor.get(HOME)).status, 200, 'used before the time is over');
  wait(14);
  assert.equal((await visitor.get(HOME)).status, 200, 'and again');
  wait(16);
  assert.equal((await visitor.get(HOME)).header('location'), OPEN, 'idle');
  assert.equal(await rows(), 0, 'and no half of it is kept');
});

test('Art. 5: what was typed is not lost when the key was closed meanwhile', async () => {
  const { number } = await report('收礼一事，暗号灯芯绒。');
  const visitor = await officer();
  const where = await find(visitor, number);
  const { text } = await visitor.get(where);
  const form = formOf(text, `${where}/step`);
  visitor.cookies.delete('sn_discipline');
  const answer = await visitor.post(`${where}/step`, { ...form, words: '约谈了抄表员，写了一页。' });
  assert.equal(answer.status, 409);
  assert.match(answer.text, /约谈了抄表员，写了一页。/);
  assert.doesNotMatch(answer.text, /灯芯绒/);
  const again = await visitor.post(OPEN, { ...formOf(answer.text, OPEN), passphrase: HEPING });
  assert.equal(again.header('location'), where, 'and it goes on to the case');
});

test('Art. 5: a key that the settings do not name opens nothing', async () => {
  const visitor = await officer();
  const [[real]] = await sql('SELECT HEX(public_key) FROM sealed_key');
  await sql(`UPDATE sealed_key SET public_key = x'${'ab'.repeat(32)}'`);
  try {
    assert.equal((await visitor.get(HOME)).header('location'), OPEN);
    const page = await visitor.get(OPEN);
    assert.match(wordsOf(page.text), /和设置里固定的不一样/);
    assert.equal(formOf(page.text, OPEN), null);
    const { token } = formOf(page.text, '/staff/signout');
    assert.equal((await visitor.post(OPEN, { token, passphrase: HEPING })).status, 403);
  } finally {
    await sql(`UPDATE sealed_key SET public_key = x'${real}'`);
  }
  assert.equal((await visitor.get(HOME)).status, 200);
});

// ---------------------------------------------------------------- officers

const A = 'the passphrase of the first colleague', B = 'the passphrase of the second colleague';
const add = (visitor, officer, chosen, more = {}) => visitor.submit(OFFICERS, '/staff/discipline/officers/add', { officer, chosen, again: chosen, own: HEPING, ...more });
const remove = (visitor, leaver, present = HEPING) => visitor.submit(OFFICERS, '/staff/discipline/officers/remove', { leaver, present });
const idOf = async (login) => (await sql(`SELECT id FROM staff WHERE login = '${login}'`))[0][0];
async function signedIn({ login, password }) {
  await sql(`UPDATE credential c JOIN staff s ON s.id = c.staff_id SET c.must_change = 0 WHERE s.login = '${login}'`);
  const visitor = new Visitor();
  assert.equal((await visitor.signIn(login, password)).status, 303);
  return visitor;
}

test('Art. 5: an officer who opened the key adds another, and a lost passphrase loses nothing while one remains', async () => {
  const { number } = await report('值班员借机刁难，暗号琥珀色。');
  const first = await colleague(), id = await idOf(first.login);
  const visitor = await signedIn(first);
  assert.match(wordsOf((await visitor.get(OPEN)).text), /您还不能打开反映/);
  const heping = await officer();
  const wrong = await add(heping, id, A, { own: 'not my passphrase at all' });
  assert.equal(wrong.status, 422);
  assert.match(errorOf(wrong.text, 'own'), /口令不对/);
  assert.doesNotMatch(wrong.text, new RegExp(A));
  assert.match(errorOf((await add(heping, id, 'too short')).text, 'chosen'), /太短/);
  assert.match(errorOf((await add(heping, id, A, { again: B })).text, 'again'), /不一样/);
  assert.match(errorOf((await add(heping, '', A)).text, 'officer'), /./);
  assert.equal((await add(heping, await idOf('wanglei'), A)).status, 409, 'only people of the office');
  await done(add(heping, id, A));
  await done(open(visitor, A));
  assert.match((await visitor.get(await find(visitor, number))).text, /琥珀色/);
  // heping forgets: the colleague takes heping away and adds heping again.
  const hepingId = await idOf('heping');
  await done(remove(visitor, hepingId, A));
  assert.equal((await heping.get(HOME)).header('location'), OPEN, 'closed at once');
  assert.match(wordsOf((await heping.get(OPEN)).text), /您还不能打开反映/);
  const last = await remove(visitor, id, A);
  assert.equal(last.status, 409);
  assert.match(wordsOf(last.text), /没有别人能打开/);
  await done(add(visitor, hepingId, HEPING, { own: A }));
  await done(open(heping, HEPING));
  assert.match((await heping.get(await find(heping, number))).text, /琥珀色/);
  await done(remove(heping, id));
  assert.equal((await visitor.get(HOME)).header('location'), OPEN);
  const stored = await sql('SELECT HEX(wrapped), HEX(salt) FROM sealed_officer');
  assert.equal(new Set(stored.map(([wrapped]) => wrapped)).size, stored.length);
});

test('Art. 5: of two who change the officers at once one is told, and they cannot take each other away', async () => {
  const first = await colleague(), id = await idOf(first.login), hepingId = await idOf('heping');
  const heping = await officer();
  await done(add(heping, id, A));
  const visitor = await signedIn(first);
  await done(open(visitor, A));
  const [mine, theirs] = await Promise.all([heping.get(OFFICERS), visitor.get(OFFICERS)]);
  const forms = [mine, theirs].map(({ text }) => formOf(text, '/staff/discipline/officers/remove'));
  const answers = await Promise.all([
    heping.post('/staff/discipline/officers/remove', { ...forms[0], leaver: id, present: HEPING }),
    visitor.post('/staff/discipline/officers/remove', { ...forms[1], leaver: hepingId, present: A }),
  ]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409], 'one of them');
  const left = await sql('SELECT staff_id FROM sealed_officer');
  assert.equal(left.filter(([who]) => [id, hepingId].includes(who)).length, 1);
  if (left.some(([who]) => who === id)) { // heping was taken away: as it was for the next tests
    await done(add(visitor, hepingId, HEPING, { own: A }));
    await done(open(heping, HEPING));
    await done(remove(heping, id));
  }
});

test('Art. 5: an officer changes the own passphrase; the old one opens nothing any more, and what was open elsewhere is closed', async () => {
  const first = await colleague(), id = await idOf(first.login);
  const heping = await officer();
  await done(add(heping, id, A));
  const [here, elsewhere] = [await signedIn(first), await signedIn(first)];
  await done(open(here, A));
  await done(open(elsewhere, A));
  const change = (fields) => here.submit(PASSPHRASE, PASSPHRASE, fields);
  assert.match(errorOf((await change({ own: A, chosen: A, again: A })).text, 'chosen'), /和现在的一样/);
  const wrong = await change({ own: B, chosen: B + ' new', again: B + ' new' });
  assert.match(errorOf(wrong.text, 'own'), /口令不对/);
  assert.doesNotMatch(wrong.text, new RegExp(B));
  await done(change({ own: A, chosen: B, again: B }));
  assert.equal((await here.get(HOME)).status, 200);
  assert.equal((await elsewhere.get(HOME)).header('location'), OPEN);
  assert.equal((await open(elsewhere, A)).status, 422);
  await done(open(elsewhere, B));
  await done(remove(heping, id));
});

// ---------------------------------------------------------------- cases

test('Art. 5: a case shows the report and its photos, to the office alone', async () => {
  const { number } = await report('查表时索要红包，暗号孔雀石。', { about: '工号三三零九', occurred: '十一月二日，东风小区', name: '举报人甲', contact: '13700001111' },
    { photo1: picture('photo', 800, 600, 71), photo2: picture('jpeg', 72) });
  const visitor = await officer();
  const where = await find(visitor, number);
  const page = await visitor.get(where);
  for (const words of ['孔雀石', '工号三三零九', '东风小区', '举报人甲', '13700001111', number]) assert.ok(page.text.includes(words), words);
  const photos = [...page.text.matchAll(/<img src="([^"]+)"/g)].map(([, source]) => source);
  assert.equal(photos.length, 2);
  for (const source of photos) {
    const photo = await visitor.get(source);
    assert.equal(photo.status, 200);
    assert.equal(photo.header('content-type'), 'image/jpeg');
    assert.equal(photo.header('cache-control'), 'no-store');
    assert.deepEqual([...photo.raw.subarray(0, 3)], [0xff, 0xd8, 0xff]);
  }
  const [base] = photos[0].match(/.*\//);
  for (const no of ['3', '4', '0', 'x']) assert.equal((await visitor.get(base + no)).status, 404, no);
  assert.equal((await visitor.get(`/staff/discipline/case/${'a'.repeat(64)}`)).status, 404);
  assert.equal((await visitor.get('/staff/discipline/case/1')).status, 404);
  for (const login of ['wanglei', 'xuguang', 'admin']) {
    const other = await staff(login);
    for (const target of [where, photos[0]]) assert.equal((await other.get(target)).status, 403, `${login} ${target}`);
  }
  const unknown = await visitor.submit(HOME, '/staff/discipline/find', { number: 'JC 1234 5678 90123' });
  assert.equal(unknown.status, 422);
  const english = await visitor.get(`${where}?lang=en`);
  assert.match(wordsOf(english.text), /Report of misconduct/);
  assert.match(english.text, /孔雀石/);
});

test('Arts. 5, 32, 35: steps, finding, outcome by the catalogue, answer and close, each sealed with its author and time', async () => {
  const reporter = await report('收取好处费，暗号翡翠鸟。');
  const visitor = await officer();
  const where = await find(visitor, reporter.number);
  const early = await visitor.get(where);
  assert.equal(formOf(early.text, '/outcome'), null, 'no outcome before a finding');
  assert.equal(formOf(early.text, '/close'), null);
  assert.match(await answerOf(reporter), /还没有答复/);
  await done(write(visitor, where, 'step', { words: '约谈当事人，暗号蒲公英。' }));
  await done(write(visitor, where, 'finding', { finding: '1', words: '属实，有转账记录，暗号向日葵。' }));
  const form = await visitor.get(where);
  assert.match(wordsOf(form.text), /直接领导处罚 50 元/);
  assert.match(wordsOf(form.text), /责任人处罚 200 元/);
  const gain = await write(visitor, where, 'outcome', { clause: '2', person: '刘某', measure: '2', prosecute: '1', words: '第 35 条' });
  assert.equal(gain.status, 422);
  assert.match(errorOf(gain.text, 'outcome-measure'), /只有解除劳动合同/);
  assert.match(gain.text, /value="刘某"/, 'what was typed is kept');
  const bad = await write(visitor, where, 'outcome', { clause: '1', person: '刘某', measure: '2', prosecute: '1', repay: '12x', words: '' });
  assert.match(errorOf(bad.text, 'outcome-repay'), /整数/);
  assert.match(errorOf(bad.text, 'outcome-words'), /./);
  await done(write(visitor, where, 'outcome', { clause: '1', person: '刘某某', leader: '孙班长', measure: '2', repay: '1200', prosecute: '1', words: '退还好处费，暗号风信子。' }));
  await done(write(visitor, where, 'answer', { words: '经核查属实，已处理并退还，暗号满天星。' }));
  assert.match(await answerOf(reporter), /已处理并退还，暗号满天星/);
  await done(write(visitor, where, 'answer', { words: '经核查属实，已处理，款项已退还。' }));
  const answer = await answerOf(reporter);
  assert.match(answer, /款项已退还/);
  assert.doesNotMatch(answer, /满天星|刘某某|向日葵/);
  await done(write(visitor, where, 'close', { words: '结案归档。' }));
  const closed = await visitor.get(where);
  for (const words of ['蒲公英', '向日葵', '风信子', '满天星', '刘某某', '孙班长', '32(1)', '200 元', '50 元', '1200 元', '何平']) assert.ok(closed.text.includes(words), words);
  assert.equal(formOf(closed.text, '/step'), null, 'closed');
  await done(write(visitor, where, 'reopen', { words: '有新的线索。' }));
  await done(write(visitor, where, 'outcome', { clause: '2', person: '刘某某', measure: '4', prosecute: '2', words: '损失两万元以上，移送。' }));
  assert.match(wordsOf((await visitor.get(where)).text), /解除劳动合同 移送司法机关/);
  const rows = await sql('SELECT no, LENGTH(body) FROM sealed_entry ORDER BY no');
  assert.ok(rows.every(([, length]) => (Number(length) - 48) % 1024 === 0), 'whole blocks tell little of their length');
});

test('Art. 5: nothing but whole entries is taken, and a clause that was not in force on the day is refused', async () => {
  const { number } = await report('不开发票，暗号薄荷糖。');
  const visitor = await officer();
  const where = await find(visitor, number);
  const none = await write(visitor, where, 'step', { words: '' });
  assert.equal(none.status, 422);
  assert.match(errorOf(none.text, 'step-words'), /./);
  const long = await write(visitor, where, 'step', { words: '长'.repeat(3001) });
  assert.equal(long.status, 422);
  assert.match(long.text, /长{3001}/, 'kept');
  assert.equal((await write(visitor, where, 'finding', { finding: '', words: '有结论' })).status, 422);
  assert.equal((await write(visitor, where, 'finding', { finding: '9', words: '有结论' })).status, 422);
  const { text } = await visitor.get(where);
  const form = formOf(text, `${where}/step`);
  assert.equal((await visitor.post(`${where}/step`, { ...form, words: '说', foreign: '1' })).status, 400);
  assert.equal((await visitor.post(`${where}/step`, { ...form, words: '说', key: 'x' })).status, 400);
  assert.equal((await visitor.post(`${where}/other`, { ...form, words: '说' })).status, 404);
  const early = await visitor.post(`${where}/close`, { ...form, words: '没有结论就结案' });
  assert.equal(early.status, 422);
  assert.match(wordsOf(early.text), /请先写结论/);
  await done(write(visitor, where, 'finding', { finding: '2', words: '部分属实' }));
  await sql("UPDATE penalty_clause SET effective_from = '2030-01-01' WHERE id = 3201");
  try {
    const answer = await visitor.submit(where, `${where}/outcome`, { clause: '1', person: '某', measure: '1', prosecute: '1', words: '处理' });
    assert.equal(answer.status, 422);
    assert.match(errorOf(answer.text, 'outcome-clause'), /没有施行/);
  } finally {
    await sql("UPDATE penalty_clause SET effective_from = '2014-01-01' WHERE id = 3201");
  }
  await done(write(visitor, where, 'finding', { finding: '3', words: '后来查明不属实' }));
  assert.equal(formOf((await visitor.get(where)).text, '/outcome'), null, 'nothing follows from what is not so');
});

test('Art. 5: of two officers at once one is told what came first, with the words kept; the same form sent twice is one entry', async () => {
  const { number } = await report('推诿扯皮不办，暗号橄榄枝。');
  const [first, second] = [await officer(), await officer()];
  const where = await find(first, number);
  const forms = await Promise.all([first, second].map(async (visitor) => formOf((await visitor.get(where)).text, `${where}/step`)));
  const sent = { ...forms[0], words: '第一位写的。' };
  await done(first.post(`${where}/step`, sent));
  await done(first.post(`${where}/step`, sent));
  const count = async () => Number((await sql(`SELECT COUNT(*) FROM sealed_entry WHERE lookup = x'${where.split('/').pop()}'`))[0][0]);
  assert.equal(await count(), 1);
  const late = await second.post(`${where}/step`, { ...forms[1], words: '第二位写的，没有存上。' });
  assert.equal(late.status, 409);
  assert.match(wordsOf(late.text), /别的同事刚写了一条/);
  assert.match(late.text, /第一位写的。/);
  assert.match(late.text, /第二位写的，没有存上。/);
  await done(second.post(`${where}/step`, { ...formOf(late.text, `${where}/step`), words: '第二位写的。' }));
  const raced = await Promise.all([first, second].map(async (visitor, i) => ({ visitor, form: formOf((await visitor.get(where)).text, `${where}/step`), i })));
  const answers = await Promise.all(raced.map(({ visitor, form, i }) => visitor.post(`${where}/step`, { ...form, words: `同时写的 ${i}` })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
  assert.equal(await count(), 3);
});

test('Art. 5: an entry that somebody put into the database, moved or took out shows as such', async () => {
  const { number } = await report('伪造一条试试，暗号珊瑚礁。');
  const visitor = await officer();
  const where = await find(visitor, number), lookup = where.split('/').pop();
  await done(write(visitor, where, 'step', { words: '第一条，暗号铃兰。' }));
  await done(write(visitor, where, 'step', { words: '第二条，暗号雏菊。' }));
  const rows = await sql(`SELECT no, HEX(body), HEX(form_key) FROM sealed_entry WHERE lookup = x'${lookup}' ORDER BY no`);
  await sql(`UPDATE sealed_entry SET body = x'${rows[0][1]}' WHERE lookup = x'${lookup}' AND no = 2`);
  const damaged = await visitor.get(where);
  assert.equal(damaged.status, 200);
  assert.match(wordsOf(damaged.text), /不是本室写的/);
  assert.match(damaged.text, /铃兰/);
  assert.doesNotMatch(damaged.text, /雏菊/);
  assert.equal(formOf(damaged.text, '/step'), null);
  await sql(`UPDATE sealed_entry SET body = x'${rows[1][1]}' WHERE lookup = x'${lookup}' AND no = 2`);
  assert.match((await visitor.get(where)).text, /雏菊/);
  await sql(`DELETE FROM sealed_entry WHERE lookup = x'${lookup}' AND no = 1`);
  assert.match(wordsOf((await visitor.get(where)).text), /缺了一条/);
  await sql(`INSERT INTO sealed_entry (lookup, no, form_key, body) VALUES (x'${lookup}', 1, x'${rows[0][2]}', x'${rows[0][1]}')`);
  assert.doesNotMatch(wordsOf((await visitor.get(where)).text), /缺了一条/);
});

test('Art. 5: many cases are listed page by page, each once', async () => {
  const total = Number((await sql('SELECT COUNT(*) FROM sealed_case'))[0][0]);
  const numbers = [];
  for (let i = 0; i < Math.max(0, 23 - total) + 1; i++) numbers.push((await report(`第 ${i} 件，凑够一页多的反映。`)).number);
  const visitor = await officer();
  const seen = [];
  for (let where = HOME; where;) {
    const { status, text } = await visitor.get(where);
    assert.equal(status, 200);
    seen.push(...[...text.matchAll(/discipline\/case\/([0-9a-f]{64})"><strong class="no">(JC[ \d]+)</g)].map(([, id, number]) => `${id} ${number}`));
    const next = /rel="next" href="([^"]+)"/.exec(text);
    where = next ? next[1].replace(/&amp;/g, '&') : null;
  }
  assert.equal(new Set(seen).size, seen.length);
  assert.equal(seen.length, Number((await sql('SELECT COUNT(*) FROM sealed_case'))[0][0]));
  for (const number of numbers) assert.ok(seen.some((one) => one.endsWith(number)), number);
  for (const where of [`${HOME}?day=1`, `${HOME}?day=1&from=${'0'.repeat(64)}`]) assert.ok([200, 400].includes((await visitor.get(where)).status), where);
  assert.equal((await visitor.get(`${HOME}?from=xyz`)).status, 400);
});

// ---------------------------------------------------------------- handing over

const counts = async () => (await sql('SELECT (SELECT COUNT(*) FROM sealed_case), (SELECT COUNT(*) FROM ticket)'))[0].map(Number);
const receiptOf = (html) => ({ number: /class="number">(JC \d{4} \d{4} \d{5})</.exec(html)[1], code: /class="number">(\d{4} \d{4})</.exec(html)[1] });
async function until(what, isTrue) {
  for (let i = 0; i < 150; i++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail(`${what} never came true`);
}
/** A ticket of the hotline's, with words that can be searched. */
async function ticket(visitor, words, more = {}) {
  const [[category]] = await sql("SELECT id FROM category WHERE code = 'service_complaint' AND effective_to IS NULL ORDER BY id DESC LIMIT 1");
  const answer = await visitor.submit('/staff/ticket/new', '/staff/ticket/new', { category, words, place: '紫藤里 9 号楼', phone: '13600002222', name: '赵举报', ...more });
  assert.equal(answer.status, 303, wordsOf(answer.text));
  return /\/staff\/ticket\/(SN[\d-]+)/.exec(answer.header('location'))[1];
}

test('Art. 5: from the intake a report goes to the office sealed, and no ticket is made', async () => {
  const visitor = await staff('zhangmin');
  const intake = await visitor.get('/staff/ticket/new');
  assert.match(intake.text, /formaction="\/staff\/ticket\/discipline\/take"/);
  const taken = await visitor.post('/staff/ticket/discipline/take', { ...formOf(intake.text, '/staff/ticket/new'), words: '电话反映：营业员索要好处，暗号丁香结。', phone: '13500003333', name: '钱某', place: '南门营业厅' });
  assert.equal(taken.status, 200);
  const form = formOf(taken.text, '/staff/ticket/discipline');
  assert.deepEqual([form.words, form.contact, form.name, form.occurred], ['电话反映：营业员索要好处，暗号丁香结。', '13500003333', '钱某', '南门营业厅']);
  const [cases, tickets] = await counts();
  const short = await visitor.post('/staff/ticket/discipline', { ...form, words: '短' });
  assert.equal(short.status, 422);
  assert.match(short.text, /value="13500003333"/);
  assert.deepEqual(await counts(), [cases, tickets]);
  const answer = await visitor.post('/staff/ticket/discipline', form);
  assert.equal(answer.status, 200);
  assert.doesNotMatch(answer.text, /丁香结|13500003333/);
  const receipt = receiptOf(answer.text);
  assert.deepEqual(receiptOf((await visitor.post('/staff/ticket/discipline', form)).text), receipt, 'sent twice it is one');
  assert.deepEqual(await counts(), [cases + 1, tickets]);
  assert.match(await answerOf(receipt), /还没有答复/);
  const office = await officer();
  const page = await office.get(await find(office, receipt.number));
  for (const words of ['丁香结', '13500003333', '钱某', '南门营业厅', '职工移交']) assert.ok(page.text.includes(words), words);
});

test('Arts. 5, 32: a ticket is handed to the office with all it says, and is gone for everybody else', async () => {
  const visitor = await staff('zhangmin'), ops = await staff('wanglei');
  const number = await ticket(visitor, '维修工要烟才修，暗号鸢尾花开。'), where = `/staff/ticket/${number}`;
  const album = await ops.get(`${where}/photos`);
  await done(ops.post(`${where}/photos`, multipart({ token: formOf(album.text, `${where}/photos`).token, stage: 'before' }, { photo1: picture('photo', 900, 700, 81) })));
  const [[id]] = await sql(`SELECT id FROM ticket WHERE number = '${number}'`);
  const photos = Number((await sql(`SELECT COUNT(*) FROM photo WHERE ticket_id = ${id}`))[0][0]);
  assert.equal(photos, 1);
  await done(ops.submit(where, `${where}/note`, { words: '内部备注，暗号石榴籽。' }));
  const found = async () => (await ops.get(`/staff/ticket/list.csv?view=all&q=${encodeURIComponent('鸢尾花开')}`)).text.trim().split('\n').length - 1;
  await until('the words are found', async () => await found() === 1 && Number((await sql(`SELECT COUNT(*) FROM ticket_gram WHERE ticket_id = ${id}`))[0][0]) > 0);
  const clerkOfOther = await staff('lina');
  assert.equal((await clerkOfOther.get(`${where}/discipline`)).status, 403, 'a unit hands nothing over');
  const page = await visitor.get(`${where}/discipline`);
  assert.equal(page.status, 200);
  const stale = formOf(page.text, `${where}/discipline`);
  await done(ops.submit(where, `${where}/note`, { words: '又一条备注，暗号合欢树。' }));
  const told = await visitor.post(`${where}/discipline`, { ...stale, words: '他自己说的', about: '工号 77' });
  assert.equal(told.status, 409);
  assert.match(told.text, /value="工号 77"/);
  const form = { ...formOf((await visitor.get(`${where}/discipline`)).text, `${where}/discipline`), words: '顾客说收了烟', about: '工号 77' };
  const answer = await visitor.post(`${where}/discipline`, form);
  assert.equal(answer.status, 200, wordsOf(answer.text));
  assert.doesNotMatch(answer.text, /鸢尾花开|13600002222/);
  const receipt = receiptOf(answer.text);
  assert.deepEqual(receiptOf((await visitor.post(`${where}/discipline`, form)).text), receipt);
  for (const login of ['zhangmin', 'wanglei', 'zhaowei', 'lina', 'sunqiang', 'xuguang', 'admin', 'heping']) {
    const other = await staff(login);
    for (const target of [where, `${where}/discipline`, `${where}/photos`, `${where}/photo/1`]) assert.ok([403, 404].includes((await other.get(target)).status), `${login} ${target}`);
  }
  // In the database no words of it are left, and it still verifies.
  const [[left]] = await sql(`SELECT (SELECT COUNT(*) FROM event_text WHERE subject_kind = 1 AND subject_id = ${id} AND (body <> '' OR emptied_at IS NULL)) + (SELECT COUNT(*) FROM ticket WHERE id = ${id} AND place_text <> '') + (SELECT COUNT(*) FROM ticket_person WHERE ticket_id = ${id} AND (phone_masked <> '' OR phone_hash IS NOT NULL OR phone_sealed IS NOT NULL OR name_sealed IS NOT NULL)) + (SELECT COUNT(*) FROM public_ticket WHERE ticket_id = ${id} AND place_text <> '') + (SELECT COUNT(*) FROM photo_body b JOIN photo p ON p.photo_id = b.id WHERE p.ticket_id = ${id} AND b.body <> '')`);
  assert.equal(left, '0');
  assert.equal(await found(), 0);
  await until('what it is found by is gone', async () => (await sql(`SELECT COUNT(*) FROM ticket_gram WHERE ticket_id = ${id}`))[0][0] === '0');
  const verified = await shuinuo(['verify']);
  assert.doesNotMatch(verified.out + verified.err, new RegExp(number), 'it still verifies');
  // The office has everything.
  const office = await officer();
  const shown = await office.get(await find(office, receipt.number));
  for (const words of ['鸢尾花开', '石榴籽', '合欢树', '顾客说收了烟', '工号 77', '13600002222', '赵举报', '紫藤里 9 号楼', number]) assert.ok(shown.text.includes(words), words);
  const [source] = [...shown.text.matchAll(/<img src="([^"]+)"/g)].map(([, one]) => one);
  assert.equal((await office.get(source)).header('content-type'), 'image/jpeg');
});

test('Art. 5: a ticket that was handed over is in no list, search or export, and what the public reads has no words of it', async () => {
  const visitor = await staff('zhangmin'), ops = await staff('wanglei');
  // A report of the web, whose reporter goes on following it.
  const [[number, id]] = await sql("SELECT t.number, t.id FROM ticket t JOIN public_ticket q ON q.ticket_id = t.id WHERE t.state IN (1, 4) AND t.parent_id = 0 AND EXISTS (SELECT 1 FROM clock c WHERE c.subject_kind = 1 AND c.subject_id = t.id AND c.kind = 1) ORDER BY t.id DESC LIMIT 1");
  const [[rule]] = await sql(`SELECT rule_id FROM clock WHERE subject_kind = 1 AND subject_id = ${id} AND kind <> 0 ORDER BY no DESC LIMIT 1`);
  assert.ok(Number(rule) > 0);
  const listed = async () => (await ops.get(`/staff/ticket/list.csv?view=all&q=${encodeURIComponent(`编号:${number}`)}`)).text.trim().split('\n').length > 1;
  assert.equal(await listed(), true, 'before');
  const where = `/staff/ticket/${number}`;
  const shown = await ops.get(where);
  assert.match(shown.text, /\/discipline"/);
  const code = await sql(`SELECT code_issue FROM public_ticket WHERE ticket_id = ${id}`);
  assert.equal(code.length, 1);
  const answer = await visitor.submit(`${where}/discipline`, `${where}/discipline`, { about: '', words: '' });
  assert.equal(answer.status, 200, wordsOf(answer.text));
  assert.equal(await listed(), false, 'after');
  for (const target of ['/staff/ticket/?view=all', '/staff/ticket/?view=open', '/staff/ticket/list.xlsx?view=all', '/staff/ticket/wall', '/staff/assessment/handling', '/staff/supply/']) {
    const page = await ops.get(target);
    assert.ok([200, 303, 400].includes(page.status), target);
    assert.equal(page.text.includes(number), false, target);
  }
  const found = await ops.submit('/staff/ticket/', '/staff/ticket/find', { number });
  assert.notEqual(found.header('location'), where);
  const [[state]] = await sql(`SELECT state FROM ticket WHERE id = ${id}`);
  assert.equal(state, '11');
  const [[publicly]] = await sql(`SELECT CONCAT(place_id, place_text, state) FROM public_ticket WHERE ticket_id = ${id}`);
  assert.match(publicly, /^0\d+$/, 'no place, and the state that it had');
});

// ---------------------------------------------------------------- the whole: every route, every role, every byte

test('Art. 5: nothing of a case is on any page of any role, in a dump of the database or in any log', async () => {
  const MARKS = ['暗语海棠果', '暗语木芙蓉', '暗语凌霄花', '暗语杜鹃声', '暗语芍药圃', '暗语玉簪花', '19900007777', 'passphrase of the office'];
  const reporter = await report('以权谋私，暗语海棠果。', { about: '暗语木芙蓉', name: '举报', contact: '19900007777' });
  const desk = await staff('zhangmin');
  const fromIntake = receiptOf((await desk.submit('/staff/ticket/discipline', '/staff/ticket/discipline', { words: '来电反映的，暗语凌霄花。' })).text);
  const number = await ticket(desk, '上门收费不开票，暗语杜鹃声。', { phone: '19900007777' });
  const receipt = receiptOf((await desk.submit(`/staff/ticket/${number}/discipline`, `/staff/ticket/${number}/discipline`, { words: '移交，暗语芍药圃。', about: '' })).text);
  const office = await officer();
  const where = await find(office, reporter.number);
  await done(write(office, where, 'step', { words: '约谈，暗语芍药圃。' }));
  await done(write(office, where, 'finding', { finding: '1', words: '属实，暗语玉簪花。' }));
  await done(write(office, where, 'outcome', { clause: '1', person: '暗语木芙蓉', measure: '1', prosecute: '1', words: '处理，暗语玉簪花。' }));
  await done(write(office, where, 'answer', { words: '已处理，暗语玉簪花。' }));
  const numbers = [reporter, fromIntake, receipt].map((one) => one.number.replace(/\D/g, ''));
  const [[id]] = await sql(`SELECT id FROM ticket WHERE number = '${number}'`);
  await until('clerk has folded it', async () => (await sql(`SELECT (SELECT COUNT(*) FROM ticket_gram WHERE ticket_id = ${id}) + (SELECT COUNT(*) FROM dirty WHERE subject_kind = 1 AND subject_id = ${id})`))[0][0] === '0');
  const secrets = [...MARKS, ...numbers, ...[reporter, fromIntake, receipt].map((one) => one.number)];

  // Every route that answers a GET, of every program, as every role; with the ticket's number and the case's address in the place of '*'.
  const folderOfPrograms = path.join(process.env.SHUINUO_TOP, 'cgi-bin');
  const routes = fs.readdirSync(folderOfPrograms).flatMap((program) => {
    const file = path.join(folderOfPrograms, program, 'main.c');
    if (!fs.existsSync(file)) return [];
    return [...fs.readFileSync(file, 'utf8').matchAll(/\{METHOD_GET,\s*"(\/[^"]*)"/g)].map(([, route]) => route);
  });
  assert.ok(routes.length > 90, `${routes.length} routes`);
  const lookup = where.split('/').pop();
  const targets = routes.flatMap((route) => (route.includes('*') ? [number, id, lookup, '1'].map((one) => route.replace('*', one).replaceAll('*', '1')) : [route]));
  targets.push('/staff/ticket/?view=all', '/staff/ticket/list.csv?view=all', '/staff/admin/audit?who=&what=', `${where}`, ...['1', '4'].map((no) => `/staff/discipline/photo/${lookup}/${no}`));
  for (const login of ['nobody', 'zhangmin', 'sunqiang', 'lina', 'zhaowei', 'wanglei', 'xuguang', 'admin', 'heping']) { // heping: without the passphrase
    const visitor = login === 'nobody' ? new Visitor() : await staff(login);
    for (const target of targets) {
      const answer = await visitor.get(target);
      assert.ok(answer.status < 500, `${login} ${target}: ${answer.status}`);
      for (const secret of secrets) assert.equal(answer.raw.includes(Buffer.from(secret)), false, `${secret} for ${login} at ${target}`);
      if (login !== 'heping' && target.startsWith('/staff/discipline/')) assert.ok([303, 403].includes(answer.status), `${login} ${target}: ${answer.status}`);
    }
  }
  // The whole database as its administrator takes it away: every row of every table, as bytes and as hexadecimal digits.
  const client = (query) => execFileSync('mariadb', ['--no-defaults', `--socket=${path.join(folder, 'sock/db.sock')}`, '--default-character-set=utf8mb4', '-N', '--raw', '-e', query], { maxBuffer: 1 << 30 });
  const tables = (await sql("SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema', 'sys')"));
  assert.ok(tables.some(([, name]) => name === 'sealed_entry') && tables.length > 60, `${tables.length} tables`);
  for (const [schema, table] of tables) {
    const columns = (await sql(`SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '${schema}' AND TABLE_NAME = '${table}'`)).map(([name]) => name);
    const rows = client(`SELECT * FROM \`${schema}\`.\`${table}\``);
    const digits = client(`SELECT ${columns.map((name) => `HEX(CAST(\`${name}\` AS BINARY))`).join(', ')} FROM \`${schema}\`.\`${table}\``);
    for (const secret of secrets) {
      const bytes = Buffer.from(secret);
      assert.equal(rows.includes(bytes), false, `${secret} in ${table}`);
      assert.equal(digits.includes(bytes.toString('hex').toUpperCase()), false, `${secret} in ${table} as bytes`);
    }
  }
  // Every log and every other file of the running suite.
  const filesBelow = (place) => fs.readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(place, entry.name);
    if (entry.isDirectory()) return entry.name === 'db' ? [] : filesBelow(full);
    return entry.isFile() ? [full] : [];
  });
  for (const file of filesBelow(folder)) {
    const bytes = fs.readFileSync(file);
    for (const secret of secrets) assert.equal(bytes.includes(Buffer.from(secret)), false, `${secret} in ${path.basename(file)}`);
    if (/access|nginx/.test(file)) assert.equal(bytes.includes(lookup), false, `the address of a case in ${path.basename(file)}`);
  }
  assert.doesNotMatch(fs.readFileSync(path.join(folder, 'log/discipline.log'), 'utf8'), /^.*request id=.*route=\/staff\/discipline/m, 'no request leaves a line');
  // And the office itself has it all.
  assert.match((await office.get(where)).text, /暗语海棠果[\s\S]*暗语玉簪花/);
  assert.match((await office.get(await find(office, receipt.number))).text, /暗语杜鹃声/);
});
