-- Schema 5: the register of customers (Arts. 18(1), 33(4)): communities, roads, buildings, master meters and households. Forward only.

-- Whole imports are rows of a version of their own; the version that holds is one row here. Readers ask for it first.
CREATE TABLE customer_register (
    id       TINYINT NOT NULL PRIMARY KEY,
    version  INT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
INSERT INTO customer_register (id, version) VALUES (1, 0);

-- Data keys of imports, each sealed to the staff key: a sealed box per household would cost an import minutes.
CREATE TABLE household_key (
    id          INT NOT NULL PRIMARY KEY,
    key_id      SMALLINT NOT NULL,
    key_sealed  VARBINARY(100) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A household: where it is, the master meter it hangs on (0: none), and, under the data key, account, name, phone and address; beside
-- them masked forms and keyed hashes (store/person.h). phone_hash NULL: no phone is registered.
CREATE TABLE household (
    version          INT NOT NULL,
    account_hash     BINARY(32) NOT NULL,
    place_id         INT NOT NULL,
    master_meter_id  INT NOT NULL,
    data_key         INT NOT NULL,
    sealed           VARBINARY(600) NOT NULL,
    account_masked   VARCHAR(23) NOT NULL,
    phone_masked     VARCHAR(23) NOT NULL,
    phone_hash       BINARY(32) NULL,
    PRIMARY KEY (version, account_hash),
    KEY household_place (version, place_id, phone_hash),
    KEY household_meter (version, master_meter_id, phone_hash),
    KEY household_phone (version, phone_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
