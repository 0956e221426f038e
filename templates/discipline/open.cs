<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<div class="narrow"><?cs call:error_summary() ?><?cs if:typed ?><div class="errors" role="alert" tabindex="-1"><h2><?cs var:Text.discipline.open.closed ?></h2>
<p><?cs var:Text.discipline.open.closed_hint ?></p>
<div class="field"><label for="f-typed"><?cs var:Text.staff.show.typed ?></label><textarea id="f-typed" rows="6" readonly>
<?cs var:typed ?></textarea></div></div>
<?cs /if ?><h1><?cs var:Text.discipline.open.title ?></h1>
<?cs if:is_ready ?><p><?cs var:Text.discipline.open.lead ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/discipline/open" autocomplete="off"><?cs call:form_token() ?><?cs if:where ?><input type="hidden" name="case" value="<?cs var:where ?>">
<?cs /if ?><?cs call:text_field(Form.passphrase, "passphrase", Text.discipline.open.passphrase, "", "password", "", "off", "") ?>
<?cs call:button(Text.discipline.open.button) ?></form>
<p class="lone hint"><?cs var:Text.discipline.open.lost ?></p>
<?cs else ?><p class="box warn"><?cs var:hindrance ?></p>
<?cs /if ?></div>
<?cs call:staff_end() ?>
