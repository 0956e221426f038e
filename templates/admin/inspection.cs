<?cs include!"office.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><p class="back"><a href="<?cs var:Site.base ?>/staff/admin/service/<?cs var:Unit.id ?>"><?cs var:Text.admin.service.title ?> <?cs var:Unit.name ?></a></p>
<?cs call:stale_box() ?><h1><?cs if:?Record.no ?><?cs var:Text.admin.service.inspection ?><?cs else ?><?cs var:Text.admin.service.new_inspection ?><?cs /if ?></h1>
<?cs if:can_keep ?><?cs if:?Record.no ?><details class="act"<?cs if:is_open ?> open<?cs /if ?>><summary><?cs var:Text.admin.service.amend ?></summary><?cs /if ?>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/service/<?cs var:Unit.id ?>/inspection<?cs if:?Record.no ?>/<?cs var:Record.no ?><?cs /if ?>"><?cs call:form_token() ?><?cs call:form_key() ?><?cs if:?Record.no ?><input type="hidden" name="version" value="<?cs var:Record.version ?>"><?cs /if ?>
<?cs call:text_field(Form.held_on, "held_on", Text.admin.service.held_on, "", "date", "", "", "short") ?>
<?cs call:text_field(Form.inspector, "inspector", Text.admin.service.inspector, "", "text", "", "off", "middle") ?>
<?cs call:text_field(Form.what, "what", Text.admin.service.what, "", "text", "", "off", "") ?>
<?cs call:text_area(Form.finding, "finding", Text.admin.service.finding, Text.admin.service.finding_hint, "5") ?>
<?cs call:select_field(Form.result, "result", Text.admin.service.result, "", Results) ?>
<?cs call:text_field(Form.follow_up_due, "follow_up_due", Text.admin.service.due, Text.admin.service.due_hint, "date", "", "", "short") ?>
<?cs call:text_field(Form.followed_up_on, "followed_up_on", Text.admin.service.followed, Text.admin.service.followed_hint, "date", "", "", "short") ?>
<?cs call:button(Text.admin.save) ?></form><?cs if:?Record.no ?></details><?cs /if ?>
<?cs /if ?><?cs if:?Record.no ?><h2><?cs var:Text.admin.service.versions ?></h2>
<?cs each:v = Versions ?><article class="version"><h3><?cs var:Text.admin.service.version ?> <?cs var:v.version ?></h3>
<p class="hint"><?cs var:v.by ?> <?cs call:moment(v.at) ?></p>
<dl class="rows"><?cs call:row(Text.admin.service.held_on, v.held_on) ?><?cs call:row(Text.admin.service.inspector, v.inspector) ?><?cs call:row(Text.admin.service.what, v.what) ?><?cs call:row(Text.admin.service.finding, v.finding) ?><?cs call:row(Text.admin.service.result, v.result) ?><?cs call:row(Text.admin.service.due, v.due) ?><?cs call:row(Text.admin.service.followed, v.followed) ?></dl></article>
<?cs /each ?><?cs /if ?><?cs call:staff_end() ?>
