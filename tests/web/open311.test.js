// Open311 GeoReport v2 (decision 9; Arts. 6, 8, 14): other systems file and follow reports by their keys, in XML and in JSON.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const crypto = require('node:crypto');
const { execFileSync } = require('node:child_process');
const { staff, sql, now, wait, formOf, wordsOf, shuinuo, Visitor } = require('./staff_client.js');

const BASE = `${process.env.SHUINUO_URL}/open311/v2`;
const PHONE = '13955550311', NAME = '周接口', DOOR = '7号楼2单元1902室', ACCOUNT = '1203110311';
const folder = process.env.SHUINUO_VAR;

const unescape = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&');
/** Elements of a document: {name, text, nodes}. Fails on anything that is not well formed. */
function parseXml(text) {
  execFileSync('xmllint', ['--noout', '-'], { input: text });
  const head = '<?xml version="1.0" encoding="utf-8"?>\n';
  assert.ok(text.startsWith(head), text.slice(0, 80));
  const root = { nodes: [] }, stack = [root];
  for (const [, close, name, words] of text.slice(head.length).matchAll(/<(\/?)([a-z_0-9]+)>([^<]*)/g)) {
    if (close) stack.pop();
    else { const node = { name, text: unescape(words), nodes: [] }; stack.at(-1).nodes.push(node); stack.push(node); }
  }
  return root.nodes[0];
}
const LISTS = ['services', 'service_requests', 'service_request_updates', 'errors', 'endpoints', 'formats', 'attributes', 'values', 'notes'];
const BARE = ['metadata', 'variable', 'required', 'lat', 'long', 'order', 'code'];
/** The JSON that the XML stands for (the mapping that GeoReport names). */
function plain(node, parent = '') {
  if (LISTS.includes(node.name)) return node.nodes.map((child) => plain(child, node.name));
  if (node.nodes.length > 0) return Object.fromEntries(node.nodes.map((child) => [child.name, plain(child, node.name)]));
  if (node.text.trim() === '') return null;
  const isBare = BARE.includes(node.name) && !(node.name === 'code' && parent === 'attribute');
  return isBare ? JSON.parse(node.text) : node.text;
}

async function ask(where, { method = 'GET', body, headers } = {}) {
  const answer = await fetch(where.startsWith('http') ? where : `${BASE}/${where}`, { method, body, headers, redirect: 'manual' });
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type'), header: (name) => answer.headers.get(name), text };
}
/** GET in both formats; they must say the same. */
async function both(where, status = 200) {
  const [name, query = ''] = where.split('?');
  const xml = await ask(`${name}.xml?${query}`), json = await ask(`${name}.json?${query}`);
  assert.equal(xml.status, status, xml.text);
  assert.equal(json.status, status, json.text);
  assert.equal(xml.type, 'text/xml; charset=utf-8');
  assert.equal(json.type, 'application/json; charset=utf-8');
  for (const answer of [xml, json]) assert.equal(answer.header('access-control-allow-origin'), '*');
  const tree = parseXml(xml.text);
  const value = JSON.parse(json.text);
  if (status === 200) assert.deepEqual(plain(tree), value, 'XML and JSON say the same');
  return { tree, value, headers: json };
}
const form = (fields) => new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))).toString();
function post(what, fields, headers = {}) {
  return ask(what, { method: 'POST', body: form(fields), headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } });
}
const errorsOf = (answer) => {
  const errors = answer.type.startsWith('text/xml') ? plain(parseXml(answer.text)) : JSON.parse(answer.text);
  assert.ok(Array.isArray(errors) && errors.length > 0, answer.text);
  for (const { code, description } of errors) assert.ok(Number.isInteger(code) && description.length > 3, answer.text);
  return errors;
};

const keys = {};
test.before(async () => {
  for (const [name, rights] of [['filer', 'file,read'], ['other', 'file,read'], ['reader', 'read'], ['mute', 'file'], ['hotline', 'file,read,hotline']]) {
    const { code, out, err } = await shuinuo(['api-key', 'add', `测试${name}`, rights, '10000']);
    assert.equal(code, 0, err);
    keys[name] = out.trim();
    assert.match(keys[name], /^sn_[0-9a-f]{32}$/);
  }
});

let times = 0;
const good = (more = {}) => ({ api_key: keys.filer, service_code: 'meter_well_leak', address_string: `状元街${++times}号院${DOOR}`, phone: PHONE, first_name: '接口', last_name: '周',
  description: `井里冒水 ${crypto.randomUUID()}`, ...more });
async function file(more, headers) {
  const answer = await post('requests.json', good(more), headers);
  assert.equal(answer.status, 200, answer.text);
  const [request] = JSON.parse(answer.text);
  assert.match(request.service_request_id, /^SN\d{6}-\d{8}$/);
  return request.service_request_id;
}
const one = async (id, more = '') => (await both(`requests/${id}?${more}`)).value[0];

// ---------------------------------------------------------------- what there is

test('open311 discovery names the endpoint with every field, in both formats', async () => {
  const { value } = await both('discovery');
  for (const name of ['changeset', 'contact', 'key_service']) assert.ok(value[name], name);
  assert.ok(new Date(value.changeset) < new Date());
  assert.deepEqual(value.endpoints, [{ specification: 'http://wiki.open311.org/GeoReport_v2', url: BASE, changeset: value.changeset, type: 'test', formats: ['text/xml', 'application/json'] }]);
});

test('open311 services are the matters of the public form, and nothing else: no misconduct', async () => {
  const { value } = await both('services');
  const codes = (await sql("SELECT code FROM category WHERE category_group <> 0 AND effective_to IS NULL ORDER BY sort, id")).map(([code]) => code);
  assert.deepEqual(value.map((service) => service.service_code), codes);
  for (const service of value) {
    assert.deepEqual(Object.keys(service), ['service_code', 'service_name', 'description', 'metadata', 'type', 'keywords', 'group']);
    assert.equal(service.metadata, true);
    assert.equal(service.type, 'realtime');
    assert.ok(!/private|inactive|staff|waste_only|\s/.test(service.keywords), service.keywords);
  }
  assert.ok(!JSON.stringify(value).includes('违纪') && !codes.some((code) => /misconduct|discipline/.test(code)));
  assert.equal((await both('services?lang=en')).value.find((service) => service.service_code === 'no_water').service_name, 'No water');
});

test('open311 each service tells what our own form asks for; an unknown or a staff\'s matter is 404', async () => {
  for (const { service_code: code } of (await both('services')).value) {
    const { value } = await both(`services/${code}`);
    assert.equal(value.service_code, code);
    assert.deepEqual(value.attributes.map((attribute) => attribute.order), value.attributes.map((attribute, index) => index + 1));
    for (const attribute of value.attributes) {
      assert.ok(['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist'].includes(attribute.datatype));
      assert.equal(typeof attribute.variable, 'boolean');
      assert.equal(typeof attribute.required, 'boolean');
      assert.ok(!attribute.description.startsWith('open311.') && !attribute.datatype_description.startsWith('open311.'));
    }
    const [[needs]] = await sql(`SELECT needs_phone FROM category WHERE code = '${code}' AND effective_to IS NULL`);
    assert.equal(value.attributes.some((attribute) => attribute.code === 'phone_note'), needs === '1', code);
    assert.equal(value.attributes.find((attribute) => attribute.code === 'fixmystreet_id').automated, 'server_set');
    assert.deepEqual(value.attributes.find((attribute) => attribute.code === 'noticed').values.map((row) => row.key), ['now', 'today', 'yesterday', 'earlier']);
  }
  for (const code of ['nothing', 'leak_third_party', 'unforeseen']) await both(`services/${code}`, 404);
});

// ---------------------------------------------------------------- filing

test('Art. 8: a report by another system becomes a ticket with its clocks, and the promise is told at once', async () => {
  const sent = good();
  const answer = await post('requests.xml', sent);
  assert.equal(answer.status, 200, answer.text);
  const [request] = plain(parseXml(answer.text));
  assert.deepEqual(Object.keys(request), ['service_request_id', 'service_notice', 'account_id']);
  const id = request.service_request_id;
  const [[source, category, due, key]] = await sql(`SELECT t.source, c.code, DATE_FORMAT(p.finish_due_at, '%Y-%m-%dT%H:%i:%sZ'), k.name FROM ticket t JOIN category c ON c.id = t.category_id
    JOIN public_ticket p ON p.ticket_id = t.id JOIN open311_request o ON o.ticket_id = t.id JOIN api_key k ON k.id = o.api_key_id WHERE t.number = '${id}'`);
  assert.deepEqual([source, category, key], ['10', 'meter_well_leak', '测试filer']);
  assert.match(request.service_notice, /承诺最迟/);
  const shown = await one(id);
  assert.equal(new Date(shown.expected_datetime).getTime(), new Date(due).getTime(), 'the due time of the clock that governs');
  assert.match(shown.expected_datetime, /\+08:00$/);
  assert.equal(shown.status, 'open');
  const desk = await staff('wanglei');
  const page = wordsOf((await desk.get(`/staff/ticket/${id}`)).text);
  assert.ok(page.includes(sent.description), 'staff read the words');
  assert.match(page, /139\*\*\*\*0311/);
});

test('decision 9: a repair needs a phone, a question does not', async () => {
  const missing = await post('requests.json', good({ phone: '' }));
  assert.equal(missing.status, 400);
  assert.match(errorsOf(missing)[0].description, /phone/);
  await file({ service_code: 'consultation', phone: '' });
});

test('open311 what is wrong is told with its code, in the format that was asked for, and nothing is filed', async () => {
  const before = (await sql('SELECT COUNT(*) FROM open311_request'))[0][0];
  const cases = [
    [{ api_key: '' }, 403, /api_key/], [{ api_key: 'sn_00000000000000000000000000000000' }, 403, /api_key/], [{ api_key: keys.reader }, 403, /不能报事/],
    [{ service_code: '' }, 400, /service_code/], [{ service_code: 'nothing' }, 404, /service_code/], [{ service_code: 'pollution' }, 404, /service_code/],
    [{ jurisdiction_id: 'elsewhere' }, 404, /jurisdiction/], [{ address_string: '' }, 400, /address_string/],
    [{ address_string: '', lat: '36.45' }, 400, /lat/], [{ long: '115.98' }, 400, /lat/], [{ lat: 'north', long: '115.98' }, 400, /lat/], [{ lat: '91', long: '115.98' }, 400, /lat/],
    [{ lat: '36.45', long: '180.0001' }, 400, /long/], [{ lat: '1e1', long: '1' }, 400, /lat/], [{ address_id: '99999999' }, 400, /address_id/], [{ address_id: 'x' }, 400, /address_id/],
    [{ phone: '12345' }, 400, /phone/], [{ 'attribute[account]': '12' }, 400, /account/], [{ 'attribute[noticed]': 'never' }, 400, /noticed/],
    [{ 'attribute[outside_due]': '2026-11-23T10:32:00' }, 400, /outside_due/], [{ description: '水'.repeat(4001) }, 400, /description/],
    [{ description: 'a\u0001b' }, 400, /description/], [{ address_string: '路'.repeat(201) }, 400, /address_string/], [{ media_url: 'file:///etc/passwd' }, 400, /media_url/],
    [{ service_code: ['leak_public', 'no_water'] }, 400, /service_code/], [{ phone: [PHONE, PHONE] }, 400, /phone/],
  ];
  for (const [more, status, words] of cases) {
    for (const format of ['xml', 'json']) {
      const answer = await post(`requests.${format}`, good(more));
      assert.equal(answer.status, status, `${JSON.stringify(more).slice(0, 100)} ${answer.text}`);
      assert.ok(errorsOf(answer).some((error) => words.test(error.description)), answer.text);
    }
  }
  const several = errorsOf(await post('requests.json', { api_key: keys.filer }));
  assert.ok(several.length >= 2, 'all that is wrong at once');
  for (const [body, type] of [[Buffer.from('service_code=no_water&description=\xcb\xc6', 'latin1'), 'application/x-www-form-urlencoded'], ['a=%zz', 'application/x-www-form-urlencoded'], ['{}', 'application/json'], ['x', 'multipart/form-data; boundary=y']]) {
    const answer = await ask('requests.json', { method: 'POST', body, headers: { 'content-type': type } });
    assert.equal(answer.status, 400, answer.text);
    errorsOf(answer);
  }
  assert.equal((await sql('SELECT COUNT(*) FROM open311_request'))[0][0], before);
});

test('open311 addresses of nothing, other formats and other methods get an error with a body, never a page', async () => {
  for (const [where, type] of [['requests', 'xml'], ['requests.csv', 'xml'], ['nothing.json', 'json'], ['nothing.xml', 'xml'], ['requests/SN261123-04172656.json', 'json'], ['requests/1.xml', 'xml'], ['tokens/x.xml', 'xml'], ['services/no_water.html', 'xml'], ['', 'xml']]) {
    const answer = await ask(where);
    assert.equal(answer.status, 404, where);
    assert.ok(answer.type.includes(type), `${where} ${answer.type}`);
    errorsOf(answer);
  }
  for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const answer = await ask('requests.json', { method });
    assert.equal(answer.status, 405);
    assert.match(answer.header('allow'), /GET/);
    errorsOf(answer);
  }
  const post405 = await post('services.json', { a: 1 });
  assert.equal(post405.status, 405);
  const head = await ask('services.json', { method: 'HEAD' });
  assert.deepEqual([head.status, head.text], [200, '']);
});

test('open311 4000 Chinese characters fit; marks of XML and JSON come back as they are; attributes in every spelling', async () => {
  await file({ description: '水'.repeat(4000) });
  const words = `& < > " ' \\ ]]> <b>x</b> ${crypto.randomUUID()}\r\n第二行`;
  const id = await file({ description: words, 'attribute[noticed]': 'today' });
  const [[stored]] = await sql(`SELECT HEX(x.body) FROM event_text x JOIN ticket t ON t.id = x.subject_id WHERE x.subject_kind = 1 AND x.seq = 1 AND t.number = '${id}'`);
  const text = Buffer.from(stored, 'hex').toString();
  assert.ok(text.startsWith(words.replace('\r\n', '\n')), text);
  assert.match(text, /发现时间：今天/);
  const spelled = await post('requests.json', { ...good(), 'attribute[noticed][]': 'now' });
  assert.equal(spelled.status, 200, spelled.text);
  const wrong = await ask('requests.json?a=%3Cb%3E', { method: 'POST', body: form({ ...good(), service_code: '<b>"&' }), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  assert.equal(wrong.status, 404);
  errorsOf(wrong);
});

test('open311 empty is absent; the key may stand in the address; a point alone is a place, and is shown to 100 m only', async () => {
  const fields = good({ address_string: '', lat: '36.4567891', long: '115.9854321', email: '', account_id: '', device_id: '' });
  const { api_key: key, ...rest } = fields;
  const answer = await ask(`requests.json?api_key=${key}`, { method: 'POST', body: form(rest), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  assert.equal(answer.status, 200, answer.text);
  const shown = await one(JSON.parse(answer.text)[0].service_request_id);
  assert.deepEqual([shown.lat, shown.long, shown.address], [36.457, 115.985, null]);
  const [[words]] = await sql(`SELECT HEX(x.body) FROM event_text x JOIN ticket t ON t.id = x.subject_id WHERE x.subject_kind = 1 AND x.seq = 1 AND t.number = '${shown.service_request_id}'`);
  assert.match(Buffer.from(words, 'hex').toString(), /36\.4567891, 115\.9854321/, 'who goes there has it all');
});

test('open311 photos come in multipart and are made safe; a file that is none is told; addresses of photos are not fetched', async () => {
  const picture = execFileSync(path.join(process.env.SHUINUO_BUILD, 'tests/web/pictures_app'), ['jpeg'], { maxBuffer: 64 << 20 });
  const body = new FormData();
  for (const [name, value] of Object.entries(good({ media_url: 'https://photos.example/1.jpg' }))) body.append(name, value);
  body.append('photo1', new Blob([picture], { type: 'image/jpeg' }), 'a.jpg');
  const answer = await ask('requests.json', { method: 'POST', body });
  assert.equal(answer.status, 200, answer.text);
  const id = JSON.parse(answer.text)[0].service_request_id;
  assert.deepEqual(await sql(`SELECT p.photo_count FROM public_ticket p WHERE p.number = '${id}'`), [['1']]);
  assert.equal((await one(id)).media_url, null);
  const bad = new FormData();
  for (const [name, value] of Object.entries(good())) bad.append(name, value);
  bad.append('media', new Blob(['<svg onload="x"/>'], { type: 'image/jpeg' }), 'a.jpg');
  const refused = await ask('requests.json', { method: 'POST', body: bad });
  assert.equal(refused.status, 400, refused.text);
  assert.match(errorsOf(refused)[0].description, /^media：/);
});

// ---------------------------------------------------------------- once

test('open311 the same sent again gives the first answer: by content, by the client\'s id, by Idempotency-Key', async () => {
  const same = good();
  const first = JSON.parse((await post('requests.json', same)).text), second = JSON.parse((await post('requests.json', same)).text);
  assert.deepEqual(second, first);
  const client = `fms-${crypto.randomUUID()}`;
  const a = await file({ 'attribute[fixmystreet_id]': client }), b = await file({ 'attribute[fixmystreet_id]': client, description: '换了说法' });
  assert.equal(b, a);
  assert.notEqual(await file({ 'attribute[fixmystreet_id]': client, api_key: keys.other }), a, 'another system\'s id is another id');
  const header = { 'idempotency-key': crypto.randomUUID() };
  const fields = good();
  const c = await post('requests.json', fields, header), d = await post('requests.json', fields, header);
  assert.equal(d.text, c.text);
  const e = await post('requests.json', { ...fields, description: '另一件事' }, header);
  assert.equal(e.status, 400);
  assert.match(errorsOf(e)[0].description, /Idempotency-Key/);
  wait(26 * 60);
  assert.notEqual(JSON.parse((await post('requests.json', same)).text)[0].service_request_id, first[0].service_request_id, 'a day later it is another report');
});

test('open311 sent twice at the same moment it is one ticket', async () => {
  for (let round = 0; round < 4; round++) {
    const fields = good({ 'attribute[fixmystreet_id]': crypto.randomUUID() });
    const answers = await Promise.all(Array.from({ length: 6 }, () => post('requests.json', fields)));
    for (const answer of answers) assert.equal(answer.status, 200, answer.text);
    const ids = new Set(answers.map((answer) => JSON.parse(answer.text)[0].service_request_id));
    assert.equal(ids.size, 1);
    assert.deepEqual(await sql(`SELECT COUNT(*) FROM open311_request o JOIN event_text x ON x.subject_kind = 1 AND x.subject_id = o.ticket_id AND x.seq = 1 WHERE x.body LIKE '%${fields.description}%'`), [['1']]);
  }
});

test('open311 a client that lost the answer finds it by its token, its own id or its key of repetition', async () => {
  const header = { 'idempotency-key': `lost-${crypto.randomUUID()}` };
  const answer = await post('requests.json', good(), header);
  const id = JSON.parse(answer.text)[0].service_request_id;
  const token = answer.header('open311-token');
  assert.deepEqual((await both(`tokens/${token}`)).value, [{ service_request_id: id, token }]);
  assert.equal((await both(`tokens/${header['idempotency-key']}?api_key=${keys.filer}`)).value[0].service_request_id, id);
  await both(`tokens/${header['idempotency-key']}?api_key=${keys.other}`, 404);
  await both(`tokens/${header['idempotency-key']}`, 404);
  await both(`tokens/${'0'.repeat(32)}`, 404);
});

// ---------------------------------------------------------------- the hotline

test('Art. 6: a case of the hotline keeps its number and its deadline, the earlier one governs, and the number is one ticket', async () => {
  const iso = (ms) => new Date(ms + 8 * 3600000).toISOString().slice(0, 19) + '+08:00';
  const early = Math.floor(now() / 1000) * 1000 + 3600000, number = `12345-${crypto.randomUUID()}`;
  const hotline = { api_key: keys.hotline, 'attribute[outside_number]': number };
  const id = await file({ ...hotline, 'attribute[outside_due]': iso(early) });
  const [[source, system, kept, next]] = await sql(`SELECT source, outside_system, outside_number, UNIX_TIMESTAMP(CONVERT_TZ(next_due_at, '+00:00', @@session.time_zone)) * 1000 FROM ticket WHERE number = '${id}'`);
  assert.deepEqual([source, system, kept], ['6', '测试hotline', number]);
  const [[outside, ours]] = await sql(`SELECT DATE_FORMAT(t.outside_due_at, '%Y-%m-%dT%H:%i:%sZ'), DATE_FORMAT(p.finish_due_at, '%Y-%m-%dT%H:%i:%sZ') FROM ticket t JOIN public_ticket p ON p.ticket_id = t.id WHERE t.number = '${id}'`);
  assert.equal(new Date(outside).getTime(), early);
  assert.ok(new Date(ours).getTime() > early && Number(next) > 0);
  assert.equal(new Date((await one(id)).expected_datetime).getTime(), early);
  assert.equal(await file({ ...hotline, description: '再转一次' }), id, 'its number is one ticket');
  const late = await file({ api_key: keys.hotline, 'attribute[outside_number]': `${number}b`, 'attribute[outside_due]': iso(early + 400 * 86400000) });
  const [[due]] = await sql(`SELECT DATE_FORMAT(finish_due_at, '%Y-%m-%dT%H:%i:%sZ') FROM public_ticket WHERE number = '${late}'`);
  assert.equal(new Date((await one(late)).expected_datetime).getTime(), new Date(due).getTime(), 'our own promise, when it is earlier');
});

// ---------------------------------------------------------------- reading

const KEYS = ['service_request_id', 'status', 'status_notes', 'service_name', 'service_code', 'description', 'agency_responsible', 'service_notice', 'requested_datetime', 'updated_datetime',
  'expected_datetime', 'address', 'address_id', 'zipcode', 'lat', 'long', 'media_url'];

test('open311 the list has every field, newest first, by state, matter, window and number, in pages', async () => {
  const ids = [await file(), await file({ service_code: 'no_water' }), await file({ service_code: 'low_pressure' })];
  const { value } = await both('requests?page_size=3');
  assert.deepEqual(value.map((row) => row.service_request_id), [...ids].reverse());
  for (const row of value) assert.deepEqual(Object.keys(row), KEYS);
  const codes = (await both('requests?service_code=no_water,low_pressure')).value;
  assert.ok(codes.length >= 2 && codes.every((row) => ['no_water', 'low_pressure'].includes(row.service_code)));
  assert.ok((await both('requests?status=open')).value.every((row) => row.status === 'open'));
  const closed = (await both('requests?status=closed')).value;
  assert.ok(closed.length > 0 && closed.every((row) => row.status === 'closed'));
  const all = (await both('requests?status=open,closed')).value;
  assert.equal((await both('requests')).value.length, all.length);
  const page = [...(await both('requests?page_size=2&page=1')).value, ...(await both('requests?page_size=2&page=2')).value];
  assert.deepEqual(page, all.slice(0, 4));
  const listed = (await both(`requests?service_request_id=${ids[0]},%20${ids[2]},SN260101-00000000&status=closed&start_date=x`)).value;
  assert.deepEqual(listed.map((row) => row.service_request_id), [ids[2], ids[0]], 'numbers override everything else');
  await both('requests?service_request_id=SN260101-00000000', 404);
  await both('requests?service_code=nothing', 404);
  for (const wrong of ['status=new', 'start_date=2026-11-23', 'start_date=2026-11-23T10:00:00', 'page=0', 'page_size=1001', 'page=x', 'service_code=,', 'end_date=yesterday']) await both(`requests?${wrong}`, 400);
});

test('open311 ninety days at most, and each moment with its zone', async () => {
  const iso = (ms) => encodeURIComponent(new Date(ms).toISOString());
  const day = 86400000;
  assert.ok(Array.isArray((await both(`requests?start_date=${iso(now() - 90 * day)}&end_date=${iso(now())}`)).value));
  await both(`requests?start_date=${iso(now() - 91 * day)}&end_date=${iso(now())}`, 400);
  await both(`requests?start_date=${iso(now())}&end_date=${iso(now() - day)}`, 400);
  const id = await file();
  const { requested_datetime: at } = await one(id);
  assert.match(at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
  const here = encodeURIComponent(at);
  assert.ok((await both(`requests?start_date=${here}&end_date=${here}`)).value.some((row) => row.service_request_id === id), 'both ends belong to it');
  const later = encodeURIComponent(new Date(new Date(at).getTime() + 5000).toISOString().replace(/\.\d+/, ''));
  assert.ok(!(await both(`requests?start_date=${later}`)).value.some((row) => row.service_request_id === id));
});

test('open311 nothing personal in any answer, with a key or without', async () => {
  const id = await file({ 'attribute[account]': ACCOUNT, email: 'zhou@mail.example', description: `${NAME} 的私事 ${PHONE}` });
  for (const where of [`requests/${id}`, 'requests', 'servicerequestupdates']) {
    for (const key of ['', `api_key=${keys.filer}`]) {
      for (const format of ['xml', 'json']) {
        const { text } = await ask(`${where}.${format}?extensions=true&${key}`);
        for (const secret of [PHONE, '0311', '周接口', '接口', DOOR, '1902', ACCOUNT, 'zhou@', '私事', '李娜', '王磊', keys.filer]) {
          assert.ok(!text.replace(/SN\d{6}-\d{8}|\d{4}-\d\d-\d\dT[0-9:+]*/g, '').includes(secret), `${where} ${secret}`);
        }
      }
    }
  }
  const log = fs.readdirSync(path.join(folder, 'log')).map((name) => path.join('log', name));
  assert.ok(log.length > 0);
  for (const name of log) {
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    for (const secret of [...Object.values(keys), PHONE]) assert.ok(!text.includes(secret), `${name} has a key or a phone`);
  }
});

test('open311 a question is shown to the key that filed it, and to nobody else', async () => {
  const id = await file({ service_code: 'consultation', phone: '' });
  await both(`requests/${id}`, 404);
  await both(`requests/${id}?api_key=${keys.other}`, 404);
  assert.equal((await one(id, `api_key=${keys.filer}`)).service_code, 'consultation');
  assert.ok((await both(`requests?api_key=${keys.filer}&service_code=consultation`)).value.some((row) => row.service_request_id === id));
  assert.ok(!(await both('requests?service_code=consultation')).value.some((row) => row.service_request_id === id));
  await both(`requests/${id}?api_key=${keys.mute}`, 403);
  await both('requests?api_key=sn_nothing', 403);
});

async function act(who, id, action, fields = {}) {
  const page = (await who.get(`/staff/ticket/${id}`)).text;
  const answer = await who.submit(`/staff/ticket/${id}`, `/staff/ticket/${id}/${action}`, fields);
  assert.equal(answer.status, 303, `${action}: ${wordsOf(answer.text).slice(0, 500)} ${page.length}`);
}

test('Art. 5: what the discipline office gets is gone from lists, numbers, updates and tokens: 404, never 403', async () => {
  const answer = await post('requests.json', good());
  const id = JSON.parse(answer.text)[0].service_request_id, token = answer.header('open311-token');
  await one(id);
  await sql(`UPDATE public_ticket SET state = 11 WHERE number = '${id}'`);
  try {
    for (const key of ['', `api_key=${keys.filer}`]) {
      await both(`requests/${id}?${key}`, 404);
      await both(`requests?service_request_id=${id}&${key}`, 404);
      assert.ok(!(await both(`requests?${key}`)).value.some((row) => row.service_request_id === id));
      assert.ok(!(await both(`servicerequestupdates?${key}`)).value.some((row) => row.service_request_id === id));
    }
    await both(`tokens/${token}`, 404);
    const added = await post('servicerequestupdates.json', { api_key: keys.filer, service_request_id: id, update_id: '1', status: 'OPEN', description: 'x', updated_datetime: new Date(now()).toISOString() });
    assert.equal(added.status, 404, added.text);
  } finally {
    await sql(`UPDATE public_ticket SET state = 1 WHERE number = '${id}'`);
  }
});

// ---------------------------------------------------------------- updates

test('open311 what is done is told as updates, each once, by when it became known', async () => {
  const id = await file({ service_code: 'no_water' });
  const from = new Date(now() - 1000).toISOString();
  const wanglei = await staff('wanglei');
  await act(wanglei, id, 'dispatch', { unit: '2', words: '请到现场' });
  const window = `start_date=${encodeURIComponent(from)}&end_date=${encodeURIComponent(new Date(now() + 60000).toISOString())}`;
  const mine = async () => (await both(`servicerequestupdates?${window}`)).value.filter((row) => row.service_request_id === id);
  const [update, ...more] = await mine();
  assert.deepEqual(more, []);
  assert.deepEqual(Object.keys(update), ['update_id', 'service_request_id', 'status', 'updated_datetime', 'description', 'media_url']);
  assert.deepEqual([update.update_id, update.status], [`${id}-2`, 'investigating']);
  assert.ok(update.description.length > 3 && !update.description.includes('请到现场'), 'words between staff are not told');
  assert.deepEqual(await mine(), [update], 'asked again it is the same');
  const noted = await one(id, 'extensions=true');
  assert.deepEqual(noted.notes.map((note) => note.type), ['investigating']);
  assert.equal(noted.status_notes, update.description);
  assert.deepEqual((await both('servicerequestupdates?start_date=2020-01-01T00:00:00Z&end_date=2020-01-02T00:00:00Z')).value, []);
  await both('servicerequestupdates?start_date=2020-01-01T00:00:00Z&end_date=2021-01-02T00:00:00Z', 400);
});

const update = (id, more = {}) => ({ api_key: keys.filer, service_request_id: id, update_id: String(++times), status: 'OPEN', updated_datetime: new Date(now()).toISOString(), description: `补充 ${times}`,
  first_name: '接口', last_name: '周', ...more });

test('open311 the key that filed a report adds to it, once per update; others may not', async () => {
  const id = await file();
  const sent = update(id);
  const answer = await post('servicerequestupdates.xml', sent);
  assert.equal(answer.status, 200, answer.text);
  const [{ update_id: ours }] = plain(parseXml(answer.text));
  assert.match(ours, /^[0-9a-f]{32}$/);
  assert.equal(JSON.parse((await post('servicerequestupdates.json', sent)).text)[0].update_id, ours, 'sent again it is the same');
  assert.deepEqual(await sql(`SELECT COUNT(*), MIN(i.action) FROM resident_input i JOIN ticket t ON t.id = i.ticket_id WHERE t.number = '${id}'`), [['1', '37']]);
  const cases = [[{ api_key: keys.other }, 403], [{ api_key: keys.reader }, 403], [{ api_key: '' }, 403], [{ service_request_id: '' }, 400], [{ service_request_id: 'SN261123-04172656' }, 404],
    [{ update_id: '' }, 400], [{ description: '' }, 400], [{ description: '水'.repeat(2001) }, 400], [{ updated_datetime: 'now' }, 400]];
  for (const [more, status] of cases) {
    const refused = await post('servicerequestupdates.json', update(id, more));
    assert.equal(refused.status, status, `${JSON.stringify(more).slice(0, 80)} ${refused.text}`);
    errorsOf(refused);
  }
  assert.equal((await post('servicerequestupdates.json', update(id, { status: 'CANCELLED', description: '' }))).status, 200);
  assert.deepEqual(await sql(`SELECT COUNT(*) FROM resident_input i JOIN ticket t ON t.id = i.ticket_id WHERE t.number = '${id}' AND i.action = 33`), [['1']]);
});

// ---------------------------------------------------------------- keys and rates

test('open311 a key that is out of use is nobody\'s, the day of its last use is kept, and the secret is stored nowhere', async () => {
  const { out } = await shuinuo(['api-key', 'add', '测试stopped', 'file', '1000']);
  const key = out.trim();
  await file({ api_key: key });
  const [[id, used, hash]] = await sql("SELECT id, last_used_on IS NOT NULL, HEX(key_hash) FROM api_key WHERE name = '测试stopped'");
  assert.equal(used, '1');
  assert.ok(!hash.toLowerCase().includes(key.slice(3)));
  assert.equal((await shuinuo(['api-key', 'disable', id])).code, 0);
  const refused = await post('requests.json', good({ api_key: key }));
  assert.equal(refused.status, 403);
  const list = (await shuinuo(['api-key', 'list'])).out;
  assert.match(list, /测试stopped.*out of use/);
  assert.ok(!list.includes(key));
  for (const words of [['add', '测试stopped', 'file'], ['add', 'x', 'king'], ['add', '', 'file'], ['add', 'x', 'file', '0'], ['disable', '999999'], ['nothing']]) assert.equal((await shuinuo(['api-key', ...words])).code, 1, words.join(' '));
  assert.deepEqual(await sql("SELECT COUNT(*) FROM audit WHERE what LIKE 'api\\_key\\_%' AND detail = '测试stopped'"), [['2']]);
  assert.deepEqual(await sql(`SELECT COUNT(*) FROM audit WHERE detail LIKE '%${key}%'`), [['0']]);
});

test('open311 an administrator makes a key, which is shown once, takes it out of use and into use again; others have no such page', async () => {
  const admin = await staff('admin');
  const PAGE = '/staff/admin/keys';
  const made = await admin.submit(PAGE, PAGE, { name: '测试网页', may_file: '1', source: '6', per_minute: '50' });
  assert.equal(made.status, 200);
  const [key] = /sn_[0-9a-f]{32}/.exec(made.text);
  assert.deepEqual(await sql("SELECT may_file, may_read, source, per_minute, is_active FROM api_key WHERE name = '测试网页'"), [['1', '1', '6', '50', '1']]);
  assert.ok(!(await admin.get(PAGE)).text.includes(key), 'shown once');
  await file({ api_key: key });
  const [[id]] = await sql("SELECT id FROM api_key WHERE name = '测试网页'");
  assert.equal((await admin.submit(PAGE, `${PAGE}/${id}/disable`)).status, 303);
  assert.equal((await post('requests.json', good({ api_key: key }))).status, 403);
  assert.match(wordsOf((await admin.get(PAGE)).text), /测试网页[^]*已停用/);
  assert.equal((await admin.submit(PAGE, `${PAGE}/${id}/enable`)).status, 303);
  await file({ api_key: key });
  assert.match(wordsOf((await admin.get('/staff/admin/audit')).text), /停用接口密钥[^]*生成接口密钥/);
  for (const [fields, words] of [[{ name: '' }, /给谁用/], [{ name: '测试网页' }, /已经有密钥/], [{ name: '新的', per_minute: '0' }, /1 到 10000/], [{ name: '新的', source: '2' }, /选/]]) {
    const refused = await admin.submit(PAGE, PAGE, fields);
    assert.equal(refused.status, 422);
    assert.match(wordsOf(refused.text), words);
  }
  const form = formOf((await admin.get(PAGE)).text, PAGE);
  const once = await admin.post(PAGE, { ...form, name: '测试两次' }), twice = await admin.post(PAGE, { ...form, name: '测试两次' });
  assert.match(once.text, /sn_[0-9a-f]{32}/);
  assert.ok(twice.status === 422 && !/sn_[0-9a-f]{32}/.test(twice.text), 'a form sent twice makes one key');
  assert.deepEqual(await sql("SELECT COUNT(*) FROM api_key WHERE name IN ('测试两次', '新的')"), [['1']]);
  for (const login of ['wanglei', 'zhangmin', 'xuguang']) assert.equal((await (await staff(login)).get(PAGE)).status, 403, login);
  assert.equal((await admin.submit(PAGE, `${PAGE}/${id}/disable`)).status, 303);
});

test('open311 more than a key may do in a minute waits, with words and Retry-After', async () => {
  const { out } = await shuinuo(['api-key', 'add', '测试slow', 'read', '3']);
  const statuses = [];
  let last;
  for (let i = 0; i < 5; i++) statuses.push((last = await ask(`requests.json?page_size=1&api_key=${out.trim()}`)).status);
  assert.deepEqual(statuses, [200, 200, 200, 429, 429]);
  assert.equal(last.header('retry-after'), '60');
  assert.match(errorsOf(last)[0].description, /一分钟/);
});
