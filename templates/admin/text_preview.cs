<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?>
<h1><?cs var:Text.admin.rules.preview ?></h1>
<p class="box info"><?cs if:is_gone ?><?cs var:Text.admin.text.will_go ?><?cs else ?><?cs var:Text.admin.text.will_show ?><?cs /if ?> <?cs call:moment(from) ?></p>
<div class="desk"><section lang="zh-CN"><h2><?cs var:title_zh ?></h2>
<?cs call:prose(BodyZh) ?></section>
<section lang="en"><h2><?cs var:title_en ?></h2>
<?cs call:prose(BodyEn) ?></section></div>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/texts/<?cs var:url_escape(part) ?>">
<?cs call:form_token() ?><?cs call:form_key() ?><?cs call:hidden_fields() ?><?cs call:step_button("save", Text.admin.rules.save) ?><?cs call:step_second("edit", Text.admin.rules.edit_again) ?></form>
<?cs call:staff_end() ?>
