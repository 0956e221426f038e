/* Scenes of the pages about rules: matters, limits, ladder, canned answers, policies, texts; see scenes.js. */
'use strict';
const { open, press } = require('./driver.js');

const at = (login, where) => async (page) => open(page, login, `/staff/admin/${where}`);
const fill = async (page, fields) => {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`[name=${name}]`);
    if (!(await field.isVisible())) await page.locator(`details:has([name=${name}]) > summary`).click();
    await field.fill(value);
  }
};
const step = (page, name) => press(page, page.locator(`button[name=step][value=${name}]`));
const LONG = '沿街的商铺和小区都反映这一带的水压不稳定，早晚高峰时尤其明显。'.repeat(6);

const rules = [
  { name: 'rules', login: 'wanglei', open: at('wanglei', 'rules') },
  { name: 'rules, read only', login: 'xuguang', open: at('xuguang', 'rules') },
  { name: 'limits', login: 'wanglei', open: at('wanglei', 'limits/any.repair') },
  {
    name: 'limits, planned', login: 'wanglei',
    open: async (page) => {
      await open(page, 'wanglei', '/staff/admin/limits/leak_third_party.inspect');
      if (await page.locator('button').filter({ hasText: /撤回|Withdraw/ }).count() > 0) return;
      await open(page, 'wanglei', '/staff/admin/limits/leak_third_party.inspect/change');
      await fill(page, { r0_amount: '45', from: '2031-01-01T00:00', why: '新办法施行' });
      await step(page, 'preview');
      await step(page, 'save');
    },
  },
  { name: 'limits, change', login: 'wanglei', open: at('wanglei', 'limits/any.finish/change') },
  {
    name: 'limits, preview', login: 'wanglei',
    open: async (page) => {
      await open(page, 'wanglei', '/staff/admin/limits/any.accept/change');
      await fill(page, { r0_amount: '15', why: LONG.slice(0, 100), from: '2031-01-01T00:00' });
      await step(page, 'preview');
    },
  },
  {
    name: 'limits, gap', login: 'wanglei', status: 422,
    open: async (page) => {
      await open(page, 'wanglei', '/staff/admin/limits/any.repair/change');
      await fill(page, { r0_to: '500', why: '试一试' });
      await step(page, 'preview');
    },
  },
  { name: 'matter', login: 'wanglei', open: at('wanglei', 'matters/leak_public') },
  { name: 'matter, read only', login: 'xuguang', open: at('xuguang', 'matters/behind_meter_other') },
  { name: 'matter, change', login: 'wanglei', open: at('wanglei', 'matters/leak_public/change') },
  {
    name: 'matter, preview', login: 'wanglei',
    open: async (page) => {
      await open(page, 'wanglei', '/staff/admin/matters/leak_public/change');
      await fill(page, { name_zh: '路面、公共管道漏水', cap: '24', why: '试一试' });
      await step(page, 'preview');
    },
  },
  { name: 'matter, model', login: 'wanglei', open: at('wanglei', 'matters/new') },
  {
    name: 'matter, new', login: 'wanglei', status: 422,
    open: async (page) => {
      await open(page, 'wanglei', '/staff/admin/matters/new?model=meter_well_leak');
      await fill(page, { code: 'A', name_zh: '', name_en: '' });
      await step(page, 'preview');
    },
  },
  { name: 'matter, end', login: 'wanglei', open: at('wanglei', 'matters/pipe_locating/end') },
  {
    name: 'matter, end preview', login: 'wanglei',
    open: async (page) => {
      await open(page, 'wanglei', '/staff/admin/matters/pipe_locating/end');
      await fill(page, { why: '试一试' });
      await step(page, 'preview');
    },
  },
  { name: 'ladder', login: 'xuguang', open: at('xuguang', 'ladder') },
  { name: 'ladder, one', login: 'wanglei', open: at('wanglei', 'ladder/finish') },
  { name: 'ladder, read only', login: 'xuguang', open: at('xuguang', 'ladder/finish') },
  {
    name: 'ladder, preview', login: 'wanglei',
    open: async (page) => {
      await open(page, 'wanglei', '/staff/admin/ladder/finish');
      await fill(page, { s0_share: '400', why: '试一试' });
      await step(page, 'preview');
    },
  },
  {
    name: 'ladder, wrong', login: 'wanglei', status: 422,
    open: async (page) => {
      await open(page, 'wanglei', '/staff/admin/ladder/accept');
      await fill(page, { s0_share: '0', why: '' });
      await step(page, 'preview');
    },
  },
  { name: 'canned', login: 'wanglei', open: at('wanglei', 'canned') },
  { name: 'canned, of a unit', login: 'zhaowei', open: at('zhaowei', 'canned') },
  {
    name: 'canned, preview', login: 'zhaowei',
    open: async (page) => {
      await open(page, 'zhaowei', '/staff/admin/canned/new');
      await fill(page, { title: '到场以后', words: `{place}：${LONG}\n工单 {number}` });
      await step(page, 'preview');
    },
  },
  {
    name: 'canned, wrong', login: 'wanglei', status: 422,
    open: async (page) => {
      await open(page, 'wanglei', '/staff/admin/canned/new');
      await fill(page, { title: '', words: '{phone}' });
      await step(page, 'save');
    },
  },
  { name: 'policies', login: 'wanglei', open: at('wanglei', 'policies') },
  { name: 'policies, read only', login: 'xuguang', open: at('xuguang', 'policies') },
  {
    name: 'policies, wrong', login: 'wanglei', status: 422,
    open: async (page) => {
      await open(page, 'wanglei', '/staff/admin/policies');
      await page.locator('#f-repeat_days').fill('0');
      await press(page, page.locator('form[action$="/repeat_days"] button'));
    },
  },
  { name: 'texts', login: 'wanglei', open: at('wanglei', 'texts') },
  { name: 'text', login: 'wanglei', open: at('wanglei', 'texts/procedure_leak') },
  { name: 'text, read only', login: 'xuguang', open: at('xuguang', 'texts/procedure_leak') },
  {
    name: 'text, preview', login: 'wanglei',
    open: async (page) => {
      await open(page, 'wanglei', '/staff/admin/texts/procedure_leak');
      await step(page, 'preview');
    },
  },
  {
    name: 'text, wrong', login: 'wanglei', status: 422,
    open: async (page) => {
      await open(page, 'wanglei', '/staff/admin/texts/new');
      await fill(page, { code: 'A b', title_zh: '', body_zh: '' });
      await step(page, 'preview');
    },
  },
];

module.exports = { rules };
