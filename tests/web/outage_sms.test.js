/*
 * Who is told by SMS (Arts. 18(1), 33(4)): a stack of its own whose gateway on loopback fails, hangs, goes away and comes back. The
 * households are imported by the administrator's command; the pages are those of customer management, operations and residents.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFile } = require('node:child_process');
const { HttpSink } = require('./sinks.js');

const build = process.env.SHUINUO_BUILD;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shuinuo-sms-'));
const PASSWORD = 'a long enough secret 7';
const sms = new HttpSink((request, body) => JSON.parse(body));

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function until(what, condition, ms = 60000) {
  for (const end = Date.now() + ms; Date.now() < end; await pause(50)) {
    const found = await condition();
    if (found) return found;
  }
  return assert.fail(`waited in vain until ${what}`);
}
const script = (...words) => new Promise((resolve, reject) => {
  execFile('bash', [path.join(process.env.SHUINUO_TOP, 'conf/run/run.sh'), ...words], { timeout: 120000 }, (error, out, err) => (error ? reject(new Error(err)) : resolve(out.trim())));
});
// Seconds from the machine's own time on to the next hour:minute on the wall clock of the city.
function untilLocal(hour, minute, from = Date.now()) {
  const day = 86400000, zone = from + 8 * 3600000;
  const at = Math.floor(zone / day) * day + (hour * 60 + minute) * 60000;
  return Math.ceil(((at > zone ? at : at + day) - zone) / 1000);
}

let town, ops, customer, pipeline, builder; // staff_client.js on this stack; people signed in

/** So many households of a building that has never been used, from `first` on; every tenth without a phone, two and two with the same. */
const rows = [];
function households(place, building, first, count) {
  for (let i = 0; i < count; i++) {
    const phone = i % 10 === 0 ? '' : `139${String(first + (i >> 1)).padStart(8, '0')}`;
    rows.push(`${String(1000000000 + first + i)},试验区,${place},,${building},${i + 1}室,住户${i},${phone},,`);
  }
}
async function importRegister() {
  const file = path.join(folder, 'customers.csv');
  fs.writeFileSync(file, `户号,区,小区,道路,楼栋,门牌,户名,电话,总表,总表名称\n${rows.join('\n')}\n`);
  const done = await town.shuinuo(['import', 'customers', file]);
  assert.equal(done.code, 0, done.err);
}

async function enter(login) {
  const visitor = new town.Visitor();
  assert.equal((await visitor.signIn(login, PASSWORD)).status, 303);
  return visitor;
}
async function everybodyIn() {
  [ops, customer, pipeline, builder] = await Promise.all(['smsops', 'smscustomer', 'smspipeline', 'smsbuilder'].map(enter));
}

test.before(async () => {
  await sms.start();
  fs.writeFileSync(path.join(folder, 'settings-extra'), ['notice_resident = sms', 'gateway_timeout_seconds = 1', 'clerk_interval_seconds = 1',
    `sms_url = http://127.0.0.1:${sms.port}/send`, 'sms_body = {"to":"{phone}","text":"{text}","id":"{id}"}', 'sms_success = json:code=0',
    'sms_message_id = id'].join('\n') + '\n');
  fs.writeFileSync(path.join(folder, 'time-offset'), `${untilLocal(10, 0)}\n`);
  process.env.SHUINUO_URL = await script('--test', '--build', build, '--var', folder, '--port', '0', '--sample', '0', '--workers', '1', '--owner', String(process.pid));
  process.env.SHUINUO_VAR = folder;
  town = require('./staff_client.js');
  households('甲园', '1号楼', 1, 120);
  households('甲园', '2号楼', 1001, 100);
  households('乙园', '1号楼', 2001, 100);
  households('丙园', '1号楼', 3001, 40);
  households('丁园', '1号楼', 4001, 60);
  households('戊园', '1号楼', 5001, 20);
  await importRegister();
  for (const [login, unit, roles] of [['smsops', 'ops', 'ops'], ['smscustomer', 'customer', 'liaison'], ['smspipeline', 'pipeline', 'liaison'], ['smsbuilder', 'construction', 'liaison']]) {
    const added = await town.shuinuo(['user', 'add', login, login, unit, roles], `${PASSWORD}\n`);
    assert.equal(added.code, 0, added.err);
  }
  await town.sql('UPDATE credential SET must_change = 0');
  await everybodyIn();
}, { timeout: 180000 });

test.after(async () => {
  await script('--stop', '--var', folder);
  await sms.kill();
  fs.rmSync(folder, { recursive: true, force: true });
}, { timeout: 120000 });

test.beforeEach(() => {
  sms.mode = () => 'ok';
});

const later = (minutes) => town.local(town.now() + minutes * 60000);
async function publish(place, more = {}) {
  const answer = await pipeline.submit('/staff/supply/new', '/staff/supply/new', { unit: 3, cause: 1, places: place, area_words: '', diameter_mm: 300,
    valves: '0', started_at: later(0), expected_end_at: later(180), words: '正在抢修', ...more });
  assert.equal(answer.status, 303, town.wordsOf(answer.text).slice(0, 500));
  return Number(/supply\/(\d+)/.exec(answer.header('location'))[1]);
}
const pageOf = (id) => `/staff/supply/${id}/sms`;
const shown = async (id, who = customer) => town.wordsOf((await who.get(pageOf(id))).text);
async function send(id, more = {}, who = customer) {
  const answer = await who.submit(pageOf(id), pageOf(id), { do: 'send', ...more });
  assert.equal(answer.status, 303, town.wordsOf(answer.text).slice(0, 800));
}
const batchOf = async (id, audience = 1) => (await town.sql(`SELECT state, is_stopped, numbers, sent, given_up, id FROM outage_sms_batch WHERE outage_id = ${id} AND audience = ${audience} ORDER BY seq DESC LIMIT 1`))[0]?.map(Number);
const isDone = (id, audience) => until('the batch is done', async () => (await batchOf(id, audience))?.[0] === 3);
const to = (first, count) => sms.messages.filter((message) => Number(message.to) >= 13900000000 + first && Number(message.to) < 13900000000 + first + count);

test('Art. 33(4): the households of the area are counted, read masked, and each number is told once', async () => {
  const id = await publish('甲园');
  const page = await shown(id);
  assert.match(page, /户数 220 登记了电话的户 198 不同号码（每个号码只发一次） 110 没有电话的户 22/);
  assert.match(page, /甲园 220 198/);
  assert.match(page, /甲园因管道爆裂、漏水停水，\d+月\d+日\d\d:\d\d起，预计\d+月\d+日\d\d:\d\d恢复。详情http:\S+\/outage\/\d+，热线/);
  assert.match(page, /紧急停水：马上发送/);
  const list = await customer.get(`/staff/supply/${id}/sms-households`);
  assert.match(town.wordsOf(list.text), /甲园 1号楼 139\*\*\*\*/);
  assert.ok(!/1390000\d{4}/.test(list.text), 'no number in clear');
  let seen = 0, next = list;
  for (let pages = 0; ; pages++) {
    seen += [...next.text.matchAll(/<th scope="row">/g)].length;
    const on = /href="([^"]*sms-households\?place=\d+&amp;after=\d+)"/.exec(next.text);
    if (!on) break;
    assert.ok(pages < 20);
    next = await customer.get(on[1].replace(/&amp;/g, '&'));
  }
  assert.equal(seen, 220, 'every household once, page by page');
  await send(id);
  await isDone(id);
  assert.equal(to(1, 1100).length, 110);
  assert.ok([...sms.times.values()].every((times) => times === 1), 'each message once');
  const after = await shown(id);
  assert.match(after, /发送完[\s\S]*号码 110 已发送 110 等待发送 0/);
  const [[ids]] = await town.sql(`SELECT COUNT(DISTINCT provider_id) FROM outage_sms WHERE outage_id = ${id} AND provider_id LIKE 'G-so-%'`);
  assert.equal(ids, '110', 'each with the gateway’s own id');
  assert.match(after, /最新的消息已经发送/);
});

test('the text may be changed, its parts are counted, and what is wrong is said beside it with everything kept', async () => {
  const id = await publish('丙园');
  const counted = await customer.submit(pageOf(id), pageOf(id), { do: 'check', body: '水'.repeat(135) });
  assert.equal(counted.status, 200);
  assert.match(town.wordsOf(counted.text), /135 字，每个号码 3 条，一共 60 条；最后一条还能写 66 个字符/);
  assert.equal(town.formOf(counted.text, '/sms').body, '水'.repeat(135));
  const latin = await customer.submit(pageOf(id), pageOf(id), { do: 'check', body: `${'a'.repeat(159)}[` });
  assert.match(town.wordsOf(latin.text), /160 字，每个号码 2 条[\s\S]*没有中文/);
  for (const body of ['短', '水'.repeat(269), '']) {
    const refused = await customer.submit(pageOf(id), pageOf(id), { do: 'send', body });
    assert.equal(refused.status, 422, body);
    assert.ok(town.errorOf(refused.text, 'body'), body);
    assert.equal(town.formOf(refused.text, '/sms').body, body);
  }
  assert.equal(await batchOf(id), undefined, 'nothing was sent');
  await send(id, { body: '丙园停水，请到东门取水。热线 0635-8321234' });
  await isDone(id);
  assert.equal(to(3001, 100).every(({ text }) => text === '丙园停水，请到东门取水。热线 0635-8321234'), true);
});

test('a double click sends once, a second person is told, and who came too late for the newest news keeps the text', async () => {
  const id = await publish('戊园');
  const [first, second] = [await customer.get(pageOf(id)), await ops.get(pageOf(id))];
  const fields = { ...town.formOf(first.text, '/sms'), do: 'send' };
  const both = await Promise.all([customer.post(pageOf(id), fields), customer.post(pageOf(id), fields)]);
  assert.deepEqual(both.map(({ status }) => status), [303, 303]);
  const late = await ops.post(pageOf(id), { ...town.formOf(second.text, '/sms'), do: 'send', body: '戊园停水，请大家储水' });
  assert.equal(late.status, 409);
  assert.match(town.wordsOf(late.text), /刚刚已由同事发送/);
  assert.equal((await town.sql(`SELECT COUNT(*) FROM outage_sms_batch WHERE outage_id = ${id} AND audience = 1`))[0][0], '1');
  await isDone(id);
  const other = await publish('戊园');
  const open = town.formOf((await customer.get(pageOf(other))).text, '/sms');
  assert.equal((await pipeline.submit(`/staff/supply/${other}`, `/staff/supply/${other}/extend`, { expected_end_at: later(400), words: '等配件' })).status, 303);
  const stale = await customer.post(pageOf(other), { ...open, do: 'send', body: '戊园停水，我写的内容' });
  assert.equal(stale.status, 409);
  assert.match(town.wordsOf(stale.text), /有了新的消息/);
  assert.equal(town.formOf(stale.text, '/sms').body, '戊园停水，我写的内容');
});

test('an extension offers the same numbers a new message, and nobody else is asked', async () => {
  const id = await publish('戊园');
  await send(id);
  await isDone(id);
  assert.equal(town.formOf((await customer.get(pageOf(id))).text, '/sms'), null, 'told already');
  assert.equal((await pipeline.submit(`/staff/supply/${id}`, `/staff/supply/${id}/extend`, { expected_end_at: later(500), words: '等配件' })).status, 303);
  assert.match(await shown(id), /延长[\s\S]*停水时间延长，预计/);
  const before = to(5001, 100).length;
  await send(id);
  await isDone(id);
  assert.equal(to(5001, 100).length, before + 10);
});

test('who may not send has no page, and an area without a registered phone tells nobody', async () => {
  const id = await publish('丙园');
  assert.equal((await pipeline.get(pageOf(id))).status, 403, 'pipeline management posts no notices');
  assert.equal((await pipeline.post(pageOf(id), { ...town.formOf((await ops.get(pageOf(id))).text, '/sms'), do: 'send' })).status, 403);
  assert.ok(!(await pipeline.get(`/staff/supply/${id}`)).text.includes(`${pageOf(id)}"`), 'and no way there');
  assert.ok((await customer.get(`/staff/supply/${id}`)).text.includes(`${pageOf(id)}"`));
  assert.equal((await customer.get('/staff/supply/999999/sms')).status, 404);
  const words = await publish('', { area_words: '湖边的几户' });
  assert.match(await shown(words), /这个范围没有登记的电话/);
  assert.equal(town.formOf((await customer.get(pageOf(words))).text, '/sms'), null);
});

test('a gateway that answers 500, hangs and is away for an hour loses nothing, tells nobody twice, and the page says how it stands', { timeout: 240000 }, async () => {
  const id = await publish('乙园');
  sms.mode = () => '500';
  await send(id);
  await until('some were tried', async () => Number((await town.sql(`SELECT COUNT(*) FROM outage_sms WHERE outage_id = ${id} AND state = 4`))[0][0]) > 0);
  assert.match(await shown(id), /没有发出，会再试 [1-9]\d*[\s\S]*下次再试/);
  sms.mode = () => 'hang';
  await until('some hang', async () => sms.hanging > 0 || (town.wait(1), false));
  await sms.kill();
  for (let minutes = 0; minutes < 60; minutes += 2) { // an hour of the stack's time in which nobody answers
    town.wait(2);
    await pause(150);
  }
  const [, , numbers, sent, givenUp] = await batchOf(id);
  assert.deepEqual([numbers, sent, givenUp], [50, 0, 0], 'none is lost, none is given up');
  await everybodyIn();
  assert.match(await shown(id), /正在发送[\s\S]*已发送 0/);
  sms.mode = () => 'ok';
  await sms.start();
  await until('it is done', async () => (await batchOf(id))[0] === 3 || (town.wait(1), false), 120000);
  assert.deepEqual((await batchOf(id)).slice(2, 5), [50, 50, 0]);
  assert.equal(to(2001, 100).length, 50);
});

test('a number that the gateway refuses is given up, shown masked with its reason, and tried again by hand', async () => {
  await everybodyIn();
  const id = await publish('丁园');
  sms.mode = (message) => (message.to === '13900004001' ? '400' : 'ok');
  await send(id);
  await isDone(id);
  assert.deepEqual((await batchOf(id)).slice(2, 5), [30, 29, 1]);
  const page = await shown(id);
  assert.match(page, /无法发送 1[\s\S]*139\*\*\*\*4001/);
  sms.mode = () => 'ok';
  assert.equal((await customer.submit(pageOf(id), `${pageOf(id)}-retry`)).status, 303);
  await until('it is sent', async () => (await batchOf(id))[3] === 30);
});

test('stopped within a pass by either of two people, gone on with, and killed clerks tell nobody twice', { timeout: 120000 }, async () => {
  const id = await publish('甲园');
  sms.mode = () => 'slow';
  await send(id);
  await until('it is being sent', async () => Number((await town.sql(`SELECT COUNT(*) FROM outage_sms WHERE outage_id = ${id} AND state = 2`))[0][0]) > 3);
  const [a, b] = [await customer.get(pageOf(id)), await ops.get(pageOf(id))];
  const answers = await Promise.all([customer.post(`${pageOf(id)}-stop`, town.formOf(a.text, '/sms-stop')), ops.post(`${pageOf(id)}-stop`, town.formOf(b.text, '/sms-stop'))]);
  assert.deepEqual(answers.map(({ status }) => status), [303, 303]);
  const underWay = () => town.sql(`SELECT COUNT(*) FROM outage_sms WHERE outage_id = ${id} AND state = 1`);
  await until('nothing is under way', async () => (await underWay())[0][0] === '0');
  const sentThen = (await town.sql(`SELECT COUNT(*) FROM outage_sms WHERE outage_id = ${id} AND state = 2`))[0][0];
  await pause(1500);
  assert.equal((await town.sql(`SELECT COUNT(*) FROM outage_sms WHERE outage_id = ${id} AND state = 2`))[0][0], sentThen, 'stopped');
  assert.match(await shown(id), /已停止[\s\S]*继续发送/);
  assert.equal((await ops.submit(pageOf(id), `${pageOf(id)}-resume`)).status, 303);
  await until('it goes on', async () => (await town.sql(`SELECT COUNT(*) FROM outage_sms WHERE outage_id = ${id} AND state = 2`))[0][0] > sentThen);
  const pid = Number(fs.readFileSync(path.join(folder, 'pid/clerk'), 'utf8'));
  process.kill(-pid, 'SIGKILL');
  await until('another clerk runs', () => Number(fs.readFileSync(path.join(folder, 'pid/clerk'), 'utf8')) !== pid);
  sms.mode = () => 'ok';
  await until('it is done', async () => (await batchOf(id))[0] === 3 || (town.wait(0.2), false), 90000);
  const [[lost]] = await town.sql(`SELECT COUNT(*) FROM outage_sms WHERE outage_id = ${id} AND state <> 2`);
  assert.equal(lost, '0');
  const [[many]] = await town.sql(`SELECT COUNT(*) FROM outage_sms WHERE outage_id = ${id} AND attempts > 1`);
  const twice = [...sms.times].filter(([, times]) => times > 1).length;
  assert.ok(twice <= Number(many), `only what was under way with the killed clerk came again, under the same id: ${twice} of ${many}`);
});

test('a planned outage waits for the end of the quiet hours, an emergency does not, and tickets’ notices pass by', { timeout: 120000 }, async () => {
  town.wait(untilLocal(23, 0, town.now()) / 60);
  await everybodyIn();
  const id = await publish('丙园');
  assert.equal((await pipeline.submit(`/staff/supply/${id}`, `/staff/supply/${id}/restore`, { water_on_at: later(0), words: '' })).status, 303);
  assert.match(await shown(id), /夜间（22:00 到 07:00）不发/);
  sms.messages.length = 0;
  await send(id);
  const emergency = await publish('戊园');
  await send(emergency);
  await isDone(emergency);
  assert.equal(to(5001, 100).length, 10, 'an emergency is told at night');
  assert.equal(to(3001, 100).length, 0, 'that the water is back waits');
  assert.deepEqual((await batchOf(id)).slice(0, 2), [2, 0]);
  town.wait(untilLocal(7, 1, town.now()) / 60);
  await isDone(id);
  assert.equal(to(3001, 100).length, 20);
  await everybodyIn();
});

test('Arts. 18(1), 33(4): when the households of a planned outage have been told, the step and its clock say so by themselves, once', { timeout: 120000 }, async () => {
  await everybodyIn();
  const applied = await builder.submit('/staff/supply/plan', '/staff/supply/plan', { unit: 7, cause: 7, places: '戊园', area_words: '', households: 20,
    planned_start_at: later(3 * 1440), expected_end_at: later(3 * 1440 + 360), words: '改造支管' });
  assert.equal(applied.status, 303, town.wordsOf(applied.text).slice(0, 900));
  const id = Number(/supply\/(\d+)/.exec(applied.header('location'))[1]);
  const act = async (who, action, fields = {}) => {
    const answer = await who.submit(`/staff/supply/${id}`, `/staff/supply/${id}/${action}`, fields);
    assert.equal(answer.status, 303, `${action}: ${town.wordsOf(answer.text).slice(0, 600)}`);
  };
  assert.match(await shown(id), /还没有公布，公布之后才能发短信/);
  await act(pipeline, 'assist', { assistant: (await town.sql("SELECT id FROM staff WHERE login = 'smspipeline'"))[0][0] });
  await act(ops, 'approve');
  await act(ops, 'publish', { words: '改造供水支管，请提前储水', water_points: '' });
  const steps = () => town.sql(`SELECT e.occurred_at, e.actor_staff FROM event e WHERE e.subject_kind = 2 AND e.subject_id = ${id} AND e.kind = 15`);
  const clock = async () => (await town.sql(`SELECT result, stopped_at FROM clock WHERE subject_kind = 2 AND subject_id = ${id} AND kind = 10`))[0];
  assert.equal((await clock())[0], '0', 'runs until they are told');
  sms.mode = () => 'slow';
  await send(id, { body: '戊园计划停水，请提前储水。热线 0635-8321234' });
  await isDone(id);
  const [[at, actor], ...more] = await steps();
  assert.equal(more.length, 0);
  assert.equal(actor, '0', 'by the system');
  const [[last]] = await town.sql(`SELECT MAX(sent_at) FROM outage_sms WHERE outage_id = ${id} AND batch_id = ${(await batchOf(id))[5]}`);
  assert.equal(at, last, 'at the moment of the last message');
  assert.deepEqual(await clock(), ['1', last], 'kept, by who was told last');
  assert.match(town.wordsOf((await ops.get(`/staff/supply/${id}`)).text), /应通知 20 户，发出 10 条，失败 0 条/);
});

// ---------------------------------------------------------------- subscriptions

const placeId = async (name) => Number((await town.sql(`SELECT id FROM place WHERE name = '${name}'`))[0][0]);
const codeOf = (phone) => until(`the code for ${phone}`, () => {
  const found = sms.messages.filter(({ to: number, text }) => number === phone && text.includes('验证码')).at(-1);
  return found && /验证码是 (\d{6})/.exec(found.text)[1];
});
async function askCode(visitor, place, phone) {
  const page = `/outage/subscribe?place=${await placeId(place)}`;
  return visitor.submit(page, '/outage/subscribe', { phone });
}
async function subscribe(place, phone) {
  const visitor = new town.Visitor();
  sms.messages.length = 0;
  const asked = await askCode(visitor, place, phone);
  assert.equal(asked.status, 303, town.wordsOf(asked.text));
  const where = asked.header('location');
  const confirmed = await visitor.submit(where, where, { code: await codeOf(phone) });
  assert.equal(confirmed.status, 303, town.wordsOf(confirmed.text));
  const last = await visitor.get(confirmed.header('location'));
  assert.match(town.wordsOf(last.text), /订阅好了/);
  await until('clerk has it', async () => (await town.sql(`SELECT COUNT(*) FROM outage_subscription s JOIN place p ON p.id = s.place_id WHERE p.name = '${place}'`))[0][0] !== '0');
}

test('Art. 18: who subscribes with a code is told of every message at the place, once, and ends it by the link', { timeout: 120000 }, async () => {
  const visitor = new town.Visitor();
  assert.match(town.wordsOf((await visitor.get('/outage/')).text), /停水短信订阅/);
  assert.match(town.wordsOf((await visitor.get('/outage/subscribe?q=丁园')).text), /请选择地点 丁园/);
  assert.match(town.wordsOf((await visitor.get('/outage/subscribe?q=没有的地方')).text), /没有找到这个地点/);
  await subscribe('丁园', '13711110001');
  await subscribe('丁园', '13900004002'); // a registered household, too
  const id = await publish('丁园');
  await isDone(id, 2);
  const told = sms.messages.filter(({ to: number }) => number === '13711110001');
  assert.equal(told.filter(({ text }) => text.includes('丁园')).length, 1);
  const link = /不再接收：http:\/\/[^/]+(\/outage\/stop\/\S+)/.exec(told.at(-1).text)[1];
  await send(id);
  await isDone(id);
  const both = sms.messages.filter(({ to: number, text }) => number === '13900004002' && text.includes('因管道'));
  assert.equal(both.length, 1, 'a household that subscribed is told once');
  assert.equal((await batchOf(id))[2], 29);
  assert.equal((await pipeline.submit(`/staff/supply/${id}`, `/staff/supply/${id}/extend`, { expected_end_at: later(400), words: '等配件' })).status, 303);
  await until('the change is told', () => sms.messages.some(({ to: number, text }) => number === '13711110001' && text.includes('延长')));
  const asked = await visitor.get(link);
  assert.match(town.wordsOf(asked.text), /丁园[\s\S]*取消订阅/);
  assert.equal((await town.sql('SELECT COUNT(*) FROM outage_subscription'))[0][0], '2', 'a preview ends nothing');
  assert.equal((await visitor.submit(link, link)).status, 303);
  assert.match(town.wordsOf((await visitor.get(`${link}?done=1`)).text), /已经取消/);
  await until('it has ended', async () => (await town.sql('SELECT COUNT(*) FROM outage_subscription'))[0][0] === '1');
  assert.match(town.wordsOf((await visitor.get(link)).text), /已经取消/);
  assert.equal((await visitor.get(`${link.slice(0, -1)}${link.endsWith('0') ? '1' : '0'}`)).status, 404, 'nobody guesses a link');
});

test('codes are few, wrong ones end, old ones are none, and nobody learns whether a number is known', { timeout: 120000 }, async () => {
  const visitor = new town.Visitor();
  const texts = [];
  for (const phone of ['13711110009', '13900004002']) { // unknown, and subscribed
    const asked = await askCode(visitor, '丁园', phone);
    assert.equal(asked.status, 303);
    texts.push(town.wordsOf((await visitor.get(asked.header('location'))).text).replace(/1\d\d\*+\d{4}/, '#'));
  }
  assert.equal(texts[0], texts[1]);
  for (const phone of ['123', '0635-8212345', '']) {
    const refused = await askCode(visitor, '丁园', phone);
    assert.equal(refused.status, 422, phone);
    assert.ok(town.errorOf(refused.text, 'phone'));
    assert.equal(town.formOf(refused.text, '/outage/subscribe').phone, phone);
  }
  sms.messages.length = 0;
  const asked = await askCode(visitor, '丁园', '13711110010');
  const where = asked.header('location');
  const code = await codeOf('13711110010');
  const wrong = code === '000000' ? '111111' : '000000';
  for (let i = 0; i < 5; i++) {
    const refused = await visitor.submit(where, where, { code: wrong });
    assert.equal(refused.status, 422);
    assert.match(town.errorOf(refused.text, 'code'), /验证码不对/);
  }
  const over = await visitor.submit(where, where, { code });
  assert.equal(over.status, 429, 'the right one is too late');
  const second = await askCode(visitor, '丁园', '13711110010');
  const third = await askCode(visitor, '丁园', '13711110010');
  assert.deepEqual([second.status, third.status], [303, 303]);
  const fourth = await askCode(visitor, '丁园', '13711110010');
  assert.equal(fourth.status, 429);
  assert.match(town.errorOf(fourth.text, 'phone'), /次数太多/);
  town.wait(11);
  const old = await visitor.submit(third.header('location'), third.header('location'), { code: '123456' });
  assert.match(town.errorOf(old.text, 'code'), /已失效/);
  assert.equal((await visitor.get('/outage/subscribe/00ff')).status, 303, 'a box that nobody made leads to the beginning');
  assert.equal((await town.sql(`SELECT COUNT(*) FROM outage_subscription WHERE id > 2`))[0][0], '0');
});
