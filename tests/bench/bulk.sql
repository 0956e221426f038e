-- @count tickets for the bench, about 5,000 of each million open, spread over three years; without events and chains. Made by
-- the server from a sequence, so that a million take minutes. The bench alone reads this; nothing of it is a real ticket.
-- Variables: @count, @anchor (the present). The spread over categories, units and states comes from small primes, so that
-- it is the same every time.

SET SESSION unique_checks = 0, foreign_key_checks = 0, sql_log_bin = 0;
SET @span = 3 * 365 * 86400;
SET @open_every = 200;

INSERT INTO ticket (number, version, state, is_open, source, nature, category_id, grades, zone, diameter_mm, place_id,
    place_text, unit_id, first_receiver, cycle, reported_at, recorded_at, next_due_at, next_kind, finish_due_at,
    is_escalated, is_waiting_ops, urge_count, handoff_count, repeat_level, satisfaction, rating, parent_id, finished_at,
    closed_at)
SELECT CONCAT('BK', LPAD(seq, 15, '0')), 8,
    IF(seq MOD @open_every = 0, ELT(1 + (seq DIV @open_every) MOD 4, 1, 2, 4, 5), 7),
    seq MOD @open_every = 0, 1 + seq MOD 9, 1 + seq MOD 2, 1 + seq MOD 27, 0, 1 + seq MOD 2, 0, 0,
    CONCAT(ELT(1 + seq MOD 5, '明珠花园', '柳泉小区', '凤凰城', '运河湾', '北郊镇中心小区'), 1 + seq MOD 40, '号楼'),
    2 + seq MOD 6, 1, 1,
    @anchor - INTERVAL (seq * 7919 MOD @span) SECOND, @anchor - INTERVAL (seq * 7919 MOD @span) SECOND,
    IF(seq MOD @open_every = 0, @anchor + INTERVAL (seq * 104729 MOD 345600) SECOND - INTERVAL 86400 SECOND, '9999-12-31 23:59:59.999'),
    IF(seq MOD @open_every = 0, 3, 0), @anchor - INTERVAL (seq * 7919 MOD @span) SECOND + INTERVAL 86400 SECOND,
    0, seq MOD (@open_every * 9) = 0, 0, 0, 0, 5, 0, 0,
    IF(seq MOD @open_every = 0, NULL, @anchor - INTERVAL (seq * 7919 MOD @span) SECOND + INTERVAL 43200 SECOND),
    IF(seq MOD @open_every = 0, NULL, @anchor - INTERVAL (seq * 7919 MOD @span) SECOND + INTERVAL 40000 SECOND)
FROM seq_1_to_10000000 WHERE seq <= @count;

INSERT INTO ticket_person (ticket_id, key_id, name_masked, phone_masked, phone_hash, account_masked)
SELECT id, 1, '', '138****0000', UNHEX(SHA2(CONCAT('p', id MOD 700000), 256)), '' FROM ticket WHERE number LIKE 'BK%';

INSERT INTO public_ticket (ticket_id, number, filing_key, code_issue, version, state, is_rated, nature, category_id,
    place_id, place_text, unit_id, cycle, reported_at, finish_due_at, updated_at, progress)
SELECT id, number, UNHEX(LEFT(SHA2(id, 256), 32)), 1, 8, state, 0, nature, category_id, 0, place_text, unit_id, 1,
    reported_at, finish_due_at, recorded_at, X'010000' FROM ticket WHERE number LIKE 'BK%';

-- Acceptance and finish of every ticket; seven in a hundred late.
INSERT INTO clock (subject_kind, subject_id, no, rule_id, kind, article, cycle, direction, limit_seconds, bound,
    is_binding, dispatch_no, unit_id, category_id, started_at, due_at, stopped_at, result, corrected, excuse_code,
    next_step, next_step_at)
SELECT 1, t.id, n.no, r.id, r.kind, r.article, 1, 0, r.limit_seconds, r.bound, 1, 0, t.unit_id, t.category_id,
    t.reported_at, t.reported_at + INTERVAL r.limit_seconds SECOND,
    IF(t.is_open = 1 AND n.no = 2, NULL,
       t.reported_at + INTERVAL (r.limit_seconds * IF(t.id MOD 100 < 7, 120, 20 + t.id MOD 70) DIV 100) SECOND),
    IF(t.is_open = 1 AND n.no = 2, 0, IF(t.id MOD 100 < 7, 2, 1)), 0, 0, 0, '9999-12-31 23:59:59.999'
FROM ticket t JOIN (SELECT 1 AS no, 2 AS kind UNION ALL SELECT 2, 3) n
    JOIN rule r ON r.kind = n.kind AND (r.kind = 2 OR r.category_id = t.category_id) AND r.limit_seconds > 0
        AND r.effective_to IS NULL AND r.grade = 0 AND r.diameter_over_mm = 0 AND r.zone IN (0, 1)
WHERE t.number LIKE 'BK%';

-- Who works on what is open; at every fifth of it another unit helps.
INSERT INTO assignment (ticket_id, dispatch_no, unit_id, role, state, dispatcher, has_objected, dispatched_at)
SELECT t.id, n.no, IF(n.no = 1, t.unit_id, 2 + (t.unit_id - 1) MOD 6), n.no, IF(t.state = 2, 1, 3), 1, 0, t.reported_at
FROM ticket t JOIN (SELECT 1 AS no UNION ALL SELECT 2) n ON n.no = 1 OR t.id MOD (@open_every * 5) = 0
WHERE t.is_open = 1 AND t.state IN (2, 4) AND t.number LIKE 'BK%';

ANALYZE TABLE ticket, ticket_person, public_ticket, clock, assignment;
