// The register of customers over HTTP: imported by page and command, found, kept by staff, and what is refused (Arts. 18(1), 33(4)).
// Every file here is the sample town's with some households of a test's own, so that whoever reads the town finds it as it was.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { staff, sql, shuinuo, formOf, wordsOf, errorOf } = require('./staff_client.js');

const PLACES = '/staff/supply/places/', CUSTOMERS = '/staff/supply/customers/', IMPORT = '/staff/supply/customers/import';
const TOWN = fs.readFileSync(path.join(process.env.SHUINUO_SCHEMA_DIR, 'sample/customers.csv'), 'utf8');
const HEADER = TOWN.split('\n')[0];
const townWith = (...lines) => TOWN + lines.map((line) => `${line}\n`).join('');

/** By their roles: ops, an operator, somebody of another unit. */
let ops, other, operator;
test.beforeEach(async () => {
  [ops, operator, other] = await Promise.all(['wanglei', 'zhangmin', 'lina'].map((login) => staff(login)));
});

const one = async (text) => (await sql(text))[0]?.[0];
const version = () => one('SELECT version FROM customer_register WHERE id = 1');

async function upload(who, bytes, name = 'customers.csv') {
  const shown = await who.get(IMPORT);
  assert.equal(shown.status, 200, wordsOf(shown.text).slice(0, 200));
  const form = new FormData();
  const hidden = formOf(shown.text, IMPORT);
  form.set('token', hidden.token);
  form.set('key', hidden.key);
  form.set('file', new Blob([bytes], { type: 'text/csv' }), name);
  return { answer: await who.send(IMPORT, { method: 'POST', fields: form }), form };
}
async function staged(who, bytes, name) {
  const { answer } = await upload(who, bytes, name);
  assert.equal(answer.status, 303, wordsOf(answer.text).slice(0, 600));
  return answer.header('location').replace(process.env.SHUINUO_URL, '').replace(/^https?:\/\/[^/]*/, '');
}
const countsOf = (html) => Object.fromEntries([...html.matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)<\/dd>/g)].map(([, name, value]) => [name, value]));

test('Art. 33(4): a file is checked on a page of its own, nothing changes until it is confirmed, then all of it does', async () => {
  const before = await version();
  const check = await staged(ops, townWith('3300000001,湖东区,页面苑,,1号楼,101,王页,138 0635 3301,,', '3300000002,湖东区,页面苑,,2号楼,101,李页,,,'));
  const shown = await ops.get(check);
  const counts = countsOf(shown.text);
  assert.equal(counts['户数'], '323');
  assert.equal(counts['新增'], '2');
  assert.equal(counts['不再有'], '0');
  assert.equal(counts['新的地点'], '3');
  assert.equal(await version(), before);
  assert.equal(await one("SELECT COUNT(*) FROM place WHERE name = '页面苑' AND staged_in = 0"), '0');
  assert.ok(!wordsOf((await ops.get(`${PLACES}?q=${encodeURIComponent('页面苑')}`)).text).includes('页面苑1号楼'));
  assert.equal((await ops.submit(check, check, { act: '1' })).status, 303);
  assert.match(wordsOf((await ops.get(check)).text), /这份资料已经生效/);
  assert.notEqual(await version(), before);
  assert.match(wordsOf((await ops.get(`${PLACES}?q=${encodeURIComponent('页面苑1号')}`)).text), /页面苑1号楼 楼栋 湖东区 1 1/);
});

test('Art. 33(4): bad lines are named with line and reason, and all of them are there to take away', async () => {
  const lines = TOWN.trim().split('\n').length;
  const check = await staged(ops, townWith('123,湖东区,页面苑,,1号楼,1,甲,,,', '2026000001,湖东区,页面苑,,1号楼,1,乙,,,', '3300000003,湖东区,页面苑,,1号楼,1,丙,12,,'));
  const words = wordsOf((await ops.get(check)).text);
  assert.ok(words.includes(`${lines + 1} 户号 户号应为 10 或 11 位数字`), words);
  assert.ok(words.includes(`${lines + 2} 户号 户号与前面的一行重复，已取前一行 (另一行 2)`), words);
  assert.ok(words.includes(`${lines + 3} 电话 电话认不出来`), words);
  const csv = await ops.get(`${check}/lines.csv`);
  assert.match(csv.header('content-type'), /text\/csv/);
  assert.equal(csv.text.trim().split('\r\n').length, 4);
  assert.ok(!csv.text.includes('123,'), 'no value of a person stands in it');
  assert.equal((await ops.submit(check, check, { act: '2' })).status, 303);
  assert.match(wordsOf((await ops.get(check)).text), /未采用/);
});

test('files in GBK, with a mark, and those that are none', async () => {
  const gbk = path.join(os.tmpdir(), `shuinuo-gbk-${process.pid}`);
  fs.writeFileSync(gbk, townWith('3300000004,湖东区,国标苑,,1号楼,1,甲,,,'));
  const bytes = require('node:child_process').execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030', gbk]);
  fs.rmSync(gbk);
  assert.match(wordsOf((await ops.get(await staged(ops, bytes))).text), /编码 GBK[\s\S]*户数 322/);
  assert.match(wordsOf((await ops.get(await staged(ops, `\ufeff${TOWN}`))).text), /编码 UTF-8[\s\S]*户数 321/);
  const refused = [
    ['', '请选择 CSV 文件'],
    ['姓名,电话\n王,1\n', '表头缺少必要的列，或者有一列出现了两次 户号 区 小区或道路'],
    [`${HEADER}\n`, '文件里没有一户可以收入'],
    [Buffer.from([0xff, 0xfe, 0x61, 0x00]), '文件是 UTF-16 编码，请另存为 CSV UTF-8'],
    [Buffer.alloc(5 * 1024 * 1024, 'x'), '文件太大，页面不能接收。请管理员用命令 shuinuo import customers 导入'],
  ];
  for (const [content, said] of refused) {
    const { answer } = await upload(ops, content);
    assert.equal(answer.status, 422, said);
    assert.equal(errorOf(answer.text, 'file'), said);
  }
});

test('a form sent twice is one import, and of two files the one that was overtaken is told', async () => {
  const { answer, form } = await upload(ops, townWith('3300000005,湖东区,两次苑,,,1,甲,,,'));
  const again = await ops.send(IMPORT, { method: 'POST', fields: form });
  assert.equal(again.header('location'), answer.header('location'));
  const first = answer.header('location').replace(/^https?:\/\/[^/]*/, '');
  const page = await ops.get(first);
  const second = await staged(ops, TOWN);
  const late = await ops.post(first, { ...formOf(page.text, first), act: '1' });
  assert.equal(late.status, 409);
  assert.match(wordsOf(late.text), /没有生效：您检查以后，另一份资料已经生效/);
  assert.equal((await ops.submit(second, second, { act: '1' })).status, 303);
});

test('a file that lacks a tenth of the town is put in force only when somebody says that it is complete', async () => {
  const before = await version();
  const check = await staged(ops, TOWN.split('\n').slice(0, 100).join('\n'));
  const answer = await ops.submit(check, check, { act: '1' });
  assert.equal(answer.status, 422);
  assert.equal(errorOf(answer.text, 'removal'), '请确认文件是完整的');
  assert.equal(await version(), before);
  assert.equal((await ops.submit(check, check, { act: '2' })).status, 303);
});

test('by command: checked, put in force, lines named, and refused; the exit code says which', async () => {
  const file = path.join(os.tmpdir(), `shuinuo-customers-${process.pid}.csv`);
  const run = (text, ...words) => {
    fs.writeFileSync(file, text);
    return shuinuo(['import', 'customers', file, ...words]);
  };
  const before = await version();
  const checked = await run(townWith('x,湖东区,命令苑,,,1,甲,,,'), '--check');
  assert.equal(checked.code, 3);
  assert.match(checked.err, /line 323: The account number must have 10 or 11 digits/);
  assert.equal(await version(), before);
  const cut = await run(TOWN.split('\n').slice(0, 50).join('\n'));
  assert.equal(cut.code, 4);
  assert.match(cut.err, /more than 10 %/);
  assert.equal(await version(), before);
  assert.equal((await run('a,b\n')).code, 4);
  const done = await run(TOWN);
  assert.equal(done.code, 0);
  assert.equal(done.out + done.err, '', 'run by a timer it says nothing when all is well');
  assert.notEqual(await version(), before);
  assert.equal((await shuinuo(['import', 'customers', '/nowhere'])).code, 1);
  assert.equal((await shuinuo(['import'])).code, 1);
  fs.rmSync(file);
});

test('places are found by a part of their name, for scripts as JSON, with the households of each', async () => {
  const answer = await operator.get(`${PLACES}search?q=${encodeURIComponent('明珠花园 2号')}`);
  assert.match(answer.header('content-type'), /application\/json/);
  const { places } = JSON.parse(answer.text);
  assert.equal(places[0].name, '明珠花园2号楼');
  assert.equal(places[0].around, '湖东区');
  assert.equal(places[0].households, 4);
  assert.deepEqual(JSON.parse((await operator.get(`${PLACES}search?q=%25`)).text).places, []);
  assert.equal((await operator.get(`${PLACES}search?q=`)).status, 400);
});

test('Art. 18: without a script a button finds the places, boxes choose them, and the rest of the form stays', async () => {
  const NEW = '/staff/supply/new';
  const found = await other.submit(NEW, NEW, { places: '明珠花园 2号\n湖光里', words: '先写好的话', find: '1' });
  assert.equal(found.status, 200);
  assert.match(wordsOf(found.text), /明珠花园2号楼 湖东区 · 4 户，\d 户登记了电话/);
  assert.match(wordsOf(found.text), /已选的地方一共： 12 户/);
  assert.equal(errorOf(found.text, 'places'), null);
  const form = formOf(found.text, NEW);
  assert.equal(form.words, '先写好的话');
  const box = /name="pick1" value="(\d+)"/.exec(found.text)[1];
  const chosen = await other.post(NEW, { ...form, pick1: box, find: '1' });
  assert.equal(formOf(chosen.text, NEW).places, '湖光里\n明珠花园2号楼');
  assert.match(wordsOf(chosen.text), /已选的地方一共： 16 户/);
  const unknown = await other.submit(NEW, NEW, { places: '没有这个地方' });
  assert.equal(errorOf(unknown.text, 'places').includes('没有这个地方'), true);
});

test('staff add, rename and retire places and master meters; the history says who, and who was slower is told', async () => {
  const district = await one("SELECT id FROM place WHERE name = '湖东区'");
  const added = await ops.submit(`${PLACES}new?parent=${district}`, `${PLACES}new`, { name: '手工苑', kind: '2', zone: '1' });
  assert.equal(added.status, 303, wordsOf(added.text).slice(0, 300));
  const page = added.header('location').replace(/^https?:\/\/[^/]*/, '').replace('?done=1', '');
  const twice = await ops.submit(`${PLACES}new?parent=${district}`, `${PLACES}new`, { name: '手工苑', kind: '2', zone: '1' });
  assert.equal(errorOf(twice.text, 'name'), '这里已经有同名的地点');
  const old = formOf((await ops.get(page)).text, page);
  assert.equal((await ops.submit(page, page, { name: '手工新苑' })).status, 303);
  const slow = await ops.post(page, { ...old, name: '手工老苑' });
  assert.equal(slow.status, 409);
  assert.match(wordsOf(slow.text), /别人已经修改过[\s\S]*手工新苑/);
  assert.equal(formOf(slow.text, page).name, '手工老苑');
  const place = page.split('/').pop();
  const meter = await ops.submit(`/staff/supply/meters/new?place=${place}`, '/staff/supply/meters/new', { code: 'HAND-1', name: '手工总表' });
  assert.equal(meter.status, 303);
  const meterPage = meter.header('location').replace(/^https?:\/\/[^/]*/, '').replace('?done=1', '');
  assert.equal((await ops.submit(meterPage, meterPage, { name: '手工总表', is_retired: '1' })).status, 303);
  assert.match(wordsOf((await ops.get(meterPage)).text), /已停用[\s\S]*总表停用/);
  const words = wordsOf((await ops.get(page)).text);
  assert.match(words, /变更记录[\s\S]*改名 手工苑 → 手工新苑[\s\S]*新增地点 手工苑/);
  const full = await ops.submit(`${PLACES}${await one("SELECT id FROM place WHERE name = '湖光里'")}`, `${PLACES}${await one("SELECT id FROM place WHERE name = '湖光里'")}`, { is_retired: '1' });
  assert.equal(errorOf(full.text, 'is_retired'), '这里还有住户，不能停用');
});

test('Art. 33(4): a household is found by its account, shown masked, opened with a record, and its phone changed', async () => {
  const found = await ops.submit(CUSTOMERS, CUSTOMERS, { number: '２０２６００００１３' });
  assert.equal(found.status, 303, wordsOf(found.text).slice(0, 300));
  const page = found.header('location').replace(/^https?:\/\/[^/]*/, '');
  assert.ok(!page.includes('2026000013'), 'no account stands in an address');
  const shown = await operator.get(page);
  assert.match(wordsOf(shown.text), /20\*+13/);
  assert.ok(!shown.text.includes('2026000013'));
  assert.equal(formOf(shown.text, '/open'), null, 'an operator has no button to open it');
  assert.equal((await operator.post(`${page}/open`, { token: formOf(shown.text, '/signout').token })).status, 403);
  const opened = await ops.submit(page, `${page}/open`);
  assert.match(wordsOf(opened.text), /2026000013/);
  assert.match(wordsOf(opened.text), /查看隐去的内容/);
  assert.equal(await one("SELECT COUNT(*) FROM audit WHERE what = 'unmask' AND detail LIKE '20%13'") > 0, true);
  const wrong = await ops.submit(page, `${page}/phone`, { phone: '12' });
  assert.equal(wrong.status, 422);
  assert.equal(errorOf(wrong.text, 'phone'), '请输入 11 位手机号，或者带区号的固定电话');
  assert.equal(errorOf((await ops.submit(page, `${page}/phone`, { phone: '' })).text, 'phone'), '请输入新的电话，或者勾选取消登记，二者取一', 'an empty field takes nothing away');
  const old = formOf((await ops.get(page)).text, `${page}/phone`);
  assert.equal((await ops.submit(page, `${page}/phone`, { phone: '139 0635 7001' })).status, 303);
  const slow = await ops.post(`${page}/phone`, { ...old, phone: '13906357002' });
  assert.equal(slow.status, 409);
  assert.match(wordsOf(slow.text), /登记电话已经变了/);
  const check = await staged(ops, TOWN);
  assert.equal(countsOf((await ops.get(check)).text)['保留职工登记的电话'], '1');
  assert.equal((await ops.submit(check, check, { act: '1' })).status, 303);
  assert.match(wordsOf((await ops.get(page)).text), /139\*{4}7001/);
  const byPhone = await ops.submit(CUSTOMERS, CUSTOMERS, { number: '13906357001' });
  assert.match(wordsOf(byPhone.text), /登记了这个电话的住户 20\*+13/);
  const nobody = await ops.submit(CUSTOMERS, CUSTOMERS, { number: '1999999999' });
  assert.equal(nobody.status, 422);
});

test('who may not import or keep has neither link nor page', async () => {
  assert.equal((await operator.get(IMPORT)).status, 403);
  assert.equal((await other.get(IMPORT)).status, 403, 'a leader of another unit');
  assert.ok(!(await operator.get(PLACES)).text.includes(IMPORT));
  const district = await one("SELECT id FROM place WHERE name = '湖东区'");
  assert.equal((await operator.get(`${PLACES}new?parent=${district}`)).status, 403);
  assert.equal(formOf((await operator.get(`${PLACES}${district}`)).text, `${PLACES}${district}`), null);
});
