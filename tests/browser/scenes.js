/*
 * Every page in every state that matters: empty, filled, wrong, long words. The tests of access and validity and the pictures
 * walk through them. A scene brings a visitor's page into its state and leaves it there; `status` is that of its answer.
 */
'use strict';
const { picture, choosePhotos, go, press, submit, file, fillPlace, fillContact, follow, open, prepare, register, act, now, CATEGORY, base } = require('./driver.js');
const { sql } = require('../web/staff_client.js');
const { office } = require('./scenes_admin.js');
const { rules } = require('./scenes_rules.js');
const { orders } = require('./scenes_order.js');
const { discipline } = require('./scenes_discipline.js');
const { outages } = require('./scenes_outage.js');
const { messages } = require('./scenes_sms.js');
const { crews } = require('./scenes_crew.js');
const { customers } = require('./scenes_customers.js');

const LONG_HAN = '从昨天夜里开始路边的水表井一直往外冒水，已经流到人行道和自行车道上，来往的老人和孩子走路要绕到马路中间。'.repeat(4);
const LONG_WORD = 'Sunshine-Garden-Residential-Community-Extension-'.repeat(2) + '0123456789'.repeat(3);
const UNKNOWN = 'f'.repeat(32);

/* The tickets that the scenes show, made once: number, numberText, code of each by the state it is in. */
async function cast(visit) {
  const resident = await visit({ js: false });
  const ops = await visit({ js: false });
  const liaison = await visit({ js: false });
  const crew = await visit({ js: false });
  const tickets = { resident, ops, liaison, crew };
  tickets.reported = await file(resident, { words: LONG_HAN, place: `明珠花园 ${LONG_WORD}`.slice(0, 100), name: '王女士', address: '3 号楼 2 单元 501', account: '1234567890', noticed: 'today' });
  tickets.pictured = await file(resident, { words: '路边冒水', photos: [picture('jpeg', 1)] });
  await open(ops, 'wanglei', `/staff/ticket/${tickets.pictured.number}/photos`);
  await ops.locator('input[name=stage][value=after]').check();
  await ops.locator('input[name=public]').check();
  await choosePhotos(ops, [picture('jpeg', 2)]);
  await press(ops, ops.locator('form[enctype] button'));
  tickets.appointed = await file(resident, { category: 'meter_well_leak', words: '水表井里渗水', phone: '13806350061' });
  const maintenance = await visit({ js: false });
  await act(ops, 'wanglei', tickets.appointed.number, 'dispatch');
  await act(maintenance, 'chenjing', tickets.appointed.number, 'accept');
  await act(maintenance, 'chenjing', tickets.appointed.number, 'contact', { appointment_at: localTime(now() + 3 * 3600000), words: '约好三小时后上门' });
  tickets.working = await file(resident, { words: '井盖旁冒水' });
  tickets.closed = await file(resident, { words: '路面冒水' });
  for (const name of ['working', 'closed']) {
    const { number } = tickets[name];
    await act(ops, 'wanglei', number, 'dispatch', { words: '请立即到场' });
    await act(liaison, 'lina', number, 'accept');
    await act(crew, 'sunqiang', number, 'arrive', { diameter_mm: '200' });
  }
  await act(crew, 'sunqiang', tickets.closed.number, 'repair', { cause: 1, words: LONG_HAN });
  await act(crew, 'sunqiang', tickets.closed.number, 'finish', { outcome: 1, no_photo: 3, words: LONG_HAN });
  await act(ops, 'wanglei', tickets.closed.number, 'review', { decision: 1 });
  await act(ops, 'wanglei', tickets.closed.number, 'follow-up', { follow_up: 1, satisfaction: 5 });
  await act(ops, 'wanglei', tickets.closed.number, 'close');
  for (const name of ['grave', 'parent', 'child']) tickets[name] = await file(resident, { words: '路面冒水', phone: '13806350033' });
  await toMerge(ops, tickets.child.number, tickets.parent.number);
  await press(ops, ops.locator('main form button.button').last());
  return tickets;
}

/** As a datetime-local field takes it, in Shanghai. */
const localTime = (ms) => new Date(ms + 8 * 3600000).toISOString().slice(0, 16);

/** Sends the form without pressing a button, past what the browser itself would hold back. */
const sendAsIs = async (page, selector = 'main form') => {
  await Promise.all([page.waitForNavigation(), page.locator(selector).first().evaluate((form) => { form.noValidate = true; HTMLFormElement.prototype.submit.call(form); })]);
};

const toContact = async (page, report) => { await fillPlace(page, report); await submit(page); };
const toCheck = async (page, report) => { await toContact(page, report); await fillContact(page, report); await submit(page); };
const tell = async (page, { numberText, code }) => {
  await follow(page, numberText, code);
  await page.waitForURL(/progress/);
  await press(page, page.locator('a[href$="/tell"]'));
};
const toAppointment = async (page, { number, numberText, code }) => {
  await follow(page, numberText, code);
  await page.waitForURL(/progress/);
  await go(page, `/complaint/progress/${number}/appointment`);
};
/** Announces planned outages, or takes them all off, and waits until every worker's page says so. */
async function announce(page, isOn) {
  const row = (code, language, kind, title) => `('${code}_scene', ${language}, 1, ${kind}, 10, '${title}', '${LONG_HAN.slice(0, 60)}\n- ${LONG_WORD.slice(0, 60)}\n- 18:00', '2026-01-01', 0, '2026-01-01')`;
  const rows = ['昌润路沿线停水', 'Changrun Road without water'].map((title, language) => row('outage', language, 3, title));
  await sql(isOn ? `INSERT IGNORE INTO public_text VALUES ${rows.join(', ')}` : "DELETE FROM public_text WHERE code LIKE '%\\_scene'");
  for (let right = 0; right < 6;) {
    await page.goto(`/outage/`);
    right = await page.locator('#o-outage_scene').count() > 0 === isOn ? right + 1 : 0;
  }
}
const PRAISE = { group: 'service', category: 'praise', words: '师傅冒雨抢修到半夜，谢谢你们。' };

const intakeButton = (page) => page.locator('main form.intake button:not([name]):not([formaction])').last();
/** A report by the phone that reported a leak before. */
const reportAgain = async (page) => {
  await open(page, 'zhangmin', '/staff/ticket/new');
  await page.locator('[name=category]').selectOption(String(CATEGORY.leak_public));
  await page.locator('[name=place]').fill('明珠花园 3 号楼东侧路口');
  await page.locator('[name=phone]').fill('13806350001');
  await page.locator('[name=words]').fill(LONG_HAN);
  await press(page, intakeButton(page));
};
/** To the check page of a merge. */
const toMerge = async (page, number, parent) => {
  await open(page, 'wanglei', `/staff/ticket/${number}/merge`);
  await page.locator('[name=parent][value=other]').check();
  await page.locator('[name=other]').fill(parent);
  await press(page, page.locator('main form button.button').last());
};
/** Damage by others, filed once by each walk through the scenes. */
const jointTicket = async (page, cast) => {
  if (cast.joint) return cast.joint;
  await open(page, 'wanglei', '/staff/ticket/new');
  await page.locator('[name=category]').selectOption('4');
  await page.locator('[name=place]').fill('施工工地西门');
  await page.locator('[name=phone]').fill('13806350044');
  await register(page);
  cast.joint = /SN\d{6}-\d{8}/.exec(page.url())[0];
  return cast.joint;
};
const pages = (where, status = 200) => async (page) => { await go(page, where, status); };
const staff = (login, where) => async (page) => open(page, login, where);

const residents = [
  { name: 'portal', open: pages('/') },
  { name: 'planned outages', open: async (page) => announce(page, true) },
  { name: 'planned outages, none', open: async (page) => announce(page, false) },
  { name: 'complaint', open: pages('/complaint/') },
  { name: 'matter', open: pages('/complaint/new') },
  { name: 'matter, wrong', status: 422, open: async (page) => { await go(page, '/complaint/new'); await sendAsIs(page); } },
  { name: 'place', open: async (page) => { await go(page, '/complaint/new'); await press(page, page.locator('button[value=leak]')); } },
  { name: 'place, no choice', open: async (page) => { await go(page, '/complaint/new'); await press(page, page.locator('button[value=no_water]')); } },
  { name: 'place, service', open: async (page) => { await go(page, '/complaint/new'); await press(page, page.locator('button[value=service]')); } },
  { name: 'place, wrong', status: 422, open: async (page) => { await fillPlace(page, { category: '', place: '', words: '字'.repeat(523), account: '12' }); await submit(page); } },
  { name: 'place, photos', open: async (page) => { await toContact(page, { photos: [picture('jpeg', 1), picture('png', 2)] }); await press(page, page.locator('button[name=back]')); } },
  { name: 'place, photos that cannot be opened', status: 422, open: async (page) => { await fillPlace(page, { photos: [picture('broken'), picture('jpeg', 3), picture('heic')] }); await submit(page); } },
  { name: 'contact', open: async (page) => toContact(page, { group: 'meter', category: 'faulty_meter' }) },
  { name: 'contact, known already', open: async (page) => toContact(page, { group: 'no_water', category: 'no_water' }) },
  { name: 'affected, too', open: async (page) => { await toContact(page, { group: 'no_water', category: 'no_water' }); await press(page, page.locator('form[action*="/affected"] button')); } },
  { name: 'contact, optional', open: async (page) => toContact(page, PRAISE) },
  { name: 'contact, wrong', status: 422, open: async (page) => { await toContact(page, {}); await fillContact(page, { phone: '123' }); await submit(page); } },
  { name: 'check, long words', open: async (page) => toCheck(page, { words: LONG_HAN, place: LONG_WORD.slice(0, 100), address: LONG_WORD.slice(0, 50), name: '王女士', noticed: 'now' }) },
  { name: 'check, photos', open: async (page) => toCheck(page, { photos: [picture('jpeg', 1), picture('webp', 2), picture('jpeg', 3)] }) },
  { name: 'check, no phone', open: async (page) => toCheck(page, { ...PRAISE, phone: '' }) },
  { name: 'receipt', open: async (page) => file(page, { words: '路面冒水' }) },
  { name: 'receipt, no clock', open: async (page) => file(page, { ...PRAISE, phone: '' }) },
  { name: 'a form no longer kept', status: 404, open: async (page) => { await page.goto(`/complaint/place?d=${UNKNOWN}`); } },
  { name: 'misconduct', open: pages('/complaint/misconduct') },
  { name: 'misconduct, wrong', status: 422, open: async (page) => { await go(page, '/complaint/misconduct'); await page.locator('[name=words]').fill('短'); await submit(page); } },
  { name: 'misconduct, received', open: async (page) => { await go(page, '/complaint/misconduct'); await page.locator('[name=words]').fill('收了二百块钱才肯开栓，还威胁要停水。'); await submit(page); } },
  { name: 'misconduct, answer', open: pages('/complaint/misconduct/answer') },
  { name: 'misconduct, answer, wrong', status: 422, open: async (page) => { await go(page, '/complaint/misconduct/answer'); await page.locator('[name=number]').fill('JC 1234 5678 90123'); await page.locator('[name=code]').fill('00000000'); await submit(page); } },
  { name: 'badge', open: pages('/complaint/badge') },
  { name: 'badge, found', open: async (page) => { await go(page, '/complaint/badge'); await page.locator('[name=badge]').fill('SN0001'); await submit(page); } },
  { name: 'badge, empty', status: 422, open: async (page) => { await go(page, '/complaint/badge'); await sendAsIs(page); } },
  { name: 'supervision', open: pages('/commitment/supervision') },
  { name: 'privacy', open: pages('/commitment/privacy') },
  { name: 'follow', open: pages('/complaint/follow') },
  { name: 'code lost', open: pages('/complaint/code') },
  { name: 'code lost, wrong', status: 422, open: async (page) => { await go(page, '/complaint/code'); await sendAsIs(page); } },
  { name: 'code sent', open: pages('/complaint/code?sent=1') },
  { name: 'follow, empty', status: 422, open: async (page) => follow(page, '', '') },
  { name: 'follow, wrong', status: 422, open: async (page, cast) => follow(page, cast.reported.number, '00000000') },
  { name: 'link', open: pages(`/complaint/link/${UNKNOWN}`) },
  { name: 'link, gone', status: 404, open: async (page) => { await go(page, `/complaint/link/${UNKNOWN}`); await submit(page); } },
  { name: 'progress, received', open: async (page, cast) => { await follow(page, cast.reported.numberText, cast.reported.code); await page.waitForURL(/progress/); } },
  { name: 'progress, working', open: async (page, cast) => { await follow(page, cast.working.numberText, cast.working.code); await page.waitForURL(/progress/); } },
  { name: 'progress, closed', open: async (page, cast) => { await follow(page, cast.closed.numberText, cast.closed.code); await page.waitForURL(/progress/); } },
  { name: 'progress, photos', open: async (page, cast) => { await follow(page, cast.pictured.numberText, cast.pictured.code); await page.waitForURL(/progress/); await page.locator('.photos img').last().scrollIntoViewIfNeeded(); } },
  { name: 'appointment', open: async (page, cast) => toAppointment(page, cast.appointed) },
  { name: 'appointment, wrong', status: 422, open: async (page, cast) => { await toAppointment(page, cast.appointed); await page.locator('[name=at]').evaluate((input) => { input.value = ''; }); await sendAsIs(page); } },
  { name: 'tell', open: async (page, cast) => tell(page, cast.working) },
  { name: 'tell, after closing', open: async (page, cast) => tell(page, cast.closed) },
  {
    name: 'tell, wrong', status: 422,
    open: async (page, cast) => {
      await tell(page, cast.working);
      await page.locator('input[name=action][value=add_words]').check();
      await submit(page);
    },
  },
  {
    name: 'progress, just added',
    open: async (page, cast) => {
      await tell(page, cast.working);
      await page.locator('input[name=action][value=add_words]').check();
      await page.locator('textarea[name=words]').fill(`水更大了 ${LONG_WORD}`);
      await submit(page);
      await page.waitForURL((url) => !/follow|tell/.test(url.pathname));
    },
  },
  { name: 'promises', open: pages('/commitment/') },
  { name: 'one promise', open: pages('/commitment/promise/arrive_inner') },
  { name: 'procedure', open: pages('/commitment/text/procedure_leak') },
  { name: 'counting', open: pages('/commitment/counting') },
  { name: 'not found', status: 404, open: pages('/nowhere', 404) },
  { name: 'not found, complaint', status: 404, open: pages('/complaint/nowhere', 404) },
  {
    name: 'a form that waited too long', status: 403,
    open: async (page) => {
      await go(page, '/complaint/new');
      await page.locator('input[name=token]').first().evaluate((input) => { input.value = '0'; });
      await press(page, page.locator('button[value=leak]'));
    },
  },
];

const desk = [
  { name: 'sign in', open: pages('/staff/signin') },
  { name: 'sign in, empty', status: 422, open: async (page) => { await go(page, '/staff/signin'); await sendAsIs(page); } },
  { name: 'sign in, wrong', status: 422, open: async (page) => { await go(page, '/staff/signin'); await page.locator('[name=login]').fill(`nobody${process.hrtime.bigint()}`); await page.locator('[name=password]').fill('wrong'); await press(page, page.locator('main form button')); } },
  { name: 'sign in, after signing out', open: pages('/staff/signin?out=1') },
  { name: 'password', open: pages('/staff/signin/password') },
  { name: 'password, wrong', status: 422, open: async (page) => { await go(page, '/staff/signin/password'); await sendAsIs(page); } },
  { name: 'account', login: 'wanglei', open: staff('wanglei', '/staff/signin') },
  { name: 'account without a desk', login: 'admin', open: staff('admin', '/staff/signin') },
  { name: 'queue, due', login: 'wanglei', open: staff('wanglei', '/staff/ticket/?view=due') },
  { name: 'queue, all', login: 'wanglei', open: staff('wanglei', '/staff/ticket/?view=all') },
  { name: 'queue, of a unit', login: 'lina', open: staff('lina', '/staff/ticket/') },
  { name: 'queue, without a desk', login: 'admin', open: staff('admin', '/staff/ticket/') },
  { name: 'intake, without a desk', login: 'heping', open: staff('heping', '/staff/ticket/new') },
  { name: 'queue, filtered to nothing', login: 'wanglei', open: staff('wanglei', `/staff/ticket/?view=due&rows=25&q=${encodeURIComponent('性质:媒体曝光 类别:#29 片区:#2 时限:<2h 明珠花园')}`) },
  {
    name: 'queue, not found', login: 'wanglei', status: 422,
    open: async (page) => { await open(page, 'wanglei', '/staff/ticket/'); await page.locator('[name=q]').fill('天气:晴'); await press(page, page.locator('.find button')); },
  },
  {
    name: 'queue, by phone', login: 'wanglei',
    open: async (page) => { await open(page, 'wanglei', '/staff/ticket/'); await page.locator('[name=q]').fill('13806350001'); await press(page, page.locator('.find button')); },
  },
  {
    name: 'queue, a form with faults', login: 'wanglei', status: 422,
    open: async (page) => {
      await open(page, 'wanglei', '/staff/ticket/?view=due');
      await page.locator('details.filters summary').click();
      await page.locator('#f-phone').fill('12');
      await page.locator('#f-words').fill('水');
      await press(page, page.locator('details.filters button[type=submit]'));
    },
  },
  { name: 'queue, second page of a search', login: 'wanglei', open: staff('wanglei', `/staff/ticket/?view=all&rows=25&q=${encodeURIComponent('来源:电话 时限:<30天 明珠')}&after=1795392000000-900000&at=26`) },
  {
    name: 'bulk, to check', login: 'wanglei',
    open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/bulk?t=${cast.reported.number}&t=${cast.working.number}&from=view%3Dundispatched`),
  },
  {
    name: 'bulk, wrong', login: 'wanglei', status: 422,
    open: async (page, cast) => {
      await open(page, 'wanglei', `/staff/ticket/bulk?t=${cast.reported.number}`);
      await page.locator('#f-words').fill('水'.repeat(1001));
      await press(page, page.locator('main form button[type=submit]').last());
    },
  },
  {
    name: 'bulk, done', login: 'wanglei',
    open: async (page, cast) => {
      await open(page, 'wanglei', `/staff/ticket/bulk?t=${cast.reported.number}`);
      await page.locator('tbody select').selectOption('');
      await press(page, page.locator('main form button[type=submit]').last());
    },
  },
  { name: 'wall', login: 'wanglei', open: staff('wanglei', '/staff/ticket/wall') },
  { name: 'bulk, nothing', login: 'wanglei', open: staff('wanglei', '/staff/ticket/bulk') },
  { name: 'keys', login: 'wanglei', needsScript: true, open: async (page) => { await open(page, 'wanglei', '/staff/ticket/'); await page.locator('#show-keys').click(); } },
  { name: 'intake', login: 'zhangmin', open: staff('zhangmin', '/staff/ticket/new') },
  {
    name: 'intake, wrong', login: 'zhangmin', status: 422,
    open: async (page) => {
      await open(page, 'zhangmin', '/staff/ticket/new');
      await page.locator('[name=phone]').fill('1');
      await page.locator('[name=account]').fill('1');
      await page.locator('[name=words]').fill(LONG_HAN);
      await press(page, intakeButton(page));
    },
  },
  {
    name: 'intake, received', login: 'zhangmin',
    open: async (page) => {
      await open(page, 'zhangmin', '/staff/ticket/new');
      await page.locator('[name=category]').selectOption(String(CATEGORY.no_water));
      await page.locator('[name=place]').fill('水城雅居 6 号楼');
      await page.locator('[name=phone]').fill('13806350002');
      await page.locator('[name=words]').fill('早上起来整栋楼都没有水');
      await register(page);
    },
  },
  {
    name: 'intake, reported before', login: 'zhangmin',
    open: reportAgain,
  },
  {
    name: 'intake, reported before, not answered', login: 'zhangmin', status: 422,
    open: async (page) => { await reportAgain(page); await press(page, intakeButton(page)); },
  },
  { name: 'intake, from a pile of paper', login: 'zhangmin', open: async (page, cast) => open(page, 'zhangmin', `/staff/ticket/new?after=${cast.reported.number}&source=3&is_paper=1`) },
  { name: 'merge, choose', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/${cast.reported.number}/merge`) },
  { name: 'merge, wrong', login: 'wanglei', status: 422, open: async (page, cast) => toMerge(page, cast.reported.number, LONG_WORD.slice(0, 30)) },
  { name: 'merge, both side by side', login: 'wanglei', open: async (page, cast) => toMerge(page, cast.reported.number, cast.working.number) },
  {
    name: 'merge, somebody was first', login: 'wanglei', status: 409,
    open: async (page, cast) => {
      await toMerge(page, cast.reported.number, cast.working.number);
      await act(cast.ops, 'wanglei', cast.reported.number, 'note', { words: LONG_HAN });
      await press(page, page.locator('main form button.button').last());
    },
  },
  { name: 'repeat, choose', login: 'zhangmin', open: async (page, cast) => open(page, 'zhangmin', `/staff/ticket/${cast.working.number}/repeat`) },
  { name: 'repeat, wrong', login: 'zhangmin', status: 422, open: async (page, cast) => { await open(page, 'zhangmin', `/staff/ticket/${cast.working.number}/repeat`); await page.locator('[name=other]').fill(cast.working.number); await page.locator('[value=other]').check(); await press(page, page.locator('main form button.button').last()); } },
  { name: 'joint case', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/${await jointTicket(page, cast)}/joint`) },
  { name: 'ticket, joint case proposed', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/${await jointTicket(page, cast)}`) },
  { name: 'ticket, grave and not acknowledged', login: 'wanglei', open: async (page, cast) => { await act(cast.ops, 'wanglei', cast.grave.number, 'escalate-group', { department_1: 2, words: LONG_HAN }); await open(page, 'wanglei', `/staff/ticket/${cast.grave.number}`); } },
  { name: 'ticket, with merged and earlier reports', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/${cast.parent.number}`) },
  { name: 'ticket, merged', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/${cast.child.number}`) },
  { name: 'ticket, received', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/${cast.reported.number}`) },
  { name: 'ticket, working', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/${cast.working.number}`) },
  { name: 'ticket, of the crew', login: 'sunqiang', open: async (page, cast) => open(page, 'sunqiang', `/staff/ticket/${cast.working.number}`) },
  { name: 'ticket, closed', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/${cast.closed.number}`) },
  { name: 'ticket, photos', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/${cast.pictured.number}`) },
  { name: 'photos of a ticket', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/${cast.pictured.number}/photos`) },
  { name: 'photos of a ticket, none', login: 'wanglei', open: async (page, cast) => open(page, 'wanglei', `/staff/ticket/${cast.reported.number}/photos`) },
  {
    name: 'photos of a ticket, wrong', login: 'wanglei', status: 422,
    open: async (page, cast) => {
      await open(page, 'wanglei', `/staff/ticket/${cast.pictured.number}/photos`);
      await choosePhotos(page, [picture('heic')]);
      await press(page, page.locator('form[enctype] button'));
    },
  },
  {
    name: 'ticket, all forms open', login: 'wanglei',
    open: async (page, cast) => {
      await open(page, 'wanglei', `/staff/ticket/${cast.working.number}`);
      await page.locator('details').evaluateAll((all) => { for (const details of all) details.open = true; });
    },
  },
  {
    name: 'ticket, an action done', login: 'wanglei',
    open: async (page, cast) => act(page, 'wanglei', cast.working.number, 'note', { words: LONG_WORD }),
  },
  {
    name: 'ticket, a wrong action', login: 'sunqiang', status: 422,
    open: async (page, cast) => {
      await open(page, 'sunqiang', `/staff/ticket/${cast.working.number}`);
      await press(page, await prepare(page, 'repair', { diameter_mm: '0', words: LONG_HAN }));
    },
  },
  {
    name: 'ticket, somebody was first', login: 'wanglei', status: 409,
    open: async (page, cast) => {
      await open(page, 'wanglei', `/staff/ticket/${cast.working.number}`);
      const button = await prepare(page, 'note', { words: '顾客来电催办' });
      await act(cast.ops, 'wanglei', cast.working.number, 'note', { words: '已联系顾客' });
      await press(page, button);
    },
  },
  {
    name: 'ticket, the person in clear', login: 'wanglei',
    open: async (page, cast) => {
      await open(page, 'wanglei', `/staff/ticket/${cast.reported.number}`);
      await press(page, page.locator('form[action$="/unmask"] button').first());
    },
  },
  { name: 'handovers', login: 'zhangmin', open: staff('zhangmin', '/staff/ticket/handover/') },
  {
    name: 'handover, wrong', login: 'zhangmin', status: 422,
    open: async (page) => { await open(page, 'zhangmin', '/staff/ticket/handover/'); await press(page, page.locator('main form button').last()); },
  },
  {
    name: 'handover, given', login: 'zhangmin',
    open: async (page) => {
      await open(page, 'zhangmin', '/staff/ticket/handover/');
      await page.locator('[name=to]').selectOption({ index: 1 });
      await page.locator('[name=note]').fill(LONG_HAN);
      await press(page, page.locator('main form button').last());
    },
  },
  {
    name: 'dispatch slip', login: 'wanglei',
    open: async (page, cast) => {
      await open(page, 'wanglei', `/staff/ticket/${cast.working.number}`);
      await press(page, page.locator('form[action$="/slip"] button'));
    },
  },
  { name: 'staff, not found', login: 'wanglei', status: 404, open: async (page) => { await open(page, 'wanglei', '/staff/ticket/'); await go(page, '/staff/ticket/SN200101-0000000-0', 404); } },
  { name: 'staff, not allowed', login: 'admin', status: 403, open: async (page) => { await open(page, 'admin', '/staff/signin'); await go(page, '/staff/ticket/handover/', 403); } },
];

/** Makes a page anybody's again, in a language as their browser remembers it (the links that choose it: access.test.js). */
async function dress(page, { lang }) {
  page.faults.length = 0;
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.context().clearCookies();
  await page.context().addCookies([{ name: 'sn_lang', value: lang, url: base }]);
}

// SCENES=word: only the scenes whose name contains it, while a page is being made.
const everything = [...residents, ...desk, ...office, ...rules, ...orders, ...discipline, ...outages, ...messages, ...crews, ...customers];
const scenes = everything.filter(({ name }) => name.includes(process.env.SCENES ?? ''));

/** What anybody sees: without signing in. */
const visitors = [...residents, ...outages, ...messages].filter(({ login }) => login === undefined);

module.exports = { visitors, desk, scenes, cast, dress, base };
