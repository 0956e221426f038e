/*
 * Notices that arrive: a stack of its own whose clerk talks to a mail server and to HTTP gateways on loopback that fail, hang, lose
 * answers, and go away in the middle.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFile, spawn } = require('node:child_process');
const { HttpSink, MailSink } = require('./sinks.js');

const build = process.env.SHUINUO_BUILD;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shuinuo-notice-'));
const settings = path.join(folder, 'shuinuo.hdf');
const SECRET = 'gw&key "7"';
const MAIL_PASSWORD = 'mail-pass-word-77';
const HOUR = 3600;

const sms = new HttpSink((request, body) => {
  const message = JSON.parse(body);
  return { ...message, key: new URL(request.url, 'http://x').searchParams.get('key') };
});
const robot = new HttpSink((request, body) => {
  const fields = new URLSearchParams(body);
  return { id: request.headers['x-id'], text: fields.get('content'), raw: body, url: request.url };
});
const mail = new MailSink();

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function until(what, condition, ms = 40000) {
  for (const end = Date.now() + ms; Date.now() < end; await pause(30)) {
    const found = await condition();
    if (found) return found;
  }
  return assert.fail(`waited in vain until ${what}`);
}

const script = (...words) => new Promise((resolve, reject) => {
  execFile('bash', [path.join(process.env.SHUINUO_TOP, 'conf/run/run.sh'), ...words], { timeout: 120000 }, (error, out, err) => (error ? reject(new Error(err)) : resolve(out.trim())));
});

let town; // staff_client.js, on this stack

function writeSettings() {
  fs.mkdirSync(path.join(folder, 'secrets'), { mode: 0o700 });
  fs.writeFileSync(path.join(folder, 'secrets/gateway.secret'), `sms_secret = ${SECRET}\nmail_password = ${MAIL_PASSWORD}\n`, { mode: 0o400 });
  fs.writeFileSync(path.join(folder, 'settings-extra'), [
    'notice_resident = sms', 'notice_liaison = sms', 'notice_unit_leader = mail', 'notice_ops = mail, robot', 'notice_group_leader = mail',
    'notice_tries = 6', 'gateway_timeout_seconds = 2', 'clerk_interval_seconds = 1',
    `sms_url = http://127.0.0.1:${sms.port}/send?key={secret}`, 'sms_body = {"to":"{phone}","text":"{text}","id":"{id}"}',
    'sms_success = json:code=0', 'sms_message_id = id',
    `robot_url = http://127.0.0.1:${robot.port}/robot`, 'robot_headers = Content-Type: application/x-www-form-urlencoded | X-Id: {id}',
    'robot_body = type=text&content={text}',
    `mail_url = smtp://127.0.0.1:${mail.port}`, 'mail_tls_required = no', 'mail_from = duty@water.example',
  ].join('\n') + '\n');
}

test.before(async () => {
  await Promise.all([sms.start(), robot.start(), mail.start()]);
  writeSettings();
  fs.writeFileSync(path.join(folder, 'time-offset'), `${untilLocal(10, 0)}\n`);
  process.env.SHUINUO_URL = await script('--test', '--build', build, '--var', folder, '--port', '0', '--sample', '0', '--workers', '1', '--owner', String(process.pid));
  process.env.SHUINUO_VAR = folder;
  town = require('./staff_client.js');
}, { timeout: 120000 });

test.after(async () => {
  await script('--stop', '--var', folder);
  await Promise.all([sms.kill(), robot.kill(), mail.kill()]);
  fs.rmSync(folder, { recursive: true, force: true });
}, { timeout: 120000 });

// ---------------------------------------------------------------- time, clerks

// Seconds from the machine's own time on to the next hour:minute on the wall clock of the city.
function untilLocal(hour, minute, from = Date.now()) {
  const day = 86400000;
  const local = from + 8 * 3600000;
  const at = Math.floor(local / day) * day + (hour * 60 + minute) * 60000;
  return Math.ceil(((at > local ? at : at + day) - local) / 1000);
}
const moveTo = (hour, minute) => town.wait(untilLocal(hour, minute, town.now()) / 60);
const move = (seconds) => town.wait(seconds / 60);

// Goes on in time, a little at each look, until it is so: waits of tries and leases pass.
const untilLater = (what, condition, step = 20) => until(what, async () => {
  if (await condition()) return true;
  move(step);
  await pause(150);
  return false;
});

const clerkPid = () => Number(fs.readFileSync(path.join(folder, 'pid/clerk'), 'utf8'));
const isAlive = (pid) => {
  try {
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1][0] !== 'Z';
  } catch {
    return false;
  }
};
// With all its processes at once; the stack starts another one.
async function killClerk() {
  const pid = clerkPid();
  process.kill(-pid, 'SIGKILL');
  await until('the clerk is gone', () => !isAlive(pid));
  await until('another clerk runs', () => clerkPid() !== pid && isAlive(clerkPid()));
}

// ---------------------------------------------------------------- tickets and notices

let clones = 0;
let first; // of the filed tickets: what the others are copies of

async function fileReport(phone, isTold = true) {
  const visitor = new town.Visitor();
  const { token } = town.formOf((await visitor.get('/complaint/new')).text, '/complaint/matter');
  let answer = await visitor.post('/complaint/matter', { token, group: 'leak' });
  const query = answer.header('location').split('?')[1];
  answer = await visitor.post(answer.header('location'), { token, group: 'leak', category: 'leak_public', place: `测试路${++clones}号` });
  answer = await visitor.post(answer.header('location'), { token, phone, name: '欧阳测试' });
  answer = await visitor.post(`/complaint/file?${query}`, { token });
  assert.equal(answer.status, 303, town.wordsOf(answer.text));
  const [[id, number]] = await town.sql(`SELECT ticket_id, number FROM public_ticket WHERE place_text = '测试路${clones}号'`);
  if (isTold) await until('the receipt is sent', async () => ['2', '3'].includes((await town.sql(`SELECT state FROM outbox WHERE subject_id = ${id} AND notice = 'received'`))[0]?.[0]));
  return { id: Number(id), number, phone };
}

// More tickets of the same person, without the many pages.
async function cloneTickets(count) {
  const base = 1000000 + clones * 1000;
  clones += count;
  let text = '';
  for (const table of ['ticket', 'ticket_person', 'public_ticket']) text += `CREATE TEMPORARY TABLE c_${table} AS SELECT * FROM ${table} WHERE ${table === 'ticket' ? 'id' : 'ticket_id'} = ${first.id};\n`;
  for (let i = 0; i < count; i++) {
    const id = base + i;
    text += `UPDATE c_ticket SET id = ${id}, number = CONCAT('SN261101-', ${10000000 + id}); INSERT INTO ticket SELECT * FROM c_ticket;
      UPDATE c_ticket_person SET ticket_id = ${id}; INSERT INTO ticket_person SELECT * FROM c_ticket_person;
      UPDATE c_public_ticket SET ticket_id = ${id}, number = CONCAT('SN261101-', ${10000000 + id}), filing_key = UNHEX(MD5('k${id}')), link_hash = NULL; INSERT INTO public_ticket SELECT * FROM c_public_ticket;\n`;
  }
  await town.sql(text);
  return Array.from({ length: count }, (_, i) => base + i);
}

let made = 0;
const AUDIENCE = { liaison: 1, unit_leader: 2, ops: 3, group_leader: 4, first_receiver: 5, resident: 6 };
const stamp = (ms = town.now()) => new Date(ms).toISOString().slice(0, 23).replace('T', ' ');
// Rows of the outbox, in this order, made a millisecond apart.
async function put(rows) {
  const at = town.now() - 1000 - rows.length;
  const values = rows.map(([ticket, notice, audience, recipient = 0], i) => {
    const when = stamp(at + i);
    return `(UNHEX(SHA2('n${++made}', 256)), 1, ${ticket}, 1, 0, '${notice}', ${AUDIENCE[audience]}, ${recipient}, '${when}', '${when}', 0, 0)`;
  });
  await town.sql(`INSERT INTO outbox (dedupe, subject_kind, subject_id, seq, clock_no, notice, audience, recipient, created_at, not_before, state, attempts) VALUES ${values.join(',')}`);
}
const rowsOf = (ticket, columns = 'state') => town.sql(`SELECT ${columns} FROM outbox WHERE subject_id = ${ticket} ORDER BY IF(origin_id = 0, id, origin_id), id`);
const allOver = async (tickets) => (await town.sql(`SELECT COUNT(*) FROM outbox WHERE state IN (0, 1) AND subject_id IN (${tickets})`))[0][0] === '0';
// What came about these tickets: the clerk has notices of its own about those that were filed.
const spoken = (ticket) => `SN261101-${String(10000000 + ticket).slice(0, 7)}-${String(10000000 + ticket).slice(7)}`;
const about = (sink, tickets) => {
  const numbers = tickets.map(spoken);
  return sink.messages.filter(({ text }) => numbers.some((number) => text.includes(number)));
};

function reset() {
  for (const sink of [sms, robot, mail]) {
    sink.mode = () => 'ok';
    sink.messages.length = 0;
    sink.times.clear();
    sink.asked = 0;
  }
}

async function addStaff(login, unit, roles, { phone, address } = {}) {
  const added = await town.shuinuo(['user', 'add', login, login, unit, roles], 'a long enough secret 7\n');
  assert.equal(added.code, 0, added.err);
  if (address) await town.sql(`UPDATE staff SET mail = '${address}' WHERE login = '${login}'`);
  if (phone) { // sealed by the public program to the same key
    const { id } = await fileReport(phone);
    await town.sql(`UPDATE staff, ticket_person SET staff.phone_sealed = ticket_person.phone_sealed, staff.key_id = ticket_person.key_id WHERE login = '${login}' AND ticket_id = ${id}`);
  }
  return Number((await town.sql(`SELECT id FROM staff WHERE login = '${login}'`))[0][0]);
}
const setPolicy = (name, value) => town.sql(`REPLACE INTO policy (name, value, changed_at, changed_by) VALUES ('${name}', ${value}, '2026-11-01', 1); UPDATE fact SET value = value + 1 WHERE name = 'catalog_version'`);

// ---------------------------------------------------------------- one by one

test('a resident is told by SMS that the report has arrived, with number, code and link, and nobody else’s data', async () => {
  first = await fileReport('13906350001');
  const message = await until('the message', () => sms.messages.find(({ to }) => to === '13906350001'));
  const [date, digits] = first.number.split('-');
  assert.match(message.text, new RegExp(`受理编号 ${date}-${digits.slice(0, 7)}-${digits.slice(7)}，查询码 \\d{8}。`));
  assert.match(message.text, /http:\/\/127\.0\.0\.1:\d+\/complaint\/follow/);
  assert.ok(!message.text.includes('欧阳') && !message.text.includes('1390635'), message.text);
  assert.equal(message.key, SECRET);
  const row = await until('the mark', async () => (await rowsOf(first.id, 'state, channel, attempts, provider_id, sent_at IS NOT NULL, staff_id')).find((found) => found[0] === '2'));
  assert.deepEqual(row, ['2', '2', '1', `G-${message.id}`, '1', '0']);
  assert.equal(sms.times.get(message.id), 1);
});

test('Art. 12: the liaison on duty now is told, then who stands in, and the ticket says how each was found', async () => {
  const early = await addStaff('early', 'pipeline', 'liaison', { phone: '13906350011' });
  const late = await addStaff('late', 'pipeline', 'liaison', { phone: '13906350012' });
  const chief = await addStaff('chief', 'pipeline', 'unit_leader', { phone: '13906350013', address: 'chief@water.example' });
  await addStaff('opsone', 'ops', 'ops', { address: 'ops.one@water.example' });
  await addStaff('opstwo', 'ops', 'ops', { address: 'ops.two@water.example' });
  const [[unit]] = await town.sql("SELECT id FROM unit WHERE code = 'pipeline'");
  reset();
  const now = town.now();
  const duty = (who, from, to) => `(${unit}, ${who}, '${stamp(now + from * HOUR * 1000)}', '${stamp(now + to * HOUR * 1000)}', 1, '${stamp()}')`;
  await town.sql(`INSERT INTO duty (unit_id, staff_id, starts_at, ends_at, created_by, created_at) VALUES ${duty(early, -2, 1)}, ${duty(late, 1, 2)}`);
  let last;
  const toldNow = async () => {
    const [ticket] = await cloneTickets(1);
    last = ticket;
    await put([[ticket, 'dispatched', 'liaison', unit]]);
    return until('it is sent', async () => {
      const rows = await rowsOf(ticket, 'state, staff_id, way, channel');
      return rows.every(([state]) => state === '2') && rows;
    });
  };
  assert.deepEqual(await toldNow(), [['2', String(early), '3', '2']]);
  const [said] = about(sms, [last]);
  assert.equal(said.to, '13906350011');
  assert.match(said.text, /^新派单 SN261101-\d{7}-\d，请马上受理，最迟时间见：http/);
  move(HOUR + 60);
  assert.deepEqual(await toldNow(), [['2', String(late), '3', '2']]);
  move(HOUR); // nobody is on duty
  assert.deepEqual(await toldNow(), [['2', String(chief), '5', '2']]);
  await town.sql(`UPDATE unit SET direct_leader_id = ${late} WHERE id = ${unit}; UPDATE fact SET value = value + 1 WHERE name = 'catalog_version'`);
  assert.deepEqual(await toldNow(), [['2', String(late), '4', '2']]);
  await town.sql("UPDATE staff SET phone_sealed = NULL WHERE unit_id = (SELECT id FROM unit WHERE code = 'pipeline')");
  reset();
  const ways = (await toldNow()).map(([, , way, channel]) => `${way} by ${channel}`).sort();
  assert.deepEqual(ways, ['7 by 3', '7 by 3', '7 by 4'], 'operations: two mails and the robot');
  const letters = about(mail, [last]);
  assert.deepEqual(letters.map(({ to }) => to).sort(), ['<ops.one@water.example>', '<ops.two@water.example>']);
  assert.match(letters[0].text, /^【供水管道管理部门】新派单 /);
  assert.equal(about(sms, [last]).length, 0);
});

test('a mail has its words in Chinese, a robot its form, and a robot hears of no person', async () => {
  reset();
  const [ticket] = await cloneTickets(1);
  await put([[ticket, 'objected', 'ops'], [ticket, 'urgent', 'group_leader']]);
  await until('all is sent', async () => (await rowsOf(ticket)).length === 6 && await allOver([ticket]));
  const letter = about(mail, [ticket]).find(({ to }) => to === '<ops.one@water.example>');
  assert.match(letter.subject, /^(提出异议|紧急、重大事件) SN261101-\d{7}-\d（聊城水务集团）$/);
  assert.equal(letter.from, '<duty@water.example>');
  assert.deepEqual(letter.envelope.to, ['TO:<ops.one@water.example>']);
  assert.match(letter.head, /^Content-Type: multipart\/mixed/m);
  assert.ok(Math.abs(Date.parse(letter.date) - town.now()) < 60000, letter.date);
  assert.match(letter.text, /^(工单 SN261101-\d{7}-\d 的承办单位提出异议，请裁定|【.*】紧急|紧急、重大事件)/);
  const [said] = about(robot, [ticket]);
  assert.match(said.text, /工单 SN261101-\d{7}-\d/);
  assert.ok(said.raw.startsWith('type=text&content=%'), said.raw);
  for (const { raw } of robot.messages) assert.doesNotMatch(decodeURIComponent(raw), /1[3-9]\d{9}|欧阳|@/);
});

test('shuinuo notify test says what happened, for every channel', async () => {
  reset();
  const good = await town.shuinuo(['notify', 'test', 'sms', '139 0635 0099']);
  assert.equal(good.code, 0, good.err);
  assert.match(good.out, /^taken; the gateway calls it G-sn-test-[0-9a-f]{16}; as an SMS it has 1 part\(s\)$/m);
  assert.equal(sms.messages[0].to, '13906350099');
  assert.equal((await town.shuinuo(['notify', 'test', 'mail', 'a@water.example'])).code, 0);
  assert.equal(mail.messages[0].subject, '聊城水务集团：测试消息');
  assert.equal((await town.shuinuo(['notify', 'test', 'robot', '-'])).code, 0);
  assert.equal((await town.shuinuo(['notify', 'test', 'file', 'anybody'])).code, 0);
  const said = async (mode, channel = 'sms', address = '13906350099') => {
    sms.mode = () => mode;
    const { code, out, err } = await town.shuinuo(['notify', 'test', channel, address]);
    assert.equal(code, 1);
    return out + err;
  };
  assert.match(await said('400'), /not taken: refused \(HTTP 400\)\n.*given up at once/);
  assert.match(await said('500'), /not taken: busy \(HTTP 500\)\n.*tried again, up to 6 times/);
  assert.match(await said('strange'), /not taken: answer \(HTTP 200, code is 1234\)/);
  assert.match(await said('hang'), /not taken: timeout/);
  assert.match(await said('ok', 'mail', 'a@b\r\nRCPT TO:<c@d>'), /give a mail address/);
  assert.match(await said('ok', 'sms', '12'), /give a mobile number/);
  assert.match(await said('ok', 'pigeon'), /one of file, sms, mail and robot/);
  mail.mode = () => '550';
  assert.match(await said('ok', 'mail', 'a@b'), /not taken: refused \(SMTP 550\)/);
  await mail.kill();
  assert.match(await said('ok', 'mail', 'a@b'), /not taken: unreachable/);
  await mail.start();
});

// ---------------------------------------------------------------- failures

test('pauses between tries grow, the answer’s wish is heard, and after the last try the notice is given up with its reason', async () => {
  reset();
  await setPolicy('notices_per_phone', 500);
  const [ticket, other] = await cloneTickets(2);
  sms.mode = () => '500';
  await put([[ticket, 'received', 'resident']]);
  const pauses = [];
  for (let attempt = 1; attempt <= 5; attempt++) {
    const [found] = await until(`try ${attempt} is over`, async () => {
      const rows = await rowsOf(ticket, 'state, attempts, TIMESTAMPDIFF(MICROSECOND, claimed_at, not_before) / 1000000, error_class, last_error');
      return rows[0][0] === '0' && rows[0][1] === String(attempt) && rows;
    });
    assert.deepEqual(found.slice(3), ['5', 'HTTP 500']);
    pauses.push(Number(found[2]));
    move(Math.ceil(found[2]) + 1);
  }
  [30, 60, 120, 240, 480].forEach((least, i) => assert.ok(pauses[i] >= least && pauses[i] < least * 1.25 + 3, `${pauses}`));
  const [last] = await until('it is given up', async () => {
    const rows = await rowsOf(ticket, 'state, attempts, error_class, last_error, ended_at IS NOT NULL, provider_id');
    return rows[0][0] === '3' && rows;
  });
  assert.deepEqual(last, ['3', '6', '5', 'HTTP 500', '1', 'NULL']);
  sms.mode = () => '429';
  await put([[other, 'received', 'resident']]);
  const [asked] = await until('its try is over', async () => {
    const rows = await rowsOf(other, 'state, attempts, TIMESTAMPDIFF(SECOND, claimed_at, not_before)');
    return rows[0][1] === '1' && rows[0][0] === '0' && rows;
  });
  assert.ok(Number(asked[2]) >= 700, asked[2]);
  sms.mode = () => 'ok';
  await untilLater('it is sent', async () => (await rowsOf(other))[0][0] === '2', 300);
});

test('what a gateway refuses for good is given up at once, and so is a mail that nobody takes', async () => {
  reset();
  const [ticket] = await cloneTickets(1);
  sms.mode = () => '400';
  mail.mode = ({ to }) => (to.includes('ops.two') ? '550' : 'ok');
  await put([[ticket, 'received', 'resident'], [ticket, 'objected', 'ops']]);
  await until('all is over', async () => (await rowsOf(ticket)).length === 4 && await allOver([ticket]));
  const rows = await rowsOf(ticket, 'channel, state, attempts, error_class, last_error');
  assert.deepEqual(rows.filter(([, state]) => state === '3').sort(), [['2', '3', '1', '6', 'HTTP 400'], ['3', '3', '1', '6', 'SMTP 550']]);
  assert.equal(rows.filter(([, state]) => state === '2').length, 2, 'the others have theirs');
});

test('a landline gets no SMS, and one phone is not told more often in a day than ops allows', async () => {
  reset();
  await setPolicy('notices_per_phone', 500);
  const landline = await fileReport('06358212345');
  await until('it is given up', async () => (await rowsOf(landline.id, 'state, error_class'))[0]?.join() === '3,10');
  await setPolicy('notices_per_phone', 20);
  await pause(11000); // a clerk asks every ten seconds whether there are new rules
  move(25 * HOUR);
  moveTo(10, 0);
  const tickets = await cloneTickets(50);
  await put(tickets.map((ticket) => [ticket, 'received', 'resident']));
  await until('all is decided', () => allOver(tickets));
  assert.equal(about(sms, tickets).length, 20);
  assert.deepEqual(await town.sql(`SELECT state, error_class, COUNT(*) FROM outbox WHERE subject_id IN (${tickets}) GROUP BY 1, 2 ORDER BY 1`), [['2', '0', '20'], ['3', '12', '30']]);
  await setPolicy('notices_per_phone', 500);
  await pause(11000);
  move(25 * HOUR);
  moveTo(10, 0);
});

// ---------------------------------------------------------------- the administrators' page, the ticket's page

const signedIn = async (login) => {
  await town.sql(`UPDATE credential SET must_change = 0 WHERE staff_id = (SELECT id FROM staff WHERE login = '${login}')`);
  const visitor = new town.Visitor();
  assert.equal((await visitor.signIn(login, 'a long enough secret 7')).status, 303);
  return visitor;
};
const idOf = async (ticket) => (await town.sql(`SELECT id FROM outbox WHERE subject_id = ${ticket}`))[0][0];

test('what was given up stands on the page with its reason, is sent once more by a button or taken off with a reason, and the log says who did it', async () => {
  reset();
  const ops = await signedIn('opsone');
  const [again, off, ...rest] = await cloneTickets(6);
  sms.mode = () => '400';
  await put([again, off, ...rest].map((ticket) => [ticket, 'received', 'resident']));
  await until('all are given up', () => allOver([again, off, ...rest]));
  const shown = town.wordsOf((await ops.get('/staff/admin/notices')).text);
  for (const said of ['未能送达', spoken(again), spoken(off), '顾客', '139****0001', '短信', '网关拒收', 'HTTP 400', '已试次数： 1']) assert.ok(shown.includes(said), said);
  assert.ok(!shown.includes('13906350001'), 'a phone in clear');
  sms.mode = () => 'ok';
  const id = await idOf(again);
  const where = `/staff/admin/notices/${id}/retry`;
  const form = town.formOf((await ops.get('/staff/admin/notices?state=3&channel=2')).text, where);
  const answer = await ops.post(where, form);
  assert.deepEqual([answer.status, answer.header('location')], [303, '/staff/admin/notices?state=3&channel=2&done=1']);
  assert.match(town.wordsOf((await ops.get(answer.header('location'))).text), /已放回等待/);
  await until('it is sent', async () => (await rowsOf(again))[0][0] === '2');
  assert.equal((await ops.post(where, form)).status, 303, 'the same form again does nothing');
  assert.equal((await rowsOf(again))[0][0], '2');
  const stale = await ops.submit('/staff/admin/notices', `/staff/admin/notices/${await idOf(off)}/retry`);
  assert.equal(stale.status, 303);
  await until('it is sent', async () => (await rowsOf(off))[0][0] === '2');
  assert.equal(about(sms, [again, off]).length, 2);
  const third = await idOf(rest[0]);
  const nothing = await ops.submit('/staff/admin/notices', `/staff/admin/notices/${third}/drop`);
  assert.equal(nothing.status, 422);
  assert.equal(town.errorOf(nothing.text, 'reason'), '请写撤下的原因，2 到 100 字');
  const page = await ops.get('/staff/admin/notices');
  const drop = town.formOf(page.text, `/staff/admin/notices/${third}/drop`);
  const retry = town.formOf(page.text, `/staff/admin/notices/${third}/retry`);
  assert.equal((await ops.post(`/staff/admin/notices/${third}/drop`, { ...drop, reason: '号码是空号 <b>' })).status, 303);
  assert.equal((await rowsOf(rest[0]))[0][0], '4');
  const late = await ops.post(`/staff/admin/notices/${third}/retry`, retry);
  assert.equal(late.status, 409);
  assert.match(town.wordsOf(late.text), /可能别人刚处理过/);
  assert.equal((await ops.post('/staff/admin/notices/999999999/retry', retry)).status, 404);
  assert.equal((await ops.post('/staff/admin/notices/channel/pigeon', retry)).status, 404);
  // All of a channel, when the gateway is back.
  const all = await ops.submit('/staff/admin/notices', '/staff/admin/notices/channel/sms');
  assert.equal(all.status, 303);
  await until('the others are sent', () => allOver(rest));
  assert.equal(about(sms, rest).length, rest.length - 1);
  const log = (await town.sql("SELECT what, detail FROM audit WHERE what LIKE 'notice%' ORDER BY id")).map((line) => line.join(': '));
  assert.deepEqual(log, ['notice_retry: received · sms', 'notice_retry: received · sms', 'notice_drop: received · sms · 号码是空号 <b>', 'notices_retry: sms']);
});

test('the page of notices counts, filters, and pages without losing one', async () => {
  reset();
  const ops = await signedIn('opsone');
  const tickets = await cloneTickets(60);
  sms.mode = () => '500';
  await put(tickets.map((ticket) => [ticket, 'received', 'resident']));
  await until('all wait for another try', async () => Number((await town.sql(`SELECT COUNT(*) FROM outbox WHERE subject_id IN (${tickets}) AND state = 0 AND attempts = 1`))[0][0]) === 60);
  const waits = town.wordsOf((await ops.get('/staff/admin/notices?state=0')).text);
  assert.match(waits, /等待发送 \d+ /);
  assert.match(waits, /等得最久的一条已等 \d+ /);
  assert.match(waits, /网关暂时不收 HTTP 500/);
  await town.sql(`UPDATE outbox SET state = 3, ended_at = created_at WHERE subject_id IN (${tickets})`);
  const seen = new Set();
  for (let where = '/staff/admin/notices?channel=2'; where;) {
    const { text } = await ops.get(where);
    for (const [, id] of text.matchAll(/notices\/(\d+)\/retry/g)) {
      assert.ok(!seen.has(id), `${id} twice`);
      seen.add(id);
    }
    where = /rel="next" href="([^"]*)"/.exec(text)?.[1].replace(/&amp;/g, '&');
  }
  const [[total]] = await town.sql('SELECT COUNT(*) FROM outbox WHERE state = 3 AND channel = 2');
  assert.equal(seen.size, Number(total));
  for (const query of ['?state=9', '?channel=99', '?before=x', '?other=1']) assert.equal((await ops.get(`/staff/admin/notices${query}`)).status, 400, query);
  sms.mode = () => 'ok';
  await town.sql(`UPDATE outbox SET state = 4 WHERE subject_id IN (${tickets})`);
});

test('the ticket’s page says who was told what and what became of it', async () => {
  reset();
  const ops = await signedIn('opsone');
  const { number, id } = await fileReport('13906350021');
  const [[unit]] = await town.sql("SELECT id FROM unit WHERE code = 'pipeline'");
  await town.sql(`UPDATE staff SET phone_sealed = (SELECT phone_sealed FROM ticket_person WHERE ticket_id = ${id}), key_id = (SELECT key_id FROM ticket_person WHERE ticket_id = ${id}) WHERE login = 'chief'`);
  sms.mode = (message) => (message.text.includes('收回') ? '400' : 'ok');
  await put([[id, 'dispatched', 'liaison', unit], [id, 'recalled', 'liaison', unit]]);
  await until('both are over', () => allOver([id]));
  const words = town.wordsOf((await ops.get(`/staff/ticket/${number}`)).text);
  assert.match(words, /通知 有通知没有送达： 1 全部通知 3 /);
  assert.match(words, /工单收回 → 值班联络员, 供水管道管理部门, chief 未能送达 .* · 短信 · 网关拒收/);
  assert.match(words, /新派单 → 值班联络员, 供水管道管理部门, chief 已发送 .* · 短信 · 无值班联络员可通知，发给本单位其他人员/);
  assert.match(words, /已收到 → 顾客 已发送 .* · 短信/);
  assert.ok(!words.includes('13906350021'));
});

// ---------------------------------------------------------------- quiet hours

test('quiet hours keep back what can wait and nothing else, and the order stays', async () => {
  reset();
  moveTo(23, 0);
  const [ticket, other, urgent] = await cloneTickets(3);
  await town.sql(`UPDATE ticket SET grades = grades | 2 WHERE id = ${urgent}`);
  const [[unit]] = await town.sql("SELECT id FROM unit WHERE code = 'pipeline'");
  await put([[ticket, 'extension_granted', 'resident'], [other, 'finished', 'resident'], [urgent, 'finished', 'resident'], [ticket, 'dispatched', 'liaison', unit], [ticket, 'objected', 'ops']]);
  await until('what cannot wait is sent', async () => {
    const rows = await rowsOf(ticket, 'state, audience');
    return rows.filter(([state]) => state === '2').length === rows.length - 1 && (await rowsOf(urgent))[0][0] === '2';
  });
  const held = await town.sql(`SELECT subject_id, state, is_held, TIME_FORMAT(not_before + INTERVAL 8 HOUR, '%H:%i:%s') FROM outbox WHERE is_held = 1 AND subject_id IN (${ticket}, ${other}) ORDER BY 1`);
  assert.deepEqual(held, [[String(ticket), '0', '1', '07:00:00'], [String(other), '0', '1', '07:00:00']]);
  assert.equal(about(sms, [ticket, other]).filter(({ text }) => text.startsWith('【供水服务】')).length, 0);
  assert.equal(about(sms, [urgent]).length, 1, 'the urgent one alone');
  // A crew arrives at night: the resident is told at once, and of what came before it first.
  await put([[ticket, 'arrived', 'resident']]);
  await until('both are sent', async () => (await rowsOf(ticket)).every(([state]) => state === '2'));
  const night = about(sms, [ticket]).filter(({ text }) => text.startsWith('【供水服务】'));
  assert.deepEqual(night.map(({ text }) => (text.includes('延长') ? 'extension' : text.includes('现场') ? 'arrived' : text)), ['extension', 'arrived']);
  moveTo(6, 58);
  await pause(2500);
  assert.equal((await rowsOf(other))[0][0], '0');
  moveTo(7, 1);
  await until('the night is over', async () => (await rowsOf(other))[0][0] === '2');
  assert.match(about(sms, [other])[0].text, /已办结/);
});

// ---------------------------------------------------------------- everything once, and in order

// Each notice of these tickets came once by its id, and each ticket's in this order.
async function checkArrivals(tickets, names) {
  const rows = await town.sql(`SELECT subject_id, notice, state, attempts FROM outbox WHERE subject_id IN (${tickets}) AND audience = 6`);
  assert.equal(rows.length, tickets.length * names.length);
  assert.deepEqual(rows.filter(([, , state]) => state !== '2'), []);
  assert.equal(about(sms, tickets).length, rows.length, 'each id once');
  const order = { received: '已收到', arrived: '已到现场', code_again: '新查询码' };
  for (const ticket of tickets) {
    const texts = about(sms, [ticket]).map(({ text }) => names.find((name) => text.includes(order[name])));
    assert.deepEqual(texts, names, spoken(ticket));
  }
  return rows;
}

test('two clerks, a gateway that fails, hangs, loses answers and goes away in the middle: each notice arrives once and in order', async () => {
  reset();
  const names = ['received', 'arrived', 'code_again'];
  const tickets = await cloneTickets(25);
  const second = spawn(path.join(build, 'bin/clerk'), ['--settings', settings], { stdio: 'ignore' });
  let turn = 0;
  sms.mode = () => ['500', 'ok', 'lost', 'ok', 'slow', 'ok', 'ok', 'strange', 'ok', 'ok', 'ok'][turn++ % 11];
  try {
    await put(tickets.flatMap((ticket) => names.map((name) => [ticket, name, 'resident'])));
    await until('some arrived', () => about(sms, tickets).length >= 10);
    await sms.kill();
    await pause(500);
    move(20);
    await sms.start();
    await until('more arrived', () => sms.messages.length >= 20);
    sms.mode = () => 'hang';
    await until('some hang', () => sms.hanging > 0);
    sms.mode = () => ['ok', 'ok', 'lost', 'ok', 'slow'][turn++ % 5];
    await untilLater('all is sent', () => allOver(tickets));
  } finally {
    second.kill('SIGTERM');
    await new Promise((resolve) => (second.exitCode === null ? second.on('exit', resolve) : resolve()));
  }
  assert.equal(second.exitCode, 0);
  const rows = await checkArrivals(tickets, names);
  assert.ok(rows.some(([, , , attempts]) => Number(attempts) > 1), 'some needed more than one try');
  assert.ok([...sms.times.values()].some((times) => times > 1), 'some answers were lost, and the id came again');
});

test('a mail server that loses its answer and goes away in the middle has each mail once', async () => {
  reset();
  const tickets = await cloneTickets(8);
  let turn = 0;
  mail.mode = () => ['lost', 'ok', 'ok'][turn++ % 3];
  await put(tickets.map((ticket) => [ticket, 'objected', 'ops']));
  await until('some arrived', () => mail.messages.length >= 4);
  await mail.kill();
  await pause(300);
  await mail.start();
  await untilLater('all is sent', () => allOver(tickets));
  assert.equal(about(mail, tickets).length, 16);
  assert.equal(new Set(about(mail, tickets).map(({ id }) => id)).size, 16);
  assert.ok([...mail.times.values()].some((times) => times > 1), 'some answers were lost, and the id came again');
  assert.deepEqual(await town.sql(`SELECT state, COUNT(*) FROM outbox WHERE subject_id IN (${tickets}) GROUP BY 1`), [['2', '24']]);
});

test('a clerk killed in the middle loses nothing, and what it had sent comes again under the same id alone', async () => {
  reset();
  const names = ['received', 'arrived'];
  const tickets = await cloneTickets(12);
  sms.mode = () => 'hang';
  await put(tickets.flatMap((ticket) => names.map((name) => [ticket, name, 'resident'])));
  await until('several are under way', () => sms.hanging >= 4);
  await killClerk(); // before anything was answered
  sms.mode = (message) => (sms.times.has(message.id) ? 'ok' : 'slow');
  await untilLater('some arrived, and the answer is not there yet', () => sms.messages.length >= 3, 30);
  await killClerk(); // between sending and marking
  await untilLater('all is sent', () => allOver(tickets));
  await checkArrivals(tickets, names);
});

test('a clerk told to end finishes what is under way, and starts nothing more', async () => {
  reset();
  const tickets = await cloneTickets(30);
  sms.mode = () => 'slow';
  await put(tickets.map((ticket) => [ticket, 'received', 'resident']));
  await until('some are under way', () => sms.messages.length >= 2);
  const pid = clerkPid();
  process.kill(pid, 'SIGTERM');
  await until('another clerk runs', () => clerkPid() !== pid && isAlive(clerkPid()));
  await until('all is sent', () => allOver(tickets));
  assert.equal(about(sms, tickets).length, 30);
  assert.ok([...sms.times.values()].every((times) => times === 1), 'not one was sent again');
});

test('deadlines are kept watch over while every gateway hangs', async () => {
  reset();
  sms.mode = robot.mode = mail.mode = () => 'hang';
  const tickets = await cloneTickets(40);
  await put(tickets.flatMap((ticket) => [[ticket, 'received', 'resident'], [ticket, 'objected', 'ops']]));
  await until('all gateways hang', () => sms.hanging > 0 && robot.hanging > 0 && mail.hanging > 0);
  const { id } = await fileReport('13906350077', false);
  move(11 * 60); // the wait for dispatch is due after ten minutes
  let hung = 0;
  await until('the breach is recorded', async () => {
    hung += sms.hanging > 0 ? 1 : 0;
    return Number((await town.sql(`SELECT COUNT(*) FROM clock_step s JOIN clock c ON c.subject_id = s.subject_id AND c.no = s.clock_no WHERE s.subject_id = ${id} AND c.kind = 1 AND s.is_breach = 1`))[0][0]) === 1;
  }, 15000);
  assert.ok(hung > 0, 'the gateway hung meanwhile');
  sms.mode = robot.mode = mail.mode = () => 'ok';
  await untilLater('all is sent', () => allOver(tickets), 60);
  assert.deepEqual(await town.sql(`SELECT COUNT(*) FROM outbox WHERE state = 3 AND subject_id IN (${[...tickets, id]})`), [['0']]);
});

test('a sender that dies is started again, and one that cannot be started is not tried without end', async () => {
  reset();
  const pid = clerkPid();
  const parts = () => fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  const before = await until('both parts run', () => parts().length === 2 && parts());
  for (const part of before) process.kill(part, 'SIGKILL');
  await until('both run again', () => parts().length === 2 && parts().every((part) => !before.includes(part)));
  assert.ok(isAlive(pid));
  const [ticket] = await cloneTickets(1);
  await put([[ticket, 'received', 'resident']]);
  await until('it is sent', async () => (await rowsOf(ticket))[0][0] === '2');
});

// ---------------------------------------------------------------- nothing gets out

test('no phone, code, text, address or secret stands in any log or in the outbox', async () => {
  const logs = fs.readdirSync(path.join(folder, 'log')).map((name) => fs.readFileSync(path.join(folder, 'log', name), 'utf8')).join('\n');
  assert.match(logs, /notice_not_sent id=\d+ name=received channel=sms attempt=1 error=busy/);
  const texts = sms.messages.map(({ text }) => text);
  const codes = texts.map((text) => /查询码 (\d{8})/.exec(text)?.[1]).filter(Boolean);
  assert.ok(codes.length > 0);
  const columns = (await town.sql('SELECT COALESCE(provider_id, ""), COALESCE(last_error, "") FROM outbox')).map((row) => row.join(' ')).join('\n');
  for (const secret of ['1390635', '8212345', '欧阳', SECRET, 'gw%26key', MAIL_PASSWORD, 'water.example', '受理编号', ...codes]) {
    assert.ok(!logs.includes(secret), `a log holds ${secret}`);
    assert.ok(!columns.includes(secret) || secret === '8212345', `the outbox holds ${secret}`);
  }
});

test('a clerk whose gateway lacks its secret does not start, and says which', async () => {
  const file = path.join(folder, 'wrong.hdf');
  fs.writeFileSync(file, `${fs.readFileSync(settings, 'utf8').replace(/^robot_body = .*$/m, 'robot_body = {secret}')}`);
  const check = () => new Promise((resolve) => {
    execFile(path.join(build, 'bin/clerk'), ['--settings', file, '--check-config'], (error, out, err) => resolve({ code: error ? error.code : 0, err }));
  });
  const { code, err } = await check();
  assert.equal(code, 1);
  assert.match(err, /robot wants \{secret\}, but gateway\.secret holds no robot_secret/);
});
