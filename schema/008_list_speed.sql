-- Schema 8: indexes that answer the filters of the desk's lists by themselves, and what they show of Art. 17. Forward only.

-- A list looks at thousands of entries to find the fifty that its filters leave; with what they ask for in the index, only those
-- fifty cost a row. The same indexes as before, by the same columns first: a new ticket has as many entries to write as it had.
ALTER TABLE ticket
    DROP KEY ticket_open_due,
    DROP KEY ticket_open_reported,
    DROP KEY ticket_reported,
    DROP KEY ticket_category,
    DROP KEY ticket_unit_reported,
    ADD KEY ticket_open_due (is_open, next_due_at, id, state, zone, category_id, unit_id, source, nature, grades, first_receiver,
        is_escalated, is_follow_up_due, is_waiting_unit, reported_at),
    ADD KEY ticket_open_reported (is_open, reported_at, id, state, zone, category_id, unit_id, source, nature, grades,
        first_receiver, is_escalated, is_follow_up_due, is_waiting_unit, next_due_at),
    ADD KEY ticket_reported (reported_at, id, state, zone, category_id, unit_id, source, nature, grades),
    ADD KEY ticket_category (category_id, reported_at, id, state, zone, unit_id, source, nature, grades),
    ADD KEY ticket_unit_reported (unit_id, reported_at, id, state, zone, category_id, source, nature, grades);

-- When what a unit could not solve went up to its leader (Art. 17), as its event (kind 24) says: version, then tag and number of the
-- dispatch (core/event.h).
ALTER TABLE assignment ADD COLUMN escalated_at DATETIME(3) NULL;
UPDATE assignment a JOIN event e ON e.subject_kind = 1 AND e.subject_id = a.ticket_id AND e.kind = 24
    AND SUBSTRING(e.payload, 2, 1) = X'0B' AND ORD(SUBSTRING(e.payload, 3, 1)) = 2 * a.dispatch_no
SET a.escalated_at = e.occurred_at;
