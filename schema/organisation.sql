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
