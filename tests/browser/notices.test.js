/*
 * Notices that arrive, as people see them: a town of its own whose clerk talks to an SMS gateway over HTTP and to a mail server on
 * loopback, which are killed and come back in the middle.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFile } = require('node:child_process');
const { HttpSink, MailSink } = require('../web/sinks.js');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shuinuo-notices-'));
const sms = new HttpSink((request, body) => JSON.parse(body));
const mail = new MailSink();
const script = (...words) => new Promise((resolve, reject) => {
  execFile('bash', [path.join(process.env.SHUINUO_TOP, 'conf/run/run.sh'), ...words], { timeout: 180000 }, (error, out, err) => (error ? reject(new Error(err)) : resolve(out.trim())));
});

let driver; // driver.js and staff_client.js, on this stack
let town;
let browser;

/** Ten in the morning in the city: no quiet hours. */
function untilTen() {
  const wall = Date.now() + 8 * 3600000;
  return Math.ceil((Math.ceil((wall - 10 * 3600000) / 86400000) * 86400000 + 10 * 3600000 - wall) / 1000);
}

test.before(async () => {
  await Promise.all([sms.start(), mail.start()]);
  fs.mkdirSync(path.join(folder, 'secrets'), { mode: 0o700 });
  fs.writeFileSync(path.join(folder, 'secrets/gateway.secret'), 'sms_secret = key\nmail_password = word\n', { mode: 0o400 });
  fs.writeFileSync(path.join(folder, 'time-offset'), `${untilTen()}\n`);
  fs.writeFileSync(path.join(folder, 'settings-extra'), ['notice_resident = sms', 'notice_ops = mail', 'notice_tries = 6', 'gateway_timeout_seconds = 2', 'clerk_interval_seconds = 1',
    `sms_url = http://127.0.0.1:${sms.port}/send?key={secret}`, 'sms_body = {"to":"{phone}","text":"{text}","id":"{id}"}', 'sms_success = json:code=0', 'sms_message_id = id',
    `mail_url = smtp://127.0.0.1:${mail.port}`, 'mail_tls_required = no', 'mail_from = duty@water.example'].join('\n') + '\n');
  process.env.SHUINUO_URL = await script('--test', '--build', process.env.SHUINUO_BUILD, '--var', folder, '--port', '0', '--sample', '1', '--workers', '1', '--owner', String(process.pid));
  process.env.SHUINUO_VAR = folder;
  driver = require('./driver.js');
  town = require('../web/staff_client.js');
  await town.sql("UPDATE staff SET mail = 'ops@water.example' WHERE login = 'wanglei'");
  browser = await driver.launch();
}, { timeout: 240000 });

test.after(async () => {
  await browser?.close();
  await script('--stop', '--var', folder);
  await Promise.all([sms.kill(), mail.kill()]);
  fs.rmSync(folder, { recursive: true, force: true });
}, { timeout: 120000 });

let phones = 0;
/** A resident's report; told: the texts of the SMS that this phone got. */
async function reported() {
  const phone = `1382${String(++phones).padStart(7, '1')}`;
  const screen = await driver.visitor(browser, { js: false, width: 320, height: 640 });
  const ticket = await driver.file(screen, { group: 'no_water', category: 'no_water', place: `东湖里 ${phones} 号楼`, words: '没有水', phone });
  await screen.context().close();
  return { ...ticket, phone, told: () => sms.messages.filter(({ to }) => to === phone).map(({ text }) => text) };
}

const spoken = (number) => `${number.slice(0, 8)}-${number.slice(9, 16)}-${number.slice(16)}`;

/** A while later: waits between tries pass. */
const later = (what, look) => driver.until(what, async () => {
  const found = await look();
  if (!found) driver.wait(30);
  return found;
}, 120);

function both(name, run) {
  for (const js of [true, false]) {
    test(`${name}${js ? '' : ', without JavaScript'}`, async () => {
      sms.mode = mail.mode = () => 'ok';
      const screen = await driver.visitor(browser, { js });
      await run(screen, js);
      assert.deepEqual(screen.faults, []);
      await screen.context().close();
    });
  }
}

/** The notices on a ticket's page. */
async function notices(screen, number) {
  await driver.open(screen, 'wanglei', `/staff/ticket/${number}`);
  const box = screen.locator('section[aria-labelledby=h-told] details');
  if (await box.count() > 0 && await box.getAttribute('open') === null) await box.locator('summary').click();
  return (await box.count()) > 0 ? box.innerText() : '';
}

both('Arts. 9 and 10: each customer is told once and in order, though the SMS gateway dies in the middle; the ticket says what became of it', async (screen) => {
  const ticket = await reported();
  await later('the receipt came', async () => ticket.told().length === 1);
  await sms.kill();
  await driver.act(screen, 'wanglei', ticket.number, 'not-ours', { words: '属小区内部设施，请联系物业' });
  await driver.until('a try is in vain', async () => /还没有|等待|再试/.test(await notices(screen, ticket.number)) && (await town.sql(`SELECT attempts FROM outbox o JOIN ticket t ON t.id = o.subject_id WHERE t.number = '${ticket.number}' AND o.notice = 'not_ours' AND o.audience = 6`))[0]?.[0] > 0, 60);
  assert.equal(ticket.told().length, 1);
  await sms.start();
  await later('it came when the gateway was back', async () => ticket.told().length === 2);
  const [first, second] = ticket.told();
  assert.match(first, /已收到|受理编号/);
  assert.match(second, /不予受理|不属于|无法受理/);
  await driver.until('the ticket says so', async () => (await notices(screen, ticket.number)).split('已发送').length >= 3, 60);
});

both('Art. 16: operations is told by mail of an objection, once, though the mail server takes it and dies', async (screen) => {
  const ticket = await reported();
  let losses = 0;
  mail.mode = () => (losses++ === 0 ? 'lost' : 'ok');
  await driver.act(screen, 'wanglei', ticket.number, 'dispatch', { unit: 3 });
  await screen.context().clearCookies();
  await driver.act(screen, 'lina', ticket.number, 'object', { objection: 1, words: '不归本单位' });
  await screen.context().clearCookies();
  const letters = () => mail.messages.filter(({ subject }) => subject.includes(spoken(ticket.number)) && /异议/.test(subject));
  await later('the mail is there', async () => letters().length === 1 && /已发送/.test(await notices(screen, ticket.number)));
  assert.equal(letters().length, 1);
  assert.match(letters()[0].text, /提出异议/);
});

both('what a gateway refuses stands on the page of given-up notices and on the ticket, and is sent once more by a button', async (screen, js) => {
  sms.mode = () => '400';
  const ticket = await reported();
  await driver.until('it is given up', async () => /未能送达/.test(await notices(screen, ticket.number)), 60);
  assert.match(await screen.locator('section[aria-labelledby=h-told]').innerText(), /有通知没有送达/);
  assert.ok(!(await screen.locator('section[aria-labelledby=h-told]').innerText()).includes(ticket.phone), 'no phone in clear');
  const office = await driver.visitor(browser, { js });
  await driver.open(office, 'admin', '/staff/admin/notices');
  const row = office.locator('tr', { hasText: spoken(ticket.number) });
  assert.match(await row.innerText(), /网关拒收/);
  sms.mode = () => 'ok';
  await driver.press(office, row.locator('form[action$="/retry"] button'));
  assert.match(await office.locator('main').innerText(), /已放回等待/);
  assert.deepEqual(office.faults, []);
  await office.context().close();
  await later('it came', async () => ticket.told().length === 1);
  await driver.until('the ticket says so', async () => !/未能送达/.test(await notices(screen, ticket.number)), 60);
});
