-- Schema 7: the work of the discipline office (Arts. 5, 32, 35). Forward only. Nothing here can be read without the office's key.

-- version: every change of officers turns it, so that of two at once one is told; nobody can take away the last officer.
ALTER TABLE sealed_key ADD COLUMN version INT NOT NULL DEFAULT 1;

ALTER TABLE sealed_case ADD KEY sealed_case_day (received_on, lookup);

-- Photos of a ticket that was handed to the office, each sealed to its public key. Those of the public form stand in the report.
CREATE TABLE sealed_photo (
    lookup  BINARY(32) NOT NULL,
    no      SMALLINT NOT NULL,
    body    MEDIUMBLOB NOT NULL,
    PRIMARY KEY (lookup, no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What the office writes about a case, appended and never changed: kind, author, time and words stand inside the seal
-- (core/discipline.h). no: 1, 2, … within the case.
CREATE TABLE sealed_entry (
    lookup    BINARY(32) NOT NULL,
    no        INT NOT NULL,
    form_key  BINARY(16) NOT NULL,
    body      MEDIUMBLOB NOT NULL,
    PRIMARY KEY (lookup, no),
    UNIQUE KEY sealed_entry_key (form_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The opened key of a session: boxed with a secret that the browser's cookie alone holds. Gone with the session and when idle.
CREATE TABLE sealed_open (
    session_hash  BINARY(32) NOT NULL PRIMARY KEY,
    staff_id      INT NOT NULL,
    key_id        SMALLINT NOT NULL,
    share         VARBINARY(80) NOT NULL,
    seen_at       DATETIME(3) NOT NULL,
    KEY sealed_open_seen (seen_at),
    KEY sealed_open_staff (staff_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
