// A list of the desk that somebody takes away: exactly the rows of the view and filter on the screen, as CSV and XLSX, with
// nothing in it that a spreadsheet would run, and nobody's telephone in clear. And the shift leader's screen.
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const zlib = require('node:zlib');
const { staff, sql, wordsOf, wait } = require('./staff_client.js');

const NO_WATER = 1, LEAK = 3, PIPELINE = 3;
const LIST = '/staff/ticket/';
const street = `汇文${Date.now() % 10000}街`;

let zhangmin, wanglei, lina, xuguang;
test.beforeEach(async () => {
  [zhangmin, wanglei, lina, xuguang] = await Promise.all(['zhangmin', 'wanglei', 'lina', 'xuguang'].map((login) => staff(login)));
});

let phones = 0;
async function file(fields = {}) {
  const report = { category: LEAK, place: `${street}1号`, phone: `1390637${String(++phones + 1000)}`, name: '陈女士', words: '路面冒水', ...fields };
  const answer = await zhangmin.submit(`${LIST}new`, `${LIST}new`, report);
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 600));
  return /SN\d{6}-\d{8}/.exec(answer.header('location'))[0];
}
async function done(who, number, action, fields = {}) {
  const answer = await who.submit(LIST + number, `${LIST}${number}/${action}`, fields);
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 400)}`);
}
async function folded() {
  for (let tries = 0; tries < 300; tries++) {
    if ((await sql('SELECT COUNT(*) FROM dirty'))[0][0] === '0') return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  assert.fail('clerk does not fold');
}
const spoken = (number) => `${number.slice(0, 16)}-${number.slice(16)}`;
const shownIn = (text) => [...text.matchAll(/id="t-(SN\d{6}-\d{8})"/g)].map(([, number]) => spoken(number));
async function whole(who, where) {
  const numbers = [];
  for (let at = where; at;) {
    const { status, text } = await who.get(at);
    assert.equal(status, 200, at);
    numbers.push(...shownIn(text));
    at = /rel="next" href="([^"]*)"/.exec(text)?.[1].replace(/&amp;/g, '&');
  }
  return numbers;
}
const downloadOf = (text, kind) => new RegExp(`href="(/staff/ticket/list\\.${kind}[^"]*)"`).exec(text)?.[1].replace(/&amp;/g, '&');

/** Rows of cells of a CSV file. */
function csvRows(text) {
  const rows = [];
  let row = [], cell = '', inside = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (inside && c === '"' && text[i + 1] === '"') { cell += '"'; i++; } else if (c === '"') inside = !inside;
    else if (!inside && c === ',') { row.push(cell); cell = ''; } else if (!inside && c === '\r' && text[i + 1] === '\n') { rows.push([...row, cell]); row = []; cell = ''; i++; } else cell += c;
  }
  assert.equal(cell + row.join(''), '', 'the file ends with a line end');
  return rows;
}

/** name → text of the files in a ZIP archive. */
function unzip(raw) {
  const files = {};
  const end = raw.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = raw.readUInt32LE(end + 16);
  for (let left = raw.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed, nameLength, extra, comment, local] = [raw.readUInt16LE(at + 10), raw.readUInt32LE(at + 20), raw.readUInt16LE(at + 28), raw.readUInt16LE(at + 30), raw.readUInt16LE(at + 32), raw.readUInt32LE(at + 42)];
    const name = raw.toString('utf8', at + 46, at + 46 + nameLength);
    const from = local + 30 + raw.readUInt16LE(local + 26) + raw.readUInt16LE(local + 28);
    const body = raw.subarray(from, from + packed);
    files[name] = (method === 0 ? body : zlib.inflateRawSync(body)).toString();
    at += 46 + nameLength + extra + comment;
  }
  return files;
}
const unescape = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
/** Rows of cells of a workbook's only sheet: text as text, numbers as numbers. */
function xlsxRows(raw) {
  const files = unzip(raw);
  const sheet = files['xl/worksheets/sheet1.xml'];
  const shared = [...(files['xl/sharedStrings.xml'] ?? '').matchAll(/<si><t[^>]*>([\s\S]*?)<\/t><\/si>/g)].map(([, text]) => unescape(text));
  assert.doesNotMatch(sheet, /<f[ >]/, 'no cell is calculated');
  return [...sheet.matchAll(/<row [^>]*>([\s\S]*?)<\/row>/g)].map(([, cells]) => {
    const row = [];
    for (const [, column, rest, inside] of cells.matchAll(/<c r="([A-Z]+)\d+"([^>]*)>([\s\S]*?)<\/c>/g)) {
      const index = [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
      const value = /<v>([\s\S]*?)<\/v>/.exec(inside)?.[1];
      row[index] = /t="inlineStr"/.test(rest) ? unescape(/<t[^>]*>([\s\S]*?)<\/t>/.exec(inside)[1]) : /t="s"/.test(rest) ? shared[Number(value)] : Number(value);
    }
    return row;
  });
}

test('CSV and XLSX hold exactly the rows of the filter that is shown, over all its pages and in its order', async () => {
  const numbers = [];
  for (let i = 0; i < 27; i++) numbers.push(await file({ place: `${street}${i + 1}号` }));
  const other = await file({ place: `${street}北侧`, category: NO_WATER });
  await done(wanglei, numbers[3], 'dispatch', { unit: PIPELINE });
  await folded();
  for (const [view, sort] of [['due', ''], ['due', '&sort=newest'], ['undispatched', ''], ['all', '']]) {
    const where = `${LIST}?view=${view}&q=${encodeURIComponent(`类别:#${LEAK} ${street}`)}${sort}&rows=25`;
    const shown = await whole(wanglei, where);
    assert.equal(shown.length, view === 'undispatched' ? 26 : 27, where);
    assert.ok(!shown.includes(spoken(other)));
    const page = (await wanglei.get(where)).text;
    for (const kind of ['csv', 'xlsx']) {
      const answer = await wanglei.get(downloadOf(page, kind));
      assert.equal(answer.status, 200);
      const rows = kind === 'csv' ? csvRows(answer.text.replace(/^﻿/, '')) : xlsxRows(answer.raw);
      assert.deepEqual(rows.slice(1).map((row) => row[0]), shown, `${kind} of ${where}`);
      assert.equal(rows[0][0], '受理编号');
      assert.equal(rows[0].length, 23);
    }
  }
});

test('a file is a download in UTF-8 that spreadsheets know, named by its view and day, and kept by nobody', async () => {
  await file();
  for (const [kind, type] of [['csv', 'text/csv; charset=utf-8'], ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']]) {
    const answer = await lina.get(`${LIST}list.${kind}?view=mine`);
    assert.equal(answer.status, 200);
    assert.equal(answer.header('content-type'), type);
    assert.match(answer.header('content-disposition'), new RegExp(`^attachment; filename="tickets-mine-\\d{4}-\\d\\d-\\d\\d\\.${kind}"$`));
    assert.equal(answer.header('cache-control'), 'no-store');
    if (kind === 'csv') assert.deepEqual([...answer.raw.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    else assert.equal(answer.raw.toString('latin1', 0, 2), 'PK');
  }
});

test('whatever residents write stays text: nothing is calculated when the file is opened', async () => {
  const places = [`=1+1 ${street}甲`, `+86${street}乙`, `-2+3 ${street}丙`, `@SUM(A1) ${street}丁`, `＝1＋1 ${street}戊`, `"=HYPERLINK(1)",${street}己`];
  for (const place of places) await file({ place, category: NO_WATER });
  await folded();
  const where = `?view=due&q=${encodeURIComponent(`类别:#${NO_WATER} ${street}`)}`;
  const rows = csvRows((await wanglei.get(`${LIST}list.csv${where}`)).text.replace(/^﻿/, ''));
  const at = rows[0].indexOf('地点');
  for (const place of places) assert.ok(rows.some((row) => row[at] === (/^[=+\-@＝]/.test(place) ? `'${place}` : place)), place);
  for (const row of rows) for (const cell of row) assert.doesNotMatch(cell, /^[=+\-@＝＋－＠]/);
  const sheet = xlsxRows((await wanglei.get(`${LIST}list.xlsx${where}`)).raw);
  for (const place of places) assert.ok(sheet.some((row) => row[at] === place), place);
});

test('names and telephones stand in it masked; times are those of the city', async () => {
  const number = await file({ phone: '13906379876', name: '司马女士' });
  const { text, raw } = await wanglei.get(`${LIST}list.csv?view=all&q=${encodeURIComponent(`编号:${number}`)}`);
  assert.ok(!text.includes('13906379876') && !text.includes('司马女士'));
  const [heads, row] = csvRows(text.replace(/^﻿/, ''));
  assert.equal(row[0], spoken(number));
  assert.match(row[heads.indexOf('联系电话')], /^139\*{4}9876$/);
  const reported = row[heads.indexOf('受理时间')];
  assert.match(reported, /^\d{4}-\d\d-\d\d \d\d:\d\d$/);
  assert.ok(raw.length < 5000);
  const [, [, , , , , , , , , serial]] = xlsxRows((await wanglei.get(`${LIST}list.xlsx?view=all&q=${encodeURIComponent(`编号:${number}`)}`)).raw);
  assert.equal(new Date(Math.round((serial - 25569) * 86400000)).toISOString().slice(0, 16).replace('T', ' '), reported);
});

test('a filter that cannot be read gives no file but the page that says why, and in English the file is English', async () => {
  const answer = await wanglei.get(`${LIST}list.csv?view=due&q=${encodeURIComponent('天气:晴')}`);
  assert.equal(answer.status, 422);
  assert.match(answer.text, /没有“天气”这个条件/);
  assert.equal((await wanglei.get(`${LIST}list.csv?view=due&sort=sideways`)).status, 400);
  await file();
  assert.match((await wanglei.get(`${LIST}list.csv?view=due&lang=en`)).text, /^﻿?"Number","State"/);
});

test("the shift leader's screen: what waits, what is late, what waits longest, and the promises due today", async () => {
  const number = await file({ place: `${street}大屏` });
  const count = async (text, name) => Number(new RegExp(`id="w-${name}">(\\d+)`).exec(text)[1]);
  const before = await wanglei.get(`${LIST}wall`);
  assert.equal(before.status, 200);
  for (const words of ['待派单', '快到期', '已超时', '今天到期的承诺', '等派单最久的', '最急的工单']) assert.ok(before.text.includes(words), words);
  assert.match(before.text, /<b id="w-today">\d+%<\/b>|今天还没有到期的承诺/);
  const [[waiting]] = await sql('SELECT COUNT(*) FROM ticket WHERE state = 1');
  assert.equal(await count(before.text, 'undispatched'), Math.min(Number(waiting), 1000));
  const [[oldest]] = await sql('SELECT number FROM ticket WHERE state = 1 ORDER BY reported_at, id LIMIT 1');
  assert.ok(before.text.includes(`等派单最久的</dt><dd><a class="no" href="/staff/ticket/${oldest}"`), oldest);
  const etag = before.header('etag');
  await folded();
  const settled = await wanglei.get(`${LIST}wall`);
  assert.equal((await wanglei.get(`${LIST}wall`, { 'If-None-Match': settled.header('etag') })).status, 304);
  await done(wanglei, number, 'dispatch', { unit: PIPELINE });
  await new Promise((resolve) => { setTimeout(resolve, 1100); }); // as long as another worker may take it for unchanged
  const after = await wanglei.get(`${LIST}wall`, { 'If-None-Match': settled.header('etag') });
  assert.equal(after.status, 200);
  assert.notEqual(after.header('etag'), etag);
  assert.equal(await count(after.text, 'undispatched'), await count(settled.text, 'undispatched') - 1);
  const late = await count(after.text, 'late');
  wait(25);
  wanglei = await staff('wanglei');
  assert.ok(await count((await wanglei.get(`${LIST}wall`)).text, 'late') > late, 'late without anything being saved');
  assert.equal((await (await staff('xuguang')).get(`${LIST}wall`)).status, 200);
  assert.equal((await (await staff('lina')).get(`${LIST}wall`)).status, 403, 'a unit has its own list');
  assert.doesNotMatch((await (await staff('lina')).get(LIST)).text, /ticket\/wall/);
});
