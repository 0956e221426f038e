// The administration over HTTP: organisation, people, duty, audit; every route as everybody, and two people at once.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, staff, sql, now, formOf, wordsOf, errorOf } = require('./staff_client.js');

const PIPELINE = 3;

const top = path.join(__dirname, '../..');
// One of the town for each role; a unit's people are of pipeline management.
const PEOPLE = { operator: 'zhangmin', crew: 'sunqiang', liaison: 'lina', unit_leader: 'zhaowei', ops: 'wanglei', group_leader: 'xuguang', discipline: 'heping', admin: 'admin' };
const tokenOf = (html) => /name="token" value="([^"]*)"/.exec(html)[1];
/** Pages that another test file looks after. */
const isMine = (where) => !/^\/staff\/admin\/(rules?|categor|ladder|canned|polic)/.test(where);
let who;
test.beforeEach(async () => {
  who = Object.fromEntries(await Promise.all(Object.entries(PEOPLE).map(async ([role, login]) => [role, await staff(login)])));
});

// ---------------------------------------------------------------- rights

const ALL = ['ops', 'group_leader', 'admin'];
const UNIT = ['liaison', 'unit_leader'];
/** Roles that get a page, beside 403 for everybody else. */
const PAGES = {
  '/staff/admin/': ['liaison', 'unit_leader', 'ops', 'group_leader', 'admin'],
  '/staff/admin/audit': ['admin'],
  '/staff/admin/units': ALL,
  '/staff/admin/units/new': ['admin'],
  '/staff/admin/units/3': ['admin'],
  '/staff/admin/register': [...UNIT, ...ALL],
  '/staff/admin/register/3': [...UNIT, ...ALL],
  '/staff/admin/register/4': ALL,
  '/staff/admin/register/3/new': [...UNIT, 'admin'],
  '/staff/admin/register/4/new': ['admin'],
  '/staff/admin/person/LINA': [...UNIT, ...ALL],
  '/staff/admin/person/MATAO': ALL,
};
/** Forms by address: who may send one at all; everybody else is refused whatever stands in it. */
const POSTS = {
  '/staff/admin/units/new': ['admin'],
  '/staff/admin/units/3': ['admin'],
  '/staff/admin/register/3/confirm': [...UNIT, 'admin'],
  '/staff/admin/register/4/confirm': ['admin'],
  '/staff/admin/register/3/new': [...UNIT, 'admin'],
  '/staff/admin/register/4/new': ['admin'],
  '/staff/admin/person/LINA/save': [...UNIT, 'admin'],
  '/staff/admin/person/MATAO/save': ['admin'],
  '/staff/admin/person/LINA/confirm': [...UNIT, 'admin'],
  '/staff/admin/person/MATAO/confirm': ['admin'],
  '/staff/admin/person/LINA/phone': [...UNIT, ...ALL],
  '/staff/admin/person/MATAO/phone': ALL,
  '/staff/admin/person/LINA/rights': ['admin'],
  '/staff/admin/person/LINA/password': ['admin'],
};

const ids = {};
async function address(where) {
  const login = /[A-Z]+/.exec(where)?.[0];
  if (login) ids[login] ??= (await sql(`SELECT id FROM staff WHERE login = '${login.toLowerCase()}'`))[0][0];
  return login ? where.replace(login, ids[login]) : where;
}

test('each page of the administration opens for its roles and for nobody else', async () => {
  for (const [pattern, roles] of Object.entries(PAGES)) {
    const where = await address(pattern);
    for (const [role, visitor] of Object.entries(who)) {
      const { status } = await visitor.get(where);
      assert.ok(roles.includes(role) ? [200, 303].includes(status) : status === 403, `${where} as ${role}: ${status}`);
    }
    const stranger = await new Visitor().get(where);
    assert.deepEqual([stranger.status, stranger.header('location')], [303, `/staff/signin?to=${encodeURIComponent(where)}`]);
  }
});

test('each form of the administration is taken from its roles and refused from everybody else, whatever stands in it', async () => {
  for (const [pattern, roles] of Object.entries(POSTS)) {
    const where = await address(pattern);
    for (const [role, visitor] of Object.entries(who)) {
      const token = tokenOf((await visitor.get('/staff/signin')).text);
      const { status } = await visitor.post(where, { token });
      if (roles.includes(role)) assert.ok([303, 400, 404, 422].includes(status), `${where} as ${role}: ${status}`);
      else assert.equal(status, 403, `${where} as ${role}`);
    }
    assert.equal((await who.admin.post(where, {})).status, 403, `${where} without a token`);
  }
});

test('every route of the program stands in the tables of this test', () => {
  const source = fs.readFileSync(path.join(top, 'cgi-bin/admin/main.c'), 'utf8');
  const shape = (where) => where.replace(/\/(\d+|[A-Z]+)(?=\/|$)/g, '/*');
  const known = { GET: new Set(Object.keys(PAGES).map(shape)), POST: new Set(Object.keys(POSTS).map(shape)) };
  for (const [, method, where] of source.matchAll(/\{METHOD_(GET|POST), "([^"]*)"/g)) if (isMine(where)) assert.ok(known[method].has(where), `${method} ${where}`);
});

test('no page of the administration links to what its reader may not open', async () => {
  for (const role of Object.keys(PEOPLE)) {
    const seen = new Set(['/staff/admin/']);
    for (const where of seen) {
      const page = await who[role].get(where);
      if (where === '/staff/admin/' && page.status === 403) break;
      assert.ok([200, 303].includes(page.status), `${where} as ${role}: ${page.status}`);
      if (page.status === 303) seen.add(page.header('location').split('?')[0]);
      for (const [, link] of page.text.matchAll(/href="(\/staff\/admin\/[^"?#]*)/g)) if (seen.size < 80) seen.add(link);
    }
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

// ---------------------------------------------------------------- units

test('a unit is edited, its people answer for it, and every program reads it anew', async () => {
  const before = Number((await sql("SELECT value FROM fact WHERE name = 'catalog_version'"))[0][0]);
  const answer = await who.admin.submit('/staff/admin/units/7', '/staff/admin/units/7', { name_zh: '施工一公司', direct_leader: 'zhoubin', indicator_owner: 'ｗａｎｇｌｅｉ' });
  assert.deepEqual([answer.status, answer.header('location')], [303, '/staff/admin/units?done=1']);
  assert.match(wordsOf((await who.admin.get('/staff/admin/units?done=1')).text), /已保存。 .*施工一公司 construction 是 周斌 王磊/);
  assert.equal(Number((await sql("SELECT value FROM fact WHERE name = 'catalog_version'"))[0][0]), before + 1);
  assert.match(wordsOf((await who.ops.get('/staff/admin/units')).text), /施工一公司/);
});

test('a unit is added once, its code is its own, and it can be opened at once', async () => {
  const form = formOf((await who.admin.get('/staff/admin/units/new')).text, '/staff/admin/units/new');
  const fields = { ...form, code: 'plant', name_zh: '制水厂', name_en: 'Waterworks', sort: '100', is_handling: '1' };
  const answers = await Promise.all([1, 2, 3].map(() => who.admin.post('/staff/admin/units/new', fields)));
  assert.deepEqual(answers.map(({ status }) => status), [303, 303, 303]);
  const [[id, count]] = await sql("SELECT MAX(id), COUNT(*) FROM unit WHERE code = 'plant'");
  assert.equal(count, '1');
  const again = await who.admin.submit('/staff/admin/units/new', '/staff/admin/units/new', { ...fields, key: 'f'.repeat(32) });
  assert.deepEqual([again.status, errorOf(again.text, 'code')], [422, '这个代码已有单位使用']);
  for (let i = 0; i < 6; i++) assert.equal((await who.admin.get(`/staff/admin/register/${id}`)).status, 200, 'whichever process answers');
});

test('a unit that somebody changed meanwhile: the loser is told what stands and keeps what was typed', async () => {
  const form = formOf((await who.admin.get('/staff/admin/units/6')).text, '/staff/admin/units/6');
  assert.equal((await who.admin.submit('/staff/admin/units/6', '/staff/admin/units/6', { name_zh: '用户维修一部' })).status, 303);
  const lost = await who.admin.post('/staff/admin/units/6', { ...form, name_zh: '用户维修二部', sort: '61' });
  assert.equal(lost.status, 409);
  assert.match(wordsOf(lost.text), /别人已经修改过.*中文名称 用户维修一部/);
  const kept = formOf(lost.text, '/staff/admin/units/6');
  assert.deepEqual([kept.name_zh, kept.sort], ['用户维修二部', '61']);
  assert.equal((await who.admin.post('/staff/admin/units/6', kept)).status, 303, 'once more, knowing it');
  assert.equal((await sql('SELECT name_zh FROM unit WHERE id = 6'))[0][0], '用户维修二部');
});

test('bad input for a unit stands beside its field', async () => {
  const wrong = await who.admin.submit('/staff/admin/units/5', '/staff/admin/units/5', { name_zh: '', name_en: 'x'.repeat(61), sort: '-1', direct_leader: 'nobody' });
  assert.equal(wrong.status, 422);
  for (const [field, words] of [['name_zh', /请输入名称/], ['name_en', /61/], ['sort', /0 到 9999/], ['direct_leader', /没有这个登录名/]]) assert.match(errorOf(wrong.text, field), words);
  assert.equal((await who.admin.submit('/staff/admin/units/5', '/staff/admin/units/5', { code: 'other' })).status, 400);
  for (const where of ['0', '99999', 'abc', '-3']) assert.equal((await who.admin.get(`/staff/admin/units/${where}`)).status, 404);
});

// ---------------------------------------------------------------- the register (Art. 4)

const person = async (login) => `/staff/admin/person/${(await sql(`SELECT id FROM staff WHERE login = '${login}'`))[0][0]}`;

test('art4 a unit keeps its own register: name, badge and phone, sealed and masked, with every change kept', async () => {
  const where = await person('sunqiang');
  const answer = await who.liaison.submit(where, `${where}/save`, { name: '孙强', badge: 'GD-0301', phone: '139 0635 7788' });
  assert.deepEqual([answer.status, answer.header('location')], [303, `${where}?done=1`]);
  const page = wordsOf((await who.ops.get(where)).text);
  assert.match(page, /工牌号 GD-0301 电话 139\*\*\*\*7788/);
  assert.match(page, /变更记录.*电话 .*139\*\*\*\*7788 李娜.*工牌号 .*GD-0301 李娜/);
  assert.doesNotMatch((await sql('SELECT * FROM staff_change')).join(), /13906357788/);
  const list = wordsOf((await who.liaison.get('/staff/admin/register/3')).text);
  assert.match(list, /孙强 sunqiang GD-0301 139\*\*\*\*7788 抢修人员/);
});

test('art4 a phone is opened by a right, leaves a line in the audit log, and is shown once', async () => {
  const where = await person('sunqiang');
  const [[before]] = await sql("SELECT COUNT(*) FROM audit WHERE what = 'unmask' AND subject_kind = 5");
  const open = await who.ops.post(`${where}/phone`, { token: tokenOf((await who.ops.get(where)).text) });
  assert.equal(open.status, 200);
  assert.match(wordsOf(open.text), /电话 13906357788/);
  assert.doesNotMatch((await who.ops.get(where)).text, /13906357788/);
  assert.equal(Number((await sql("SELECT COUNT(*) FROM audit WHERE what = 'unmask' AND subject_kind = 5"))[0][0]), Number(before) + 1);
});

test('art4 an entry is marked after ninety days and confirmed alone or with its unit', async () => {
  await sql(`UPDATE staff SET confirmed_on = DATE_SUB('${new Date(now() + 8 * 3600000).toISOString().slice(0, 10)}', INTERVAL IF(login = 'lina', 90, 91) DAY) WHERE unit_id = ${PIPELINE}`);
  const list = async () => (await who.liaison.get('/staff/admin/register/3')).text;
  assert.equal(((await list()).match(/<strong class="tag warn">需要确认/g) ?? []).length, 2, 'not the ninetieth day itself');
  assert.match(wordsOf((await who.ops.get('/staff/admin/register')).text), /供水管道管理部门 \d+ 2/);
  const sun = await person('sunqiang');
  const one = await who.liaison.submit('/staff/admin/register/3', `${sun}/confirm`);
  assert.deepEqual([one.status, one.header('location')], [303, '/staff/admin/register/3?done=1']);
  assert.equal(((await list()).match(/<strong class="tag warn">需要确认/g) ?? []).length, 1);
  assert.equal((await who.liaison.submit('/staff/admin/register/3', '/staff/admin/register/3/confirm')).status, 303);
  assert.equal(((await list()).match(/<strong class="tag warn">需要确认/g) ?? []).length, 0);
  assert.match(wordsOf((await who.liaison.get(sun)).text), /变更记录.*确认日期/);
});

test('art4 what is confirmed is what was read: a register that changed meanwhile is shown again and not confirmed', async () => {
  const form = formOf((await who.unit_leader.get('/staff/admin/register/3')).text, '/register/3/confirm');
  const where = await person('sunqiang');
  assert.equal((await who.liaison.submit(where, `${where}/save`, { badge: 'GD-0302' })).status, 303);
  const answer = await who.unit_leader.post('/staff/admin/register/3/confirm', form);
  assert.equal(answer.status, 409);
  assert.match(wordsOf(answer.text), /名册有变化，没有确认/);
});

test('an entry that somebody changed meanwhile: the loser is told and keeps what was typed', async () => {
  const where = await person('sunqiang');
  const form = formOf((await who.unit_leader.get(where)).text, '/save');
  assert.equal((await who.liaison.submit(where, `${where}/save`, { badge: 'GD-1' })).status, 303);
  const lost = await who.unit_leader.post(`${where}/save`, { ...form, badge: 'GD-2' });
  assert.equal(lost.status, 409);
  assert.match(wordsOf(lost.text), /别人已经修改过.*工牌号 GD-1/);
  assert.equal(formOf(lost.text, '/save').badge, 'GD-2');
  assert.equal((await sql("SELECT badge FROM staff WHERE login = 'sunqiang'"))[0][0], 'GD-1');
});

test('bad input for a person stands beside its field and changes nothing', async () => {
  const where = await person('sunqiang');
  const [[before]] = await sql('SELECT COUNT(*) FROM staff_change');
  const wrong = await who.liaison.submit(where, `${where}/save`, { name: '', badge: '工牌', phone: '123' });
  assert.equal(wrong.status, 422);
  for (const field of ['name', 'badge', 'phone']) assert.ok(errorOf(wrong.text, field), field);
  assert.deepEqual([formOf(wrong.text, '/save').badge, formOf(wrong.text, '/save').phone], ['工牌', '123']);
  for (const extra of [{ unit: '4' }, { role_9: '1' }, { is_active: '1' }]) assert.equal((await who.liaison.submit(where, `${where}/save`, extra)).status, 400, Object.keys(extra)[0]);
  const added = await who.admin.submit('/staff/admin/register/3/new', '/staff/admin/register/3/new', { login_name: 'Li Na', name: '新人' });
  assert.match(errorOf(added.text, 'login_name'), /登录名是/);
  const taken = await who.admin.submit('/staff/admin/register/3/new', '/staff/admin/register/3/new', { login_name: 'lina', name: '新人' });
  assert.equal(errorOf(taken.text, 'login_name'), '这个登录名已有人使用');
  assert.deepEqual(await sql('SELECT COUNT(*) FROM staff_change'), [[before]]);
  for (const part of ['0', '99999', 'x']) assert.equal((await who.admin.get(`/staff/admin/person/${part}`)).status, 404);
});

test('art4 a unit adds somebody to its register without any right; an administrator gives role and password', async () => {
  assert.equal((await who.liaison.submit('/staff/admin/register/3/new', '/staff/admin/register/3/new', { login_name: 'newhand', name: '新手' })).status, 303);
  assert.equal((await who.liaison.submit('/staff/admin/register/3/new', '/staff/admin/register/3/new', { login_name: 'newhand2', name: '新手', role_9: '1' })).status, 400);
  const where = await person('newhand');
  assert.match(wordsOf((await who.admin.get(where)).text), /还没有密码，不能登录/);
  assert.equal((await who.admin.submit(where, `${where}/rights`, { role_3: '1' })).status, 303);
  const given = await who.admin.submit(where, `${where}/password`);
  assert.equal(given.status, 200);
  const password = /<dd class="no">([a-z0-9-]+)</.exec(given.text)[1];
  const visitor = new Visitor();
  const asked = await visitor.signIn('newhand', password);
  assert.match(wordsOf(asked.text), /别人替您设置的|修改密码/);
  assert.equal((await visitor.get('/staff/ticket/')).status, 303, 'no session before it is changed');
});

test('an administrator adds a person: the password is shown once, also when the form is sent twice', async () => {
  const form = formOf((await who.admin.get('/staff/admin/register/2/new')).text, '/register/2/new');
  const fields = { ...form, login_name: 'twofold', name: '双击', role_4: '1', phone: '13812340000' };
  const answers = [await who.admin.post('/staff/admin/register/2/new', fields), await who.admin.post('/staff/admin/register/2/new', fields)];
  assert.deepEqual(answers.map(({ status }) => status), [200, 303]);
  assert.equal((await sql("SELECT COUNT(*) FROM staff WHERE login = 'twofold'"))[0][0], '1');
  assert.match((await sql("SELECT detail FROM audit WHERE what = 'staff_add' ORDER BY id DESC LIMIT 1"))[0][0], /^twofold: liaison$/);
  const password = /<dd class="no">([a-z0-9-]+)</.exec(answers[0].text)[1];
  assert.doesNotMatch(JSON.stringify(await sql('SELECT * FROM audit')), new RegExp(password));
});

test('a person who is deactivated is out at once', async () => {
  const where = await person('gaofei');
  const gaofei = await staff('gaofei');
  assert.equal((await gaofei.get('/staff/ticket/')).status, 200);
  const form = formOf((await who.admin.get(where)).text, '/rights');
  delete form.is_active;
  assert.equal((await who.admin.post(`${where}/rights`, form)).status, 303);
  assert.equal((await gaofei.get('/staff/ticket/')).status, 303);
  assert.equal((await new Visitor().signIn('gaofei')).status, 422);
  assert.equal((await who.admin.submit(where, `${where}/rights`, { is_active: '1' })).status, 303);
});

test('the last administrator can neither give up the role nor be deactivated; of two who race one stays', async () => {
  const own = await person('admin');
  const form = formOf((await who.admin.get(own)).text, '/rights');
  delete form.role_9;
  const refused = await who.admin.post(`${own}/rights`, { ...form, role_6: '1' });
  assert.equal(refused.status, 422);
  assert.match(errorOf(refused.text, 'role_9'), /最后一位管理员/);
  assert.equal(formOf(refused.text, '/rights').role_6, '1', 'what was typed is kept');
  const inactive = formOf((await who.admin.get(own)).text, '/rights');
  delete inactive.is_active;
  const kept = await who.admin.post(`${own}/rights`, inactive);
  assert.match(errorOf(kept.text, 'is_active'), /最后一位管理员/);

  const other = await person('wanglei');
  assert.equal((await who.admin.submit(other, `${other}/rights`, { role_9: '1' })).status, 303);
  for (let round = 0; round < 4; round++) {
    // Each takes the role from the other, in the same moment.
    const [first, second] = await Promise.all([[who.admin, other], [who.ops, own]].map(async ([visitor, where]) => {
      const rights = formOf((await visitor.get(where)).text, '/rights');
      delete rights.role_9;
      return [visitor, where, { ...rights, role_6: '1' }];
    }));
    const statuses = (await Promise.all([first, second].map(([visitor, where, fields]) => visitor.post(`${where}/rights`, fields)))).map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 303).length, 1, String(statuses));
    assert.equal((await sql('SELECT COUNT(*) FROM staff WHERE is_active = 1 AND (roles & 512) <> 0'))[0][0], '1');
    await sql("UPDATE staff SET roles = roles | 512, version = version + 1 WHERE login IN ('admin', 'wanglei')");
  }
  await sql("UPDATE staff SET roles = 64 WHERE login = 'wanglei'");
  await sql("UPDATE staff SET roles = 512 WHERE login = 'admin'");
});
