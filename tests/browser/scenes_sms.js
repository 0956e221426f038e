/* Scenes of messages to households and of subscriptions; see scenes.js. */
'use strict';
const { open, go, press, until, smsFound } = require('./driver.js');
const { publish, idOf } = require('./scenes_outage.js');

const LONG_HAN = '主管道在路口处爆裂，正在开挖换管，预计需要四个小时，请住在附近的用户提前储水。'.repeat(5);
const LONG_WORD = 'Sunshine-Garden-Residential-Community-Extension-'.repeat(4);

/** Operations opens the page of an outage that was just published. */
async function toSms(page, cast, fields = {}) {
  const where = await publish(cast.liaison, { places: '北郊镇中心小区', area_words: '', ...fields });
  await open(page, 'wanglei', `${where}/sms`);
  return where;
}
const place = async (page) => {
  await go(page, `/outage/subscribe?q=${encodeURIComponent('林场宿舍')}`);
  await press(page, page.getByRole('link', { name: '林场宿舍' }));
};
let phones = 0;
/** To the page that asks for the code; gives the number. */
async function toCode(page) {
  const phone = `1376${String(process.pid % 10000).padStart(4, '0')}${String(++phones).padStart(3, '0')}`;
  await place(page);
  await page.locator('[name=phone]').fill(phone);
  await press(page, page.locator('main form button'));
  return phone;
}
async function subscribed(page) {
  const phone = await toCode(page);
  await page.locator('[name=code]').fill(await smsFound('the code is sent', phone, /\D(\d{6})\D/));
  await press(page, page.locator('main form button'));
  return phone;
}
/** The link at the end of the next message, opened. */
async function toStop(page, cast) {
  const phone = await subscribed(page);
  const where = await publish(cast.liaison, { places: '林场宿舍', area_words: '' });
  await go(page, await smsFound('the message is sent', phone, new RegExp(`/outage/${idOf(where)}[\\s\\S]*?(/outage/stop/\\S+)`)));
}

const messages = [
  { name: 'households, to be told', login: 'wanglei', open: async (page, cast) => { await toSms(page, cast); } },
  {
    name: 'households, text too long', login: 'wanglei', status: 422,
    open: async (page, cast) => {
      await toSms(page, cast);
      await page.locator('[name=body]').fill(LONG_HAN + LONG_WORD);
      await press(page, page.locator('button[value=send]'));
    },
  },
  { name: 'households, nobody to be told', login: 'wanglei', open: async (page, cast) => { await toSms(page, cast, { places: '', area_words: LONG_WORD.slice(0, 150) }); } },
  {
    name: 'households, told', login: 'wanglei',
    open: async (page, cast) => {
      const where = await toSms(page, cast);
      await page.locator('[name=body]').fill(LONG_WORD);
      await press(page, page.locator('button[value=send]'));
      await until('they are told', async () => { await go(page, `${where}/sms`); return (await page.locator('.sms .tag.ok').count()) > 0; });
    },
  },
  { name: 'households, list', login: 'wanglei', open: async (page, cast) => { const where = await toSms(page, cast); await go(page, `${where}/sms-households`); } },
  { name: 'subscribe, which place', open: async (page) => go(page, `/outage/subscribe?q=${encodeURIComponent('小区')}`) },
  { name: 'subscribe, unknown place', open: async (page) => go(page, `/outage/subscribe?q=${encodeURIComponent(LONG_WORD.slice(0, 60))}`) },
  { name: 'subscribe, number', open: place },
  {
    name: 'subscribe, wrong number', status: 422,
    open: async (page) => { await place(page); await page.locator('[name=phone]').fill('12345678901234'); await press(page, page.locator('main form button')); },
  },
  { name: 'subscribe, code', open: toCode },
  { name: 'subscribe, subscribed', open: subscribed },
  { name: 'subscribe, to be stopped', open: toStop },
  { name: 'subscribe, stopped', open: async (page, cast) => { await toStop(page, cast); await press(page, page.locator('main form button')); } },
  {
    name: 'subscribe, wrong code', status: 422,
    open: async (page) => { await toCode(page); await page.locator('[name=code]').fill('12345'); await press(page, page.locator('main form button')); },
  },
];

module.exports = { messages };
