// What the skeleton of all web programs does with one request: tests/web/hello_app.c has a route for each case.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const fastcgi = require('./fastcgi.js');
const { scratch, until, start, stop } = require('./hello.js');

const fieldOf = (html, name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];

// A visitor who opened the form: cookie, token, key.
async function openForm(app, options = {}) {
  const page = await app.get('/hello/form', options);
  const cookie = page.headers['set-cookie'].map((line) => line.split(';')[0]).join('; ');
  return { page, cookie, token: fieldOf(page.text, 'token'), key: fieldOf(page.text, 'key') };
}

let app;
test.before(async () => { app = await start(); });
test.after(() => stop(app));

// ---------------------------------------------------------------- answers

test('every answer carries the headers that protect the browser', async () => {
  for (const uri of ['/hello/', '/nowhere', '/hello/done?name=x', '/hello/status/failed', '/hello/cached/1']) {
    const { headers } = await app.get(uri);
    assert.match(headers['content-security-policy'], /default-src 'none'.*frame-ancestors 'none'/);
    assert.doesNotMatch(headers['content-security-policy'], /unsafe/);
    assert.strictEqual(headers['x-content-type-options'], 'nosniff');
    assert.strictEqual(headers['referrer-policy'], 'same-origin');
    assert.match(headers['permissions-policy'], /camera=\(\)/);
    assert.match(headers['content-type'], /; charset=utf-8$/);
    assert.match(headers['x-request-id'], /^[0-9a-f]{16}$/);
    assert.match(headers.vary, /Cookie/);
    assert.strictEqual(headers['cache-control'], uri === '/hello/cached/1' ? 'public, max-age=300' : 'no-store');
  }
});

test('the length is told, and HEAD is GET without the body', async () => {
  const get = await app.get('/hello/done?name=water');
  assert.strictEqual(get.text, 'water');
  assert.strictEqual(get.headers['content-length'], '5');
  const head = await app.get('/hello/done?name=water', { method: 'HEAD' });
  assert.strictEqual(head.status, 200);
  assert.strictEqual(head.headers['content-length'], '5');
  assert.strictEqual(head.body.length, 0);
});

test('a large answer arrives whole', async () => {
  const { body } = await app.get('/hello/big');
  assert.strictEqual(body.length, 600000);
});

test('a header value with a line end is left out, and cookies are shut', async () => {
  const { headers } = await app.get('/hello/headers');
  assert.strictEqual(headers['x-bad'], undefined);
  assert.strictEqual(headers['x-good'], 'fine');
  assert.deepStrictEqual(headers['set-cookie'], [
    'sn_try=value-1; Path=/hello; Max-Age=60; HttpOnly; SameSite=Strict',
    'sn_root=value-2; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
  ]);
  const safe = await app.get('/hello/headers', { params: { HTTPS: 'on' } });
  assert.deepStrictEqual(safe.headers['set-cookie'], [
    'sn_try=value-1; Path=/hello; Max-Age=60; HttpOnly; SameSite=Strict; Secure',
    '__Host-sn_root=value-2; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure',
  ]);
});

for (const [name, status] of Object.entries({ absent: 404, refused: 403, conflict: 409, duplicate: 409, invalid: 400, unavailable: 503, failed: 500 })) {
  test(`a handler's status "${name}" becomes the page of ${status}, without the detail`, async () => {
    const answer = await app.get(`/hello/status/${name}`);
    assert.strictEqual(answer.status, status);
    assert.match(answer.text, /<h1>/);
    assert.doesNotMatch(answer.text, /asked for|hello_app|left/);
    assert.strictEqual(answer.headers['x-left'], undefined);
    assert.ok(answer.text.includes(answer.headers['x-request-id']), 'the page shows the request number');
    assert.ok(answer.text.includes('96510'), 'the page names the hotline');
    assert.strictEqual(answer.headers['retry-after'], status === 503 ? '30' : undefined);
    await until('the log line', () => app.log.includes(`id=${answer.headers['x-request-id']}`));
  });
}

test('a page without a template is an error page, and a literal route goes before a pattern', async () => {
  assert.strictEqual((await app.get('/hello/broken')).status, 500);
  assert.match((await app.get('/hello/status/ok')).text, /^[0-9]+$/);
});

test('each request is one log line with its route and without what was typed', async () => {
  const { headers } = await app.get('/hello/done?name=13812345678');
  const id = headers['x-request-id'];
  const lines = await until('the line', () => {
    const found = app.log.split('\n').filter((line) => line.includes(id));
    return found.length > 0 && found;
  });
  assert.strictEqual(lines.length, 1);
  assert.match(lines[0], /request id=\w+ method=GET route=\/hello\/done status=200 ms=\d+ statements=0 bytes=11/);
  assert.doesNotMatch(app.log, /13812345678/);
  await app.get('/hello/');
  await until('statements', () => /route=\/hello\/ status=200 ms=\d+ statements=2/.test(app.log));
});

// ---------------------------------------------------------------- language and size

test('the language is Chinese until it is chosen, by link and by cookie', async () => {
  const zh = await app.get('/hello/', { headers: { 'Accept-Language': 'en' } });
  assert.match(zh.text, /id="lang">zh-CN</);
  const en = await app.get('/hello/?lang=en');
  assert.match(en.text, /id="lang">en</);
  assert.deepStrictEqual(en.headers['set-cookie'], ['sn_lang=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax']);
  const kept = await app.get('/hello/', { headers: { Cookie: 'a=b; sn_lang=en; sn_elder=1' } });
  assert.match(kept.text, /id="lang">en</);
  assert.match(kept.text, /class="elder"/);
  assert.match((await app.get('/nowhere?lang=en')).text, /There is no such page/);
  assert.match((await app.get('/nowhere')).text, /没有找到这个页面/);
});

test('the links to the other language and size keep the rest of the query, escaped', async () => {
  const { text } = await app.get('/hello/?q=%E6%B0%B4%26%22%3C&lang=en');
  assert.match(text, /id="other">\/hello\/\?q=%E6%B0%B4%26%22%3C&amp;lang=zh</);
  assert.match(text, /id="elder">\/hello\/\?q=%E6%B0%B4%26%22%3C&amp;elder=1</);
});

// ---------------------------------------------------------------- targets and methods

for (const [uri, status] of [
  ['/hello/%00', 400], ['/hello/%0a', 400], ['/hello/%zz', 400], ['/hello/../hello/', 400], ['/hello/%2e%2e/', 400],
  ['/hello/./', 400], ['/hello%2fstatus', 400], ['/hello%5cstatus', 400], ['/hello/%c0%af', 400], ['/hello/%ff', 400],
  ['hello/', 400], ['/hello/?a=%00', 400], ['/hello/?a=%ff', 400], ['/hello/?a=%zz', 400],
  [`/hello/?${'a=1&'.repeat(200)}`, 400], [`/hello/?${'a'.repeat(5000)}`, 414], ['/hello/%2562', 404],
  ['/nowhere', 404], ['/hello//', 404], ['/hello/status/', 404], ['/hello/status/a/b', 404],
]) {
  test(`${uri.slice(0, 40)} is ${status}`, async () => assert.strictEqual((await app.get(uri)).status, status));
}

test('a path without its last slash is sent to the one with it', async () => {
  const answer = await app.get('/hello');
  assert.strictEqual(answer.status, 303);
  assert.strictEqual(answer.headers.location, '/hello/');
  const long = `/hello/staff/${'%E6%B0%B4'.repeat(400)}`;
  assert.strictEqual((await app.get(long)).headers.location, `${long}/`);
});

test('a method that a path does not have is 405 and says which it has', async () => {
  for (const [method, uri, allow] of [['POST', '/hello/', 'GET, HEAD'], ['GET', '/hello/upload', 'POST'], ['HEAD', '/hello/upload', 'POST'],
    ['DELETE', '/hello/form', 'GET, HEAD, POST'], ['TRACE', '/nowhere', 'GET, HEAD, POST'], ['get', '/hello/', 'GET, HEAD']]) {
    const answer = await app.get(uri, { method });
    assert.strictEqual(answer.status, 405, `${method} ${uri}`);
    assert.strictEqual(answer.headers.allow, allow, `${method} ${uri}`);
  }
});

test('headers beyond what browsers send are refused', async () => {
  assert.strictEqual((await app.get('/hello/', { headers: { Cookie: `a=${'x'.repeat(9000)}` } })).status, 431);
});

test('a base path stands before every link, and nothing is found outside of it', async () => {
  const other = await start({ base_path: '/water' }, { uri: '/water/hello/pid' });
  const page = await other.get('/water/hello/?a=1');
  assert.strictEqual(page.status, 200);
  assert.match(page.text, /id="path">\/hello\/</);
  assert.match(page.text, /id="other">\/water\/hello\/\?a=1&amp;lang=en</);
  assert.strictEqual((await other.get('/water/hello')).headers.location, '/water/hello/');
  for (const uri of ['/hello/', '/waterhello/', '/water', '/']) assert.strictEqual((await other.get(uri)).status, 404, uri);
  assert.match((await openFormAt(other)).headers['set-cookie'][0], /Path=\/water\/;/);
  await stop(other);
});
const openFormAt = (other) => other.get('/water/hello/form', { params: { HTTPS: 'on' } });

// ---------------------------------------------------------------- bodies

test('a body over the limit is refused in the visitor’s language without being read', async () => {
  const { cookie } = await openForm(app);
  const bytes = fastcgi.requestBytes('/hello/form', { method: 'POST', body: 'a', headers: { 'Content-Length': '9999999999', Cookie: `${cookie}; sn_lang=en`, 'Sec-Fetch-Site': 'same-origin' } });
  const answer = fastcgi.readAnswer(fastcgi.readRecords(await fastcgi.exchange(app.socket, bytes)).stdout);
  assert.strictEqual(answer.status, 413);
  assert.match(answer.text, /That is too much/);
});

test('a body of exactly the limit is read, one byte more is not', async () => {
  const { cookie, token, key } = await openForm(app);
  const start = `token=${token}&key=${key}&name=water&words=`;
  for (const [size, status] of [[65536, 422], [65537, 413]]) {
    const answer = await app.post('/hello/form', start + 'x'.repeat(size - start.length), { headers: { Cookie: cookie } });
    assert.strictEqual(answer.status, status);
  }
});

test('a truncated body is refused and changes nothing', async () => {
  const answer = await app.post('/hello/form', 'name=water', { headers: { 'Content-Length': '500' } });
  assert.strictEqual(answer.status, 400);
  assert.match(answer.text, /只收到一部分/);
});

test('a length that is no number, an unknown type and a broken body are refused', async () => {
  for (const headers of [{ 'Content-Length': '-1' }, { 'Content-Length': '1e3' }, { 'Content-Length': `1${'0'.repeat(30)}` }, { 'Content-Type': 'text/xml' },
    { 'Content-Type': 'multipart/form-data' }, { 'Content-Type': 'multipart/form-data; boundary=x' }]) {
    assert.strictEqual((await app.post('/hello/form', 'name=%41', { headers })).status, 400, JSON.stringify(headers));
  }
  assert.strictEqual((await app.post('/hello/form', 'name=%zz')).status, 400);
  const answer = await app.post('/hello/form', 'name=%ff');
  assert.strictEqual(answer.status, 400);
  assert.match(answer.text, /UTF-8/);
  assert.strictEqual((await app.post('/hello/form', 'name=%00')).status, 400);
});

test('an upload may be larger than an ordinary form', async () => {
  const { cookie, token } = await openForm(app);
  const body = Buffer.concat([
    Buffer.from(`--xx\r\nContent-Disposition: form-data; name="token"\r\n\r\n${token}\r\n--xx\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`),
    Buffer.alloc(3000000, 7), Buffer.from('\r\n--xx--\r\n')]);
  const headers = { Cookie: cookie, 'Content-Type': 'multipart/form-data; boundary=xx', 'Sec-Fetch-Site': 'same-origin' };
  const answer = await app.get('/hello/upload', { method: 'POST', body, headers });
  assert.strictEqual(answer.status, 200);
  assert.strictEqual(answer.text, '3000000');
});

// ---------------------------------------------------------------- forms

test('a form that is right redirects to a page of ours', async () => {
  const { cookie, token, key } = await openForm(app);
  const answer = await app.post('/hello/form', { token, key, name: ' 水 \u202e务 ', words: 'a\r\nb', age: '１２' }, { headers: { Cookie: cookie } });
  assert.strictEqual(answer.status, 303);
  assert.strictEqual(answer.headers.location, '/hello/done?name=%E6%B0%B4%20%E5%8A%A1');
});

test('a form that is wrong is shown again with everything typed, escaped', async () => {
  const { cookie, token, key } = await openForm(app);
  const fields = { token, key, name: '<script>', words: '"&' + '水'.repeat(100), age: '-1' };
  const { status, text } = await app.post('/hello/form', fields, { headers: { Cookie: cookie } });
  assert.strictEqual(status, 422);
  assert.match(text, /value="&lt;script&gt;"/);
  assert.match(text, /<textarea name="words">&quot;&amp;水水/);
  assert.match(text, /class="error-words">最多 100 字，现在有 102 字</);
  assert.match(text, /class="error-age"/);
  assert.doesNotMatch(text, /class="error-name"/);
  assert.doesNotMatch(text, /<script>/);
});

test('a field nobody declared, a field sent twice, and a field in the query, too, are refused', async () => {
  const { cookie, token, key } = await openForm(app);
  const good = `token=${token}&key=${key}&name=water`;
  for (const [uri, body] of [['/hello/form', `${good}&role=admin`], ['/hello/form', `${good}&name=water`], ['/hello/form?name=x', good], ['/hello/form', `${good}&key=${key}`]]) {
    assert.strictEqual((await app.post(uri, body, { headers: { Cookie: cookie } })).status, 400, `${uri} ${body}`);
  }
});

// ---------------------------------------------------------------- forged requests

test('the visitor’s cookie is set with a form and with nothing else', async () => {
  assert.deepStrictEqual((await app.get('/hello/')).headers['set-cookie'], []);
  const { page, cookie } = await openForm(app);
  assert.match(page.headers['set-cookie'][0], /^sn_visitor=[0-9a-f]{64}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
  assert.deepStrictEqual((await app.get('/hello/form', { headers: { Cookie: cookie } })).headers['set-cookie'], []);
  const safe = await app.get('/hello/form', { params: { HTTPS: 'on' }, headers: { Cookie: cookie } });
  assert.match(safe.headers['set-cookie'][0], /^__Host-sn_visitor=.*; Secure$/, 'a cookie without the prefix is not believed on HTTPS');
});

test('a token that is missing, stale, another visitor’s or forged keeps the fields and changes nothing', async () => {
  const mine = await openForm(app);
  const other = await openForm(app);
  const [hour, mac] = mine.token.split('.');
  const cases = {
    missing: undefined, empty: '', forged: `${hour}.${'0'.repeat(64)}`, shortened: mine.token.slice(0, -1), longer: mine.token + '0',
    'another visitor’s': other.token, 'old hour with a new MAC': `${hour - 1}.${mac}`, 'hour far ahead': `${Number(hour) + 5}.${mac}`, 'no hour': mac,
  };
  for (const [name, token] of Object.entries(cases)) {
    const fields = { key: mine.key, name: '水 "<', words: 'a\nb' };
    if (token !== undefined) fields.token = token;
    const answer = await app.post('/hello/form', fields, { headers: { Cookie: mine.cookie } });
    assert.strictEqual(answer.status, 403, name);
    assert.match(answer.text, /name="name" value="水 &quot;&lt;"/, name);
    assert.match(answer.text, /name="words" value="a\r?\nb"/, name);
    assert.strictEqual(fieldOf(answer.text, 'key'), mine.key, name);
    const again = await app.post('/hello/form', { token: fieldOf(answer.text, 'token'), key: mine.key, name: 'ok', words: '' }, { headers: { Cookie: mine.cookie } });
    assert.strictEqual(again.status, 303, `${name}: sent again from that page it is taken`);
  }
});

test('a token is good for the hours of the settings and no longer', async () => {
  const { cookie, token, key } = await openForm(app);
  const post = () => app.post('/hello/form', { token, key, name: 'water' }, { headers: { Cookie: cookie } });
  fs.writeFileSync(app.offset, `${23 * 3600}\n`);
  assert.strictEqual((await post()).status, 303);
  fs.writeFileSync(app.offset, `${26 * 3600}\n`);
  assert.strictEqual((await post()).status, 403);
  fs.writeFileSync(app.offset, '0\n');
});

test('a request from another site is refused before its body is looked at', async () => {
  const { cookie, token, key } = await openForm(app);
  const send = (headers) => app.post('/hello/form', { token, key, name: 'water' }, { headers: { Cookie: cookie, ...headers } });
  const unsaid = { 'Sec-Fetch-Site': '' };
  for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }, { ...unsaid, Origin: 'https://evil.example' },
    { ...unsaid, Referer: 'https://evil.example/water.example/' }, { ...unsaid, Origin: 'http://water.example.evil.example' }]) {
    const answer = await send(headers);
    assert.strictEqual(answer.status, 403, JSON.stringify(headers));
    assert.doesNotMatch(answer.text, /<form/, 'no form that another site filled in');
  }
  for (const headers of [{ 'Sec-Fetch-Site': 'same-origin' }, { 'Sec-Fetch-Site': 'none' }, { ...unsaid, Origin: 'http://water.example' },
    { ...unsaid, Origin: 'null' }, unsaid, { ...unsaid, Referer: 'http://water.example/x' }]) {
    assert.strictEqual((await send(headers)).status, 303, JSON.stringify(headers));
  }
  const unknown = await app.post('/hello/form', { token: 'x', name: 'water' }, { headers: { Cookie: cookie, 'Sec-Fetch-Site': '' } });
  assert.strictEqual(unknown.status, 403);
  assert.doesNotMatch(unknown.text, /<form/);
});

test('a password is never kept in a page', async () => {
  const answer = await app.post('/hello/form', { name: 'water', password: 'hunter2hunter2' });
  assert.strictEqual(answer.status, 403);
  assert.doesNotMatch(answer.text, /hunter2/);
  assert.match(answer.text, /href="\/hello\/form"/);
});

// ---------------------------------------------------------------- staff

const session = `sn_staff=${'11'.repeat(32)}`;

test('nobody is sent to sign in and comes back to the same page', async () => {
  for (const cookie of ['', `sn_staff=${'22'.repeat(32)}`, 'sn_staff=x']) {
    const answer = await app.get('/hello/staff/', { headers: { Cookie: cookie } });
    assert.strictEqual(answer.status, 303);
    assert.strictEqual(answer.headers.location, '/staff/signin?to=%2Fhello%2Fstaff%2F');
  }
  const to = async (uri) => new URL((await app.get(uri)).headers.location, 'http://x').searchParams.get('to');
  assert.strictEqual(await to('/hello/staff/?view=a%26b&p=2'), '/hello/staff/?view=a%26b&p=2');
  assert.strictEqual(await to('/hello/staff/%E6%B0%B4/?%22%0a'), '/hello/staff/%E6%B0%B4/?%22%0a', 'still encoded');
  assert.strictEqual(await to(`/hello/staff/${'x'.repeat(3500)}/`), '/staff/');
  assert.strictEqual((await app.post('/hello/staff/act', { name: 'water' })).headers.location, '/staff/signin?to=%2Fstaff%2F');
});

test('a role opens its pages and no others', async () => {
  const answer = await app.get('/hello/staff/', { headers: { Cookie: session } });
  assert.strictEqual(answer.status, 200);
  assert.match(answer.text, /id="actor">王 &lt;b&gt;\|坐席</);
  assert.strictEqual((await app.get('/hello/admin/', { headers: { Cookie: session } })).status, 403);
});

test('a session that ended meanwhile loses nothing that was typed', async () => {
  const answer = await app.post('/hello/staff/act', { name: 'water' }, { headers: { Cookie: `sn_staff=${'22'.repeat(32)}` } });
  assert.strictEqual(answer.status, 403);
  assert.match(answer.text, /name="name" value="water"/);
  assert.match(answer.text, /\/staff\/signin/);
});

test('a token belongs to its session', async () => {
  const { cookie, token, key } = await openForm(app, { headers: { Cookie: session } });
  const both = `${cookie}; ${session}`;
  assert.strictEqual((await app.post('/hello/staff/act', { token, key, name: 'water' }, { headers: { Cookie: both } })).status, 303);
  assert.strictEqual((await app.post('/hello/form', { token, key, name: 'water' }, { headers: { Cookie: cookie } })).status, 403);
});

// ---------------------------------------------------------------- failures and caches

test('while the database is away a form is not taken and not lost', async () => {
  const flag = path.join(scratch, 'down');
  const other = await start({}, { env: { HELLO_DOWN: flag } });
  const { cookie, token, key } = await openForm(other);
  fs.writeFileSync(flag, '');
  assert.strictEqual((await other.get('/hello/')).status, 503);
  const answer = await other.post('/hello/form', { token, key, name: 'water' }, { headers: { Cookie: cookie } });
  assert.strictEqual(answer.status, 503);
  assert.strictEqual(answer.headers['retry-after'], '30');
  assert.match(answer.text, /没有收到/);
  assert.match(answer.text, /96510/);
  assert.match(answer.text, /name="name" value="water"/);
  fs.rmSync(flag);
  const again = await other.post('/hello/form', { token: fieldOf(answer.text, 'token'), key, name: 'water' }, { headers: { Cookie: cookie } });
  assert.strictEqual(again.status, 303);
  await stop(other);
});

test('a page for everybody is rendered once per version, language and size, and has a validator', async () => {
  const one = await start({ workers: 1 });
  const first = await one.get('/hello/cached/7');
  assert.strictEqual((await one.get('/hello/cached/7')).text, first.text, 'the request number shows that it is the same rendering');
  assert.match(first.headers.etag, /^W\/"[0-9a-f]{32}"$/);
  const same = await one.get('/hello/cached/7', { headers: { 'If-None-Match': `"x", ${first.headers.etag}` } });
  assert.strictEqual(same.status, 304);
  assert.strictEqual(same.body.length, 0);
  assert.strictEqual(same.headers.etag, first.headers.etag);
  assert.strictEqual((await one.get('/hello/cached/7', { headers: { 'If-None-Match': '"x"' } })).status, 200);
  for (const uri of ['/hello/cached/8', '/hello/cached/8?lang=en', '/hello/cached/8?elder=1']) {
    assert.notStrictEqual((await one.get(uri)).text, first.text, uri);
  }
  const chosen = await one.get('/hello/cached/8?lang=en');
  assert.strictEqual(chosen.headers['cache-control'], 'no-store', 'an answer that sets a cookie is nobody else’s');
  await stop(one);
});
