/*
 * Every page and state, for everybody: axe (WCAG 2.2 A and AA, best practice) finds nothing, nothing scrolls sideways on 320 px,
 * every control is large enough for a thumb, nothing comes from another host, the content policy is kept.
 * Each scene is judged in one of the pairings of language, 长辈版 and width, sizes in all of them; SHUINUO_TEST_FULL=1: axe, too.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { launch, visitor, go, base } = require('./driver.js');
const { scenes, cast, dress } = require('./scenes.js');

const top = path.join(__dirname, '../..');
const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const isFull = process.env.SHUINUO_TEST_FULL === '1';

const LANGS = ['zh', 'en'];
const LOOKS = [false, true].flatMap((isElder) => [320, 1280].map((width) => ({ isElder, width })));

let browser;
let players;
let page;
test.before(async () => {
  browser = await launch();
  page = await visitor(browser, { isPhone: false });
  players = await cast((options) => visitor(browser, options));
});
test.after(() => browser.close());

// ---------------------------------------------------------------- what is looked at in the page

/** Runs in the page: how far it reaches beyond the screen. */
function reach() {
  const scroller = document.scrollingElement;
  if (scroller.scrollWidth <= window.innerWidth) return [];
  const guilty = [...document.querySelectorAll('body *')].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.right > window.innerWidth + 1 && box.width > 0 && !node.closest('.scroll, .unseen, .skip');
  }).slice(0, 3).map((node) => `${node.tagName.toLowerCase()}.${node.className}#${node.id}`);
  return [`scrolls sideways: ${scroller.scrollWidth} px on ${window.innerWidth} (${guilty.join(', ')})`];
}

/** Runs in the page: the text larger than the page meant it, and further apart (WCAG 1.4.4 and 1.4.12); both off: as it was. */
function stretch({ percent = 100, isSpaced = false }) {
  const spaced = new CSSStyleSheet();
  spaced.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
  document.adoptedStyleSheets = isSpaced ? [spaced] : [];
  document.documentElement.style.fontSize = percent === 100 ? '' : `${percent}%`;
}

/** Runs in the page: the words that are broken, and the controls that are too small. */
function measure(least) {
  const faults = [];
  // English words stay whole; only what residents type may be longer than any line.
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (document.documentElement.lang === 'en' && texts.nextNode()) {
    const text = texts.currentNode;
    if (text.parentElement.closest('.unseen, [hidden]') || /\S{40}/.test(text.data)) continue;
    for (const { 0: word, index } of text.data.matchAll(/[A-Za-z]{2,20}/g)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) faults.push(`"${word}" is broken in two`);
    }
  }
  const isShown = (node) => node.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true }) && node.getClientRects().length > 0;
  // A link inside a sentence is text (WCAG 2.5.8); everything else is a control.
  const isInSentence = (node) => {
    if (node.tagName !== 'A' || getComputedStyle(node).display !== 'inline') return false;
    const around = node.closest('p, li, dd, td, figcaption');
    return around !== null && around.textContent.trim().length > node.textContent.trim().length;
  };
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex="0"]:not(.scroll)';
  for (const node of document.querySelectorAll(controls)) {
    if (!isShown(node) || node.classList.contains('skip') || isInSentence(node)) continue;
    let box = node.getBoundingClientRect();
    if (node.type === 'radio' || node.type === 'checkbox') {
      const label = node.labels[0]?.getBoundingClientRect();
      if (label) box = { height: Math.max(label.height, box.height), width: label.right - box.left };
    }
    const name = `${node.tagName.toLowerCase()}#${node.id} "${(node.textContent || node.value || '').trim().slice(0, 20)}"`;
    if (box.height < least - 0.5) faults.push(`${name} is ${box.height.toFixed(1)} px high, not ${least}`);
    if (box.width < least - 0.5) faults.push(`${name} is ${box.width.toFixed(1)} px wide, not ${least}`);
  }
  return faults;
}

async function look(page, { isElder, width }) {
  await page.setViewportSize({ width, height: 800 });
  await page.evaluate((elder) => document.documentElement.classList.toggle('elder', elder), isElder);
}

/** What is wrong with the page as it is dressed. */
const faultsOf = async (page, least) => [...await page.evaluate(reach), ...await page.evaluate(measure, least)];

/*
 * The text doubled on what a zoom of 200 % leaves of a screen of 1280, and the spacing of WCAG 1.4.12 on the narrowest one: nothing
 * is pushed out of sight.
 */
const STRETCHES = [
  { words: 'text of 200 %', width: 640, percent: 200 },
  { words: 'wide spacing', width: 320, isSpaced: true },
];

async function stretched(page, isElder) {
  const faults = [];
  for (const { words, width, ...how } of STRETCHES) {
    await look(page, { isElder, width });
    await page.evaluate(stretch, how);
    faults.push(...(await page.evaluate(reach)).map((fault) => `${words}, ${isElder ? 'elder' : 'normal'} ${width}: ${fault}`));
  }
  await page.evaluate(stretch, {});
  return faults;
}

async function axe(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
    .then((result) => result.violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.html.slice(0, 120)}`).join(' | ')}`)), TAGS);
  return found;
}

test('the measures find what is wrong', async () => {
  const page = await visitor(browser); // one that no content policy protects
  await page.setContent('<html lang="en"><title>x</title><main><h1 style="width:2em;overflow-wrap:anywhere">Dispatched</h1><p><button>x</button> <img src="data:,"><i style="display:block;width:3000px">x</i></main>');
  await look(page, { isElder: false, width: 320 });
  const faults = (await faultsOf(page, 44)).join('\n');
  assert.match(faults, /scrolls sideways: 30\d\d px on 320/);
  assert.match(faults, /button#.* high, not 44/);
  assert.match(faults, /"Dispatched" is broken in two/);
  assert.match((await axe(page)).join('\n'), /image-alt/);
  await page.setContent('<html lang="en"><title>x</title><main><p><nobr>letters that fill a line, not more</nobr>');
  await look(page, { isElder: false, width: 320 });
  assert.deepEqual(await page.evaluate(reach), []);
  assert.match((await stretched(page, false)).join('\n'), /wide spacing, normal 320: scrolls sideways/);
  await page.setContent('<html lang="en"><title>x</title><main><div style="width:30rem">x</div>');
  assert.match((await stretched(page, false)).join('\n'), /text of 200 %, normal 640: scrolls sideways/);
});

test('language and 长辈版 are plain links on every page, without scripts, and are remembered', async () => {
  const page = await visitor(browser, { js: false, width: 320 });
  await go(page, '/complaint/new');
  await page.locator('header a[hreflang=en]').click();
  assert.match(page.url(), /\/complaint\/new\?lang=en$/);
  assert.match(await page.locator('h1').innerText(), /^[\x20-\x7e]+$/);
  await page.locator('header a', { hasText: 'Large text' }).click();
  await go(page, '/commitment/');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.equal(await page.locator('html').getAttribute('class'), 'elder');
  await page.locator('header a[hreflang=zh-CN]').click();
  await page.locator('header nav a').first().click();
  await go(page, '/');
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  assert.equal(await page.locator('html').getAttribute('class'), null);
  assert.deepEqual(page.faults, []);
});

// ---------------------------------------------------------------- each page and state

for (const [index, scene] of scenes.entries()) {
  test(`everybody can use: ${scene.name}`, async (t) => {
    // Zh/en × 长辈版 × width: over any four scenes in a row every pair of values meets.
    const paired = { lang: LANGS[index % 2], ...LOOKS[Math.floor(index / 2) % 4] };
    for (const lang of LANGS) {
      await t.test(lang, async () => {
        await dress(page, { lang });
        await scene.open(page, players);
        assert.equal(page.answer.status(), scene.status ?? 200);
        assert.equal(await page.locator('html').getAttribute('lang'), lang === 'zh' ? 'zh-CN' : 'en');
        const faults = [];
        for (const shape of LOOKS) {
          await look(page, shape);
          const words = `${shape.isElder ? 'elder' : 'normal'} ${shape.width}: `;
          faults.push(...(await faultsOf(page, shape.isElder ? 60 : 44)).map((fault) => words + fault));
          const isPaired = paired.lang === lang && paired.isElder === shape.isElder && paired.width === shape.width;
          if (isPaired || isFull) faults.push(...(await axe(page)).map((fault) => words + fault));
        }
        for (const isElder of isFull ? [false, true] : [paired.isElder]) faults.push(...await stretched(page, isElder));
        assert.deepEqual([...faults, ...page.faults], []);
      });
    }
  });
}

for (const name of ['413', '429', '502']) {
  test(`everybody can use: the page ${name} that the web server shows by itself`, async () => {
    const body = fs.readFileSync(path.join(top, `conf/nginx/error/${name}.html.in`), 'utf8').replaceAll('@HOTLINE@', '96510');
    const where = `${base}/error-page-${name}`;
    await dress(page, { lang: 'zh' });
    await page.route(where, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
    await go(page, where);
    const faults = [];
    for (const shape of LOOKS.filter(({ isElder }) => !isElder)) {
      await look(page, shape);
      faults.push(...await faultsOf(page, 44), ...await axe(page));
    }
    faults.push(...await stretched(page, false));
    await page.unroute(where);
    assert.deepEqual([...faults, ...page.faults], []);
  });
}

// ---------------------------------------------------------------- colours

const css = fs.readFileSync(path.join(top, 'htdocs/css/site.css'), 'utf8');
const tokens = Object.fromEntries([.../:root\s*\{([^}]*)\}/.exec(css)[1].matchAll(/--([a-z-]+):\s*(#[0-9a-f]+)/g)].map(([, name, value]) => [name, value]));

function luminance(hex) {
  const full = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : hex.slice(1).match(/../g);
  const [r, g, b] = full.map((pair) => parseInt(pair, 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(left, right) {
  const [high, low] = [luminance(left), luminance(right)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

test('the measure of contrast itself is right', () => {
  assert.equal(contrast('#000', '#ffffff').toFixed(1), '21.0');
  assert.equal(contrast('#767676', '#fff').toFixed(2), '4.54');
});

const PAIRS = [
  ['ink', 'ground', 7], ['soft', 'ground', 7], ['ink', 'pale', 7], ['soft', 'pale', 7], ['brand', 'ground', 4.5], ['brand-dark', 'ground', 4.5],
  ['brand', 'pale', 4.5], ['brand', 'info-pale', 4.5], ['brand-dark', 'info-pale', 4.5], ['ok', 'ok-pale', 4.5], ['warn', 'warn-pale', 4.5],
  ['bad', 'bad-pale', 4.5], ['bad', 'ground', 4.5], ['info', 'info-pale', 4.5], ['ink', 'ok-pale', 7], ['edge', 'ground', 3], ['ok', 'ground', 3], ['ink', 'focus', 3],
  ['soft', 'ok-pale', 4.5], ['brand', 'bad-pale', 4.5], ['brand', 'ok-pale', 4.5], ['brand', 'warn-pale', 4.5],
];

for (const [front, back, least] of PAIRS) {
  test(`${front} on ${back} has a contrast of ${least} at least`, () => {
    assert.ok(tokens[front] && tokens[back], 'both are colours of site.css');
    const found = contrast(tokens[front], tokens[back]);
    assert.ok(found >= least, `${found.toFixed(2)}`);
  });
}

test('text sizes grow in 长辈版, and only sizes change', () => {
  const elder = /\.elder\s*\{([^}]*)\}/.exec(css)[1];
  const sizes = Object.fromEntries([...elder.matchAll(/--([a-z0-9]+):\s*([\d.]+)rem/g)].map(([, name, value]) => [name, Number(value) * 16]));
  assert.ok(sizes.text >= 24 && sizes.h1 >= 38 && sizes.control >= 60, JSON.stringify(sizes));
  assert.doesNotMatch(elder, /#|display|order/);
});
