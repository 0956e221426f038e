// Makes the pictures of README.md, on a test stack with the sample town: make screenshots
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { base, launch, visitor, go, submit, fillPlace, fillContact, open, receipt, act, prepare, wait, until, now, commitments } = require('./driver.js');
const { shrink } = require('./png.js');

const folder = path.join(__dirname, '../golden/screenshots');
const BYTES_EACH = 150 << 10;
const BYTES_ALL = 1500 << 10;
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };

/** At most `most` px of the page's height: what is further down would only be small in README. */
async function shoot(page, name, lang, most) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const { width } = page.viewportSize();
  await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
  await page.setViewportSize({ width, height: Math.min(height, most) });
  const file = path.join(folder, `${name}.${lang}.png`);
  fs.writeFileSync(file, shrink(await page.screenshot({ animations: 'disabled', caret: 'hide' })));
  await page.setViewportSize(width === PHONE.width ? PHONE : DESK);
  const { size } = fs.statSync(file);
  assert.ok(size <= BYTES_EACH, `${file} has ${size} bytes`);
  assert.deepEqual(page.faults, []);
  process.stdout.write(`  ${path.basename(file)} ${Math.ceil(size / 1024)} KiB\n`);
}

const dressed = async (browser, lang, options) => {
  const page = await visitor(browser, options);
  await page.context().addCookies([{ name: 'sn_lang', value: lang, url: base }]);
  return page;
};
/* Without scripts: the countdown of the public page goes by the web server's clock, which nobody moves. */
const phone = (browser, lang) => dressed(browser, lang, { ...PHONE, isPhone: false, js: false });
const desk = (browser, lang) => dressed(browser, lang, DESK);

const REPORT = {
  zh: { place: '明珠花园东门外人行道', words: '井盖旁一直往外冒水，已经流到自行车道上。', name: '王女士', phone: '13806351234', noticed: 'now' },
  en: { place: '明珠花园, footpath at the east gate', words: 'Water keeps welling up beside the cover and runs onto the cycle lane.', name: 'Ms Wang', phone: '13806351234', noticed: 'now' },
};

async function residents(browser, lang) {
  const page = await phone(browser, lang);
  await go(page, '/');
  await shoot(page, 'portal', lang, 900);
  await go(page, '/complaint/new');
  await shoot(page, 'filing-1-matter', lang, 1000);
  await fillPlace(page, REPORT[lang]);
  await shoot(page, 'filing-2-place', lang, 1500);
  await submit(page);
  await fillContact(page, REPORT[lang]);
  await submit(page);
  await shoot(page, 'filing-4-check', lang, 1500);
  await submit(page);
  await shoot(page, 'receipt', lang, 1300);
  return { page, ...await receipt(page) };
}

async function staffAndProgress(browser, lang, { page, number }) {
  const ops = await desk(browser, lang);
  await open(ops, 'wanglei', '/staff/ticket/?view=due');
  await shoot(ops, 'queue', lang, 800);
  wait(2 * 60);
  await act(ops, 'wanglei', number, 'dispatch', lang === 'zh' ? { words: '请立即到场' } : { words: 'Please go at once' });
  wait(3 * 60);
  await act(await desk(browser, lang), 'lina', number, 'accept');
  const crew = await desk(browser, lang);
  wait(12 * 60);
  await act(crew, 'sunqiang', number, 'arrive', { diameter_mm: '200' });
  await open(crew, 'sunqiang', `/staff/ticket/${number}`);
  await prepare(crew, 'repair');
  await shoot(crew, 'ticket', lang, 1150);
  await go(page, `/complaint/progress/${number}`);
  await shoot(page, 'progress', lang, 1300);
}

async function promises(browser, lang) {
  await until('figures are counted', async () => Date.parse((await commitments()).as_of) >= now() - 300000, 90);
  const page = await desk(browser, lang);
  await go(page, '/commitment/');
  await shoot(page, 'commitments', lang, 1000);
}

async function main() {
  fs.mkdirSync(folder, { recursive: true });
  for (const lang of ['zh', 'en']) {
    const browser = await launch();
    try {
      await staffAndProgress(browser, lang, await residents(browser, lang));
      await promises(browser, lang);
    } finally {
      await browser.close();
    }
  }
  const all = fs.readdirSync(folder).reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
  assert.ok(all <= BYTES_ALL, `all pictures have ${all} bytes`);
  process.stdout.write(`${Math.ceil(all / 1024)} KiB in all\n`);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
