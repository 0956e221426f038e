<?cs include!"office.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><p class="back"><a href="<?cs var:Site.base ?>/staff/admin/service/<?cs var:Unit.id ?>"><?cs var:Text.admin.service.title ?> <?cs var:Unit.name ?></a></p>
<?cs call:stale_box() ?><h1><?cs if:?Rule.no ?><?cs var:Rule.title ?><?cs else ?><?cs var:Text.admin.service.new_rule ?><?cs /if ?></h1>
<?cs if:can_keep ?><?cs if:?Rule.no ?><details class="act"<?cs if:is_open ?> open<?cs /if ?>><summary><?cs var:Text.admin.service.replace ?></summary><?cs /if ?>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/service/<?cs var:Unit.id ?>/rule<?cs if:?Rule.no ?>/<?cs var:Rule.no ?><?cs /if ?>"><?cs call:form_token() ?><?cs call:form_key() ?><?cs if:?Rule.no ?><input type="hidden" name="version" value="<?cs var:Rule.version ?>"><?cs /if ?>
<?cs call:text_field(Form.title, "title", Text.admin.service.rule_title, "", "text", "", "off", "") ?>
<?cs call:text_area(Form.body, "body", Text.admin.service.body, Text.admin.service.body_hint, "10") ?>
<?cs call:text_field(Form.effective_from, "effective_from", Text.admin.service.from, "", "date", "", "", "short") ?>
<?cs if:?Rule.no ?><?cs call:checkbox(Form.is_ended, "is_ended", Text.admin.service.is_ended) ?><?cs /if ?>
<?cs call:button(Text.admin.save) ?></form><?cs if:?Rule.no ?></details><?cs /if ?>
<?cs /if ?><?cs if:?Rule.no ?><h2><?cs var:Text.admin.service.versions ?></h2>
<?cs each:v = Versions ?><article class="version"><h3><?cs var:Text.admin.service.version ?> <?cs var:v.version ?> · <?cs var:v.title ?><?cs if:v.is_in_force ?> <?cs call:tag(Text.admin.service.in_force, "ok") ?><?cs elif:v.is_ended ?> <?cs call:tag(Text.admin.service.ended, "bad") ?><?cs elif:v.is_coming ?> <?cs call:tag(Text.admin.service.coming, "info") ?><?cs /if ?></h3>
<p class="hint"><?cs var:Text.admin.service.from ?> <?cs var:v.from ?> · <?cs var:v.by ?> <?cs call:moment(v.at) ?></p>
<p class="words"><?cs var:v.body ?></p></article>
<?cs /each ?><?cs /if ?><?cs call:staff_end() ?>
