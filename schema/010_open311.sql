-- Schema 10: other systems file and follow reports through Open311 GeoReport v2. Forward only.

-- Keys of other systems. Of a key its hash alone is kept. name: also the outside system of the numbers that come with its reports.
-- source: as what kind of report they count (core/matter.h): 6 the mayor's hotline, 10 Open311. last_used_on: written once a day.
CREATE TABLE api_key (
    id            INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name          VARCHAR(40) NOT NULL,
    key_hash      BINARY(32) NOT NULL,
    may_file      TINYINT NOT NULL,
    may_read      TINYINT NOT NULL,
    source        TINYINT NOT NULL,
    per_minute    INT NOT NULL,
    is_active     TINYINT NOT NULL,
    created_at    DATETIME(3) NOT NULL,
    last_used_on  DATE NULL,
    UNIQUE KEY api_key_name (name),
    UNIQUE KEY api_key_hash (key_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Reports that came by a key. The point is rounded to thousandths of a degree (about 100 m), which is all that is ever shown of it.
-- said_hash: of everything that was sent, so that one key of repetition cannot mean two reports.
CREATE TABLE open311_request (
    ticket_id        BIGINT NOT NULL PRIMARY KEY,
    api_key_id       INT NOT NULL,
    latitude_milli   INT NULL,
    longitude_milli  INT NULL,
    said_hash        BINARY(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The list of requests by when they were reported, filtered in the index; and what was done in a window of time.
ALTER TABLE public_ticket
    ADD KEY public_ticket_reported (reported_at, ticket_id, state, nature, category_id, parent_number);
ALTER TABLE event ADD KEY event_recorded (subject_kind, recorded_at, subject_id, seq, kind);
