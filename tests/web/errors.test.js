// What the web server says by itself: a body beyond every limit, too many requests, no worker left. Static, in both languages.
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { execFile } = require('node:child_process');

const top = process.env.SHUINUO_TOP;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shuinuo-errors-'));
const bash = (...words) => new Promise((resolve) => {
  execFile('bash', [path.join(top, 'conf/run/run.sh'), '--build', process.env.SHUINUO_BUILD, ...words], { timeout: 120000 }, (error, out, err) => resolve({ code: error ? error.code : 0, out: out.trim(), err }));
});
let url;

test.before(async () => {
  fs.mkdirSync(path.join(folder, 'var/nginx'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'var/nginx/extra-errors.conf'), 'location = /busy { return 429; }\nlocation = /gone { fastcgi_pass unix:/nowhere.sock; }\n');
  const { code, out, err } = await bash('--test', '--var', path.join(folder, 'var'), '--port', '0', '--sample', '0', '--workers', '1', '--owner', String(process.pid));
  assert.equal(code, 0, err);
  url = new URL(out);
});
test.after(async () => {
  await bash('--stop', '--var', path.join(folder, 'var'));
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Only the head of a request, whose body never comes. */
const head = (lines) => new Promise((resolve, reject) => {
  const socket = net.connect(Number(url.port), url.hostname, () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
  let text = '';
  socket.setTimeout(15000, () => reject(new Error('no answer')));
  socket.on('data', (data) => { text += data; if (text.includes('</html>')) { socket.destroy(); resolve(text); } });
  socket.on('end', () => resolve(text));
  socket.on('error', reject);
});

const isBoth = (text, zh, en) => {
  assert.ok(text.includes(zh), text.slice(0, 300));
  assert.ok(text.includes(en));
  assert.ok(text.includes('tel:96510'));
  assert.match(text, /<html lang="zh-CN">[\s\S]*lang="en"/);
};

test('a body of a gigabyte is refused before it is sent, with the limit of a photo', async () => {
  const text = await head(['POST /complaint/place HTTP/1.1', `Host: ${url.host}`, 'Content-Type: multipart/form-data; boundary=x', 'Content-Length: 1073741824']);
  assert.match(text, /^HTTP\/1.1 413 /);
  isBoth(text, '文件太大了', 'Too large');
  assert.match(text, /10 MB/);
});

test('too many requests get a page that says when to try again', async () => {
  const answer = await fetch(new URL('/busy', url));
  assert.equal(answer.status, 429);
  assert.equal(answer.headers.get('retry-after'), '10');
  isBoth(await answer.text(), '操作太频繁', 'Too many requests');
});

test('with every worker gone the page says what to do to be sure, and promises nothing that it cannot know', async () => {
  const answer = await fetch(new URL('/gone', url), { method: 'POST', body: 'words=1' });
  assert.equal(answer.status, 502);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  isBoth(await answer.text(), '可能没有收到', 'may not have been received');
});

test('the error pages cannot be asked for by their names', async () => {
  for (const page of ['413', '429', '502']) assert.equal((await fetch(new URL(`/error/${page}.html`, url))).status, 404);
});

const until = async (what, ask) => {
  for (let tries = 0; tries < 600; tries++) {
    const found = await ask();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  return assert.fail(`waited in vain until ${what}`);
};

test('without database and programs the commitments and the outages are shown from the last copy, in both languages, with its time', async () => {
  const copies = ['zh', 'en'].flatMap((language) => ['commitment', 'outage'].map((name) => path.join(folder, 'var/copy', `${name}.${language}.html`)));
  await until('clerk has kept the copies', () => copies.every((file) => fs.existsSync(file)));
  fs.writeFileSync(path.join(folder, 'var/hold-database'), '');
  const pidOf = (name) => Number(fs.readFileSync(path.join(folder, 'var/pid', name), 'utf8'));
  const database = pidOf('mariadbd');
  process.kill(database, 'SIGTERM');
  await until('the database is gone', () => { try { process.kill(database, 0); return false; } catch { return true; } });
  // The outages' program lives, and has nothing to read; the other is gone, and with it every page that a worker kept.
  process.kill(pidOf('commitment'), 'SIGKILL');
  for (const [page, language, sentence] of [['commitment', 'zh', '这是保存的副本'], ['commitment', 'en', 'This is a copy'], ['outage', 'zh', '这是保存的停水公告'], ['outage', 'en', 'This is a kept copy']]) {
    const text = await until('the copy is shown', async () => {
      const answer = await fetch(new URL(`/${page}/?lang=${language}`, url));
      const body = await answer.text();
      return answer.status === 200 && body.includes(sentence) && answer.headers.get('cache-control') === 'no-store' && body;
    });
    assert.match(text, new RegExp(`<html lang="${language === 'en' ? 'en' : 'zh-CN'}"`));
    assert.match(text, new RegExp(`${sentence}[^<]*<time datetime="\\d{4}-`));
  }
  const other = await fetch(new URL('/commitment/counting', url));
  assert.ok([200, 502, 503].includes(other.status), 'only these pages have a copy');
  assert.equal((await fetch(new URL('/outage/outages.json', url))).status, 503, 'a feed says that it cannot answer, and its readers ask again');
});
