<?cs #
Macros of the administration's pages, on top of those of the staff.

?><?cs include!"staff.cs" ?><?cs #

the way back to the first page ?><?cs def:office_start() ?><?cs call:staff_start() ?><?cs call:error_summary() ?><?cs call:back_link("/staff/admin/", Text.admin.title) ?><?cs /def ?><?cs #

what a change ended with ?><?cs def:done_box() ?><?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.admin.saved ?></p>
<?cs /if ?><?cs /def ?><?cs #

somebody else was faster: what stands now and differs from what was typed ?><?cs def:stale_box() ?><?cs if:is_stale ?><div class="box warn" role="alert"><p><?cs var:Text.admin.stale ?></p>
<?cs if:?Changed.0.label ?><dl class="rows"><?cs each:c = Changed ?><?cs call:row(c.label, c.value) ?><?cs /each ?></dl><?cs /if ?></div>
<?cs /if ?><?cs /def ?><?cs #

a login name, with suggestions: people_list() stands once on the page ?><?cs def:login_field(f, name, label, hint) ?><div class="field<?cs if:f.error ?> wrong<?cs /if ?>"><?cs call:field_head(f, name, label, hint) ?><input id="f-<?cs var:name ?>" name="<?cs var:name ?>" type="text" list="people" value="<?cs var:f.value ?>" autocomplete="off" class="middle"<?cs call:described(f, name, hint) ?>></div>
<?cs /def ?><?cs #

?><?cs def:people_list() ?><datalist id="people"><?cs each:p = People ?><option value="<?cs var:p.login ?>" label="<?cs var:p.name ?>"></option><?cs /each ?></datalist>
<?cs /def ?><?cs #

a box that scrolls by itself around a wide table ?><?cs def:table_start(title) ?><div class="scroll" role="region" aria-label="<?cs var:title ?>" tabindex="0"><table class="even">
<caption class="unseen"><?cs var:title ?></caption>
<?cs /def ?><?cs #

?><?cs def:table_end() ?></table></div>
<?cs /def ?><?cs #

a check box for each role; the errors of single roles stand above them ?><?cs def:role_boxes() ?><fieldset class="field<?cs if:Form.role_9.error ?> wrong<?cs /if ?>"><legend><?cs var:Text.admin.field.roles ?></legend>
<?cs if:Form.role_9.error ?><p class="error" id="e-role_9"><?cs var:Form.role_9.error ?></p>
<?cs /if ?><?cs each:r = Roles ?><div class="choice"><input type="checkbox" name="<?cs var:r.name ?>" value="1" id="f-<?cs var:r.name ?>"<?cs if:r.is_checked ?> checked<?cs /if ?>><label for="f-<?cs var:r.name ?>"><?cs var:r.label ?><span class="hint"><?cs var:r.about ?></span></label></div>
<?cs /each ?></fieldset>
<?cs /def ?><?cs #

?><?cs def:column(words) ?><th scope="col"><?cs var:words ?></th><?cs /def ?>
