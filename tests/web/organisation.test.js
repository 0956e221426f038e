// The administration over HTTP: organisation, people, duty, audit; every route as everybody, and two people at once.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, staff, sql, now, wait, local, formOf, wordsOf, errorOf } = require('./staff_client.js');

const PIPELINE = 3;

const top = path.join(__dirname, '../..');
// One of the town for each role; a unit's people are of pipeline management.
const PEOPLE = { operator: 'zhangmin', crew: 'sunqiang', liaison: 'lina', unit_leader: 'zhaowei', ops: 'wanglei', group_leader: 'xuguang', discipline: 'heping', admin: 'admin' };
const tokenOf = (html) => /name="token" value="([^"]*)"/.exec(html)[1];
/** Pages that another test file looks after. */
const isMine = (where) => !/^\/staff\/admin\/(rules|limits|matters|ladder|canned|policies|texts)/.test(where);
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
  '/staff/admin/notices': ['ops', 'admin'],
  '/staff/admin/keys': ['admin'],
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
  '/staff/admin/duty': [...UNIT, ...ALL],
  '/staff/admin/duty/3': [...UNIT, ...ALL],
  '/staff/admin/duty/4': ALL,
  '/staff/admin/duty/3/SHIFT': [...UNIT, 'admin'],
  '/staff/admin/duty/4/1': ['admin'],
  '/staff/admin/calls': [...UNIT, ...ALL],
  '/staff/admin/service': [...UNIT, ...ALL],
  '/staff/admin/service/3': [...UNIT, ...ALL],
  '/staff/admin/service/4': ALL,
  '/staff/admin/service/3/rule': UNIT,
  '/staff/admin/service/4/rule': [],
  '/staff/admin/service/3/rule/1': [...UNIT, ...ALL],
  '/staff/admin/service/4/rule/1': ALL,
  '/staff/admin/service/3/inspection': UNIT,
  '/staff/admin/service/4/inspection': [],
  '/staff/admin/service/3/inspection/1': [...UNIT, ...ALL],
  '/staff/admin/service/2/inspection/1': ALL,
};
/** Forms by address: who may send one at all; everybody else is refused whatever stands in it. */
const POSTS = {
  '/staff/admin/notices/channel/SMS': ['ops', 'admin'],
  '/staff/admin/keys': ['admin'],
  '/staff/admin/keys/1/disable': ['admin'],
  '/staff/admin/keys/1/enable': ['admin'],
  '/staff/admin/notices/1/retry': ['ops', 'admin'],
  '/staff/admin/notices/1/drop': ['ops', 'admin'],
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
  '/staff/admin/duty/3/add': [...UNIT, 'admin'],
  '/staff/admin/duty/4/add': ['admin'],
  '/staff/admin/duty/3/rotate': [...UNIT, 'admin'],
  '/staff/admin/duty/4/rotate': ['admin'],
  '/staff/admin/duty/3/copy': [...UNIT, 'admin'],
  '/staff/admin/duty/4/copy': ['admin'],
  '/staff/admin/duty/3/SHIFT': [...UNIT, 'admin'],
  '/staff/admin/duty/4/SHIFT': ['admin'],
  '/staff/admin/service/3/rule': UNIT,
  '/staff/admin/service/4/rule': [],
  '/staff/admin/service/3/rule/1': UNIT,
  '/staff/admin/service/4/rule/1': [],
  '/staff/admin/service/3/inspection': UNIT,
  '/staff/admin/service/3/inspection/1': UNIT,
  '/staff/admin/service/2/inspection/1': [],
};

const ids = {};
async function address(where) {
  if (where.endsWith('/SMS')) return where.toLowerCase();
  const login = /[A-Z]+/.exec(where)?.[0];
  if (login === 'SHIFT') ids.SHIFT ??= (await sql(`SELECT MAX(id) FROM duty WHERE unit_id = ${PIPELINE}`))[0][0];
  else if (login) ids[login] ??= (await sql(`SELECT id FROM staff WHERE login = '${login.toLowerCase()}'`))[0][0];
  return login ? where.replace(login, ids[login]) : where;
}

test('each page of the administration opens for its roles and for nobody else', async () => {
  for (const [pattern, roles] of Object.entries(PAGES)) {
    const where = await address(pattern);
    for (const [role, visitor] of Object.entries(who)) {
      const { status } = await visitor.get(where);
      assert.ok(roles.includes(role) ? [200, 303, 404].includes(status) : status === 403, `${where} as ${role}: ${status}`);
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
      if (roles.includes(role)) assert.ok([200, 303, 400, 404, 422].includes(status), `${where} as ${role}: ${status}`);
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
  const fields = { ...form, code: 'plant', name_zh: '制水厂', name_en: 'Waterworks', sort: '100' };
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

// ---------------------------------------------------------------- duty (Art. 12)

const CONSTRUCTION = 7;
const duty = (unit) => `/staff/admin/duty/${unit}`;
/** Empties a unit's roster from now on, so that a test begins with nothing. */
const clear = (unit) => sql(`DELETE FROM duty WHERE unit_id = ${unit} AND ends_at > FROM_UNIXTIME(${now() / 1000})`);
const idOf = async (login) => (await sql(`SELECT id FROM staff WHERE login = '${login}'`))[0][0];
const shifts = (unit) => sql(`SELECT s.login, d.starts_at, d.ends_at, d.id FROM duty d JOIN staff s ON s.id = d.staff_id WHERE d.unit_id = ${unit} AND d.ends_at > FROM_UNIXTIME(${now() / 1000}) ORDER BY d.starts_at, d.id`);
const hour = 3600000;
const nextHour = () => Math.ceil(now() / hour) * hour;

/** Everybody's roster is full from now on, but for one night of the construction unit. */
async function openOneNight() {
  const day = 24 * hour;
  const night = Math.floor((now() + 8 * hour) / day) * day + 2 * day + 12 * hour; // 20:00 on the wall clock
  const at = (ms) => `'${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}'`;
  const add = (unit, login, from, to) => sql(`INSERT INTO duty (unit_id, staff_id, starts_at, ends_at, created_by, created_at) SELECT ${unit}, id, ${at(from)}, ${at(to)}, id, ${at(now())} FROM staff WHERE login = '${login}'`);
  await clear(CONSTRUCTION);
  await add(CONSTRUCTION, 'zhoubin', now() - hour, night);
  await add(CONSTRUCTION, 'zhoubin', night + 12 * hour, night + 20 * day);
  for (const [unit, login] of [[2, 'liuyang'], [3, 'lina'], [4, 'matao'], [5, 'songli'], [6, 'chenjing']]) await add(unit, login, now() - hour, now() + 20 * day);
}

test('art12 ops sees the uncovered hours of every unit, the unit its own, and both a warning on the first page', async () => {
  await openOneNight();
  const all = wordsOf((await who.ops.get('/staff/admin/duty')).text);
  assert.match(all, /看今后 7 天/);
  assert.match(all, /施工\S* 周斌 12 小时/, 'one night is open');
  assert.match(all, /供水稽查支队 马涛 已排满/);
  assert.match(wordsOf((await who.ops.get('/staff/admin/')).text), /有 1 个单位的值班没有排满，共缺 12 小时/);
  const zhoubin = await staff('zhoubin');
  const own = wordsOf((await zhoubin.get(duty(CONSTRUCTION))).text);
  assert.match(own, /今后 7 天内无人值班的时间共 12 小时 .*20:00 – .*08:00 \(12 小时\)/);
  assert.match(wordsOf((await zhoubin.get('/staff/admin/')).text), /本单位的值班没有排满，共缺 12 小时/);
  assert.doesNotMatch(wordsOf((await who.liaison.get('/staff/admin/')).text), /没有排满/);
});

test('art12 one shift is added, fills the open night, and the warning is gone', async () => {
  const zhoubin = await staff('zhoubin');
  const [, from, to] = /datetime="([^"]*)">[^<]*<\/time> – <time datetime="([^"]*)"/.exec((await zhoubin.get(duty(CONSTRUCTION))).text);
  const answer = await zhoubin.submit(duty(CONSTRUCTION), `${duty(CONSTRUCTION)}/add`, { staff: await idOf('zhoubin'), from: from.slice(0, 16), to: to.slice(0, 16) });
  assert.deepEqual([answer.status, answer.header('location')], [303, `${duty(CONSTRUCTION)}?done=1`]);
  assert.match(wordsOf((await zhoubin.get(duty(CONSTRUCTION))).text), /今后 7 天每个小时都有人值班/);
  assert.doesNotMatch(wordsOf((await who.ops.get('/staff/admin/')).text), /没有排满/);
  assert.match((await sql("SELECT detail FROM audit WHERE what = 'duty_add' ORDER BY id DESC LIMIT 1"))[0][0], /^1: \d{4}-/);
});

test('art12 people take turns for a fortnight without an uncovered hour, once however often it is sent', async () => {
  await clear(PIPELINE);
  const start = nextHour();
  const form = formOf((await who.liaison.get(duty(PIPELINE))).text, '/rotate');
  for (let turn = 1; turn <= 6; turn++) delete form[`turn_${turn}`];
  const fields = { ...form, turn_1: await idOf('zhaowei'), turn_2: await idOf('lina'), turn_3: await idOf('lina'), first: local(start), shift_hours: '12', days: '14' };
  const answers = await Promise.all([1, 2, 3].map(() => who.liaison.post(`${duty(PIPELINE)}/rotate`, fields)));
  assert.deepEqual(answers.map(({ status }) => status), [303, 303, 303]);
  const rows = await shifts(PIPELINE);
  assert.equal(rows.length, 28);
  assert.deepEqual(rows.slice(0, 4).map(([login]) => login), ['zhaowei', 'lina', 'lina', 'zhaowei']);
  for (let i = 1; i < rows.length; i++) assert.equal(rows[i][1], rows[i - 1][2], 'each begins where the one before ends');
  const gap = wordsOf((await who.liaison.get(duty(PIPELINE))).text);
  assert.match(gap, /无人值班的时间共 \d+ 分钟|每个小时都有人值班/, 'at most until the first shift begins');
});

test('art12 a week is repeated; what stands already is not doubled', async () => {
  const [[, first]] = await shifts(PIPELINE);
  const day = new Date(new Date(`${first}Z`).getTime() + 8 * hour).toISOString().slice(0, 10);
  assert.equal((await who.unit_leader.submit(duty(PIPELINE), `${duty(PIPELINE)}/copy`, { week: day, weeks: '3' })).status, 303);
  const rows = await shifts(PIPELINE);
  const times = new Set(rows.map(([login, from, to]) => `${login} ${from} ${to}`));
  assert.equal(times.size, rows.length, 'nothing twice');
  const again = await who.unit_leader.submit(duty(PIPELINE), `${duty(PIPELINE)}/copy`, { week: day, weeks: '3' });
  assert.deepEqual([again.status, errorOf(again.text, 'week')], [422, '这一周没有可以照排的班，或后面已经排好']);
  assert.equal((await shifts(PIPELINE)).length, rows.length);
});

test('art12 overlapping shifts are allowed and marked', async () => {
  const from = nextHour() + 5 * 24 * hour;
  assert.equal((await who.liaison.submit(duty(PIPELINE), `${duty(PIPELINE)}/add`, { staff: await idOf('lina'), from: local(from), to: local(from + hour) })).status, 303);
  assert.match(wordsOf((await who.liaison.get(duty(PIPELINE))).text), /李娜 时间重叠/);
});

test('art12 a coming shift is cancelled or ended early; a running one only ended; the loser of a race is told', async () => {
  await clear(PIPELINE);
  const start = nextHour();
  const lina = await idOf('lina');
  const add = (from, to) => who.liaison.submit(duty(PIPELINE), `${duty(PIPELINE)}/add`, { staff: lina, from: local(from), to: local(to) });
  for (const [from, to] of [[now() - 10 * 60000, start + 4 * hour], [start + 4 * hour, start + 8 * hour], [start + 8 * hour, start + 12 * hour]]) assert.equal((await add(from, to)).status, 303);
  const [running, coming, last] = (await shifts(PIPELINE)).map(([, , , id]) => `${duty(PIPELINE)}/${id}`);

  const seen = formOf((await who.unit_leader.get(coming)).text, coming);
  assert.equal((await who.liaison.submit(coming, coming, { end_at: local(start + 6 * hour) })).status, 303);
  const lost = await who.unit_leader.post(coming, { ...seen, end_at: local(start + 5 * hour) });
  assert.equal(lost.status, 409);
  assert.match(wordsOf(lost.text), /别人已经修改过/);
  assert.equal(formOf(lost.text, coming).end_at, local(start + 5 * hour), 'what was typed is kept');

  const { seen: stamp, token } = formOf((await who.liaison.get(last)).text, last);
  const remove = { seen: stamp, token, key: 'a'.repeat(32), remove: '1' };
  assert.deepEqual([(await who.liaison.post(last, remove)).status, (await who.liaison.post(last, remove)).status], [303, 303]);
  assert.equal((await shifts(PIPELINE)).length, 2);

  const form = formOf((await who.liaison.get(running)).text, running);
  const refused = await who.liaison.post(running, { ...form, remove: '1' });
  assert.deepEqual([refused.status, errorOf(refused.text, 'end_at')], [422, '班已经开始，只能提前结束']);
  for (const [end, words] of [[now() - 5 * 60000, '不能早于现在'], [start + 9 * hour, '要在开始之后、原来的结束之前'], ['x', null]]) {
    const wrong = await who.liaison.submit(running, running, { end_at: typeof end === 'string' ? end : local(end) });
    assert.equal(wrong.status, 422);
    if (words) assert.equal(errorOf(wrong.text, 'end_at'), words);
  }
  assert.equal((await who.liaison.submit(running, running, { end_at: local(now() + 5 * 60000) })).status, 303);
});

test('bad input for the roster stands beside its field and changes nothing', async () => {
  await clear(PIPELINE);
  const lina = await idOf('lina'), matao = await idOf('matao'), crew = await idOf('sunqiang');
  const ok = { staff: lina, from: local(nextHour()), to: local(nextHour() + 12 * hour) };
  const cases = [
    ['add', { ...ok, staff: matao }, 'staff'], ['add', { ...ok, staff: crew }, 'staff'], ['add', { ...ok, staff: '999999' }, 'staff'],
    ['add', { ...ok, from: local(now() - 2 * hour) }, 'from'], ['add', { ...ok, from: local(now() + 400 * 24 * hour), to: local(now() + 401 * 24 * hour) }, 'from'],
    ['add', { ...ok, to: ok.from }, 'to'], ['add', { ...ok, to: local(nextHour() + 32 * 24 * hour) }, 'to'], ['add', { ...ok, to: '明天' }, 'to'],
    ['rotate', { turn_1: matao }, 'turn_1'], ['rotate', { turn_1: '' }, 'turn_1'], ['rotate', { turn_1: lina, shift_hours: '9' }, 'shift_hours'],
    ['rotate', { turn_1: lina, days: '63' }, 'days'], ['rotate', { turn_1: lina, days: '0' }, 'days'], ['rotate', { turn_1: lina, first: '' }, 'first'],
    ['copy', { week: '2026-02-30' }, 'week'], ['copy', { week: '1999-01-01' }, 'week'], ['copy', { weeks: '9' }, 'weeks'],
  ];
  for (const [form, fields, field] of cases) {
    const { status, text } = await who.liaison.submit(duty(PIPELINE), `${duty(PIPELINE)}/${form}`, fields);
    assert.deepEqual([status, errorOf(text, field) !== null], [422, true], `${form} ${JSON.stringify(fields)} ${wordsOf(text).slice(0, 300)}`);
    const kept = formOf(text, `/${form}`);
    for (const [name, value] of Object.entries(fields)) if (!['staff', 'turn_1', 'shift_hours'].includes(name)) assert.equal(kept[name], value, `${form} keeps ${name}`);
  }
  assert.equal((await shifts(PIPELINE)).length, 0);
  for (const where of [`${duty(PIPELINE)}/999999`, `${duty(PIPELINE)}/x`, `${duty(999)}`, `${duty(PIPELINE)}/${(await sql('SELECT MIN(id) FROM duty WHERE unit_id = 4'))[0][0]}`]) assert.equal((await who.admin.get(where)).status, 404, where);
});

// ---------------------------------------------------------------- calls that were not answered (Art. 34(1))

test('art34_1 a failed call stands in the list with time, number and who was on duty then', async () => {
  await clear(PIPELINE);
  const lina = await idOf('lina');
  assert.equal((await who.liaison.submit(duty(PIPELINE), `${duty(PIPELINE)}/add`, { staff: lina, from: local(now() - 60000), to: local(now() + 3 * hour) })).status, 303);
  const filed = await who.operator.submit('/staff/ticket/new', '/staff/ticket/new', { category: '3', place: '明珠花园5号楼东侧', phone: '13906350199', words: '路面冒水' });
  const number = /SN\d{6}-\d{8}/.exec(filed.header('location'))[0];
  const ticket = `/staff/ticket/${number}`;
  assert.equal((await who.ops.submit(ticket, `${ticket}/dispatch`, { unit: String(PIPELINE) })).status, 303);
  assert.equal((await who.ops.submit(ticket, `${ticket}/failed-call`, { words: '连打三次无人接听' })).status, 303);
  const [[masked]] = await sql("SELECT phone_masked FROM staff WHERE login = 'lina'");
  const list = wordsOf((await who.ops.get('/staff/admin/calls')).text);
  assert.ok(list.includes(`供水管道管理部门 ${masked} 李娜 ${number} 王磊`), list.slice(0, 600));
  assert.ok(wordsOf((await who.liaison.get('/staff/admin/calls')).text).includes(number), 'the unit sees its own');
  const matao = await staff('matao');
  assert.ok(!wordsOf((await matao.get('/staff/admin/calls')).text).includes(number), 'and no other unit does');
  assert.equal((await matao.get(`/staff/admin/calls?unit=${PIPELINE}`)).status, 200);
  assert.ok(!wordsOf((await matao.get(`/staff/admin/calls?unit=${PIPELINE}`)).text).includes(number), 'whatever it asks for');
  for (const query of ['before=x', 'before=1-1', 'before=1-1.0', 'before=.1', 'who=1']) assert.equal((await who.ops.get(`/staff/admin/calls?${query}`)).status, 400, query);
});

// ---------------------------------------------------------------- service rules and inspections (Art. 4)

const service = '/staff/admin/service/3';
const today = () => local(now()).slice(0, 10);
const inDays = (days) => local(now() + days * 24 * hour).slice(0, 10);

test('art4 a unit writes its service rules; a newer version replaces one, the earlier ones stay to be read', async () => {
  const added = await who.unit_leader.submit(`${service}/rule`, `${service}/rule`, { title: '夜间抢修须知', body: '先停水\n后开挖', effective_from: today() });
  assert.deepEqual([added.status, added.header('location')], [303, `${service}?done=1`]);
  const [[no]] = await sql("SELECT rule_no FROM service_rule WHERE title = '夜间抢修须知'");
  const where = `${service}/rule/${no}`;
  const form = formOf((await who.liaison.get(where)).text, where);
  assert.equal((await who.unit_leader.submit(where, where, { body: '先通知\n后停水', effective_from: inDays(3) })).status, 303);
  const page = wordsOf((await who.ops.get(where)).text);
  assert.match(page, /版本 2 · 夜间抢修须知 将生效 .*先通知 后停水 版本 1 · 夜间抢修须知 现行 .*先停水 后开挖/);
  const lost = await who.liaison.post(where, { ...form, body: '我写的', effective_from: inDays(5) });
  assert.equal(lost.status, 409);
  assert.match(wordsOf(lost.text), /别人已经修改过.*内容 先通知 后停水/);
  assert.equal(formOf(lost.text, where).body, '我写的');
  assert.equal((await who.liaison.post(where, { ...formOf(lost.text, where), is_ended: '1' })).status, 303);
  assert.match(wordsOf((await who.ops.get(service)).text), /夜间抢修须知 \S+ 已废止 3/);
  assert.equal((await sql(`SELECT COUNT(*) FROM service_rule WHERE unit_id = 3 AND rule_no = ${no}`))[0][0], '3');
});

test('art4 a unit records its inspections; ops sees what is overdue; what was written stays', async () => {
  const fields = { held_on: today(), inspector: '赵伟', what: '夜班到岗', finding: '一人迟到', result: '2', follow_up_due: inDays(2) };
  assert.equal((await who.liaison.submit(`${service}/inspection`, `${service}/inspection`, fields)).status, 303);
  const [[no]] = await sql("SELECT inspection_no FROM inspection WHERE what = '夜班到岗'");
  const where = `${service}/inspection/${no}`;
  assert.match(wordsOf((await who.ops.get('/staff/admin/service')).text), new RegExp(`供水管道管理部门 \\d+ ${today()} 0`));
  wait(3 * 24 * 60);
  who.ops = await staff('wanglei');
  who.unit_leader = await staff('zhaowei');
  assert.match(wordsOf((await who.ops.get('/staff/admin/service')).text), /供水管道管理部门 \d+ \S+ 1/);
  assert.match(wordsOf((await who.ops.get(service)).text), /夜班到岗 赵伟 需要整改 \S+ 逾期/);
  assert.equal((await who.unit_leader.submit(where, where, { followed_up_on: today() })).status, 303);
  assert.match(wordsOf((await who.ops.get('/staff/admin/service')).text), /供水管道管理部门 \d+ \S+ 0/);
  assert.match(wordsOf((await who.ops.get(where)).text), /版本 2 .*版本 1 /);
});

test('bad input for a rule or an inspection stands beside its field and changes nothing', async () => {
  const [[before]] = await sql('SELECT (SELECT COUNT(*) FROM service_rule) + (SELECT COUNT(*) FROM inspection)');
  const rule = { title: '标题', body: '内容', effective_from: today() };
  const record = { held_on: today(), inspector: '赵伟', what: '内容', finding: '发现', result: '1' };
  const cases = [
    ['rule', { ...rule, title: '' }, 'title'], ['rule', { ...rule, body: '' }, 'body'], ['rule', { ...rule, body: '字'.repeat(4001) }, 'body'],
    ['rule', { ...rule, effective_from: '2026-02-30' }, 'effective_from'], ['rule', { ...rule, effective_from: inDays(400) }, 'effective_from'],
    ['rule/1', { effective_from: '2001-01-01' }, 'effective_from'],
    ['inspection', { ...record, held_on: inDays(1) }, 'held_on'], ['inspection', { ...record, held_on: '' }, 'held_on'], ['inspection', { ...record, inspector: '' }, 'inspector'],
    ['inspection', { ...record, result: '2' }, 'follow_up_due'], ['inspection', { ...record, result: '9' }, 'result'],
    ['inspection', { ...record, follow_up_due: inDays(-1) }, 'follow_up_due'], ['inspection', { ...record, followed_up_on: inDays(1) }, 'followed_up_on'],
    ['inspection', { ...record, finding: '字'.repeat(1001) }, 'finding'],
  ];
  for (const [form, fields, field] of cases) {
    const { status, text } = await who.liaison.submit(`${service}/${form}`, `${service}/${form}`, fields);
    assert.deepEqual([status, errorOf(text, field) !== null], [422, true], `${form} ${JSON.stringify(fields).slice(0, 200)} ${wordsOf(text).slice(0, 300)}`);
    for (const [name, value] of Object.entries(fields)) if (name !== 'result') assert.equal(formOf(text, `/${form}`)[name], value, name);
  }
  for (const where of [`${service}/rule/99`, `${service}/rule/x`, `${service}/inspection/99`, '/staff/admin/service/999']) assert.equal((await who.ops.get(where)).status, 404, where);
  assert.equal((await who.liaison.submit(`${service}/rule`, `${service}/rule`, { ...rule, version: '1' })).status, 400);
  for (const where of [`${service}/rule/1`, `${service}/inspection/1`]) assert.equal((await who.liaison.submit(where, where, { version: '999' })).status, 409, 'a version that nobody saw');
  assert.deepEqual(await sql('SELECT (SELECT COUNT(*) FROM service_rule) + (SELECT COUNT(*) FROM inspection)'), [[before]]);
});
