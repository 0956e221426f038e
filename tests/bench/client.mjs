// A visitor for the bench: keeps cookies and connections, follows no redirects, fills forms from what the page holds.
import http from 'node:http';

export const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

export class Visitor {
  constructor(base) {
    this.base = base;
    this.jar = new Map();
  }

  get cookie() {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  send(method, path, fields) {
    const body = fields ? new URLSearchParams(fields).toString() : '';
    const headers = { Cookie: this.cookie };
    if (fields) {
      headers['Content-Type'] = 'application/x-www-form-urlencoded';
      headers['Content-Length'] = Buffer.byteLength(body);
    }
    return new Promise((resolve, reject) => {
      const request = http.request(this.base + path, { method, agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => { text += chunk; });
        response.on('end', () => {
          for (const line of response.headers['set-cookie'] ?? []) {
            const [name, value] = line.split(';')[0].split(/=(.*)/s);
            this.jar.set(name, value);
          }
          const location = response.headers.location?.replace(/^https?:\/\/[^/]+/, '');
          resolve({ status: response.statusCode, id: response.headers['x-request-id'], location, text });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  get(path) { return this.send('GET', path); }

  /** Posts and insists on the redirect that says it worked. */
  async post(path, fields) {
    const answer = await this.send('POST', path, fields);
    if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}`);
    return answer;
  }
}

const entities = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'" };
export const decode = (text) => text.replace(/&(#39|\w+);/g, (all, name) => entities[name] ?? all);

/** Value of a hidden field of the page. */
export function hidden(text, name) {
  const found = text.match(new RegExp(`name="${name}"[^>]* value="([^"]*)"`)) ?? text.match(new RegExp(`value="([^"]*)"[^>]* name="${name}"`));
  if (!found) throw new Error(`the page has no field ${name}`);
  return decode(found[1]);
}

/** Action of the first form whose path begins so. */
export const action = (text, begin) => decode(text.match(new RegExp(`action="([^"]*${begin}[^"]*)"`))[1]);

/** A visitor who has answered everything and stands before the last button. */
export async function toCheckPage(base) {
  const visitor = new Visitor(base);
  const start = await visitor.get('/complaint/new');
  const token = hidden(start.text, 'token');
  const matter = await visitor.post('/complaint/matter', { token, group: 'leak' });
  const place = await visitor.get(matter.location);
  const where = await visitor.post(action(place.text, '/complaint/place'),
    { token, group: 'leak', category: 'leak_public', place: '明珠花园3号楼', words: '路边一直冒水' });
  const contact = await visitor.get(where.location);
  const who = await visitor.post(action(contact.text, '/complaint/contact'), { token, phone: '19900000000' });
  const check = await visitor.get(who.location);
  return { visitor, path: action(check.text, '/complaint/file'), fields: { token: hidden(check.text, 'token') } };
}

/** Files a leak and follows it; the number, with the cookies that open its page. */
export async function followOwnTicket(base) {
  const { visitor, path, fields } = await toCheckPage(base);
  const receipt = await visitor.get((await visitor.post(path, fields)).location);
  const plain = receipt.text.replace(/<[^>]*>/g, '');
  const number = plain.match(/SN\d{6}-\d{7}-?\d/)[0];
  const code = plain.replace(number, '').match(/\b\d{4}[ \u00a0]?\d{4}\b/)[0];
  const page = await visitor.get('/complaint/follow');
  const followed = await visitor.post('/complaint/follow', { token: hidden(page.text, 'token'), number, code });
  return { visitor, path: followed.location };
}

export async function signIn(base, login, password) {
  const visitor = new Visitor(base);
  const page = await visitor.get('/staff/signin');
  await visitor.post('/staff/signin', { token: hidden(page.text, 'token'), login, password });
  return visitor;
}
