-- 200 outages for the bench, with what the public reads of them and no events: a third running, a third planned, a third ended lately.
-- Each covers four places of the sample town and was told of in three messages.
CREATE TEMPORARY TABLE digit (n INT NOT NULL PRIMARY KEY);
INSERT INTO digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
CREATE TEMPORARY TABLE many (n INT NOT NULL PRIMARY KEY);
INSERT INTO many SELECT a.n + 10 * b.n + 100 * c.n + 1 FROM digit a JOIN (SELECT n FROM digit) b JOIN (SELECT n FROM (SELECT 0 AS n UNION SELECT 1) z) c;

INSERT INTO outage (id, version, kind, state, unit_id, ticket_id, cause, diameter_mm, valves, is_public, is_pressure, is_large, is_unapproved,
                    approver, scope, households, applicant_id, assistant_id, steps, planned_start_at, reported_at, started_at, first_end_at,
                    expected_end_at, ended_at, area_words)
SELECT 1000 + n, 3, IF(n % 3 = 1, 2, 1), CASE n % 3 WHEN 0 THEN 1 WHEN 1 THEN 7 ELSE 2 END, 3, 0, IF(n % 3 = 1, 7, 1), 300, '300x2', 1, 0, 0, 0,
       0, 0, 0, 0, 0, 0, IF(n % 3 = 1, UTC_TIMESTAMP(3) + INTERVAL n HOUR, NULL), UTC_TIMESTAMP(3) - INTERVAL 2 HOUR,
       IF(n % 3 = 1, UTC_TIMESTAMP(3) + INTERVAL n HOUR, UTC_TIMESTAMP(3) - INTERVAL 2 HOUR), UTC_TIMESTAMP(3) + INTERVAL n + 4 HOUR,
       UTC_TIMESTAMP(3) + INTERVAL n + 8 HOUR, IF(n % 3 = 2, UTC_TIMESTAMP(3) - INTERVAL n MINUTE, '9999-12-31 23:59:59.999'), ''
FROM many;
INSERT INTO outage_message (outage_id, seq, kind, told_at, happened_at, expected_end_at, area_words, words, water_points, start_at)
SELECT 1000 + m.n, s.n, CASE s.n WHEN 1 THEN IF(m.n % 3 = 1, 12, 1) WHEN 2 THEN 2 ELSE IF(m.n % 3 = 2, 4, 2) END,
       UTC_TIMESTAMP(3) - INTERVAL 4 - s.n MINUTE, UTC_TIMESTAMP(3) - INTERVAL 2 HOUR, UTC_TIMESTAMP(3) + INTERVAL m.n + 4 + s.n HOUR,
       IF(s.n = 1, CONCAT('东昌路 ', m.n, ' 号以北三栋楼'), ''), '主管道爆裂，正在开挖换管，请提前储水。', IF(s.n = 1, '小区南门送水车', ''),
       UTC_TIMESTAMP(3) - INTERVAL 2 HOUR
FROM many m JOIN digit s ON s.n BETWEEN 1 AND 3;
INSERT INTO outage_place (outage_id, seq, place_id)
SELECT 1000 + m.n, 1, p.id FROM many m JOIN (SELECT 11 AS id UNION SELECT 12 UNION SELECT 61 UNION SELECT 62) p;
