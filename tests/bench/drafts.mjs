// Prepares filings for the load, one line each: cookies, path and body of the last POST.
//
//   node drafts.mjs URL COUNT FILE
import fs from 'node:fs';
import { agent, toCheckPage } from './client.mjs';

const [base, countText, file] = process.argv.slice(2);
const out = fs.createWriteStream(file);
let left = Number(countText);

async function prepare() {
  while (left-- > 0) {
    const { visitor, path, fields } = await toCheckPage(base);
    out.write(`${visitor.cookie}\t${path}\t${new URLSearchParams(fields)}\n`);
  }
}
await Promise.all(Array.from({ length: 12 }, prepare));
out.end();
agent.destroy();
