// Messages to 100,000 households: sms.mjs FOLDER BUILD prints "PAGE_MS SEND_MS QUEUED_MS NUMBERS CLERK_KIB SUPPLY_KIB": the page with all
// counts, confirming, from the confirmation until every number is queued, and the most memory that clerk and supply ever took.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';

const [folder, build, households = '100000'] = process.argv.slice(2);
process.env.SHUINUO_VAR = folder;
process.env.SHUINUO_BUILD = build;
const { Visitor, sql, shuinuo, formOf, local, now } = createRequire(import.meta.url)('../web/staff_client.js');
const PASSWORD = 'a long enough secret 7';

const file = path.join(folder, 'customers.csv');
const rows = ['户号,区,小区,道路,楼栋,门牌,户名,电话,总表,总表名称'];
for (let i = 0; i < Number(households); i++) { // 60 in a building, 20 buildings in a community
  const building = Math.floor(i / 60);
  rows.push(`${1000000000 + i},试验区,第${Math.floor(building / 20)}小区,,${building % 20}号楼,${i % 60}室,住户,13${String(900000000 + i)},,`);
}
fs.writeFileSync(file, `${rows.join('\n')}\n`);
const imported = await shuinuo(['import', 'customers', file]);
if (imported.code !== 0) throw new Error(imported.err);
const added = await shuinuo(['user', 'add', 'benchops', 'benchops', 'ops', 'ops'], `${PASSWORD}\n`);
if (added.code !== 0) throw new Error(added.err);
await sql('UPDATE credential SET must_change = 0');

const ops = new Visitor();
await ops.signIn('benchops', PASSWORD);
const made = await ops.submit('/staff/supply/new', '/staff/supply/new', { unit: 3, cause: 1, places: '试验区', area_words: '', diameter_mm: 300, valves: '0',
  started_at: local(now()), expected_end_at: local(now() + 10800000), words: '正在抢修' });
if (made.status !== 303) throw new Error(`published: ${made.status}`);
const page = `/staff/supply/${/supply\/(\d+)/.exec(made.header('location'))[1]}/sms`;

const timed = async (work) => {
  const start = performance.now();
  const answer = await work();
  return [Math.round(performance.now() - start), answer];
};
await ops.get(page); // the tables are in memory from here on, as they are a minute after an import
const [pageMs, shown] = await timed(() => ops.get(page));
const begun = performance.now();
const [sendMs, sent] = await timed(() => ops.post(page, { ...formOf(shown.text, '/sms'), do: 'send' }));
if (sent.status !== 303) throw new Error(`sent: ${sent.status}`);
while ((await sql('SELECT state FROM outage_sms_batch WHERE audience = 1'))[0][0] === '1') await new Promise((resolve) => setTimeout(resolve, 20));
const queuedMs = Math.round(performance.now() - begun);
const stop = formOf((await ops.get(page)).text, '/sms-stop');
if (stop) await ops.post(`${page}-stop`, stop);
const [[numbers]] = await sql('SELECT numbers FROM outage_sms_batch WHERE audience = 1');
const most = (name) => {
  const master = fs.readFileSync(path.join(folder, 'pid', name), 'utf8').trim();
  const children = execFileSync('pgrep', ['-P', master], { encoding: 'utf8' }).trim().split('\n');
  return Math.max(...children.map((pid) => Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1])));
};
console.log(`${pageMs} ${sendMs} ${queuedMs} ${numbers} ${most('clerk')} ${most('supply')}`);
