// How long the desk's lists take: node lists.mjs URL COOKIE VAR TIMES what…; what: lists (every view, order and filter) or searches
// ("recent": open tickets and the last 90 days, "years": all of them). Each address is asked for TIMES times, in turn with the others;
// prints the slowest addresses and "RESULT NAME ALL SLOWEST ADDRESSES CPU SLOWEST-CPU": milliseconds, the 95th percentile over all
// answers and of the slowest address; and the same of the processor's time alone (program and database), which a busy machine does
// not lengthen.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const [base, cookie, folder, times, ...wanted] = process.argv.slice(2);

// ---- the processor's time of the program and the database

const pidOf = (name) => fs.readFileSync(path.join(folder, 'pid', name), 'utf8').trim();
const childrenOf = (pid) => fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
/** Nanoseconds so far of each thread. A worker is replaced after some thousand requests. */
function processor() {
  const used = new Map();
  for (const pid of [...childrenOf(pidOf('ticket')), pidOf('mariadbd')]) {
    try {
      for (const thread of fs.readdirSync(`/proc/${pid}/task`)) used.set(thread, Number(fs.readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]));
    } catch { /* ended meanwhile */ }
  }
  return used;
}
/** Milliseconds in between. */
function spent(before, after) {
  let sum = 0;
  for (const [thread, nanoseconds] of after) sum += nanoseconds - (before.get(thread) ?? 0);
  return sum / 1e6;
}

// ---- asking

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const ask = (where) => new Promise((resolve, reject) => {
  const used = processor();
  const began = process.hrtime.bigint();
  http.get(base + where, { agent, headers: { Cookie: cookie } }, (answer) => {
    let text = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk) => { text += chunk; });
    answer.on('end', () => {
      const ms = Number(process.hrtime.bigint() - began) / 1e6;
      if (answer.statusCode !== 200) reject(new Error(`${decodeURIComponent(where)} answers ${answer.statusCode}`));
      resolve({ ms, cpu: spent(used, processor()), rows: (text.match(/id="t-/g) ?? []).length });
    });
  }).on('error', reject);
});

const address = (view, words = '', sort = '') => `/staff/ticket/?view=${view}${words ? `&q=${encodeURIComponent(words)}` : ''}${sort && `&sort=${sort}`}`;
const VIEWS = ['mine', 'waiting', 'undispatched', 'call', 'soon', 'late', 'due', 'all'];
const FILTERS = ['', '状态:处理中', '片区:#2', '类别:#3', '承办:#3', '来源:#4', '性质:#1', '等级:#1', '时限:<2小时', '时限:超时', '时限:>1天',
  '类别:#3 承办:#4 片区:#1', '来源:#1 性质:#2 时限:<1天', '等级:#2 类别:#9'];

/** Where the pages behind the first begin: an address deep in the list. */
const deep = (view, sort) => `${address(view, '', sort)}&after=${Date.now() - 200 * 86400000}-1&at=10001`;

const sets = {
  lists: () => [
    ...VIEWS.flatMap((view) => FILTERS.flatMap((words) => ['', 'newest'].map((sort) => address(view, words, sort)))),
    deep('all', ''), deep('due', 'newest'),
  ],
  recent: () => ['冒水', '明珠花园', '明珠花园 发黄', '水锤', '铜绿色沉淀', '楼没有水 柳泉', '凤凰城12号楼', '没有这种说法'].flatMap((words) => [address('all', words), address('due', words), address('due', words, 'newest')]),
  years: () => ['冒水', '明珠花园', '明珠花园 发黄', '水锤', '铜绿色沉淀', '楼没有水 柳泉', '凤凰城12号楼', '没有这种说法'].map((words) => address('all', `范围:所有年份 ${words}`)),
};

const at95 = (values) => [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1];

for (const name of wanted) {
  const addresses = sets[name]();
  const taken = new Map(addresses.map((where) => [where, []]));
  for (const where of addresses) await ask(where); // once for the buffers
  for (let i = 0; i < Number(times); i++) for (const where of addresses) taken.get(where).push(await ask(where));
  const slowest = [...taken].map(([where, answers]) => ({ where, rows: answers[0].rows, ms: at95(answers.map(({ ms }) => ms)), cpu: at95(answers.map(({ cpu }) => cpu)) }));
  slowest.sort((a, b) => b.cpu - a.cpu);
  for (const { where, rows, ms, cpu } of slowest.slice(0, 5)) console.log(`    ${ms.toFixed(1)} ms, processor ${cpu.toFixed(1)} ms, ${rows} rows  ${decodeURIComponent(where)}`);
  const all = [...taken.values()].flat();
  console.log(`RESULT ${name} ${at95(all.map(({ ms }) => ms)).toFixed(2)} ${Math.max(...slowest.map(({ ms }) => ms)).toFixed(2)} ${addresses.length} ${at95(all.map(({ cpu }) => cpu)).toFixed(2)} ${slowest[0].cpu.toFixed(2)}`);
}
agent.destroy();
