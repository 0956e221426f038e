<?cs include!"supply/area.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/supply/"><?cs var:Text.outage.staff.title ?></a></p>
<div class="narrow"><?cs call:error_summary() ?><h1><?cs var:Page.title ?></h1>
<p><?cs var:lead ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/supply/<?cs var:path ?>"><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs if:place ?><p><?cs var:Text.staff.field.place ?>: <strong><?cs var:place ?></strong></p>
<?cs /if ?><?cs call:select_field(Form.unit, "unit", Text.outage.unit, "", UnitChoices) ?>
<?cs call:select_field(Form.cause, "cause", Text.outage.why, "", CauseChoices) ?>
<?cs if:is_cutoff ?><?cs call:select_field(Form.scope, "scope", Text.outage.scope_label, "", ScopeChoices) ?>
<?cs /if ?><?cs if:is_planned ?><?cs call:checkbox(Form.is_pressure, "is_pressure", Text.outage.plan.pressure) ?>
<?cs /if ?><?cs call:area_picker(Form.places, Text.outage.report.places_hint) ?>
<?cs if:is_emergency ?><?cs call:text_field(Form.area_words, "area_words", Text.outage.field.area_words, Text.outage.report.area_hint, "text", "", "off", "") ?>
<?cs call:text_field(Form.diameter_mm, "diameter_mm", Text.outage.diameter, "", "text", "numeric", "off", "short") ?>
<?cs call:text_field(Form.valves, "valves", Text.outage.valves, Text.outage.report.valves_hint, "text", "", "off", "middle") ?>
<?cs call:text_field(Form.started_at, "started_at", Text.outage.start, "", "datetime-local", "", "", "short") ?>
<?cs call:text_field(Form.expected_end_at, "expected_end_at", Text.outage.end, Text.outage.report.end_hint, "datetime-local", "", "", "short") ?>
<?cs call:text_area(Form.words, "words", Text.outage.field.words, Text.outage.report.words_hint, "3") ?>
<?cs call:text_field(Form.water_points, "water_points", Text.outage.field.water_points, Text.outage.report.water_points_hint, "text", "", "off", "") ?>
<?cs call:text_field(Form.reason, "reason", Text.outage.field.reason, Text.outage.report.reason_hint, "text", "", "off", "") ?>
<?cs call:text_field(Form.ticket, "ticket", Text.outage.ticket, Text.outage.report.ticket_hint, "text", "", "off", "middle") ?>
<?cs elif:is_planned ?><?cs call:text_field(Form.area_words, "area_words", Text.outage.field.area_words, Text.outage.plan.area_hint, "text", "", "off", "") ?>
<?cs call:text_field(Form.households, "households", Text.outage.field.households, Text.outage.plan.households_hint, "text", "numeric", "off", "short") ?>
<?cs call:text_field(Form.planned_start_at, "planned_start_at", Text.outage.field.planned_start_at, Text.outage.plan.start_hint, "datetime-local", "", "", "short") ?>
<?cs call:text_field(Form.expected_end_at, "expected_end_at", Text.outage.end, "", "datetime-local", "", "", "short") ?>
<?cs call:text_area(Form.words, "words", Text.outage.plan.words, Text.outage.plan.words_hint, "3") ?>
<?cs call:text_field(Form.reason, "reason", Text.outage.field.reason, Text.outage.plan.reason_hint, "text", "", "off", "") ?>
<?cs else ?><?cs call:text_field(Form.area_words, "area_words", Text.outage.field.area_words, Text.outage.cutoff.area_hint, "text", "", "off", "") ?>
<?cs call:text_field(Form.households, "households", Text.outage.field.households, Text.outage.cutoff.households_hint, "text", "numeric", "off", "short") ?>
<?cs call:text_field(Form.planned_start_at, "planned_start_at", Text.outage.field.cut_at, Text.outage.cutoff.start_hint, "datetime-local", "", "", "short") ?>
<?cs call:text_area(Form.words, "words", Text.outage.field.words, Text.outage.cutoff.words_hint, "3") ?>
<?cs call:text_field(Form.reason, "reason", Text.outage.field.reason, Text.outage.cutoff.reason_hint, "text", "", "off", "") ?>
<?cs /if ?><?cs call:button(button) ?></form></div>
<?cs call:staff_end() ?>
