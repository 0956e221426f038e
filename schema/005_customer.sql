-- Schema 5: the register of customers (Arts. 18(1), 33(4)): communities, roads, buildings, master meters and households. Forward only.

-- Places come from imports and from staff. Their numbers stay: tickets and outages refer to them. file_name is the name by which imports
-- know a place, NULL for one that no import knows yet; staff may rename what people read. staged_in: an import that is not in force yet
-- brings it, and nobody else sees it (0: it is there). retired_at: not offered any more. is_kept: entered by staff, so that an import
-- which does not list it leaves it. in_catalog: every program loads it; of the buildings those alone that an outage names.
ALTER TABLE place
    MODIFY COLUMN id INT NOT NULL AUTO_INCREMENT,
    ADD COLUMN file_name VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    ADD COLUMN staged_in INT NOT NULL DEFAULT 0,
    ADD COLUMN retired_at DATETIME(3) NULL,
    ADD COLUMN is_kept TINYINT NOT NULL DEFAULT 0,
    ADD COLUMN in_catalog TINYINT NOT NULL DEFAULT 1,
    ADD COLUMN version INT NOT NULL DEFAULT 1,
    ADD UNIQUE KEY place_file (parent_id, kind, file_name),
    ADD KEY place_catalog (in_catalog),
    ADD KEY place_staged (staged_in);

-- Pairs of neighbouring characters of places' names, by which a part of a name is found (core/gram.h).
CREATE TABLE place_gram (
    gram      BIGINT NOT NULL,
    place_id  INT NOT NULL,
    PRIMARY KEY (gram, place_id),
    KEY place_gram_place (place_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Master meters: of buildings or communities, whose households hang on one meter. Columns as those of place.
CREATE TABLE master_meter (
    id          INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    code        VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    name        VARCHAR(80) NOT NULL,
    place_id    INT NOT NULL,
    staged_in   INT NOT NULL DEFAULT 0,
    retired_at  DATETIME(3) NULL,
    is_kept     TINYINT NOT NULL DEFAULT 0,
    version     INT NOT NULL DEFAULT 1,
    UNIQUE KEY master_meter_code (code),
    KEY master_meter_place (place_id),
    KEY master_meter_staged (staged_in)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Whole imports are rows of a version of their own; the version that holds is one row here. Readers ask for it first. import_id: which
-- import works on the register now, until claimed_until at most; 0: none.
CREATE TABLE customer_register (
    id             TINYINT NOT NULL PRIMARY KEY,
    version        INT NOT NULL,
    import_id      INT NOT NULL,
    claimed_until  DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
INSERT INTO customer_register (id, version, import_id, claimed_until) VALUES (1, 0, 0, '1970-01-01 00:00:00.000');

-- Imports; the id is the version of its rows. state: enum import_state of store/import_store.h. base_version: the one its numbers compare
-- with. import_key: of the form that sent the file. The counts are NULL until the file is read to its end.
CREATE TABLE customer_import (
    id                INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    state             TINYINT NOT NULL,
    staff_id          INT NOT NULL,
    file_name         VARCHAR(120) NOT NULL,
    import_key        BINARY(16) NULL,
    base_version      INT NOT NULL,
    begun_at          DATETIME(3) NOT NULL,
    ended_at          DATETIME(3) NULL,
    is_purged         TINYINT NOT NULL DEFAULT 0,
    encoding          TINYINT NOT NULL DEFAULT 0,
    row_count         INT NULL,
    phone_count       INT NULL,
    new_count         INT NULL,
    changed_count     INT NULL,
    removed_count     INT NULL,
    bad_count         INT NULL,
    kept_count        INT NULL,
    overwritten_count INT NULL,
    place_count       INT NULL,
    retired_count     INT NULL,
    reused_count      INT NULL,
    meter_count       INT NULL,
    UNIQUE KEY customer_import_key (import_key),
    KEY customer_import_state (state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Lines of a file that were left out: which, why (enum customer_problem of core/customer.h), which other line, which column. No value.
CREATE TABLE customer_import_line (
    import_id   INT NOT NULL,
    seq         INT NOT NULL,
    line        INT NOT NULL,
    other_line  INT NOT NULL,
    problem     TINYINT NOT NULL,
    field       TINYINT NOT NULL,
    PRIMARY KEY (import_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Data keys, each sealed to the staff key: one of an import (import_id), one of each change by staff (0). A sealed box per household would
-- cost an import minutes.
CREATE TABLE household_key (
    id          INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    import_id   INT NOT NULL,
    key_id      SMALLINT NOT NULL,
    key_sealed  VARBINARY(100) NOT NULL,
    KEY household_key_import (import_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A household: where it is, the master meter it hangs on (0: none), and, under data keys, account, name and address in one piece and the
-- phone in another; beside them masked forms and keyed hashes (store/person.h). phone_hash NULL: no phone is registered. The id is its place
-- in the file, so that an import writes in order. digest: keyed, over all that the file said, to see what a later file changes;
-- it stands in the index so that two versions are compared without their rows. An import sees to it that an account comes once.
CREATE TABLE household (
    version          INT NOT NULL,
    id               INT NOT NULL,
    account_hash     BINARY(32) NOT NULL,
    place_id         INT NOT NULL,
    master_meter_id  INT NOT NULL,
    data_key         INT NOT NULL,
    sealed           VARBINARY(600) NOT NULL,
    account_masked   VARCHAR(23) NOT NULL,
    phone_key        INT NOT NULL,
    phone_sealed     VARBINARY(80) NULL,
    phone_masked     VARCHAR(23) NOT NULL,
    phone_hash       BINARY(32) NULL,
    digest           BINARY(16) NOT NULL,
    PRIMARY KEY (version, id),
    KEY household_account (version, account_hash, digest),
    KEY household_place (version, place_id, phone_hash),
    KEY household_meter (version, master_meter_id, phone_hash),
    KEY household_phone (version, phone_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Households and registered phones of each place with everything below it, so that a search need not count.
CREATE TABLE household_figure (
    version     INT NOT NULL,
    place_id    INT NOT NULL,
    households  INT NOT NULL,
    phones      INT NOT NULL,
    PRIMARY KEY (version, place_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Phones that staff registered: kept by later imports until the file itself says another phone than it said then (file_phone_hash; NULL:
-- it had none). Emptied for an account when a file overwrites it.
CREATE TABLE household_edit (
    account_hash     BINARY(32) NOT NULL PRIMARY KEY,
    file_phone_hash  BINARY(32) NULL,
    staff_id         INT NOT NULL,
    edited_at        DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Who changed what in the register. kind: enum register_change of store/place_store.h. before_words, after_words: names, or masked phones.
CREATE TABLE customer_change (
    id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    happened_at   DATETIME(3) NOT NULL,
    staff_id      INT NOT NULL,
    kind          TINYINT NOT NULL,
    place_id      INT NOT NULL,
    meter_id      INT NOT NULL,
    account_hash  BINARY(32) NULL,
    before_words  VARCHAR(120) NOT NULL,
    after_words   VARCHAR(120) NOT NULL,
    change_key    BINARY(16) NULL,
    UNIQUE KEY customer_change_key (change_key),
    KEY customer_change_place (place_id, id),
    KEY customer_change_meter (meter_id, id),
    KEY customer_change_account (account_hash, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The places there are already are known to imports by their names; of two with one name the first.
UPDATE place p JOIN (SELECT MIN(id) AS id FROM place GROUP BY parent_id, kind, name) f ON f.id = p.id SET p.file_name = p.name;
