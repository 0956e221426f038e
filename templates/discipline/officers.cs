<?cs include!"discipline/frame.cs" ?><?cs call:staff_start() ?>
<?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.discipline.officers.done ?></p><?cs /if ?><?cs if:?problem ?><div class="errors" role="alert" tabindex="-1"><p><?cs var:problem ?></p></div>
<?cs /if ?><?cs call:error_summary() ?><h1><?cs var:Text.discipline.officers.title ?></h1>
<?cs call:office_bar() ?>
<div class="narrow"><p><?cs var:Text.discipline.officers.lead ?></p>
<ul><?cs each:o = Officers ?><li><?cs var:o.name ?> (<?cs var:o.login ?>), <?cs var:Text.discipline.officers.since ?> <?cs call:moment(o.enrolled) ?><?cs if:!o.is_able ?> <?cs call:tag(Text.discipline.officers.unable, "warn") ?><?cs /if ?></li>
<?cs /each ?></ul>
<h2><?cs var:Text.discipline.officers.add ?></h2>
<?cs if:?Candidates.0.value ?><form method="post" action="<?cs var:Site.base ?>/staff/discipline/officers/add" autocomplete="off"><?cs call:form_token() ?><input type="hidden" name="version" value="<?cs var:version ?>">
<div class="field<?cs if:Form.officer.error ?> wrong<?cs /if ?>"><label for="f-officer"><?cs var:Text.discipline.officers.who ?></label>
<?cs if:Form.officer.error ?><p class="error" id="e-officer"><?cs var:Form.officer.error ?></p>
<?cs /if ?><select id="f-officer" name="officer"<?cs if:Form.officer.error ?> aria-invalid="true" aria-describedby="e-officer"<?cs /if ?>><option value=""><?cs var:Text.staff.choose ?></option><?cs each:c = Candidates ?><option value="<?cs var:c.value ?>"<?cs if:c.is_chosen ?> selected<?cs /if ?>><?cs var:c.name ?> (<?cs var:c.login ?>)</option><?cs /each ?></select></div>
<p><?cs var:Text.discipline.officers.chosen_hint ?> <?cs var:Text.staff.password.least ?> <?cs var:least ?> <?cs var:Text.staff.password.characters ?></p>
<?cs call:text_field(Form.chosen, "chosen", Text.discipline.officers.chosen, "", "password", "", "off", "") ?>
<?cs call:text_field(Form.again, "again", Text.discipline.passphrase.again, "", "password", "", "off", "") ?>
<?cs call:text_field(Form.own, "own", Text.discipline.officers.own, "", "password", "", "off", "") ?>
<?cs call:button(Text.discipline.officers.add) ?></form>
<?cs else ?><p><?cs var:Text.discipline.officers.none ?></p>
<?cs /if ?><h2><?cs var:Text.discipline.officers.remove ?></h2>
<p><?cs var:Text.discipline.officers.remove_hint ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/discipline/officers/remove" autocomplete="off"><?cs call:form_token() ?><input type="hidden" name="version" value="<?cs var:version ?>">
<div class="field<?cs if:Form.leaver.error ?> wrong<?cs /if ?>"><label for="f-leaver"><?cs var:Text.discipline.officers.leaver ?></label>
<?cs if:Form.leaver.error ?><p class="error" id="e-leaver"><?cs var:Form.leaver.error ?></p>
<?cs /if ?><select id="f-leaver" name="leaver"<?cs if:Form.leaver.error ?> aria-invalid="true" aria-describedby="e-leaver"<?cs /if ?>><option value=""><?cs var:Text.staff.choose ?></option><?cs each:o = Officers ?><option value="<?cs var:o.value ?>"<?cs if:o.is_chosen ?> selected<?cs /if ?>><?cs var:o.name ?> (<?cs var:o.login ?>)</option><?cs /each ?></select></div>
<?cs call:text_field(Form.present, "present", Text.discipline.officers.own, "", "password", "", "off", "") ?>
<?cs call:button_second(Text.discipline.officers.remove) ?></form></div>
<?cs call:staff_end() ?>
