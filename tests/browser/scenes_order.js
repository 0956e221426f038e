/* Scenes of failures, orders and crews; see scenes.js. */
'use strict';
const { open, press, submit, now } = require('./driver.js');

const LONG_HAN = '早上七点起工单系统打不开，三个班组都不能接单也不能报办结，只好打电话逐件记录，恢复以后再补。'.repeat(4);
const LONG_WORD = 'Connection-refused-by-the-gateway-'.repeat(3) + '0123456789'.repeat(3);

const staff = (login, where) => async (page) => open(page, login, where);

/** A moment so many days ago, as a datetime-local field takes it. */
const daysAgo = (days) => new Date(now() - days * 86400000 + 8 * 3600000).toISOString().slice(0, 16);
/** A liaison reports a failure of long ago that is not over; ops confirms it. Covered: what ran late in the sample town since. */
async function reportFailure(page, words = LONG_HAN) {
  await open(page, 'lina', '/staff/ticket/failure/new');
  await page.locator('[name=part]').selectOption('2');
  await page.locator('[name=started_at]').fill(daysAgo(60));
  await page.locator('[name=told_at]').fill(daysAgo(59));
  await page.locator('[name=contact]').fill('王磊');
  await page.locator('[name=words]').fill(words);
  await submit(page);
  return new URL(page.url()).pathname;
}

const orders = [
  { name: 'failures', login: 'wanglei', open: staff('wanglei', '/staff/ticket/failure/') },
  { name: 'failures, of a unit', login: 'chenjing', open: staff('chenjing', '/staff/ticket/failure/') },
  { name: 'failure, to report', login: 'lina', open: staff('lina', '/staff/ticket/failure/new') },
  { name: 'failure, to take down', login: 'wanglei', open: staff('wanglei', '/staff/ticket/failure/new') },
  {
    name: 'failure, wrong', login: 'lina', status: 422,
    open: async (page) => {
      await open(page, 'lina', '/staff/ticket/failure/new');
      await page.locator('[name=words]').fill('字'.repeat(1001));
      await press(page, page.locator('main form button.button'));
    },
  },
  { name: 'failure, reported', login: 'lina', open: async (page) => { await reportFailure(page); } },
  {
    name: 'failure, to be decided', login: 'wanglei',
    open: async (page, cast) => { await open(page, 'wanglei', await reportFailure(cast.liaison)); },
  },
  {
    name: 'failure, wrongly decided', login: 'wanglei', status: 422,
    open: async (page, cast) => {
      await open(page, 'wanglei', await reportFailure(cast.liaison));
      await page.locator('input[name=decision][value="2"]').check();
      await press(page, page.locator('form[action$="/decide"] button'));
    },
  },
  {
    name: 'failure, confirmed', login: 'wanglei',
    open: async (page, cast) => {
      await open(page, 'wanglei', await reportFailure(cast.liaison, LONG_WORD));
      await page.locator('input[name=decision][value="1"]').check();
      await press(page, page.locator('form[action$="/decide"] button'));
    },
  },
];

module.exports = { orders };
