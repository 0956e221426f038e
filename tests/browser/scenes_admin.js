/* Scenes of the administration's pages; see scenes.js. */
'use strict';
const { open, press, act } = require('./driver.js');
const { sql } = require('../web/staff_client.js');

const staff = (login, where) => async (page) => open(page, login, where);

const send = (page) => press(page, page.locator('main form button[type=submit]').last());
/** The page of somebody of pipeline management, or of another unit. */
async function toPerson(page, login, whose, unit = 3) {
  await open(page, login, `/staff/admin/register/${unit}`);
  await press(page, page.locator('th', { hasText: whose }).locator('a'));
}

/** The page of the last shift that stands in the roster of pipeline management. */
async function toShift(page) {
  await open(page, 'lina', '/staff/admin/duty/3');
  await press(page, page.locator('tbody th a').last());
}
/** Notices that were given up, and some that wait, made once. */
async function putNotices() {
  const row = (no, notice, audience, recipient, channel, state, error, detail) => `(UNHEX(SHA2('scene${no}', 256)), 1, (SELECT MIN(id) + ${no} FROM ticket), 1, 0, '${notice}', ${audience}, ${recipient}, '2026-01-01 00:00:0${no}', '2036-01-01', ${state}, 3, ${channel}, ${error}, '${detail}')`;
  await sql(`INSERT INTO outbox (dedupe, subject_kind, subject_id, seq, clock_no, notice, audience, recipient, created_at, not_before, state, attempts, channel, error_class, last_error) VALUES
    ${row(1, 'received', 6, 0, 2, 3, 6, 'HTTP 400')}, ${row(2, 'dispatched', 1, 3, 2, 3, 5, 'HTTP 503')}, ${row(3, 'clock_late', 3, 0, 0, 3, 11, '')}, ${row(4, 'finished', 6, 0, 2, 0, 2, 'Timeout was reached')}
    ON DUPLICATE KEY UPDATE state = IF(outbox.notice = 'finished', 0, 3)`);
}
const toNotices = async (page, query = '') => { await putNotices(); await open(page, 'wanglei', `/staff/admin/notices${query}`); };

const office = [
  { name: 'notices', login: 'wanglei', open: async (page) => toNotices(page) },
  { name: 'notices, waiting', login: 'wanglei', open: async (page) => toNotices(page, '?state=0&channel=2') },
  { name: 'notices, nothing', login: 'wanglei', open: async (page) => toNotices(page, '?state=3&channel=4') },
  { name: 'notices, taken off without a reason', login: 'wanglei', status: 422, open: async (page) => { await toNotices(page); await page.locator('table details summary').first().click(); await press(page, page.locator('table details button').first()); } },
  { name: 'notices, somebody was faster', login: 'wanglei', status: 409, open: async (page) => { await toNotices(page); await sql("UPDATE outbox SET state = 4 WHERE notice = 'clock_late' AND created_at < '2026-01-02'"); await press(page, page.locator('tr', { hasText: /时限已超|Late/ }).locator('form[action$="/retry"] button')); } },
  { name: 'notices, sent once more', login: 'wanglei', open: async (page) => { await toNotices(page); await press(page, page.locator('tr', { hasText: /时限已超|Late/ }).locator('form[action$="/retry"] button')); } },
  { name: 'admin', login: 'admin', open: staff('admin', '/staff/admin/') },
  { name: 'admin, of a unit', login: 'lina', open: staff('lina', '/staff/admin/') },
  { name: 'units', login: 'admin', open: staff('admin', '/staff/admin/units') },
  { name: 'units, read only', login: 'wanglei', open: staff('wanglei', '/staff/admin/units') },
  { name: 'unit', login: 'admin', open: staff('admin', '/staff/admin/units/3') },
  { name: 'unit, new', login: 'admin', open: staff('admin', '/staff/admin/units/new') },
  { name: 'unit, wrong', login: 'admin', status: 422, open: async (page) => { await open(page, 'admin', '/staff/admin/units/new'); await page.locator('[name=code]').fill('水厂'); await page.locator('[name=direct_leader]').fill('nobody'); await send(page); } },
  {
    name: 'unit, changed meanwhile', login: 'admin', status: 409,
    open: async (page) => {
      await open(page, 'admin', '/staff/admin/units/5');
      await page.locator('[name=version]').evaluate((input) => { input.value = '9999'; });
      await page.locator('[name=name_en]').fill('Meter reading and billing');
      await send(page);
    },
  },
  { name: 'registers', login: 'wanglei', open: staff('wanglei', '/staff/admin/register') },
  { name: 'register, of a unit', login: 'lina', open: staff('lina', '/staff/admin/register/3') },
  { name: 'register, read only', login: 'wanglei', open: staff('wanglei', '/staff/admin/register/4') },
  { name: 'register, changed meanwhile', login: 'lina', status: 409, open: async (page) => { await open(page, 'lina', '/staff/admin/register/3'); await page.locator('[name=stamp]').evaluate((input) => { input.value = '1-1'; }); await press(page, page.locator('form[action$="register/3/confirm"] button')); } },
  { name: 'person, new', login: 'lina', open: staff('lina', '/staff/admin/register/3/new') },
  { name: 'person, new, by an administrator', login: 'admin', open: staff('admin', '/staff/admin/register/3/new') },
  { name: 'person, new, wrong', login: 'admin', status: 422, open: async (page) => { await open(page, 'admin', '/staff/admin/register/3/new'); await page.locator('[name=login_name]').fill('李'); await page.locator('[name=phone]').fill('12'); await send(page); } },
  {
    name: 'person, password given', login: 'admin',
    open: async (page) => {
      await open(page, 'admin', '/staff/admin/register/3/new');
      await page.locator('[name=name]').fill('新来的');
      await page.locator('[name=login_name]').fill(`new${process.hrtime.bigint()}`);
      await page.locator('[name=role_3]').check();
      await send(page);
    },
  },
  { name: 'person', login: 'admin', open: async (page) => toPerson(page, 'admin', 'sunqiang') },
  { name: 'person, of a unit', login: 'lina', open: async (page) => toPerson(page, 'lina', 'sunqiang') },
  { name: 'person, read only', login: 'wanglei', open: async (page) => toPerson(page, 'wanglei', 'sunqiang') },
  {
    name: 'person, wrong', login: 'lina', status: 422,
    open: async (page) => {
      await toPerson(page, 'lina', 'sunqiang');
      await page.locator('details summary').first().click();
      await page.locator('[name=name]').fill('');
      await page.locator('[name=phone]').fill('123');
      await press(page, page.locator('form[action$="/save"] button'));
    },
  },
  {
    name: 'person, last administrator', login: 'admin', status: 422,
    open: async (page) => {
      await toPerson(page, 'admin', 'admin', 1);
      await page.locator('details summary').nth(1).click();
      await page.locator('[name=role_9]').uncheck();
      await press(page, page.locator('form[action$="/rights"] button'));
    },
  },
  { name: 'duty, all units', login: 'wanglei', open: staff('wanglei', '/staff/admin/duty') },
  { name: 'duty, of a unit', login: 'lina', open: staff('lina', '/staff/admin/duty/3') },
  { name: 'duty, read only, an open night', login: 'wanglei', open: staff('wanglei', '/staff/admin/duty/7') },
  { name: 'duty, nobody to put on duty', login: 'admin', open: staff('admin', '/staff/admin/duty/1') },
  { name: 'duty, all forms open', login: 'lina', open: async (page) => { await open(page, 'lina', '/staff/admin/duty/3'); await page.locator('details').evaluateAll((boxes) => boxes.forEach((box) => { box.open = true; })); } },
  { name: 'duty, shift wrong', login: 'lina', status: 422, open: async (page) => { await open(page, 'lina', '/staff/admin/duty/3'); await page.locator('summary').nth(1).click(); await page.locator('[name=to]').fill('2020-01-01T08:00'); await press(page, page.locator('form[action$="/add"] button')); } },
  { name: 'duty, rotation wrong', login: 'lina', status: 422, open: async (page) => { await open(page, 'lina', '/staff/admin/duty/3'); await page.locator('summary').first().click(); await page.locator('[name=turn_1]').selectOption(''); await page.locator('[name=days]').fill('99'); await press(page, page.locator('form[action$="/rotate"] button')); } },
  { name: 'shift', login: 'lina', open: async (page) => toShift(page) },
  { name: 'shift, wrong', login: 'lina', status: 422, open: async (page) => { await toShift(page); await page.locator('[name=end_at]').fill('2020-01-01T08:00'); await press(page, page.locator('main form button').first()); } },
  { name: 'shift, changed meanwhile', login: 'lina', status: 409, open: async (page) => { await toShift(page); await page.locator('[name=seen]').first().evaluate((input) => { input.value = '1'; }); await press(page, page.locator('main form button').first()); } },
  { name: 'calls, none', login: 'wanglei', open: staff('wanglei', '/staff/admin/calls?unit=2') },
  { name: 'calls', login: 'wanglei', open: async (page, cast) => { await act(page, 'wanglei', cast.working.number, 'failed-call', { words: '无人接听' }); await open(page, 'wanglei', '/staff/admin/calls'); } },
  { name: 'service, all units', login: 'wanglei', open: staff('wanglei', '/staff/admin/service') },
  { name: 'service, of a unit', login: 'lina', open: staff('lina', '/staff/admin/service/3') },
  { name: 'service, read only', login: 'wanglei', open: staff('wanglei', '/staff/admin/service/6') },
  { name: 'service, nothing yet', login: 'wanglei', open: staff('wanglei', '/staff/admin/service/8') },
  { name: 'service rule, new', login: 'lina', open: staff('lina', '/staff/admin/service/3/rule') },
  { name: 'service rule', login: 'lina', open: staff('lina', '/staff/admin/service/3/rule/1') },
  { name: 'service rule, read only', login: 'wanglei', open: staff('wanglei', '/staff/admin/service/3/rule/1') },
  { name: 'service rule, wrong', login: 'lina', status: 422, open: async (page) => { await open(page, 'lina', '/staff/admin/service/3/rule'); await page.locator('[name=effective_from]').fill('2001-01-01'); await send(page); } },
  { name: 'service rule, changed meanwhile', login: 'lina', status: 409, open: async (page) => { await open(page, 'lina', '/staff/admin/service/3/rule/1'); await page.locator('summary').click(); await page.locator('[name=version]').evaluate((input) => { input.value = '999'; }); await page.locator('[name=title]').fill('换班纪律'); await send(page); } },
  { name: 'inspection, new', login: 'lina', open: staff('lina', '/staff/admin/service/3/inspection') },
  { name: 'inspection', login: 'lina', open: staff('lina', '/staff/admin/service/3/inspection/1') },
  { name: 'inspection, wrong', login: 'lina', status: 422, open: async (page) => { await open(page, 'lina', '/staff/admin/service/3/inspection'); await page.locator('[name=result]').selectOption('3'); await send(page); } },
  { name: 'audit', login: 'admin', open: staff('admin', '/staff/admin/audit') },
  { name: 'audit, nothing', login: 'admin', open: staff('admin', '/staff/admin/audit?who=admin&what=unmask') },
  {
    name: 'audit, nobody', login: 'admin', status: 422,
    open: async (page) => { await open(page, 'admin', '/staff/admin/audit'); await page.locator('[name=who]').fill('nobody'); await press(page, page.locator('main form button')); },
  },
];

module.exports = { office };
