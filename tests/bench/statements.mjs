// Counts the statements of each page by its line in the program's log, and says which have more than they may.
//
//   node statements.mjs URL VAR
import fs from 'node:fs';
import { agent, followOwnTicket, signIn, toCheckPage, Visitor } from './client.mjs';

const [base, variable] = process.argv.slice(2);
const LIST_OR_VIEW = 3;
// A ticket: who asks, its rows, its events (never joined to the rows: a stream is read and checked alone), what there is beside it,
// notices if any, canned answers. What is not there, is not looked for.
const TICKET = 6;
const FILING = 8;
let missed = false;

/** Statements of a request, from the log line that carries its number. */
async function counted(id) {
  for (let tries = 0; tries < 50; tries++) {
    for (const name of ['commitment', 'complaint', 'ticket', 'signin']) {
      const line = fs.readFileSync(`${variable}/log/${name}.log`, 'utf8').split('\n').find((text) => text.includes(`id=${id} `));
      if (line) return Number(line.match(/statements=(\d+)/)[1]);
    }
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error(`no log line for ${id}`);
}

/** The second of two requests counts: the first may have connected and read the catalog. */
async function measure(name, most, request) {
  await request();
  const answer = await request();
  const count = await counted(answer.id);
  const isOver = count > most;
  missed ||= isOver;
  console.log(`  ${name.padEnd(34)} ${String(count).padStart(3)}  (at most ${most})  ${isOver ? 'MISSED' : 'ok'}  HTTP ${answer.status}`);
}

const visitor = new Visitor(base);
const followed = await followOwnTicket(base);
const login = fs.readFileSync(`${variable}/sample-signins.txt`, 'utf8').split('\n').map((line) => line.trim().split(/\s+/)).find((words) => words[2] === 'ops');
const staff = await signIn(base, login[0], login[1]);
const queue = await staff.get('/staff/ticket/');
const number = queue.text.match(/\/staff\/ticket\/(SN[0-9-]+)/)[1];

await measure('portal', LIST_OR_VIEW, () => visitor.get('/'));
await measure('commitments', LIST_OR_VIEW, () => visitor.get('/commitment/'));
await measure('commitments.json', LIST_OR_VIEW, () => visitor.get('/commitment/commitments.json'));
await measure('start of a report', LIST_OR_VIEW, () => visitor.get('/complaint/new'));
await measure('tracking page', LIST_OR_VIEW, () => followed.visitor.get(followed.path));
await measure('queue', LIST_OR_VIEW, () => staff.get('/staff/ticket/'));
await measure('queue, filtered', LIST_OR_VIEW, () => staff.get('/staff/ticket/?view=all&q=%E7%B1%BB%E5%88%AB%3A%233'));
await measure('ticket', TICKET, () => staff.get(`/staff/ticket/${number}`));
await measure('filing', FILING, async () => {
  const ready = await toCheckPage(base);
  return ready.visitor.post(ready.path, ready.fields);
});
agent.destroy();
process.exit(missed ? 1 : 0);
