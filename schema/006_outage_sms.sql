-- Schema 6: messages to registered households and to those who asked for them (Arts. 18(1), 33(4)). Forward only.
--
-- Numbers are those of the enums in cgi-bin/core/outage_sms.h.

-- What one message of an outage (outage_message: seq) is told by SMS, to whom, and how far it is. audience: 1 registered households, by
-- a member of staff (created_by, batch_key of the form); 2 who subscribed, by clerk; 3 codes of those who want to subscribe, one row
-- for ever. filled_place: numbers of places up to this one are in. households, numbers: as they were queued; sent, given_up: counted
-- when it is done, so that its rows can go.
CREATE TABLE outage_sms_batch (
    id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    audience      TINYINT NOT NULL,
    outage_id     BIGINT NOT NULL,
    seq           INT NOT NULL,
    batch_key     BINARY(16) NULL,
    state         TINYINT NOT NULL,
    is_stopped    TINYINT NOT NULL,
    may_wait      TINYINT NOT NULL,
    body          VARCHAR(1000) NOT NULL,
    created_at    DATETIME(3) NOT NULL,
    created_by    INT NOT NULL,
    filled_place  INT NOT NULL,
    households    INT NOT NULL,
    numbers       INT NOT NULL,
    sent          INT NOT NULL,
    given_up      INT NOT NULL,
    stopped_at    DATETIME(3) NULL,
    stopped_by    INT NOT NULL,
    last_sent_at  DATETIME(3) NULL,
    ended_at      DATETIME(3) NULL,
    UNIQUE KEY outage_sms_batch_message (outage_id, seq, audience),
    UNIQUE KEY outage_sms_batch_key (batch_key),
    KEY outage_sms_batch_state (state, audience, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO outage_sms_batch (id, audience, outage_id, seq, state, is_stopped, may_wait, body, created_at, created_by,
    filled_place, households, numbers, sent, given_up, stopped_by)
VALUES (1, 3, 0, 0, 2, 0, 0, '', '2026-01-01', 0, 0, 0, 0, 0, 0, 0);

-- One message to one number: whoever is a registered household and a subscriber is told once. No phone stands here, sealed or not: when
-- it is sent, the number is looked up by its keyed hash, in the register that holds then or with the subscription. Of a code, outage_id
-- is 0 and seq the input that wants it. not_before: the end of the lease while it is claimed.
CREATE TABLE outage_sms (
    outage_id        BIGINT NOT NULL,
    seq              BIGINT NOT NULL,
    phone_hash       BINARY(32) NOT NULL,
    batch_id         BIGINT NOT NULL,
    subscription_id  BIGINT NOT NULL,
    state            TINYINT NOT NULL,
    attempts         TINYINT NOT NULL,
    not_before       DATETIME(3) NOT NULL,
    claim_token      BINARY(16) NULL,
    sent_at          DATETIME(3) NULL,
    provider_id      VARCHAR(79) NULL,
    error_class      TINYINT NOT NULL,
    last_error       VARCHAR(200) NULL,
    PRIMARY KEY (outage_id, seq, phone_hash),
    KEY outage_sms_due (batch_id, state, not_before)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Who asked to be told of outages at a place. Written by clerk alone; a subscription that ended is deleted.
CREATE TABLE outage_subscription (
    id             BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    place_id       INT NOT NULL,
    phone_hash     BINARY(32) NOT NULL,
    key_id         SMALLINT NOT NULL,
    phone_sealed   VARBINARY(100) NOT NULL,
    subscribed_at  DATETIME(3) NOT NULL,
    expires_at     DATETIME(3) NOT NULL,
    UNIQUE KEY outage_subscription_phone (phone_hash, place_id),
    KEY outage_subscription_place (place_id),
    KEY outage_subscription_expires (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What somebody did on the public pages, for clerk to apply; emptied after a day. kind: 1 wants a code, 2 has it and subscribes, 3 ends
-- one subscription, 4 ends all of its number. input_key: made of what was done, so that a double click is one row.
CREATE TABLE outage_subscribe_input (
    id               BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind             TINYINT NOT NULL,
    input_key        BINARY(16) NOT NULL,
    place_id         INT NOT NULL,
    phone_hash       BINARY(32) NULL,
    key_id           SMALLINT NOT NULL,
    phone_sealed     VARBINARY(100) NULL,
    subscription_id  BIGINT NOT NULL,
    asked_at         DATETIME(3) NOT NULL,
    done_at          DATETIME(3) NULL,
    UNIQUE KEY outage_subscribe_input_key (input_key),
    KEY outage_subscribe_input_waiting (done_at, id),
    KEY outage_subscribe_input_asked (asked_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Messages that are not told by SMS yet are found by when they were told.
ALTER TABLE outage_message ADD KEY outage_message_told (told_at);
