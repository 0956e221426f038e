-- Schema 11: the assessment ledger and praise (Arts. 28-35). Forward only.
--
-- Numbers are those of the enums in cgi-bin/core/penalty.h and cgi-bin/core/breach.h.

-- in_place_of: the clause that it may be confirmed in place of: 30 for 33(1) where the delay caused loss, 34(2) for 32(2) where that
-- one's condition does not hold; 0: none.
ALTER TABLE penalty_clause ADD in_place_of INT NOT NULL DEFAULT 0;
UPDATE penalty_clause SET in_place_of = 3202 WHERE id = 3402;
UPDATE penalty_clause SET in_place_of = 3301 WHERE id = 3000;

-- What is no clock and proposes a clause. window_days: so long after the first repair a second one counts (basis 4).
CREATE TABLE basis_clause (
    basis        TINYINT NOT NULL PRIMARY KEY,
    clause_id    INT NOT NULL,
    window_days  INT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Where a regulation is there already; a new installation gets these rows with it.
INSERT INTO basis_clause (basis, clause_id, window_days) SELECT 2, id, 0 FROM penalty_clause WHERE id = 3403;
INSERT INTO basis_clause (basis, clause_id, window_days) SELECT 3, id, 0 FROM penalty_clause WHERE id = 3403;
INSERT INTO basis_clause (basis, clause_id, window_days) SELECT 4, id, 92 FROM penalty_clause WHERE id = 3306;
INSERT INTO basis_clause (basis, clause_id, window_days) SELECT 5, id, 0 FROM penalty_clause WHERE id = 3401;
INSERT INTO basis_clause (basis, clause_id, window_days) SELECT 7, id, 0 FROM penalty_clause WHERE id = 3307;

-- Proposals and what became of them: the fold of their events, subject kind 8. clause_id: under which it stands; proposed_clause_id: as
-- it was proposed. unit_id 0: operations. subject_kind, subject_id: what it rests on, 0 without; number: which of the subject's
-- breaches, NULL: entered by hand. The key says that there is one of each, whoever finds it and however often. Amounts in fen.
CREATE TABLE penalty (
    id                  BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    version             INT NOT NULL,
    state               TINYINT NOT NULL,
    clause_id           INT NOT NULL,
    proposed_clause_id  INT NOT NULL,
    unit_id             INT NOT NULL,
    basis               TINYINT NOT NULL,
    subject_kind        TINYINT NOT NULL,
    subject_id          BIGINT NOT NULL,
    number              BIGINT NULL,
    clock_kind          TINYINT NOT NULL,
    happened_at         DATETIME(3) NOT NULL,
    late_seconds        BIGINT NOT NULL,
    ops_wait_seconds    BIGINT NOT NULL,
    proposed_at         DATETIME(3) NOT NULL,
    confirmed_at        DATETIME(3) NULL,
    ended_at            DATETIME(3) NULL,
    unit_fen            BIGINT NOT NULL,
    leader_id           INT NOT NULL,
    leader_fen          BIGINT NOT NULL,
    person_id           INT NOT NULL,
    person_fen          BIGINT NOT NULL,
    UNIQUE KEY penalty_breach (subject_kind, subject_id, basis, number, unit_id),
    KEY penalty_state (state, id),
    KEY penalty_unit (unit_id, id),
    KEY penalty_cumulative (clause_id, unit_id, happened_at),
    KEY penalty_confirmed (confirmed_at),
    KEY penalty_happened (happened_at),
    KEY penalty_leader (leader_id, happened_at),
    KEY penalty_person (person_id, happened_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The breaches that there are, each with its proposal: one row for each, so that one-to-one is a key. incident_id: the report that this
-- one runs with, or the ticket itself; 0 for others. Reports that run together share a proposal per incident, kind, cycle and unit.
CREATE TABLE breach (
    subject_kind  TINYINT NOT NULL,
    subject_id    BIGINT NOT NULL,
    basis         TINYINT NOT NULL,
    number        BIGINT NOT NULL,
    penalty_id    BIGINT NOT NULL,
    incident_id   BIGINT NOT NULL,
    kind          TINYINT NOT NULL,
    cycle         SMALLINT NOT NULL,
    unit_id       INT NOT NULL,
    PRIMARY KEY (subject_kind, subject_id, basis, number),
    KEY breach_penalty (penalty_id),
    KEY breach_incident (incident_id, kind, unit_id),
    KEY breach_number (number, basis)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Subjects whose breaches clerk has still to compare with the ledger. is_echo: because of another subject's change.
CREATE TABLE ledger_mark (
    id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    subject_kind  TINYINT NOT NULL,
    subject_id    BIGINT NOT NULL,
    is_echo       TINYINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What is there already is looked at once.
INSERT INTO ledger_mark (subject_kind, subject_id, is_echo)
SELECT subject_kind, subject_id, 0 FROM clock
WHERE subject_kind IN (1, 2) AND (result IN (2, 6) OR cycle > 1 OR (kind = 5 AND stopped_at IS NOT NULL))
GROUP BY subject_kind, subject_id;
INSERT INTO ledger_mark (subject_kind, subject_id, is_echo) SELECT 1, id, 0 FROM ticket WHERE repeat_level > 0;
INSERT INTO ledger_mark (subject_kind, subject_id, is_echo) SELECT 1, ticket_id, 0 FROM failed_call GROUP BY ticket_id;

-- What was done because of a penalty. kind: 1 rectification order, 2 circular.
CREATE TABLE penalty_link (
    penalty_id  BIGINT NOT NULL,
    kind        TINYINT NOT NULL,
    linked_id   BIGINT NOT NULL,
    PRIMARY KEY (penalty_id, kind, linked_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Praise (Art. 28): of a unit, and of a person of it where one is named (staff_id 0: none). ticket_id 0: without one. withdrawn_at: entered
-- by mistake; it counts no more.
CREATE TABLE praise (
    id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    unit_id       INT NOT NULL,
    staff_id      INT NOT NULL,
    ticket_id     BIGINT NOT NULL,
    source        TINYINT NOT NULL,
    words         VARCHAR(1000) NOT NULL,
    received_on   DATE NOT NULL,
    entered_by    INT NOT NULL,
    entered_at    DATETIME(3) NOT NULL,
    withdrawn_at  DATETIME(3) NULL,
    withdrawn_by  INT NOT NULL DEFAULT 0,
    form_key      BINARY(16) NOT NULL,
    UNIQUE KEY praise_key (form_key),
    KEY praise_unit (unit_id, received_on),
    KEY praise_received (received_on, id),
    KEY praise_ticket (ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
