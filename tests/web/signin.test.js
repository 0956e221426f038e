// Signing in: who gets in, who does not and learns nothing from it, and when a session ends (controls.md E and F).
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { Visitor, staff, passwords, sql, shuinuo, wait, formOf, wordsOf, errorOf } = require('./staff_client.js');

const WAIT = /15 分钟/;
const isIn = async (visitor) => (await visitor.get('/staff/ticket/')).status === 200;
const failures = async () => Number((await sql("SELECT COUNT(*) FROM audit WHERE what = 'sign_in_failed'"))[0][0]);
let addresses = 0;
const freshAddress = () => `198.51.100.${++addresses}`;

/** Somebody new with a password of their own. */
async function newcomer(login, password = 'the river runs by the old tower', roles = 'operator') {
  const { code, err } = await shuinuo(['user', 'add', login, '测试', 'ops', roles], `${password}\n`);
  assert.equal(code, 0, err);
  await sql(`UPDATE credential c JOIN staff s ON s.id = c.staff_id SET c.must_change = 0 WHERE s.login = '${login}'`);
  return password;
}

// ---------------------------------------------------------------- getting in

test('the right password opens the desk, with a cookie that scripts and other sites cannot use', async () => {
  const visitor = new Visitor();
  const before = await visitor.get('/staff/ticket/');
  assert.equal(before.status, 303);
  assert.equal(before.header('location'), '/staff/signin?to=%2Fstaff%2Fticket%2F');
  const answer = await visitor.signIn('wanglei');
  assert.equal(answer.status, 303);
  assert.equal(answer.header('location'), '/staff/ticket/');
  const cookie = answer.set.find((line) => line.startsWith('sn_staff='));
  assert.match(cookie, /^sn_staff=[0-9a-f]{64}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
  assert.ok(await isIn(visitor));
});

test('the token is stored as a hash only', async () => {
  const visitor = await staff('wanglei');
  const token = visitor.cookies.get('sn_staff');
  const [[plain]] = await sql(`SELECT COUNT(*) FROM session WHERE token_hash = UNHEX('${token}')`);
  assert.equal(plain, '0');
  const [[open]] = await sql("SELECT COUNT(*) FROM session s JOIN staff t ON t.id = s.staff_id WHERE t.login = 'wanglei' AND s.ended_at IS NULL");
  assert.ok(Number(open) >= 1);
});

test('after signing in one is where one wanted to go, and never elsewhere', async () => {
  const cases = [
    ['/staff/ticket/new', '/staff/ticket/new'],
    ['/staff/ticket/?view=late', '/staff/ticket/?view=late'],
    ...['//evil.example/', '/\\evil.example', 'https://evil.example/', '/staff/../evil', '/staff//evil', '/complaint/', '/staff/x\r\ny', '/staff/signin/password', 'javascript:alert(1)']
      .map((to) => [to, '/staff/ticket/']),
  ];
  for (const [to, want] of cases) {
    const answer = await new Visitor().submit('/staff/signin', '/staff/signin', { login: 'wanglei', password: passwords().wanglei, to });
    assert.equal(answer.status, 303, to);
    assert.equal(answer.header('location'), want, to);
  }
});

test('the login name may be typed in capitals, full-width and with spaces around it', async () => {
  for (const login of ['WangLei', ' wanglei ', 'ｗａｎｇｌｅｉ']) assert.equal((await new Visitor().signIn(login, passwords().wanglei)).status, 303, login);
});

test('who has no desk signs in and is shown the own account, and where to register a report', async () => {
  for (const login of ['heping', 'admin']) {
    const visitor = new Visitor();
    const { status, header } = await visitor.signIn(login);
    assert.deepEqual([status, header('location')], [303, login === 'admin' ? '/staff/admin/' : '/staff/discipline/']);
    const account = await visitor.get('/staff/signin');
    assert.equal(account.status, 200);
    assert.match(wordsOf(account.text), /不使用工单台，但可以替居民登记来件/);
    assert.match(account.text, /<a class="button" href="[^"]*\/staff\/ticket\/new">/);
  }
});

// ---------------------------------------------------------------- not getting in

test('an unknown name, a wrong password and a disabled person get the same page', async () => {
  await newcomer('sleeper', 'a long sentence of my own');
  await sql("UPDATE staff SET is_active = 0 WHERE login = 'sleeper'");
  const pages = [];
  for (const [login, password] of [['nobodyy', 'wrong password'], ['wanglei', 'wrong password'], ['sleeper', 'a long sentence of my own']]) {
    const visitor = new Visitor(freshAddress());
    const { status, text, set } = await visitor.signIn(login, password);
    assert.equal(status, 422);
    assert.equal(errorOf(text, 'password'), '登录名或密码不对');
    assert.ok(!set.some((line) => line.startsWith('sn_staff=')));
    assert.ok(!text.includes(password), 'a password never comes back');
    pages.push(text.replaceAll(login, 'LOGIN').replace(/name="(token|key)" value="[^"]*"/g, ''));
  }
  assert.equal(pages[0], pages[1]);
  assert.equal(pages[1], pages[2]);
});

test('what cannot be a name or a password is said beside the field, and the name is kept', async () => {
  const cases = [
    [{ login: '', password: 'x' }, 'login', '请输入登录名'],
    [{ login: 'wanglei', password: '' }, 'password', '请输入密码'],
    [{ login: 'a'.repeat(41), password: 'x' }, 'login', '最多 40 字，现在有 41 字'],
    [{ login: 'wang\u0007lei', password: 'x' }, 'login', '这里有看不见的控制字符，请删掉后重新输入'],
    [{ login: 'wanglei', password: 'x'.repeat(129) }, 'password', '登录名或密码不对'],
  ];
  for (const [fields, field, words] of cases) {
    const { status, text } = await new Visitor(freshAddress()).submit('/staff/signin', '/staff/signin', fields);
    assert.equal(status, 422, words);
    assert.equal(errorOf(text, field), words);
    if (field !== 'login') assert.match(text, /name="login"[^>]*value="wanglei"/);
  }
});

test('fields that the form does not have, or has once, are refused', async () => {
  const visitor = new Visitor();
  const { token } = formOf((await visitor.get('/staff/signin')).text, '/staff/signin');
  const good = `token=${encodeURIComponent(token)}&login=wanglei&password=${passwords().wanglei}`;
  for (const body of [`${good}&roles=255`, `${good}&login=lina`, `${good}&password=x`, `${good}&to=%ff`]) {
    assert.equal((await visitor.post('/staff/signin', body)).status, 400, body);
  }
  assert.equal((await visitor.post('/staff/signin?login=lina', good)).status, 400);
});

// ---------------------------------------------------------------- guessing

test('after five wrong guesses the guesser waits, also with the right password, and is told so', async () => {
  const password = await newcomer('guessed');
  const address = freshAddress();
  const guesser = new Visitor(address);
  for (let i = 0; i < 5; i++) assert.equal((await guesser.signIn('guessed', `guess ${i}`)).status, 422);
  for (const typed of ['guess 5', password]) {
    const { status, text, header } = await guesser.signIn('guessed', typed);
    assert.equal(status, 429);
    assert.equal(header('retry-after'), '900');
    assert.match(errorOf(text, 'password'), WAIT);
    assert.match(text, /name="login"[^>]*value="guessed"/);
  }
  assert.equal((await new Visitor(freshAddress()).signIn('guessed', password)).status, 303, 'the right person, from another address');
  assert.equal((await new Visitor(address).signIn('lina')).status, 303, 'and another person from this address');
  wait(16);
  assert.equal((await guesser.signIn('guessed', password)).status, 303, 'nobody is locked out');
});

test('a name that nobody has is slowed in the same way', async () => {
  const guesser = new Visitor(freshAddress());
  for (let i = 0; i < 5; i++) assert.equal((await guesser.signIn('no-such-person', `guess ${i}`)).status, 422);
  assert.equal((await guesser.signIn('no-such-person', 'guess 5')).status, 429);
});

test('whoever goes on guessing waits longer', async () => {
  await newcomer('stubborn');
  const guesser = new Visitor(freshAddress());
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 5; i++) assert.equal((await guesser.signIn('stubborn', `guess ${i}`)).status, 422);
    wait(16);
  }
  for (let i = 0; i < 2; i++) assert.equal((await guesser.signIn('stubborn', `guess ${i}`)).status, 422);
  assert.equal((await guesser.signIn('stubborn', 'guess')).status, 429, 'twelve in an hour');
  wait(16);
  assert.equal((await guesser.signIn('stubborn', 'guess')).status, 429, 'a quarter of an hour is not enough now');
  wait(46);
  assert.equal((await guesser.signIn('stubborn', 'guess')).status, 422);
});

test('of many guesses at once no more than five are looked at', async () => {
  const password = await newcomer('hurried');
  const address = freshAddress();
  const visitors = await Promise.all(Array.from({ length: 24 }, async () => {
    const visitor = new Visitor(address);
    return [visitor, formOf((await visitor.get('/staff/signin')).text, '/staff/signin')];
  }));
  const before = await failures();
  const answers = await Promise.all(visitors.map(([visitor, form], i) => visitor.post('/staff/signin', { ...form, login: 'hurried', password: `guess ${i}` })));
  const statuses = answers.map((answer) => answer.status);
  assert.ok(statuses.every((status) => status === 422 || status === 429), String(statuses));
  assert.ok((await failures()) - before <= 5, 'looked at');
  assert.equal((await new Visitor(freshAddress()).signIn('hurried', password)).status, 303);
});

test('a browser known from before gets in while others guess from the same address', async () => {
  const password = await newcomer('neighbour');
  const address = freshAddress();
  const own = new Visitor(address);
  assert.equal((await own.signIn('neighbour', password)).status, 303);
  const guesser = new Visitor(address);
  for (let i = 0; i < 6; i++) await guesser.signIn('neighbour', `guess ${i}`);
  assert.equal((await guesser.signIn('neighbour', password)).status, 429);
  own.cookies.delete('sn_staff');
  assert.equal((await own.signIn('neighbour', password)).status, 303);
  const forged = new Visitor(address);
  forged.cookies.set('sn_known', 'ab'.repeat(48));
  assert.equal((await forged.signIn('neighbour', password)).status, 429, 'a forged cookie does not help');
});

test('headers that name another address change nothing', async () => {
  await newcomer('headered');
  const address = freshAddress();
  for (let i = 0; i < 5; i++) await new Visitor(address).signIn('headered', `guess ${i}`);
  for (const name of ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'X_Forwarded_For', 'Client-IP']) {
    const visitor = new Visitor(address);
    const form = formOf((await visitor.get('/staff/signin')).text, '/staff/signin');
    assert.equal((await visitor.post('/staff/signin', { ...form, login: 'headered', password: 'guess' }, { [name]: '203.0.113.9' })).status, 429, name);
  }
});

test('many right sign-ins in a row are no guesses', async () => {
  const address = freshAddress();
  for (let i = 0; i < 8; i++) assert.equal((await new Visitor(address).signIn('lina')).status, 303);
});

test('many at once are answered, either let in or asked to come back in seconds', async () => {
  const answers = await Promise.all(Array.from({ length: 16 }, () => new Visitor(freshAddress()).signIn('lina')));
  const statuses = answers.map((answer) => answer.status);
  assert.ok(statuses.every((status) => status === 303 || status === 503), String(statuses));
  assert.ok(statuses.includes(303));
});

// ---------------------------------------------------------------- sessions

test('a session that the visitor brings along is not taken over, and the old one ends at a new sign-in', async () => {
  const planted = 'ab'.repeat(32);
  const visitor = new Visitor();
  visitor.cookies.set('sn_staff', planted);
  assert.equal((await visitor.signIn('wanglei')).status, 303);
  const first = visitor.cookies.get('sn_staff');
  assert.notEqual(first, planted);
  assert.ok(await isIn(visitor));

  // Somebody else signs in on the same machine without signing out.
  const { token } = formOf((await visitor.get('/staff/signin')).text, '/staff/signout');
  assert.equal((await visitor.post('/staff/signin', { token, login: 'lina', password: passwords().lina })).status, 303);
  assert.notEqual(visitor.cookies.get('sn_staff'), first);
  const thief = new Visitor();
  thief.cookies.set('sn_staff', first);
  assert.ok(!(await isIn(thief)), 'the session of the person before is over');
});

test('signing out ends the session at once, clears the browser, and needs the token', async () => {
  const visitor = await staff('wanglei');
  const token = visitor.cookies.get('sn_staff');
  assert.equal((await visitor.post('/staff/signout', {})).status, 403);
  assert.ok(await isIn(visitor), 'still in without a token');
  const answer = await visitor.submit('/staff/ticket/', '/staff/signout');
  assert.equal(answer.status, 303);
  assert.match(answer.header('clear-site-data'), /"cache"/);
  assert.ok(!visitor.cookies.has('sn_staff'));
  visitor.cookies.set('sn_staff', token);
  assert.ok(!(await isIn(visitor)));
  const [[count]] = await sql("SELECT COUNT(*) FROM audit WHERE what = 'sign_out'");
  assert.ok(Number(count) >= 1);
});

test('a disabled person is out with the next click, and rights are those of this moment', async () => {
  const password = await newcomer('passing');
  const visitor = new Visitor();
  await visitor.signIn('passing', password);
  assert.ok(await isIn(visitor));
  await sql("UPDATE staff SET roles = 512 WHERE login = 'passing'");
  assert.equal((await visitor.get('/staff/ticket/handover/')).status, 403);
  await sql("UPDATE staff SET roles = 4, is_active = 0 WHERE login = 'passing'");
  assert.equal((await visitor.get('/staff/ticket/')).status, 303);
});

test('an idle session ends after half an hour, a busy one after ten hours', async () => {
  const idle = await staff('wanglei');
  const busy = await staff('lina');
  wait(29);
  assert.ok(await isIn(busy));
  wait(2);
  assert.ok(!(await isIn(idle)));
  for (let minutes = 31; minutes < 575; minutes += 25) {
    wait(25);
    assert.ok(await isIn(busy), `after ${minutes} minutes`);
  }
  wait(28);
  assert.ok(!(await isIn(busy)));
});

test('a token of another visitor, of none, or from another site is refused and nothing is changed', async () => {
  const other = formOf((await new Visitor().get('/staff/signin')).text, '/staff/signin');
  const visitor = new Visitor();
  await visitor.get('/staff/signin');
  for (const token of [other.token, '', 'x'.repeat(60)]) {
    const answer = await visitor.post('/staff/signin', { token, login: 'wanglei', password: passwords().wanglei });
    assert.equal(answer.status, 403);
    assert.ok(!visitor.cookies.has('sn_staff'));
  }
  const form = formOf((await visitor.get('/staff/signin')).text, '/staff/signin');
  for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
    assert.equal((await visitor.post('/staff/signin', { ...form, login: 'wanglei', password: passwords().wanglei }, headers)).status, 403);
  }
});

// ---------------------------------------------------------------- passwords

test('whoever got a password from somebody else chooses an own one before anything else', async () => {
  const given = 'handed over on a slip of paper';
  assert.equal((await shuinuo(['user', 'add', 'freshman', '新人', 'ops', 'operator'], `${given}\n`)).code, 0);
  const visitor = new Visitor(freshAddress());
  const first = await visitor.signIn('freshman', given);
  assert.equal(first.status, 200);
  assert.match(wordsOf(first.text), /请先换成只有您知道的密码/);
  assert.ok(!visitor.cookies.has('sn_staff'), 'no session yet');
  const form = formOf(first.text, '/staff/signin/password');
  assert.equal(form.login, 'freshman');
  const answer = await visitor.post('/staff/signin/password', { ...form, password: given, chosen: 'my own words for the river', again: 'my own words for the river' });
  assert.equal(answer.status, 303);
  assert.ok(visitor.cookies.has('sn_staff'));
  assert.equal((await visitor.get('/staff/signin')).status, 200);
  assert.equal((await new Visitor(freshAddress()).signIn('freshman', given)).status, 422, 'the old one is dead');
  assert.equal((await new Visitor(freshAddress()).signIn('freshman', 'my own words for the river')).status, 303);
});

test('a change asks the old password, refuses weak new ones, and signs out everywhere else', async () => {
  const old = await newcomer('changer');
  const here = new Visitor(freshAddress());
  const there = new Visitor(freshAddress());
  await here.signIn('changer', old);
  await there.signIn('changer', old);
  const change = (fields) => here.submit('/staff/signin/password', '/staff/signin/password', fields);
  const good = 'water under the second bridge';
  const cases = [
    [{ password: '', chosen: good, again: good }, 'password', '请输入现在的密码'],
    [{ password: old, chosen: 'short', again: 'short' }, 'chosen', '新密码太短'],
    [{ password: old, chosen: '密'.repeat(129), again: 'x' }, 'chosen', '密码最多 128 个字'],
    [{ password: old, chosen: 'password1234', again: 'password1234' }, 'chosen', '这个密码太容易猜到，请换一个'],
    [{ password: old, chosen: old, again: old }, 'chosen', '新密码要和现在的不一样'],
    [{ password: old, chosen: good, again: `${good}!` }, 'again', '两次输入的新密码不一样'],
    [{ password: 'not it at all', chosen: good, again: good }, 'password', '登录名或密码不对'],
  ];
  for (const [fields, field, words] of cases) {
    const { status, text } = await change(fields);
    assert.equal(status, 422, words);
    assert.equal(errorOf(text, field), words);
    for (const secret of [old, good]) assert.ok(!text.includes(secret), 'no password comes back');
  }
  const before = here.cookies.get('sn_staff');
  assert.equal((await change({ password: old, chosen: good, again: good })).status, 303);
  assert.notEqual(here.cookies.get('sn_staff'), before, 'a new token');
  assert.ok(await isIn(here));
  assert.ok(!(await isIn(there)));
  assert.equal((await new Visitor(freshAddress()).signIn('changer', good)).status, 303);
});

test('long passwords, spaces and every character are fine', async () => {
  const row = (start, step, length) => Array.from({ length }, (_, i) => String.fromCodePoint(start + i * step)).join('');
  for (const [i, password] of ['  spaces around the sentence  ', row(0x6c34, 7, 128), row(0x1f30a, 3, 20), 'a"<b>&\'%0a;--\\$(x)'].entries()) {
    await newcomer(`typed${i}`, password);
    assert.equal((await new Visitor(freshAddress()).signIn(`typed${i}`, password)).status, 303, password);
  }
});

// ---------------------------------------------------------------- the record

test('successes and failures are recorded, and what was typed never is', async () => {
  const canary = 'canary-7d1f-typed-into-the-wrong-field';
  const visitor = new Visitor(freshAddress());
  const [[before]] = await sql("SELECT COUNT(*) FROM audit WHERE what = 'sign_in_failed'");
  await visitor.signIn(canary.slice(0, 38), canary);
  await visitor.signIn('wanglei', canary);
  const [[after]] = await sql("SELECT COUNT(*) FROM audit WHERE what = 'sign_in_failed'");
  assert.equal(Number(after) - Number(before), 2);
  const [[leaks]] = await sql("SELECT COUNT(*) FROM audit WHERE detail LIKE '%canary%' OR what LIKE '%canary%'");
  assert.equal(leaks, '0');
  const fs = require('node:fs');
  const path = require('node:path');
  for (const name of ['signin.log', 'nginx.log']) {
    assert.ok(!fs.readFileSync(path.join(process.env.SHUINUO_VAR, 'log', name), 'utf8').includes('canary-7d1f'), name);
  }
});
