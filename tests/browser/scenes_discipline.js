// The discipline office's pages for the sweep of access and validity, and what its tests share (Arts. 5, 32, 35).
'use strict';
const { go, open, press } = require('./driver.js');

const HEPING = 'sample passphrase of the office';
const HOME = '/staff/discipline/';
const LONG_HAN = '反映人说，抄表员上门时索要好处，不给就不抄表，还说要停水，楼上楼下都听见了。'.repeat(12);
const LONG_WORD = 'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(2);

/** A report by the public form: its number and code. */
async function report(page, words, more = {}) {
  await go(page, '/complaint/misconduct');
  for (const [name, value] of Object.entries({ words, ...more })) await page.locator(`[name=${name}]`).fill(value);
  await press(page, page.locator('main form button.button').first());
  const [number, code] = await page.locator('.number').allInnerTexts();
  return { number, code };
}

/** Signed in, with the cases open. */
async function opened(page, where = HOME, login = 'heping', passphrase = HEPING) {
  await open(page, login, where);
  const field = page.locator('[name=passphrase]');
  if (await field.count() === 0) return;
  await field.fill(passphrase);
  await press(page, page.locator('main form button.button'));
}

async function find(page, number) {
  await go(page, HOME);
  await page.locator('[name=number]').fill(number);
  await press(page, page.locator('form[action$="/find"] button'));
}

/** Fills the form of one act on the case that is shown; its button. */
async function fillAct(page, act, fields) {
  const form = page.locator(`#act-${act}`);
  if (await form.getAttribute('open') === null) await form.locator('summary').click();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name=${name}]`);
    if (await field.evaluate((element) => element.tagName) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  return form.locator('button.button');
}
const write = async (page, act, fields) => press(page, await fillAct(page, act, fields));

/** A case with everything in it. */
async function lived(page) {
  const { number } = await report(page, LONG_HAN, { about: LONG_WORD.slice(0, 90), name: '举报人', contact: '13700000000' });
  await opened(page);
  await find(page, number);
  await write(page, 'step', { words: LONG_HAN });
  await write(page, 'finding', { finding: '1', words: LONG_WORD });
  await write(page, 'outcome', { clause: '1', person: '刘某', leader: '孙班长', measure: '2', repay: '1200', prosecute: '1', words: LONG_HAN });
}

const discipline = [
  { name: 'cases, to be opened', login: 'heping', open: async (page) => open(page, 'heping', '/staff/discipline/open') },
  {
    name: 'cases, wrong passphrase', login: 'heping', status: 422,
    open: async (page) => { await open(page, 'heping', '/staff/discipline/open'); await page.locator('[name=passphrase]').fill('not the passphrase'); await press(page, page.locator('main form button.button')); },
  },
  { name: 'cases', login: 'heping', open: async (page) => { await report(page, LONG_HAN, { about: LONG_WORD.slice(0, 90) }); await opened(page); } },
  { name: 'cases, unknown number', login: 'heping', status: 422, open: async (page) => { await opened(page); await find(page, 'JC1'); } },
  { name: 'case, new', login: 'heping', open: async (page) => { const { number } = await report(page, LONG_WORD); await opened(page); await find(page, number); } },
  { name: 'case, with everything', login: 'heping', open: async (page) => { await lived(page); for (const act of ['step', 'finding', 'outcome', 'answer', 'close']) await page.locator(`#act-${act} summary`).click(); } },
  { name: 'case, wrongly written', login: 'heping', status: 422, open: async (page) => { await lived(page); await write(page, 'outcome', { clause: '2', person: LONG_WORD.slice(0, 60), measure: '1', prosecute: '1', words: LONG_HAN }); } },
  { name: 'officers', login: 'heping', open: async (page) => { await opened(page); await go(page, '/staff/discipline/officers'); } },
  {
    name: 'officers, the last one', login: 'heping', status: 422,
    open: async (page) => { await opened(page); await go(page, '/staff/discipline/officers'); await press(page, page.locator('form[action$="/remove"] button')); },
  },
  { name: 'passphrase', login: 'heping', open: async (page) => { await opened(page); await go(page, '/staff/discipline/passphrase'); } },
  {
    name: 'passphrase, wrong', login: 'heping', status: 422,
    open: async (page) => { await opened(page); await go(page, '/staff/discipline/passphrase'); await press(page, page.locator('main .narrow form button.button')); },
  },
  { name: 'misconduct, taken by phone', login: 'zhangmin', open: async (page) => open(page, 'zhangmin', '/staff/ticket/discipline') },
  { name: 'misconduct, wrong', login: 'zhangmin', status: 422, open: async (page) => { await open(page, 'zhangmin', '/staff/ticket/discipline'); await press(page, page.locator('main form button.button')); } },
  {
    name: 'misconduct, handed over', login: 'zhangmin',
    open: async (page) => { await open(page, 'zhangmin', '/staff/ticket/discipline'); await page.locator('[name=words]').fill(LONG_HAN); await press(page, page.locator('main form button.button')); },
  },
  { name: 'ticket, to be handed to the discipline office', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/${cast.working.number}/discipline`) },
];

module.exports = { discipline, report, opened, find, fillAct, write, HOME };
