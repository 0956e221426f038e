-- Accounts and grants: one database account per program, with what its statements need and no more. No account may change
-- or delete an event. `shuinuo setup` runs the section of each program as the database's owner, as often as wanted; grants
-- that are not here are taken away. Sections begin with "-- program NAME".

-- program complaint
-- Takes filings of anybody. Reads projections without personal data; of what is stored it changes nothing but the number of
-- inputs that wait.
CREATE USER IF NOT EXISTS 'shuinuo_complaint'@'localhost' IDENTIFIED BY '${PASSWORD_COMPLAINT}';
ALTER USER 'shuinuo_complaint'@'localhost' IDENTIFIED BY '${PASSWORD_COMPLAINT}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_complaint'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_complaint'@'localhost';
GRANT SELECT ON `${DATABASE}`.fact TO 'shuinuo_complaint'@'localhost';
GRANT SELECT ON `${DATABASE}`.category TO 'shuinuo_complaint'@'localhost';
GRANT SELECT ON `${DATABASE}`.grade TO 'shuinuo_complaint'@'localhost';
GRANT SELECT ON `${DATABASE}`.rule TO 'shuinuo_complaint'@'localhost';
GRANT SELECT ON `${DATABASE}`.ladder TO 'shuinuo_complaint'@'localhost';
GRANT SELECT (id, code, name_zh, name_en, is_handling, sort) ON `${DATABASE}`.unit TO 'shuinuo_complaint'@'localhost';
GRANT SELECT ON `${DATABASE}`.place TO 'shuinuo_complaint'@'localhost';
GRANT SELECT ON `${DATABASE}`.route TO 'shuinuo_complaint'@'localhost';
GRANT SELECT (name, value) ON `${DATABASE}`.policy TO 'shuinuo_complaint'@'localhost';
GRANT INSERT ON `${DATABASE}`.ticket TO 'shuinuo_complaint'@'localhost';
GRANT INSERT ON `${DATABASE}`.ticket_person TO 'shuinuo_complaint'@'localhost';
GRANT INSERT ON `${DATABASE}`.event TO 'shuinuo_complaint'@'localhost';
GRANT INSERT ON `${DATABASE}`.event_text TO 'shuinuo_complaint'@'localhost';
GRANT INSERT ON `${DATABASE}`.clock TO 'shuinuo_complaint'@'localhost';
GRANT SELECT, INSERT, UPDATE (waiting_inputs, photo_count) ON `${DATABASE}`.public_ticket TO 'shuinuo_complaint'@'localhost';
GRANT INSERT ON `${DATABASE}`.dirty TO 'shuinuo_complaint'@'localhost';
GRANT SELECT (id, ticket_id, action, value, words, input_key, applied_at, verdict), INSERT ON `${DATABASE}`.resident_input TO 'shuinuo_complaint'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.draft TO 'shuinuo_complaint'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.guess TO 'shuinuo_complaint'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.photo_body TO 'shuinuo_complaint'@'localhost';
GRANT SELECT, INSERT, UPDATE (slot, hash), DELETE ON `${DATABASE}`.photo_draft TO 'shuinuo_complaint'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.photo TO 'shuinuo_complaint'@'localhost';
GRANT SELECT (name, badge, unit_id, is_active) ON `${DATABASE}`.staff TO 'shuinuo_complaint'@'localhost';
GRANT INSERT ON `${DATABASE}`.code_request TO 'shuinuo_complaint'@'localhost';
GRANT SELECT (link_hash, ticket_id), INSERT ON `${DATABASE}`.follower TO 'shuinuo_complaint'@'localhost';
GRANT SELECT (code, language, version, kind, sort, title, body, effective_from) ON `${DATABASE}`.public_text TO 'shuinuo_complaint'@'localhost';
GRANT SELECT (id, state, unit_id, cause, kind, is_public, is_pressure, planned_start_at, started_at, first_end_at, expected_end_at,
    ended_at) ON `${DATABASE}`.outage TO 'shuinuo_complaint'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_place TO 'shuinuo_complaint'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_message TO 'shuinuo_complaint'@'localhost';
GRANT INSERT ON `${DATABASE}`.outage_ticket TO 'shuinuo_complaint'@'localhost';
GRANT INSERT ON `${DATABASE}`.sealed_case TO 'shuinuo_complaint'@'localhost';
GRANT SELECT ON `${DATABASE}`.sealed_answer TO 'shuinuo_complaint'@'localhost';

-- program commitment
-- Shows figures. Writes nothing.
CREATE USER IF NOT EXISTS 'shuinuo_commitment'@'localhost' IDENTIFIED BY '${PASSWORD_COMMITMENT}';
ALTER USER 'shuinuo_commitment'@'localhost' IDENTIFIED BY '${PASSWORD_COMMITMENT}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_commitment'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_commitment'@'localhost';
GRANT SELECT ON `${DATABASE}`.fact TO 'shuinuo_commitment'@'localhost';
GRANT SELECT ON `${DATABASE}`.category TO 'shuinuo_commitment'@'localhost';
GRANT SELECT ON `${DATABASE}`.grade TO 'shuinuo_commitment'@'localhost';
GRANT SELECT ON `${DATABASE}`.rule TO 'shuinuo_commitment'@'localhost';
GRANT SELECT ON `${DATABASE}`.ladder TO 'shuinuo_commitment'@'localhost';
GRANT SELECT (id, code, name_zh, name_en, is_handling, sort) ON `${DATABASE}`.unit TO 'shuinuo_commitment'@'localhost';
GRANT SELECT ON `${DATABASE}`.place TO 'shuinuo_commitment'@'localhost';
GRANT SELECT ON `${DATABASE}`.route TO 'shuinuo_commitment'@'localhost';
GRANT SELECT (name, value) ON `${DATABASE}`.policy TO 'shuinuo_commitment'@'localhost';
GRANT SELECT (code, language, version, kind, sort, title, body, effective_from) ON `${DATABASE}`.public_text TO 'shuinuo_commitment'@'localhost';
GRANT SELECT ON `${DATABASE}`.promise_figure TO 'shuinuo_commitment'@'localhost';
GRANT SELECT ON `${DATABASE}`.figure_day TO 'shuinuo_commitment'@'localhost';
GRANT SELECT ON `${DATABASE}`.promise_detail TO 'shuinuo_commitment'@'localhost';
GRANT SELECT (name, data_version) ON `${DATABASE}`.job TO 'shuinuo_commitment'@'localhost';
GRANT SELECT (id, state, unit_id, cause, kind, is_public, is_pressure, planned_start_at, started_at, first_end_at, expected_end_at,
    ended_at) ON `${DATABASE}`.outage TO 'shuinuo_commitment'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_place TO 'shuinuo_commitment'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_message TO 'shuinuo_commitment'@'localhost';

-- program signin
-- Alone among the web programs reads password hashes.
CREATE USER IF NOT EXISTS 'shuinuo_signin'@'localhost' IDENTIFIED BY '${PASSWORD_SIGNIN}';
ALTER USER 'shuinuo_signin'@'localhost' IDENTIFIED BY '${PASSWORD_SIGNIN}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_signin'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_signin'@'localhost';
GRANT SELECT ON `${DATABASE}`.fact TO 'shuinuo_signin'@'localhost';
GRANT SELECT (id, login, name, badge, unit_id, roles, is_active) ON `${DATABASE}`.staff TO 'shuinuo_signin'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.credential TO 'shuinuo_signin'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.session TO 'shuinuo_signin'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.guess TO 'shuinuo_signin'@'localhost';
-- Signing out closes what the session had open; it cannot read it.
GRANT SELECT (session_hash, staff_id), DELETE ON `${DATABASE}`.sealed_open TO 'shuinuo_signin'@'localhost';
GRANT INSERT ON `${DATABASE}`.audit TO 'shuinuo_signin'@'localhost';

-- program ticket
-- Takes tickets through their life. Appends to streams, never changes them; fires no steps, sends no notices.
CREATE USER IF NOT EXISTS 'shuinuo_ticket'@'localhost' IDENTIFIED BY '${PASSWORD_TICKET}';
ALTER USER 'shuinuo_ticket'@'localhost' IDENTIFIED BY '${PASSWORD_TICKET}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_ticket'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.fact TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.category TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.grade TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.rule TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.ladder TO 'shuinuo_ticket'@'localhost';
GRANT SELECT (id, code, name_zh, name_en, is_handling, sort) ON `${DATABASE}`.unit TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.place TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.route TO 'shuinuo_ticket'@'localhost';
GRANT SELECT (name, value) ON `${DATABASE}`.policy TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.ticket TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT, UPDATE (name_sealed, name_masked, phone_sealed, phone_masked, phone_hash, account_sealed, account_masked,
    account_hash, address_sealed, emptied_at) ON `${DATABASE}`.ticket_person TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.event TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT, UPDATE (body, emptied_at) ON `${DATABASE}`.event_text TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.ticket_repeat TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT, UPDATE (recording, ticket_id, phone_sealed) ON `${DATABASE}`.telephone_call TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT, UPDATE (rule_id, kind, article, cycle, direction, limit_seconds, bound, is_binding, dispatch_no, unit_id,
    category_id, started_at, due_at, granted_due_at, stopped_at, result, corrected, excuse_code, next_step_at) ON `${DATABASE}`.clock TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.assignment TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.public_ticket TO 'shuinuo_ticket'@'localhost';
GRANT SELECT (id), INSERT ON `${DATABASE}`.dirty TO 'shuinuo_ticket'@'localhost';
GRANT SELECT (name, data_version) ON `${DATABASE}`.job TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.ticket_gram TO 'shuinuo_ticket'@'localhost';
GRANT SELECT (day, rule_id, kept, missed) ON `${DATABASE}`.figure_day TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.clock_step TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, UPDATE (words) ON `${DATABASE}`.resident_input TO 'shuinuo_ticket'@'localhost';
GRANT SELECT (id, login, name, badge, unit_id, roles, is_active, phone_masked) ON `${DATABASE}`.staff TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.duty TO 'shuinuo_ticket'@'localhost';
GRANT SELECT (id, subject_kind, subject_id, notice, audience, recipient, channel, way, state, is_held, attempts, created_at, not_before,
    sent_at, ended_at, error_class, staff_id) ON `${DATABASE}`.outbox TO 'shuinuo_ticket'@'localhost';
GRANT INSERT ON `${DATABASE}`.failed_call TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT, UPDATE (confirmed_at) ON `${DATABASE}`.handover TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT, UPDATE (note) ON `${DATABASE}`.handover_item TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, UPDATE (seen_at, ended_at) ON `${DATABASE}`.session TO 'shuinuo_ticket'@'localhost';
GRANT INSERT ON `${DATABASE}`.audit TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.guess TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT, UPDATE (body, emptied_at) ON `${DATABASE}`.photo_body TO 'shuinuo_ticket'@'localhost';
GRANT INSERT ON `${DATABASE}`.sealed_case TO 'shuinuo_ticket'@'localhost';
GRANT INSERT ON `${DATABASE}`.sealed_photo TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT, UPDATE (is_public, is_withheld) ON `${DATABASE}`.photo TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.canned_answer TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT, UPDATE (state, started_at, ended_at, told_at, decided_at, decided_by, decision_words, version,
    last_key, is_announced) ON `${DATABASE}`.failure_report TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.rectify_order TO 'shuinuo_ticket'@'localhost';
GRANT SELECT (ticket_id) ON `${DATABASE}`.follower TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_place TO 'shuinuo_ticket'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_message TO 'shuinuo_ticket'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.outage_ticket TO 'shuinuo_ticket'@'localhost';

-- program crew
-- The page of one assignment on a phone, reached from outside. Appends to streams of tickets that exist, never changes them; files
-- no ticket, finds none by its words, reads no list, and sees neither notices, guesses nor password hashes.
CREATE USER IF NOT EXISTS 'shuinuo_crew'@'localhost' IDENTIFIED BY '${PASSWORD_CREW}';
ALTER USER 'shuinuo_crew'@'localhost' IDENTIFIED BY '${PASSWORD_CREW}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_crew'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_crew'@'localhost';
GRANT SELECT ON `${DATABASE}`.fact TO 'shuinuo_crew'@'localhost';
GRANT SELECT ON `${DATABASE}`.category TO 'shuinuo_crew'@'localhost';
GRANT SELECT ON `${DATABASE}`.grade TO 'shuinuo_crew'@'localhost';
GRANT SELECT ON `${DATABASE}`.rule TO 'shuinuo_crew'@'localhost';
GRANT SELECT ON `${DATABASE}`.ladder TO 'shuinuo_crew'@'localhost';
GRANT SELECT (id, code, name_zh, name_en, is_handling, sort) ON `${DATABASE}`.unit TO 'shuinuo_crew'@'localhost';
GRANT SELECT ON `${DATABASE}`.place TO 'shuinuo_crew'@'localhost';
GRANT SELECT ON `${DATABASE}`.route TO 'shuinuo_crew'@'localhost';
GRANT SELECT (name, value) ON `${DATABASE}`.policy TO 'shuinuo_crew'@'localhost';
GRANT SELECT, UPDATE ON `${DATABASE}`.ticket TO 'shuinuo_crew'@'localhost';
GRANT SELECT ON `${DATABASE}`.ticket_person TO 'shuinuo_crew'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.event TO 'shuinuo_crew'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.event_text TO 'shuinuo_crew'@'localhost';
GRANT SELECT, INSERT, UPDATE (rule_id, kind, article, cycle, direction, limit_seconds, bound, is_binding, dispatch_no, unit_id,
    category_id, started_at, due_at, granted_due_at, stopped_at, result, corrected, excuse_code, next_step_at) ON `${DATABASE}`.clock TO 'shuinuo_crew'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.assignment TO 'shuinuo_crew'@'localhost';
GRANT SELECT, UPDATE ON `${DATABASE}`.public_ticket TO 'shuinuo_crew'@'localhost';
GRANT INSERT ON `${DATABASE}`.dirty TO 'shuinuo_crew'@'localhost';
GRANT SELECT (id, ticket_id) ON `${DATABASE}`.rectify_order TO 'shuinuo_crew'@'localhost';
GRANT SELECT (id, login, name, badge, unit_id, roles, is_active) ON `${DATABASE}`.staff TO 'shuinuo_crew'@'localhost';
GRANT SELECT, UPDATE (seen_at, ended_at) ON `${DATABASE}`.session TO 'shuinuo_crew'@'localhost';
GRANT INSERT ON `${DATABASE}`.audit TO 'shuinuo_crew'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.photo_body TO 'shuinuo_crew'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.photo TO 'shuinuo_crew'@'localhost';

-- program admin
-- Keeps organisation, people, roster and rules. Of tickets it knows the numbers, and the state, so as not to name one that the
-- discipline office has; it writes password hashes and reads none.
CREATE USER IF NOT EXISTS 'shuinuo_admin'@'localhost' IDENTIFIED BY '${PASSWORD_ADMIN}';
ALTER USER 'shuinuo_admin'@'localhost' IDENTIFIED BY '${PASSWORD_ADMIN}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_admin'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.fact TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT, UPDATE (effective_to), DELETE ON `${DATABASE}`.category TO 'shuinuo_admin'@'localhost';
GRANT SELECT ON `${DATABASE}`.grade TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT, UPDATE (effective_to), DELETE ON `${DATABASE}`.rule TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT, DELETE ON `${DATABASE}`.ladder TO 'shuinuo_admin'@'localhost';
GRANT INSERT ON `${DATABASE}`.ladder_walk TO 'shuinuo_admin'@'localhost';
GRANT SELECT ON `${DATABASE}`.unit TO 'shuinuo_admin'@'localhost';
GRANT SELECT ON `${DATABASE}`.place TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT, DELETE ON `${DATABASE}`.route TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.policy TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.canned_answer TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.public_text TO 'shuinuo_admin'@'localhost';
GRANT INSERT, UPDATE ON `${DATABASE}`.unit TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT, UPDATE (name, badge, unit_id, roles, is_active, phone_masked, phone_sealed, key_id, confirmed_on, version)
    ON `${DATABASE}`.staff TO 'shuinuo_admin'@'localhost';
GRANT SELECT (staff_id), INSERT, UPDATE ON `${DATABASE}`.credential TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.staff_change TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT, UPDATE (ends_at), DELETE ON `${DATABASE}`.duty TO 'shuinuo_admin'@'localhost';
GRANT SELECT ON `${DATABASE}`.failed_call TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.service_rule TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.inspection TO 'shuinuo_admin'@'localhost';
GRANT SELECT, UPDATE (seen_at, ended_at) ON `${DATABASE}`.session TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.audit TO 'shuinuo_admin'@'localhost';
GRANT SELECT (id, number, state) ON `${DATABASE}`.ticket TO 'shuinuo_admin'@'localhost';
GRANT SELECT (ticket_id, phone_masked) ON `${DATABASE}`.ticket_person TO 'shuinuo_admin'@'localhost';
GRANT SELECT (id, subject_kind, subject_id, notice, audience, recipient, channel, way, state, is_held, attempts, created_at, not_before,
    sent_at, ended_at, error_class, last_error, staff_id), UPDATE (state, attempts, is_held, not_before, ended_at)
    ON `${DATABASE}`.outbox TO 'shuinuo_admin'@'localhost';
GRANT SELECT, INSERT, UPDATE (is_active) ON `${DATABASE}`.api_key TO 'shuinuo_admin'@'localhost';

-- program assessment
-- What operations makes of how the units served: orders and circulars. Knows of tickets number, place, state and unit, of people
-- nothing but the names of staff.
CREATE USER IF NOT EXISTS 'shuinuo_assessment'@'localhost' IDENTIFIED BY '${PASSWORD_ASSESSMENT}';
ALTER USER 'shuinuo_assessment'@'localhost' IDENTIFIED BY '${PASSWORD_ASSESSMENT}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_assessment'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.fact TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.category TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.grade TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.rule TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.ladder TO 'shuinuo_assessment'@'localhost';
GRANT SELECT (id, code, name_zh, name_en, is_handling, sort) ON `${DATABASE}`.unit TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.place TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.route TO 'shuinuo_assessment'@'localhost';
GRANT SELECT (name, value) ON `${DATABASE}`.policy TO 'shuinuo_assessment'@'localhost';
GRANT SELECT (id, number, state, place_text, unit_id, place_id, category_id, parent_id, repeat_level, reported_at) ON `${DATABASE}`.ticket TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.penalty_clause TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.breach_clause TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.basis_clause TO 'shuinuo_assessment'@'localhost';
GRANT SELECT, INSERT, UPDATE (version, state, clause_id, proposed_clause_id, happened_at, late_seconds, ops_wait_seconds, confirmed_at,
    ended_at, unit_fen, leader_id, leader_fen, person_id, person_fen) ON `${DATABASE}`.penalty TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.breach TO 'shuinuo_assessment'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.penalty_link TO 'shuinuo_assessment'@'localhost';
GRANT SELECT (ticket_id, unit_id, called_at) ON `${DATABASE}`.failed_call TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.ticket_repeat TO 'shuinuo_assessment'@'localhost';
GRANT SELECT (id, unit_id, is_unapproved, started_at) ON `${DATABASE}`.outage TO 'shuinuo_assessment'@'localhost';
GRANT SELECT ON `${DATABASE}`.assignment TO 'shuinuo_assessment'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.event TO 'shuinuo_assessment'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.event_text TO 'shuinuo_assessment'@'localhost';
GRANT SELECT, INSERT, UPDATE (rule_id, kind, article, cycle, direction, limit_seconds, bound, is_binding, dispatch_no, unit_id,
    category_id, started_at, due_at, granted_due_at, stopped_at, result, corrected, excuse_code, next_step_at) ON `${DATABASE}`.clock TO 'shuinuo_assessment'@'localhost';
GRANT INSERT ON `${DATABASE}`.dirty TO 'shuinuo_assessment'@'localhost';
GRANT SELECT, INSERT, UPDATE (version, state, granted_due_at, answered_at, ended_at, refusals) ON `${DATABASE}`.rectify_order TO 'shuinuo_assessment'@'localhost';
GRANT SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by, withdrawal_words, last_key) ON `${DATABASE}`.circular TO 'shuinuo_assessment'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.circular_reason TO 'shuinuo_assessment'@'localhost';
GRANT SELECT (id, login, name, badge, unit_id, roles, is_active) ON `${DATABASE}`.staff TO 'shuinuo_assessment'@'localhost';
GRANT SELECT, UPDATE (seen_at, ended_at) ON `${DATABASE}`.session TO 'shuinuo_assessment'@'localhost';
GRANT INSERT ON `${DATABASE}`.audit TO 'shuinuo_assessment'@'localhost';

-- program discipline
-- The discipline office's sealed cases. Alone reads them, and reads nothing of tickets; appends what the office writes and never changes it.
CREATE USER IF NOT EXISTS 'shuinuo_discipline'@'localhost' IDENTIFIED BY '${PASSWORD_DISCIPLINE}';
ALTER USER 'shuinuo_discipline'@'localhost' IDENTIFIED BY '${PASSWORD_DISCIPLINE}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_discipline'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_discipline'@'localhost';
GRANT SELECT ON `${DATABASE}`.fact TO 'shuinuo_discipline'@'localhost';
GRANT SELECT ON `${DATABASE}`.penalty_clause TO 'shuinuo_discipline'@'localhost';
GRANT SELECT (id, login, name, badge, unit_id, roles, is_active) ON `${DATABASE}`.staff TO 'shuinuo_discipline'@'localhost';
GRANT SELECT, UPDATE (seen_at, ended_at) ON `${DATABASE}`.session TO 'shuinuo_discipline'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.guess TO 'shuinuo_discipline'@'localhost';
GRANT INSERT ON `${DATABASE}`.audit TO 'shuinuo_discipline'@'localhost';
GRANT SELECT, UPDATE (version) ON `${DATABASE}`.sealed_key TO 'shuinuo_discipline'@'localhost';
GRANT SELECT, INSERT, UPDATE (salt, wrapped), DELETE ON `${DATABASE}`.sealed_officer TO 'shuinuo_discipline'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON `${DATABASE}`.sealed_open TO 'shuinuo_discipline'@'localhost';
GRANT SELECT ON `${DATABASE}`.sealed_case TO 'shuinuo_discipline'@'localhost';
GRANT SELECT ON `${DATABASE}`.sealed_photo TO 'shuinuo_discipline'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.sealed_entry TO 'shuinuo_discipline'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.sealed_answer TO 'shuinuo_discipline'@'localhost';

-- program supply
-- The register of outages: appends to their streams and publishes. Knows of tickets what an outage takes over, of people nothing but
-- the names of staff.
CREATE USER IF NOT EXISTS 'shuinuo_supply'@'localhost' IDENTIFIED BY '${PASSWORD_SUPPLY}';
ALTER USER 'shuinuo_supply'@'localhost' IDENTIFIED BY '${PASSWORD_SUPPLY}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_supply'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_supply'@'localhost';
GRANT SELECT ON `${DATABASE}`.fact TO 'shuinuo_supply'@'localhost';
GRANT SELECT ON `${DATABASE}`.category TO 'shuinuo_supply'@'localhost';
GRANT SELECT ON `${DATABASE}`.grade TO 'shuinuo_supply'@'localhost';
GRANT SELECT ON `${DATABASE}`.rule TO 'shuinuo_supply'@'localhost';
GRANT SELECT ON `${DATABASE}`.ladder TO 'shuinuo_supply'@'localhost';
GRANT SELECT (id, code, name_zh, name_en, is_handling, sort) ON `${DATABASE}`.unit TO 'shuinuo_supply'@'localhost';
GRANT SELECT ON `${DATABASE}`.route TO 'shuinuo_supply'@'localhost';
GRANT SELECT (name, value) ON `${DATABASE}`.policy TO 'shuinuo_supply'@'localhost';
GRANT SELECT (id, number, state, place_id, place_text, unit_id, category_id, diameter_mm) ON `${DATABASE}`.ticket TO 'shuinuo_supply'@'localhost';
GRANT SELECT (ticket_id, dispatch_no, unit_id, role) ON `${DATABASE}`.assignment TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.event TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.event_text TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT, UPDATE (rule_id, kind, article, cycle, direction, limit_seconds, bound, is_binding, dispatch_no, unit_id,
    category_id, started_at, due_at, granted_due_at, stopped_at, result, corrected, excuse_code, next_step_at) ON `${DATABASE}`.clock TO 'shuinuo_supply'@'localhost';
GRANT INSERT ON `${DATABASE}`.dirty TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT, UPDATE (version, state, is_public, is_unapproved, assistant_id, steps, planned_start_at, started_at,
    expected_end_at, ended_at) ON `${DATABASE}`.outage TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.outage_place TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.outage_message TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.outage_photo TO 'shuinuo_supply'@'localhost';
GRANT SELECT (id, width, height, hash, body, emptied_at), INSERT ON `${DATABASE}`.photo_body TO 'shuinuo_supply'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_ticket TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT, UPDATE (state, is_stopped, stopped_at, stopped_by, ended_at) ON `${DATABASE}`.outage_sms_batch TO 'shuinuo_supply'@'localhost';
GRANT SELECT, UPDATE (state, attempts, not_before) ON `${DATABASE}`.outage_sms TO 'shuinuo_supply'@'localhost';
GRANT SELECT (id, login, name, badge, unit_id, roles, is_active) ON `${DATABASE}`.staff TO 'shuinuo_supply'@'localhost';
GRANT SELECT, UPDATE (seen_at, ended_at) ON `${DATABASE}`.session TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON `${DATABASE}`.place TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT, DELETE ON `${DATABASE}`.place_gram TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON `${DATABASE}`.master_meter TO 'shuinuo_supply'@'localhost';
GRANT SELECT, UPDATE (version, import_id, claimed_until) ON `${DATABASE}`.customer_register TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.customer_import TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.customer_import_line TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT, DELETE ON `${DATABASE}`.household_key TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT, UPDATE (data_key, sealed, phone_key, phone_sealed, phone_masked, phone_hash), DELETE ON `${DATABASE}`.household TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT, UPDATE (phones), DELETE ON `${DATABASE}`.household_figure TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON `${DATABASE}`.household_edit TO 'shuinuo_supply'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.customer_change TO 'shuinuo_supply'@'localhost';
GRANT UPDATE (value) ON `${DATABASE}`.fact TO 'shuinuo_supply'@'localhost';
GRANT INSERT ON `${DATABASE}`.audit TO 'shuinuo_supply'@'localhost';

-- program outage
-- Tells the public what was published of outages, and takes what somebody wants who asks to be told of them. Reads no event and no person.
CREATE USER IF NOT EXISTS 'shuinuo_outage'@'localhost' IDENTIFIED BY '${PASSWORD_OUTAGE}';
ALTER USER 'shuinuo_outage'@'localhost' IDENTIFIED BY '${PASSWORD_OUTAGE}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_outage'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_outage'@'localhost';
GRANT SELECT ON `${DATABASE}`.fact TO 'shuinuo_outage'@'localhost';
GRANT SELECT ON `${DATABASE}`.category TO 'shuinuo_outage'@'localhost';
GRANT SELECT ON `${DATABASE}`.grade TO 'shuinuo_outage'@'localhost';
GRANT SELECT ON `${DATABASE}`.rule TO 'shuinuo_outage'@'localhost';
GRANT SELECT ON `${DATABASE}`.ladder TO 'shuinuo_outage'@'localhost';
GRANT SELECT (id, code, name_zh, name_en, is_handling, sort) ON `${DATABASE}`.unit TO 'shuinuo_outage'@'localhost';
GRANT SELECT ON `${DATABASE}`.place TO 'shuinuo_outage'@'localhost';
GRANT SELECT ON `${DATABASE}`.route TO 'shuinuo_outage'@'localhost';
GRANT SELECT (name, value) ON `${DATABASE}`.policy TO 'shuinuo_outage'@'localhost';
GRANT SELECT (id, state, unit_id, cause, kind, is_public, is_pressure, planned_start_at, started_at, first_end_at, expected_end_at,
    ended_at) ON `${DATABASE}`.outage TO 'shuinuo_outage'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_place TO 'shuinuo_outage'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_message TO 'shuinuo_outage'@'localhost';
GRANT INSERT ON `${DATABASE}`.outage_subscribe_input TO 'shuinuo_outage'@'localhost';
GRANT SELECT (id, place_id) ON `${DATABASE}`.outage_subscription TO 'shuinuo_outage'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.guess TO 'shuinuo_outage'@'localhost';
GRANT SELECT (id, version) ON `${DATABASE}`.customer_register TO 'shuinuo_outage'@'localhost';
GRANT SELECT (version, account_hash, place_id, master_meter_id) ON `${DATABASE}`.household TO 'shuinuo_outage'@'localhost';
GRANT SELECT (code, language, version, kind, sort, title, body, effective_from) ON `${DATABASE}`.public_text TO 'shuinuo_outage'@'localhost';

-- program open311
-- Takes reports of other systems and shows how they stand. Reads projections without personal data and of events only when which
-- step was taken; of what is stored it changes nothing but the number of inputs that wait and the day a key was used.
CREATE USER IF NOT EXISTS 'shuinuo_open311'@'localhost' IDENTIFIED BY '${PASSWORD_OPEN311}';
ALTER USER 'shuinuo_open311'@'localhost' IDENTIFIED BY '${PASSWORD_OPEN311}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_open311'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_open311'@'localhost';
GRANT SELECT ON `${DATABASE}`.fact TO 'shuinuo_open311'@'localhost';
GRANT SELECT ON `${DATABASE}`.category TO 'shuinuo_open311'@'localhost';
GRANT SELECT ON `${DATABASE}`.grade TO 'shuinuo_open311'@'localhost';
GRANT SELECT ON `${DATABASE}`.rule TO 'shuinuo_open311'@'localhost';
GRANT SELECT ON `${DATABASE}`.ladder TO 'shuinuo_open311'@'localhost';
GRANT SELECT (id, code, name_zh, name_en, is_handling, sort) ON `${DATABASE}`.unit TO 'shuinuo_open311'@'localhost';
GRANT SELECT ON `${DATABASE}`.place TO 'shuinuo_open311'@'localhost';
GRANT SELECT ON `${DATABASE}`.route TO 'shuinuo_open311'@'localhost';
GRANT SELECT (name, value) ON `${DATABASE}`.policy TO 'shuinuo_open311'@'localhost';
GRANT SELECT (id, name, key_hash, may_file, may_read, source, per_minute, is_active, created_at, last_used_on), UPDATE (last_used_on) ON `${DATABASE}`.api_key TO 'shuinuo_open311'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.open311_request TO 'shuinuo_open311'@'localhost';
GRANT SELECT (id, number, outside_system, outside_number, outside_due_at), INSERT ON `${DATABASE}`.ticket TO 'shuinuo_open311'@'localhost';
GRANT INSERT ON `${DATABASE}`.ticket_person TO 'shuinuo_open311'@'localhost';
GRANT SELECT (subject_kind, subject_id, seq, kind, recorded_at), INSERT ON `${DATABASE}`.event TO 'shuinuo_open311'@'localhost';
GRANT INSERT ON `${DATABASE}`.event_text TO 'shuinuo_open311'@'localhost';
GRANT INSERT ON `${DATABASE}`.clock TO 'shuinuo_open311'@'localhost';
GRANT SELECT, INSERT, UPDATE (waiting_inputs, photo_count) ON `${DATABASE}`.public_ticket TO 'shuinuo_open311'@'localhost';
GRANT INSERT ON `${DATABASE}`.dirty TO 'shuinuo_open311'@'localhost';
GRANT SELECT (ticket_id, input_key), INSERT ON `${DATABASE}`.resident_input TO 'shuinuo_open311'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.photo_body TO 'shuinuo_open311'@'localhost';
GRANT SELECT, INSERT, UPDATE (slot, hash), DELETE ON `${DATABASE}`.photo_draft TO 'shuinuo_open311'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.photo TO 'shuinuo_open311'@'localhost';

-- program clerk
-- The background: applies residents' input, fires steps, seals chains, folds figures, sends notices, clears away.
CREATE USER IF NOT EXISTS 'shuinuo_clerk'@'localhost' IDENTIFIED BY '${PASSWORD_CLERK}';
ALTER USER 'shuinuo_clerk'@'localhost' IDENTIFIED BY '${PASSWORD_CLERK}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_clerk'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.fact TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.category TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.grade TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.rule TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.ladder TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, UPDATE (subject_kind, subject_id, done_at) ON `${DATABASE}`.ladder_walk TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (id, code, name_zh, name_en, is_handling, sort, direct_leader_id) ON `${DATABASE}`.unit TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, DELETE ON `${DATABASE}`.place TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.route TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (name, value) ON `${DATABASE}`.policy TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, UPDATE ON `${DATABASE}`.ticket TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.ticket_person TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.event TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.event_text TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.ticket_repeat TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (id, ticket_id, expires_at), DELETE ON `${DATABASE}`.telephone_call TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.clock TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.assignment TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, UPDATE ON `${DATABASE}`.public_ticket TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, DELETE ON `${DATABASE}`.dirty TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, DELETE ON `${DATABASE}`.ticket_gram TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.ticket_gram_set TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.clock_step TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, UPDATE (applied_at, applied_seq, verdict) ON `${DATABASE}`.resident_input TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.chain_head TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.chain_digest TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.outbox TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, DELETE ON `${DATABASE}`.figure_day TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.promise_figure TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.promise_detail TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.job TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (id, login, name, badge, unit_id, roles, is_active, key_id, phone_sealed, mail) ON `${DATABASE}`.staff TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (unit_id, staff_id, starts_at, ends_at) ON `${DATABASE}`.duty TO 'shuinuo_clerk'@'localhost';
GRANT INSERT ON `${DATABASE}`.audit TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (token_hash, saved_at), DELETE ON `${DATABASE}`.draft TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, DELETE ON `${DATABASE}`.photo_draft TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (id, created_at, emptied_at), UPDATE (body, emptied_at), DELETE ON `${DATABASE}`.photo_body TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (photo_id, ticket_id) ON `${DATABASE}`.photo TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (seen_at), DELETE ON `${DATABASE}`.sealed_open TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (id, at), DELETE ON `${DATABASE}`.guess TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, UPDATE (done_at), DELETE ON `${DATABASE}`.code_request TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (token_hash, expires_at), DELETE ON `${DATABASE}`.session TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE (is_announced) ON `${DATABASE}`.failure_report TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE (last_seen_at), DELETE ON `${DATABASE}`.heartbeat TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.rectify_order TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_ticket TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, UPDATE (version, state, is_public, is_unapproved, assistant_id, steps, planned_start_at, started_at, expected_end_at,
    ended_at) ON `${DATABASE}`.outage TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_place TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_message TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.outage_sms_batch TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON `${DATABASE}`.outage_sms TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON `${DATABASE}`.outage_subscription TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, UPDATE (done_at), DELETE ON `${DATABASE}`.outage_subscribe_input TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (id, version, import_id, claimed_until) ON `${DATABASE}`.customer_register TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, DELETE ON `${DATABASE}`.household TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, DELETE ON `${DATABASE}`.household_key TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (version, place_id), DELETE ON `${DATABASE}`.household_figure TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (place_id), DELETE ON `${DATABASE}`.place_gram TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (id, staged_in), DELETE ON `${DATABASE}`.master_meter TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (id, state, begun_at, ended_at, is_purged), UPDATE (state, ended_at, is_purged) ON `${DATABASE}`.customer_import TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.penalty_clause TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.breach_clause TO 'shuinuo_clerk'@'localhost';
GRANT SELECT ON `${DATABASE}`.basis_clause TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (id, version, state, proposed_clause_id, unit_id, subject_kind, subject_id, basis, number), INSERT, UPDATE (version, state,
    clause_id, proposed_clause_id, happened_at, late_seconds, ops_wait_seconds, confirmed_at, ended_at, unit_fen, leader_id, leader_fen,
    person_id, person_fen) ON `${DATABASE}`.penalty TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, DELETE ON `${DATABASE}`.breach TO 'shuinuo_clerk'@'localhost';
GRANT SELECT, INSERT, DELETE ON `${DATABASE}`.ledger_mark TO 'shuinuo_clerk'@'localhost';
GRANT SELECT (ticket_id, unit_id, called_at) ON `${DATABASE}`.failed_call TO 'shuinuo_clerk'@'localhost';

-- program command
-- The `shuinuo` command: users, explain, verify, the sample town through the domain's own functions.
CREATE USER IF NOT EXISTS 'shuinuo_command'@'localhost' IDENTIFIED BY '${PASSWORD_COMMAND}';
ALTER USER 'shuinuo_command'@'localhost' IDENTIFIED BY '${PASSWORD_COMMAND}';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'shuinuo_command'@'localhost';
GRANT SELECT (version) ON `${DATABASE}`.migration TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.fact TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.category TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.grade TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.rule TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.ladder TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.ladder_walk TO 'shuinuo_command'@'localhost';
GRANT SELECT (id, code, name_zh, name_en, is_handling, sort) ON `${DATABASE}`.unit TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.route TO 'shuinuo_command'@'localhost';
GRANT SELECT (name, value) ON `${DATABASE}`.policy TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.ticket TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.ticket_person TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.event TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.event_text TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.penalty TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.ticket_repeat TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT, UPDATE (rule_id, kind, article, cycle, direction, limit_seconds, bound, is_binding, dispatch_no, unit_id,
    category_id, started_at, due_at, granted_due_at, stopped_at, result, corrected, excuse_code, next_step_at) ON `${DATABASE}`.clock TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.assignment TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.public_ticket TO 'shuinuo_command'@'localhost';
GRANT INSERT ON `${DATABASE}`.dirty TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.clock_step TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.resident_input TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.chain_head TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.chain_digest TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.rectify_order TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.promise_figure TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.figure_day TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.outbox TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.job TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.staff TO 'shuinuo_command'@'localhost';
GRANT INSERT ON `${DATABASE}`.staff_change TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.duty TO 'shuinuo_command'@'localhost';
GRANT INSERT ON `${DATABASE}`.failed_call TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.service_rule TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.inspection TO 'shuinuo_command'@'localhost';
GRANT SELECT (staff_id), INSERT, UPDATE ON `${DATABASE}`.credential TO 'shuinuo_command'@'localhost';
GRANT SELECT, UPDATE (ended_at) ON `${DATABASE}`.session TO 'shuinuo_command'@'localhost';
GRANT INSERT ON `${DATABASE}`.audit TO 'shuinuo_command'@'localhost';
GRANT INSERT, UPDATE ON `${DATABASE}`.fact TO 'shuinuo_command'@'localhost';
GRANT SELECT (id, public_key), INSERT ON `${DATABASE}`.sealed_key TO 'shuinuo_command'@'localhost';
GRANT INSERT ON `${DATABASE}`.sealed_officer TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_place TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_message TO 'shuinuo_command'@'localhost';
GRANT SELECT ON `${DATABASE}`.outage_ticket TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON `${DATABASE}`.place TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT, DELETE ON `${DATABASE}`.place_gram TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON `${DATABASE}`.master_meter TO 'shuinuo_command'@'localhost';
GRANT SELECT, UPDATE (version, import_id, claimed_until) ON `${DATABASE}`.customer_register TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT, UPDATE ON `${DATABASE}`.customer_import TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT ON `${DATABASE}`.customer_import_line TO 'shuinuo_command'@'localhost';
GRANT SELECT (id, import_id), INSERT, DELETE ON `${DATABASE}`.household_key TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT, UPDATE (data_key, sealed, phone_key, phone_sealed, phone_masked, phone_hash), DELETE ON `${DATABASE}`.household TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT, UPDATE (phones), DELETE ON `${DATABASE}`.household_figure TO 'shuinuo_command'@'localhost';
GRANT SELECT, DELETE ON `${DATABASE}`.household_edit TO 'shuinuo_command'@'localhost';
GRANT SELECT, INSERT, UPDATE (is_active) ON `${DATABASE}`.api_key TO 'shuinuo_command'@'localhost';
