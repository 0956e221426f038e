<?cs #
Macros of the pages about rules.
?><?cs include!"staff.cs" ?><?cs #

fields as admin/fields.h sets them ?><?cs def:fields(list) ?><?cs each:x = list ?><?cs call:act_field(x) ?><?cs /each ?><?cs /def ?><?cs #

what was typed, sent on as it is ?><?cs def:hidden_fields() ?><?cs each:h = Hidden ?><input type="hidden" name="<?cs var:h.name ?>" value="<?cs var:h.value ?>">
<?cs /each ?><?cs /def ?><?cs #

?><?cs def:step_button(step, words) ?><button class="button" type="submit" name="step" value="<?cs var:step ?>"><?cs var:words ?></button>
<?cs /def ?><?cs #

?><?cs def:step_second(step, words) ?><button class="button second" type="submit" name="step" value="<?cs var:step ?>"><?cs var:words ?></button>
<?cs /def ?><?cs #

from when until when a row is in force ?><?cs def:dates(d) ?><?cs if:d.is_planned ?><?cs call:tag(Text.admin.rules.planned, "info") ?> <?cs /if ?><?cs if:d.is_past ?><?cs call:tag(Text.admin.rules.past, "warn") ?> <?cs /if ?><?cs var:Text.admin.rules.since ?> <?cs call:moment(d.from) ?><?cs if:?d.to.iso ?> <?cs var:Text.admin.rules.until ?> <?cs call:moment(d.to) ?><?cs /if ?><?cs /def ?><?cs #

?><?cs def:problems() ?><?cs if:?Problems.0.text ?><div class="box bad" role="alert"><p><?cs var:Text.admin.rules.problems ?></p>
<ul><?cs each:p = Problems ?><li><?cs var:p.text ?></li>
<?cs /each ?></ul></div>
<?cs /if ?><?cs /def ?><?cs #

?><?cs def:conflict() ?><?cs if:is_conflict ?><p class="box warn" role="alert"><?cs var:Text.admin.conflict ?></p>
<?cs /if ?><?cs /def ?><?cs #

?><?cs def:saved() ?><?cs if:was_saved ?><p class="box ok" role="status"><?cs var:Text.admin.saved ?></p>
<?cs /if ?><?cs if:was_refused ?><p class="box warn" role="alert"><?cs var:Text.admin.rules.nothing_withdrawn ?></p>
<?cs /if ?><?cs /def ?><?cs #

which promises differ for reports from a moment on ?><?cs def:changes() ?><h2><?cs var:Text.admin.rules.changes ?></h2>
<p class="box info"><?cs var:Text.admin.rules.begins ?> <?cs call:moment(from) ?> <?cs var:Text.admin.rules.old_stay ?></p>
<?cs if:has_changes ?><div class="scroll" role="region" aria-label="<?cs var:Text.admin.rules.changes ?>" tabindex="0"><table>
<caption class="unseen"><?cs var:Text.admin.rules.changes ?></caption>
<thead><tr><th scope="col"><?cs var:Text.admin.rules.matter ?></th><th scope="col"><?cs var:Text.admin.rules.promise ?></th><th scope="col"><?cs var:Text.admin.rules.cases ?></th><th scope="col"><?cs var:Text.admin.rules.before ?></th><th scope="col"><?cs var:Text.admin.rules.after ?></th></tr></thead>
<tbody><?cs each:c = Changes ?><tr><td><?cs var:c.matter ?></td><td><?cs var:c.kind ?></td><td><?cs var:c.facts ?></td><td><?cs var:c.before ?></td><td><strong><?cs var:c.after ?></strong></td></tr>
<?cs /each ?></tbody></table></div>
<?cs if:changes_more ?><p><?cs var:changes_more ?></p>
<?cs /if ?><?cs else ?><p><?cs var:Text.admin.rules.no_changes ?></p>
<?cs /if ?><?cs /def ?>
