-- Schema 4: planned outages and cut-offs in the register of outages (Arts. 18, 19, 33(3)(4)(7)(10)). Forward only.
--
-- Numbers are those of the enums in cgi-bin/core/outage.h.

ALTER TABLE event MODIFY payload VARBINARY(5760) NOT NULL;

-- What was there is all emergencies. is_public: its messages are shown; a cut-off's never are. is_pressure: less pressure instead of no
-- water. is_large, approver: whose approval it needs, by the policies of its day. scope: what is cut off. steps: bits of the actions that
-- were done. planned_start_at: NULL for an emergency; started_at is the planned start until the water is off. area_words: of the first
-- event, for lists of staff. expected_end_at is '9999-12-31 23:59:59.999' for a cut-off, which has no announced end.
ALTER TABLE outage
    ADD is_public        TINYINT NOT NULL DEFAULT 1,
    ADD is_pressure      TINYINT NOT NULL DEFAULT 0,
    ADD is_large         TINYINT NOT NULL DEFAULT 0,
    ADD is_unapproved    TINYINT NOT NULL DEFAULT 0,
    ADD approver         TINYINT NOT NULL DEFAULT 0,
    ADD scope            TINYINT NOT NULL DEFAULT 0,
    ADD households       INT NOT NULL DEFAULT 0,
    ADD applicant_id     INT NOT NULL DEFAULT 0,
    ADD assistant_id     INT NOT NULL DEFAULT 0,
    ADD steps            INT NOT NULL DEFAULT 0,
    ADD planned_start_at DATETIME(3) NULL,
    ADD area_words       VARCHAR(400) NOT NULL DEFAULT '',
    ADD KEY outage_public (is_public, ended_at, id);

UPDATE outage o JOIN outage_message m ON m.outage_id = o.id AND m.seq = 1 SET o.area_words = m.area_words;
UPDATE outage o JOIN event e ON e.subject_kind = 2 AND e.subject_id = o.id AND e.seq = 1 SET o.applicant_id = e.actor_staff;
UPDATE outage o
    JOIN (SELECT subject_id, BIT_OR(1 << kind) AS steps FROM event WHERE subject_kind = 2 GROUP BY subject_id) e ON e.subject_id = o.id
    SET o.steps = e.steps;

-- Where water is given out meanwhile.
ALTER TABLE outage_message ADD water_points VARCHAR(400) NOT NULL DEFAULT '';

-- Photos of posters in the area (Art. 33(4)); the pictures are those of photo_body. no: 1, 2, … within the outage, by which it is named
-- in addresses.
CREATE TABLE outage_photo (
    photo_id    BIGINT NOT NULL PRIMARY KEY,
    outage_id   BIGINT NOT NULL,
    no          SMALLINT NOT NULL,
    added_by    INT NOT NULL,
    created_at  DATETIME(3) NOT NULL,
    UNIQUE KEY outage_photo_no (outage_id, no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The promise of the announced end, and the ladders of planned outages, where the regulation is there already (a new installation gets
-- them with it).
INSERT INTO rule (id, code, article, kind, subject, category_id, grade, zone, diameter_over_mm, diameter_to_mm, rule_condition,
                  direction, start_event, end_event, limit_seconds, bound, is_binding, is_public, interpretation, sort, name_zh, name_en,
                  note_zh, note_en, effective_from, effective_to)
SELECT 91, 'resume', '18(2)', 19, 2, 0, 0, 0, 0, 0, 0, 1, 'announced_end', 'water_on', 0, 0, 1, 1, 1, 565,
       '停水：按公布的时间恢复', 'Outage: water back by the announced end',
       '以最初公布的恢复时间计算；在此之前公布延长的，另按新的时间计算。',
       'By the end as first announced; where a later one was announced before it, by that one beside it.',
       '2014-01-01 00:00:00.000', NULL
FROM rule WHERE id = 87;
UPDATE ladder SET step = 20, audiences = 14, notice = 'outage_step_late' WHERE kind BETWEEN 8 AND 11 AND step = 10 AND notice = 'clock_late';
INSERT INTO ladder (kind, step, permille, after_due_seconds, audiences, is_breach, notice)
SELECT kind, 10, 500, 0, 2, 0, 'outage_step_half' FROM ladder WHERE kind BETWEEN 8 AND 11 AND step = 20 AND notice = 'outage_step_late';
UPDATE ladder SET notice = 'outage_step_late' WHERE kind IN (12, 13, 15) AND notice = 'clock_late';
INSERT INTO ladder (kind, step, permille, after_due_seconds, audiences, is_breach, notice)
SELECT 19, 10, 1000, 0, 4, 1, 'outage_step_late' FROM rule WHERE id = 91;
