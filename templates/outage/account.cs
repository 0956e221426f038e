<?cs include!"layout.cs" ?><?cs call:public_start() ?><?cs call:error_summary() ?><p class="back"><a href="<?cs var:Site.base ?>/outage/"><?cs var:Text.outage.title ?></a></p>
<h1><?cs var:Page.title ?></h1>
<?cs if:Answer.is_given ?><?cs if:Answer.is_now ?><p class="box warn" role="status"><?cs var:Text.outage.account.now ?></p>
<p><a href="<?cs var:Site.base ?>/outage/"><?cs var:Text.outage.account.look ?></a></p>
<?cs elif:Answer.is_later ?><p class="box warn" role="status"><?cs var:Text.outage.account.later ?></p>
<p><a href="<?cs var:Site.base ?>/outage/"><?cs var:Text.outage.account.look ?></a></p>
<?cs else ?><p class="box ok" role="status"><?cs var:Text.outage.account.not_affected ?> <?cs var:Text.outage.checked ?> <?cs call:moment(checked) ?></p>
<p><a href="<?cs var:Site.base ?>/complaint/new"><?cs var:Text.portal.file ?></a></p>
<?cs /if ?><?cs /if ?><form method="post" action="<?cs var:Site.base ?>/outage/account" novalidate><?cs call:form_token() ?><?cs call:text_field(Form.account, "account", Text.outage.account.label, Text.outage.account.hint, "text", "numeric", "off", "middle") ?><?cs call:effort() ?><?cs call:button(Text.outage.ask) ?></form>
<?cs call:public_end() ?>
