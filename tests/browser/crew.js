// A crew on the way in the browser tests: links handed out at the desk, and the sign-in from outside.
'use strict';
const assert = require('node:assert');
const { open, press, passwords } = require('./driver.js');

/** Somebody at the desk hands out a link to a person by name, for the unit's assignment; gives its path. */
async function giveLink(page, giver, number, name) {
  await open(page, giver, `/staff/ticket/${number}/link`);
  await page.locator('.choice', { hasText: name }).first().locator('input').check();
  await press(page, page.locator('main form button.button'));
  return new URL(await page.locator('#crew-link').getAttribute('href')).pathname;
}

/** Opens a link on a phone, signing in where that is asked for. */
async function openJob(page, login, job, status = 200) {
  await page.goto(job);
  if (await page.locator('main input[name=login]').count()) {
    await page.locator('[name=login]').fill(login);
    await page.locator('[name=password]').fill(passwords()[login]);
    await press(page, page.locator('main form button[type=submit]'));
  }
  assert.equal(page.answer.status(), status, `${job} answers ${page.answer.status()} to ${login}`);
}

/** Opens the form of a step and fills it: name → text, or number of a choice. Gives its button. */
async function prepareStep(page, action, fields = {}) {
  const box = page.locator(`#act-${action}`);
  if (await box.getAttribute('open') === null) await box.locator('summary').first().click();
  for (const [name, value] of Object.entries(fields)) {
    const field = box.locator(`[name="${name}"]`);
    const extra = box.locator('details.extra', { has: page.locator(`[name="${name}"]`) });
    if (await extra.count() && await extra.getAttribute('open') === null) await extra.locator('summary').click();
    if (typeof value === 'number') await field.selectOption(String(value));
    else await field.fill(value);
  }
  return box.locator('form > button[type=submit]');
}

/** Takes a step on the phone and sees it done. */
async function takeStep(page, action, fields) {
  await press(page, await prepareStep(page, action, fields));
  assert.match(page.url(), /done=1/, `${action} answers ${page.answer.status()}`);
}

module.exports = { giveLink, openJob, prepareStep, takeStep };
