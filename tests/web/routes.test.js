/*
 * Every route of the staff's programs as every role, against a golden table: tests/golden/routes.txt (GOLDEN_WRITE=1 writes it anew).
 * The routes are read from the programs' own tables, so that a new one cannot be forgotten.
 */
'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { Visitor, staff, passwords, formOf } = require('./staff_client.js');

const top = process.env.SHUINUO_TOP;
const golden = path.join(top, 'tests/golden/routes.txt');
const PEOPLE = ['nobody', 'zhangmin', 'sunqiang', 'lina', 'zhaowei', 'wanglei', 'xuguang', 'heping', 'admin'];
const ROLES = ['nobody', 'operator', 'crew', 'liaison', 'unit_leader', 'ops', 'group_leader', 'discipline', 'admin'];
const NOT_TRIED = /^\/(staff|crew)\/sign(in|out)/; // would end the session that asks

/** [method, path] of every staff route, in the order of the tables. */
function routes() {
  const found = [];
  const folder = path.join(top, 'cgi-bin');
  for (const program of fs.readdirSync(folder).sort()) {
    const file = path.join(folder, program, 'main.c');
    if (!fs.existsSync(file)) continue;
    for (const [, method, where] of fs.readFileSync(file, 'utf8').matchAll(/\{METHOD_(GET|POST),\s*"(\/(?:staff|crew)\/[^"]*)"/g)) {
      if (!NOT_TRIED.test(where)) found.push([method, where]);
    }
  }
  return found;
}

/** '+': the role gets past the door, '-': it does not, 's': sign in first. */
async function mark(visitor, token, method, where) {
  const target = where.replaceAll('*', '999999');
  const answer = method === 'GET' ? await visitor.get(target) : await visitor.post(target, { token });
  assert.ok(answer.status < 500, `${method} ${target} answers ${answer.status}`);
  if ([302, 303].includes(answer.status) && /\/(staff|crew)\/signin/.test(answer.header('location'))) return 's';
  return answer.status === 403 ? '-' : '+';
}

/** The same person from outside; who has nothing to do there comes without a session. */
async function fromOutside(login) {
  const visitor = new Visitor();
  if (login !== 'nobody') await visitor.submit('/crew/signin', '/crew/signin', { login, password: passwords()[login] });
  const { text } = await visitor.get('/crew/');
  const token = visitor.cookies.has('sn_crew') ? formOf(text, '/crew/signout').token : formOf((await visitor.get('/crew/signin')).text, '/crew/signin').token;
  return { visitor, token };
}

test('every route lets in exactly the roles that the golden table says', async () => {
  const visitors = [];
  for (const login of PEOPLE) {
    const visitor = login === 'nobody' ? new Visitor() : await staff(login);
    const page = await visitor.get('/staff/signin');
    visitors.push({ outside: await fromOutside(login), visitor, token: formOf(page.text, login === 'nobody' ? '/staff/signin' : '/staff/signout').token });
  }
  const lines = [`# ${ROLES.join(' ')}`];
  for (const [method, where] of routes()) {
    const marks = [];
    for (const person of visitors) {
      const { visitor, token } = where.startsWith('/crew/') ? person.outside : person;
      marks.push(await mark(visitor, token, method, where));
    }
    lines.push(`${marks.join(' ')}  ${method.padEnd(4)} ${where}`);
  }
  const text = `${lines.join('\n')}\n`;
  if (process.env.GOLDEN_WRITE === '1') fs.writeFileSync(golden, text);
  assert.equal(text, fs.readFileSync(golden, 'utf8'));
});

/* Art. 9: where anybody registers a report and sees it through; whose ticket it is, core decides. */
const OWN_REPORTS = ['GET  /staff/ticket/', 'GET  /staff/ticket/new', 'POST /staff/ticket/new', 'GET  /staff/ticket/*', 'GET  /staff/ticket/*/*', 'POST /staff/ticket/*/*',
  'GET  /staff/ticket/discipline', 'POST /staff/ticket/discipline', 'POST /staff/ticket/discipline/take'];

test('nobody gets past a door without signing in, and the discipline office and administrators not into the desk', () => {
  const [, ...lines] = fs.readFileSync(golden, 'utf8').trim().split('\n');
  assert.ok(lines.length > 20);
  for (const own of OWN_REPORTS) assert.ok(lines.some((line) => line.endsWith(`  ${own}`)), own);
  for (const line of lines) {
    const marks = line.split('  ')[0].split(' ');
    assert.notEqual(marks[0], '+', line);
    if (/ \/crew\//.test(line)) assert.deepEqual(marks.map((sign) => sign === 's'), ROLES.map((role) => !['crew', 'liaison', 'unit_leader'].includes(role)), line);
    const sign = OWN_REPORTS.some((own) => line.endsWith(`  ${own}`)) ? '+' : '-';
    if (/ \/staff\/ticket\//.test(line)) assert.deepEqual([marks[7], marks[8]], [sign, sign], line);
  }
});
