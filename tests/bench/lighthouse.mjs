// node lighthouse.mjs URL: Lighthouse's score for performance of the public pages, as a phone on a slow network loads them: the
// median of three runs each. Prints "SCORE PATH" lines; the worst comes last, after "worst".
import net from 'node:net';
import { createRequire } from 'node:module';
import lighthouse from 'lighthouse';

const { chromium } = createRequire(import.meta.url)('playwright-core');
const [base] = process.argv.slice(2);
const PATHS = ['/', '/complaint/', '/complaint/new', '/complaint/follow', '/complaint/code', '/complaint/badge', '/complaint/misconduct', '/complaint/misconduct/answer',
  '/commitment/', '/commitment/promise/arrive_inner', '/commitment/counting', '/outage/', '/commitment/text/procedure_leak', '/commitment/supervision', '/commitment/privacy'];
const RUNS = 3;

const port = await new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => { const { port: free } = server.address(); server.close(() => resolve(free)); });
});
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', `--remote-debugging-port=${port}`] });
const settings = { extends: 'lighthouse:default', settings: { onlyCategories: ['performance'], formFactor: 'mobile' } };
let worst = 100;
try {
  for (const path of PATHS) {
    const scores = [];
    for (let i = 0; i < RUNS; i++) {
      let lhr;
      for (let tries = 0; tries < 3 && (!lhr || lhr.runtimeError); tries++) { // mishaps of its own, such as a lost trace
        ({ lhr } = await lighthouse(base + path, { port, logLevel: 'silent' }, settings));
      }
      if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
      scores.push(Math.round(lhr.categories.performance.score * 100));
    }
    const [, median] = scores.sort((a, b) => a - b);
    worst = Math.min(worst, median);
    console.log(`    ${median} ${path} (${scores.join(', ')})`);
  }
} finally { await browser.close(); }
console.log(`worst ${worst}`);
