<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?><?cs call:conflict() ?><?cs call:problems() ?><?cs call:error_summary() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/admin/limits/<?cs var:url_escape(set) ?>"><?cs var:Page.title ?></a></p>
<h1><?cs var:Text.admin.rules.change ?></h1>
<p><?cs if:matter ?><?cs var:matter ?> · <?cs /if ?><?cs var:kind ?></p>
<p><?cs var:Text.admin.rules.change_lead ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/limits/<?cs var:url_escape(set) ?>/change" class="narrow">
<?cs call:form_token() ?><?cs call:form_key() ?><?cs each:r = Rows ?>
<fieldset class="act rule"><legend><?cs var:r.title ?></legend>
<?cs if:r.is_new ?><details<?cs if:r.is_open ?> open<?cs /if ?>><summary><?cs var:Text.admin.rules.add_summary ?></summary>
<?cs call:fields(r.Add) ?><?cs call:fields(r.Main) ?><?cs call:fields(r.More) ?></details>
<?cs else ?><input type="hidden" name="<?cs var:r.id_name ?>" value="<?cs var:r.id ?>">
<p class="hint"><?cs var:Text.admin.rules.now ?> <?cs var:r.now ?><?cs if:r.scope ?> · <?cs var:r.scope ?><?cs /if ?> · <?cs call:dates(r) ?></p>
<?cs call:fields(r.Main) ?><details<?cs if:r.is_open ?> open<?cs /if ?>><summary><?cs var:Text.admin.rules.more ?></summary>
<?cs call:fields(r.More) ?><?cs call:fields(r.End) ?></details>
<?cs /if ?></fieldset><?cs /each ?>
<?cs call:fields(Whole) ?><?cs call:step_button("preview", Text.admin.rules.to_preview) ?></form>
<?cs call:staff_end() ?>
