/*
 * The page of one assignment on a phone: shut until the settings open it, opened by a link and that person's sign-in together, with
 * the rules of the desk behind each button.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFileSync, spawn } = require('node:child_process');
const fastcgi = require('./fastcgi.js');
const { Visitor, staff, passwords, sql, wait, now, local, formOf, wordsOf, errorOf } = require('./staff_client.js');

const LEAK = 3, LEAK_BY_OTHERS = 4, BEHIND_METER = 8;
const PIPELINE = 3, INSPECTION = 4;
const folder = process.env.SHUINUO_VAR;
const KEY = () => require('node:crypto').randomBytes(16).toString('hex');
const page = (number) => `/staff/ticket/${number}`;

let phones = 0;
async function file(fields = {}) {
  const zhangmin = await staff('zhangmin');
  const answer = await zhangmin.submit('/staff/ticket/new', '/staff/ticket/new', {
    category: LEAK, place: '柳园小区7号楼北侧', phone: `1351635${String(++phones + 2000)}`, name: '赵玉兰', address: '7-1-302', words: '井盖旁冒水', ...fields,
  });
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 600));
  return /SN\d{6}-\d{8}/.exec(answer.header('location'))[0];
}

async function done(who, number, action, fields = {}) {
  const answer = await who.submit(page(number), `${page(number)}/${action}`, fields);
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 400)}`);
}

async function dispatched(fields, unit = PIPELINE) {
  const number = await file(fields);
  await done(await staff('wanglei'), number, 'dispatch', { unit });
  return number;
}

const idOf = async (table, column, value) => Number((await sql(`SELECT id FROM ${table} WHERE ${column} = '${value}'`))[0][0]);
const ticketId = (number) => idOf('ticket', 'number', number);
const staffId = (login) => idOf('staff', 'login', login);
const eventsOf = async (number) => Number((await sql(`SELECT COUNT(*) FROM event WHERE subject_kind = 1 AND subject_id = ${await ticketId(number)}`))[0][0]);

/** Somebody with a desk hands out a link to somebody else's phone. */
async function giveLink(giver, number, login, dispatchNo = 1) {
  const who = `${dispatchNo}-${await staffId(login)}`;
  const answer = await giver.submit(`${page(number)}/link`, `${page(number)}/link`, { who });
  assert.equal(answer.status, 200, wordsOf(answer.text));
  const [, url] = /id="crew-link" href="([^"]+)"/.exec(answer.text);
  return new URL(url).pathname;
}

/** A phone on which somebody signed in. */
async function phone(login, to = '') {
  const visitor = new Visitor();
  const answer = await visitor.submit(`/crew/signin${to && `?to=${encodeURIComponent(to)}`}`, '/crew/signin', { login, password: passwords()[login] });
  assert.equal(answer.status, 303, wordsOf(answer.text));
  visitor.landed = answer.header('location');
  return visitor;
}

const step = (who, job, action, fields) => who.submit(job, `${job}/${action}`, fields);
const stepsOf = (html) => [...html.matchAll(/id="act-([a-z-]+)"/g)].map(([, name]) => name);

// ---------------------------------------------------------------- shut

/** Starts programs of their own beside the stack, with other settings. */
async function withPrograms(change, names, run) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'shuinuo-crew-'));
  const settings = path.join(home, 'shuinuo.hdf');
  fs.writeFileSync(settings, change(fs.readFileSync(path.join(folder, 'shuinuo.hdf'), 'utf8')));
  const children = names.map((name) => spawn(path.join(process.env.SHUINUO_BUILD, 'bin', name), ['--settings', settings, '--listen', path.join(home, `${name}.sock`), '--workers', '1'], { stdio: 'ignore' }));
  try {
    for (const name of names) {
      for (let tries = 0; !fs.existsSync(path.join(home, `${name}.sock`)); tries++) {
        assert.ok(tries < 400, `${name} starts`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
    await run((name, where, options) => fastcgi.request(path.join(home, `${name}.sock`), where, { ...options, params: { REMOTE_ADDR: '203.0.113.9' } }));
  } finally {
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(children.map((child) => child.exitCode !== null || new Promise((resolve) => child.on('exit', resolve))));
    fs.rmSync(home, { recursive: true, force: true });
  }
}

const CREW_ROUTES = [...fs.readFileSync(path.join(process.env.SHUINUO_TOP, 'cgi-bin/crew/main.c'), 'utf8').matchAll(/\{METHOD_(GET|POST), "(\/crew\/[^"]*)"/g)].map(([, method, where]) => ['crew', method, where]);
const SIGNIN_ROUTES = ['GET', 'POST'].map((method) => ['signin', method, '/crew/signin']);

test('art22 by default the pages of crews are shut: each path of them is answered as if it were not there, signed in or not', async () => {
  const number = await dispatched();
  const job = await giveLink(await staff('lina'), number, 'sunqiang');
  const sunqiang = await phone('sunqiang');
  assert.equal((await sunqiang.get(job)).status, 200, 'while they are open');
  const Cookie = [...sunqiang.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  assert.ok(CREW_ROUTES.length >= 9);
  for (const line of ['', 'crew_pages = no\n']) {
    await withPrograms((text) => text.replace(/^crew_pages = yes\n/m, line), ['crew', 'signin'], async (ask) => {
      for (const [program, method, route] of [...CREW_ROUTES, ...SIGNIN_ROUTES, ['crew', 'GET', '/crew'], ['crew', 'GET', '/crew/nothing']]) {
        for (const headers of [{}, { Cookie }]) {
          const where = route.replace('/job/*', job.replace('/crew', '')).replaceAll('*', '1');
          const answer = await ask(program, where, { method, headers, body: method === 'POST' ? '' : undefined });
          assert.equal(answer.status, 404, `${method} ${where} of ${program}`);
        }
      }
      assert.equal((await ask('signin', '/staff/signin', {})).status, 200, 'the desk is signed in to as ever');
    });
  }
});

test('art22 while crews\' pages are shut no link is handed out at the desk', async () => {
  const number = await dispatched();
  const lina = await staff('lina');
  assert.match((await lina.get(page(number))).text, new RegExp(`href="${page(number)}/link"`));
  const Cookie = [...lina.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  await withPrograms((text) => text.replace(/^crew_pages = yes\n/m, ''), ['ticket'], async (ask) => {
    const shown = await ask('ticket', page(number), { headers: { Cookie } });
    assert.equal(shown.status, 200);
    assert.ok(!shown.text.includes(`${page(number)}/link`));
    assert.equal((await ask('ticket', `${page(number)}/link`, { headers: { Cookie } })).status, 404);
  });
});

// ---------------------------------------------------------------- a whole visit

test('art12 art22 art23 a crew does it all on the phone: accepted, called, on site with what it found, photographed, repaired', async () => {
  const number = await dispatched({ category: BEHIND_METER });
  const job = await giveLink(await staff('lina'), number, 'sunqiang');
  const stranger = new Visitor();
  const sent = await stranger.get(job);
  assert.equal(sent.status, 303);
  assert.equal(sent.header('location'), `/crew/signin?to=${encodeURIComponent(job)}`);
  const sunqiang = await phone('sunqiang', job);
  assert.equal(sunqiang.landed, job, 'from the sign-in straight to the assignment');

  const first = await sunqiang.get(job);
  assert.equal(first.status, 200);
  assert.match(wordsOf(first.text), /柳园小区7号楼北侧/);
  assert.ok(!/赵玉兰|7-1-302|1351635\d{4}/.test(first.text), 'nothing of the resident in clear');
  assert.equal(stepsOf(first.text)[0], 'accept', 'the next step comes first');
  assert.ok(!stepsOf(first.text).includes('repair'));
  assert.equal((await step(sunqiang, job, 'accept')).header('location'), `${job}?done=1`);

  const clear = await sunqiang.submit(job, `${job}/phone`);
  assert.equal(clear.status, 200);
  assert.match(clear.text, /href="tel:1351635\d{4}"/);
  assert.match(wordsOf(clear.text), /赵玉兰.*7-1-302/);
  const logged = await sql(`SELECT COUNT(*) FROM audit WHERE what = 'unmask' AND subject_id = ${await ticketId(number)} AND staff_id = ${await staffId('sunqiang')}`);
  assert.equal(logged[0][0], '1', 'and that it was opened is recorded');

  const appointment = local(now() + 3 * 3600000);
  assert.equal((await step(sunqiang, job, 'contact', { appointment_at: appointment, valve_stuck: 2 })).status, 303);
  assert.match((await sunqiang.get(job)).text, new RegExp(`datetime="${appointment}`));
  assert.equal((await step(sunqiang, job, 'arrive', { diameter_mm: '２００', zone: 2 })).status, 303);
  const form = new FormData();
  const adding = formOf((await sunqiang.get(`${job}/photos`)).text, `${job}/photos`);
  for (const [name, value] of Object.entries({ token: adding.token, stage: 'during' })) form.set(name, value);
  form.set('photo1', new Blob([execFileSync(path.join(process.env.SHUINUO_BUILD, 'tests/web/pictures_app'), ['jpeg', '7'])], { type: 'image/jpeg' }), 'IMG_1.jpg');
  const added = await sunqiang.post(`${job}/photos`, form);
  assert.equal(added.status, 303, wordsOf(added.text));
  const withPhoto = await sunqiang.get(job);
  const [, photo] = /<img src="([^"]+)"/.exec(withPhoto.text);
  const seen = await sunqiang.get(photo);
  assert.deepEqual([seen.status, seen.header('content-type')], [200, 'image/jpeg']);
  assert.equal((await step(sunqiang, job, 'repair', { cause: 1 })).status, 303);
  const [[zone, diameter]] = await sql(`SELECT zone, diameter_mm FROM ticket WHERE number = '${number}'`);
  assert.deepEqual([zone, diameter], ['2', '200']);
  const [[by]] = await sql(`SELECT actor_staff FROM event WHERE subject_kind = 1 AND subject_id = ${await ticketId(number)} ORDER BY seq DESC LIMIT 1`);
  assert.equal(Number(by), await staffId('sunqiang'));
  await done(await staff('lina'), number, 'finish', { outcome: 1, no_photo: 3, words: '已修好' });
  assert.match(wordsOf((await (await staff('wanglei')).get(page(number))).text), /孙强|Sun/, 'the desk sees who did it');
});

// ---------------------------------------------------------------- whose link, and until when

test('art22 a link is for one person: somebody else who signs in sees nothing of the assignment, not even its number', async () => {
  const number = await dispatched();
  const job = await giveLink(await staff('lina'), number, 'sunqiang');
  for (const login of ['lina', 'gaofei']) {
    const other = await phone(login);
    const answer = await other.get(job);
    assert.equal(answer.status, 403);
    assert.match(wordsOf(answer.text), /这个链接是发给别人的/);
    assert.ok(!answer.text.includes(number.slice(2, 8)) && !answer.text.includes('柳园小区'), 'nothing of the ticket');
    const token = formOf(answer.text, '/crew/signout').token;
    for (const action of ['accept', 'phone']) {
      const tried = await other.post(`${job}/${action}`, { token, key: KEY(), version: 2 });
      assert.ok([400, 403].includes(tried.status), `${action} answers ${tried.status}`);
      assert.ok(!tried.text.includes('tel:1351635'));
    }
  }
  assert.equal(await eventsOf(number), 2);
});

test('art22 a link that is made up, cut short, or bent to another assignment or person is no link', async () => {
  const number = await dispatched();
  const sunqiang = await phone('sunqiang');
  const job = await giveLink(await staff('lina'), number, 'sunqiang');
  const token = job.split('/').pop();
  const bent = (at, byte) => { const raw = Buffer.from(token, 'base64url'); raw[at] ^= byte; return raw.toString('base64url'); };
  for (const wrong of [token.slice(1), `${token}A`, 'A'.repeat(32), bent(4, 1), bent(5, 3), bent(8, 1), bent(11, 4), bent(23, 1), '%00', '..%2f', 'x y']) {
    const answer = await sunqiang.get(`/crew/job/${wrong}`);
    assert.ok([400, 404].includes(answer.status), `${wrong} answers ${answer.status}`);
    assert.ok(!answer.text.includes('柳园小区'));
  }
  assert.equal((await sunqiang.get(job)).status, 200);
});

test('art22 a link runs out: it says so and whom to ask, and opens nothing that was on its page', async () => {
  const number = await dispatched();
  const job = await giveLink(await staff('lina'), number, 'sunqiang');
  const early = await phone('sunqiang');
  const form = formOf((await early.get(job)).text, `${job}/accept`);
  wait(12 * 60 + 6);
  const sunqiang = await phone('sunqiang');
  const { token } = formOf((await sunqiang.get(job)).text, '/crew/signout');
  for (const answer of [await sunqiang.get(job), await sunqiang.get(`${job}/photos`), await sunqiang.get(`${job}/photo/1`),
    await sunqiang.post(`${job}/accept`, { ...form, token }), await sunqiang.post(`${job}/phone`, { token })]) {
    assert.equal(answer.status, 410);
    assert.match(wordsOf(answer.text), /链接已经过期.*请联络员或运营管理部重新发一个链接/);
    assert.ok(!answer.text.includes('柳园小区') && !answer.text.includes('tel:1351635'));
  }
  assert.equal(await eventsOf(number), 2);
});

test('art16 art22 when operations recalls the assignment its link opens nothing more, and the unit that has it now needs one of its own', async () => {
  const number = await dispatched();
  const [lina, wanglei, matao] = [await staff('lina'), await staff('wanglei'), await staff('matao')];
  const job = await giveLink(lina, number, 'sunqiang');
  const sunqiang = await phone('sunqiang');
  const form = formOf((await sunqiang.get(job)).text, `${job}/accept`);
  await done(wanglei, number, 'recall', { dispatch_no: 1, words: '派错了' });
  await done(wanglei, number, 'dispatch', { unit: INSPECTION });
  for (const answer of [await sunqiang.get(job), await sunqiang.post(`${job}/accept`, form)]) {
    assert.equal(answer.status, 410);
    assert.match(wordsOf(answer.text), /已经不在您单位/);
    assert.ok(!answer.text.includes('柳园小区'));
  }
  assert.equal((await lina.get(`${page(number)}/link`)).status, 404, 'nor does who lost it hand out another');
  const theirs = await giveLink(matao, number, 'matao', 2);
  assert.equal((await (await phone('matao')).get(theirs)).status, 200);
});

test('art25 of a joint case each unit hands out links to its own assignment, and operations to both', async () => {
  const number = await dispatched({ category: LEAK_BY_OTHERS });
  const [wanglei, lina, matao] = [await staff('wanglei'), await staff('lina'), await staff('matao')];
  await done(wanglei, number, 'assist', { unit: INSPECTION, assist_role: 2 });
  const choices = async (who) => [...(await who.get(`${page(number)}/link`)).text.matchAll(/name="who" value="(\d)-/g)].map(([, no]) => no);
  assert.deepEqual([...new Set(await choices(lina))], ['1']);
  assert.deepEqual([...new Set(await choices(matao))], ['2']);
  assert.deepEqual([...new Set(await choices(wanglei))], ['1', '2']);
  const stolen = await lina.submit(`${page(number)}/link`, `${page(number)}/link`, { who: `2-${await staffId('matao')}` });
  assert.equal(stolen.status, 422);
  assert.match(errorOf(stolen.text, 'who'), /请选择发给谁/);
  assert.ok(!stolen.text.includes('/crew/job/'));

  const job = await giveLink(wanglei, number, 'matao', 2);
  const phoneOfMatao = await phone('matao', job);
  assert.equal((await step(phoneOfMatao, job, 'accept')).status, 303);
  assert.equal((await step(phoneOfMatao, job, 'arrive', {})).status, 303);
  const shown = await phoneOfMatao.get(job);
  assert.ok(stepsOf(shown.text).includes('liability') && !stepsOf(shown.text).includes('repair'), 'who is liable is theirs to find out, the repair is not');
  assert.equal((await step(phoneOfMatao, job, 'liability', { liability: 1, amount_yuan: '8000', words: '某市政施工队' })).status, 303);
  const [[arrived], [inspected]] = await sql(`SELECT arrived_at IS NOT NULL FROM assignment WHERE ticket_id = ${await ticketId(number)} ORDER BY dispatch_no`);
  assert.deepEqual([arrived, inspected], ['0', '1'], 'each its own arrival');
});

// ---------------------------------------------------------------- who may sign in from outside

test('art22 whoever has nothing to do on site is not let in from outside, with the right password', async () => {
  for (const login of ['wanglei', 'zhangmin', 'xuguang', 'heping', 'admin']) {
    const visitor = new Visitor();
    const answer = await visitor.submit('/crew/signin', '/crew/signin', { login, password: passwords()[login] });
    assert.equal(answer.status, 403, login);
    assert.match(errorOf(answer.text, 'login'), /只有现场人员、联络员和单位负责人/);
    assert.ok(!visitor.cookies.has('sn_crew') && !visitor.cookies.has('sn_staff'), login);
  }
});

test('art22 a session from outside is nothing at the desk, and one of the desk nothing outside', async () => {
  const number = await dispatched();
  const desk = await staff('lina');
  const job = await giveLink(desk, number, 'lina');
  const outside = await phone('lina');
  assert.match(outside.cookies.get('sn_crew'), /^[0-9a-f]{64}$/);
  assert.ok(!outside.cookies.has('sn_staff'));
  const set = (await new Visitor().submit('/crew/signin', '/crew/signin', { login: 'lina', password: passwords().lina })).set.find((line) => line.startsWith('sn_crew='));
  assert.match(set, /; Path=\/crew\/;.*HttpOnly; SameSite=Lax/);
  const moved = new Visitor();
  moved.cookies.set('sn_staff', outside.cookies.get('sn_crew'));
  assert.equal((await moved.get(page(number))).status, 303);
  const other = new Visitor();
  other.cookies.set('sn_crew', desk.cookies.get('sn_staff'));
  assert.equal((await other.get(job)).status, 303);
  const out = await outside.submit(job, '/crew/signout');
  assert.equal(out.header('location'), '/crew/signin?out=1');
  assert.equal((await outside.get(job)).header('location'), `/crew/signin?to=${encodeURIComponent(job)}`);
  assert.equal((await desk.get(page(number))).status, 200, 'the desk goes on');
});

test('art22 nobody is sent away from the site by the sign-in, whatever the address says', async () => {
  for (const to of ['https://evil.example/', '//evil.example', '/staff/ticket/', '/crew/../staff/ticket/', '/crew/signin']) {
    const visitor = await phone('sunqiang', to);
    assert.equal(visitor.landed, '/crew/', to);
    assert.match(wordsOf((await visitor.get('/crew/')).text), /没有打开派单/);
  }
});

test('art22 guesses from outside are slowed as at the desk, and do not slow the desk', async () => {
  const login = 'songli';
  const stranger = new Visitor();
  let answer;
  for (let i = 0; i < 6; i++) answer = await stranger.submit('/crew/signin', '/crew/signin', { login, password: `wrong-${i}-guess` });
  assert.equal(answer.status, 429);
  assert.match(errorOf(answer.text, 'password'), /15 分钟/);
  assert.equal((await stranger.submit('/crew/signin', '/crew/signin', { login, password: passwords()[login] })).status, 429, 'the right one waits, too');
  await staff(login);
});

test('art22 a first password is chosen at a desk, not from outside', async () => {
  const login = 'zhoubin';
  await sql(`UPDATE credential SET must_change = 1 WHERE staff_id = ${await staffId(login)}`);
  try {
    const visitor = new Visitor();
    const answer = await visitor.submit('/crew/signin', '/crew/signin', { login, password: passwords()[login] });
    assert.equal(answer.status, 403);
    assert.match(errorOf(answer.text, 'login'), /先在单位的电脑上登录/);
    assert.ok(!visitor.cookies.has('sn_crew'));
    assert.equal((await visitor.get('/crew/signin/password')).status, 404);
  } finally {
    await sql(`UPDATE credential SET must_change = 0 WHERE staff_id = ${await staffId(login)}`);
  }
});

// ---------------------------------------------------------------- the rules of the desk behind each button

async function onPhone(fields) {
  const number = await dispatched(fields);
  const job = await giveLink(await staff('lina'), number, 'sunqiang');
  return { number, job, sunqiang: await phone('sunqiang') };
}

test('art12 a button pressed twice counts once, also when its page was sent again', async () => {
  const { number, job, sunqiang } = await onPhone();
  const form = formOf((await sunqiang.get(job)).text, `${job}/accept`);
  for (const answer of [...await Promise.all([1, 2, 3].map(() => sunqiang.post(`${job}/accept`, form))), await sunqiang.post(`${job}/accept`, form)]) {
    assert.equal(answer.header('location'), `${job}?done=1`);
  }
  assert.equal(await eventsOf(number), 3);
});

test('art22 whoever comes second is told what happened meanwhile, and what was typed stays', async () => {
  const { number, job, sunqiang } = await onPhone();
  await step(sunqiang, job, 'accept');
  const form = formOf((await sunqiang.get(job)).text, `${job}/arrive`);
  await done(await staff('lina'), number, 'arrive', { diameter_mm: '150' });
  const answer = await sunqiang.post(`${job}/arrive`, { ...form, diameter_mm: '200', words: '刚到，路口堵车' });
  assert.equal(answer.status, 409);
  const words = wordsOf(answer.text);
  assert.match(words, /李娜/);
  assert.match(words, /刚到，路口堵车/, 'the words are still there');
  const [[diameter]] = await sql(`SELECT diameter_mm FROM ticket WHERE number = '${number}'`);
  assert.equal(diameter, '150');
});

test('art22 a step before its time is refused with words: repaired before anybody was there, planned before arrival', async () => {
  const { number, job, sunqiang } = await onPhone();
  const { token } = formOf((await sunqiang.get(job)).text, `${job}/accept`);
  const send = async (action, fields) => {
    const [[version]] = await sql(`SELECT version FROM ticket WHERE number = '${number}'`);
    return sunqiang.post(`${job}/${action}`, { token, key: KEY(), version, ...fields });
  };
  assert.equal((await send('arrive', {})).status, 422);
  await send('accept', {});
  const early = await send('repair', { cause: 1, words: '换管 2 米' });
  assert.equal(early.status, 422);
  assert.match(wordsOf(early.text), /到场/);
  assert.match(wordsOf(early.text), /换管 2 米/);
  assert.equal((await send('plan', { words: '开挖' })).status, 422);
  for (const action of ['dispatch', 'finish', 'review', 'close', 'excuse', 'nothing', 'grade', 'note', 'withdraw']) {
    assert.equal((await send(action, {})).status, 404, `${action} is not done on a phone`);
  }
  assert.equal(await eventsOf(number), 3);
});

test('art22 wrong fields get their sentence, with everything typed still there, also behind the button', async () => {
  const { number, job, sunqiang } = await onPhone();
  await step(sunqiang, job, 'accept');
  const answer = await step(sunqiang, job, 'arrive', { diameter_mm: '很粗', words: '在路口', occurred_at: '昨天' });
  assert.equal(answer.status, 422);
  assert.ok(errorOf(answer.text, 'arrive-diameter_mm'));
  assert.ok(errorOf(answer.text, 'arrive-occurred_at'));
  const form = formOf(answer.text, `${job}/arrive`);
  assert.deepEqual([form.diameter_mm, form.words, form.occurred_at], ['很粗', '在路口', '昨天']);
  assert.match(answer.text, /<details class="extra" open>/);
  assert.equal(await eventsOf(number), 3);
});

test('art22 what is told later counts from when it happened, with a reason when that is long ago', async () => {
  const { number, job, sunqiang } = await onPhone();
  await step(sunqiang, job, 'accept');
  wait(30);
  const at = local(now() - 25 * 60000);
  const again = await phone('sunqiang');
  const bare = await step(again, job, 'arrive', { occurred_at: at });
  assert.equal(bare.status, 422);
  assert.ok(errorOf(bare.text, 'arrive-words'));
  assert.equal((await step(again, job, 'arrive', { occurred_at: at, words: '现场没有信号' })).status, 303);
  const [[result, used]] = await sql(`SELECT result, TIMESTAMPDIFF(MINUTE, started_at, stopped_at) FROM clock WHERE subject_kind = 1 AND subject_id = ${await ticketId(number)} AND kind = 4`);
  assert.equal(result, '1', 'the 40 minutes were kept');
  assert.ok(Number(used) <= 6, `${used} minutes`);
});

test('art22 a step sent after the sign-in ran out is kept, and goes through once its sender has signed in again', async () => {
  const { number, job, sunqiang } = await onPhone();
  await step(sunqiang, job, 'accept');
  const form = formOf((await sunqiang.get(job)).text, `${job}/arrive`);
  wait(31);
  const late = await sunqiang.post(`${job}/arrive`, { ...form, diameter_mm: '200', words: '到场时手机没电' }, { 'Sec-Fetch-Site': 'same-origin' });
  assert.equal(late.status, 403);
  assert.match(late.text, /href="\/crew\/signin"/, 'to the sign-in of this place, not the desk\'s');
  const kept = formOf(late.text, `${job}/arrive`);
  assert.deepEqual([kept.diameter_mm, kept.words], ['200', '到场时手机没电']);
  assert.equal((await sunqiang.submit('/crew/signin', '/crew/signin', { login: 'sunqiang', password: passwords().sunqiang })).status, 303);
  const again = await sunqiang.post(`${job}/arrive`, kept, { 'Sec-Fetch-Site': 'same-origin' });
  const answer = again.status === 303 ? again : await sunqiang.post(`${job}/arrive`, formOf(again.text, `${job}/arrive`), { 'Sec-Fetch-Site': 'same-origin' });
  assert.equal(answer.header('location'), `${job}?done=1`, wordsOf(answer.text).slice(0, 300));
  assert.equal(await eventsOf(number), 4);
});

test('art22 a photo that is none is said beside its field, and one of another ticket is not shown', async () => {
  const { job, sunqiang } = await onPhone();
  const shown = await sunqiang.get(`${job}/photos`);
  const form = new FormData();
  form.set('token', formOf(shown.text, `${job}/photos`).token);
  form.set('stage', 'after');
  form.set('photo1', new Blob(['not a picture']), 'x.jpg');
  const answer = await sunqiang.post(`${job}/photos`, form);
  assert.equal(answer.status, 422);
  assert.ok(errorOf(answer.text, 'photo1'));
  assert.equal((await sunqiang.get(`${job}/photo/1`)).status, 404);
  assert.equal((await sunqiang.get(`${job}/photo/x`)).status, 404);
});

test('art22 a form from another site, or without this visitor\'s token, changes nothing', async () => {
  const { number, job, sunqiang } = await onPhone();
  const form = formOf((await sunqiang.get(job)).text, `${job}/accept`);
  assert.equal((await sunqiang.post(`${job}/accept`, form, { 'Sec-Fetch-Site': 'cross-site' })).status, 403);
  assert.equal((await sunqiang.post(`${job}/accept`, { ...form, token: form.token.replace(/.$/, (last) => (last === '0' ? '1' : '0')) })).status, 403);
  assert.equal(await eventsOf(number), 2);
});

// ---------------------------------------------------------------- the notice

test('art12 the liaison on duty is told of a dispatch with a link of their own, which opens this assignment', async () => {
  const number = await dispatched();
  let text = '';
  for (const end = Date.now() + 60000; !text && Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
    for (const name of fs.readdirSync(path.join(folder, 'outbox')).filter((file) => file.endsWith('.txt'))) {
      const found = fs.readFileSync(path.join(folder, 'outbox', name), 'utf8');
      if (found.includes(`notice: dispatched\nticket: ${number}\n`)) text = found;
    }
  }
  assert.ok(text, `the notice of ${number} is sent`);
  const job = /(\/crew\/job\/[A-Za-z0-9_-]{32})/.exec(text)?.[1];
  assert.ok(job, text);
  const raw = Buffer.from(job.split('/').pop(), 'base64url');
  const [[login]] = await sql(`SELECT login FROM staff WHERE id = ${raw.readUIntBE(6, 3)}`);
  const [[unit]] = await sql(`SELECT unit_id FROM staff WHERE login = '${login}'`);
  assert.equal(Number(unit), PIPELINE);
  const liaison = await phone(login);
  const shown = await liaison.get(job);
  assert.equal(shown.status, 200);
  assert.match(wordsOf(shown.text), /柳园小区7号楼北侧/);
});
