// Outages in every form (Art. 18): feeds against their schemas, calendars and linked data through real parsers, and what changes in them
// when news are told.
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const ICAL = require('ical.js').default ?? require('ical.js');
const jsonld = require('jsonld');
const { staff, now, wait, local, wordsOf, Visitor, formOf } = require('./staff_client.js');

const PIPELINE = 3;
const NEW = '/staff/supply/new';
const RUN = `feeds${process.pid}`;
const top = process.env.SHUINUO_TOP;
const later = (minutes) => local(now() + minutes * 60000);
let lina, times = 0;
test.beforeEach(async () => { lina = await staff('lina'); });

const NASTY = '<b>漏&"水\'</b>]]>';
async function report(more = {}) {
  const fields = { unit: PIPELINE, cause: 1, places: '运河湾', area_words: `${RUN}-${++times}号${NASTY}`, diameter_mm: 300, valves: '0', started_at: later(0), expected_end_at: later(180), words: `抢修中；${NASTY}`, ...more };
  const answer = await lina.submit(NEW, NEW, fields);
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 600));
  return Number(/supply\/(\d+)/.exec(answer.header('location'))[1]);
}
async function done(id, action, more) {
  const answer = await lina.submit(`/staff/supply/${id}`, `/staff/supply/${id}/${action}`, more);
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 500)}`);
}
const open = (where, headers) => new Visitor().get(where, headers);
/** The text of a page as soon as every worker knows the news that it has to have. */
async function until(where, look) {
  for (let tries = 0; ; tries++) {
    const answer = await open(where);
    assert.equal(answer.status, 200, where);
    if (look(answer.text)) return answer;
    assert.ok(tries < 200, `${where} never has it:\n${answer.text.slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
function valid(kind, text) {
  const schema = path.join(top, 'tests/schemas', kind);
  const run = spawnSync('xmllint', ['--nonet', '--noout', kind.endsWith('.rng') ? '--relaxng' : '--schema', schema, '-'], { input: text, encoding: 'utf8' });
  assert.equal(run.status, 0, `${run.stderr}\n${text}`);
}
/** What an XPath says of a document, namespaces aside. */
function xpath(text, query) {
  const run = spawnSync('xmllint', ['--nonet', '--xpath', query.replace(/\/([a-zA-Z]+)/g, "/*[local-name()='$1']"), '-'], { input: text, encoding: 'utf8' });
  assert.ok([0, 10].includes(run.status), run.stderr);
  return run.stdout.trim();
}
const value = (text, query) => xpath(text, `string(${query})`);

test('the schemas of the tests refuse what the standards refuse', () => {
  const alert = (body) => `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>a</identifier><sender>b</sender><sent>2026-11-23T10:00:00+08:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>${body}</alert>`;
  const refused = (kind, text) => assert.throws(() => valid(kind, text));
  valid('cap.xsd', alert(''));
  refused('cap.xsd', alert('<info/>'));
  refused('cap.xsd', alert('').replace('+08:00', 'Z'));
  refused('cap.xsd', alert('').replace('>a<', '>a b<'));
  refused('cap.xsd', alert('<references>a,b</references>'));
  const feed = '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:a</id><title>t</title><updated>2026-11-23T10:00:00Z</updated><link rel="self" href="urn:a"/><author><name>n</name></author></feed>';
  valid('atom.rng', feed);
  for (const part of ['<id>urn:a</id>', '<title>t</title>', '<updated>2026-11-23T10:00:00Z</updated>', '<author><name>n</name></author>']) refused('atom.rng', feed.replace(part, ''));
  refused('atom.rng', feed.replace('</feed>', '<entry><id>urn:b</id><title>t</title><updated>2026-11-23T10:00:00Z</updated></entry></feed>'));
});

test('Art. 18: the Atom feed is valid with any words in it, has one entry for each outage, and says when it last changed', async () => {
  const id = await report();
  const { text, header } = await until('/outage/feed.atom', (page) => page.includes(`/outage/${id}<`));
  assert.match(header('content-type'), /^application\/atom\+xml/);
  valid('atom.rng', text);
  const entry = `/feed/entry[/id[contains(., '/outage/${id}')]]`.replace('[/id', "[*[local-name()='id']").replace("]]", ']]');
  const entries = [...text.matchAll(/<entry>[\s\S]*?<\/entry>/g)].map(([one]) => one).filter((one) => one.includes(`/outage/${id}<`));
  assert.equal(entries.length, 1, entry);
  assert.match(entries[0], /&lt;b&gt;漏&amp;/);
  const before = /<updated>(.*?)<\/updated>/.exec(entries[0])[1];
  wait(2);
  lina = await staff('lina');
  await done(id, 'extend', { expected_end_at: later(300), words: '更换管段' });
  const after = (await until('/outage/feed.atom', (page) => page.includes('更换管段'))).text;
  valid('atom.rng', after);
  const changed = [...after.matchAll(/<entry>[\s\S]*?<\/entry>/g)].map(([one]) => one).find((one) => one.includes(`/outage/${id}<`));
  assert.ok(/<updated>(.*?)<\/updated>/.exec(changed)[1] > before, 'the entry is newer, under the same id');
  const english = await open('/outage/feed.atom?lang=en');
  valid('atom.rng', english.text);
  assert.match(english.text, /xml:lang="en"[\s\S]*Emergency outage/);
  assert.equal(english.header('set-cookie') ?? '', '', 'a feed sets no cookie');
  assert.match(english.header('cache-control'), /public/);
  await done(id, 'restore', { water_on_at: later(0) });
});

test('Art. 18: feeds of one place have what is there and nothing of elsewhere; a place that is not in the register is not found', async () => {
  const here = await report({ places: '水城雅居' }), elsewhere = await report({ places: '沙窝新村' });
  const place = async (name) => /name="place" value="(\d+)"/.exec((await open(`/outage/?q=${encodeURIComponent(name)}`)).text)[1];
  const community = await place('水城雅居'), district = await place('运河新区');
  for (const where of [`/outage/feed.atom?place=${community}`, `/outage/feed.atom?place=${district}`, `/outage/alerts.atom?place=${community}`]) {
    const { text } = await until(where, (page) => page.includes(`/outage/${here}`));
    assert.ok(!text.includes(`/outage/${elsewhere}`), where);
    valid('atom.rng', text);
  }
  const calendar = (await open(`/outage/feed.ics?place=${community}`)).text;
  assert.ok(calendar.includes(`outage-${here}@`) && !calendar.includes(`outage-${elsewhere}@`));
  const rows = JSON.parse((await open(`/outage/outages.json?place=${community}`)).text).outages.map((row) => row.id);
  assert.ok(rows.includes(here) && !rows.includes(elsewhere));
  for (const bad of ['9999999', '0', 'x', '-1', '']) assert.equal((await open(`/outage/feed.atom?place=${bad}`)).status, bad === '' ? 200 : 404, bad);
  await done(here, 'restore', { water_on_at: later(0) });
  await done(elsewhere, 'restore', { water_on_at: later(0) });
});

test('Art. 18(2): each message is an alert (CAP 1.2) that never changes: Alert, Update that names the ones before, AllClear at the end', async () => {
  const id = await report();
  const item = (seq) => `/outage/${id}/cap/${seq}`;
  const first = await open(item(1));
  assert.match(first.header('content-type'), /^application\/cap\+xml/);
  valid('cap.xsd', first.text);
  const facts = (text) => ['msgType', 'scope'].map((name) => value(text, `/alert/${name}`)).concat(['category', 'urgency', 'responseType', 'language'].map((name) => value(text, `/alert/info/${name}`)));
  assert.deepEqual(facts(first.text), ['Alert', 'Public', 'Infra', 'Immediate', 'Prepare', 'zh-CN']);
  assert.equal(value(first.text, '/alert/info/event'), '紧急停水');
  assert.match(value(first.text, '/alert/info/area/areaDesc'), new RegExp(`运河湾、${RUN}`));
  assert.match(value(first.text, '/alert/info/description'), /管道爆裂、漏水\s+抢修中；<b>漏&"水'<\/b>\]\]>/);
  assert.equal(xpath(first.text, 'count(//geocode)'), '1');
  wait(1);
  lina = await staff('lina');
  await done(id, 'widen', { places: '新城国际', words: '下游也要停', expected_end_at: later(400) });
  const second = (await open(item(2))).text;
  valid('cap.xsd', second);
  assert.equal(value(second, '/alert/msgType'), 'Update');
  const reference = ['sender', 'identifier', 'sent'].map((name) => value(first.text, `/alert/${name}`)).join(',');
  assert.equal(value(second, '/alert/references'), reference);
  assert.match(value(second, '/alert/info/area/areaDesc'), /运河湾[\s\S]*新城国际/);
  assert.notEqual(value(second, '/alert/info/expires'), value(first.text, '/alert/info/expires'));
  await done(id, 'restore', { water_on_at: later(0) });
  const last = (await open(item(3))).text;
  valid('cap.xsd', last);
  assert.deepEqual([value(last, '/alert/msgType'), value(last, '/alert/info/responseType'), value(last, '/alert/info/urgency')], ['Update', 'AllClear', 'Past']);
  assert.equal(value(last, '/alert/references').split(' ').length, 2);
  assert.equal((await open(item(1))).text, first.text, 'a sent alert stays as it was');
  assert.equal((await open(`${item(1)}?lang=en`)).text, first.text, 'in any language of the reader');
  for (const bad of [item(4), item(0), item('x'), '/outage/99999999/cap/1']) assert.equal((await open(bad)).status, 404, bad);
  const list = (await until('/outage/alerts.atom', (page) => page.includes(item(3)))).text;
  valid('atom.rng', list);
  assert.ok(list.includes(`href="${/<id>(http[^<]*)<\/id>\s*<title>[^<]*<\/title>\s*<updated>[^<]*<\/updated>\s*<link rel="alternate" type="application\/cap\+xml"/.exec(list)[1]}"`));
});

test('Art. 18(2): a notice that is withdrawn is a Cancel, and CANCELLED in the calendar', async () => {
  const id = await report();
  await done(id, 'withdraw', { words: '误报' });
  const text = (await open(`/outage/${id}/cap/2`)).text;
  valid('cap.xsd', text);
  assert.equal(value(text, '/alert/msgType'), 'Cancel');
  const event = new ICAL.Component(ICAL.parse((await open(`/outage/${id}/calendar.ics`)).text)).getFirstSubcomponent('vevent');
  assert.equal(event.getFirstPropertyValue('status'), 'CANCELLED');
  assert.equal(event.getFirstPropertyValue('sequence'), 1);
});

test('the calendar is read by a real parser: one event for each outage, whose id stays and whose sequence rises', async () => {
  const id = await report({ expected_end_at: later(120) });
  const read = async (look) => {
    const { text, header } = await until('/outage/feed.ics', look);
    assert.match(header('content-type'), /^text\/calendar/);
    assert.ok(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75), 'no line is too long');
    const calendar = new ICAL.Component(ICAL.parse(text));
    assert.equal(calendar.getFirstPropertyValue('x-wr-calname'), '停水公告');
    return calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one)).filter(({ uid }) => uid.startsWith(`outage-${id}@`));
  };
  const [first, ...more] = await read((text) => text.includes(`outage-${id}@`));
  assert.equal(more.length, 0);
  assert.equal(first.summary, `紧急停水: 运河湾、${RUN}-${times}号${NASTY}`);
  assert.equal(first.sequence, 0);
  const minutes = (event) => (event.endDate.toUnixTime() - event.startDate.toUnixTime()) / 60;
  assert.equal(minutes(first), 120);
  await done(id, 'extend', { expected_end_at: later(200), words: '等配件' });
  const [second] = await read((text) => text.replace(/\r\n /g, '').includes('等配件'));
  assert.deepEqual([second.uid, second.sequence, minutes(second)], [first.uid, 1, 200]);
  await done(id, 'restore', { water_on_at: later(0) });
});

test('JSON keeps its names, and JSON-LD is an announcement in the words of schema.org', async () => {
  const id = await report();
  const { text } = await until('/outage/outages.json', (page) => page.includes(`"id":${id},`));
  const data = JSON.parse(text);
  assert.deepEqual([data.format, data.version], ['shuinuo-outages', 1]);
  const row = data.outages.find((one) => one.id === id);
  for (const name of ['id', 'kind', 'state', 'cause', 'started_at', 'first_expected_end_at', 'expected_end_at', 'ended_at', 'updated_at', 'places', 'area', 'words', 'url', 'messages', 'water_points']) assert.ok(name in row, name);
  assert.equal(row.messages.length, 1);
  assert.equal((await open(new URL(row.messages[0].cap_url).pathname)).status, 200);
  const linked = await open('/outage/outages.jsonld');
  assert.match(linked.header('content-type'), /^application\/ld\+json/);
  // The vocabulary is not fetched from outside: every plain name is one of schema.org.
  const documentLoader = async (url) => ({ documentUrl: url, document: { '@context': { '@vocab': 'http://schema.org/' } } });
  const graph = await jsonld.expand(JSON.parse(linked.text), { documentLoader, base: 'http://example.org/' });
  const one = graph.find((node) => String(node['@id']).endsWith(`/outage/${id}`));
  assert.deepEqual(one['@type'], ['http://schema.org/SpecialAnnouncement']);
  assert.equal(one['http://schema.org/announcementLocation'][0]['http://schema.org/name'][0]['@value'], '运河湾');
  assert.ok((await jsonld.toRDF(JSON.parse(linked.text), { documentLoader, base: 'http://example.org/', format: 'application/n-quads' })).includes('datePosted'));
  await done(id, 'restore', { water_on_at: later(0) });
});

test('every form says when nothing is new, and the page leads to all of them', async () => {
  const page = (await open('/outage/')).text;
  const feeds = [...page.matchAll(/<link rel="alternate" type="([^"]+)" href="([^"]+)" title="[^"]+">/g)].map(([, type, href]) => [type, new URL(href).pathname]);
  assert.deepEqual(feeds.map(([type]) => type).sort(), ['application/atom+xml', 'application/atom+xml', 'application/json', 'application/ld+json', 'text/calendar']);
  for (const [type, where] of feeds) {
    const answer = await open(where);
    assert.ok(answer.header('content-type').startsWith(type), where);
    const etag = answer.header('etag');
    assert.ok(etag, `${where} has a validator`);
    const again = await open(where, { 'If-None-Match': etag });
    assert.ok(again.status === 304 || again.header('etag') !== etag, where);
    assert.match(answer.header('cache-control'), /public, max-age=0/);
  }
});

test('「我家」: a browser remembers a place without an account, shows it first, and forgets it', async () => {
  const visitor = new Visitor();
  const answer = await visitor.get(`/outage/?q=${encodeURIComponent('周公河畔')}`);
  const kept = await visitor.post('/outage/home', formOf(answer.text, '/outage/home'));
  assert.equal(kept.status, 303);
  const id = await report({ places: '周公河畔' });
  const home = await visitor.get('/outage/');
  assert.match(wordsOf(home.text), /我家： 周公河畔[\s\S]*这里正在停水/);
  assert.match(home.header('cache-control'), /no-store/, 'a page with a home is nobody else\'s');
  assert.ok(!(await open('/outage/')).text.includes('我家：'));
  const forgotten = await visitor.post('/outage/home', formOf(home.text, '/outage/home'));
  assert.equal(forgotten.status, 303);
  assert.ok(!(await visitor.get('/outage/')).text.includes('我家：'));
  const wrong = await visitor.post('/outage/home', { ...formOf(answer.text, '/outage/home'), place: '9999999' });
  assert.equal(wrong.status, 404);
  await done(id, 'restore', { water_on_at: later(0) });
});

test('Art. 18: by district, and the poster with what a passer-by needs', async () => {
  const id = await report({ places: '北郊镇中心小区' });
  const place = async (name) => /name="place" value="(\d+)"/.exec((await open(`/outage/?q=${encodeURIComponent(name)}`)).text)[1];
  const [north, west] = [await place('北郊镇'), await place('湖西区')];
  assert.ok((await open(`/outage/?district=${north}`)).text.includes(`/outage/${id}"`));
  assert.ok(!(await open(`/outage/?district=${west}`)).text.includes(`/outage/${id}"`));
  const poster = await open(`/outage/${id}/poster`);
  const words = wordsOf(poster.text);
  for (const said of ['紧急停水', '北郊镇中心小区', '管道爆裂、漏水', '预计恢复', `/outage/${id}`]) assert.ok(words.includes(said), said);
  assert.match(poster.text, /<svg class="qr"/);
  assert.equal((await open('/outage/99999999/poster')).status, 404);
  await done(id, 'restore', { water_on_at: later(0) });
});
