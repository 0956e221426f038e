// What is refused: every action in a state, by a role or a unit that may not, twice, or by two at
// once. It is refused with words, nothing is changed, and what was typed is still there.
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { staff, sql, formOf, wordsOf } = require('./staff_client.js');

const NO_WATER = 1, LEAK = 3, PIPELINE = 3;
const KEY = () => crypto.randomBytes(16).toString('hex');
const top = process.env.SHUINUO_TOP;
const page = (number) => `/staff/ticket/${number}`;

/** The forms of a ticket, from the program's own table: name → action as the golden table of rights names it. */
const forms = new Map([...fs.readFileSync(path.join(top, 'cgi-bin/web/action_form.c'), 'utf8').matchAll(/FORM\("([a-z-]+)", ACTION_([A-Z_]+)/g)].map(([, name, action]) => [name, action.toLowerCase()]));

/** action → state → [role, relation]…, from tests/golden/permissions.txt. */
function rights() {
  const table = new Map();
  let states;
  for (const line of fs.readFileSync(path.join(top, 'tests/golden/permissions.txt'), 'utf8').split('\n')) {
    if (/^[a-z_]+$/.test(line)) table.set(line, states = new Map());
    const row = /^ {4}([a-z_]+) +(.+)$/.exec(line);
    if (row && states) states.set(row[1], row[2].split(' ').map((right) => right.split(':')));
  }
  return table;
}
const table = rights();

/* One person per role, all of pipeline management where they are of a unit, and one of another unit. */
const PEOPLE = { zhangmin: 'operator', sunqiang: 'crew', lina: 'liaison', zhaowei: 'unit_leader', chenjing: 'liaison', wanglei: 'ops', xuguang: 'group_leader' };
const STRANGER = 'chenjing';
/** Whether the table lets somebody do it: a ticket whose lead is pipeline management, or nobody. */
const mayDo = (login, action, state, hasLead) => (table.get(action)?.get(state) ?? []).some(([role, relation]) => role === PEOPLE[login] &&
  (relation === undefined || (hasLead && login !== STRANGER && ['lead', 'assigned'].includes(relation))));

let phones = 0;
async function file(people, fields = {}) {
  const report = { category: LEAK, place: `清风街${++phones}号`, phone: `1390638${String(phones + 1000)}`, words: '路面冒水', ...fields };
  const answer = await people.zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', report);
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 600));
  return /SN\d{6}-\d{8}/.exec(answer.header('location'))[0];
}
async function done(who, number, action, fields = {}) {
  const answer = await who.submit(page(number), `${page(number)}/${action}`, fields);
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 400)}`);
}
const everybody = async () => Object.fromEntries(await Promise.all(Object.keys(PEOPLE).map(async (login) => [login, await staff(login)])));
const tokenOf = async (who) => formOf((await who.get('/staff/signin')).text, '/staff/signout').token;

/** All that is known of a ticket, as one text: when it is the same before and after, nothing was changed. */
async function traceOf(number) {
  const [[id, version, state]] = await sql(`SELECT id, version, state FROM ticket WHERE number = '${number}'`);
  const rest = await Promise.all(['event', 'event_text', 'clock'].map((name) => sql(`SELECT COUNT(*) FROM ${name} WHERE subject_kind = 1 AND subject_id = ${id}`)));
  const clocks = await sql(`SELECT no, due_at, COALESCE(stopped_at, ''), result FROM clock WHERE subject_kind = 1 AND subject_id = ${id} ORDER BY no`);
  return { version: Number(version), text: JSON.stringify([id, version, state, rest, clocks]) };
}

const steps = {
  reported: async () => {},
  dispatched: async ({ wanglei }, number) => done(wanglei, number, 'dispatch', { unit: PIPELINE }),
  objected: async (people, number) => { await steps.dispatched(people, number); await done(people.lina, number, 'object', { objection: 1, words: '不归我们' }); },
  accepted: async (people, number) => { await steps.dispatched(people, number); await done(people.lina, number, 'accept'); },
  finished: async (people, number) => { await steps.accepted(people, number); await done(people.lina, number, 'finish', { outcome: 1, words: '已恢复' }); },
  followed_up: async (people, number) => { await steps.finished(people, number); await done(people.wanglei, number, 'review', { decision: 1 }); await done(people.zhangmin, number, 'follow-up', { follow_up: 1, satisfaction: 5 }); },
  closed: async (people, number) => { await steps.followed_up(people, number); await done(people.wanglei, number, 'close'); },
  not_ours: async ({ wanglei }, number) => done(wanglei, number, 'not-ours', { words: '属于市政排水' }),
  withdrawn: async ({ wanglei }, number) => done(wanglei, number, 'withdraw', { words: '顾客来电撤销' }),
};

for (const [state, reach] of Object.entries(steps)) {
  test(`${state}: whoever may not do a thing is told why not, nothing is changed, and the words are kept`, async () => {
    const people = await everybody();
    const number = await file(people, { category: NO_WATER });
    await reach(people, number);
    const hasLead = !['reported', 'not_ours', 'withdrawn'].includes(state);
    const before = await traceOf(number);
    let refused = 0;
    for (const [login, who] of Object.entries(people)) {
      const token = await tokenOf(who);
      for (const [form, action] of forms) {
        if (mayDo(login, action, state, hasLead)) continue;
        const words = `不能丢的话${++refused}`;
        const answer = await who.post(`${page(number)}/${form}`, { token, key: KEY(), version: before.version, words });
        const what = `${login} ${form}`;
        assert.ok([403, 409, 422].includes(answer.status), `${what}: ${answer.status}`);
        assert.match(wordsOf(answer.text), /您的岗位不能办|由别的单位承办|现在的状态不能|不需要这一步/, what);
        assert.ok(answer.text.includes(words), `${what}: what was typed is gone`);
      }
    }
    assert.ok(refused > 100, `${refused} were tried`);
    assert.equal((await traceOf(number)).text, before.text);
  });
}

test('of six people who do the same at the same moment one does it, and each of the others is told by whom and keeps the own words', async () => {
  const people = await everybody();
  const number = await file(people, { category: NO_WATER });
  await steps.accepted(people, number);
  delete people[STRANGER];
  const { version } = await traceOf(number);
  const pages = await Promise.all(Object.entries(people).map(async ([login, who]) => [login, who, formOf((await who.get(page(number))).text, `${page(number)}/note`)]));
  const answers = await Promise.all(pages.map(([login, who, form]) => who.post(`${page(number)}/note`, { ...form, words: `${login}写的备注` })));
  assert.equal(answers.filter(({ status }) => status === 303).length, 1);
  const winner = pages[answers.findIndex(({ status }) => status === 303)][0];
  for (const [i, answer] of answers.entries()) {
    if (answer.status === 303) continue;
    assert.equal(answer.status, 409);
    assert.ok(answer.text.includes(`${pages[i][0]}写的备注`), 'the own words');
    assert.ok(answer.text.includes(`${winner}写的备注`), 'what the first one wrote');
  }
  assert.equal((await traceOf(number)).version, version + 1);
});

test('twice: the same form sent again is answered as the first time, and an act that was done already is refused', async () => {
  const people = await everybody();
  const number = await file(people, { category: NO_WATER });
  await steps.dispatched(people, number);
  const form = formOf((await people.lina.get(page(number))).text, `${page(number)}/accept`);
  const both = await Promise.all([1, 2].map(() => people.lina.post(`${page(number)}/accept`, form)));
  for (const answer of both) assert.equal(answer.status, 303);
  const before = await traceOf(number);
  const again = await people.lina.post(`${page(number)}/accept`, { ...form, key: KEY(), version: before.version, words: '再接一次' });
  assert.equal(again.status, 422);
  assert.match(wordsOf(again.text), /已经办过/);
  assert.ok(again.text.includes('再接一次'));
  assert.equal((await traceOf(number)).text, before.text);
});
