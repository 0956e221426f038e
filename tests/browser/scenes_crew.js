/* Scenes of crews on the way, and of the links that the desk hands out to them; see scenes.js. */
'use strict';
const { picture, choosePhotos, go, press, file, open, act, submit, passwords } = require('./driver.js');
const { giveLink, openJob, prepareStep, takeStep } = require('./crew.js');

const LONG_HAN = '挖开后是接头渗漏，需要换一段管子，先关上游阀门，预计两个小时，路面要用围挡，来往车辆绕行。'.repeat(4);
const LONG_WORD = 'Valve-Chamber-North-Of-The-Crossing-'.repeat(3) + '0123456789'.repeat(3);

/** A leak that pipeline management has, and the link of its crew. */
async function dispatched(cast, report = {}) {
  const { number } = await file(cast.resident, { words: LONG_HAN, place: '湖南路与卫育路口', phone: '13806350077', name: '赵玉兰', address: '7 号楼 1 单元 302', ...report });
  await act(cast.ops, 'wanglei', number, 'dispatch', {});
  return { number, job: await giveLink(cast.liaison, 'lina', number, '孙强') };
}

/** The same, with everything a page can show: grave, accepted, called, photographed. Made once. */
async function busy(cast) {
  if (!cast.busy) {
    cast.busy = await dispatched(cast, { place: `湖南路与卫育路口 ${LONG_WORD}`.slice(0, 100), photos: [picture('jpeg', 41)] });
    await act(cast.liaison, 'lina', cast.busy.number, 'accept');
    await act(cast.ops, 'wanglei', cast.busy.number, 'grade', { grade_3: true, grade_4: true, words: '路面塌陷' });
  }
  return cast.busy;
}

const signInAs = (login, password) => async (page) => {
  await go(page, '/crew/signin');
  await page.locator('[name=login]').fill(login);
  await page.locator('[name=password]').fill(password ?? passwords()[login]);
  await submit(page);
};

const crews = [
  { name: 'crew, sign-in', open: async (page) => { await go(page, '/crew/signin'); } },
  { name: 'crew, sign-in, wrong', status: 422, open: signInAs('nobody-of-that-name', 'not the password') },
  { name: 'crew, sign-in, nothing to do there', status: 403, open: signInAs('wanglei') },
  { name: 'crew, no assignment', open: signInAs('sunqiang') },
  { name: 'crew, a link of somebody else', status: 403, open: async (page, cast) => openJob(page, 'gaofei', (await busy(cast)).job, 403) },
  {
    name: 'crew, an assignment taken away', status: 410,
    open: async (page, cast) => {
      const { number, job } = await dispatched(cast);
      await act(cast.ops, 'wanglei', number, 'recall', { dispatch_no: 1, words: '派错了' });
      await openJob(page, 'sunqiang', job, 410);
    },
  },
  { name: 'crew, an assignment to accept', open: async (page, cast) => openJob(page, 'sunqiang', (await dispatched(cast)).job) },
  { name: 'crew, a grave one with photos', open: async (page, cast) => openJob(page, 'sunqiang', (await busy(cast)).job) },
  {
    name: 'crew, all steps open',
    open: async (page, cast) => {
      await openJob(page, 'sunqiang', (await busy(cast)).job);
      await page.locator('details').evaluateAll((all) => { for (const details of all) details.open = true; });
    },
  },
  {
    name: 'crew, a step done',
    open: async (page, cast) => { await openJob(page, 'sunqiang', (await busy(cast)).job); await takeStep(page, 'facts', { diameter_mm: '200' }); },
  },
  {
    name: 'crew, a wrong step', status: 422,
    open: async (page, cast) => {
      await openJob(page, 'sunqiang', (await busy(cast)).job);
      await press(page, await prepareStep(page, 'arrive', { diameter_mm: LONG_WORD.slice(0, 20), words: LONG_HAN }));
    },
  },
  {
    name: 'crew, somebody was first', status: 409,
    open: async (page, cast) => {
      const { number, job } = await busy(cast);
      await openJob(page, 'sunqiang', job);
      const button = await prepareStep(page, 'escalate-unit', { words: LONG_HAN });
      await act(cast.ops, 'wanglei', number, 'note', { words: '已通知交警' });
      await press(page, button);
    },
  },
  {
    name: 'crew, whom to call',
    open: async (page, cast) => { await openJob(page, 'sunqiang', (await busy(cast)).job); await press(page, page.locator('form[action$="/phone"] button')); },
  },
  { name: 'crew, photos', open: async (page, cast) => { const { job } = await busy(cast); await openJob(page, 'sunqiang', job); await page.goto(`${job}/photos`); } },
  {
    name: 'crew, photos, wrong', status: 422,
    open: async (page, cast) => {
      const { job } = await busy(cast);
      await openJob(page, 'sunqiang', job);
      await page.goto(`${job}/photos`);
      await choosePhotos(page, [picture('broken')]);
      await press(page, page.locator('form[enctype] button'));
    },
  },
  { name: 'link, to whom', login: 'lina', open: async (page, cast) => open(page, 'lina', `/staff/ticket/${(await busy(cast)).number}/link`) },
  {
    name: 'link, wrong', login: 'wanglei', status: 422,
    open: async (page, cast) => { await open(page, 'wanglei', `/staff/ticket/${(await busy(cast)).number}/link`); await press(page, page.locator('main form button.button')); },
  },
  { name: 'link, ready', login: 'wanglei', open: async (page, cast) => { await giveLink(page, 'wanglei', (await busy(cast)).number, '孙强'); } },
];

module.exports = { crews };
