// The administration of the regulation over HTTP: matters, limits, ladder, canned answers, policies and texts; every route as
// everybody, what a change does to tickets before and after it, forms sent twice, and two people at once.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, staff, sql, now, wait, local, formOf, wordsOf, errorOf } = require('./staff_client.js');

// One of the town for each role; a unit's people are of pipeline management (unit 3).
const PEOPLE = { operator: 'zhangmin', crew: 'sunqiang', liaison: 'lina', unit_leader: 'zhaowei', ops: 'wanglei', group_leader: 'xuguang', discipline: 'heping', admin: 'admin' };
let who;
test.before(async () => { // once: the tests move the clock by minutes, which no session minds
  who = {};
  for (const [role, login] of Object.entries(PEOPLE)) who[role] = await staff(login);
});

const READERS = ['ops', 'group_leader', 'admin'];
const KEEPERS = ['ops', 'admin'];
const one = async (text) => (await sql(text))[0]?.[0];
const version = () => one("SELECT value FROM fact WHERE name = 'catalog_version'");
/** Ahead of the stack's time, as a form takes it. */
const inMinutes = (minutes) => local(now() + minutes * 60000);

/** Opens a form's page and sends it with these fields over what stands in it. */
async function send(visitor, page, fields, action = page) {
  const shown = await visitor.get(page);
  assert.equal(shown.status, 200, `${page} answers ${shown.status}`);
  return visitor.post(action, { ...formOf(shown.text, action), ...fields });
}
const preview = (visitor, page, fields) => send(visitor, page, { why: '测试', ...fields, step: 'preview' });
/** Presses the button of a preview. */
const saveOf = (shown, action) => ({ ...formOf(shown.text, action), step: 'save' });
async function change(visitor, page, fields) {
  const shown = await preview(visitor, page, fields);
  assert.equal(shown.status, 200, errorOf(shown.text, 'from') ?? wordsOf(shown.text));
  return visitor.post(page, saveOf(shown, page));
}
const tableOf = (html, caption) => [...new RegExp(`<caption[^>]*>${caption}</caption>([\\s\\S]*?)</table>`).exec(html)[1].matchAll(/<tr>((?:(?!<\/tr>)[\s\S])*<td[\s\S]*?)<\/tr>/g)].map(([, row]) => [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) => wordsOf(cell).trim()));

/** What a page has between its frame. */
const mainOf = (html) => /<main[\s\S]*<\/main>/.exec(html)[0];

let phones = 0;
/** Registers a report by phone; its ticket's id. */
async function register(category) {
  const id = await one(`SELECT id FROM category WHERE code = '${category}' AND effective_from <= UTC_TIMESTAMP(3) + INTERVAL ${Math.round((now() - Date.now()) / 1000)} SECOND AND (effective_to IS NULL OR effective_to > UTC_TIMESTAMP(3) + INTERVAL ${Math.round((now() - Date.now()) / 1000)} SECOND)`);
  const filed = await who.operator.submit('/staff/ticket/new', '/staff/ticket/new', { category: id, place: `规则路${++phones}号`, phone: `1391700${1000 + phones}`, words: '测试' });
  assert.equal(filed.status, 303, wordsOf(filed.text));
  const number = /SN[0-9-]+/.exec(filed.header('location'))[0];
  return one(`SELECT id FROM ticket WHERE number = '${number}'`);
}
const finishOf = async (ticket) => (await sql(`SELECT limit_seconds, TIMESTAMPDIFF(SECOND, started_at, due_at), rule_id, category_id FROM clock WHERE subject_kind = 1 AND subject_id = ${ticket} AND kind = 3 ORDER BY no DESC LIMIT 1`))[0].map(Number);
/** Until every program has looked for new rows, which each does within ten seconds; a change begins a minute after it at the earliest. */
const everyProgramKnows = () => new Promise((resolve) => { setTimeout(resolve, 10500); });

// ---------------------------------------------------------------- rights

/** Roles that get a page, beside 403 for everybody else. */
const PAGES = {
  '/staff/admin/rules': READERS,
  '/staff/admin/limits/any.accept': READERS,
  '/staff/admin/limits/leak_public.finish': READERS,
  '/staff/admin/limits/any.accept/change': KEEPERS,
  '/staff/admin/matters/faulty_meter': READERS,
  '/staff/admin/matters/new': KEEPERS,
  '/staff/admin/matters/new?model=faulty_meter': KEEPERS,
  '/staff/admin/matters/faulty_meter/change': KEEPERS,
  '/staff/admin/matters/faulty_meter/end': KEEPERS,
  '/staff/admin/ladder': READERS,
  '/staff/admin/ladder/finish': READERS,
  '/staff/admin/canned': [...KEEPERS, 'unit_leader'],
  '/staff/admin/canned/new': [...KEEPERS, 'unit_leader'],
  '/staff/admin/policies': READERS,
  '/staff/admin/texts': READERS,
  '/staff/admin/texts/procedure_leak': READERS,
  '/staff/admin/texts/new': KEEPERS,
};

/** Forms by address: who may send one; everybody else is refused whatever stands in it. */
const FORMS = {
  '/staff/admin/limits/any.accept/change': KEEPERS,
  '/staff/admin/limits/any.accept/withdraw': KEEPERS,
  '/staff/admin/matters/new': KEEPERS,
  '/staff/admin/matters/faulty_meter/change': KEEPERS,
  '/staff/admin/matters/faulty_meter/end': KEEPERS,
  '/staff/admin/matters/faulty_meter/withdraw': KEEPERS,
  '/staff/admin/matters/faulty_meter/routes': KEEPERS,
  '/staff/admin/ladder/finish': KEEPERS,
  '/staff/admin/canned/new': [...KEEPERS, 'unit_leader'],
  '/staff/admin/policies/repeat_days': KEEPERS,
  '/staff/admin/texts/procedure_leak': KEEPERS,
};

test('every route about rules stands in the tables of this test', () => {
  const source = fs.readFileSync(path.join(__dirname, '../../cgi-bin/admin/main.c'), 'utf8');
  const covers = (table, pattern) => Object.keys(table).some((where) => new RegExp(`^${pattern.replace(/\*/g, '[^/]+')}$`).test(where.split('?')[0]));
  for (const [, method, pattern] of source.matchAll(/METHOD_(GET|POST), "(\/staff\/admin\/(?:rules|limits|matters|ladder|canned|policies|texts)[^"]*)"/g)) {
    assert.ok(covers(method === 'GET' ? PAGES : FORMS, pattern), `${method} ${pattern}`);
  }
});

test('art36 each page about rules opens for its roles and for nobody else', async () => {
  for (const [where, roles] of Object.entries(PAGES)) {
    for (const [role, visitor] of Object.entries(who)) assert.equal((await visitor.get(where)).status, roles.includes(role) ? 200 : 403, `${where} as ${role}`);
    assert.equal((await new Visitor().get(where)).status, 303, where);
  }
});


test('a form about rules that is sent by another role, or without its token, changes nothing', async () => {
  const before = [await version(), await one('SELECT COUNT(*) FROM audit WHERE form_key IS NOT NULL'), await one('SELECT COUNT(*) FROM canned_answer')];
  for (const [where, roles] of Object.entries(FORMS)) {
    for (const [role, visitor] of Object.entries(who)) {
      const { token } = formOf((await visitor.get('/staff/signin')).text, '/staff/signout') ?? {};
      const fields = { token, key: '0'.repeat(32) };
      const answer = await visitor.post(where, fields);
      if (roles.includes(role)) assert.ok([400, 404, 409, 422].includes(answer.status), `${where} as ${role}: ${answer.status}`);
      else assert.equal(answer.status, 403, `${where} as ${role}`);
      assert.equal((await visitor.post(where, { step: 'save' })).status, 403, `${where} without a token`);
    }
  }
  assert.deepEqual([await version(), await one('SELECT COUNT(*) FROM audit WHERE form_key IS NOT NULL'), await one('SELECT COUNT(*) FROM canned_answer')], before);
});

test('who only reads sees no form and no link to one', async () => {
  for (const where of Object.keys(PAGES).filter((page) => PAGES[page].includes('group_leader'))) {
    const { text } = await who.group_leader.get(where);
    assert.doesNotMatch(mainOf(text), /<form|\/change"|\/end"|\/new"/, where);
  }
});

test('pages about what is not there are answered with 404', async () => {
  for (const where of ['limits/any.nothing', 'limits/nothing.finish', 'limits/any', 'limits/any.contact', 'matters/nothing', 'matters/nothing/change', 'matters/new?model=nothing', 'ladder/nothing', 'ladder/none', 'canned/0', 'canned/99999', 'canned/x', 'texts/nothing']) {
    assert.equal((await who.ops.get(`/staff/admin/${where}`)).status, 404, where);
  }
  assert.equal((await who.ops.get('/staff/admin/rules?x=1')).status, 400);
});

test('every page about rules is complete in English', async () => {
  const visitor = await staff('admin');
  for (const where of Object.keys(PAGES)) {
    const { text } = await visitor.get(`${where}${where.includes('?') ? '&' : '?'}lang=en`);
    const words = wordsOf(mainOf(text).replace(/<(title|textarea|option)[\s\S]*?<\/\1>/g, ' ').replace(/value="[^"]*"/g, ''));
    assert.doesNotMatch(words, /\b(admin|policy|policy_about|audience|complaint|kind)\.[a-z_.]+/, where);
    if (!where.includes('canned')) assert.doesNotMatch(words, /[\u4e00-\u9fff]{4}/, where);
  }
});

// ---------------------------------------------------------------- limits

test('art14 art36 a limit changed from a moment on leaves old tickets as they are, and new ones get it', async () => {
  const page = '/staff/admin/limits/faulty_meter.finish';
  const old = await register('faulty_meter');
  const before = await finishOf(old);
  assert.equal(before[0], 36 * 3600);
  const rules = await one('SELECT COUNT(*) FROM rule');
  const shown = await preview(who.ops, `${page}/change`, { r0_amount: '24', r0_unit: '3600', why: '提高服务标准' });
  assert.equal(shown.status, 200);
  assert.deepEqual(tableOf(shown.text, '要改的规则').map((row) => row.slice(2)), [['36 小时内', '24 小时内']]);
  assert.deepEqual(tableOf(shown.text, '对以后收到的工单的影响'), [
    ['水表故障', '办结', '没有定级', '36 小时内', '24 小时内'],
    ['水表故障', '办结', '可能影响集团声誉的重要事件', '36 小时内', '24 小时内'],
  ]);
  assert.match(wordsOf(shown.text), /之前收到的工单不变/);
  assert.equal(await one('SELECT COUNT(*) FROM rule'), rules, 'a preview saves nothing');

  const saved = await who.ops.post(`${page}/change`, saveOf(shown, `${page}/change`));
  assert.deepEqual([saved.status, saved.header('location')], [303, `${page}?saved=1`]);
  assert.equal(await one("SELECT detail LIKE '%提高服务标准%' FROM audit WHERE what = 'rule_change' ORDER BY id DESC LIMIT 1"), '1');
  const planned = wordsOf((await who.ops.get(page)).text);
  assert.match(planned, /计划中的修改，开始于/);
  assert.match(planned, /未开始 自/);

  const commitment = async () => wordsOf(/<section class="promise" id="p-finish_faulty_meter">[\s\S]*?<\/section>/.exec((await new Visitor().get('/commitment/')).text)[0]);
  await everyProgramKnows();
  const during = await register('faulty_meter');
  assert.deepEqual(await finishOf(during), before, 'the change has not begun');
  assert.match(await commitment(), /36 小时内/);
  wait(3);
  const after = await register('faulty_meter');
  assert.deepEqual((await finishOf(after)).slice(0, 2), [24 * 3600, 24 * 3600]);
  assert.deepEqual(await finishOf(old), before);
  assert.deepEqual(await finishOf(during), before);
  for (const ticket of [old, during, after]) {
    const number = await one(`SELECT number FROM ticket WHERE id = ${ticket}`);
    assert.match(wordsOf((await who.ops.get(`/staff/ticket/${number}`)).text), ticket === after ? /不超过 24 小时/ : /不超过 36 小时/);
  }
  const until = Date.now() + 90000;
  while (!/24 小时内/.test(await commitment())) {
    assert.ok(Date.now() < until, 'the commitments page shows the new promise');
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
});

test('rules with a gap or an overlap are refused with words that name it, and what was typed stays', async () => {
  const page = '/staff/admin/limits/any.repair/change';
  const before = [await version(), await one('SELECT COUNT(*) FROM rule')];
  for (const [to, words] of [['500', /路面或公共管道漏水的“修复”在“管径 \d+ 毫米”的情形下没有规则/], ['700', /路面或公共管道漏水的“修复”在“管径 \d+ 毫米”的情形下有不止一条规则/]]) {
    for (const step of ['preview', 'save']) {
      const refused = await send(who.ops, page, { r0_to: to, why: '试一下', step });
      assert.equal(refused.status, 422, `${to} ${step}`);
      assert.match(wordsOf(refused.text), words);
      assert.match(wordsOf(refused.text), /这样修改后规则不完整，没有保存/);
      assert.deepEqual([formOf(refused.text, page).r0_to, formOf(refused.text, page).why], [to, '试一下']);
    }
  }
  assert.deepEqual([await version(), await one('SELECT COUNT(*) FROM rule')], before);
  const english = await send(await staff('wanglei'), `${page}?lang=en`, { r0_to: '500', why: 'try', step: 'preview' }, page);
  assert.match(wordsOf(english.text), /Leak in the street or of a public pipe, "Repair", case "pipe of 600 mm": no rule/);
});

test('art22 a border between two bands of diameters moves when both sides change together, and can be withdrawn', async () => {
  const page = '/staff/admin/limits/any.repair';
  const shown = await preview(who.admin, `${page}/change`, { r0_to: '500', r1_over: '500', from: inMinutes(600) });
  assert.equal(shown.status, 200);
  const rows = tableOf(shown.text, '对以后收到的工单的影响');
  assert.ok(rows.length >= 2);
  for (const row of rows) assert.deepEqual(row.slice(1), ['修复', '管径超过 500、不超过 600 毫米', '少于 24 小时', '少于 36 小时（目标）']);
  const before = await one('SELECT COUNT(*) FROM rule');
  assert.equal((await who.admin.post(`${page}/change`, saveOf(shown, `${page}/change`))).status, 303);
  assert.equal(await one('SELECT COUNT(*) FROM rule'), String(Number(before) + 2));

  const again = await preview(who.ops, `${page}/change`, { r2_note_zh: '另有说明' });
  assert.equal(again.status, 200, 'another rule of the set can still change');
  const earlier = await preview(who.ops, `${page}/change`, { r0_amount: '20' });
  assert.deepEqual([earlier.status, errorOf(earlier.text, 'from')], [422, '已有更晚的修改计划：请先撤回，或把开始时间定在它之后']);

  const withdrawn = await send(who.ops, page, {}, `${page}/withdraw`);
  assert.deepEqual([withdrawn.status, withdrawn.header('location')], [303, `${page}?saved=1`]);
  assert.equal(await one('SELECT COUNT(*) FROM rule'), before);
  assert.equal(await one("SELECT COUNT(*) FROM rule WHERE kind = 5 AND effective_to IS NOT NULL"), '0');
  assert.doesNotMatch((await who.ops.get(page)).text, /withdraw/);
});

test('a planned change that was withdrawn before, or has begun, is not withdrawn again', async () => {
  const page = '/staff/admin/limits/any.accept';
  assert.equal((await change(who.ops, `${page}/change`, { r0_note_zh: '昼夜不停。', from: inMinutes(300) })).status, 303);
  const form = formOf((await who.ops.get(page)).text, `${page}/withdraw`);
  assert.equal((await who.ops.post(`${page}/withdraw`, form)).header('location'), `${page}?saved=1`);
  assert.equal((await who.ops.post(`${page}/withdraw`, form)).header('location'), `${page}?saved=1`, 'the same form again');
  const late = await who.admin.post(`${page}/withdraw`, { ...formOf((await who.admin.get('/staff/admin/limits/any.accept/change')).text, '/change'), planned: form.planned, ...Object.fromEntries([]) });
  assert.equal(late.status, 400, 'fields of another form');
  const { token } = formOf((await who.admin.get('/staff/signin')).text, '/staff/signout');
  const none = await who.admin.post(`${page}/withdraw`, { token, key: 'a'.repeat(32), planned: form.planned });
  assert.equal(none.header('location'), `${page}?refused=1`);
  assert.match(wordsOf((await who.admin.get(`${page}?refused=1`)).text), /没有可以撤回的/);
});

test('a change can be saved once, however often its button is pressed', async () => {
  const page = '/staff/admin/limits/water_quality.finish/change';
  const shown = await preview(who.ops, page, { r0_amount: '20', from: inMinutes(900) });
  const before = await version();
  const answers = await Promise.all([1, 2, 3, 4].map(() => who.ops.post(page, saveOf(shown, page))));
  assert.deepEqual(answers.map(({ status }) => status), [303, 303, 303, 303]);
  assert.equal((await who.ops.post(page, saveOf(shown, page))).status, 303, 'and later, too');
  assert.equal(await version(), String(Number(before) + 1));
  assert.equal(await one("SELECT COUNT(*) FROM rule WHERE code = 'finish_water_quality'"), '2');
});

test('of two who change one rule the second is told, sees the rule as it is now, and keeps what was typed', async () => {
  const page = '/staff/admin/limits/pollution.finish/change';
  const mine = await preview(who.ops, page, { r0_amount: '10', from: inMinutes(900) });
  const theirs = await preview(who.admin, page, { r0_amount: '8', from: inMinutes(900), why: '另一个原因' });
  assert.equal((await who.ops.post(page, saveOf(mine, page))).status, 303);
  const late = await who.admin.post(page, saveOf(theirs, page));
  assert.equal(late.status, 409);
  assert.match(wordsOf(late.text), /别人改过这里/);
  assert.match(wordsOf(late.text), /现在 10 小时内/);
  const kept = formOf(late.text, page);
  assert.deepEqual([kept.r0_amount, kept.why], ['8', '另一个原因']);
  assert.equal(await one("SELECT COUNT(*) FROM rule WHERE code = 'finish_pollution'"), '2');
  assert.equal(kept.r0_id, await one("SELECT id FROM rule WHERE code = 'finish_pollution' AND effective_to IS NULL"));
  const then = await who.admin.post(page, { ...kept, from: inMinutes(1000), step: 'preview' });
  assert.equal(then.status, 200, 'it can go behind the other one');
});

test('a limit is told in words what is wrong with it, beside its field', async () => {
  const page = '/staff/admin/limits/any.accept/change';
  const cases = [
    [{ r0_amount: '' }, 'r0_amount', '请填大于 0 的整数，最长 366 天'],
    [{ r0_amount: '0' }, 'r0_amount', '请填大于 0 的整数，最长 366 天'],
    [{ r0_amount: '1.5' }, 'r0_amount', '请填大于 0 的整数，最长 366 天'],
    [{ r0_amount: '-3' }, 'r0_amount', '请填大于 0 的整数，最长 366 天'],
    [{ r0_amount: '367', r0_unit: '86400' }, 'r0_amount', '请填大于 0 的整数，最长 366 天'],
    [{ r0_unit: '7' }, 'r0_unit', '请选择一项'],
    [{ r0_unit: 'advance' }, 'r0_unit', '请选择一项'],
    [{ r0_bound: '2' }, 'r0_bound', '请选择一项'],
    [{ r0_article: '' }, 'r0_article', '请按“14(4)1”的样子填写条款'],
    [{ r0_article: '第十四条' }, 'r0_article', '请按“14(4)1”的样子填写条款'],
    [{ r0_name_zh: '' }, 'r0_name_zh', '请填写名称（至少 2 个字）'],
    [{ r0_name_en: 'x'.repeat(121) }, 'r0_name_en', /最多 120 字/],
    [{ r0_note_zh: '水'.repeat(401) }, 'r0_note_zh', /最多 400 字/],
    [{ why: '' }, 'why', '请写明修改原因（2 到 100 字）'],
    [{ from: '2026-13-40T99:99' }, 'from', /请输入日期和时间/],
    [{ from: inMinutes(-60), r0_amount: '15' }, 'from', '开始时间要在一分钟以后，让各程序都先读到'],
    [{ from: '2099-01-01T00:00', r0_amount: '15' }, 'from', '开始时间太远，最多十年以内'],
    [{}, 'r0_amount', '没有任何改动'],
    [{ r0_end: '1' }, 'r0_amount', /规则会有空缺或重叠/],
    [{ r1_add: '1', r1_amount: '5', r1_unit: '60', r1_bound: '0', r1_article: '12', r1_name_zh: '又一条', r1_name_en: 'One more' }, 'r0_amount', /规则会有空缺或重叠/],
    [{ r1_add: '1', r1_amount: '', r1_unit: '60', r1_article: '', r1_name_zh: '', r1_name_en: '' }, 'r1_name_zh', '请填写名称（至少 2 个字）'],
  ];
  const before = await version();
  for (const [fields, field, words] of cases) {
    const answer = await preview(who.ops, page, fields);
    assert.equal(answer.status, 422, JSON.stringify(fields));
    const error = errorOf(answer.text, field);
    if (words instanceof RegExp) assert.match(error ?? '', words, JSON.stringify(fields));
    else assert.equal(error, words, JSON.stringify(fields));
  }
  assert.equal((await preview(who.ops, page, { r9_amount: '1' })).status, 400, 'a field that no form has');
  assert.equal((await preview(who.ops, page, { r0_amount: '１５' })).status, 200, 'full-width digits are digits');
  assert.equal(await version(), before);
});

// ---------------------------------------------------------------- matters

test('art13 art36 a matter that changes is a new version: old tickets keep their row, new ones have the other', async () => {
  const page = '/staff/admin/matters/meter_idle';
  const old = await register('meter_idle');
  const shown = await preview(who.ops, `${page}/change`, { name_zh: '水表空转（不用水也走）', cap: '72', formalities: '' });
  assert.equal(shown.status, 200);
  assert.deepEqual(tableOf(shown.text, '要改的规则').map(([name, before, after]) => [name, before, after]), [
    ['中文名称', '水表空转', '水表空转（不用水也走）'], ['最多可延期', '7 天', '72 小时'], ['拆换水表，要登记手续（第 24 条）', '是', '否'],
  ]);
  assert.match(wordsOf(shown.text), /时限、条款和是否必须做到都没有变化/);
  assert.equal((await who.ops.post(`${page}/change`, saveOf(shown, `${page}/change`))).status, 303);
  await everyProgramKnows();
  wait(3);
  const after = await register('meter_idle');
  const [[oldCategory], [newCategory]] = [await sql(`SELECT category_id FROM ticket WHERE id = ${old}`), await sql(`SELECT category_id FROM ticket WHERE id = ${after}`)];
  assert.notEqual(oldCategory, newCategory);
  assert.deepEqual((await finishOf(old)).slice(0, 2), (await finishOf(after)).slice(0, 2));
  assert.equal(await one(`SELECT COUNT(*) FROM route WHERE category_id = ${newCategory}`), await one(`SELECT COUNT(*) FROM route WHERE category_id = ${oldCategory}`));
  const words = wordsOf((await who.group_leader.get(page)).text);
  assert.match(words, /水表空转（不用水也走）/);
  assert.match(words, /历次版本/);
});

test('a new matter, modelled on another one, is registered and routed from its moment on', async () => {
  const page = '/staff/admin/matters/new';
  const model = `${page}?model=meter_well_leak`;
  const fields = { code: 'smart_meter_leak', name_zh: '智能水表漏水', name_en: 'Leak of a smart meter', article: '14(4)4', unit: '6', l0_amount: '12', l0_unit: '3600', why: '新增业务' };
  const shown = await send(who.admin, model, { ...fields, step: 'preview' }, page);
  assert.equal(shown.status, 200, wordsOf(shown.text));
  const rows = tableOf(shown.text, '对以后收到的工单的影响');
  assert.ok(rows.some((row) => row[1] === '办结' && row[3] === '没有这项承诺' && row[4] === '12 小时内'), JSON.stringify(rows));
  assert.ok(rows.some((row) => row[1] === '联系用户' && row[4] === '30 分钟内'), JSON.stringify(rows));
  const answers = await Promise.all([1, 2].map(() => who.admin.post(page, saveOf(shown, page))));
  assert.deepEqual(answers.map(({ status, header }) => [status, header('location')]), [[303, '/staff/admin/matters/smart_meter_leak?saved=1'], [303, '/staff/admin/matters/smart_meter_leak?saved=1']]);
  assert.equal(await one("SELECT COUNT(*) FROM category WHERE code = 'smart_meter_leak'"), '1');
  const taken = await send(who.ops, model, { ...fields, step: 'preview' }, page);
  assert.deepEqual([taken.status, errorOf(taken.text, 'code')], [422, '这个代码已经用过，请换一个']);
  await everyProgramKnows();
  wait(3);
  assert.equal((await finishOf(await register('smart_meter_leak')))[0], 12 * 3600);
  const group = await new Visitor().get('/complaint/');
  assert.equal(group.status, 200);
});

test('a matter that was planned can be withdrawn and is gone', async () => {
  const page = '/staff/admin/matters/new';
  const shown = await send(who.ops, `${page}?model=billing`, { code: 'e_invoice', name_zh: '电子发票', name_en: 'Electronic invoice', from: inMinutes(600), why: '试行', step: 'preview' }, page);
  assert.equal((await who.ops.post(page, saveOf(shown, page))).status, 303);
  assert.match(wordsOf((await who.ops.get('/staff/admin/rules')).text), /还没有开始的事项[\s\S]*电子发票/);
  const gone = await send(who.ops, '/staff/admin/matters/e_invoice', {}, '/staff/admin/matters/e_invoice/withdraw');
  assert.deepEqual([gone.status, gone.header('location')], [303, '/staff/admin/rules']);
  assert.equal((await who.ops.get('/staff/admin/matters/e_invoice')).status, 404);
  assert.equal(await one("SELECT (SELECT COUNT(*) FROM category WHERE code = 'e_invoice') + (SELECT COUNT(*) FROM rule WHERE code LIKE '%e_invoice%')"), '0');
});

test('a matter can end, unless a button of the public form would mean nothing, and the end can be taken back', async () => {
  const page = '/staff/admin/matters/pipe_locating';
  const last = await preview(who.ops, '/staff/admin/matters/no_water/end', {});
  assert.deepEqual([last.status, errorOf(last.text, 'why')], [422, '报修页面的一个按钮下会没有任何事项，不能这样改']);
  const shown = await preview(who.ops, `${page}/end`, { from: inMinutes(600) });
  assert.equal(shown.status, 200);
  assert.ok(tableOf(shown.text, '对以后收到的工单的影响').every((row) => row[0] === '管道位置指认' && row[4] === '没有这项承诺'));
  assert.equal((await who.ops.post(`${page}/end`, saveOf(shown, `${page}/end`))).status, 303);
  assert.equal((await who.ops.post(`${page}/end`, saveOf(shown, `${page}/end`))).status, 303, 'the same form again');
  assert.equal(await one("SELECT COUNT(*) FROM category WHERE code = 'pipe_locating' AND effective_to IS NOT NULL"), '1');
  assert.equal((await who.ops.get(`${page}/change`)).status, 404, 'it cannot change any more');
  const back = await send(who.admin, page, {}, `${page}/withdraw`);
  assert.equal(back.header('location'), `${page}?saved=1`);
  assert.equal(await one("SELECT (SELECT COUNT(*) FROM category WHERE code = 'pipe_locating' AND effective_to IS NULL) + (SELECT COUNT(*) FROM rule WHERE code = 'finish_pipe_locating' AND effective_to IS NULL)"), '2');
});

test('of two who change one matter the second is told and keeps what was typed', async () => {
  const page = '/staff/admin/matters/compensation/change';
  const mine = await preview(who.ops, page, { sort: '261', from: inMinutes(700) });
  const theirs = await preview(who.admin, page, { name_zh: '赔偿', from: inMinutes(700) });
  assert.equal((await who.ops.post(page, saveOf(mine, page))).status, 303);
  const late = await who.admin.post(page, saveOf(theirs, page));
  assert.equal(late.status, 409);
  assert.match(wordsOf(late.text), /别人改过这里/);
  assert.equal(formOf(late.text, page).name_zh, '赔偿');
  assert.equal(await one("SELECT COUNT(*) FROM category WHERE code = 'compensation'"), '2');
});

test('a matter is told in words what is wrong with it, beside its field', async () => {
  const cases = [
    [{ name_zh: '' }, 'name_zh', '请填写名称（至少 2 个字）'], [{ article: '十四' }, 'article', '请按“14(4)1”的样子填写条款'],
    [{ group: '9' }, 'group', '请选择一项'], [{ nature: '0' }, 'nature', '请选择一项'], [{ cap: '9999999' }, 'cap', '请填 0 到 8784 的整数（小时）'],
    [{ cap: '' }, 'cap', '请填 0 到 8784 的整数（小时）'], [{ sort: 'x' }, 'sort', '请填 0 到 100000 的整数'], [{}, 'name_zh', '没有任何改动'],
    [{ group: '6' }, 'group', '报修页面的一个按钮下会没有任何事项，不能这样改'],
  ];
  for (const [fields, field, words] of cases) {
    const answer = await preview(who.ops, '/staff/admin/matters/low_pressure/change', fields);
    assert.deepEqual([answer.status, errorOf(answer.text, field)], [422, words], JSON.stringify(fields));
  }
  for (const code of ['', 'A', 'any', 'new', 'x', 'a-b', '1a', '水表', 'a'.repeat(25)]) {
    const answer = await send(who.ops, '/staff/admin/matters/new?model=billing', { code, name_zh: '名称', name_en: 'Name', why: '试', step: 'preview' }, '/staff/admin/matters/new');
    assert.equal(answer.status, 422, code);
    assert.ok(errorOf(answer.text, 'code'), code);
  }
});

test('the unit that a matter is proposed to is changed as it was seen, once', async () => {
  const page = '/staff/admin/matters/billing';
  const shown = await who.ops.get(page);
  const form = formOf(shown.text, `${page}/routes`);
  assert.equal(form.unit_any, '2');
  const before = await version();
  const answers = await Promise.all([1, 2].map(() => who.ops.post(`${page}/routes`, { ...form, unit_outer: '5' })));
  assert.deepEqual(answers.map(({ status }) => status), [303, 303]);
  assert.equal(await version(), String(Number(before) + 1));
  const late = await who.admin.post(`${page}/routes`, { ...form, key: 'b'.repeat(32), token: formOf((await who.admin.get(page)).text, `${page}/routes`).token, unit_outer: '6' });
  assert.equal(late.status, 409);
  assert.equal(formOf(late.text, `${page}/routes`).unit_outer, '6', 'what was chosen stays');
  assert.equal(await one("SELECT r.unit_id FROM route r JOIN category c ON c.id = r.category_id WHERE c.code = 'billing' AND r.zone = 2"), '5');
  const bad = await send(who.ops, page, { unit_any: '99' }, `${page}/routes`);
  assert.deepEqual([bad.status, errorOf(bad.text, 'unit_any')], [422, '请选择一项']);
  const office = await send(who.ops, page, { unit_any: '8' }, `${page}/routes`);
  assert.equal(office.status, 422, 'leadership handles nothing');
});

// ---------------------------------------------------------------- ladder

test('a step of the ladder is moved, and clerk works it into the clocks that run', async () => {
  const ticket = await register('faulty_meter');
  const [limit] = await finishOf(ticket);
  const page = '/staff/admin/ladder/finish';
  const shown = await preview(who.ops, page, { s0_share: '400', s0_unit_leader: '1' });
  assert.equal(shown.status, 200);
  assert.match(wordsOf(shown.text), /时限过 40% 值班联络员、单位负责人 正在计时/);
  assert.match(wordsOf(shown.text), /原来的步骤[\s\S]*时限过 50%/);
  assert.equal(await one('SELECT permille FROM ladder WHERE kind = 3 AND step = 10'), '500', 'a preview saves nothing');
  const answers = await Promise.all([1, 2].map(() => who.ops.post(page, saveOf(shown, page))));
  assert.deepEqual(answers.map(({ status }) => status), [303, 303]);
  assert.equal(await one('SELECT permille FROM ladder WHERE kind = 3 AND step = 10'), '400');
  assert.equal(await one("SELECT COUNT(*) FROM audit WHERE what = 'ladder_change'"), '1');
  wait(2);
  const until = Date.now() + 60000;
  const seconds = () => one(`SELECT TIMESTAMPDIFF(SECOND, started_at, next_step_at) FROM clock WHERE subject_kind = 1 AND subject_id = ${ticket} AND kind = 3`);
  while (await seconds() !== String(limit * 0.4)) {
    assert.ok(Date.now() < until, `clerk works the change in: ${await seconds()}`);
    await new Promise((resolve) => { setTimeout(resolve, 300); });
  }
  while (await one('SELECT COUNT(*) FROM ladder_walk WHERE done_at IS NULL') !== '0') await new Promise((resolve) => { setTimeout(resolve, 300); });
});

test('a step is added and removed; what may not stand is refused in words', async () => {
  const page = '/staff/admin/ladder/accept';
  assert.equal((await change(who.ops, page, { s2_add: '1', s2_side: 'share', s2_share: '750', s2_ops: '1' })).status, 303);
  assert.deepEqual(await sql('SELECT step, permille, audiences, is_breach, notice FROM ladder WHERE kind = 2 ORDER BY step'), [['10', '500', '2', '0', 'clock_half'], ['15', '750', '8', '0', 'clock_soon'], ['20', '1000', '12', '1', 'clock_late']]);
  assert.equal((await change(who.ops, page, { s3_add: '1', s3_side: 'after', s3_amount: '2', s3_unit: '3600', s3_group_leader: '1' })).status, 303);
  assert.equal((await change(who.ops, page, { s1_remove: '1', s3_remove: '1' })).status, 303);
  assert.deepEqual(await sql('SELECT step FROM ladder WHERE kind = 2 ORDER BY step'), [['10'], ['20']]);
  const cases = [
    [{ s0_share: '0' }, 's0_share', '请填 1 到 999 的整数'], [{ s0_share: '1000' }, 's0_share', '请填 1 到 999 的整数'], [{ s0_share: '' }, 's0_share', '请填 1 到 999 的整数'],
    [{ s0_liaison: '' }, 's0_liaison', '每一步至少告诉一个人'], [{ s1_unit_leader: '', s1_ops: '' }, 's1_liaison', '每一步至少告诉一个人'],
    [{ s2_add: '1', s2_side: 'share', s2_share: '500', s2_ops: '1' }, 's0_liaison', '步骤要按时间先后排，两步不能在同一时刻，也不能互相越过'],
    [{ s2_add: '1', s2_side: 'after', s2_amount: '31', s2_unit: '86400', s2_ops: '1' }, 's0_liaison', '请填 0 以上的整数，最长 30 天'],
    [{ s2_add: '1', s2_side: 'sideways', s2_amount: '3', s2_ops: '1' }, 's2_side', '请选择一项'], [{ why: '' }, 'why', '请写明修改原因（2 到 100 字）'],
  ];
  for (const [fields, field, words] of cases) {
    const shown = await who.ops.get(page);
    const form = Object.fromEntries(Object.entries({ ...formOf(shown.text, page), why: '试一试', ...fields, step: 'preview' }).filter(([name, value]) => value !== '' || !/_(liaison|ops|unit_leader)$/.test(name)));
    const answer = await who.ops.post(page, form);
    assert.deepEqual([answer.status, errorOf(answer.text, field)], [422, words], JSON.stringify(fields));
  }
  assert.deepEqual(await sql('SELECT step FROM ladder WHERE kind = 2 ORDER BY step'), [['10'], ['20']]);
});

test('of two who change the ladder the second is told and keeps what was typed', async () => {
  const page = '/staff/admin/ladder/contact';
  const mine = await preview(who.ops, page, { s0_share: '400' });
  const theirs = await preview(who.admin, page, { s0_share: '300' });
  assert.equal((await who.ops.post(page, saveOf(mine, page))).status, 303);
  const late = await who.admin.post(page, saveOf(theirs, page));
  assert.equal(late.status, 409);
  assert.equal(formOf(late.text, page).s0_share, '300');
  assert.match(wordsOf(late.text), /时限过 40%/);
  assert.equal(await one('SELECT permille FROM ladder WHERE kind = 6 AND step = 10'), '400');
});

// ---------------------------------------------------------------- canned answers

test('operations keeps all canned answers, a unit leader the own unit\'s, and the desk is offered them', async () => {
  const page = '/staff/admin/canned';
  const words = '{place}已修复，工单 {number}。';
  const added = await send(who.unit_leader, `${page}/new`, { title: '我单位的答复', words, action: '19', sort: '5', step: 'save' });
  assert.deepEqual([added.status, added.header('location')], [303, `${page}?saved=1`]);
  const id = await one("SELECT id FROM canned_answer WHERE title = '我单位的答复' AND unit_id = 3");
  const own = wordsOf((await who.unit_leader.get(page)).text);
  assert.match(own, /我单位的答复/);
  assert.doesNotMatch(own, /水表已更换/);
  assert.match(wordsOf((await who.ops.get(page)).text), /我单位的答复[\s\S]*水表已更换/);
  const shared = await one('SELECT id FROM canned_answer WHERE unit_id = 0 LIMIT 1');
  assert.equal((await who.unit_leader.get(`${page}/${shared}`)).status, 404);
  const form = formOf((await who.unit_leader.get(`${page}/${id}`)).text, `${page}/${id}`);
  assert.equal((await who.unit_leader.post(`${page}/${shared}`, { ...form, step: 'save' })).status, 404);
  assert.equal((await who.unit_leader.post(`${page}/${id}`, { ...form, unit: '4', step: 'save' })).status, 303, 'another unit is not taken');
  assert.equal(await one(`SELECT unit_id FROM canned_answer WHERE id = ${id}`), '3');

  const shown = await send(who.ops, `${page}/${id}`, { step: 'preview' });
  assert.match(wordsOf(shown.text), /阳光小区 3 号楼已修复，工单 SN261123-04172-6。/);
  const retired = await who.ops.get(`${page}/${id}`);
  const { active, ...rest } = formOf(retired.text, `${page}/${id}`);
  assert.equal(active, '1');
  assert.equal((await who.ops.post(`${page}/${id}`, { ...rest, step: 'save' })).status, 303);
  assert.equal(await one(`SELECT is_active FROM canned_answer WHERE id = ${id}`), '0');
});

test('a canned answer is told what is wrong with it; a form counts once; the loser of a race is told', async () => {
  const page = '/staff/admin/canned/new';
  const good = { title: '一个标题', words: '内容', action: '0', unit: '0', sort: '7', step: 'save' };
  for (const [fields, field, words] of [
    [{ title: '' }, 'title', '请填写标题（2 到 60 字）'], [{ words: '' }, 'words', '请填写内容（2 到 1000 字）'], [{ words: '请拨 {phone}' }, 'words', '大括号里只能是 {number}、{place}、{unit} 或 {hotline}'],
    [{ words: '水'.repeat(1001) }, 'words', /最多 1000 字/], [{ action: '1' }, 'action', '请选择一项'], [{ action: '999' }, 'action', '请选择一项'], [{ unit: '77' }, 'unit', '请选择一项'], [{ sort: '-1' }, 'sort', '请填 0 到 100000 的整数'],
  ]) {
    const answer = await send(who.ops, page, { ...good, ...fields });
    assert.equal(answer.status, 422, JSON.stringify(fields));
    if (words instanceof RegExp) assert.match(errorOf(answer.text, field), words);
    else assert.equal(errorOf(answer.text, field), words, JSON.stringify(fields));
  }
  const form = { ...formOf((await who.ops.get(page)).text, page), ...good };
  const answers = await Promise.all([1, 2, 3].map(() => who.ops.post(page, form)));
  assert.deepEqual(answers.map(({ status }) => status), [303, 303, 303]);
  const ids = await sql("SELECT id FROM canned_answer WHERE title = '一个标题'");
  assert.equal(ids.length, 1);
  const edit = `/staff/admin/canned/${ids[0][0]}`;
  const [mine, theirs] = [formOf((await who.ops.get(edit)).text, edit), formOf((await who.admin.get(edit)).text, edit)];
  assert.equal((await who.ops.post(edit, { ...mine, words: '我的', step: 'save' })).status, 303);
  const late = await who.admin.post(edit, { ...theirs, words: '他的', step: 'save' });
  assert.equal(late.status, 409);
  assert.match(wordsOf(late.text), /别人改过这里[\s\S]*我的/);
  assert.equal(formOf(late.text, edit).words, '他的');
  assert.equal((await who.admin.post(edit, { ...formOf(late.text, edit), step: 'save' })).status, 303, 'after a look it is saved over');
});

// ---------------------------------------------------------------- policies

test('a number of operations changes inside its bounds, once, from the value that was seen', async () => {
  const page = '/staff/admin/policies';
  const form = (text, name) => formOf(text, `${page}/${name}`);
  const shown = (await who.ops.get(page)).text;
  const answers = await Promise.all([1, 2].map(() => who.ops.post(`${page}/repeat_days`, { ...form(shown, 'repeat_days'), value: '120' })));
  assert.deepEqual(answers.map(({ status }) => status), [303, 303]);
  assert.deepEqual(await sql("SELECT value FROM policy WHERE name = 'repeat_days'"), [['120']]);
  assert.equal(await one("SELECT COUNT(*) FROM audit WHERE what = 'policy_change' AND detail = 'repeat_days: 90→120'"), '1');
  assert.match(wordsOf((await who.group_leader.get(page)).text), /120 天 已改[\s\S]*修改 王磊/);
  const late = await who.admin.post(`${page}/repeat_days`, { ...form((await who.admin.get(page)).text, 'repeat_days'), seen: '90', value: '60' });
  assert.equal(late.status, 409);
  assert.match(late.text, /id="f-repeat_days" name="value" value="60"/);
  for (const value of ['0', '367', '', 'x', '1e3', '9'.repeat(12)]) {
    const answer = await who.ops.post(`${page}/repeat_days`, { ...form((await who.ops.get(page)).text, 'repeat_days'), value });
    assert.deepEqual([answer.status, errorOf(answer.text, 'repeat_days')], [422, '请填范围以内的数'], value);
  }
  assert.equal((await who.ops.post(`${page}/nothing`, { ...form(shown, 'repeat_days'), value: '1' })).status, 404);
  assert.equal((await send(who.ops, page, { value: '21:30' }, `${page}/quiet_from_minute`)).status, 303);
  assert.equal(await one("SELECT value FROM policy WHERE name = 'quiet_from_minute'"), '1290');
  for (const value of ['24:00', '9', '9:5', '21:60', ':']) assert.equal((await send(who.ops, page, { value }, `${page}/quiet_from_minute`)).status, 422, value);
  await send(who.ops, page, { value: '22:00' }, `${page}/quiet_from_minute`);
  await send(who.ops, page, { value: '90' }, `${page}/repeat_days`);
});

// ---------------------------------------------------------------- texts

test('art7 art20 art36 a text is shown to the public from its moment on, in both languages, as written', async () => {
  const page = '/staff/admin/texts/new';
  const fields = { code: 'explanation_try', title_zh: '试一试', body_zh: '第一段 <b>\n- 一\n- 二', title_en: 'A try', body_en: 'First & only\n- one\n- two', sort: '900' };
  const shown = await send(who.ops, page, { ...fields, step: 'preview' });
  assert.equal(shown.status, 200, wordsOf(shown.text));
  assert.match(shown.text, /<p>第一段 &lt;b&gt;<\/p>\s*<ul class="prose"><li>一<\/li>\s*<li>二<\/li>/);
  assert.match(shown.text, /<p>First &amp; only<\/p>/);
  assert.equal(await one("SELECT COUNT(*) FROM public_text WHERE code = 'explanation_try'"), '0');
  const answers = await Promise.all([1, 2].map(() => who.ops.post(page, saveOf(shown, page))));
  assert.deepEqual(answers.map(({ status, header }) => [status, header('location')]), [[303, '/staff/admin/texts/explanation_try?saved=1'], [303, '/staff/admin/texts/explanation_try?saved=1']]);
  assert.equal(await one("SELECT COUNT(*) FROM public_text WHERE code = 'explanation_try'"), '2', 'both languages, once');
  const public_ = async (lang) => new Visitor().get(`/commitment/text/explanation_try?lang=${lang}`);
  const until = Date.now() + 20000;
  while ((await public_('zh')).status !== 200) {
    assert.ok(Date.now() < until, 'the public page shows it');
    await new Promise((resolve) => { setTimeout(resolve, 300); });
  }
  assert.match((await public_('zh')).text, /第一段 &lt;b&gt;/);
  assert.match((await public_('en')).text, /First &amp; only/);

  const edit = '/staff/admin/texts/explanation_try';
  const later = await send(who.ops, edit, { body_zh: '以后的', from: inMinutes(600), step: 'preview' });
  assert.equal((await who.ops.post(edit, saveOf(later, edit))).status, 303);
  assert.match((await public_('zh')).text, /第一段/);
  const away = await send(who.admin, edit, { gone: '1', step: 'preview' });
  assert.match(wordsOf(away.text), /从这时起不再公开/);
  assert.equal((await who.admin.post(edit, saveOf(away, edit))).status, 303);
  assert.deepEqual(await sql("SELECT version, body = '' FROM public_text WHERE code = 'explanation_try' AND language = 0 ORDER BY version"), [['1', '0'], ['2', '0'], ['3', '1']]);
});

test('a text is told what is wrong with it, and the loser of a race keeps what was typed', async () => {
  const page = '/staff/admin/texts/procedure_service';
  for (const [fields, field, words] of [
    [{ title_zh: '' }, 'title_zh', '请填写标题（2 到 60 字）'], [{ title_en: 'x'.repeat(61) }, 'title_en', /最多 60 字/], [{ body_zh: '' }, 'body_zh', '请填写内容，最多 3000 字'], [{ body_en: 'x'.repeat(3001) }, 'body_en', /最多 3000 字/],
    [{ sort: '' }, 'sort', '请填 0 到 100000 的整数'], [{ from: inMinutes(-60) }, 'from', '公开时间不能早于现在'],
  ]) {
    const answer = await send(who.ops, page, { ...fields, step: 'preview' });
    assert.equal(answer.status, 422, JSON.stringify(fields));
    if (words instanceof RegExp) assert.match(errorOf(answer.text, field), words);
    else assert.equal(errorOf(answer.text, field), words, JSON.stringify(fields));
  }
  for (const code of ['A', '1', 'new', '', 'a b']) assert.equal((await send(who.ops, '/staff/admin/texts/new', { code, title_zh: '标题', title_en: 'Title', body_zh: '内容', body_en: 'Text', step: 'save' })).status, 422, code);
  const [mine, theirs] = [await send(who.ops, page, { body_zh: '我的', step: 'preview' }), await send(who.admin, page, { body_zh: '他的', step: 'preview' })];
  assert.equal((await who.ops.post(page, saveOf(mine, page))).status, 303);
  const late = await who.admin.post(page, saveOf(theirs, page));
  assert.equal(late.status, 409);
  assert.equal(formOf(late.text, page).body_zh, '他的');
  assert.match(wordsOf(late.text), /别人改过这里[\s\S]*我的/);
  assert.equal((await who.admin.post(page, { ...formOf(late.text, page), step: 'save' })).status, 303);
  const taken = await send(who.ops, '/staff/admin/texts/new', { code: 'procedure_leak', title_zh: '标题', title_en: 'Title', body_zh: '内容', body_en: 'Text', step: 'save' });
  assert.deepEqual([taken.status, errorOf(taken.text, 'code')], [409, '这个代码已经用过，请换一个']);
});
