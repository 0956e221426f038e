-- Texts for the public to begin with: how each matter is dealt with (Arts. 7, 20), and how the regulation is read where it is silent
-- (Art. 36). Operations keeps them afterwards: each change is a new version. language: 0 Chinese, 1 English; kind: 1 procedure,
-- 2 explanation. One line is a paragraph, "- " begins an item of a list.

INSERT INTO public_text (code, language, version, kind, sort, title, body, effective_from, changed_by, changed_at) VALUES
    ('procedure_no_water', 0, 1, 1, 10, '没有水怎么办理',
'请先看“停水公告”：如果您那里正在停水，公告上有原因和预计恢复时间，不用再报。
没有公告的，按下面的顺序办：
- 先看水表前的阀门是否打开；整栋楼都没有水的，也可以问物业是否在检修泵房。
- 在网上报修、拨打供水热线或到营业厅报修，说清小区、楼号和电话，当场得到受理编号和查询码。
- 运营管理部核实后立即派单，承办单位 20 分钟内受理，昼夜有人值守。
- 维修人员先打电话，再上门；办结时限自接报起 48 小时。
- 办结后我们回访。没有解决的，在办理进度里选“没有办好”，重新办理。
欠费停水的，交清水费后申请恢复供水，自申请起 24 小时内恢复。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_no_water', 1, 1, 1, 10, 'No water: how it is dealt with',
'Look at the outage notices first: if your area is listed, they give the reason and the expected end, and you need not report it.
Otherwise:
- See whether the valve before your meter is open. If the whole building is without water, the property manager may be working on the pumps.
- Report it here, by the hotline or at the counter, with estate, building and phone. You get a number and a query code at once.
- Operations checks and dispatches; the unit in charge accepts within 20 minutes, day and night.
- The crew calls you before it comes. It is done within 48 hours of the report.
- We call you back afterwards. If it is not solved, choose "It is not solved" on the progress page and it is dealt with anew.
Cut off for arrears: once they are paid, ask for supply to be restored; that takes at most 24 hours.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_leak', 0, 1, 1, 20, '漏水、爆管怎么办理',
'正在大量喷水、影响道路的，请直接拨打供水热线。
- 路面和公共管道漏水：供水管道管理部门自接报起 40 分钟内到场，外环路外 60 分钟内；到场后定处理方案，需要停水的发布停水公告。
- 管径不超过 600 毫米的，修复少于 24 小时；超过 600 毫米、不超过 1200 毫米的，争取少于 36 小时；更大的管道由运营管理部逐件定时限并告诉您。
- 表井内漏水，或表后漏水、阀门关不上：维修人员 30 分钟内与您联系，按紧急程度约定上门时间。
- 表后设施在质保期内的，36 小时内办结；过了质保期的属于用户自有设施，我们提供咨询和有偿维修。
- 施工等外界因素造成的漏水：稽查支队同时到场，向责任方追偿，不影响抢修。
位置、管径还没有查明时，按最短的时限计算。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_leak', 1, 1, 1, 20, 'Leaks and burst pipes: how they are dealt with',
'If water is gushing out or a road is affected, please call the hotline.
- Leaks in the street or of public pipes: pipeline management is on site within 40 minutes of the report, beyond the outer ring road within 60. It decides what to do there; a shut-off is announced.
- Pipes up to 600 mm are repaired in less than 24 hours; over 600 up to 1200 mm we aim at less than 36 hours; for larger ones operations sets a limit for each case and tells you.
- A leak in the meter well, or behind the meter with a valve that will not close: the crew contacts you within 30 minutes and agrees a time with you by urgency.
- Fittings behind the meter under warranty are done within 36 hours. Beyond it they are the customer''s own: we advise, and repair for a charge.
- Damage by others, such as building works: the inspection detachment comes too and claims from those liable. The repair does not wait for that.
While place or pipe size are not known, the shortest limit counts.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_quality', 0, 1, 1, 30, '水浑、有异味怎么办理',
'- 先打开水龙头放水几分钟；附近刚抢修过或夜里停过水的，一般放水后就会清。
- 仍然浑浊、发黄、有异味或有异物的，请报修，最好留一杯水样并拍照。饮用请先用别的水。
- 用户维修部门与您联系后到现场看水、排查，必要时取样化验，结果告诉您。
- 水质异常自接报起 24 小时内办结；确认为水污染事件的，12 小时内，由用户维修部门牵头，其他单位配合，并发布公告。
- 水箱、泵房属小区自管的，我们告诉您和物业怎样清洗。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_quality', 1, 1, 1, 30, 'Cloudy water, taste or smell: how it is dealt with',
'- Let the tap run for a few minutes first. After a repair nearby or a shut-off at night the water usually clears.
- If it stays cloudy, yellow, smells or carries particles, report it. Keep a glass of it and take a photo. Use other water for drinking meanwhile.
- Customer maintenance contacts you, looks at the water on site, takes samples where needed and tells you the result.
- Abnormal quality is dealt with within 24 hours of the report. A confirmed pollution event within 12: customer maintenance leads, others assist, and the public is told.
- Where tank and pumps belong to the estate, we tell you and the property manager how to clean them.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_pressure', 0, 1, 1, 40, '水压小怎么办理',
'- 先看是不是只有一个龙头水小：滤网堵塞请清洗；只有您一户水小的，看水表前后的阀门是否全开。
- 整栋楼或高层水小的，多是小区二次加压设备的问题，请同时告诉物业。
- 仍然水小的请报修：维修人员现场测压，查找漏点、阀门和用水高峰的原因。
- 自接报起 48 小时内办结，并告诉您测得的压力和处理结果。
计划降压会提前 24 小时公告。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_pressure', 1, 1, 1, 40, 'Low pressure: how it is dealt with',
'- See first whether it is one tap only: clean its filter. If only your home is affected, see whether the valves at the meter are fully open.
- If a whole building or its upper floors are affected, it is mostly the estate''s own pumps: tell the property manager, too.
- If it stays low, report it: the crew measures the pressure on site and looks for leaks, valves and peak use.
- It is done within 48 hours of the report, and you are told the pressure measured and what was done.
Planned drops of pressure are announced 24 hours ahead.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_meter', 0, 1, 1, 50, '水费、水表问题怎么办理',
'- 对水费有疑问：说清户号，我们核对账单和抄表记录后答复您，48 小时内。
- 认为抄表读数不对：由稽查支队复核，24 小时内答复；读数确有错误的，更正水费。
- 水表不走、走得不准、损坏：36 小时内办结。拆换水表前说明原因并通知您，拆换时请您确认新旧水表的读数。
- 用水量突然变大：先关掉所有龙头，看水表是否还在走；还在走的可能是表后漏水。我们 48 小时内查明并答复。
- 水表空转：需要较长时间查找原因，72 小时内办结。
- 水表每月抄一次；因门锁、堆物抄不到的，会给您留言，请配合。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_meter', 1, 1, 1, 50, 'Bills and meters: how they are dealt with',
'- A question about a bill: give your account number. We check bill and readings and answer within 48 hours.
- A reading you think is wrong: the inspection detachment checks it and answers within 24 hours. A wrong reading is corrected, and the bill with it.
- A meter that stands still, is inaccurate or damaged: within 36 hours. Before a meter is replaced you are told why and when; please confirm the readings of the old and the new one.
- Sudden high use: close all taps and look whether the meter still turns. If so, there may be a leak behind it. We find out and answer within 48 hours.
- A meter that turns without use takes longer to trace: within 72 hours.
- Meters are read every month. If yours cannot be reached we leave a note: please help us.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_service', 0, 1, 1, 60, '投诉、咨询、建议和其他事项怎么办理',
'- 投诉服务：由运营管理部登记并转有关单位，48 小时内答复；处理结果由运营管理部回访核实，不由被投诉的单位自己认定。
- 咨询和建议：48 小时内答复；不留电话也可以，凭受理编号和查询码看答复。
- 施工质量、赔偿等需要协商的：72 小时内办结，办不完的在到期前告诉您原因和新的时间。
- 供水井盖丢失、损坏，管道位置指认：12 小时内。井盖丢失请先在旁边做好警示。
- 偷用水、转供水、损坏供水设施：36 小时内由稽查支队查处，举报人信息保密。
- 反映工作人员吃拿卡要、刁难顾客：请走“举报违纪”，只有纪检监察室能看到。
第一个接待您的人负责到底，不会让您再去找别的部门。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_service', 1, 1, 1, 60, 'Complaints, questions, suggestions and other matters',
'- Complaints about service: operations registers them and passes them on; you are answered within 48 hours. Whether it is settled is checked with you by operations, not judged by the unit complained of.
- Questions and suggestions: answered within 48 hours. No phone is needed: read the answer with number and query code.
- Matters that need talks, such as workmanship or compensation: within 72 hours. If that is not enough you are told why, and the new time, before it is over.
- A water manhole cover lost or damaged, or pointing out where a pipe lies: within 12 hours. Please mark an open manhole.
- Theft or resale of water, damage to facilities: the inspection detachment looks into it within 36 hours. Who reports it stays confidential.
- Staff asking for favours or making difficulties: use "report misconduct". The discipline office alone can read it.
Whoever takes your report first stays responsible for it to the end. You will not be sent from one office to another.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_new_connection', 0, 1, 1, 70, '新装接水（立户报装）怎么办理',
'按集团《立户报装流程》办理，顾客管理部门一个窗口受理，一次告知全部材料。
- 申请：填写用水申请，带身份证或营业执照、房产或土地证明；小区和单位另带总平面图和用水量测算。
- 踏勘：受理后约定时间到现场，确定接水点、管径和水表位置。
- 方案和预算：书面答复接水方案和费用，您确认后签合同、交费。
- 施工：按《室外管道工程技术手册》施工、试压、冲洗消毒；需要停水的提前公告。
- 验收通水：水质合格、手续齐全后装表通水，建立户号，交付水表读数由您确认。
每一步的经办人和电话写在受理单上，办理进度可随时查询；对收费和时间有疑问可拨打供水热线。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_new_connection', 1, 1, 1, 70, 'A new connection',
'It follows the group''s procedure for new connections. Customer management takes the application at one counter and tells you all papers at once.
- Application: the form, identity card or business licence, proof of the property; estates and companies also bring the site plan and the expected use.
- Site visit: at a time agreed with you; point of connection, pipe size and place of the meter are settled.
- Plan and price: answered in writing. When you agree, the contract is signed and paid.
- Works: by the technical manual for outdoor pipes, with pressure test, flushing and disinfection. Shut-offs are announced ahead.
- Acceptance: when the water is found good and the papers are complete, the meter is set, your account is opened, and you confirm the first reading.
Who deals with each step, with phone, stands on your receipt. You can ask about the progress at any time, and about charges and times by the hotline.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_outage', 0, 1, 1, 80, '停水时请注意',
'- 计划停水前请储好用水；有老人、病人、婴幼儿的家庭请多备一些。
- 停水期间关好水龙头和热水器，以防来水时溢出。
- 恢复供水后，先打开离水表最近的龙头放一会儿水，水清了再用，再开热水器和净水器。
- 恢复后仍没有水、水一直不清，请报修或拨打供水热线。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('procedure_outage', 1, 1, 1, 80, 'While the water is off',
'- Store water before a planned outage; more of it where old or ill people or small children live.
- Keep taps and water heaters shut meanwhile, so that nothing overflows when the water returns.
- When it is back, let the tap nearest to the meter run until the water is clear, then use the water heater and filters again.
- If there is still no water, or it does not get clear, report it or call the hotline.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_start', 0, 1, 2, 110, '时限从什么时候算起',
'办结、到场、修复、联系的时限都从接报时刻算起（第十四条），昼夜、节假日不停。
- 派错、退单、改派、重新分类都不重新计时。
- 受理的 20 分钟从每次派单算起（第十二条）。
- 正好在时限届满的那一刻完成，“以内”的算做到，“少于”的不算。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_start', 1, 1, 2, 110, 'From when limits count',
'Limits for finishing, arriving, repairing and contacting count from the moment of the report (Art. 14), day and night, holidays included.
- A wrong dispatch, a return, a new dispatch or a new category never starts them again.
- The 20 minutes for acceptance count from each dispatch (Art. 12).
- Done exactly at the limit is kept where the text says "within", and missed where it says "less than".',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_leak', 0, 1, 2, 120, '漏水为什么按抢修时限办结',
'第十四条没有列公共管道漏水，运营管理部按第二十二条的抢修时限作为办结时限，自接报起算；属于紧急重大、伤人损物的，按更短的时限。
条文没有写修复从何时算起，我们按最严格的理解，自接报起算。
“宜少于 36 小时”是努力目标，单独标明；管径超过 1200 毫米的，条文没有数值，由运营管理部逐件确定。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_leak', 1, 1, 2, 120, 'Why leaks follow the repair limit',
'Art. 14 does not list leaks of public pipes. Operations takes the repair limit of Art. 22 as the limit for finishing, from the report; urgent cases and those with injury or loss have the shorter limit.
The text does not say from when a repair counts. We take the strictest reading: from the report.
"Should be less than 36 hours" is a goal and is marked as one. For pipes over 1200 mm the text gives no figure: operations sets the limit for each case.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_unknown', 0, 1, 2, 130, '情况不明时怎么算',
'不知道不等于不计时。管径不明的按不超过 600 毫米算，位置不明的按外环路以内算，都是最短的时限。
现场查明后，从同一起点重新计算，原来的时限和更正后的时限都保留、都公开。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_unknown', 1, 1, 2, 130, 'What counts while facts are not known',
'Not knowing never stops a clock. An unknown pipe runs as up to 600 mm, an unknown place as inside the outer ring road: the shortest limits.
Once the crew has found out, the limit is worked out again from the same start. Both values are kept and shown.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_dispatch', 0, 1, 2, 140, '派单的 10 分钟',
'办法没有规定派单的时间。运营管理部给自己定了接报后 10 分钟内派单，只用于内部督办，不算到承办单位头上。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_dispatch', 1, 1, 2, 140, 'The ten minutes for dispatch',
'The regulation sets no time for dispatch. Operations has set itself ten minutes from the report. It is used inside only, and never charged to a unit.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_low_pressure', 0, 1, 2, 150, '水压低属于用水困难',
'第十四条（五）1 的“用水困难”包括没有水和水压低，办结时限都是 48 小时。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_low_pressure', 1, 1, 2, 150, 'Low pressure is a difficulty in getting water',
'The "difficulty in getting water" of Art. 14(5)1 covers both no water and low pressure: 48 hours for either.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_outage', 0, 1, 2, 160, '停水通知里的“提前”“及时”“同时”“立即”',
'- 张贴公告和短信与媒体公告一样，至少提前 24 小时（第十八条（一）与第三十三条（四）一并理解）。
- 书面通知运营管理部的“及时”，理解为提前 24 小时。
- 紧急停水的“同时”、恢复供水的“立即”，理解为 5 分钟内。
- 延长、扩大的“提前”，指在公布的结束时间之前。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_outage', 1, 1, 2, 160, '"Ahead", "in time", "at once" in outage notices',
'- Posters and messages, like the announcement in the media, come at least 24 hours ahead (18(1) read with 33(4)).
- "In time" of the written notice to operations is read as 24 hours ahead.
- "At the same time" of an emergency outage and "at once" of the restoration are read as within 5 minutes.
- An extension or widening is told "in advance": before the announced end.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_reading', 0, 1, 2, 170, '每月抄表和两个月未抄',
'“每月一次”理解为距上次抄表不超过 31 天；“超过两个月”理解为满 62 天，此前抄表部门应当书面说明原因。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_reading', 1, 1, 2, 170, 'Monthly readings, and two months without one',
'"Monthly" is read as at most 31 days after the last reading; "over two months" as 62 days, by when the reading department has to explain in writing.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_failure', 0, 1, 2, 180, '系统故障能不能免责',
'只有故障期间承办单位已经报告运营管理部、并经确认的，故障造成的超时才不算（第十五条）；没有报告的，照样算超时。免责的另外列出，不混在按时办结里。',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000'),
    ('explanation_failure', 1, 1, 2, 180, 'Whether a system failure excuses',
'Only where the unit told operations during the failure, and operations confirmed it, is lateness caused by it excused (Art. 15). Otherwise late stays late. What is excused is shown apart and never counted as on time.',
     '2014-01-01 00:00:00.000', 0, '2014-01-01 00:00:00.000');
