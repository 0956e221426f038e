// The administration in a browser, with scripts and without: people and their rights, the roster, matters and limits from a day on,
// the ladder, canned answers, what is decided by number, and the log of it all.
'use strict';
const assert = require('node:assert');
const crypto = require('node:crypto');
const { press, open, now } = require('./driver.js');
const { local, report, both, HOUR } = require('./people.js');
const { sql } = require('../web/staff_client.js');

const digits = (length) => String(crypto.randomInt(10 ** (length - 1), 10 ** length));
const main = (page) => page.locator('main').innerText();
const step = (page, name) => press(page, page.locator(`button[name=step][value=${name}]`));
const fill = async (page, fields) => {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`[name=${name}]`);
    if (!(await field.isVisible())) await page.locator(`details:has([name=${name}]) > summary`).click();
    await field.fill(value);
  }
};
const opened = async (page, action) => {
  const form = page.locator(`form[action$="${action}"]`);
  if (!(await form.isVisible())) await page.locator(`details:has(form[action$="${action}"]) > summary`).click();
  return form;
};
async function toPerson(page, who, unit, login) {
  await open(page, who, `/staff/admin/register/${unit}`);
  await press(page, page.locator('th', { hasText: login }).locator('a'));
}

both('Art. 4: an administrator adds a unit and a person, gives roles, and each change stands in the log', async (people) => {
  const page = await people.page('admin');
  const mark = digits(6);
  await open(page, 'admin', '/staff/admin/units/new');
  await fill(page, { code: `u${mark}`, name_zh: `测试班组 ${mark}`, name_en: `Test crew ${mark}`, sort: '90' });
  await press(page, page.locator('main form button[type=submit]').last());
  await open(page, 'admin', '/staff/admin/units');
  assert.ok((await main(page)).includes(`测试班组 ${mark}`));

  await open(page, 'admin', '/staff/admin/register/3/new');
  await fill(page, { name: '新同事', login_name: `p${mark}` });
  await page.locator('[name=role_3]').check();
  await press(page, page.locator('main form button[type=submit]').last());
  const password = /[a-z]+(?:-[a-z0-9]+){2,}|\b[A-Za-z0-9-]{12,}\b/.exec(await main(page));
  assert.ok(password, 'a first password is shown, once');
  await toPerson(page, 'admin', 3, `p${mark}`);
  const rights = await opened(page, '/rights');
  await rights.locator('[name=role_4]').check();
  await press(page, rights.locator('button[type=submit]'));
  assert.match(await main(page), /联络员/);
  await open(page, 'admin', '/staff/admin/audit');
  assert.ok((await page.locator('tbody').innerText()).includes(`p${mark}`) || await page.locator('tbody tr').count() > 1);
  assert.match(await page.locator('tbody tr').first().innerText(), /admin/);
});

both('Art. 4: the last administrator can neither give up the role nor be deactivated, and is told why', async (people) => {
  const page = await people.page('admin');
  const [[own]] = await sql("SELECT id FROM staff WHERE login = 'admin'");
  await open(page, 'admin', `/staff/admin/person/${own}`);
  for (const [name, check] of [['role_9', false], ['is_active', false]]) {
    const rights = await opened(page, '/rights');
    await rights.locator(`[name=${name}]`).setChecked(check);
    await press(page, rights.locator('button[type=submit]'));
    assert.equal(page.answer.status(), 422);
    assert.match(await page.locator(`#e-${name}`).innerText(), /最后一位管理员/);
    await page.goBack();
  }
  await open(page, 'admin', '/staff/admin/');
  assert.ok(await page.locator('a[href$="/staff/admin/audit"]').count() > 0, 'still an administrator');
});

both('Art. 12: a liaison\'s shift is added to the roster and covers its hours', async (people) => {
  const page = await people.page('lina');
  await open(page, 'lina', '/staff/admin/duty/3');
  const before = await page.locator('tbody tr').count();
  const form = await opened(page, '/add');
  const from = now() + (20 + Number(digits(2))) * 24 * HOUR * 1000;
  await form.locator('[name=staff]').selectOption({ index: 1 });
  await form.locator('[name=from]').fill(local(from));
  await form.locator('[name=to]').fill(local(from - HOUR * 1000));
  await press(page, form.locator('button[type=submit]'));
  assert.equal(page.answer.status(), 422, 'it cannot end before it begins');
  const again = await opened(page, '/add');
  assert.equal(await again.locator('[name=from]').inputValue(), local(from), 'what was typed is kept');
  await again.locator('[name=to]').fill(local(from + 8 * HOUR * 1000));
  await press(page, again.locator('button[type=submit]'));
  assert.equal(page.answer.status(), 200);
  assert.equal(await page.locator('tbody tr').count(), before + 1);
});

both('Arts. 14 and 36: a limit changes from a day on; the preview says what it would do to later tickets, and earlier ones stay', async (people) => {
  const { number } = await report({ group: 'no_water', category: 'no_water' });
  const before = await people.text('wanglei', number);
  const page = await people.page('wanglei');
  await open(page, 'wanglei', '/staff/admin/limits/any.accept/change');
  await fill(page, { r0_amount: '15', from: '2032-01-01T00:00', why: '提高服务标准' });
  await step(page, 'preview');
  const preview = await main(page);
  assert.match(preview, /20 分钟/);
  assert.match(preview, /15 分钟/);
  assert.match(preview, /之前收到的工单不变/);
  await step(page, 'edit');
  assert.equal(await page.locator('[name=r0_amount]').inputValue(), '15', 'going back keeps what was typed');
  await step(page, 'preview');
  await step(page, 'save');
  assert.match(await main(page), /计划中的修改/);
  const clocks = (text) => [...text.matchAll(/不超过 [\d]+ (?:分钟|小时)/g)].map(([words]) => words);
  assert.deepEqual(clocks(await people.text('wanglei', number)), clocks(before), 'the earlier ticket has its limits');
  await open(page, 'wanglei', '/staff/admin/limits/any.accept');
  await press(page, page.locator('form[action$="/withdraw"] button'));
  assert.doesNotMatch(await main(page), /计划中的修改/);
});

both('Art. 36: matters, ladder and what operations decides by number are read by leadership and changed by operations alone', async (people) => {
  const page = await people.page('wanglei');
  await open(page, 'wanglei', '/staff/admin/ladder/finish');
  await fill(page, { s0_share: '400', why: '试一试' });
  await step(page, 'preview');
  assert.ok(await page.locator('table').count() > 0, 'a preview in moments');
  await open(page, 'wanglei', '/staff/admin/policies');
  const policy = page.locator('form[action$="/soon_minutes"]');
  const usual = await policy.locator('[name=value]').inputValue();
  await policy.locator('[name=value]').fill('x');
  await press(page, policy.locator('button'));
  assert.equal(page.answer.status(), 422);
  assert.ok(await page.locator('#e-soon_minutes').isVisible());
  assert.equal(await page.locator('#f-soon_minutes').inputValue(), 'x', 'what was typed is kept');
  await page.locator('#f-soon_minutes').fill(usual === '' ? '30' : usual);
  const leader = await people.page('xuguang');
  for (const where of ['ladder/finish', 'policies', 'limits/any.accept', 'matters/leak_public', 'rules']) {
    await open(leader, 'xuguang', `/staff/admin/${where}`);
    assert.equal(await leader.locator('main form').count(), 0, `${where} is read only`);
  }
});

both('Art. 4: who may not administer finds nothing of it', async (people) => {
  const page = await people.page('zhangmin');
  await open(page, 'zhangmin', '/staff/ticket/');
  assert.equal(await page.locator('a[href*="/staff/admin/"]').count(), 0, 'absent, not greyed');
  await page.goto('/staff/admin/units');
  assert.equal(page.answer.status(), 403);
  const unit = await people.page('lina');
  await open(unit, 'lina', '/staff/admin/');
  assert.equal(await unit.locator('a[href$="/audit"], a[href$="/units"]').count(), 0);
});
