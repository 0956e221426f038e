// The queue's driving statement with values filled in, for EXPLAIN; expanded from statements.def so that it can't drift.
import { execFileSync } from 'node:child_process';

const top = new URL('../..', import.meta.url).pathname;
const input = '#define STATEMENT(name, parameters, columns, sql) @name@ parameters ; sql\n#include "store/statements.def"\n';
const text = execFileSync('cpp', ['-P', `-I${top}cgi-bin`, '-'], { input, encoding: 'utf8', maxBuffer: 64 << 20 });
const part = text.split('@ LIST_OPEN_DUE_AFTER @')[1] ?? text.split('@LIST_OPEN_DUE_AFTER@')[1];
const [parameters, sql] = part.split('@')[0].split(/;(.*)/s).map((piece) => [...piece.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, quoted]) => quoted).join(''));
const NEVER = "'9999-12-31 23:59:59.999'";
const walk = (limit) => ["'2000-01-01'", "'2000-01-01'", '0', NEVER, limit];
const usual = { i: '0', t: "''", b: 'NULL', a: "'1970-01-01'" };
const values = [...walk('51'), ...walk('50'), ...[...parameters.slice(10)].map((letter) => usual[letter])]; // no filter
values[10 + 25] = NEVER; // the upper bound of the deadline
values[values.length - 1] = '51';
let index = 0;
console.log(sql.replace(/\?/g, () => values[index++]));
