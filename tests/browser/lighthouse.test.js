/*
 * Each public page as a phone loads it: Lighthouse gives it 100 for accessibility and for best practices, it weighs at most 15 KB
 * with everything as it comes over the wire, it takes at most four requests, and all of them go to us.
 *
 * A page is what a GET of the public programs answers; the scenes without a sign-in bring a visitor there. The test of the routes says
 * when one has no scene.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');
const { launch, visitor, base } = require('./driver.js');
const { visitors, cast, dress } = require('./scenes.js');

const BYTES_MOST = 15 * 1024;
const REQUESTS_MOST = 4;
const isFull = process.env.SHUINUO_TEST_FULL === '1';
const CATEGORIES = ['accessibility', 'best-practices'];

/** The public routes that are pages; the others are files. The programs' tables name them. */
const FILES = /\.(json|jsonld|csv|atom|ics)$|\/calendar$|\/photo\/\*$|\/told\/\*$|\/cap\/\*$/;
/** Addresses of before, which lead on to a page's own. */
const MOVED = ['/commitment/outages'];
const routes = ['commitment', 'complaint', 'outage'].flatMap((program) => [...fs.readFileSync(path.join(__dirname, `../../cgi-bin/${program}/main.c`), 'utf8')
  .matchAll(/\{METHOD_GET, "([^"]+)", PUBLIC/g)].map(([, route]) => route)).filter((route) => !FILES.test(route) && !MOVED.includes(route));
const patternOf = (route) => new RegExp(`^${route.replace(/[.]/g, '\\.').replace(/\*/g, '[^/]+')}$`);
const routeOf = (pathname) => routes.find((route) => route === pathname) ?? routes.find((route) => patternOf(route).test(pathname));

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** route → language → { url, cookies } of the first scene that shows it by a GET. */
const stands = new Map();
let browser;
let port;
let lighthouse;

test.before(async () => {
  port = await freePort();
  browser = await launch([`--remote-debugging-port=${port}`]);
  ({ default: lighthouse } = await import('lighthouse'));
  const players = await cast((options) => visitor(browser, options));
  const page = await visitor(browser, { js: false, width: 390 });
  for (const scene of visitors.filter(({ status }) => status === undefined)) {
    for (const lang of ['zh', 'en']) {
      await dress(page, { lang });
      await scene.open(page, players);
      const route = routeOf(new URL(page.url()).pathname);
      if (page.answer.request().method() !== 'GET' || !route || stands.get(route)?.[lang]) continue;
      const cookies = (await page.context().cookies(page.url())).map(({ name, value }) => `${name}=${value}`).join('; ');
      stands.set(route, { ...stands.get(route), [lang]: { url: page.url(), cookies } });
    }
  }
});
test.after(() => browser.close());

const settings = {
  extends: 'lighthouse:default',
  settings: { onlyCategories: CATEGORIES, formFactor: 'mobile', throttlingMethod: 'provided', maxWaitForLoad: 60000 },
};

/** What Lighthouse has to say of a page: the scores, and what keeps one from 100. Its own mishaps are tried again, no score is. */
async function judge({ url, cookies }) {
  let lhr;
  for (let tries = 0; tries < 3 && (!lhr || lhr.runtimeError); tries++) {
    ({ lhr } = await lighthouse(url, { port, logLevel: 'silent', output: 'json', extraHeaders: { Cookie: cookies } }, settings));
  }
  assert.equal(lhr.runtimeError, undefined, lhr.runtimeError?.message);
  return CATEGORIES.map((id) => {
    const { score, auditRefs } = lhr.categories[id];
    const wrong = auditRefs.filter(({ weight, id: audit }) => weight > 0 && lhr.audits[audit].score !== null && lhr.audits[audit].score < 1)
      .map(({ id: audit }) => `${audit}: ${(lhr.audits[audit].details?.items ?? []).slice(0, 3).map((item) => item.node?.snippet ?? item.description ?? item.source ?? '').join(' | ')}`);
    return { id, score: Math.round(score * 100), wrong };
  });
}

/** How many requests the page takes with an empty cache, whose, and what comes over the wire. */
async function weigh({ url, cookies }) {
  const page = await visitor(browser, { width: 390 });
  await page.context().addCookies(cookies.split('; ').filter(Boolean).map((pair) => ({ name: pair.split('=')[0], value: pair.slice(pair.indexOf('=') + 1), url: base })));
  const seen = [];
  page.on('requestfinished', (request) => { if (!request.url().startsWith('data:')) seen.push(request); });
  await page.goto(url, { waitUntil: 'networkidle' });
  const found = { urls: seen.map((request) => request.url()), bytes: 0, faults: page.faults };
  for (const request of seen) {
    const { responseBodySize, responseHeadersSize } = await request.sizes();
    found.bytes += responseBodySize + responseHeadersSize;
  }
  await page.context().close();
  return found;
}

test('the measures find what is wrong', async () => {
  const server = http.createServer((request, answer) => {
    if (request.url !== '/') return answer.end('x'.repeat(4000));
    answer.setHeader('Content-Type', 'text/html');
    return answer.end(`<title>x</title><img src="/0"><button></button>${[1, 2, 3, 4].map((i) => `<link rel="stylesheet" href="/${i}">`).join('')}`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  try {
    const [accessibility, practices] = await judge({ url, cookies: 'a=b' });
    assert.ok(accessibility.score < 100 && accessibility.wrong.some((words) => words.startsWith('button-name')), JSON.stringify(accessibility));
    assert.ok(practices.score < 100 && practices.wrong.some((words) => words.startsWith('doctype')), JSON.stringify(practices));
    const { urls, bytes, faults } = await weigh({ url, cookies: 'a=b' });
    assert.equal(urls.filter((one) => !one.endsWith('favicon.ico')).length, 6);
    assert.ok(bytes > 20000, `${bytes} bytes`);
    assert.match(faults.join(' '), /a request to http/, 'another host');
  } finally { server.close(); }
});

test('every public page has a scene that shows it', () => {
  assert.deepEqual(routes.filter((route) => !stands.get(route)?.zh || !stands.get(route)?.en), []);
});

for (const [index, route] of routes.entries()) {
  for (const lang of ['zh', 'en']) {
    // One language each in turn (axe sees both on every page); SHUINUO_TEST_FULL=1: both.
    if (isFull || lang === ['zh', 'en'][index % 2]) test(`Lighthouse: ${route} (${lang}) is 100 for accessibility and best practices`, async () => {
      for (const { id, score, wrong } of await judge(stands.get(route)[lang])) assert.equal(score, 100, `${id} ${score}: ${wrong.join('; ')}`);
    });
    test(`weight: ${route} (${lang}) has ${BYTES_MOST} bytes and ${REQUESTS_MOST} requests at most, from us alone`, async (t) => {
      const { urls, bytes, faults } = await weigh(stands.get(route)[lang]);
      t.diagnostic(`${bytes} bytes in ${urls.length} requests`);
      assert.deepEqual(faults, []);
      assert.ok(urls.length >= 1 && urls.length <= REQUESTS_MOST, urls.join(' '));
      assert.ok(bytes <= BYTES_MOST, `${bytes} bytes`);
    });
  }
}
