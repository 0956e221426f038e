-- Schema 9: outages joined to the reports of no water that they explain (Art. 18), and the start as each message told it. Forward only.

-- When the water goes off, as it stood after the message: a message never changes, and neither does what is made of it.
ALTER TABLE outage_message ADD COLUMN start_at DATETIME(3) NULL;
UPDATE outage_message m JOIN outage o ON o.id = m.outage_id SET m.start_at = o.started_at;

-- A report that was filed although it was told that an outage at its place explains it. Rows are added with the ticket, never changed.
CREATE TABLE outage_ticket (
    outage_id  BIGINT NOT NULL,
    ticket_id  BIGINT NOT NULL,
    PRIMARY KEY (outage_id, ticket_id),
    KEY outage_ticket_ticket (ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
