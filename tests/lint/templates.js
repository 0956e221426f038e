// Reads templates/**/*.cs and templates/text/*.hdf below the current folder and prints "RULE FILE:LINE: what" for what
// templates.sh forbids. The rules and their reasons stand there.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const ROOT = 'templates';
const OPENING = ['if', 'each', 'with', 'def', 'loop'];
const SIMPLE = ['var', 'elif', 'else', 'set', 'call'];
const ESCAPES = /\b(html_escape|url_escape|js_escape|url_validate|text_html|css_url_validate)\s*\(/;

function found(rule, file, line, what) {
  console.log(`${rule} ${file}:${line}: ${what.replace(/\s+/g, ' ').trim().slice(0, 160)}`);
}

function filesBelow(folder, suffix) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(name, suffix);
    return name.endsWith(suffix) ? [name] : [];
  }).sort();
}

const lineOf = (text, at) => text.slice(0, at).split('\n').length;
const withoutStrings = (expression) => expression.replace(/"[^"]*"|'[^']*'/g, '""');

// [{command, argument, at}] of a template; comments are left out.
function tagsOf(text) {
  const tags = [];
  for (const match of text.matchAll(/<\?cs\s*([\s\S]*?)\?>/g)) {
    const body = match[1].trim();
    if (body.startsWith('#')) continue;
    const parts = /^(\/?[a-z]+!?)\s*:?\s*([\s\S]*)$/.exec(body);
    const whole = /^(\/?[a-z]+)(!|:)?/.exec(body);
    tags.push({
      command: parts ? (whole[2] === '!' ? `${whole[1]}!` : whole[1]) : body,
      argument: parts ? parts[2].trim() : '',
      body,
      at: match.index,
    });
  }
  return tags;
}

// Whether the whole expression is one call: name( … ) with the last parenthesis closing the first.
function isOneCall(expression) {
  const start = /^[a-z_.]+\s*\(/.exec(expression);
  if (!start) return false;
  let depth = 0;
  for (let i = start[0].length - 1; i < expression.length; i++) {
    if (expression[i] === '(') depth++;
    if (expression[i] === ')' && --depth === 0) return i === expression.length - 1;
  }
  return false;
}

function checkExpression(file, line, tag) {
  const bare = withoutStrings(tag.argument);
  if (/string\.slice/.test(bare)) found('slice', file, line, tag.body);
  if (bare.includes('+') && bare.includes('[')) found('plus-index', file, line, tag.body);
  if (ESCAPES.test(bare) && (tag.command !== 'var' || !isOneCall(bare))) found('escape-part', file, line, tag.body);
  if (/(^|[^A-Za-z0-9_])_\(/.test(bare)) found('gettext', file, line, tag.body);
  if (/[/%]/.test(bare)) found('division', file, line, tag.body);
}

function checkTags(file, text) {
  const open = [];
  let macroArguments = [];
  for (const tag of tagsOf(text)) {
    const line = lineOf(text, tag.at);
    const name = tag.command;
    if (OPENING.includes(name)) {
      open.push({ name, line });
      if (name === 'def') macroArguments = (/\(([^)]*)\)/.exec(tag.argument) || ['', ''])[1].split(',').map((a) => a.trim());
    } else if (name.startsWith('/') && OPENING.includes(name.slice(1))) {
      const last = open.pop();
      if (!last || last.name !== name.slice(1)) found('closing', file, line, tag.body);
      if (name === '/def') macroArguments = [];
    } else if (!SIMPLE.includes(name) && name !== 'include!') {
      found('command', file, line, tag.body);
    }
    if (name === 'set' && macroArguments.includes(tag.argument.split(/[\s=.[]/)[0])) found('set-argument', file, line, tag.body);
    if (name === 'include!') continue;
    const expression = name === 'call' || name === 'def' ? { ...tag, argument: tag.argument.replace(/^[a-z_0-9]+\s*\(/i, '(') } : tag;
    checkExpression(file, line, expression);
  }
  for (const left of open) found('closing', file, left.line, `${left.name} is not closed`);
}

// The HTML around the tags: a comment vanishes, a printed value becomes one letter, other tags vanish. Lines stay.
function htmlOf(text) {
  return text.replace(/<\?cs\s*([\s\S]*?)\?>/g, (whole, body) => {
    const lines = whole.replace(/[^\n]/g, '');
    return (/^\s*(var|call|alt|lvar|uvar|evar|name)\b/.test(body) ? 'v' : '') + lines;
  }).replace(/<!--[\s\S]*?-->/g, (whole) => whole.replace(/[^\n]/g, ''));
}

function checkHtml(file, text) {
  const html = htmlOf(text);
  for (const tag of html.matchAll(/<([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g)) {
    const line = lineOf(html, tag.index);
    const attributes = tag[2].replace(/=\s*("[^"]*"|'[^']*')/g, (value) => `="" ${value.replace(/[^\n]/g, '')}`);
    if (/=\s*(?!")[^\s]/.test(attributes)) found('unquoted', file, line, tag[0]);
    if (/\s(style|on[a-z]+)\s*=/i.test(attributes)) found('inline', file, line, tag[0]);
    if (/=\s*["']\s*javascript:/i.test(tag[2])) found('inline', file, line, tag[0]);
    if (/^style$/i.test(tag[1]) || (/^script$/i.test(tag[1]) && !/\ssrc=/.test(tag[2]))) found('inline', file, line, tag[0]);
  }
  html.split('\n').forEach((line, index) => {
    if (/\p{Script=Han}/u.test(line)) found('words', file, index + 1, line);
  });
}

function includesOf(text) {
  return tagsOf(text).filter((tag) => tag.command === 'include!')
    .map((tag) => ({ name: (/^:?\s*"([^"]+)"$/.exec(tag.argument.replace(/^!/, '').trim()) || [])[1], at: tag.at, body: tag.body }));
}

function checkIncludes(templates) {
  const graph = new Map();
  for (const [file, text] of templates) {
    const targets = [];
    for (const include of includesOf(text)) {
      const target = include.name && path.join(ROOT, include.name);
      if (!target || !templates.has(target)) found('include-missing', file, lineOf(text, include.at), include.body);
      else targets.push(target);
    }
    graph.set(file, targets);
  }
  const done = new Set();
  const visit = (file, trail) => {
    if (trail.includes(file)) {
      found('include-cycle', file, 1, [...trail.slice(trail.indexOf(file)), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const target of graph.get(file)) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
}

// name -> line of every value in an HDF file.
function textsOf(file) {
  const texts = new Map();
  const prefix = [];
  let until = null;
  fs.readFileSync(file, 'utf8').split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (until !== null) {
      if (line === until) until = null;
      return;
    }
    if (line === '' || line.startsWith('#')) return;
    if (line === '}') {
      if (prefix.length === 0) found('text-syntax', file, index + 1, 'a } closes nothing');
      prefix.pop();
      return;
    }
    const parts = /^([A-Za-z0-9_.]+)\s*(?:\[[^\]]*\])?\s*(=|:=|:|<<|\{)\s*(.*)$/.exec(line);
    if (!parts) {
      found('text-syntax', file, index + 1, line);
      return;
    }
    const name = [...prefix, parts[1]].join('.');
    if (parts[2] === '{') {
      prefix.push(parts[1]);
      const rest = /^([A-Za-z0-9_.]+)\s*=/.exec(parts[3]);
      if (rest) texts.set([...prefix, rest[1]].join('.'), index + 1);
      return;
    }
    if (texts.has(name)) found('text-syntax', file, index + 1, `${name} stands here twice`);
    texts.set(name, index + 1);
    if (parts[2] === '<<') until = parts[3].trim();
  });
  if (prefix.length > 0) found('text-syntax', file, 1, `${prefix.join('.')} { is not closed`);
  return texts;
}

// Language files may leave out the "Text" that the programs put before every name.
function underText(texts) {
  return new Map([...texts].map(([name, line]) => [name.startsWith('Text.') ? name : `Text.${name}`, line]));
}

// A language is one file or several, LANGUAGE.hdf and LANGUAGE.PART.hdf. -> language -> name -> {file, line}
function languagesOf() {
  const languages = new Map();
  for (const file of filesBelow(path.join(ROOT, 'text'), '.hdf')) {
    const language = path.basename(file).split('.')[0];
    if (!languages.has(language)) languages.set(language, new Map());
    for (const [name, line] of underText(textsOf(file))) {
      const earlier = languages.get(language).get(name);
      if (earlier) found('text-syntax', file, line, `${name} is also in ${earlier.file}`);
      languages.get(language).set(name, { file, line });
    }
  }
  return languages;
}

function checkTexts(templates) {
  const languages = languagesOf();
  for (const [language, texts] of languages) {
    for (const [other, theirs] of languages) {
      if (language === other) continue;
      for (const [name, place] of texts) {
        if (!theirs.has(name)) found('text-differ', place.file, place.line, `${name} is not in ${other}`);
      }
    }
  }
  const known = new Set([...languages.values()].flatMap((texts) => [...texts.keys()]));
  const branches = new Set([...known].flatMap((name) => name.split('.').map((_, i, parts) => parts.slice(0, i).join('.'))));
  for (const [file, text] of templates) {
    for (const tag of tagsOf(text)) {
      for (const use of withoutStrings(tag.argument).matchAll(/\bText(?:\.[A-Za-z0-9_]+)+(\s*\[)?/g)) {
        const name = use[0].replace(/\s*\[$/, '');
        const isBranch = use[1] !== undefined || tag.command === 'with' || tag.command === 'each' || tag.command === 'call';
        if (!known.has(name) && !(isBranch && branches.has(name))) found('text-missing', file, lineOf(text, tag.at), name);
      }
    }
  }
}

const templates = new Map(filesBelow(ROOT, '.cs').map((file) => [file, fs.readFileSync(file, 'utf8')]));
for (const [file, text] of templates) {
  checkTags(file, text);
  checkHtml(file, text);
}
checkIncludes(templates);
checkTexts(templates);
