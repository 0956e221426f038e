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

/** Ops gives an order of a week to pipeline management; the page is left on it. */
async function giveOrder(page, words = LONG_HAN) {
  await open(page, 'wanglei', '/staff/assessment/order/new');
  await page.locator('[name=unit]').selectOption('3');
  await page.locator('[name=reason]').selectOption('1');
  await page.locator('[name=words]').fill(words);
  await submit(page);
  return new URL(page.url()).pathname;
}
/** Opens the form of an act on an order's page and fills it. */
async function fillAct(page, action, fields) {
  await page.locator(`#act-${action} summary`).click();
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`#act-${action} [name=${name}]`);
    if (typeof value === 'number') await field.selectOption(String(value));
    else await field.fill(value);
  }
  return page.locator(`#act-${action} button`);
}
async function publish(page, words = LONG_HAN) {
  await open(page, 'wanglei', '/staff/assessment/circular/new');
  await page.locator('[name=unit]').selectOption('3');
  await page.locator('[name=title]').fill('关于抢修迟到的通报');
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
  { name: 'assessment', login: 'wanglei', open: async (page, cast) => { await giveOrder(cast.ops); await open(page, 'wanglei', '/staff/assessment/'); } },
  { name: 'assessment, of an operator', login: 'zhangmin', open: staff('zhangmin', '/staff/assessment/') },
  { name: 'orders, all', login: 'wanglei', open: async (page, cast) => { await giveOrder(cast.ops, LONG_WORD); await open(page, 'wanglei', '/staff/assessment/order/?view=all'); } },
  { name: 'orders, none', login: 'zhoubin', open: staff('zhoubin', '/staff/assessment/order/') },
  { name: 'order, to be given', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/assessment/order/new?ticket=${cast.working.number}`) },
  {
    name: 'order, wrong', login: 'wanglei', status: 422,
    open: async (page) => { await open(page, 'wanglei', '/staff/assessment/order/new'); await page.locator('[name=ticket]').fill('SN1'); await submit(page); },
  },
  { name: 'order, given', login: 'wanglei', open: async (page) => { await giveOrder(page); } },
  {
    name: 'order, of the unit', login: 'lina',
    open: async (page, cast) => { await open(page, 'lina', await giveOrder(cast.ops)); await page.locator('#act-answer summary').click(); },
  },
  {
    name: 'order, wrongly answered', login: 'lina', status: 422,
    open: async (page, cast) => { await open(page, 'lina', await giveOrder(cast.ops)); await press(page, await fillAct(page, 'answer', {})); },
  },
  {
    name: 'order, not passed', login: 'wanglei',
    open: async (page, cast) => {
      const where = await giveOrder(cast.ops, LONG_WORD);
      await open(cast.liaison, 'lina', where);
      await press(cast.liaison, await fillAct(cast.liaison, 'answer', { words: LONG_HAN }));
      await open(page, 'wanglei', where);
      await press(page, await fillAct(page, 'check', { decision: 2, words: LONG_HAN }));
    },
  },
  {
    name: 'order, somebody was first', login: 'lina', status: 409,
    open: async (page, cast) => {
      const where = await giveOrder(cast.ops);
      await open(page, 'lina', where);
      const button = await fillAct(page, 'answer', { words: LONG_WORD });
      await open(cast.ops, 'wanglei', where);
      await press(cast.ops, await fillAct(cast.ops, 'withdraw', { words: '发错单位' }));
      await press(page, button);
    },
  },
  { name: 'circulars', login: 'zhangmin', open: async (page, cast) => { await publish(cast.ops); await open(page, 'zhangmin', '/staff/assessment/circular/'); } },
  { name: 'circular, to be published', login: 'wanglei', open: async (page, cast) => { const id = (await giveOrder(cast.ops)).split('/').pop(); await open(page, 'wanglei', `/staff/assessment/circular/new?order=${id}`); } },
  { name: 'circular, wrong', login: 'wanglei', status: 422, open: async (page) => { await open(page, 'wanglei', '/staff/assessment/circular/new'); await page.locator('[name=tickets]').fill('SN1'); await submit(page); } },
  { name: 'circular', login: 'wanglei', open: async (page) => { await publish(page, `${LONG_HAN}\n${LONG_WORD}`); } },
  {
    name: 'circular, withdrawn', login: 'wanglei',
    open: async (page) => {
      await publish(page);
      await page.locator('#act-withdraw summary').click();
      await page.locator('#act-withdraw [name=words]').fill('事实有误');
      await press(page, page.locator('#act-withdraw button'));
    },
  },
];

module.exports = { orders };
