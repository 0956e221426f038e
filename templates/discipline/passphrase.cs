<?cs include!"discipline/frame.cs" ?><?cs call:staff_start() ?>
<?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.discipline.passphrase.done ?></p><?cs /if ?><?cs call:error_summary() ?><h1><?cs var:Text.discipline.passphrase.title ?></h1>
<?cs call:office_bar() ?>
<div class="narrow"><p><?cs var:Text.discipline.passphrase.lead ?> <?cs var:Text.staff.password.least ?> <?cs var:least ?> <?cs var:Text.staff.password.characters ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/discipline/passphrase" autocomplete="off"><?cs call:form_token() ?>
<?cs call:text_field(Form.own, "own", Text.discipline.passphrase.own, "", "password", "", "off", "") ?>
<?cs call:text_field(Form.chosen, "chosen", Text.discipline.passphrase.chosen, "", "password", "", "off", "") ?>
<?cs call:text_field(Form.again, "again", Text.discipline.passphrase.again, "", "password", "", "off", "") ?>
<?cs call:button(Text.discipline.passphrase.button) ?></form></div>
<?cs call:staff_end() ?>
