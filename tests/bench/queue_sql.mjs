// The queue's driving statement with values filled in, for EXPLAIN; read from statements.def so that it can't drift.
import fs from 'node:fs';

const text = fs.readFileSync(new URL('../../cgi-bin/store/statements.def', import.meta.url), 'utf8').replace(/\\\n/g, '\n');
const macros = Object.fromEntries([...text.matchAll(/^#define (\w+)\s+((?:"(?:[^"\\]|\\.)*"|\w+|\s)+?)(?=\n[#S/]|\n\n)/gm)].map(([, name, body]) => [name, body]));
const expand = (body) => [...body.matchAll(/"((?:[^"\\]|\\.)*)"|(\w+)/g)].map(([, quoted, name]) => quoted ?? expand(macros[name] ?? '')).join('');
const found = text.match(/STATEMENT\(TICKET_LIST_BY_DUE,\s*[^,]*(?:"[^"]*")?[^,]*,\s*\w+,\s*([\s\S]*?)\)\nSTATEMENT/);
const values = ["'2000-01-01'", "'2000-01-01'", '0', '51', ...Array(8).fill('0'), '51']; // no filter: the inner limit is the page's
let index = 0;
console.log(expand(found[1]).replace(/\?/g, () => values[index++]));
