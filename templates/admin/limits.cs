<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?><?cs call:saved() ?>
<?cs if:matter_code ?><p class="back"><a href="<?cs var:Site.base ?>/staff/admin/matters/<?cs var:url_escape(matter_code) ?>"><?cs var:matter ?></a></p>
<?cs else ?><?cs call:back_link("/staff/admin/rules", Text.admin.rules.title) ?><?cs /if ?><h1><?cs var:Page.title ?></h1>
<?cs if:may_keep ?><p><a class="button" href="<?cs var:Site.base ?>/staff/admin/limits/<?cs var:url_escape(set) ?>/change"><?cs var:Text.admin.rules.change ?></a></p>
<?cs /if ?><?cs if:?planned.iso ?><div class="box info"><p><?cs var:Text.admin.rules.plan_from ?> <?cs call:moment(planned) ?></p>
<?cs if:may_withdraw ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/limits/<?cs var:url_escape(set) ?>/withdraw"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="planned" value="<?cs var:planned.ms ?>">
<?cs call:button_second(Text.admin.rules.withdraw) ?></form>
<?cs /if ?></div>
<?cs /if ?><?cs each:r = Rules ?><section class="promise<?cs if:r.is_past ?> past<?cs /if ?>"><h2><?cs var:r.name ?></h2>
<p><strong><?cs var:r.limit ?></strong><?cs if:r.scope ?> · <?cs var:r.scope ?><?cs /if ?></p>
<p><?cs call:dates(r) ?></p>
<p class="small"><?cs var:Text.admin.rules.article ?> <?cs var:r.article ?> · <?cs if:r.is_by_ops ?><?cs var:Text.interpretation.ops ?><?cs else ?><?cs var:Text.interpretation.text ?><?cs /if ?> · <?cs if:r.is_public ?><?cs var:Text.admin.rules.is_public ?><?cs else ?><?cs var:Text.admin.rules.is_internal ?><?cs /if ?> · <span class="no"><?cs var:r.code ?></span></p>
<?cs if:r.note ?><p class="small"><?cs var:r.note ?></p>
<?cs /if ?></section>
<?cs /each ?><?cs call:staff_end() ?>
