// A member of staff as a test plays one: cookies, forms as they stand on the page, the clock and the database of the stack.
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { execFile } = require('node:child_process');
const { setCookies } = require('./cookies.js');
const fastcgi = require('./fastcgi.js');

const base = process.env.SHUINUO_URL;
const folder = process.env.SHUINUO_VAR;

/** Rows of a query on the stack's database, by its owner. */
function sql(text) {
  return new Promise((resolve, reject) => {
    execFile('mariadb', ['--no-defaults', `--socket=${path.join(folder, 'sock/db.sock')}`, '--default-character-set=utf8mb4', '-N', 'shuinuo', '-e', text],
      (error, out, err) => (error ? reject(new Error(err)) : resolve(out.trim().split('\n').filter(Boolean).map((line) => line.split('\t')))));
  });
}

/** The administrator's command. */
function shuinuo(words, input = '') {
  return new Promise((resolve) => {
    const child = execFile(path.join(process.env.SHUINUO_BUILD, 'bin/shuinuo'), ['--settings', path.join(folder, 'shuinuo.hdf'), ...words],
      (error, out, err) => resolve({ code: error ? error.code : 0, out, err }));
    child.stdin.end(input);
  });
}

const offsetFile = path.join(folder, 'time-offset');
const offset = () => Number(fs.readFileSync(offsetFile, 'utf8'));
/** The stack's time, and going on in it: forward only. */
const now = () => Date.now() + offset() * 1000;
function wait(minutes) {
  fs.writeFileSync(`${offsetFile}.new`, `${offset() + Math.ceil(minutes * 60)}\n`);
  fs.renameSync(`${offsetFile}.new`, offsetFile);
}
/** A moment as a datetime-local field takes it, on the wall clock of the city. */
const local = (ms) => new Date(ms + 8 * 3600000).toISOString().slice(0, 16);

const unescape = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&');
const attribute = (tag, name) => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? unescape(found[1]) : null;
};

/** What a browser would send of the form whose action ends in `action`. */
function formOf(html, action) {
  for (const [, head, content] of html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
    if (!(attribute(head, 'action') ?? '').endsWith(action)) continue;
    const fields = {};
    for (const [tag] of content.matchAll(/<input[^>]*>/g)) {
      const name = attribute(tag, 'name');
      const isBox = ['checkbox', 'radio'].includes(attribute(tag, 'type'));
      if (name && (!isBox || /\schecked/.test(tag))) fields[name] = isBox ? attribute(tag, 'value') : attribute(tag, 'value') ?? '';
    }
    for (const [, tag, text] of content.matchAll(/<textarea([^>]*)>\n?([\s\S]*?)<\/textarea>/g)) {
      if (attribute(tag, 'name')) fields[attribute(tag, 'name')] = unescape(text);
    }
    for (const [, tag, options] of content.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
      const chosen = [...options.matchAll(/<option[^>]*>/g)].map(([option]) => option);
      fields[attribute(tag, 'name')] = attribute(chosen.find((option) => /\sselected/.test(option)) ?? chosen[0], 'value');
    }
    return fields;
  }
  return null;
}

/** The words of a page, without tags. */
const wordsOf = (html) => unescape(html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));
/** The sentence beside a field. */
const errorOf = (html, id) => {
  const found = new RegExp(`id="e-${id}"[^>]*>([^<]*)<`).exec(html);
  return found ? unescape(found[1]) : null;
};

/** A browser with cookies. via: 'http' through the web server, or an address for straight to the program. */
class Visitor {
  constructor(via = 'http') {
    this.via = via;
    this.cookies = new Map();
  }

  async send(where, { method = 'GET', fields, headers = {} } = {}) {
    const isMultipart = fields instanceof FormData;
    const body = fields === undefined ? undefined : typeof fields === 'string' || isMultipart ? fields : new URLSearchParams(fields).toString();
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = { ...(cookie ? { Cookie: cookie } : {}), ...(body === undefined || isMultipart ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }), ...headers };
    const answer = this.via === 'http' ? await this.#http(where, method, body, sent) : await this.#direct(where, method, body, sent);
    for (const line of answer.set) {
      const [pair, ...rest] = line.split('; ');
      const [name, value] = pair.split('=');
      if (rest.includes('Max-Age=0')) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  async #http(where, method, body, headers) {
    const answer = await fetch(base + where, { method, body, headers, redirect: 'manual' });
    const raw = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, header: (name) => answer.headers.get(name), set: setCookies(answer.headers), raw, text: raw.toString() };
  }

  async #direct(where, method, body, headers) {
    const program = where.startsWith('/staff/sign') ? 'signin' : where.split('/')[where.startsWith('/staff/') ? 2 : 1];
    const answer = await fastcgi.request(path.join(folder, 'sock', `${program}.sock`), where, { method, body, headers, params: { REMOTE_ADDR: this.via } });
    return { status: answer.status, header: (name) => answer.headers[name.toLowerCase()] ?? null, set: answer.headers['set-cookie'], text: answer.text };
  }

  get(where, headers) {
    return this.send(where, { headers });
  }

  post(where, fields, headers) {
    return this.send(where, { method: 'POST', fields, headers });
  }

  /**
   * Opens a page and sends its form with these fields over what stands in it. An intake that shows earlier reports is answered with
   * "none of them", unless the fields say otherwise or isAsked is left to the test.
   */
  async submit(page, action, fields = {}, { isAsked = false } = {}) {
    const shown = await this.get(page);
    assert.equal(shown.status, 200, `${page} answers ${shown.status}`);
    const form = formOf(shown.text, action);
    assert.ok(form, `${page} has a form ${action}`);
    const answer = await this.post(action, { ...form, ...fields });
    const asked = !isAsked && answer.status === 200 && action === '/staff/ticket/new' ? formOf(answer.text, action) : null;
    if (!asked || !asked.earlier) return answer;
    return this.post(action, { repeat_of: 'none', ...asked, ...fields });
  }

  /** Signs in; told that too many do so at this moment, a person tries again. */
  async signIn(login, password = passwords()[login]) {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.submit('/staff/signin', '/staff/signin', { login, password });
      if (answer.status !== 503 || attempt === 20) return answer;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

function passwords() {
  const lines = fs.readFileSync(path.join(folder, 'sample-signins.txt'), 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.trim().split(/\s+/).slice(0, 2)));
}

/** Somebody of the sample town, signed in. */
async function staff(login, via) {
  const visitor = new Visitor(via);
  const answer = await visitor.signIn(login);
  assert.equal(answer.status, 303, `${login} signs in: ${wordsOf(answer.text)}`);
  visitor.login = login;
  return visitor;
}

/** A form as a browser sends it with files: fields, and photos by field name. */
function multipart(fields, photos = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const [name, photo] of Object.entries(photos)) {
    const { bytes, name: fileName = 'IMG_0001.jpg', type = 'image/jpeg' } = Buffer.isBuffer(photo) ? { bytes: photo } : photo;
    form.set(name, new Blob([bytes], { type }), fileName);
  }
  return form;
}

module.exports = {
  multipart, Visitor, staff, passwords, sql, shuinuo, now, wait, local, formOf, wordsOf, errorOf, attribute };
