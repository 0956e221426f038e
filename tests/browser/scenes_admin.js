/* Scenes of the administration's pages; see scenes.js. */
'use strict';
const { open, press } = require('./driver.js');

const staff = (login, where) => async (page) => open(page, login, where);

const office = [
  { name: 'admin', login: 'admin', open: staff('admin', '/staff/admin/') },
  { name: 'admin, of a unit', login: 'lina', open: staff('lina', '/staff/admin/') },
  { name: 'audit', login: 'admin', open: staff('admin', '/staff/admin/audit') },
  { name: 'audit, nothing', login: 'admin', open: staff('admin', '/staff/admin/audit?who=admin&what=unmask') },
  {
    name: 'audit, nobody', login: 'admin', status: 422,
    open: async (page) => { await open(page, 'admin', '/staff/admin/audit'); await page.locator('[name=who]').fill('nobody'); await press(page, page.locator('main form button')); },
  },
];

module.exports = { office };
