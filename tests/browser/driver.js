// What the browser tests share: Chromium, visitors with eyes open for what no page may do, the clock of the test stack,
// signing in, filing, acting on a ticket, and the public figures.
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { execFileSync } = require('node:child_process');
const { chromium } = require('playwright-core');

const base = process.env.SHUINUO_URL;
const folder = process.env.SHUINUO_VAR;
const WECHAT = 'Mozilla/5.0 (Linux; Android 13; M2102J2SC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 '
  + 'Mobile Safari/537.36 XWEB/1260059 MMWEBSDK/20240404 MicroMessenger/8.0.50.2701(0x28003255) WeChat/arm64 Language/zh_CN';

// ---------------------------------------------------------------- browser and visitors

async function launch(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', ...more],
  });
}

/*
 * A visitor with cookies of their own. `page.faults` collects what no page may ever cause: a request to another host, a
 * violation of the content policy, an error of a script, an answer of 5xx. `page.answer` is the last document's answer.
 */
async function visitor(browser, { js = true, width = 1280, height = 900, agent, isPhone = width < 600 } = {}) {
  const context = await browser.newContext({
    baseURL: base, javaScriptEnabled: js, viewport: { width, height }, isMobile: isPhone, hasTouch: isPhone,
    locale: 'zh-CN', timezoneId: 'Asia/Shanghai', userAgent: agent,
  });
  context.setDefaultTimeout(20000);
  const page = await context.newPage();
  page.faults = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base + '/') && !url.startsWith('data:')) page.faults.push(`a request to ${url}`);
  });
  page.on('response', (answer) => {
    if (answer.status() >= 500) page.faults.push(`${answer.status()} from ${answer.url()}`);
    const request = answer.request();
    if (request.isNavigationRequest() && (answer.status() < 300 || answer.status() > 399)) page.answer = answer;
  });
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to|violates/i.test(message.text())) page.faults.push(message.text());
  });
  page.on('pageerror', (error) => page.faults.push(`script: ${error.message}`));
  return page;
}

/** A page must have been served as expected before anything on it is believed. */
async function go(page, where, status = 200) {
  const answer = await page.goto(where);
  assert.equal(answer.status(), status, `${where} answers ${answer.status()}`);
  return page;
}

/** Presses what leads to another page, and waits until that is there. */
const press = (page, locator) => Promise.all([page.waitForNavigation(), locator.click()]);

const heading = (page) => page.locator('h1').first().innerText();

async function until(what, look, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) assert.fail(`waited ${seconds} s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

// ---------------------------------------------------------------- the clock of the stack

const offsetFile = () => path.join(folder, 'time-offset');
const offsetSeconds = () => Number(fs.readFileSync(offsetFile(), 'utf8').trim() || 0);
const now = () => Date.now() + offsetSeconds() * 1000;

/** Forward only: nothing in the town has happened later than now. */
function wait(seconds) {
  assert.ok(seconds >= 0);
  const fresh = `${offsetFile()}.new`;
  fs.writeFileSync(fresh, `${offsetSeconds() + Math.round(seconds)}\n`);
  fs.renameSync(fresh, offsetFile());
}

const CHINA_MS = 8 * 3600 * 1000;
const DAY_MS = 24 * 3600 * 1000;

/** Goes on to the next time that the wall clock in Shanghai shows hour:minute. */
function waitFor(hour, minute = 0) {
  const wall = now() + CHINA_MS;
  let target = wall - wall % DAY_MS + (hour * 60 + minute) * 60000;
  if (target <= wall) target += DAY_MS;
  wait((target - wall) / 1000);
}

/** "09:40" in Shanghai, as pages show it. */
const clockText = (ms) => new Date(ms + CHINA_MS).toISOString().slice(11, 16);

/** The messages by SMS, as the test stack's gateway writes them to files. */
function smsFiles() {
  const outbox = path.join(folder, 'outbox');
  return fs.readdirSync(outbox).filter((name) => name.startsWith('sms-')).map((name) => fs.readFileSync(path.join(outbox, name), 'utf8'));
}
/** What a pattern's group finds in the messages to a number, waited for. */
async function smsFound(what, phone, pattern) {
  let found;
  await until(what, async () => { found = smsFiles().filter((text) => text.includes(`phone ${phone}`)).map((text) => pattern.exec(text)?.[1]).find(Boolean); return found !== undefined; });
  return found;
}

// ---------------------------------------------------------------- residents

const CATEGORY = { no_water: 1, leak_public: 3, meter_well_leak: 5, consultation: 25 };

/** Steps 1 and 2, up to the contact page. */
async function fillPlace(page, { group = 'leak', category = 'leak_public', place = '明珠花园 3 号楼东侧路口', address = '', words = '', noticed = '', account = '', photos = [] } = {}) {
  await go(page, '/complaint/new');
  await press(page, page.locator(`button[name=group][value=${group}]`));
  if (category && await page.locator(`input[name=category][value=${category}]`).count()) await page.locator(`input[name=category][value=${category}]`).check();
  await page.locator('[name=place]').fill(place);
  if (address) await page.locator('[name=address]').fill(address);
  if (words) await page.locator('[name=words]').fill(words);
  if (noticed) await page.locator(`input[name=noticed][value=${noticed}]`).check();
  if (account) await page.locator('[name=account]').fill(account);
  await choosePhotos(page, photos);
}

/** A picture of the tests' own: "jpeg", "png", "broken", …, and a number that makes it another one. */
const picture = (kind, seed = 0) => ({ name: `IMG_${seed}.jpg`, mimeType: 'image/jpeg', buffer: execFileSync(path.join(process.env.SHUINUO_BUILD, 'tests/web/pictures_app'), [kind, String(seed)]) });

/** One picture per field, as a phone offers them. */
async function choosePhotos(page, photos) {
  for (const [i, photo] of photos.entries()) await page.locator('input[type=file]').nth(i).setInputFiles(photo);
}

const submit = (page) => press(page, page.locator('main form button.button[type=submit]:not([name]):not([formaction])').last());

async function fillContact(page, { phone = '13806350001', name = '' } = {}) {
  await page.waitForURL(/\/complaint\/contact/);
  if (phone) await page.locator('[name=phone]').fill(phone);
  if (name) await page.locator('[name=name]').fill(name);
}

/** Files a report through all steps. Returns what the receipt says. */
async function file(page, report = {}) {
  await fillPlace(page, report);
  await submit(page);
  await fillContact(page, report);
  await submit(page);
  await page.waitForURL(/\/complaint\/check/);
  await submit(page);
  await page.waitForURL(/\/complaint\/receipt/);
  return receipt(page);
}

async function receipt(page) {
  const progress = await page.locator('a[href*="/complaint/progress/"]').getAttribute('href');
  const [numberText, code] = await page.locator('.panel dd.number').allInnerTexts();
  return { number: progress.split('/').pop(), numberText: numberText.trim(), code: code.trim() };
}

async function follow(page, numberText, code) {
  await go(page, '/complaint/follow');
  await page.locator('[name=number]').fill(numberText);
  await page.locator('[name=code]').fill(code);
  await submit(page);
}

// ---------------------------------------------------------------- staff

/** login → password, of the sample town. */
function passwords() {
  const lines = fs.readFileSync(path.join(folder, 'sample-signins.txt'), 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.trim().split(/\s+/)).map(([login, password]) => [login, password]));
}

const sessions = new Map(); // login → cookies of a session that was open when last seen

async function signIn(page, login) {
  await page.locator('[name=login]').fill(login);
  await page.locator('[name=password]').fill(passwords()[login]);
  await press(page, page.locator('main form button[type=submit]'));
  assert.equal(await page.locator('main input[name=login]').count(), 0, `${login} is signed in`);
  sessions.set(login, (await page.context().cookies()).filter((cookie) => /staff|visitor/.test(cookie.name)));
}

/** Opens a staff page, signing in when there is no session or it is over. A person's screens share one session. */
async function open(page, login, where) {
  const has = (await page.context().cookies()).some((cookie) => cookie.name.includes('staff'));
  if (!has && sessions.has(login)) await page.context().addCookies(sessions.get(login));
  await page.goto(where);
  if (await page.locator('main input[name=login]').count()) await signIn(page, login);
  if (new URL(page.url()).pathname + new URL(page.url()).search !== where) await page.goto(where);
  assert.equal(page.answer.status(), 200, `${where} answers ${page.answer.status()} to ${login}`);
}

/** Opens the form of an action on the ticket's page and fills it; fields: name → text, number of a choice, or true/false. */
async function prepare(page, action, fields = {}) {
  const box = page.locator(`#act-${action}`);
  if (await box.getAttribute('open') === null) await box.locator('summary').click();
  for (const [name, value] of Object.entries(fields)) {
    const field = box.locator(`[name="${name}"]`);
    if (typeof value === 'boolean') await field.setChecked(value);
    else if (typeof value === 'number') await field.selectOption(String(value));
    else await field.fill(value);
  }
  return box.locator('form button[type=submit]:not([name])'); // the named one puts a canned answer in
}

/** Presses the intake's button; where earlier reports of such a matter are shown first, it is none of them. */
async function register(page) {
  const button = page.locator('main form.intake button[type=submit]:not([name]):not([formaction])').last();
  await press(page, button);
  const none = page.locator('[name=repeat_of][value=none]');
  if (await none.count() === 0) return;
  await none.check();
  await press(page, button);
}

/** Carries out an action on a ticket and sees it done. */
async function act(page, login, number, action, fields = {}) {
  await open(page, login, `/staff/ticket/${number}`);
  await press(page, await prepare(page, action, fields));
  assert.match(page.url(), /done=1/, `${login} could not ${action}: ${page.answer.status()}`);
}

// ---------------------------------------------------------------- the public figures

async function commitments() {
  const answer = await fetch(`${base}/commitment/commitments.json`);
  assert.equal(answer.status, 200);
  return answer.json();
}

/** The figures counted at `moment` (ms) or later. */
async function commitmentsSince(moment) {
  return until('the figures are counted anew', async () => {
    const figures = await commitments();
    return Date.parse(figures.as_of) >= moment && figures;
  }, 90);
}

const figureOf = (figures, code, period = 'window') => figures.promises.find((promise) => promise.code === code).figures.find((figure) => figure.period === period);

module.exports = {
  picture, choosePhotos,
  base, folder, WECHAT, CATEGORY, launch, visitor, go, press, heading, until, offsetSeconds, now, wait, waitFor, clockText, fillPlace, submit, fillContact, file,
  smsFiles, smsFound, receipt, follow, passwords, signIn, open, prepare, register, act, commitments, commitmentsSince, figureOf,
};
