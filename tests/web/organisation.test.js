// The administration over HTTP: organisation, people, duty, audit; every route as everybody, and two people at once.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, staff, sql, wordsOf, errorOf } = require('./staff_client.js');

const top = path.join(__dirname, '../..');
// One of the town for each role; a unit's people are of pipeline management.
const PEOPLE = { operator: 'zhangmin', crew: 'sunqiang', liaison: 'lina', unit_leader: 'zhaowei', ops: 'wanglei', group_leader: 'xuguang', discipline: 'heping', admin: 'admin' };
let who;
test.beforeEach(async () => {
  who = Object.fromEntries(await Promise.all(Object.entries(PEOPLE).map(async ([role, login]) => [role, await staff(login)])));
});

// ---------------------------------------------------------------- rights

/** Roles that get a page, beside 403 for everybody else. */
const PAGES = {
  '/staff/admin/': ['liaison', 'unit_leader', 'ops', 'group_leader', 'admin'],
  '/staff/admin/audit': ['admin'],
};

test('each page of the administration opens for its roles and for nobody else', async () => {
  for (const [where, roles] of Object.entries(PAGES)) {
    for (const [role, visitor] of Object.entries(who)) assert.equal((await visitor.get(where)).status, roles.includes(role) ? 200 : 403, `${where} as ${role}`);
    const stranger = await new Visitor().get(where);
    assert.deepEqual([stranger.status, stranger.header('location')], [303, `/staff/signin?to=${encodeURIComponent(where)}`]);
  }
});

test('no page of the administration links to what its reader may not open', async () => {
  for (const [role, roles] of Object.keys(PEOPLE).map((name) => [name, who[name]])) {
    const home = await roles.get('/staff/admin/');
    if (home.status !== 200) continue;
    for (const [, where] of home.text.matchAll(/href="(\/staff\/admin\/[^"?]*)"/g)) assert.equal((await roles.get(where)).status, 200, `${where} as ${role}`);
  }
});

// ---------------------------------------------------------------- audit log

test('the audit log shows sign-ins newest first, by person and kind, and pages without losing one', async () => {
  const [[total]] = await sql("SELECT COUNT(*) FROM audit a JOIN staff s ON s.id = a.staff_id WHERE s.login = 'lina'");
  for (let i = 0; i < 60; i++) await sql("INSERT INTO audit (at, staff_id, what, subject_kind, subject_id, detail) SELECT '2026-01-01 00:00:00', id, 'sign_out', 0, 0, '' FROM staff WHERE login = 'lina'");
  const first = await who.admin.get('/staff/admin/audit?who=lina&what=');
  const next = /rel="next" href="([^"]*)"/.exec(first.text)[1].replace(/&amp;/g, '&');
  let rows = (first.text.match(/<tr><td>/g) ?? []).length;
  for (let where = next; where;) {
    const page = await who.admin.get(where);
    rows += (page.text.match(/<tr><td>/g) ?? []).length;
    where = /rel="next" href="([^"]*)"/.exec(page.text)?.[1].replace(/&amp;/g, '&');
  }
  assert.equal(rows, Number(total) + 60);
  const kinds = await who.admin.get('/staff/admin/audit?who=lina&what=sign_in');
  assert.match(wordsOf(kinds.text), /李娜 lina 登录/);
  assert.doesNotMatch(/<tbody>[\s\S]*<\/tbody>/.exec(kinds.text)[0], /退出/);
});

test('a person who is not there and a cursor made up are answered with words or refused, never with an error', async () => {
  const unknown = await who.admin.get('/staff/admin/audit?who=nobody');
  assert.deepEqual([unknown.status, errorOf(unknown.text, 'who')], [422, '没有这个登录名']);
  for (const query of ['before=x', 'before=1-', 'before=-1-1', 'before=99999999999999999-1', 'nonsense=1', 'who=a&who=b']) assert.equal((await who.admin.get(`/staff/admin/audit?${query}`)).status, 400, query);
  assert.equal((await who.admin.get(`/staff/admin/audit?what=${'x'.repeat(60)}`)).status, 422);
});

test('every kind of line that the programs write has words in both languages', () => {
  const kinds = new Set();
  const files = fs.readdirSync(path.join(top, 'cgi-bin'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => fs.readdirSync(path.join(top, 'cgi-bin', name)).filter((file) => file.endsWith('.c')).map((file) => path.join(top, 'cgi-bin', name, file)));
  for (const file of files) {
    const source = fs.readFileSync(file, 'utf8');
    for (const [, kind] of source.matchAll(/\b(?:audit_store_add|admin_change_begin|record)\([^;"]*"([a-z_]+)"/g)) kinds.add(kind);
  }
  assert.ok(kinds.has('sign_in') && kinds.has('unmask'), [...kinds].join());
  const folder = path.join(top, 'templates/text');
  for (const language of ['zh-CN', 'en']) {
    const words = fs.readdirSync(folder).filter((name) => name.startsWith(`${language}.`)).map((name) => fs.readFileSync(path.join(folder, name), 'utf8')).join('\n');
    for (const kind of kinds) assert.ok(words.includes(`\naudit.${kind} = `), `${language}: audit.${kind}`);
  }
});
