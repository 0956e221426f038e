/* Scenes of outages, for staff and for everybody; see scenes.js. */
'use strict';
const { open, go, press, submit, now } = require('./driver.js');

const LONG_HAN = '主管道在路口处爆裂，正在开挖换管，预计需要四个小时，请住在附近的用户提前储水，给您带来不便请谅解。'.repeat(4);
const LONG_WORD = 'Sunshine-Garden-Residential-Community-Extension-'.repeat(2) + '0123456789'.repeat(3);

/** A moment so many minutes from now, as a datetime-local field takes it. */
const later = (minutes) => new Date(now() + minutes * 60000 + 8 * 3600000).toISOString().slice(0, 16);
const FORM = 'main form[action$="/new"]';

/** Fills the form of an emergency as it is open on the page. */
async function fillReport(page, fields = {}) {
  const whole = { unit: '3', cause: '1', places: '沙窝新村\n北外环路', area_words: '', diameter_mm: '300', valves: 'DN300×2、DN200×1', started_at: later(0), expected_end_at: later(240), words: '', ...fields };
  for (const [name, value] of Object.entries(whole)) {
    const field = page.locator(`${FORM} [name=${name}]`);
    if (['unit', 'cause'].includes(name)) await field.selectOption(value);
    else await field.fill(value);
  }
}
/** The liaison of pipeline management publishes an emergency; the page is left on it. */
async function publish(page, fields) {
  await open(page, 'lina', '/staff/supply/new');
  await fillReport(page, fields);
  await submit(page);
  return new URL(page.url()).pathname;
}
/** The liaison of the construction unit applies for a planned outage in three days; the page is left on it. */
async function plan(page, fields, login = 'zhoubin') {
  await open(page, login, '/staff/supply/plan');
  await page.locator('main form [name=unit]').selectOption('7');
  await page.locator('main form [name=cause]').selectOption('7');
  const whole = { area_words: '', households: '120', planned_start_at: later(3 * 1440), expected_end_at: later(3 * 1440 + 360), words: '更换支管', ...fields };
  for (const [name, value] of Object.entries(whole)) await page.locator(`main form [name=${name}]`).fill(value);
  await submit(page);
  return new URL(page.url()).pathname;
}
/** Opens a form of an outage's page and fills it; gives its button. */
async function fillAct(page, action, fields) {
  await page.locator(`#act-${action} summary`).click();
  for (const [name, value] of Object.entries(fields)) await page.locator(`#act-${action} [name=${name}]`).fill(value);
  return page.locator(`#act-${action} button`);
}
const idOf = (where) => /(\d+)$/.exec(where)[1];

/** An outage that was extended, widened and restored. */
async function lived(page) {
  const where = await publish(page, { area_words: `${LONG_HAN.slice(0, 60)}${LONG_WORD}`.slice(0, 150), words: LONG_HAN });
  await press(page, await fillAct(page, 'extend', { expected_end_at: later(400), words: LONG_HAN }));
  await press(page, await fillAct(page, 'widen', { places: '李庄新居', area_words: LONG_WORD, words: LONG_WORD }));
  return where;
}

const outages = [
  { name: 'portal, emergency', open: async (page, cast) => { await publish(cast.liaison, { area_words: LONG_WORD }); await go(page, '/'); } },
  { name: 'outages', open: async (page, cast) => { await publish(cast.liaison, { area_words: LONG_WORD, words: LONG_HAN }); await go(page, '/outage/'); } },
  { name: 'outages, asked and affected', open: async (page, cast) => { await publish(cast.liaison); await go(page, `/outage/?q=${encodeURIComponent('沙窝新村')}`); } },
  { name: 'outages, asked and not affected', open: async (page) => go(page, `/outage/?q=${encodeURIComponent(LONG_WORD.slice(0, 60))}`) },
  { name: 'outages, asked too short', status: 422, open: async (page) => go(page, '/outage/?q=x', 422) },
  { name: 'outages, of a district', open: async (page, cast) => { await publish(cast.liaison, { area_words: LONG_WORD }); await go(page, '/outage/?district=4'); } },
  { name: 'outages, of a place to be kept as home', open: async (page) => go(page, '/outage/?place=42') },
  { name: 'outages, with a home', open: async (page) => { await go(page, '/outage/?place=42'); await press(page, page.locator('main form[action$="/home"] button')); } },
  { name: 'outages, which place is meant', open: async (page) => go(page, `/outage/?q=${encodeURIComponent('小区')}`) },
  { name: 'outages, a copy', open: async (page) => go(page, '/outage/?copy=1') },
  { name: 'outages, by account', open: async (page) => go(page, '/outage/account') },
  {
    name: 'outages, by account, wrong', status: 422,
    open: async (page) => { await go(page, '/outage/account'); await page.locator('[name=account]').fill(LONG_WORD.slice(0, 38)); await press(page, page.locator('main form button')); },
  },
  {
    name: 'outages, by account, answered',
    open: async (page) => { await go(page, '/outage/account'); await page.locator('[name=account]').fill('9999999997'); await press(page, page.locator('main form button')); },
  },
  { name: 'outage, poster', open: async (page, cast) => { const where = await lived(cast.liaison); await go(page, `/outage/${idOf(where)}/poster`); } },
  { name: 'outage, with its messages', open: async (page, cast) => { const where = await lived(cast.liaison); await go(page, `/outage/${idOf(where)}`); } },
  {
    name: 'outage, restored',
    open: async (page, cast) => {
      const where = await publish(cast.liaison, { words: LONG_WORD });
      await press(cast.liaison, await fillAct(cast.liaison, 'restore', { water_on_at: later(0), words: LONG_HAN }));
      await go(page, `/outage/${idOf(where)}`);
    },
  },
  { name: 'register of outages', login: 'zhangmin', open: async (page, cast) => { await publish(cast.liaison, { area_words: LONG_WORD }); await open(page, 'zhangmin', '/staff/supply/'); } },
  { name: 'emergency, to report', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/supply/new?ticket=${cast.working.number}`) },
  {
    name: 'emergency, wrong', login: 'lina', status: 422,
    open: async (page) => {
      await open(page, 'lina', '/staff/supply/new');
      await fillReport(page, { unit: '', cause: '', places: LONG_WORD, diameter_mm: '1', valves: LONG_HAN.slice(0, 30), expected_end_at: later(-60), words: LONG_HAN });
      await press(page, page.locator(`${FORM} button.button:not([name])`).last());
    },
  },
  { name: 'emergency, published', login: 'lina', open: async (page) => { await publish(page, { area_words: LONG_WORD, words: LONG_HAN }); } },
  {
    name: 'emergency, to be changed', login: 'lina',
    open: async (page) => { await lived(page); for (const action of ['restore', 'extend', 'widen', 'note', 'withdraw']) await page.locator(`#act-${action} summary`).click(); },
  },
  {
    name: 'emergency, wrongly changed', login: 'lina', status: 422,
    open: async (page) => { await publish(page); await press(page, await fillAct(page, 'extend', { expected_end_at: later(60), words: LONG_HAN })); },
  },
  {
    name: 'emergency, somebody was first', login: 'lina', status: 409,
    open: async (page, cast) => {
      const where = await publish(page);
      const button = await fillAct(page, 'extend', { expected_end_at: later(300), words: LONG_HAN });
      await open(cast.ops, 'wanglei', where);
      await press(cast.ops, await fillAct(cast.ops, 'note', { words: '先到' }));
      await press(page, button);
    },
  },
  { name: 'planned outage, to apply for', login: 'zhoubin', open: async (page) => open(page, 'zhoubin', '/staff/supply/plan') },
  { name: 'planned outage, applied for', login: 'zhoubin', open: async (page) => { await plan(page, { area_words: LONG_WORD, words: LONG_HAN }); } },
  { name: 'planned outage, at operations', login: 'wanglei', open: async (page) => { await plan(page, { area_words: LONG_WORD }, 'wanglei'); } },
  { name: 'cut-off, to report', login: 'liuyang', open: async (page) => open(page, 'liuyang', '/staff/supply/cutoff') },
  { name: 'register of outages, to approve', login: 'wanglei', open: async (page) => open(page, 'wanglei', '/staff/supply/?view=approve') },
];

module.exports = { outages, publish, plan, fillAct, fillReport, later, idOf };
