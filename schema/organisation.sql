-- The units that the regulation names, and which of them a matter is proposed to. Loaded into an empty installation;
-- afterwards the administrator keeps them.

INSERT INTO unit (id, code, name_zh, name_en, is_handling, sort) VALUES
    (1, 'ops', '运营管理部', 'Operations', 0, 10),
    (2, 'customer', '顾客管理部门', 'Customer management', 1, 20),
    (3, 'pipeline', '供水管道管理部门', 'Pipeline management', 1, 30),
    (4, 'inspection', '供水稽查支队', 'Inspection detachment', 1, 40),
    (5, 'reading', '抄表部门', 'Meter reading', 1, 50),
    (6, 'maintenance', '用户维修部门', 'Customer maintenance', 1, 60),
    (7, 'construction', '施工单位', 'Construction', 1, 70),
    (8, 'leadership', '集团领导', 'Group leadership', 0, 80),
    (9, 'discipline', '纪检监察室', 'Discipline office', 0, 90);

INSERT INTO route (category_id, zone, unit_id)
SELECT DISTINCT id, 0, 3 FROM category
WHERE code IN ('no_water', 'low_pressure', 'leak_public', 'leak_third_party', 'manhole_cover', 'pipe_locating',
               'valve_well_collapse');

INSERT INTO route (category_id, zone, unit_id)
SELECT DISTINCT id, 0, 6 FROM category
WHERE code IN ('meter_well_leak', 'meter_well_damage', 'behind_meter_warranty', 'behind_meter_other', 'pollution',
               'water_quality', 'faulty_meter', 'meter_idle');

INSERT INTO route (category_id, zone, unit_id)
SELECT DISTINCT id, 0, 4 FROM category
WHERE code IN ('meter_recheck', 'theft_or_damage');

INSERT INTO route (category_id, zone, unit_id)
SELECT DISTINCT id, 0, 7 FROM category
WHERE code IN ('workmanship');

INSERT INTO route (category_id, zone, unit_id)
SELECT DISTINCT id, 0, 2 FROM category
WHERE code NOT IN ('no_water', 'low_pressure', 'leak_public', 'leak_third_party', 'manhole_cover', 'pipe_locating',
                   'valve_well_collapse', 'meter_well_leak', 'meter_well_damage', 'behind_meter_warranty',
                   'behind_meter_other', 'pollution', 'water_quality', 'faulty_meter', 'meter_idle', 'meter_recheck',
                   'theft_or_damage', 'workmanship');

-- Answers to begin with; operations and the units keep them afterwards. action: enum ticket_action of core/workflow.h (12 arrive,
-- 13 contact, 14 repair, 19 finish, 21 follow up, 32 not ours), 0 every form with words.
INSERT INTO canned_answer (action, unit_id, title, words, is_active, sort) VALUES
    (13, 0, '已联系，约定上门', '已与您电话联系，约定上门时间，请保持电话畅通。如需改期请拨 {hotline}。', 1, 10),
    (12, 0, '已到场', '抢修人员已到达{place}，正在查找原因。', 1, 20),
    (14, 0, '已修复，恢复供水', '{place}已修复并恢复供水。刚恢复时水可能发白、发黄，请放水几分钟后使用。', 1, 30),
    (19, 0, '已修复', '{place}的问题已由{unit}处理完毕。如仍有问题请拨 {hotline}，报受理编号 {number}。', 1, 40),
    (19, 0, '计划停水或抢修所致', '此次停水因管道施工或抢修引起，现已恢复供水。停水信息可在网站“停水公告”中查询。', 1, 50),
    (19, 0, '水压恢复正常', '经现场测压，{place}水压已恢复正常。', 1, 60),
    (19, 0, '水表已更换', '已按规定办理手续并更换水表，更换前后的读数已由您确认。', 1, 70),
    (19, 0, '已答复咨询', '您咨询的事项已答复。如需进一步了解请拨 {hotline}。', 1, 80),
    (21, 0, '回访：已解决', '电话回访，顾客表示问题已解决。', 1, 90),
    (21, 0, '回访：仍有问题', '电话回访，顾客表示问题仍未解决：', 1, 100),
    (32, 0, '不属供水范围', '经核实，此事项不属于供水服务范围，请向物业或产权单位反映。如有疑问请拨 {hotline}。', 1, 110);
