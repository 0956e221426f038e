// People of the town for tests that live an article through: staff with a screen each, residents, and each test with scripts
// and without.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { launch, visitor, file, follow, open, prepare, press, act } = require('./driver.js');

const MINUTE = 60;
const HOUR = 3600;
const CHINA_MS = 8 * HOUR * 1000;
const UNIT = { customer: 2, pipeline: 3, inspection: 4, maintenance: 6, construction: 7 };
const local = (ms) => new Date(ms + CHINA_MS).toISOString().slice(0, 16);
/* Places of this file alone: reports of other files at the same place would be shown as known already. */
let place = 0;
const newPlace = () => `湖光里 ${process.pid}-${++place} 号楼南侧`;
const unknownPlace = () => `无名路 ${process.pid}-${++place} 号`;

let browser;
test.before(async () => { browser = await launch(); });
test.after(async () => { await browser.close(); });

/** Somebody else's screen; options: of driver.visitor. */
const visit = (options) => visitor(browser, options);

/** People of the town, each with a screen of their own; `ok` sees an action done, `refused` sees it refused with words. */
function team(js) {
  const pages = new Map();
  const page = async (login) => {
    if (!pages.has(login)) pages.set(login, await visitor(browser, { js }));
    return pages.get(login);
  };
  const at = async (login, where) => { const screen = await page(login); await open(screen, login, where); return screen; };
  const on = (login, number) => at(login, `/staff/ticket/${number}`);
  return {
    page,
    at,
    on,
    ok: async (login, number, action, fields) => act(await page(login), login, number, action, fields),
    refused: async (login, number, action, fields, words) => {
      const screen = await on(login, number);
      await press(screen, await prepare(screen, action, fields));
      assert.doesNotMatch(screen.url(), /done=1/, `${action} goes through`);
      assert.match(await screen.locator('main').innerText(), words);
      return screen;
    },
    has: async (login, number, action) => (await (await on(login, number)).locator(`#act-${action}`).count()) > 0,
    text: async (login, number) => (await on(login, number)).locator('main').innerText(),
    /** Who was told what, as the ticket says, opened or not. */
    told: async (login, number) => {
      const section = (await on(login, number)).locator('section[aria-labelledby="h-told"]');
      return (await section.count()) === 0 ? '' : (await section.textContent()).replace(/\s+/g, ' ');
    },
    end: async () => { for (const screen of pages.values()) { assert.deepEqual(screen.faults, []); await screen.context().close(); } },
  };
}

/** A resident's report; what: of driver.file. */
async function report(what = {}) {
  const screen = await visitor(browser, { js: false, width: 320, height: 640 });
  const ticket = await file(screen, { place: newPlace(), words: '请来看看', ...what });
  return { ...ticket, screen, seen: async () => { await follow(screen, ticket.numberText, ticket.code); return screen.locator('main').innerText(); } };
}

/** One test, with scripts and without. */
function both(name, run) {
  for (const js of [true, false]) {
    test(`${name}${js ? '' : ', without JavaScript'}`, async () => {
      const people = team(js);
      await run(people, js);
      await people.end();
    });
  }
}

module.exports = { MINUTE, HOUR, UNIT, local, newPlace, unknownPlace, visit, team, report, both };
