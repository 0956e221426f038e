// The articles about handling, each lived through by staff in a browser, with and without JavaScript.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const driver = require('./driver.js');
const { MINUTE, HOUR, UNIT, local, unknownPlace, visit, team, report, both } = require('./people.js');
const { until, now, wait, open, prepare, press } = driver;

both('Art. 12: the unit accepts within 20 minutes of the dispatch; a dispatch taken back counts for nobody', async (people) => {
  const { number } = await report();
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  assert.equal(await people.has('lina', number, 'accept'), false, "another unit's");
  await people.ok('wanglei', number, 'recall', { dispatch_no: 1, words: '派错了单位' });
  assert.equal(await people.has('chenjing', number, 'accept'), false);
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline, words: '请受理' });
  wait(19 * MINUTE);
  await people.ok('lina', number, 'accept');
  const text = await people.text('wanglei', number);
  assert.match(text, /派错了单位/);
  assert.match(text, /供水管道管理部门/);
});

both('Art. 16: a unit objects once, operations decides, and the time of the report runs on', async (people) => {
  const { number, seen } = await report();
  const promised = async () => /修复.*\n+最迟 (.*?) ·/.exec(await seen())[1];
  const before = await promised();
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.customer });
  wait(5 * MINUTE);
  await people.refused('liuyang', number, 'object', { objection: 1, words: '' }, /说明|理由|写/);
  await people.ok('liuyang', number, 'object', { objection: 1, words: '公共管道漏水不归我们' });
  assert.equal(await people.has('liuyang', number, 'object'), false, 'once per dispatch');
  await people.ok('wanglei', number, 'decide-objection', { objection_decision: 2, words: '先到现场看一下' });
  assert.equal(await people.has('liuyang', number, 'object'), false, 'still once');
  await people.ok('wanglei', number, 'recall', { dispatch_no: 1, words: '核实后确实不属于客服' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', number, 'object', { objection: 1, words: '管网漏水' });
  await people.ok('wanglei', number, 'decide-objection', { objection_decision: 1, words: '同意，派管网' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  const text = await people.text('wanglei', number);
  for (const words of ['公共管道漏水不归我们', '先到现场看一下', '同意，派管网']) assert.ok(text.includes(words), words);
  assert.equal(await promised(), before, 'the first promised time stands');
});

both('Art. 13: more time is asked for beforehand with a reason; both times are shown to staff and resident', async (people) => {
  const { number, seen } = await report({ group: 'no_water', category: 'no_water' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', number, 'accept');
  const due = now() + 48 * HOUR * 1000;
  await people.refused('chenjing', number, 'ask-extension', { proposed_due: local(due + 12 * HOUR * 1000), words: '' }, /说明|理由|写/);
  await people.ok('chenjing', number, 'ask-extension', { proposed_due: local(due + 12 * HOUR * 1000), words: '配件明天到货' });
  await people.refused('wanglei', number, 'decide-extension', { decision: 1, granted_due: local(due + 400 * 24 * HOUR * 1000) }, /最多|上限|超过/);
  await people.ok('wanglei', number, 'decide-extension', { decision: 1, granted_due: local(due + 6 * HOUR * 1000) });
  assert.match(await people.text('wanglei', number), /延期|批准/);
  assert.match(await seen(), /延期/, 'the resident sees it');
  wait(60 * HOUR);
  assert.equal(await people.has('chenjing', number, 'ask-extension'), false, 'not after the due time');
});

both('Arts. 11 and 14(1): anybody escalates a grave matter; leadership and the department acknowledge it', async (people) => {
  const { number } = await report();
  await people.ok('sunqiang', number, 'escalate-group', { department_1: UNIT.maintenance, words: '学校门口塌陷，有人员危险' });
  assert.match(await people.text('wanglei', number), /学校门口塌陷/);
  await people.ok('xuguang', number, 'acknowledge', { words: '已知悉，全力抢修' });
  assert.match(await people.text('wanglei', number), /已知悉，全力抢修/);
  const { number: urgent } = await report();
  await people.ok('zhangmin', urgent, 'grade', { grade_1: true, words: '主干道爆管' });
  await until('it went up by itself', async () => people.has('xuguang', urgent, 'acknowledge'), 60);
});

both('Art. 14(7): a matter that the regulation leaves open waits for its limit before it is dispatched', async (people) => {
  const { number } = await report();
  await people.ok('zhangmin', number, 'grade', { grade_4: true, words: '可能影响集团声誉' });
  await people.refused('wanglei', number, 'dispatch', { unit: UNIT.pipeline }, /时限/).catch(async () => {
    assert.equal(await people.has('wanglei', number, 'dispatch'), false);
  });
  await people.ok('wanglei', number, 'limit', { limit_hours: '6', words: '六小时内答复' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
});

both('Art. 22: on site, the pipe turns out to be wider; the due time is worked out again from the report, and both widths are kept', async (people) => {
  const { number, seen } = await report();
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  await people.ok('lina', number, 'accept');
  await people.ok('sunqiang', number, 'arrive', { diameter_mm: '200', words: '开挖检查' });
  await people.ok('sunqiang', number, 'facts', { diameter_mm: '800', words: '实测 800 毫米' });
  const text = await people.text('wanglei', number);
  assert.match(text, /200/);
  assert.match(text, /800/);
  assert.match(await seen(), /36 小时/);
});

both('Art. 23: the customer is contacted with an appointment, which the resident sees', async (people) => {
  const { number, seen } = await report({ category: 'meter_well_leak' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', number, 'accept');
  await people.ok('gaofei', number, 'contact', { appointment_at: local(now() + 3 * HOUR * 1000), words: '约好下午上门' });
  assert.match(await seen(), /预约|上门/);
});

both('Art. 25: damage by others is repaired by one unit and inspected by the other, with the liable party and compensation', async (people) => {
  const { number } = await report();
  await people.ok('wanglei', number, 'reclassify', { category: 4, words: '施工挖断' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  if (await people.has('wanglei', number, 'assist') && !(await people.text('wanglei', number)).includes('供水稽查支队')) await people.ok('wanglei', number, 'assist', { unit: UNIT.inspection, assist_role: 2 });
  await people.ok('matao', number, 'accept');
  await people.ok('matao', number, 'arrive', { words: '现场取证' });
  await people.ok('matao', number, 'liability', { liability: 1, amount_yuan: '12000', words: '某施工队，书面认可' });
  const text = await people.text('wanglei', number);
  assert.match(text, /某施工队，书面认可/);
  assert.match(text, /12[ ,]?000/);
});

both('Art. 17: what cannot be solved on site goes up to the unit\'s leader, and operations sees it', async (people) => {
  const { number } = await report();
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  await people.ok('lina', number, 'accept');
  await people.ok('sunqiang', number, 'escalate-unit', { words: '需要停主管，请领导协调' });
  assert.match(await people.text('wanglei', number), /需要停主管，请领导协调/);
});

both('Art. 24: a meter is taken or replaced only after reason, notice and the customer\'s confirmation', async (people) => {
  const { number } = await report({ group: 'meter', category: 'faulty_meter' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', number, 'accept');
  assert.equal(await people.has('gaofei', number, 'finish'), false, 'not before the formalities');
  await people.ok('gaofei', number, 'formalities', { formality: 2, notice_given: 2, confirmation: 1, words: '顾客电话确认' });
  await people.ok('gaofei', number, 'finish', { outcome: 1, words: '已换表' });
});

both('Art. 9: the first receiver stays named to the end, and hand-offs are counted', async (people) => {
  const operator = await visit({ js: false });
  await open(operator, 'zhangmin', '/staff/ticket/new');
  const where = unknownPlace();
  await operator.locator('[name=category]').selectOption(String(driver.CATEGORY.no_water));
  await operator.locator('[name=place]').fill(where);
  await operator.locator('[name=phone]').fill(`1390635${String(now()).slice(-7, -3)}`);
  await press(operator, operator.locator('main form.intake button[type=submit]:not([name]):not([formaction])')); // the named one asks for the next report
  const number = /ticket\/(SN\d{6}-\d{8})/.exec(operator.url())[1];
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.pipeline });
  await people.ok('lina', number, 'object', { objection: 1, words: '不归我们' });
  await people.ok('wanglei', number, 'decide-objection', { objection_decision: 1, words: '改派' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  assert.match(await people.text('wanglei', number), /首接|首问|张敏/);
  await open(operator, 'zhangmin', '/staff/ticket/?view=first');
  assert.ok((await operator.locator('main').innerText()).includes(where), 'it stays among the first contacts');
});

both('Art. 10: finished, reviewed, followed up; who is not satisfied gets a new cycle, and the first one\'s record stays', async (people) => {
  const { number, seen } = await report({ group: 'no_water', category: 'no_water' });
  await people.ok('wanglei', number, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', number, 'accept');
  await people.refused('chenjing', number, 'finish', { outcome: 1, words: '' }, /写|说明/);
  await people.ok('chenjing', number, 'finish', { outcome: 1, words: '阀门已打开，恢复供水' });
  await people.ok('wanglei', number, 'review', { decision: 2, words: '请附现场情况' });
  await people.ok('chenjing', number, 'finish', { outcome: 1, words: '阀门已打开，全楼恢复供水' });
  await people.ok('wanglei', number, 'review', { decision: 1 });
  await people.ok('zhangmin', number, 'follow-up', { follow_up: 2, words: '顶楼还是没有水' });
  const text = await people.text('wanglei', number);
  assert.match(text, /顶楼还是没有水/);
  assert.match(text, /第 ?2|再次|重新/);
  assert.ok(text.includes('阀门已打开，全楼恢复供水'), 'the first cycle stays');
  assert.match(await seen(), /办结：48 小时内 （再次处理）/);
});

both('Art. 27: reports of one incident run with one lead unit; its result is told to each of them', async (people) => {
  const first = await report({ group: 'quality', category: 'water_quality' });
  const second = await report({ group: 'quality', category: 'water_quality' });
  const screen = await people.on('wanglei', second.number);
  await press(screen, screen.locator(`main a[href$="${second.number}/merge"]`));
  const form = screen.locator('main form[action$="/merge"]');
  await form.locator('[name=parent][value=other]').check();
  await form.locator('[name=other]').fill(first.numberText);
  await press(screen, form.locator('button[type=submit]'));
  const shown = await form.innerText();
  for (const number of [first.numberText, second.numberText]) assert.ok(shown.includes(number), 'both are seen side by side');
  await press(screen, form.locator('button[type=submit]'));
  assert.match(screen.url(), /done=1/);
  assert.match(await second.seen(), /合并/);
  await people.ok('wanglei', first.number, 'dispatch', { unit: UNIT.maintenance });
  await people.ok('chenjing', first.number, 'accept');
  await people.ok('chenjing', first.number, 'finish', { outcome: 1, words: '冲洗管网后水质合格' });
  await people.ok('wanglei', first.number, 'review', { decision: 1 });
  await until('the second reporter sees the result', async () => { await second.seen(); return (await second.screen.locator('#live .tag').first().innerText()).trim() === '已办结'; });
});

test('two people at once: the later one is told who was first, and keeps what was typed', async () => {
  const people = team(false);
  const { number } = await report();
  const slow = await people.on('wanglei', number);
  const button = await prepare(slow, 'note', { words: '我打了电话，没有人接' });
  await people.ok('zhangmin', number, 'note', { words: '顾客来电催' });
  await press(slow, button);
  assert.equal(slow.answer.status(), 409);
  const text = await slow.locator('main').innerText();
  assert.match(text, /张敏/);
  assert.equal(await slow.locator('#act-note [name=words]').inputValue(), '我打了电话，没有人接');
  await people.end();
});
