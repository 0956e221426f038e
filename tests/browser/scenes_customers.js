/* Scenes of the register of customers: places, master meters, households, imports; see scenes.js. */
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { open, go, press } = require('./driver.js');
const { sql } = require('../web/staff_client.js');

const TOWN = fs.readFileSync(path.join(process.env.SHUINUO_SCHEMA_DIR, 'sample/customers.csv'), 'utf8');
const LONG = '很长很长的名字也要放得下'.repeat(3);
const PLACES = '/staff/supply/places/', IMPORT = '/staff/supply/customers/import';
const place = async (name) => (await sql(`SELECT id FROM place WHERE name = '${name}' AND staged_in = 0 AND retired_at IS NULL LIMIT 1`))[0][0];

/** Operations sends the sample town with these lines after it; the page is left on the check, or on the form with its error. */
async function send(page, lines = [], { text } = {}) {
  await open(page, 'wanglei', IMPORT);
  await page.locator('#f-file').setInputFiles({ name: `${LONG}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text ?? TOWN + lines.map((line) => `${line}\n`).join('')) });
  await press(page, page.locator('main form button.button'));
}
/** The household with this account, open on the page. */
async function find(page, number) {
  await open(page, 'wanglei', '/staff/supply/customers/');
  await page.locator('#f-number').fill(number);
  await press(page, page.locator('main form button.button'));
}

const customers = [
  { name: 'customers, places', login: 'zhangmin', open: async (page) => open(page, 'zhangmin', PLACES) },
  { name: 'customers, places found', login: 'wanglei', open: async (page) => open(page, 'wanglei', `${PLACES}?q=${encodeURIComponent('小区')}`) },
  { name: 'customers, no place found', login: 'wanglei', open: async (page) => open(page, 'wanglei', `${PLACES}?q=zzzz`) },
  { name: 'customers, place', login: 'wanglei', open: async (page) => open(page, 'wanglei', `${PLACES}${await place('明珠花园')}`) },
  { name: 'customers, place read only', login: 'zhangmin', open: async (page) => open(page, 'zhangmin', `${PLACES}${await place('明珠花园')}`) },
  { name: 'customers, new place', login: 'wanglei', open: async (page) => open(page, 'wanglei', `${PLACES}new?parent=${await place('湖东区')}`) },
  {
    name: 'customers, new place wrong', login: 'wanglei', status: 422,
    open: async (page) => { await open(page, 'wanglei', `${PLACES}new?parent=${await place('湖东区')}`); await page.locator('#f-name').fill('明珠花园'); await press(page, page.locator('main form button.button')); },
  },
  { name: 'customers, new meter', login: 'wanglei', open: async (page) => open(page, 'wanglei', `/staff/supply/meters/new?place=${await place('明珠花园')}`) },
  { name: 'customers, meter', login: 'wanglei', open: async (page) => open(page, 'wanglei', `/staff/supply/meters/${(await sql("SELECT id FROM master_meter WHERE code = 'ZB0001'"))[0][0]}`) },
  { name: 'customers, to find', login: 'wanglei', open: async (page) => open(page, 'wanglei', '/staff/supply/customers/') },
  { name: 'customers, not found', login: 'wanglei', status: 422, open: async (page) => find(page, '1999999999') },
  { name: 'customers, household', login: 'wanglei', open: async (page) => find(page, '2026000021') },
  { name: 'customers, household opened', login: 'wanglei', open: async (page) => { await find(page, '2026000022'); await press(page, page.locator('form[action$="/open"] button')); } },
  {
    name: 'customers, wrong phone', login: 'wanglei', status: 422,
    open: async (page) => { await find(page, '2026000023'); await page.locator('#f-phone').fill('12'); await press(page, page.locator('form[action$="/phone"] button')); },
  },
  { name: 'customers, to import', login: 'wanglei', open: async (page) => open(page, 'wanglei', IMPORT) },
  { name: 'customers, file refused', login: 'wanglei', status: 422, open: async (page) => send(page, [], { text: '姓名,电话\n王,1\n' }) },
  { name: 'customers, import to check', login: 'wanglei', open: async (page) => send(page, [`3400000001,湖东区,${LONG},,1号楼,1,甲,,,`, '12,湖东区,甲苑,,,,,,,', '2026000001,湖东区,甲苑,,,,,,,']) },
  { name: 'customers, import that removes many', login: 'wanglei', open: async (page) => send(page, [], { text: TOWN.split('\n').slice(0, 40).join('\n') }) },
  {
    name: 'customers, area to choose', login: 'lina',
    open: async (page) => {
      await open(page, 'lina', '/staff/supply/new');
      await page.locator('#f-places').fill('湖光里\n小区');
      await press(page, page.locator('#picker button[name=find]'));
    },
  },
];

module.exports = { customers, send, find, place, go, TOWN };
