/*
 * Photos over HTTP: taken with a report and with later words, refused with a sentence, seen by those who may and nobody else,
 * added by staff before and after the work.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { execFileSync } = require('node:child_process');
const { Visitor, staff, sql, formOf, wordsOf, errorOf, multipart } = require('./staff_client.js');
const fastcgi = require('./fastcgi.js');

const top = process.env.SHUINUO_TOP;
const folder = process.env.SHUINUO_VAR;
const SECRET = 'GPS-31.2304N';
const words = (language) => Object.fromEntries(fs.readFileSync(path.join(top, 'templates/text', `${language}.photo.hdf`), 'utf8')
  .split('\n').map((line) => /^([a-z0-9_.]+) = (.*)$/.exec(line)).filter(Boolean).map(([, key, text]) => [key, text]));
const zh = words('zh-CN');
const en = words('en');
const picture = (...wish) => execFileSync(path.join(process.env.SHUINUO_BUILD, 'tests/web/pictures_app'), wish.map(String), { maxBuffer: 64 << 20 });
const pathOf = (answer) => answer.header('location');
const imagesOf = (html) => [...html.matchAll(/<img src="([^"]+)"/g)].map(([, where]) => where.replace(/&amp;/g, '&'));

async function begin(visitor, language = 'zh') {
  const start = await visitor.get(`/complaint/new?lang=${language}`);
  const { token } = formOf(start.text, '/complaint/matter');
  const answer = await visitor.post('/complaint/matter', { token, group: 'leak' });
  assert.equal(answer.status, 303);
  const place = pathOf(answer);
  return { token, place, query: place.split('?')[1], fields: { token, group: 'leak', category: 'leak_public', place: '阳光小区3号楼' } };
}

/** Goes on from the step of the place to the receipt. */
async function finish(visitor, draft) {
  const contacted = await visitor.post(`/complaint/contact?${draft.query}`, { token: draft.token, phone: '13906359876', name: '王女士' });
  assert.equal(contacted.status, 303, wordsOf(contacted.text));
  const check = await visitor.get(pathOf(contacted));
  const filed = await visitor.post(`/complaint/file?${draft.query}`, { token: draft.token });
  assert.equal(filed.status, 303, wordsOf(filed.text));
  const receipt = await visitor.get(pathOf(filed));
  const number = /\/complaint\/progress\/(SN\d{6}-\d{8})/.exec(receipt.text)[1];
  const code = /class="number">(\d{4} \d{4})</.exec(receipt.text)[1];
  return { number, code, check };
}

async function fileWith(visitor, photos) {
  const draft = await begin(visitor);
  const placed = await visitor.post(draft.place, multipart(draft.fields, photos));
  assert.equal(placed.status, 303, wordsOf(placed.text));
  return { ...draft, ...await finish(visitor, draft) };
}

async function followBy(visitor, number, code) {
  const page = await visitor.get('/complaint/follow');
  return visitor.post('/complaint/follow', { token: formOf(page.text, '/complaint/follow').token, number, code });
}

const photosOf = (number) => sql(`SELECT p.no, p.stage, p.is_public, p.added_by, LENGTH(b.body) FROM photo p JOIN photo_body b ON b.id = p.photo_id JOIN public_ticket q ON q.ticket_id = p.ticket_id WHERE q.number = '${number}' ORDER BY p.no`).then((rows) => rows.map((row) => row.map(Number)));

function assertCleanPhoto(answer, what) {
  assert.equal(answer.status, 200, what);
  assert.equal(answer.header('content-type'), 'image/jpeg');
  assert.equal(answer.header('x-content-type-options'), 'nosniff');
  assert.equal(answer.header('cache-control'), 'private, no-cache');
  assert.equal(answer.header('content-disposition'), 'inline; filename="photo.jpg"');
  assert.match(answer.header('content-security-policy'), /default-src 'none'.*sandbox/);
  assert.deepEqual([...answer.raw.subarray(0, 3)], [0xff, 0xd8, 0xff]);
  assert.ok(!answer.raw.includes(SECRET) && !answer.raw.includes('Exif'), 'nothing of its metadata is left');
}

// ---------------------------------------------------------------- with a report

test('a report takes photos, shows them before it is sent, and keeps them for its resident', async () => {
  const visitor = new Visitor();
  const { number, check, place } = await fileWith(visitor, { photo1: picture('jpeg'), photo2: { bytes: picture('png', 2), name: 'a.png', type: 'image/png' } });
  assert.equal(imagesOf(check.text).length, 2);
  assert.ok(!check.text.includes('name="drop1"'), 'they are taken away where they were chosen');
  assert.deepEqual((await photosOf(number)).map(([no, stage, isPublic, by]) => [no, stage, isPublic, by]), [[1, 1, 1, 0], [2, 1, 1, 0]]);
  const progress = await visitor.get(`/complaint/progress/${number}`);
  const images = imagesOf(progress.text);
  assert.deepEqual(images, [1, 2].map((no) => `/complaint/progress/${number}/photo/${no}`));
  for (const image of images) assertCleanPhoto(await visitor.get(image), image);
  assert.ok(wordsOf(progress.text).includes(zh['photo.stage.own']));
  assert.match(progress.text, /<img [^>]*width="240" height="320"/, 'it stands upright');
  const first = await visitor.get(images[0]);
  assert.equal((await visitor.get(images[0], { 'If-None-Match': first.header('etag') })).status, 304);
  for (const gone of imagesOf((await visitor.get(place)).text)) assert.equal((await visitor.get(gone)).status, 404);
});

test('each photo that cannot be taken has its sentence, in both languages; everything else stays', async () => {
  const pdf = Buffer.from('%PDF-1.7 and more of it');
  const cases = [['broken', picture('broken')], ['broken', picture('cut')], ['heic', picture('heic')], ['kind', pdf],
    ['pixels', picture('bomb')], ['kind', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['broken', { bytes: Buffer.alloc(0), name: 'empty.jpg' }],
    ['big', Buffer.concat([picture('jpeg'), Buffer.alloc(10 * 1024 * 1024)])]];
  for (const [language, said] of [['zh', zh], ['en', en]]) {
    const visitor = new Visitor();
    const draft = await begin(visitor, language);
    for (const [kind, photo] of cases) {
      const answer = await visitor.post(draft.place, multipart({ ...draft.fields, words: '一直在喷水', address: '3-201' }, { photo1: photo }));
      assert.equal(answer.status, 422, kind);
      assert.equal(errorOf(answer.text, 'photo1'), said[`error.photo_${kind}`], kind);
      const kept = formOf(answer.text, draft.place.replace('/complaint', ''));
      assert.equal(kept.words, '一直在喷水');
      assert.equal(kept.address, '3-201');
      assert.equal(kept.category, 'leak_public');
    }
    assert.equal(imagesOf((await visitor.get(draft.place)).text).length, 0);
  }
});

test('a good photo stays when something else is wrong, and can be taken away', async () => {
  const visitor = new Visitor();
  const draft = await begin(visitor);
  const wrong = await visitor.post(draft.place, multipart({ ...draft.fields, place: '', words: '水很大' }, { photo1: picture('jpeg', 1), photo2: picture('broken'), photo3: picture('jpeg', 3) }));
  assert.equal(wrong.status, 422);
  assert.equal(errorOf(wrong.text, 'photo2'), zh['error.photo_broken']);
  const staged = imagesOf(wrong.text);
  assert.equal(staged.length, 2);
  for (const image of staged) assertCleanPhoto(await visitor.get(image), image);
  const dropped = await visitor.post(draft.place, multipart({ ...draft.fields, drop1: '1' }, { photo1: picture('webp', 4) }));
  assert.equal(dropped.status, 303);
  assert.equal((await visitor.get(draft.place)).text.match(/name="drop\d"/g).length, 2);
  const { number } = await finish(visitor, draft);
  assert.equal((await photosOf(number)).length, 2);
});

test('a fourth photo is refused, from this tab or another', async () => {
  const visitor = new Visitor();
  const draft = await begin(visitor);
  const full = await visitor.post(draft.place, multipart(draft.fields, { photo1: picture('jpeg', 1), photo2: picture('jpeg', 2), photo3: picture('jpeg', 3) }));
  assert.equal(full.status, 303);
  const fourth = await visitor.post(draft.place, multipart(draft.fields, { photo1: picture('jpeg', 4) }));
  assert.equal(fourth.status, 422);
  assert.equal(errorOf(fourth.text, 'photo1'), zh['error.photo_count']);
  const tabs = await Promise.all([5, 6, 7].map((seed) => visitor.post(draft.place, multipart({ ...draft.fields, drop3: '1' }, { photo1: picture('jpeg', seed) }))));
  assert.ok(tabs.every(({ status }) => status === 303 || status === 422));
  assert.equal(imagesOf((await visitor.get(draft.place)).text).length, 3);
});

test('a form sent twice, and Back after the receipt, file each photo once', async () => {
  const visitor = new Visitor();
  const draft = await begin(visitor);
  const form = () => multipart(draft.fields, { photo1: picture('jpeg', 8), photo2: picture('jpeg', 9) });
  const twice = await Promise.all([visitor.post(draft.place, form()), visitor.post(draft.place, form())]);
  for (const answer of twice) assert.equal(answer.status, 303, wordsOf(answer.text));
  const { number } = await finish(visitor, draft);
  assert.equal((await photosOf(number)).length, 2);
  const back = await visitor.post(draft.place, form());
  assert.equal(pathOf(back), `/complaint/receipt?${draft.query}`);
  assert.equal((await photosOf(number)).length, 2);
});

// ---------------------------------------------------------------- what nobody's browser sends

test('twenty files, names with paths in them and a script for a name change nothing', async () => {
  const visitor = new Visitor();
  const draft = await begin(visitor);
  const many = new FormData();
  for (const [name, value] of Object.entries(draft.fields)) many.set(name, value);
  for (let i = 0; i < 20; i++) many.append('photo1', new Blob([picture('jpeg')]), `${i}.jpg`);
  assert.equal((await visitor.post(draft.place, many)).status, 400);
  const unknown = await visitor.post(draft.place, multipart(draft.fields, { photo4: picture('jpeg') }));
  assert.equal(unknown.status, 400);
  for (const name of ['../../../../etc/passwd', '..\\..\\boot.ini', '/etc/shadow.jpg', '<script>alert(1)</script>.php', 'a"; rm -rf /.jpg', '照片 1.jpg']) {
    const answer = await visitor.post(draft.place, multipart({ ...draft.fields, place: '' }, { photo1: { bytes: picture('jpeg', 1), name } }));
    assert.equal(answer.status, 422, name);
    assert.ok(!answer.text.includes('passwd') && !answer.text.includes('<script>alert'), 'names are not shown');
    assert.equal(imagesOf(answer.text).length, 1, 'the same photo under another name is the same photo');
  }
  assert.equal((await visitor.post(draft.place, multipart(draft.fields, { words: picture('jpeg') }))).status, 400, 'a file where words belong');
  assert.equal((await visitor.post(draft.place, { ...draft.fields, photo1: 'words where a file belongs' })).status, 400);
});

test('a body over 32 MiB is refused at once, by the web server and by the program', async () => {
  const visitor = new Visitor();
  const draft = await begin(visitor);
  const large = await visitor.post(draft.place, multipart(draft.fields, { photo1: Buffer.alloc(11 << 20), photo2: Buffer.alloc(11 << 20), photo3: Buffer.alloc(11 << 20) }));
  assert.equal(large.status, 413);
  const socket = path.join(folder, 'sock/complaint.sock');
  const claimed = await fastcgi.request(socket, draft.place, { method: 'POST', body: 'x', headers: { 'Content-Type': 'multipart/form-data; boundary=x' }, params: { CONTENT_LENGTH: String(1 << 30) } });
  assert.equal(claimed.status, 413);
  const other = await visitor.post('/complaint/matter', multipart({ token: draft.token, group: 'leak' }, { photo1: Buffer.alloc(2 << 20) }));
  assert.equal(other.status, 413, 'other forms take as little as ever');
});

test('staged photos of one visitor are not there for another', async () => {
  const visitor = new Visitor();
  const draft = await begin(visitor);
  await visitor.post(draft.place, multipart({ ...draft.fields, place: '' }, { photo1: picture('jpeg') }));
  const mine = `/complaint/photo/1?${draft.query}`;
  assertCleanPhoto(await visitor.get(mine), 'its own visitor');
  const stranger = new Visitor();
  await begin(stranger);
  for (const who of [stranger, new Visitor()]) assert.equal((await who.get(mine)).status, 404);
  for (const where of ['/complaint/photo/2', '/complaint/photo/0', '/complaint/photo/01', '/complaint/photo/-1', '/complaint/photo/1%00', '/complaint/photo/x']) {
    const answer = await visitor.get(`${where}?${draft.query}`);
    assert.ok([400, 404].includes(answer.status), `${where}: ${answer.status}`);
  }
  assert.equal((await visitor.get('/complaint/photo/1')).status, 404);
});

test("a ticket's photos are seen with its code and not without", async () => {
  const owner = new Visitor();
  const { number, code } = await fileWith(owner, { photo1: picture('jpeg') });
  const other = await fileWith(new Visitor(), { photo1: picture('jpeg', 5) });
  const where = `/complaint/progress/${number}/photo/1`;
  const stranger = new Visitor();
  assert.equal((await stranger.get(where)).status, 404);
  await followBy(stranger, other.number, other.code);
  assert.equal((await stranger.get(where)).status, 404, 'the right to another ticket is none to this one');
  await followBy(stranger, number, code);
  assertCleanPhoto(await stranger.get(where), 'number and code');
  for (const no of [0, 2, 9999, 99999999999]) assert.equal((await stranger.get(`/complaint/progress/${number}/photo/${no}`)).status, 404);
});

// ---------------------------------------------------------------- later words

test('photos are added to a report later, with words or without, once however often they are sent', async () => {
  const visitor = new Visitor();
  const { number } = await fileWith(visitor, { photo1: picture('jpeg', 1) });
  const where = `/complaint/progress/${number}/tell`;
  const page = await visitor.get(where);
  const fields = { token: formOf(page.text, where).token, version: '1', action: 'add_words' };
  const nothing = await visitor.post(where, multipart({ ...fields, words: '' }));
  assert.equal(nothing.status, 422);
  const refused = await visitor.post(where, multipart({ ...fields, words: '字'.repeat(501) }, { photo1: picture('jpeg', 2) }));
  assert.equal(refused.status, 422);
  const staged = imagesOf(refused.text);
  assert.equal(staged.length, 1);
  assertCleanPhoto(await visitor.get(staged[0]), 'staged with words that were too long');
  assert.equal((await new Visitor().get(staged[0])).status, 404);
  const sent = await visitor.post(where, multipart({ ...fields, words: '水更大了' }));
  assert.equal(sent.status, 303, wordsOf(sent.text));
  const form = () => multipart({ ...fields, words: '' }, { photo1: picture('jpeg', 3) });
  for (const answer of await Promise.all([1, 2, 3].map(() => visitor.post(where, form())))) assert.equal(answer.status, 303, wordsOf(answer.text));
  assert.equal((await visitor.post(where, form())).status, 303);
  assert.deepEqual((await photosOf(number)).map(([no]) => no), [1, 2, 3]);
  const told = await sql(`SELECT i.words FROM resident_input i JOIN public_ticket q ON q.ticket_id = i.ticket_id WHERE q.number = '${number}' ORDER BY i.id`);
  assert.deepEqual(told.map(([line]) => line), ['水更大了\\n附照片 1 张', '附照片 1 张']);
  assert.equal(imagesOf((await visitor.get(where)).text).length, 0, 'nothing is left staged');
  assert.equal(imagesOf((await visitor.get(`/complaint/progress/${number}`)).text).length, 3);
});

// ---------------------------------------------------------------- staff

async function act(member, number, action, fields) {
  const shown = await member.get(`/staff/ticket/${number}`);
  const form = formOf(shown.text, `/${number}/${action}`);
  assert.ok(form, `${member.login} may ${action}`);
  return member.post(`/staff/ticket/${number}/${action}`, { ...form, ...fields });
}

async function attach(member, number, fields, photos) {
  const where = `/staff/ticket/${number}/photos`;
  const form = formOf((await member.get(where)).text, where);
  assert.ok(form, `${member.login} may add photos`);
  const { photo1, photo2, photo3, public: shown, ...rest } = form;
  return member.post(where, multipart({ ...rest, ...fields }, photos));
}

test('Art. 10: a repair is finished with a photo from after the work, which the resident sees beside the one from before', async () => {
  const resident = new Visitor();
  const { number } = await fileWith(resident, { photo1: picture('jpeg') });
  const ops = await staff('wanglei');
  const liaison = await staff('lina');
  const crew = await staff('sunqiang');
  assert.equal((await act(ops, number, 'dispatch', { unit: '3' })).status, 303);
  assert.equal((await act(liaison, number, 'accept')).status, 303);
  assert.equal((await act(crew, number, 'arrive', { diameter_mm: '200' })).status, 303);
  assert.equal((await act(crew, number, 'repair', { cause: '1', words: '更换接口' })).status, 303);
  const without = await act(crew, number, 'finish', { outcome: '1', words: '已修好' });
  assert.equal(without.status, 422);
  const before = await attach(crew, number, { stage: 'before', public: '1' }, { photo1: picture('jpeg', 20) });
  assert.equal(pathOf(before), `/staff/ticket/${number}?done=1`, wordsOf(before.text));
  assert.equal((await act(crew, number, 'finish', { outcome: '1', words: '已修好' })).status, 422, 'one from before the work is no evidence of it');
  const after = await attach(crew, number, { stage: 'after', public: '1' }, { photo1: picture('jpeg', 21), photo2: picture('png', 22) });
  assert.equal(after.status, 303, wordsOf(after.text));
  assert.equal((await attach(crew, number, { stage: 'during' }, { photo1: picture('jpeg', 23) })).status, 303);
  assert.equal((await act(crew, number, 'finish', { outcome: '1', words: '已修好' })).status, 303);
  const desk = await ops.get(`/staff/ticket/${number}`);
  assert.equal(imagesOf(desk.text).length, 5);
  for (const image of imagesOf(desk.text)) assertCleanPhoto(await ops.get(image), image);
  const progress = await resident.get(`/complaint/progress/${number}`);
  assert.equal(imagesOf(progress.text).length, 4, 'the internal one is not shown');
  for (const said of ['photo.stage.own', 'photo.stage.before', 'photo.stage.after']) assert.ok(wordsOf(progress.text).includes(zh[said]));
  assert.equal((await resident.get(`/complaint/progress/${number}/photo/5`)).status, 404);
  const photos = await ops.get(`/staff/ticket/${number}/photos`);
  const hide = formOf(photos.text, `/${number}/photo/3`);
  assert.equal((await ops.post(`/staff/ticket/${number}/photo/3`, hide)).status, 303);
  assert.equal(imagesOf((await resident.get(`/complaint/progress/${number}`)).text).length, 3);
  assert.equal((await resident.get(`/complaint/progress/${number}/photo/3`)).status, 404);
  const audited = await sql(`SELECT what, detail FROM audit a JOIN public_ticket q ON q.ticket_id = a.subject_id AND a.subject_kind = 1 WHERE q.number = '${number}' AND what LIKE 'photo%' ORDER BY a.id`);
  assert.deepEqual(audited.map(([what]) => what), ['photo_add', 'photo_add', 'photo_add', 'photo_add', 'photo_hide']);
});

test('Art. 27: a merged report shows staff its parent\'s photos from after the work, and its own resident none of them', async () => {
  const resident = new Visitor();
  const { number: parent } = await fileWith(new Visitor(), { photo1: picture('jpeg', 50) });
  const { number: child } = await fileWith(resident, {});
  const ops = await staff('wanglei'), crew = await staff('sunqiang');
  assert.equal((await act(ops, parent, 'dispatch', { unit: '3' })).status, 303);
  for (const [stage, seed] of [['before', 51], ['after', 52]])
    assert.equal((await attach(crew, parent, { stage, public: '1' }, { photo1: picture('jpeg', seed) })).status, 303);
  assert.equal(imagesOf((await ops.get(`/staff/ticket/${child}`)).text).length, 0);
  const check = await ops.submit(`/staff/ticket/${child}/merge`, `/staff/ticket/${child}/merge`, { parent: 'other', other: parent });
  assert.equal((await ops.post(`/staff/ticket/${child}/merge`, formOf(check.text, '/merge'))).status, 303);
  const desk = await ops.get(`/staff/ticket/${child}`);
  assert.deepEqual(imagesOf(desk.text), [`/staff/ticket/${parent}/photo/3`]);
  assert.ok(wordsOf(desk.text).includes(zh['photo.parent']));
  assertCleanPhoto(await ops.get(imagesOf(desk.text)[0]), 'of the parent');
  assert.equal(imagesOf((await resident.get(`/complaint/progress/${child}`)).text).length, 0);
});

test('staff are told what is wrong with a photo, and what was good is kept', async () => {
  const { number } = await fileWith(new Visitor(), {});
  const ops = await staff('wanglei');
  const where = `/staff/ticket/${number}/photos`;
  const half = await attach(ops, number, { stage: 'before' }, { photo1: picture('heic'), photo2: picture('jpeg', 30) });
  assert.equal(half.status, 422);
  assert.equal(errorOf(half.text, 'photo1'), zh['error.photo_heic']);
  assert.equal(imagesOf(half.text).length, 1);
  const empty = await attach(ops, number, { stage: 'before' }, {});
  assert.equal(errorOf(empty.text, 'photo1'), zh['error.photo_none']);
  const none = await attach(ops, number, { stage: 'yesterday' }, { photo1: picture('jpeg', 31) });
  assert.equal(errorOf(none.text, 'stage'), zh['error.photo_stage']);
  assert.equal((await photosOf(number)).length, 1);
  assert.equal((await attach(ops, number, { stage: 'before' }, { photo1: picture('jpeg', 30) })).status, 303);
  assert.equal((await photosOf(number)).length, 1, 'the same one again is the same one');
  assert.equal((await ops.get(where)).status, 200);
});

test('who may not write on a ticket may not add photos to it; who is not signed in sees none', async () => {
  const resident = new Visitor();
  const { number } = await fileWith(resident, { photo1: picture('jpeg') });
  const where = `/staff/ticket/${number}/photos`;
  const crew = await staff('sunqiang'); /* not dispatched to that unit */
  const shown = await crew.get(where);
  assert.equal(shown.status, 200);
  assert.equal(formOf(shown.text, where), null, 'there is no form');
  const { token } = formOf(shown.text, '/staff/signout');
  assert.equal((await crew.post(where, multipart({ token, stage: 'after', public: '1' }, { photo1: picture('jpeg', 40) }))).status, 403);
  assert.equal((await crew.post(`/staff/ticket/${number}/photo/1`, { token, public: '1' })).status, 403);
  const ops = await staff('wanglei');
  const fresh = formOf((await ops.get(where)).text, where).token;
  assert.equal((await ops.post(`/staff/ticket/${number}/photo/1`, { token: fresh })).status, 404, "a resident's own photo is not hidden from the resident");
  for (const who of [new Visitor(), resident]) {
    const answer = await who.get(`/staff/ticket/${number}/photo/1`);
    assert.equal(answer.status, 303);
    assert.match(pathOf(answer), /^\/staff\/signin/);
  }
  const admin = await staff('admin');
  assert.equal((await admin.get(`/staff/ticket/${number}/photo/1`)).status, 403);
  assert.equal((await photosOf(number)).length, 1);
});

test('a ticket at the discipline office shows its photos to nobody', async () => {
  const resident = new Visitor();
  const { number } = await fileWith(resident, { photo1: picture('jpeg', 50) });
  const ops = await staff('wanglei');
  await sql(`UPDATE photo p JOIN public_ticket q ON q.ticket_id = p.ticket_id SET p.is_withheld = 1 WHERE q.number = '${number}'`);
  assert.equal((await resident.get(`/complaint/progress/${number}/photo/1`)).status, 404);
  assert.equal(imagesOf((await resident.get(`/complaint/progress/${number}`)).text).length, 0);
  assert.equal((await ops.get(`/staff/ticket/${number}/photo/1`)).status, 404);
  assert.equal(imagesOf((await ops.get(`/staff/ticket/${number}`)).text).length, 0);
});

test('names and what is in a photo stand in no log', async () => {
  const visitor = new Visitor();
  await fileWith(visitor, { photo1: { bytes: picture('jpeg', 60), name: '王女士家门口.jpg' } });
  for (const name of fs.readdirSync(path.join(folder, 'log'))) {
    const log = fs.readFileSync(path.join(folder, 'log', name), 'utf8');
    assert.ok(!log.includes('王女士家门口') && !log.includes(SECRET), name);
  }
});
