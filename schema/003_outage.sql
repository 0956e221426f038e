-- Schema 3: the register of outages (Arts. 18, 33(2)-(5)). Forward only, like 002_workflow.sql.
--
-- Numbers are those of the enums in cgi-bin/core/outage.h.

-- Room for the lists that an event can carry (core/event.h).
ALTER TABLE event MODIFY payload VARBINARY(5632) NOT NULL;

-- Outages: the fold of their events, subject kind 2. valves: "300x2 200x1". reported_at: recorded and published, started_at: water
-- off, first_end_at: the end as first announced, expected_end_at: as announced now. ended_at: water on, or withdrawn; '9999-12-31
-- 23:59:59.999' while it runs, so that one index finds what runs and what ended lately.
CREATE TABLE outage (
    id               BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    version          INT NOT NULL,
    kind             TINYINT NOT NULL,
    state            TINYINT NOT NULL,
    unit_id          INT NOT NULL,
    ticket_id        BIGINT NOT NULL,
    cause            TINYINT NOT NULL,
    diameter_mm      INT NOT NULL,
    valves           VARCHAR(79) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reported_at      DATETIME(3) NOT NULL,
    started_at       DATETIME(3) NOT NULL,
    first_end_at     DATETIME(3) NOT NULL,
    expected_end_at  DATETIME(3) NOT NULL,
    ended_at         DATETIME(3) NOT NULL,
    KEY outage_ended (ended_at, id),
    KEY outage_ticket (ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Where: seq is that of the event which told of the place. Rows are added, never changed.
CREATE TABLE outage_place (
    outage_id  BIGINT NOT NULL,
    seq        INT NOT NULL,
    place_id   INT NOT NULL,
    PRIMARY KEY (outage_id, seq, place_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What the public was told, message by message: all that public programs read of an outage's events. kind: enum outage_action.
-- told_at: recorded; happened_at: water off, water on. Rows are added, never changed: a change is a new message.
CREATE TABLE outage_message (
    id               BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    outage_id        BIGINT NOT NULL,
    seq              INT NOT NULL,
    kind             TINYINT NOT NULL,
    told_at          DATETIME(3) NOT NULL,
    happened_at      DATETIME(3) NOT NULL,
    expected_end_at  DATETIME(3) NOT NULL,
    area_words       VARCHAR(400) NOT NULL,
    words            VARCHAR(1000) NOT NULL,
    UNIQUE KEY outage_message_seq (outage_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The ladder of the announced end, where a ladder is there already (a new installation gets it with the regulation).
UPDATE ladder SET step = 20, audiences = 14, notice = 'outage_late' WHERE kind = 14 AND step = 10 AND notice = 'clock_late';
INSERT INTO ladder (kind, step, permille, after_due_seconds, audiences, is_breach, notice)
SELECT 14, 10, 800, 0, 6, 0, 'outage_soon' FROM ladder WHERE kind = 14 AND step = 20 AND notice = 'outage_late';
