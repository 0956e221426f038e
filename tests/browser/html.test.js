// Every page and state in both languages is valid HTML, and the sheets are valid CSS, by the W3C's own checker.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFile } = require('node:child_process');
const { launch, visitor } = require('./driver.js');
const { scenes, cast, dress } = require('./scenes.js');

const top = path.join(__dirname, '../..');
const jar = require.resolve('vnu-jar/build/dist/vnu.jar');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shuinuo-html-'));
const fileOf = (name, lang) => `${name.replace(/[^a-z]+/g, '-')}.${lang}.html`;

/** file name → what the checker says. One process for all files: it takes longer to start than to read. */
function check(names, options = []) {
  return new Promise((resolve, reject) => {
    const words = ['-Xss2m', '-jar', jar, '--format', 'json', '--stdout', ...options, ...names];
    execFile('java', words, { cwd: folder, maxBuffer: 64 << 20, timeout: 300000 }, (error, out) => {
      let report;
      try { report = JSON.parse(out); } catch { return reject(error ?? new Error(`the checker said: ${out.slice(0, 300)}`)); }
      const found = {};
      for (const message of report.messages) {
        const name = path.basename(message.url ?? '');
        (found[name] ??= []).push(`${message.subType ?? message.type} ${message.lastLine ?? ''}: ${message.message} ${(message.extract ?? '').replace(/\s+/g, ' ').slice(0, 160)}`);
      }
      return resolve(found);
    });
  });
}

let browser;
let found;
const unopened = {};

const errorPages = ['413.html', '429.html', '502.html'];
test.before(async () => {
  browser = await launch();
  const players = await cast((options) => visitor(browser, options));
  const names = [];
  const page = await visitor(browser);
  for (const scene of scenes) {
    for (const lang of ['zh', 'en']) {
      try {
        await dress(page, { lang });
        await scene.open(page, players);
        fs.writeFileSync(path.join(folder, fileOf(scene.name, lang)), await page.answer.text());
        names.push(fileOf(scene.name, lang));
      } catch (error) {
        unopened[fileOf(scene.name, lang)] = error.message.split('\n')[0];
      }
    }
  }
  fs.writeFileSync(path.join(folder, 'bad.html'), '<!DOCTYPE html><html lang="en"><title>x</title><p><div></p></html>');
  for (const page of errorPages) fs.writeFileSync(path.join(folder, page), fs.readFileSync(path.join(top, 'conf/nginx/error', `${page}.in`), 'utf8').replaceAll('@HOTLINE@', '96510'));
  found = await check([...names, 'bad.html', ...errorPages]);
});

test.after(async () => {
  await browser.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const messagesOf = (name) => found[name] ?? [];

test('the checker finds what is wrong', async () => {
  assert.ok(found['bad.html'].length > 0);
  fs.writeFileSync(path.join(folder, 'bad.css'), 'p { colour: red }');
  assert.ok((await check(['bad.css'], ['--css']))['bad.css'].length > 0);
});

for (const scene of scenes) {
  for (const lang of ['zh', 'en']) {
    test(`valid: ${scene.name} (${lang})`, () => {
      const name = fileOf(scene.name, lang);
      assert.equal(unopened[name], undefined);
      assert.ok(fs.statSync(path.join(folder, name)).size > 500);
      assert.deepEqual(messagesOf(name), []);
    });
  }
}

for (const page of errorPages) test(`valid: the page ${page} that nginx shows by itself`, () => assert.deepEqual(messagesOf(page), []));

test('valid: the style sheets', async () => {
  const names = fs.readdirSync(path.join(top, 'htdocs/css')).filter((name) => name.endsWith('.css'));
  const sheets = await check(names.map((name) => path.join(top, 'htdocs/css', name)), ['--css']);
  const messages = Object.entries(sheets).flatMap(([name, list]) => list.map((message) => `${name}: ${message}`));
  assert.deepEqual(messages, []);
});
