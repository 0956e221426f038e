-- The whole workflow: ops' own decisions, duty and registers, canned answers, notices that arrive, search, photos, orders, and
-- what residents add. Programs of the schema before this one keep working on it.

-- ---------------------------------------------------------------- ops' decisions by number (core/policy.h); absent: the usual one

CREATE TABLE policy (
    name        VARCHAR(39) NOT NULL PRIMARY KEY,
    value       BIGINT NOT NULL,
    changed_at  DATETIME(3) NOT NULL,
    changed_by  INT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- duty and registers (Arts. 4, 12)

-- Who is a unit's liaison on duty, from ≤ t < to; every hour of every handling unit should be covered.
CREATE TABLE duty (
    id          INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    unit_id     INT NOT NULL,
    staff_id    INT NOT NULL,
    starts_at   DATETIME(3) NOT NULL,
    ends_at     DATETIME(3) NOT NULL,
    created_by  INT NOT NULL,
    created_at  DATETIME(3) NOT NULL,
    KEY duty_unit (unit_id, ends_at),
    KEY duty_staff (staff_id, ends_at),
    KEY duty_ends (ends_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

ALTER TABLE unit ADD COLUMN version INT NOT NULL DEFAULT 1;

-- Every change of a register entry: who changed which field (core/register.h) from what to what. Append-only. Phones are masked;
-- roles and units are their numbers.
CREATE TABLE staff_change (
    id           BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    staff_id     INT NOT NULL,
    field        TINYINT NOT NULL,
    before_text  VARCHAR(80) NOT NULL,
    after_text   VARCHAR(80) NOT NULL,
    changed_by   INT NOT NULL,
    changed_at   DATETIME(3) NOT NULL,
    KEY staff_change_staff (staff_id, changed_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A unit's own service rules (Art. 4). Append-only: a newer version of a rule replaces the one before from its day on; is_ended: it
-- holds no longer from that day.
CREATE TABLE service_rule (
    unit_id         INT NOT NULL,
    rule_no         INT NOT NULL,
    version         INT NOT NULL,
    title           VARCHAR(60) NOT NULL,
    body            TEXT NOT NULL,
    effective_from  DATE NOT NULL,
    is_ended        TINYINT NOT NULL,
    created_by      INT NOT NULL,
    created_at      DATETIME(3) NOT NULL,
    PRIMARY KEY (unit_id, rule_no, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A unit's inspections of its own people (Art. 4). Append-only versions. result: core/register.h.
CREATE TABLE inspection (
    unit_id         INT NOT NULL,
    inspection_no   INT NOT NULL,
    version         INT NOT NULL,
    held_on         DATE NOT NULL,
    inspector       VARCHAR(40) NOT NULL,
    what            VARCHAR(200) NOT NULL,
    finding         VARCHAR(1000) NOT NULL,
    result          TINYINT NOT NULL,
    follow_up_due   DATE NULL,
    followed_up_on  DATE NULL,
    created_by      INT NOT NULL,
    created_at      DATETIME(3) NOT NULL,
    PRIMARY KEY (unit_id, inspection_no, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Calls that a unit's liaison did not answer (Art. 34(1)): written with the ticket's event, with the number that stood in the
-- register and who was on duty then. staff_id 0: nobody was.
CREATE TABLE failed_call (
    ticket_id      BIGINT NOT NULL,
    seq            INT NOT NULL,
    unit_id        INT NOT NULL,
    staff_id       INT NOT NULL,
    called_at      DATETIME(3) NOT NULL,
    number_masked  VARCHAR(23) NOT NULL,
    recorded_by    INT NOT NULL,
    PRIMARY KEY (ticket_id, seq),
    KEY failed_call_at (called_at),
    KEY failed_call_unit (unit_id, called_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- changes by the administration

-- form_key: of the form that a change came by: sent twice, it changes once. NULL: what needs none (sign-ins, unmaskings). The other
-- keys: the log is read by kind and by person.
ALTER TABLE audit
    ADD COLUMN form_key BINARY(16) NULL,
    ADD UNIQUE KEY audit_form_key (form_key),
    ADD KEY audit_what (what, at),
    ADD KEY audit_staff_what (staff_id, what, at);

-- A change of the ladder that clerk works into the running clocks of one kind: from `not_before` on, when every program knows the
-- new steps, it goes through the clocks in the order of their keys; subject_kind, subject_id: how far it has come.
CREATE TABLE ladder_walk (
    catalog_version  BIGINT NOT NULL PRIMARY KEY,
    kind             TINYINT NOT NULL,
    not_before       DATETIME(3) NOT NULL,
    subject_kind     TINYINT NOT NULL,
    subject_id       BIGINT NOT NULL,
    done_at          DATETIME(3) NULL,
    KEY ladder_walk_done (done_at, catalog_version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- canned answers

-- action: enum ticket_action whose form offers it, 0 for all. unit_id 0: every unit's. Words may hold {number} {place} {unit}
-- {hotline}, filled in when chosen.
CREATE TABLE canned_answer (
    id        INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    action    SMALLINT NOT NULL,
    unit_id   INT NOT NULL,
    title     VARCHAR(60) NOT NULL,
    words     VARCHAR(1000) NOT NULL,
    is_active TINYINT NOT NULL,
    sort      INT NOT NULL,
    version   INT NOT NULL DEFAULT 1,
    KEY canned_answer_sort (is_active, sort, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- texts for the public (Arts. 7, 20, 36)

-- Versions are added, never changed: in force is the highest one that has begun. Each has both languages (0 Chinese, 1 English). An
-- empty body: not shown any more. kind: core/public_text.h. The body is plain text, "- " begins an item of a list.
CREATE TABLE public_text (
    code            VARCHAR(39) NOT NULL,
    language        TINYINT NOT NULL,
    version         INT NOT NULL,
    kind            TINYINT NOT NULL,
    sort            INT NOT NULL,
    title           VARCHAR(60) NOT NULL,
    body            TEXT NOT NULL,
    effective_from  DATETIME(3) NOT NULL,
    changed_by      INT NOT NULL,
    changed_at      DATETIME(3) NOT NULL,
    PRIMARY KEY (code, language, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- notices that arrive

-- Where mail to a member of staff goes; "" without.
ALTER TABLE staff ADD COLUMN mail VARCHAR(120) NOT NULL DEFAULT '';

-- Whom a notice goes to is decided when it is due: its row takes the first channel and recipient, each further one is a row of
-- its own (origin_id: the row it was made from). channel: 0 not decided. member: the person of such a row where the audience
-- is several people, else 0. staff_id: who was addressed at the last try, 0 the resident or a group; way: how they were found
-- (core/recipient.h). error_class: base/gateway.h. is_held: 1 kept back by quiet hours, 2 let out again by what could not wait.
-- ended_at: given up or dropped. State 4: dropped by an administrator.
ALTER TABLE outbox
    ADD COLUMN origin_id   BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN channel     TINYINT NOT NULL DEFAULT 0,
    ADD COLUMN member      INT NOT NULL DEFAULT 0,
    ADD COLUMN staff_id    INT NOT NULL DEFAULT 0,
    ADD COLUMN way         TINYINT NOT NULL DEFAULT 0,
    ADD COLUMN is_held     TINYINT NOT NULL DEFAULT 0,
    ADD COLUMN error_class TINYINT NOT NULL DEFAULT 0,
    ADD COLUMN ended_at    DATETIME(3) NULL,
    ADD KEY outbox_due (state, channel, not_before, id),
    ADD KEY outbox_lane (subject_kind, subject_id, audience, recipient, id),
    ADD KEY outbox_state (state, id);

-- ---------------------------------------------------------------- the desk: search, handover, calls

-- is_waiting_unit: the lead has to accept it, or to answer what was added since it last acted. The indexes drive the lists by
-- newest report; those by deadline have theirs already.
ALTER TABLE ticket
    ADD COLUMN is_waiting_unit TINYINT NOT NULL DEFAULT 0 AFTER is_waiting_ops,
    ADD KEY ticket_open_reported (is_open, reported_at, id),
    ADD KEY ticket_unit_reported (unit_id, reported_at, id),
    ADD KEY ticket_state_reported (state, reported_at, id);

UPDATE ticket SET is_waiting_unit = 1 WHERE state = 2;

-- Where each pair of characters occurs (core/gram.h): in a ticket's number, place and words. Written by clerk, rarest pair
-- first when read, and what it finds is verified against the text.
CREATE TABLE ticket_gram (
    gram         BIGINT NOT NULL,
    reported_at  DATETIME(3) NOT NULL,
    ticket_id    BIGINT NOT NULL,
    PRIMARY KEY (gram, reported_at, ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Which pairs stand there for a ticket, 8 bytes each, in order: what has to go when words are emptied.
CREATE TABLE ticket_gram_set (
    ticket_id  BIGINT NOT NULL PRIMARY KEY,
    grams      MEDIUMBLOB NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Calls as the telephone system tells of them. The number waits, sealed, for the ticket that is made of the call and goes from here
-- into it; calls without one go when they expire. recording: how the telephone system names its recording, "" without.
CREATE TABLE telephone_call (
    id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    call_ref      VARCHAR(64) NOT NULL,
    staff_id      INT NOT NULL,
    key_id        SMALLINT NOT NULL,
    phone_sealed  VARBINARY(100) NULL,
    phone_masked  VARCHAR(23) NOT NULL,
    phone_hash    BINARY(32) NULL,
    answered_at   DATETIME(3) NOT NULL,
    expires_at    DATETIME(3) NOT NULL,
    recording     VARCHAR(80) NOT NULL,
    ticket_id     BIGINT NOT NULL,
    UNIQUE KEY telephone_call_ref (call_ref),
    KEY telephone_call_staff (staff_id, ticket_id, expires_at),
    KEY telephone_call_ticket (ticket_id, expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Which earlier ticket a report repeats (Art. 34(3)), as its events say; the other way round it is found here alone.
CREATE TABLE ticket_repeat (
    ticket_id   BIGINT NOT NULL,
    earlier_id  BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, earlier_id),
    KEY ticket_repeat_earlier (earlier_id, ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- failures of a unit's system (Art. 15)

-- state, origin: core/failure_flow.h; part: what failed (1 hotline telephone, 2 ticket system, 3 network, 4 power, 5 other).
-- unit_id 0: the whole system, proposed by clerk. claimed_*: the times as they were first told, ops may correct them. contact: whom
-- the unit reached, or who called. last_key: of the form that changed it last. is_announced 0: clerk has somebody to tell.
CREATE TABLE failure_report (
    id                  INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    unit_id             INT NOT NULL,
    state               TINYINT NOT NULL,
    origin              TINYINT NOT NULL,
    part                TINYINT NOT NULL,
    started_at          DATETIME(3) NOT NULL,
    ended_at            DATETIME(3) NULL,
    told_at             DATETIME(3) NULL,
    claimed_started_at  DATETIME(3) NOT NULL,
    claimed_ended_at    DATETIME(3) NULL,
    claimed_told_at     DATETIME(3) NULL,
    contact             VARCHAR(40) NOT NULL,
    words               VARCHAR(1000) NOT NULL,
    recorded_at         DATETIME(3) NOT NULL,
    recorded_by         INT NOT NULL,
    decided_at          DATETIME(3) NULL,
    decided_by          INT NOT NULL DEFAULT 0,
    decision_words      VARCHAR(1000) NOT NULL DEFAULT '',
    proposal_id         INT NOT NULL DEFAULT 0,
    version             INT NOT NULL DEFAULT 1,
    form_key            BINARY(16) NOT NULL,
    last_key            BINARY(16) NULL,
    is_announced        TINYINT NOT NULL DEFAULT 0,
    UNIQUE KEY failure_report_key (form_key),
    KEY failure_report_unit (unit_id, id),
    KEY failure_report_state (state, id),
    KEY failure_report_announced (is_announced, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- One row per start of a clerk, last_seen_at renewed every half minute by its own clerk alone: a silence of all of them shows
-- that the system was away.
CREATE TABLE heartbeat (
    id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    started_at    DATETIME(3) NOT NULL,
    last_seen_at  DATETIME(3) NOT NULL,
    KEY heartbeat_seen (last_seen_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Which clocks of a unit ran out in a span of time.
ALTER TABLE clock ADD KEY clock_unit_due (unit_id, due_at);

-- ---------------------------------------------------------------- photos and crews

-- A photo as it is kept: re-encoded, never the original. Each row is named by exactly one row of photo_draft or photo. Retention
-- empties body (emptied_at set); size, hash and the record that it was there remain.
CREATE TABLE photo_body (
    id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    width       SMALLINT NOT NULL,
    height      SMALLINT NOT NULL,
    hash        BINARY(32) NOT NULL,
    body        MEDIUMBLOB NOT NULL,
    created_at  DATETIME(3) NOT NULL,
    emptied_at  DATETIME(3) NULL,
    KEY photo_body_kept (emptied_at, created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Photos staged under a form that is not sent yet; the token is known to the holder of its cookie alone. slot: 1 to 3, so that two
-- tabs cannot stage more; NULL when it was taken away again (clerk clears it up). The same picture twice under one form is one.
CREATE TABLE photo_draft (
    photo_id    BIGINT NOT NULL PRIMARY KEY,
    token_hash  BINARY(32) NOT NULL,
    slot        TINYINT NULL,
    hash        BINARY(32) NULL,
    created_at  DATETIME(3) NOT NULL,
    UNIQUE KEY photo_draft_slot (token_hash, slot),
    UNIQUE KEY photo_draft_hash (token_hash, hash),
    KEY photo_draft_created (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Photos of tickets. no: 1, 2, … within the ticket, by which it is named in addresses. stage: 1 before, 2 during, 3 after the work.
-- is_public: the resident may see it. is_withheld: nobody may, the ticket went to the discipline office. added_by 0: the resident.
CREATE TABLE photo (
    photo_id     BIGINT NOT NULL PRIMARY KEY,
    ticket_id    BIGINT NOT NULL,
    no           SMALLINT NOT NULL,
    stage        TINYINT NOT NULL,
    is_public    TINYINT NOT NULL,
    is_withheld  TINYINT NOT NULL,
    added_by     INT NOT NULL,
    created_at   DATETIME(3) NOT NULL,
    UNIQUE KEY photo_no (ticket_id, no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Whether there are photos, so that pages of the many tickets without need not look for them.
ALTER TABLE public_ticket ADD COLUMN photo_count INT NOT NULL DEFAULT 0;

-- ---------------------------------------------------------------- what the ticket's rows say of its fold

-- merged_count: reports that run with it now (Art. 27). is_follow_up_due: the customer has to be called before it can be closed
-- (Art. 10). at_ops_ms: of an assignment's time, what ops took to decide; never the unit's (Art. 16). objected_at: since
-- when its objection waits for ops.
ALTER TABLE ticket
    ADD COLUMN merged_count INT NOT NULL DEFAULT 0,
    ADD COLUMN is_follow_up_due TINYINT NOT NULL DEFAULT 0,
    ADD KEY ticket_follow_up (is_follow_up_due, next_due_at, id);
ALTER TABLE assignment
    ADD COLUMN at_ops_ms BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN objected_at DATETIME(3) NULL,
    ADD KEY assignment_dispatched (dispatched_at);

-- ---------------------------------------------------------------- orders and circulars (Art. 10)

-- Rectification orders: the fold of their events (core/order.h), subject kind 3. reason: Text.order.reason. due_at: as first set.
CREATE TABLE rectify_order (
    id              BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    version         INT NOT NULL,
    state           TINYINT NOT NULL,
    unit_id         INT NOT NULL,
    ticket_id       BIGINT NOT NULL,
    reason          TINYINT NOT NULL,
    given_at        DATETIME(3) NOT NULL,
    due_at          DATETIME(3) NOT NULL,
    granted_due_at  DATETIME(3) NULL,
    answered_at     DATETIME(3) NULL,
    ended_at        DATETIME(3) NULL,
    refusals        SMALLINT NOT NULL,
    KEY rectify_order_unit (unit_id, id),
    KEY rectify_order_state (state, id),
    KEY rectify_order_ticket (ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Circulars of criticism, numbered within their year. A circular is never edited: a wrong one is withdrawn, with words.
CREATE TABLE circular (
    id                INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    year              SMALLINT NOT NULL,
    no                INT NOT NULL,
    unit_id           INT NOT NULL,
    title             VARCHAR(80) NOT NULL,
    words             TEXT NOT NULL,
    published_at      DATETIME(3) NOT NULL,
    published_by      INT NOT NULL,
    withdrawn_at      DATETIME(3) NULL,
    withdrawn_by      INT NOT NULL DEFAULT 0,
    withdrawal_words  VARCHAR(1000) NOT NULL DEFAULT '',
    form_key          BINARY(16) NOT NULL,
    last_key          BINARY(16) NULL,
    UNIQUE KEY circular_key (form_key),
    UNIQUE KEY circular_number (year, no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What a circular rests on: a ticket or an order, in the order given; the other is 0.
CREATE TABLE circular_reason (
    circular_id  INT NOT NULL,
    no           SMALLINT NOT NULL,
    ticket_id    BIGINT NOT NULL,
    order_id     BIGINT NOT NULL,
    PRIMARY KEY (circular_id, no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The ladder of rectification, where a ladder is there already (a new installation gets it with the regulation).
UPDATE ladder SET step = 30, audiences = 12, notice = 'order_late' WHERE kind = 18 AND step = 1 AND notice = 'clock_late';
INSERT INTO ladder (kind, step, permille, after_due_seconds, audiences, is_breach, notice)
SELECT 18, 10, 500, 0, 2, 0, 'order_half' FROM ladder WHERE kind = 18 AND step = 30 AND notice = 'order_late';
INSERT INTO ladder (kind, step, permille, after_due_seconds, audiences, is_breach, notice)
SELECT 18, 20, 800, 0, 6, 0, 'order_soon' FROM ladder WHERE kind = 18 AND step = 30 AND notice = 'order_late';

-- ---------------------------------------------------------------- residents

ALTER TABLE staff ADD KEY staff_badge (badge);

-- Somebody wants a lost query code again; clerk compares number and phone and empties the table after a day.
CREATE TABLE code_request (
    id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    number        CHAR(17) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    phone_hash    BINARY(32) NOT NULL,
    requested_at  DATETIME(3) NOT NULL,
    done_at       DATETIME(3) NULL,
    KEY code_request_waiting (done_at, id),
    KEY code_request_requested (requested_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A household that is affected by what somebody else reported, and follows that report instead of filing another one. link_hash: of
-- the token in the address of its page, one per browser and ticket. No personal data.
CREATE TABLE follower (
    link_hash    BINARY(32) NOT NULL PRIMARY KEY,
    ticket_id    BIGINT NOT NULL,
    followed_at  DATETIME(3) NOT NULL,
    KEY follower_ticket (ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What is open at a place, whichever matter it is.
ALTER TABLE public_ticket ADD KEY public_ticket_place_reported (place_id, reported_at);

-- Per promise: days, months and misses as its public page shows them (core/promise_detail.h), written by clerk with the figures.
CREATE TABLE promise_detail (
    rule_code  VARCHAR(39) NOT NULL PRIMARY KEY,
    body       VARBINARY(8192) NOT NULL,
    as_of      DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- reports of misconduct (Arts. 5, 32), sealed before they are stored

-- The discipline office's key pair: the public half, by whose digest settings name it. The private half is nowhere in clear; each
-- officer's row holds it wrapped with a key that argon2id makes of the officer's passphrase.
CREATE TABLE sealed_key (
    id          SMALLINT NOT NULL PRIMARY KEY,
    public_key  BINARY(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE sealed_officer (
    staff_id     INT NOT NULL,
    key_id       SMALLINT NOT NULL,
    salt         BINARY(16) NOT NULL,
    wrapped      VARBINARY(80) NOT NULL,
    enrolled_at  DATETIME(3) NOT NULL,
    PRIMARY KEY (staff_id, key_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- lookup: keyed hash of the case's number. body: sealed to the office's public key, padded. source: 1 the public form, 2 handed on
-- by staff. The day is all that is known of the time outside the seal.
CREATE TABLE sealed_case (
    lookup       BINARY(32) NOT NULL PRIMARY KEY,
    body         MEDIUMBLOB NOT NULL,
    source       TINYINT NOT NULL,
    received_on  DATE NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What the office lets the reporter know, boxed with a key derived from the case's number.
CREATE TABLE sealed_answer (
    lookup       BINARY(32) NOT NULL PRIMARY KEY,
    body         VARBINARY(8000) NOT NULL,
    answered_on  DATE NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---------------------------------------------------------------- shift handover

CREATE TABLE handover (
    id            INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    from_staff    INT NOT NULL,
    to_staff      INT NOT NULL,
    unit_id       INT NOT NULL,
    note          VARCHAR(1000) NOT NULL,
    handed_at     DATETIME(3) NOT NULL,
    confirmed_at  DATETIME(3) NULL,
    form_key      BINARY(16) NOT NULL,
    UNIQUE KEY handover_key (form_key),
    KEY handover_unit (unit_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE handover_item (
    handover_id  INT NOT NULL,
    position     SMALLINT NOT NULL,
    ticket_id    BIGINT NOT NULL,
    note         VARCHAR(200) NOT NULL,
    PRIMARY KEY (handover_id, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
