-- The foundation: regulation, organisation, tickets and their events, clocks, public projection, staff, notices, figures.
--
-- Times are UTC DATETIME(3), written by the programs: the database's own clock is never asked. Every table has a primary
-- key (Galera), is InnoDB and utf8mb4. Numbers of enums are those of cgi-bin/core: append only. 0 means "none".
-- One statement ends with a semicolon at the end of a line; the migrator splits there.

CREATE TABLE migration (
    version     INT NOT NULL PRIMARY KEY,
    name        VARCHAR(64) NOT NULL,
    checksum    BINARY(32) NOT NULL,
    applied_at  DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Small facts of this installation: catalog_version (raised by every change of the rows below), sample_anchor, …
CREATE TABLE fact (
    name   VARCHAR(40) NOT NULL PRIMARY KEY,
    value  VARCHAR(200) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- regulation as rows (core/matter.h, core/rule.h)

CREATE TABLE category (
    id                    INT NOT NULL PRIMARY KEY,
    code                  VARCHAR(39) NOT NULL,
    article               VARCHAR(23) NOT NULL,
    category_group        TINYINT NOT NULL,
    clocks                INT NOT NULL,
    is_leak               TINYINT NOT NULL,
    is_third_party        TINYINT NOT NULL,
    asks_limit            TINYINT NOT NULL,
    needs_formalities     TINYINT NOT NULL,
    needs_phone           TINYINT NOT NULL,
    default_nature        TINYINT NOT NULL,
    extension_cap_seconds INT NOT NULL,
    sort                  INT NOT NULL,
    name_zh               VARCHAR(80) NOT NULL,
    name_en               VARCHAR(120) NOT NULL,
    effective_from        DATETIME(3) NOT NULL,
    effective_to          DATETIME(3) NULL,
    UNIQUE KEY category_code (code, effective_from)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE grade (
    id       TINYINT NOT NULL PRIMARY KEY,
    code     VARCHAR(39) NOT NULL,
    article  VARCHAR(23) NOT NULL,
    name_zh  VARCHAR(80) NOT NULL,
    name_en  VARCHAR(120) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE rule (
    id                INT NOT NULL PRIMARY KEY,
    code              VARCHAR(39) NOT NULL,
    article           VARCHAR(23) NOT NULL,
    kind              TINYINT NOT NULL,
    subject           TINYINT NOT NULL,
    category_id       INT NOT NULL,
    grade             TINYINT NOT NULL,
    zone              TINYINT NOT NULL,
    diameter_over_mm  INT NOT NULL,
    diameter_to_mm    INT NOT NULL,
    rule_condition    TINYINT NOT NULL,
    direction         TINYINT NOT NULL,
    start_event       VARCHAR(39) NOT NULL,
    end_event         VARCHAR(39) NOT NULL,
    limit_seconds     INT NOT NULL,
    bound             TINYINT NOT NULL,
    is_binding        TINYINT NOT NULL,
    is_public         TINYINT NOT NULL,
    interpretation    TINYINT NOT NULL,
    sort              INT NOT NULL,
    name_zh           VARCHAR(120) NOT NULL,
    name_en           VARCHAR(200) NOT NULL,
    note_zh           VARCHAR(400) NOT NULL,
    note_en           VARCHAR(600) NOT NULL,
    effective_from    DATETIME(3) NOT NULL,
    effective_to      DATETIME(3) NULL,
    UNIQUE KEY rule_code (code, effective_from)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE ladder (
    kind               TINYINT NOT NULL,
    step               TINYINT NOT NULL,
    permille           INT NOT NULL,
    after_due_seconds  INT NOT NULL,
    audiences          INT NOT NULL,
    is_breach          TINYINT NOT NULL,
    notice             VARCHAR(39) NOT NULL,
    PRIMARY KEY (kind, step)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Arts. 29-35: fixed amounts and ranges, in fen (0.01 yuan). A fixed amount has min = max.
CREATE TABLE penalty_clause (
    id              INT NOT NULL PRIMARY KEY,
    article         VARCHAR(23) NOT NULL,
    unit_min_fen    INT NOT NULL,
    unit_max_fen    INT NOT NULL,
    leader_fen      INT NOT NULL,
    person_fen      INT NOT NULL,
    is_circular     TINYINT NOT NULL,
    is_rectify      TINYINT NOT NULL,
    is_by_hand      TINYINT NOT NULL,
    is_discipline   TINYINT NOT NULL,
    text_zh         VARCHAR(300) NOT NULL,
    text_en         VARCHAR(400) NOT NULL,
    effective_from  DATETIME(3) NOT NULL,
    effective_to    DATETIME(3) NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Which breach proposes which clause. source_group: 0 any, 1 government or media (32(2) in place of 34(2)).
CREATE TABLE breach_clause (
    kind          TINYINT NOT NULL,
    source_group  TINYINT NOT NULL,
    clause_id     INT NOT NULL,
    PRIMARY KEY (kind, source_group)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- organisation and places

CREATE TABLE unit (
    id                  INT NOT NULL PRIMARY KEY,
    code                VARCHAR(39) NOT NULL,
    name_zh             VARCHAR(80) NOT NULL,
    name_en             VARCHAR(120) NOT NULL,
    is_handling         TINYINT NOT NULL,
    direct_leader_id    INT NOT NULL DEFAULT 0,
    leader_in_charge_id INT NOT NULL DEFAULT 0,
    indicator_owner_id  INT NOT NULL DEFAULT 0,
    sort                INT NOT NULL,
    UNIQUE KEY unit_code (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- kind: 1 district, 2 community, 3 road, 4 building. zone: core/matter.h.
CREATE TABLE place (
    id         INT NOT NULL PRIMARY KEY,
    parent_id  INT NOT NULL,
    kind       TINYINT NOT NULL,
    name       VARCHAR(80) NOT NULL,
    zone       TINYINT NOT NULL,
    KEY place_name (name),
    KEY place_parent (parent_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- (category, zone) → unit proposes the dispatch; zone 0: any.
CREATE TABLE route (
    category_id  INT NOT NULL,
    zone         TINYINT NOT NULL,
    unit_id      INT NOT NULL,
    PRIMARY KEY (category_id, zone)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- staff, sign-in, sessions

CREATE TABLE staff (
    id            INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    login         VARCHAR(40) NOT NULL,
    name          VARCHAR(40) NOT NULL,
    unit_id       INT NOT NULL,
    roles         INT NOT NULL,
    badge         VARCHAR(20) NOT NULL DEFAULT '',
    is_active     TINYINT NOT NULL,
    phone_masked  VARCHAR(23) NOT NULL DEFAULT '',
    phone_sealed  VARBINARY(200) NULL,
    key_id        SMALLINT NOT NULL DEFAULT 0,
    confirmed_on  DATE NULL,
    version       INT NOT NULL DEFAULT 1,
    created_at    DATETIME(3) NOT NULL,
    UNIQUE KEY staff_login (login),
    KEY staff_unit (unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Only signin may read the hashes; the administrator's command may write them.
CREATE TABLE credential (
    staff_id       INT NOT NULL PRIMARY KEY,
    password_hash  VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    must_change    TINYINT NOT NULL,
    changed_at     DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The cookie's token is never stored, only its hash.
CREATE TABLE session (
    token_hash  BINARY(32) NOT NULL PRIMARY KEY,
    staff_id    INT NOT NULL,
    created_at  DATETIME(3) NOT NULL,
    seen_at     DATETIME(3) NOT NULL,
    expires_at  DATETIME(3) NOT NULL,
    ended_at    DATETIME(3) NULL,
    KEY session_staff (staff_id, ended_at),
    KEY session_expires (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Wrong guesses (sign-in, query codes), one row each: slowed by counting, nobody is locked out, no hot row.
-- what: 1 sign-in by account, 2 sign-in by address, 3 code by ticket, 4 code by address, 5 filing by address
CREATE TABLE guess (
    id        BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    what      TINYINT NOT NULL,
    who_hash  BINARY(32) NOT NULL,
    at        DATETIME(3) NOT NULL,
    KEY guess_who (what, who_hash, at),
    KEY guess_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What staff did outside event streams: sign-ins, unmaskings, exports, changes of rights. Append-only.
CREATE TABLE audit (
    id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    at            DATETIME(3) NOT NULL,
    staff_id      INT NOT NULL,
    what          VARCHAR(39) NOT NULL,
    subject_kind  TINYINT NOT NULL,
    subject_id    BIGINT NOT NULL,
    detail        VARCHAR(200) NOT NULL,
    KEY audit_at (at),
    KEY audit_staff (staff_id, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- event streams (tickets, outages, orders alike)

CREATE TABLE event (
    subject_kind  TINYINT NOT NULL,
    subject_id    BIGINT NOT NULL,
    seq           INT NOT NULL,
    kind          SMALLINT NOT NULL,
    occurred_at   DATETIME(3) NOT NULL,
    recorded_at   DATETIME(3) NOT NULL,
    actor_role    INT NOT NULL,
    actor_staff   INT NOT NULL,
    actor_unit    INT NOT NULL,
    payload       VARBINARY(4096) NOT NULL,
    prev_hash     BINARY(32) NOT NULL,
    hash          BINARY(32) NOT NULL,
    action_key    BINARY(16) NULL,
    PRIMARY KEY (subject_kind, subject_id, seq),
    UNIQUE KEY event_action_key (action_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The words of an event, which retention can empty while the chain still verifies (body empty, emptied_at set).
CREATE TABLE event_text (
    subject_kind  TINYINT NOT NULL,
    subject_id    BIGINT NOT NULL,
    seq           INT NOT NULL,
    salt          BINARY(16) NOT NULL,
    body          TEXT NOT NULL,
    emptied_at    DATETIME(3) NULL,
    PRIMARY KEY (subject_kind, subject_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Heads of streams sealed by clerk with a key that it alone holds.
CREATE TABLE chain_head (
    subject_kind  TINYINT NOT NULL,
    subject_id    BIGINT NOT NULL,
    seq           INT NOT NULL,
    hash          BINARY(32) NOT NULL,
    mac           BINARY(32) NOT NULL,
    sealed_at     DATETIME(3) NOT NULL,
    PRIMARY KEY (subject_kind, subject_id),
    KEY chain_head_sealed (sealed_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Daily digest of all heads, chained: a removed stream shows.
CREATE TABLE chain_digest (
    day         DATE NOT NULL PRIMARY KEY,
    head_count  BIGINT NOT NULL,
    digest      BINARY(32) NOT NULL,
    mac         BINARY(32) NOT NULL,
    made_at     DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- tickets: rows are the fold of the events

CREATE TABLE ticket (
    id                   BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    number               CHAR(17) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version              INT NOT NULL,
    state                TINYINT NOT NULL,
    is_open              TINYINT NOT NULL,
    source               TINYINT NOT NULL,
    nature               TINYINT NOT NULL,
    category_id          INT NOT NULL,
    grades               INT NOT NULL,
    zone                 TINYINT NOT NULL,
    diameter_mm          INT NOT NULL,
    place_id             INT NOT NULL,
    place_text           VARCHAR(200) NOT NULL,
    unit_id              INT NOT NULL,
    first_receiver       INT NOT NULL,
    cycle                SMALLINT NOT NULL,
    reported_at          DATETIME(3) NOT NULL,
    recorded_at          DATETIME(3) NOT NULL,
    next_due_at          DATETIME(3) NOT NULL,
    next_kind            TINYINT NOT NULL,
    finish_due_at        DATETIME(3) NULL,
    finish_granted_at    DATETIME(3) NULL,
    appointment_at       DATETIME(3) NULL,
    is_escalated         TINYINT NOT NULL,
    is_waiting_ops       TINYINT NOT NULL,
    urge_count           SMALLINT NOT NULL,
    handoff_count        SMALLINT NOT NULL,
    repeat_level         SMALLINT NOT NULL,
    satisfaction         TINYINT NOT NULL,
    rating               TINYINT NOT NULL,
    parent_id            BIGINT NOT NULL,
    outside_system       VARCHAR(40) NULL,
    outside_number       VARCHAR(60) NULL,
    outside_due_at       DATETIME(3) NULL,
    finished_at          DATETIME(3) NULL,
    closed_at            DATETIME(3) NULL,
    UNIQUE KEY ticket_number (number),
    UNIQUE KEY ticket_outside (outside_system, outside_number),
    KEY ticket_open_due (is_open, next_due_at, id),
    KEY ticket_unit_due (unit_id, is_open, next_due_at, id),
    KEY ticket_state_due (state, next_due_at, id),
    KEY ticket_waiting_ops (is_waiting_ops, next_due_at, id),
    KEY ticket_receiver (first_receiver, is_open, next_due_at, id),
    KEY ticket_category (category_id, reported_at, id),
    KEY ticket_place (place_id, reported_at, id),
    KEY ticket_reported (reported_at, id),
    KEY ticket_parent (parent_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Personal data, each field sealed to the staff key; beside it a masked form and a keyed hash to find it by.
CREATE TABLE ticket_person (
    ticket_id       BIGINT NOT NULL PRIMARY KEY,
    key_id          SMALLINT NOT NULL,
    name_sealed     VARBINARY(250) NULL,
    name_masked     VARCHAR(23) NOT NULL,
    phone_sealed    VARBINARY(100) NULL,
    phone_masked    VARCHAR(23) NOT NULL,
    phone_hash      BINARY(32) NULL,
    account_sealed  VARBINARY(100) NULL,
    account_masked  VARCHAR(23) NOT NULL,
    account_hash    BINARY(32) NULL,
    address_sealed  VARBINARY(500) NULL,
    emptied_at      DATETIME(3) NULL,
    KEY ticket_person_phone (phone_hash, ticket_id),
    KEY ticket_person_account (account_hash, ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE assignment (
    ticket_id      BIGINT NOT NULL,
    dispatch_no    SMALLINT NOT NULL,
    unit_id        INT NOT NULL,
    role           TINYINT NOT NULL,
    state          TINYINT NOT NULL,
    dispatcher     INT NOT NULL,
    has_objected   TINYINT NOT NULL,
    dispatched_at  DATETIME(3) NOT NULL,
    accepted_at    DATETIME(3) NULL,
    arrived_at     DATETIME(3) NULL,
    ended_at       DATETIME(3) NULL,
    PRIMARY KEY (ticket_id, dispatch_no),
    KEY assignment_unit (unit_id, state, dispatched_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The promise ledger: one row per clock of any subject (core/clock.h). next_step: the least step that clerk has not fired,
-- written by clerk alone; next_step_at: when a step is due, '9999-12-31 23:59:59.999' when none is.
CREATE TABLE clock (
    subject_kind    TINYINT NOT NULL,
    subject_id      BIGINT NOT NULL,
    no              SMALLINT NOT NULL,
    rule_id         INT NOT NULL,
    kind            TINYINT NOT NULL,
    article         VARCHAR(23) NOT NULL,
    cycle           SMALLINT NOT NULL,
    direction       TINYINT NOT NULL,
    limit_seconds   INT NOT NULL,
    bound           TINYINT NOT NULL,
    is_binding      TINYINT NOT NULL,
    dispatch_no     SMALLINT NOT NULL,
    unit_id         INT NOT NULL,
    category_id     INT NOT NULL,
    started_at      DATETIME(3) NOT NULL,
    due_at          DATETIME(3) NULL,
    granted_due_at  DATETIME(3) NULL,
    stopped_at      DATETIME(3) NULL,
    result          TINYINT NOT NULL,
    corrected       TINYINT NOT NULL,
    excuse_code     INT NOT NULL,
    next_step       TINYINT NOT NULL,
    next_step_at    DATETIME(3) NOT NULL,
    PRIMARY KEY (subject_kind, subject_id, no),
    KEY clock_step_at (next_step_at, subject_kind, subject_id, no),
    KEY clock_rule_due (rule_id, due_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What clerk fired: at most once per clock and step, for ever.
CREATE TABLE clock_step (
    subject_kind  TINYINT NOT NULL,
    subject_id    BIGINT NOT NULL,
    clock_no      SMALLINT NOT NULL,
    step          TINYINT NOT NULL,
    is_breach     TINYINT NOT NULL,
    fired_at      DATETIME(3) NOT NULL,
    PRIMARY KEY (subject_kind, subject_id, clock_no, step),
    KEY clock_step_fired (fired_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- what the public may see

-- Projection of a ticket without personal data; public programs INSERT it with a filing and SELECT it. progress: the steps that
-- a resident sees, with the words written for him, and his clocks (core/progress.h); written anew when words are emptied.
-- waiting_inputs: rows of resident_input that clerk has not applied, so that the tracking page need not look for them.
CREATE TABLE public_ticket (
    ticket_id          BIGINT NOT NULL PRIMARY KEY,
    number             CHAR(17) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    filing_key         BINARY(16) NOT NULL,
    link_hash          BINARY(32) NULL,
    code_issue         SMALLINT NOT NULL,
    version            INT NOT NULL,
    state              TINYINT NOT NULL,
    is_rated           TINYINT NOT NULL,
    nature             TINYINT NOT NULL,
    category_id        INT NOT NULL,
    place_id           INT NOT NULL,
    place_text         VARCHAR(200) NOT NULL,
    unit_id            INT NOT NULL,
    cycle              SMALLINT NOT NULL,
    reported_at        DATETIME(3) NOT NULL,
    finish_due_at      DATETIME(3) NULL,
    finish_granted_at  DATETIME(3) NULL,
    appointment_at     DATETIME(3) NULL,
    parent_number      CHAR(17) CHARACTER SET ascii COLLATE ascii_bin NULL,
    updated_at         DATETIME(3) NOT NULL,
    progress           MEDIUMBLOB NOT NULL,
    waiting_inputs     INT NOT NULL DEFAULT 0,
    UNIQUE KEY public_ticket_number (number),
    UNIQUE KEY public_ticket_key (filing_key),
    KEY public_ticket_link (link_hash),
    KEY public_ticket_place (place_id, category_id, reported_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What a resident adds later; shown at once as received, applied by clerk through decide and apply.
-- verdict: 0 applied or waiting, else the enum verdict that refused it.
CREATE TABLE resident_input (
    id           BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    ticket_id    BIGINT NOT NULL,
    action       SMALLINT NOT NULL,
    value        BIGINT NOT NULL,
    words        VARCHAR(2000) NOT NULL,
    input_key    BINARY(16) NOT NULL,
    received_at  DATETIME(3) NOT NULL,
    applied_at   DATETIME(3) NULL,
    applied_seq  INT NOT NULL DEFAULT 0,
    verdict      SMALLINT NOT NULL DEFAULT 0,
    UNIQUE KEY resident_input_key (input_key),
    KEY resident_input_waiting (applied_at, id),
    KEY resident_input_ticket (ticket_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Unfinished filings, boxed with a key that only the visitor's cookie holds; purged by clerk.
CREATE TABLE draft (
    token_hash  BINARY(32) NOT NULL PRIMARY KEY,
    body        VARBINARY(8000) NOT NULL,
    saved_at    DATETIME(3) NOT NULL,
    KEY draft_saved (saved_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- notices

-- state: 0 waits, 1 claimed, 2 sent, 3 given up. dedupe: one notice per fact and recipient, for ever.
-- audience and recipient: a staff id, a unit id or the ticket's resident (0); what is sent is made when it is sent.
CREATE TABLE outbox (
    id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    dedupe        BINARY(32) NOT NULL,
    subject_kind  TINYINT NOT NULL,
    subject_id    BIGINT NOT NULL,
    seq           INT NOT NULL,
    clock_no      SMALLINT NOT NULL,
    notice        VARCHAR(39) NOT NULL,
    audience      TINYINT NOT NULL,
    recipient     INT NOT NULL,
    created_at    DATETIME(3) NOT NULL,
    not_before    DATETIME(3) NOT NULL,
    state         TINYINT NOT NULL,
    attempts      SMALLINT NOT NULL,
    claim_token   BINARY(16) NULL,
    claimed_at    DATETIME(3) NULL,
    sent_at       DATETIME(3) NULL,
    provider_id   VARCHAR(80) NULL,
    last_error    VARCHAR(200) NULL,
    UNIQUE KEY outbox_dedupe (dedupe),
    KEY outbox_waiting (state, not_before, id),
    KEY outbox_claim (claim_token),
    KEY outbox_subject (subject_kind, subject_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- marks of change and figures

-- One row per change, never a shared one. rule_id, day: a rule, and the UTC day of a due time, whose figures change besides
-- those of the subject's clocks as they are now (the clock had them before).
CREATE TABLE dirty (
    id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    subject_kind  TINYINT NOT NULL,
    subject_id    BIGINT NOT NULL,
    rule_id       INT NOT NULL,
    day           DATE NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Counts per local day of the original due (core/figure.h), recomputed whole by clerk from the clock rows.
CREATE TABLE figure_day (
    rule_id       INT NOT NULL,
    day           DATE NOT NULL,
    category_id   INT NOT NULL,
    unit_id       INT NOT NULL,
    kept          INT NOT NULL,
    kept_granted  INT NOT NULL,
    missed        INT NOT NULL,
    excused       INT NOT NULL,
    PRIMARY KEY (rule_id, day, category_id, unit_id),
    KEY figure_day_day (day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Per promise (rule code) and window ("window", "month"): what the public page shows, as of a moment.
CREATE TABLE promise_figure (
    rule_code       VARCHAR(39) NOT NULL,
    span            VARCHAR(10) NOT NULL,
    first_day       DATE NOT NULL,
    last_day        DATE NOT NULL,
    total           BIGINT NOT NULL,
    kept            BIGINT NOT NULL,
    kept_granted    BIGINT NOT NULL,
    missed          BIGINT NOT NULL,
    excused         BIGINT NOT NULL,
    median_seconds  BIGINT NOT NULL,
    p90_seconds     BIGINT NOT NULL,
    as_of           DATETIME(3) NOT NULL,
    PRIMARY KEY (rule_code, span)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Leases of clerk's jobs that must not run twice at once; claimed by UPDATE with a token, committed before the work.
CREATE TABLE job (
    name         VARCHAR(39) NOT NULL PRIMARY KEY,
    token        BINARY(16) NULL,
    lease_until  DATETIME(3) NOT NULL,
    done_at      DATETIME(3) NULL,
    data_version BIGINT NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
