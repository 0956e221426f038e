<?cs include!"discipline/frame.cs" ?><?cs #

an outcome, or what a clause fixes ?><?cs def:fixed(o) ?><?cs if:o.is_circular ?><li><?cs var:Text.discipline.circular ?></li><?cs /if ?><?cs if:?o.leader_yuan ?><li><?cs var:Text.discipline.to_leader ?> <?cs var:o.leader_yuan ?></li><?cs /if ?><?cs if:?o.person_yuan ?><li><?cs var:Text.discipline.to_person ?> <?cs var:o.person_yuan ?></li><?cs /if ?><?cs /def ?><?cs #

?><?cs call:staff_start() ?>
<p class="back noprint"><a href="<?cs var:Site.base ?>/staff/discipline/"><?cs var:Text.discipline.title ?></a></p>
<?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.discipline.done ?></p><?cs /if ?>
<?cs if:?Attempt.name ?><div class="errors" role="alert" tabindex="-1"><h2><?cs if:Attempt.is_conflict ?><?cs var:Text.discipline.conflict ?><?cs else ?><?cs var:Text.staff.show.not_done ?> <?cs var:Attempt.title ?><?cs /if ?></h2>
<?cs if:Attempt.words ?><p><?cs var:Attempt.words ?></p><?cs /if ?>
<?cs if:?Attempt.Errors.0.id ?><ul><?cs each:e = Attempt.Errors ?><li><a href="#f-<?cs var:e.id ?>"><?cs var:e.text ?></a></li><?cs /each ?></ul><?cs /if ?>
<?cs if:Attempt.is_offered ?><p><a href="#act-<?cs var:Attempt.name ?>"><?cs var:Text.staff.show.to_form ?></a></p><?cs elif:Attempt.typed ?><div class="field"><label for="f-typed"><?cs var:Text.staff.show.typed ?></label><textarea id="f-typed" rows="3" readonly>
<?cs var:Attempt.typed ?></textarea></div><?cs /if ?></div>
<?cs /if ?><div class="bar-top"><h1><?cs var:Text.discipline.case.title ?> <span class="no"><?cs var:Case.number ?></span> <?cs call:tag(Case.state, "info") ?></h1></div>
<?cs call:office_bar() ?>
<?cs if:is_damaged ?><p class="box bad" role="alert"><?cs var:Text.discipline.damaged ?></p>
<?cs /if ?><div class="desk"><div>
<section aria-labelledby="h-report"><h2 id="h-report"><?cs var:Text.discipline.case.report ?></h2>
<dl class="rows"><div><dt><?cs var:Text.discipline.case.received ?></dt><dd><?cs call:moment(Case.received) ?></dd></div><?cs call:row(Text.discipline.case.source, Case.source) ?><?cs if:Case.about ?><?cs call:row(Text.discipline.case.about, Case.about) ?><?cs /if ?><?cs if:Case.occurred ?><?cs call:row(Text.discipline.case.occurred, Case.occurred) ?><?cs /if ?><?cs if:Case.name ?><?cs call:row(Text.discipline.case.name, Case.name) ?><?cs else ?><?cs call:row(Text.discipline.case.name, Text.discipline.case.anonymous) ?><?cs /if ?><?cs if:Case.contact ?><?cs call:row(Text.discipline.case.contact, Case.contact) ?><?cs /if ?></dl>
<p class="words"><?cs var:Case.words ?></p>
<?cs if:?Photos.0.no ?><ul class="photos"><?cs each:p = Photos ?><li><a href="<?cs var:Site.base ?>/staff/discipline/photo/<?cs var:Case.id ?>/<?cs var:p.no ?>"><img src="<?cs var:Site.base ?>/staff/discipline/photo/<?cs var:Case.id ?>/<?cs var:p.no ?>" alt="<?cs var:p.label ?>" loading="lazy"></a></li><?cs /each ?></ul>
<?cs /if ?></section>
<section aria-labelledby="h-time"><h2 id="h-time"><?cs var:Text.discipline.case.record ?></h2>
<?cs if:?Entries.0.kind ?><ol class="timeline"><?cs each:e = Entries ?><li><p><strong><?cs var:e.kind ?></strong><?cs if:?e.finding ?>: <?cs var:e.finding ?><?cs /if ?></p>
<p class="small"><?cs call:moment(e.at) ?> · <?cs var:e.author ?></p>
<?cs if:?e.Outcome.article ?><ul><li><?cs var:Text.discipline.article ?> <?cs var:e.Outcome.article ?></li><li><?cs var:Text.discipline.field.person ?>: <?cs var:e.Outcome.person ?></li><?cs if:e.Outcome.leader ?><li><?cs var:Text.discipline.field.leader ?>: <?cs var:e.Outcome.leader ?></li><?cs /if ?><?cs call:fixed(e.Outcome) ?><li><?cs var:e.Outcome.measure ?></li><?cs if:?e.Outcome.repay_yuan ?><li><?cs var:Text.discipline.to_repay ?> <?cs var:e.Outcome.repay_yuan ?></li><?cs /if ?><?cs if:e.Outcome.is_prosecuted ?><li><?cs var:Text.discipline.prosecuted ?></li><?cs /if ?></ul>
<?cs /if ?><p class="words"><?cs var:e.words ?></p></li>
<?cs /each ?></ol><?cs else ?><p><?cs var:Text.discipline.case.no_record ?></p>
<?cs /if ?></section>
</div><div class="noprint">
<section aria-labelledby="h-steps" class="acts"><h2 id="h-steps"><?cs var:Text.staff.show.steps ?></h2>
<?cs if:!?Forms.0.name ?><p><?cs var:Text.discipline.case.nothing ?></p><?cs /if ?><?cs each:f = Forms ?><details class="act" id="act-<?cs var:f.name ?>"<?cs if:f.is_open ?> open<?cs /if ?>><summary><?cs var:f.title ?></summary>
<?cs if:f.name == "outcome" ?><?cs each:c = Clauses ?><p class="small"><?cs var:Text.discipline.article ?> <?cs var:c.article ?>: <?cs var:c.words ?></p><ul class="small"><?cs call:fixed(c) ?></ul><?cs /each ?>
<?cs /if ?><form method="post" action="<?cs var:Site.base ?>/staff/discipline/case/<?cs var:Case.id ?>/<?cs var:f.name ?>" autocomplete="off"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:f.version ?>">
<?cs each:x = f.Fields ?><?cs call:act_field(x) ?><?cs /each ?><button class="button" type="submit"><?cs var:f.title ?></button></form></details>
<?cs /each ?></section>
</div></div>
<?cs call:staff_end() ?>
