// Sends the step of the place with photos and prints how many milliseconds it took until all of them were stored.
//
//   node photos.mjs URL FILE...
import fs from 'node:fs';
import http from 'node:http';
import { agent, hidden, Visitor } from './client.mjs';

const [base, ...files] = process.argv.slice(2);
const BOUNDARY = 'a-boundary-of-the-bench';

function multipart(fields) {
  const parts = Object.entries(fields).map(([name, value]) => Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
  for (const [i, file] of files.entries()) {
    parts.push(Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="photo${i + 1}"; filename="${i}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`), fs.readFileSync(file), Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

const visitor = new Visitor(base);
const start = await visitor.get('/complaint/new');
const token = hidden(start.text, 'token');
const { location } = await visitor.post('/complaint/matter', { token, group: 'leak' });
const body = multipart({ token, group: 'leak', category: 'leak_public', place: 'bench' });
const began = process.hrtime.bigint();
const status = await new Promise((resolve, reject) => {
  const headers = { Cookie: visitor.cookie, 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`, 'Content-Length': body.length };
  const request = http.request(base + location, { method: 'POST', agent, headers }, (response) => {
    response.resume();
    response.on('end', () => resolve(response.statusCode));
  });
  request.on('error', reject);
  request.end(body);
});
if (status !== 303) throw new Error(`the photos were answered with ${status}`);
console.log((Number(process.hrtime.bigint() - began) / 1e6).toFixed(1));
agent.destroy();
