/* The public promises: every one is there, the three forms agree with each other and with a recount from the clock rows. */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { Visitor, sql, wordsOf } = require('./staff_client.js');

const LATE = '2, 6'; // enum clock_result: late, ended late

/** Rows of a CSV whose every cell is quoted. */
function parseCsv(text) {
  assert.equal(text.charCodeAt(0), 0xfeff, 'it begins with a byte order mark');
  const lines = text.slice(1).split('\r\n');
  assert.equal(lines.pop(), '', 'every line ends with CRLF');
  const [head, ...rows] = lines.map((line) => [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell]) => cell.replace(/""/g, '"')));
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [head[i], cell])));
}

/** The bytes, since fetch().text() swallows the byte order mark. */
async function getBytes(where) {
  const answer = await fetch(process.env.SHUINUO_URL + where);
  assert.equal(answer.status, 200);
  return { header: (name) => answer.headers.get(name), text: Buffer.from(await answer.arrayBuffer()).toString('utf8') };
}

/** What page, JSON and CSV show, all of the same moment. */
async function read() {
  for (let tries = 0; tries < 20; tries++) {
    const before = JSON.parse((await getBytes('/commitment/commitments.json')).text);
    await new Promise((done) => setTimeout(done, 1200)); // a worker asks for the figures' version once a second
    const csv = parseCsv((await getBytes('/commitment/commitments.csv')).text);
    const html = (await new Visitor().get('/commitment/?lang=zh')).text;
    const after = JSON.parse((await getBytes('/commitment/commitments.json')).text);
    if (JSON.stringify(before) === JSON.stringify(after)) return { json: after, csv, html };
  }
  throw new Error('the figures never stand still');
}

/* Clerk folds the sample town in the first seconds of the stack. */
test.before(async () => {
  for (let tries = 0; tries < 600; tries++) {
    const [[dirty, figures]] = await sql('SELECT (SELECT COUNT(*) FROM dirty), (SELECT COUNT(*) FROM promise_figure WHERE total > 0)');
    if (dirty === '0' && Number(figures) > 10) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error('clerk does not fold the figures');
});

const percent = (permille) => `${Math.floor(permille / 10)}.${permille % 10}%`;

test('every public promise in force is listed with limit, article and whose reading it is', async () => {
  const { json, html } = await read();
  const rules = await sql('SELECT code, article, limit_seconds, is_binding, interpretation FROM rule WHERE is_public = 1 AND effective_from <= UTC_TIMESTAMP() AND (effective_to IS NULL OR effective_to > UTC_TIMESTAMP()) ORDER BY code');
  assert.deepEqual(json.promises.map(({ code }) => code).sort(), rules.map(([code]) => code).sort());
  for (const [code, article, limit, isBinding, interpretation] of rules) {
    const promise = json.promises.find((one) => one.code === code);
    assert.deepEqual([promise.article, promise.limit_seconds ?? -1, promise.is_binding, promise.interpretation],
      [article, Number(limit), isBinding === '1', interpretation === '1' ? 'ops' : 'text'], code);
    const section = wordsOf(new RegExp(`<section class="promise" id="p-${code}">([\\s\\S]*?)</section>`).exec(html)[1]);
    assert.ok(section.includes(promise.name_zh), code);
    assert.ok(section.includes(`办法第 ${/^\d+/.exec(article)[0]} 条`), code);
    assert.equal(section.includes('目标值'), isBinding !== '1', code);
    assert.equal(section.includes('第 36 条'), interpretation === '1', code);
  }
});

test('page, JSON and CSV hold the same figures', async () => {
  const { json, csv, html } = await read();
  let rates = 0;
  for (const promise of json.promises) {
    const section = wordsOf(new RegExp(`id="p-${promise.code}">([\\s\\S]*?)</section>`).exec(html)[1]);
    for (const figure of promise.figures) {
      const row = csv.find((one) => one.code === promise.code && one.period === figure.period);
      for (const name of ['first_day', 'last_day', 'total', 'kept', 'kept_granted', 'missed', 'excused', 'rate_permille', 'median_seconds', 'p90_seconds']) {
        assert.equal(row[name], figure[name] === null ? '' : String(figure[name]), `${promise.code} ${figure.period} ${name}`);
      }
      assert.equal(figure.total, figure.kept + figure.missed);
      assert.equal(figure.rate_permille, figure.total < 5 ? null : Math.floor(figure.kept * 1000 / figure.total), 'rounded down, none below five');
      if (figure.total > 0) assert.ok(section.includes(`到期 ${figure.total} 件，按时 ${figure.kept} 件`), `${promise.code}: ${section}`);
      if (figure.rate_permille !== null) {
        rates++;
        assert.ok(section.includes(percent(figure.rate_permille)), `${promise.code}: ${section}`);
        assert.equal(figure.rate_permille === 1000, figure.missed === 0);
      } else if (figure.total > 0) {
        assert.ok(section.includes('件数太少，不显示比例'), promise.code);
      }
    }
  }
  assert.ok(rates > 10, 'the sample town has enough cases');
  for (const row of csv) for (const cell of Object.values(row)) assert.doesNotMatch(cell, /^[=+@\t\r]/);
});

test('the figures agree with a recount from the clock rows', async () => {
  const { json } = await read();
  const asOf = new Date(json.as_of).toISOString().replace('T', ' ').replace('Z', '');
  for (const promise of json.promises.filter(({ figures }) => figures.some(({ total }) => total > 0))) {
    for (const figure of promise.figures) {
      const first = `'${figure.first_day} 00:00:00' - INTERVAL 8 HOUR`;
      const last = `'${figure.last_day} 00:00:00' + INTERVAL 16 HOUR`;
      const [[kept, missed, excused]] = await sql(`SELECT COALESCE(SUM(c.result = 1), 0),
        COALESCE(SUM(c.result IN (${LATE}) OR (c.result = 0 AND c.due_at < '${asOf}')), 0), COALESCE(SUM(c.result = 3), 0)
        FROM clock c JOIN rule r ON r.id = c.rule_id WHERE r.code = '${promise.code}' AND c.due_at >= ${first} AND c.due_at < ${last}`);
      assert.deepEqual([figure.kept, figure.missed, figure.excused], [kept, missed, excused].map(Number), `${promise.code} ${figure.period}`);
    }
  }
});

test('everybody may keep the pages for a minute, and ask whether they changed', async () => {
  for (const where of ['/', '/commitment/', '/commitment/promise/arrive_inner', '/commitment/commitments.jsonld', '/commitment/counting', '/commitment/commitments.json', '/commitment/commitments.csv']) {
    const first = await new Visitor().get(where);
    assert.equal(first.status, 200);
    assert.equal(first.header('cache-control'), 'public, max-age=60', where);
    assert.equal(first.header('set-cookie'), null, `${where} sets no cookie`);
    assert.match(first.header('vary'), /Cookie/);
    const again = await new Visitor().get(where, { 'If-None-Match': first.header('etag') });
    assert.ok(again.status === 304 || again.header('etag') !== first.header('etag'), where);
  }
});

test('the languages have pages of their own', async () => {
  const zh = await new Visitor().get('/commitment/?lang=zh');
  const en = await new Visitor().get('/commitment/?lang=en');
  assert.match(zh.text, /<html lang="zh-CN"/);
  assert.match(en.text, /<html lang="en"/);
  assert.equal((zh.text.match(/class="promise"/g) || []).length, (en.text.match(/class="promise"/g) || []).length);
});

test('Art. 7: the page of a promise agrees with a recount by day, month and miss, and names no place', async () => {
  const { json } = await read();
  let checked = 0;
  for (const promise of json.promises) {
    const answer = await new Visitor().get(`/commitment/promise/${promise.code}?lang=zh`);
    assert.equal(answer.status, 200, promise.code);
    const window = promise.figures.find(({ period }) => period === 'window');
    if (!window || window.total === 0) continue;
    const bars = [...answer.text.matchAll(/<title>(\d{4}-\d\d-\d\d)：到期 (\d+) 件，按时 (\d+) 件<\/title>/g)];
    assert.equal(bars.reduce((sum, [, , total]) => sum + Number(total), 0), window.total, `${promise.code}: days`);
    assert.equal(bars.reduce((sum, [, , , kept]) => sum + Number(kept), 0), window.kept, promise.code);
    assert.equal((answer.text.match(/<rect class="notch"/g) || []).length, bars.filter(([, , total, kept]) => total !== kept).length, 'a missed day has a notch');
    assert.equal((answer.text.match(/<rect class="(kept|missed|none)"/g) || []).length, 90);
    const misses = Number(/近 90 天超时的件数： (\d+)/.exec(wordsOf(answer.text))?.[1] ?? 0);
    assert.equal(misses, window.missed, promise.code);
    const month = promise.figures.find(({ period }) => period === 'month');
    const [, total] = new RegExp(`<th scope="row">${month.first_day.slice(0, 7)}</th><td>(\\d+)</td>`).exec(answer.text) ?? [null, '0'];
    assert.ok(Math.abs(Number(total) - month.total) <= 2, `${promise.code}: the month ${total} ${month.total}`); // what runs past due is folded with its breach
    for (const [place] of await sql('SELECT DISTINCT name FROM place')) assert.equal(answer.text.includes(place), false, place);
    checked++;
  }
  assert.ok(checked > 10);
});

test('Art. 7: an unknown promise is not found, and JSON-LD names every promise', async () => {
  assert.equal((await new Visitor().get('/commitment/promise/nothing')).status, 404);
  assert.equal((await new Visitor().get('/commitment/promise/%27%20OR%201')).status, 404);
  const { json } = await read();
  const { header, text } = await getBytes('/commitment/commitments.jsonld');
  assert.match(header('content-type'), /^application\/ld\+json/);
  const graph = JSON.parse(text)['@graph'];
  assert.deepEqual(graph.filter((one) => one['@type'] === 'GovernmentService').map(({ identifier }) => identifier), json.promises.map(({ code }) => code));
  assert.equal(graph.find((one) => one['@type'] === 'Dataset').distribution.length, 2);
});

test('Arts. 7, 20 and 36: every procedure and explanation in force is linked and shown in both languages', async () => {
  for (const [language, number] of [['zh', 0], ['en', 1]]) {
    const texts = await sql(`SELECT code, title, body FROM public_text t WHERE language = ${number} AND kind IN (1, 2) AND body <> '' AND version = (SELECT MAX(version) FROM public_text m WHERE m.code = t.code) ORDER BY code`);
    assert.ok(texts.some(([code]) => code === 'procedure_new_connection'));
    const index = await new Visitor().get(`/commitment/?lang=${language}`);
    for (const [code, title, body] of texts) {
      assert.ok(index.text.includes(`/commitment/text/${code}`), code);
      const page = await new Visitor().get(`/commitment/text/${code}?lang=${language}`);
      assert.equal(page.status, 200);
      const said = wordsOf(page.text);
      assert.ok(said.includes(title), code);
      for (const line of body.split('\\n').filter(Boolean)) assert.ok(said.includes(line.replace(/^- /, '').replace(/\s+/g, ' ').trim()), `${code}: ${line}`);
      const main = /<main[\s\S]*<\/main>/.exec(page.text)[0];
      assert.equal((main.match(/<ul>/g) || []).length, (main.match(/<\/ul>/g) || []).length, `${code}: lists are closed`);
    }
  }
  assert.equal((await new Visitor().get('/commitment/text/nothing')).status, 404);
});
