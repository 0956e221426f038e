<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?>
<h1><?cs var:Text.admin.rules.preview ?></h1>
<p><?cs var:name ?><?cs if:unit ?> · <?cs var:Text.admin.route.any ?> <?cs var:unit ?><?cs /if ?></p>
<?cs if:?Differences.0.name ?><h2><?cs var:Text.admin.rules.edits ?></h2>
<div class="scroll" role="region" aria-label="<?cs var:Text.admin.rules.edits ?>" tabindex="0"><table>
<caption class="unseen"><?cs var:Text.admin.rules.edits ?></caption>
<thead><tr><th scope="col"><?cs var:Text.admin.matter.what ?></th><th scope="col"><?cs var:Text.admin.rules.before ?></th><th scope="col"><?cs var:Text.admin.rules.after ?></th></tr></thead>
<tbody><?cs each:d = Differences ?><tr><th scope="row"><?cs var:d.name ?></th><td><?cs var:d.before ?></td><td><strong><?cs var:d.after ?></strong></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /if ?><?cs call:changes() ?><p><?cs var:Text.admin.why ?>: <?cs var:why ?></p>
<?cs if:is_new ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/matters/new">
<?cs else ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/matters/<?cs var:url_escape(code) ?>/change">
<?cs /if ?><?cs call:form_token() ?><?cs call:form_key() ?><?cs call:hidden_fields() ?><?cs call:step_button("save", Text.admin.rules.save) ?><?cs call:step_second("edit", Text.admin.rules.edit_again) ?></form>
<?cs call:staff_end() ?>
