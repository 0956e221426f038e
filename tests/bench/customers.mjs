// customers.mjs import SHUINUO SETTINGS FILE: runs an import; prints its seconds and the most memory it had, MiB.
// customers.mjs search URL COOKIE COUNT: searches places in many ways at one connection; prints the 95th percentile in milliseconds.
import { spawn } from 'node:child_process';
import fs from 'node:fs';

const [what, ...words] = process.argv.slice(2);

async function runImport(program, settings, file) {
  const began = performance.now();
  const child = spawn(program, ['--settings', settings, 'import', 'customers', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  let most = 0;
  const look = setInterval(() => {
    try {
      most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
    } catch { /* it has ended */ }
  }, 50);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  console.log(`${((performance.now() - began) / 1000).toFixed(1)} ${(most / 1024).toFixed(1)}`);
}

// Names of communities in part, with a building, of buildings alone, and what there is none of.
const SIGNS = '甲乙丙丁戊己庚辛壬癸';
const QUESTIONS = [(i) => `${SIGNS[i % 10]}${SIGNS[(i >> 2) % 10]}`, (i) => `${SIGNS[i % 10]}甲花园`, () => '花园1区', (i) => `${SIGNS[i % 10]}甲花园1区${i % 40 + 1}号楼`,
  (i) => `甲甲小区1区 ${i % 40 + 1}`, (i) => `${i % 40 + 1}号楼`, () => '号楼', () => '不知道的地方', (i) => `第${i % 32 + 1}区`, () => '新村'];

async function search(url, cookie, count) {
  const times = [];
  let found = 0;
  for (let i = 0; i < Number(count); i++) {
    const began = performance.now();
    const answer = await fetch(`${url}/staff/supply/places/search?q=${encodeURIComponent(QUESTIONS[i % QUESTIONS.length](i))}`, { headers: { Cookie: cookie } });
    found += (await answer.json()).places.length;
    times.push(performance.now() - began);
  }
  if (found < count) throw new Error(`only ${found} places were found`);
  const late = times.slice(20).sort((a, b) => a - b);
  console.log(`${late[Math.floor(late.length * 0.95)].toFixed(1)} ${late[Math.floor(late.length / 2)].toFixed(1)}`);
}

await (what === 'import' ? runImport(...words) : search(...words));
