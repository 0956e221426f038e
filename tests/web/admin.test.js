// The administrator's command and clerk as processes, on the stack with the sample town.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFile, spawn } = require('node:child_process');

const variable = process.env.SHUINUO_VAR;
const build = process.env.SHUINUO_BUILD;
const settings = path.join(variable, 'shuinuo.hdf');

function run(program, words, input = '') {
  return new Promise((resolve) => {
    const child = execFile(path.join(build, 'bin', program), words, { timeout: 120000 }, (error, out, err) => {
      resolve({ code: error ? error.code : 0, out, err });
    });
    child.stdin.on('error', () => {}); // it may end before it reads
    child.stdin.end(input);
  });
}
const shuinuo = (words, input) => run('shuinuo', ['--settings', settings, ...words], input);

function sql(text, socket = path.join(variable, 'sock/db.sock')) {
  return new Promise((resolve, reject) => {
    execFile('mariadb', ['--no-defaults', `--socket=${socket}`, '--default-character-set=utf8mb4', '-N', 'shuinuo', '-e', text],
      (error, out, err) => (error ? reject(new Error(err)) : resolve(out.trim().split('\n').filter(Boolean).map((line) => line.split('\t')))));
  });
}

async function until(what, condition) {
  for (let tries = 0; tries < 600; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`waited in vain until ${what}`);
}

// ---------------------------------------------------------------- verify, explain

test('verify folds the whole sample town again and finds it clean', async () => {
  const { code, out, err } = await shuinuo(['verify']);
  assert.strictEqual(code, 0, out + err);
  assert.match(out, /^\d{3} streams, \d{4} events, \d{4} clocks folded again; seals checked; 0 problems$/m);
});

test('verify names a ticket whose row was changed behind its events, and is clean again when it is put back', async () => {
  const [[id, number, zone]] = await sql('SELECT id, number, zone FROM ticket WHERE state = 7 ORDER BY id LIMIT 1');
  await sql(`UPDATE ticket SET zone = ${zone === '1' ? 2 : 1} WHERE id = ${id}`);
  const changed = await shuinuo(['verify']);
  await sql(`UPDATE ticket SET zone = ${zone} WHERE id = ${id}`);
  assert.notStrictEqual(changed.code, 0);
  assert.ok(changed.out.includes(number), changed.out);
  assert.match(changed.out, /zone/);
  assert.strictEqual((await shuinuo(['verify'])).code, 0);
});

test('explain prints for each clock rule, article, start, limit, due and what stopped it', async () => {
  const [[number]] = await sql('SELECT t.number FROM ticket t JOIN category c ON c.id = t.category_id JOIN clock k ON k.subject_kind = 1 AND k.subject_id = t.id AND k.kind = 4 AND k.result = 1 WHERE c.code = "leak_public" AND t.state = 7 AND t.cycle = 1 AND t.zone = 1 AND t.diameter_mm <= 600 ORDER BY t.id LIMIT 1');
  const { code, out } = await shuinuo(['explain', number]);
  assert.strictEqual(code, 0);
  assert.match(out, /clock \d+, cycle 1: arrive\n {2}rule .*Art\. 22\n {2}runs .*from reported to arrived.*\n {2}limit .*at most 40 minutes\n {2}answers .*Pipeline management\n {2}started .*\+08:00\n {2}due .*\n {2}stopped /);
  assert.match(out, /clock \d+, cycle 1: repair\n(.*\n){2} {2}limit .*less than 24 hours/);
  assert.match(out, /\d+ \S+ arrive {2}→ clock \d/);
});

test('explain reads a number as people write it, and says when there is none', async () => {
  const [[number]] = await sql('SELECT number FROM ticket ORDER BY id LIMIT 1');
  const spoken = number.toLowerCase().replace('-', ' ');
  assert.match((await shuinuo(['explain', spoken])).out, /^SN/);
  const absent = await shuinuo(['explain', 'SN261123-00000000']);
  assert.strictEqual(absent.code, 1);
  assert.match(absent.err, /^shuinuo explain: give one ticket number|there is no ticket/);
});

// ---------------------------------------------------------------- setup, check, user

test('setup does nothing twice', async () => {
  const before = fs.readdirSync(path.join(variable, 'secrets')).map((name) => fs.readFileSync(path.join(variable, 'secrets', name), 'utf8'));
  const { code, out, err } = await shuinuo(['setup']);
  assert.strictEqual(code, 0, err);
  assert.match(out, /0 migrations applied now/);
  const after = fs.readdirSync(path.join(variable, 'secrets')).map((name) => fs.readFileSync(path.join(variable, 'secrets', name), 'utf8'));
  assert.deepStrictEqual(after, before);
});

test('each program has a secret file of its own, readable by its user alone, with only the keys it needs', () => {
  const needed = {
    complaint: ['code', 'form', 'lookup', 'staff_public'],
    commitment: ['form'],
    signin: ['form'],
    ticket: ['code', 'crew', 'form', 'lookup', 'staff_private', 'staff_public', 'telephone'],
    clerk: ['chain', 'code', 'crew', 'lookup', 'staff_private', 'staff_public', 'subscribe'],
    admin: ['form', 'lookup', 'staff_private', 'staff_public'],
    assessment: ['form'],
    discipline: ['code', 'form', 'lookup'],
    supply: ['form', 'lookup', 'staff_private', 'staff_public'],
    outage: ['form', 'lookup', 'staff_public', 'subscribe'],
    crew: ['crew', 'form', 'staff_private', 'staff_public'],
    open311: ['form', 'lookup', 'staff_public'],
    command: ['code', 'lookup', 'staff_public'],
  };
  for (const [program, keys] of Object.entries(needed)) {
    const file = path.join(variable, 'secrets', `${program}.secret`);
    assert.strictEqual(fs.statSync(file).mode & 0o777, 0o400, program);
    const names = fs.readFileSync(file, 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split('=')[0].trim());
    assert.deepStrictEqual(names.filter((name) => !['database_password', 'staff_key_id'].includes(name)).sort(), keys, program);
  }
});

test('check says that this installation is whole', async () => {
  const { code, out, err } = await shuinuo(['check']);
  assert.strictEqual(code, 0, out + err);
  assert.match(out, /^ok$/m);
});

test('a user cannot be added with a short or common password, a taken login, or an unknown unit or role', async () => {
  const add = (login, unit, roles, password) => shuinuo(['user', 'add', login, '试一试', unit, roles], `${password}\n`);
  const cases = [
    [await add('newone', 'ops', 'ops', 'short'), /12 to 128 characters/],
    [await add('newone', 'ops', 'ops', 'passwordpassword'), /first that anybody would guess/],
    [await add('wanglei', 'ops', 'ops', 'a long enough secret 7'), /this login is taken/],
    [await add('newone', 'nowhere', 'ops', 'a long enough secret 7'), /no unit has this code/],
    [await add('newone', 'ops', 'king', 'a long enough secret 7'), /roles are a list of/],
  ];
  for (const [{ code, err }, words] of cases) {
    assert.strictEqual(code, 1);
    assert.match(err, words);
  }
  assert.deepStrictEqual(await sql("SELECT COUNT(*) FROM staff WHERE login = 'newone'"), [['0']]);
});

test('the sample town is not loaded over itself', async () => {
  const before = await sql('SELECT COUNT(*) FROM ticket');
  const { code } = await shuinuo(['demo']);
  assert.strictEqual(code, 1);
  assert.deepStrictEqual(await sql('SELECT COUNT(*) FROM ticket'), before);
});

test('every program says its version and checks its configuration', async () => {
  const newest = fs.readdirSync(process.env.SHUINUO_SCHEMA_DIR).filter((name) => /^\d{3}_/.test(name)).length;
  for (const program of ['complaint', 'commitment', 'signin', 'ticket', 'admin', 'assessment', 'discipline', 'supply', 'outage', 'crew', 'open311', 'clerk']) {
    assert.match((await run(program, ['--version'])).out, new RegExp(`^\\w+ \\d+\\.\\d+\\.\\d+ \\([0-9a-z]+\\), schema ${newest} to ${newest}$`, 'm'), program);
    const { code, out, err } = await run(program, ['--settings', settings, '--check-config']);
    assert.strictEqual(code, 0, program + out + err);
  }
  assert.match((await run('shuinuo', ['--version'])).out, /^shuinuo /);
});

test('an unknown key in the settings stops every program and names the line', async () => {
  const file = path.join(os.tmpdir(), `shuinuo-wrong-${process.pid}.hdf`);
  fs.writeFileSync(file, `${fs.readFileSync(settings, 'utf8')}\nworkrs = 3\n`);
  const line = fs.readFileSync(file, 'utf8').trimEnd().split('\n').length;
  for (const program of ['complaint', 'commitment', 'signin', 'ticket', 'admin', 'assessment', 'discipline', 'supply', 'outage', 'crew', 'open311', 'clerk']) {
    const { code, err } = await run(program, ['--settings', file, '--check-config']);
    assert.strictEqual(code, 1, program);
    assert.match(err, new RegExp(`${line}.*workrs`), program);
  }
  fs.unlinkSync(file);
});

// ---------------------------------------------------------------- clerk

const moveTime = (seconds) => fs.writeFileSync(path.join(variable, 'time-offset'), String(Math.round(seconds)));
const timeNow = () => Number(fs.readFileSync(path.join(variable, 'time-offset'), 'utf8'));

test('three clerks at once fire each step once, tell each person once, and seal everything', async () => {
  const clerks = [1, 2].map(() => spawn(path.join(build, 'bin/clerk'), ['--settings', settings], { stdio: 'ignore' }));
  try {
    moveTime(timeNow() + 26 * 3600);
    const shown = (await shuinuo(['verify'])).code;
    assert.strictEqual(shown, 0);
    await until('nothing is left to do', async () => {
      const [[steps, marks, waiting]] = await sql(`SELECT (SELECT COUNT(*) FROM clock WHERE next_step_at < UTC_TIMESTAMP(3) + INTERVAL ${timeNow() - 60} SECOND),
        (SELECT COUNT(*) FROM dirty), (SELECT COUNT(*) FROM outbox WHERE state IN (0, 1))`);
      return steps === '0' && marks === '0' && waiting === '0';
    });
  } finally {
    clerks.forEach((clerk) => clerk.kill('SIGTERM'));
    await Promise.all(clerks.map((clerk) => new Promise((resolve) => (clerk.exitCode === null ? clerk.on('exit', resolve) : resolve()))));
  }
  assert.deepStrictEqual(clerks.map((clerk) => clerk.exitCode), [0, 0]);
  // Every notice that was sent is one file, and no fact was told to the same audience twice.
  const [[sent]] = await sql('SELECT COUNT(*) FROM outbox WHERE state = 2');
  assert.strictEqual(fs.readdirSync(path.join(variable, 'outbox')).filter((name) => name.endsWith('.txt')).length, Number(sent));
  assert.deepStrictEqual(await sql('SELECT subject_id, seq, clock_no, notice, audience, recipient FROM outbox WHERE clock_no = 0 GROUP BY 1, 2, 3, 4, 5, 6 HAVING COUNT(*) > 1'), []);
  // A clock that is late has its breach recorded, and none that is not.
  assert.deepStrictEqual(await sql('SELECT c.subject_id, c.no FROM clock c LEFT JOIN clock_step s ON s.subject_kind = c.subject_kind AND s.subject_id = c.subject_id AND s.clock_no = c.no AND s.is_breach = 1 WHERE c.result = 0 AND c.due_at IS NOT NULL AND c.due_at < UTC_TIMESTAMP(3) + INTERVAL ' + (timeNow() - 60) + ' SECOND AND s.step IS NULL'), []);
  const { code, out } = await shuinuo(['verify']);
  assert.strictEqual(code, 0, out);
});

test('notices carry no phone into the log, and reach residents with number, code and link', async () => {
  const [[id]] = await sql("SELECT MIN(id) FROM outbox WHERE notice = 'received' AND state = 2");
  const text = fs.readFileSync(path.join(variable, 'outbox', `${id.padStart(12, '0')}.txt`), 'utf8');
  assert.match(text, /^to: phone 199\d{8}$/m);
  assert.match(text, /受理编号 SN\d{6}-\d{7}-\d，查询码 \d{8}/);
  assert.doesNotMatch(fs.readFileSync(path.join(variable, 'log/clerk.log'), 'utf8'), /199\d{8}/);
});

test('the public figures agree with a recount straight from the clock rows', async () => {
  const page = await fetch(`${process.env.SHUINUO_URL}/commitment/commitments.json`);
  const shown = await page.json();
  const asOf = `${shown.as_of.slice(0, 19).replace('T', ' ')}' - INTERVAL 480 MINUTE`;
  let compared = 0;
  for (const promise of shown.promises) {
    for (const { period, first_day: first, last_day: last, total, kept, excused } of promise.figures) {
      const [counts] = await sql(`SELECT SUM(c.result IN (1, 2, 6) OR (c.result = 0 AND c.due_at < '${asOf})), SUM(c.result = 1), SUM(c.result = 3)
        FROM clock c JOIN rule r ON r.id = c.rule_id
        WHERE r.code = '${promise.code}' AND DATE(c.due_at + INTERVAL 480 MINUTE) BETWEEN '${first}' AND '${last}'`);
      const wanted = counts.map((count) => (count === 'NULL' ? 0 : Number(count)));
      assert.deepStrictEqual([promise.code, period, total, kept, excused], [promise.code, period, ...wanted]);
      compared += total;
    }
  }
  assert.ok(compared > 1000, `only ${compared} clocks were compared`);
});

test('the sample town loads on any day, and verifies', async () => {
  const runScript = path.join(process.env.SHUINUO_TOP, 'conf/run/run.sh');
  const script = (...words) => new Promise((resolve) => {
    execFile('bash', [runScript, ...words], { timeout: 120000 }, (error, out, err) => resolve({ code: error ? error.code : 0, err }));
  });
  for (const days of [7.2, 41.7, 163.1]) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shuinuo-town-'));
    fs.writeFileSync(path.join(folder, 'time-offset'), String(Math.round(days * 86400)));
    const started = await script('--test', '--build', build, '--var', folder, '--port', '0', '--sample', '1', '--workers', '1', '--owner', String(process.pid));
    assert.strictEqual(started.code, 0, `${days} days ahead: ${started.err}`);
    const verified = await run('shuinuo', ['--settings', path.join(folder, 'shuinuo.hdf'), 'verify']);
    await script('--stop', '--var', folder);
    assert.strictEqual(verified.code, 0, verified.out);
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
