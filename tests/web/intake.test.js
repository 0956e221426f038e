// The intake over HTTP: any of the staff registers a report, earlier reports of the matter are looked at first, paper forms of a
// time without the system are entered with their own times.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const crypto = require('node:crypto');
const { staff, sql, now, local, formOf, wordsOf, errorOf } = require('./staff_client.js');

const NEW = '/staff/ticket/new';
const NO_WATER = 1, METER = 15, CONSULTATION = 25, PRAISE = 28;
const LINK_REPEAT = 36;
const DESK = ['zhangmin', 'wanglei', 'zhaowei', 'lina', 'sunqiang', 'chenjing', 'xuguang'];

let zhangmin, wanglei;
test.beforeEach(async () => {
  [zhangmin, wanglei] = await Promise.all(['zhangmin', 'wanglei'].map((login) => staff(login)));
});

const digits = (length) => String(crypto.randomInt(10 ** (length - 1), 10 ** length));
const phone = () => `137${digits(8)}`;
const account = () => digits(10);
const report = (fields = {}) => ({ category: CONSULTATION, place: '不在册的地方', phone: phone(), words: '问一件事', ...fields });
const numberOf = (answer) => /^\/staff\/ticket\/(SN\d{6}-\d{8})\?new=1$/.exec(answer.header('location'))?.[1];
const ask = (who, fields) => who.submit(NEW, NEW, report(fields), { isAsked: true });

/* isNew: past what the sample town may have had at the same place. */
async function file(fields, who = zhangmin, isNew = false) {
  const answer = await who.submit(NEW, NEW, report(fields), { isAsked: !isNew });
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 500));
  return numberOf(answer);
}

const count = async () => Number((await sql('SELECT COUNT(*) FROM ticket'))[0][0]);
const levelOf = async (number) => (await sql(`SELECT repeat_level FROM ticket WHERE number = '${number}'`))[0][0];
const links = async (number) => (await sql(`SELECT e.seq FROM event e JOIN ticket t ON t.id = e.subject_id WHERE e.subject_kind = 1 AND e.kind = ${LINK_REPEAT} AND t.number = '${number}'`)).length;
const shown = (answer) => [...answer.text.matchAll(/name="repeat_of" value="(SN[^"]+)"/g)].map(([, number]) => number);

// ---------------------------------------------------------------- earlier reports, Arts. 9 and 34(3)

test('art34_3 art9 before a report is saved, earlier ones by the same phone, account, or place and matter are shown, masked', async () => {
  const same = { phone: phone(), account: account() };
  const byPhone = await file({ phone: same.phone, name: '欧阳春' });
  const byAccount = await file({ account: same.account });
  const byPlace = await file({ category: METER, place: '沙窝新村 9 号楼' }, zhangmin, true);
  const elsewhere = await file({ category: METER, place: '王楼社区 9 号楼' }, zhangmin, true);
  const before = await count();

  const answer = await ask(zhangmin, { ...same, category: METER, place: '沙窝新村 2 号楼', words: '水表不走字' });
  assert.equal(answer.status, 200, 'asked, not filed');
  assert.equal(await count(), before);
  const list = shown(answer);
  assert.deepEqual([byPhone, byAccount, byPlace].every((number) => list.includes(number)), true, list.join());
  assert.ok(!list.includes(elsewhere), 'the same matter at another place is another matter');
  const words = wordsOf(answer.text);
  for (const said of ['同一电话', '同一户号', '同一地点、同类事项', '欧**']) assert.ok(words.includes(said), said);
  assert.ok(!words.includes('欧阳春') && !answer.text.replace(/<input[^>]*>/g, '').includes(same.phone), 'nobody is shown in clear');
  const kept = formOf(answer.text, NEW);
  assert.deepEqual([kept.phone, kept.account, kept.words, kept.place], [same.phone, same.account, '水表不走字', '沙窝新村 2 号楼'], 'what was typed is kept');
});

test('art34_3 the report that repeats another is linked right after it is filed, with its level, once', async () => {
  const same = { phone: phone() };
  const first = await file(same);
  const asked = formOf((await ask(zhangmin, same)).text, NEW);
  const sent = { ...asked, repeat_of: first };
  const answers = [await zhangmin.post(NEW, sent), await zhangmin.post(NEW, sent)];
  const second = numberOf(answers[0]);
  assert.equal(numberOf(answers[1]), second, 'sent twice it is one ticket');
  assert.deepEqual([await levelOf(second), await links(second)], ['1', 1]);

  const again = await ask(zhangmin, same);
  assert.deepEqual(shown(again), [second, first], 'newest first');
  assert.match(wordsOf(again.text), /重复来件 1/, 'the count is shown');
  const third = numberOf(await zhangmin.post(NEW, { ...formOf(again.text, NEW), repeat_of: second }));
  assert.equal(await links(third), 1);
  assert.match(wordsOf((await wanglei.get(`/staff/ticket/${third}`)).text), /重复来件/);
});

test('art34_3 "none of them" files a matter of its own; no answer, a foreign number, or another list asks again', async () => {
  const same = { phone: phone() };
  const first = await file(same);
  const foreign = await file({});
  const asked = formOf((await ask(zhangmin, same)).text, NEW);
  const before = await count();
  for (const answer of [{}, { repeat_of: foreign }, { repeat_of: 'x' }, { repeat_of: first, earlier: 'f'.repeat(64) }, { repeat_of: 'none', earlier: '' }]) {
    const refused = await zhangmin.post(NEW, { ...asked, ...answer });
    assert.ok([200, 422].includes(refused.status), JSON.stringify(answer));
    assert.deepEqual(shown(refused), [first]);
    assert.equal(formOf(refused.text, NEW).words, '问一件事');
  }
  assert.equal(errorOf((await zhangmin.post(NEW, asked)).text, 'repeat_of'), '请先看这些来件，再选是哪一件，或选“都不是”');
  assert.equal(await count(), before, 'nothing was filed');
  const own = numberOf(await zhangmin.post(NEW, { ...asked, repeat_of: 'none' }));
  assert.deepEqual([await levelOf(own), await links(own)], ['0', 0]);
});

test('art34_3 a report that came in meanwhile is shown before this one is saved, everything typed kept', async () => {
  const same = { phone: phone() };
  const first = await file(same);
  const mine = formOf((await ask(zhangmin, same)).text, NEW);
  const other = formOf((await ask(wanglei, same)).text, NEW);
  const theirs = numberOf(await wanglei.post(NEW, { ...other, repeat_of: 'none' }));
  const answer = await zhangmin.post(NEW, { ...mine, repeat_of: first });
  assert.equal(answer.status, 422);
  assert.deepEqual(shown(answer), [theirs, first]);
  assert.match(answer.text, new RegExp(`value="${first}"[^>]* checked`), 'the choice is kept');
  assert.equal(numberOf(await zhangmin.post(NEW, { ...formOf(answer.text, NEW), repeat_of: theirs })) !== undefined, true);
});

test('art34_3 what is older than the policy says, or was handed to the discipline office, is not shown', async () => {
  const same = { phone: phone() };
  const old = await file(same);
  const sealed = await file({ phone: same.phone, account: account() }).catch(() => null);
  assert.equal(sealed, null, 'asked about the first one');
  await sql(`UPDATE ticket SET reported_at = reported_at - INTERVAL 91 DAY WHERE number = '${old}'`);
  const fresh = await file(same);
  await sql(`UPDATE ticket SET state = 11 WHERE number = '${fresh}'`);
  assert.equal((await ask(zhangmin, same)).status, 303);
  await sql(`UPDATE ticket SET state = 1 WHERE number = '${fresh}'`);
  await sql(`UPDATE ticket SET reported_at = reported_at + INTERVAL 91 DAY WHERE number = '${old}'`);
});

test('of two clicks at the same moment on the check page one ticket is made', async () => {
  const same = { phone: phone() };
  const first = await file(same);
  const sent = { ...formOf((await ask(zhangmin, same)).text, NEW), repeat_of: first };
  const answers = await Promise.all([1, 2, 3].map(() => zhangmin.post(NEW, sent)));
  const numbers = new Set(answers.map(numberOf));
  assert.equal(numbers.size, 1, answers.map((answer) => `${answer.status} ${wordsOf(answer.text).slice(0, 300)}`).join('\n'));
  assert.equal(await links([...numbers][0]), 1);
});

// ---------------------------------------------------------------- by whom, and from paper

test('art9 any of the staff registers a report for a resident and is named as its first receiver', async () => {
  for (const login of DESK) {
    const who = await staff(login);
    const number = await file({}, who);
    const [[receiver, state]] = await sql(`SELECT s.login, t.state FROM ticket t JOIN staff s ON s.id = t.first_receiver WHERE t.number = '${number}'`);
    assert.deepEqual([receiver, state], [login, '1']);
    assert.match(wordsOf((await who.get(`/staff/ticket/${number}`)).text), /首接人 \S+ 我首接/);
  }
});

test('art34_3 whoever takes the report says that it is a repeat, and it is linked; the page for later links stays the hotline’s', async () => {
  for (const login of DESK) {
    const same = { phone: phone() };
    const first = await file(same);
    const who = await staff(login);
    const asked = await ask(who, same);
    assert.deepEqual(shown(asked), [first], login);
    const answer = await who.post(NEW, { ...formOf(asked.text, NEW), repeat_of: first });
    const number = numberOf(answer);
    assert.ok(number, `${login} ${answer.status} ${wordsOf(answer.text).slice(0, 300)}`);
    assert.deepEqual([await levelOf(number), await links(number)], ['1', 1], login);
    const isHotline = ['zhangmin', 'wanglei'].includes(login);
    assert.equal((await who.get(`/staff/ticket/${number}`)).text.includes(`/staff/ticket/${number}/repeat"`), isHotline, login);
  }
});

const OWN_STEPS = ['add-words', 'escalate-group', 'note', 'urge'];
const stepsOf = (text) => [...text.matchAll(/id="act-([a-z-]+)"/g)].map(([, name]) => name).sort();
const listed = async (who) => [...(await who.get('/staff/ticket/')).text.matchAll(/id="r-(SN\d{6}-\d{8})"/g)].map(([, number]) => number);

for (const login of ['admin', 'heping']) {
  test(`art9 ${login}, who has no desk, registers a report, sees it through, and learns nothing of any other`, async () => {
    const who = await staff(login);
    const same = { phone: phone() };
    const earlier = await file({ ...same, name: '欧阳春' });
    assert.equal((await who.get(NEW)).status, 200);
    const answer = await who.submit(NEW, NEW, report({ ...same, category: NO_WATER, words: '家里没水' }));
    const number = numberOf(answer);
    assert.ok(number, `${answer.status} ${wordsOf(answer.text).slice(0, 300)}`);
    const receipt = await who.get(answer.header('location'));
    assert.match(receipt.text, /<dd class="number">\d{4} \d{4}<\/dd>/, 'the query code, for the caller');
    assert.match(wordsOf(receipt.text), /首接人 \S+ 我首接/);
    const [[receiver, id]] = await sql(`SELECT s.login, s.id FROM ticket t JOIN staff s ON s.id = t.first_receiver WHERE t.number = '${number}'`);
    assert.equal(receiver, login);
    assert.ok((await listed(who)).includes(number));

    const { text } = await who.get(`/staff/ticket/${number}`);
    assert.deepEqual(stepsOf(text), OWN_STEPS);
    for (const absent of ['/unmask"', '/slip"', '/photos"', '/merge"', '/repeat"', '/joint"', '/link"', '/staff/supply/', '/staff/assessment/', '/handover/', earlier, same.phone]) assert.ok(!text.includes(absent), absent);
    const token = formOf(text, `/staff/ticket/${number}/note`).token;
    for (const where of ['photos', 'merge', 'repeat', 'joint', 'link', 'photo/1']) assert.equal((await who.get(`/staff/ticket/${number}/${where}`)).status, 403, where);
    for (const where of ['unmask', 'slip', 'merge', 'repeat', 'joint', 'link']) assert.equal((await who.post(`/staff/ticket/${number}/${where}`, { token })).status, 403, where);
    for (const [step, fields] of [['note', { words: '已答复来电人' }], ['add-words', { words: '居民又说：三楼也没水' }], ['urge', { words: '居民催办' }], ['escalate-group', { words: '涉及面广' }]]) {
      const done = await who.submit(`/staff/ticket/${number}`, `/staff/ticket/${number}/${step}`, fields);
      assert.equal(done.status, 303, `${step} ${wordsOf(done.text).slice(0, 400)}`);
    }
    for (const step of ['dispatch', 'grade', 'close', 'withdraw', 'reclassify']) {
      const refused = await who.post(`/staff/ticket/${number}/${step}`, { token, key: crypto.randomBytes(16).toString('hex'), version: 99 });
      assert.equal(refused.status, 403, step);
    }

    const other = await wanglei.submit(`/staff/ticket/${number}`, `/staff/ticket/${number}/dispatch`, { unit: 3 });
    assert.equal(other.status, 303);
    const told = async () => (await sql(`SELECT o.notice FROM outbox o JOIN ticket t ON t.id = o.subject_id WHERE t.number = '${number}' AND o.subject_kind = 1 AND o.audience = 5 AND o.recipient = ${id}`)).flat();
    for (let i = 0; i < 200 && !(await told()).includes('first_dispatched'); i++) await new Promise((resolve) => { setTimeout(resolve, 100); });
    assert.ok((await told()).includes('first_dispatched'), 'told of the turn');
    assert.match(wordsOf((await who.get(`/staff/ticket/${number}`)).text), /已派单|派单/);

    for (const where of [`/staff/ticket/${earlier}`, `/staff/ticket/${earlier}?new=1`]) assert.equal((await who.get(where)).status, 404, where);
    for (const step of OWN_STEPS) assert.equal((await who.post(`/staff/ticket/${earlier}/${step}`, { token, key: crypto.randomBytes(16).toString('hex'), version: 1, words: '不该写进去' })).status, 404, step);
    assert.ok(!(await listed(who)).includes(earlier));
  });
}

test('paper forms of a time without the system are entered one after the other with their own times', async () => {
  const came = now() - 5 * 3600000;
  const paper = `P-${digits(6)}`;
  const fields = { source: 3, category: NO_WATER, place: '林场宿舍 1 号楼', reported_at: local(came), paper, next: '1', reason: '系统停机，纸质登记' };
  const bare = await ask(zhangmin, { ...fields, reason: '' });
  assert.equal(errorOf(bare.text, 'reason'), '请写明原因', 'entered later, so with the reason');
  const answer = await zhangmin.submit(NEW, NEW, report(fields));
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 400));
  const [, number] = /^\/staff\/ticket\/new\?after=(SN\d{6}-\d{8})&source=3&is_paper=1$/.exec(answer.header('location'));
  const next = await zhangmin.get(answer.header('location'));
  assert.match(wordsOf(next.text), new RegExp(`刚才登记的是 ${number}`));
  assert.equal(formOf(next.text, NEW).source, '3', 'the pile is of one kind');
  const [[minutes, system, outside]] = await sql(`SELECT TIMESTAMPDIFF(MINUTE, t.reported_at, t.recorded_at), t.outside_system, t.outside_number FROM ticket t WHERE number = '${number}'`);
  assert.ok(Number(minutes) >= 299 && Number(minutes) <= 301, minutes);
  assert.deepEqual([system, outside], ['纸质登记表', paper]);
  assert.match(wordsOf((await zhangmin.get(`/staff/ticket/${number}`)).text), new RegExp(`纸质登记表 ${paper}`));

  const twice = await zhangmin.submit(NEW, NEW, report({ ...fields, phone: phone() }));
  assert.equal(twice.status, 422);
  assert.equal(errorOf(twice.text, 'paper'), '这张登记表已经录过');
  assert.match(twice.text, new RegExp(`href="/staff/ticket/${number}"`));
  const both = await ask(zhangmin, { paper: 'P-1', outside_system: '12345', outside_number: 'X' });
  assert.equal(errorOf(both.text, 'paper'), '纸质登记表编号和外部编号只填一个');
});

test('praise and questions without a phone find nobody else without a phone', async () => {
  const first = await ask(zhangmin, { category: PRAISE, phone: '', place: '不在册的地方一' });
  assert.equal(first.status, 303);
  assert.equal((await ask(zhangmin, { category: PRAISE, phone: '', place: '不在册的地方二' })).status, 303);
});
