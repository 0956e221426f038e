-- Words for the tickets of bulk.sql, and the pairs of characters by which they are found (core/gram.h): from few sentences and
-- places, so that the pairs of each are worked out once. A word in two thousand and one in a hundred thousand are rare.

SET SESSION unique_checks = 0, foreign_key_checks = 0, sql_log_bin = 0;

CREATE TABLE bench_words (no INT NOT NULL PRIMARY KEY, body VARCHAR(60) NOT NULL) CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
INSERT INTO bench_words (no, body)
SELECT b.seq * 100 + a.seq, CONCAT(
    ELT(b.seq, '早上起来', '从昨天晚上开始', '今天中午', '路过的人发现', '邻居都说', '物业反映', '孩子放学时看到'),
    ELT(a.seq, '水表井往外冒水', '整栋楼没有水', '自来水发黄有异味', '水压很小洗不了澡', '马路中间一直冒水', '水表不走字',
        '阀门关不上', '井盖丢了很危险', '水费比上个月多很多', '管道接头滴水', '消火栓被撞坏', '水锤声音很大', '铜绿色沉淀'))
FROM seq_1_to_7 b JOIN seq_1_to_13 a;

CREATE TABLE bench_choice (ticket_id BIGINT NOT NULL PRIMARY KEY, no INT NOT NULL);
INSERT INTO bench_choice (ticket_id, no)
SELECT id, (1 + id MOD 7) * 100 + CASE WHEN id MOD 100003 = 0 THEN 13 WHEN id MOD 2003 = 0 THEN 12 ELSE 1 + id MOD 11 END
FROM ticket WHERE number LIKE 'BK%';

SET @last = (SELECT MAX(id) FROM ticket);
INSERT INTO event_text (subject_kind, subject_id, seq, salt, body)
SELECT 1, c.ticket_id, 1, UNHEX(LEFT(SHA2(c.ticket_id, 256), 32)), w.body FROM bench_choice c JOIN bench_words w ON w.no = c.no;

CREATE TABLE bench_gram (body VARCHAR(60) NOT NULL, gram BIGINT NOT NULL, PRIMARY KEY (body, gram)) CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
INSERT IGNORE INTO bench_gram (body, gram)
SELECT x.body, (CONV(HEX(CONVERT(SUBSTRING(x.body, n.seq, 1) USING utf32)), 16, 10) << 21)
    | CONV(HEX(CONVERT(SUBSTRING(x.body, n.seq + 1, 1) USING utf32)), 16, 10)
FROM (SELECT body FROM bench_words UNION SELECT DISTINCT place_text FROM ticket WHERE number LIKE 'BK%') x
    JOIN seq_1_to_60 n ON n.seq < CHAR_LENGTH(x.body);

INSERT IGNORE INTO ticket_gram (gram, reported_at, ticket_id)
SELECT g.gram, t.reported_at, t.id FROM ticket t JOIN bench_gram g ON g.body = t.place_text WHERE t.number LIKE 'BK%'
UNION ALL
SELECT g.gram, t.reported_at, t.id FROM bench_choice c JOIN ticket t ON t.id = c.ticket_id JOIN bench_words w ON w.no = c.no
    JOIN bench_gram g ON g.body = w.body
ORDER BY 1, 2, 3;

-- Clerk has nothing to add.
INSERT INTO job (name, data_version, done_at, lease_until) VALUES ('grams', @last, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))
ON DUPLICATE KEY UPDATE data_version = @last;
DROP TABLE bench_words, bench_choice, bench_gram;
ANALYZE TABLE ticket_gram, event_text;
