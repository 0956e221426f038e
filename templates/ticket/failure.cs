<?cs include!"staff.cs" ?><?cs #

?><?cs def:covered_clock(c) ?><th scope="row"><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:c.number ?>"><?cs var:c.number_text ?></a></th><td><?cs var:c.clock ?> <span class="small"><?cs var:c.article ?></span></td><td><?cs var:c.category ?><br><span class="small"><?cs var:c.place ?></span></td><td><?cs call:moment(c.due) ?></td><td><?cs var:c.late ?></td><?cs /def ?><?cs #

?><?cs def:covered_head() ?><th scope="col"><?cs var:Text.staff.queue.number ?></th><th scope="col"><?cs var:Text.failure.clock ?></th><th scope="col"><?cs var:Text.staff.field.category ?></th><th scope="col"><?cs var:Text.staff.clock.due ?></th><th scope="col"><?cs var:Text.staff.clock.late ?></th><?cs /def ?><?cs #

?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/ticket/failure/"><?cs var:Text.failure.back ?></a></p>
<?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.staff.show.done ?></p><?cs /if ?>
<?cs if:is_excused ?><p class="box ok" role="status"><?cs var:Text.failure.show.excused_now ?> <?cs var:excused_now ?><?cs if:left_now ?>, <?cs var:Text.failure.show.left_now ?> <?cs var:left_now ?><?cs /if ?></p><?cs /if ?>
<?cs if:is_stale ?><div class="errors" role="alert" tabindex="-1"><h2><?cs var:Text.failure.show.stale ?></h2><p><?cs var:Text.failure.show.stale_hint ?></p>
<?cs if:typed ?><?cs if:!may_decide ?><div class="field"><label for="f-typed"><?cs var:Text.staff.show.typed ?></label><textarea id="f-typed" rows="3" readonly>
<?cs var:typed ?></textarea></div><?cs /if ?><?cs /if ?></div>
<?cs /if ?><?cs call:error_summary() ?>
<div class="bar-top"><h1><?cs var:Text.failure.show.heading ?> <?cs var:Failure.id ?> <?cs call:tag(Failure.state, Failure.colour) ?></h1></div>
<?cs if:Failure.is_untold ?><?cs call:notice(Text.failure.untold, "warn") ?><?cs /if ?>
<div class="desk"><div>
<section aria-labelledby="h-facts"><h2 id="h-facts"><?cs var:Text.failure.show.facts ?></h2>
<dl class="rows"><?cs call:row(Text.failure.unit, Failure.unit) ?><?cs call:row(Text.failure.what, Failure.part) ?><?cs call:row(Text.failure.show.origin, Failure.origin) ?><div><dt><?cs var:Text.failure.started ?></dt><dd><?cs call:moment(Failure.started) ?></dd></div><div><dt><?cs var:Text.failure.ended ?></dt><dd><?cs if:?Failure.ended.ms ?><?cs call:moment(Failure.ended) ?><?cs else ?><?cs var:Text.failure.not_over ?><?cs /if ?></dd></div><div><dt><?cs var:Text.failure.told ?></dt><dd><?cs if:?Failure.told.ms ?><?cs call:moment(Failure.told) ?><?cs else ?>–<?cs /if ?></dd></div><?cs if:Failure.contact ?><?cs call:row(Text.failure.contact, Failure.contact) ?><?cs /if ?><?cs if:Failure.words ?><?cs call:row(Text.failure.words, Failure.words) ?><?cs /if ?><div><dt><?cs var:Text.failure.show.recorded ?></dt><dd><?cs call:moment(Failure.recorded) ?><?cs if:Failure.recorder ?>, <?cs var:Failure.recorder ?><?cs /if ?></dd></div><?cs if:?Failure.proposal ?><div><dt><?cs var:Text.failure.show.proposal ?></dt><dd><a href="<?cs var:Site.base ?>/staff/ticket/failure/<?cs var:Failure.proposal ?>"><?cs var:Failure.proposal ?></a></dd></div><?cs /if ?></dl>
<?cs if:?Failure.claimed.started.ms ?><p class="small"><?cs var:Text.failure.show.claimed ?> <?cs call:moment(Failure.claimed.started) ?> – <?cs if:?Failure.claimed.ended.ms ?><?cs call:moment(Failure.claimed.ended) ?><?cs else ?><?cs var:Text.failure.not_over ?><?cs /if ?><?cs if:?Failure.claimed.told.ms ?>; <?cs var:Text.failure.told ?> <?cs call:moment(Failure.claimed.told) ?><?cs /if ?></p>
<?cs /if ?><?cs if:Failure.is_proposal ?><?cs call:notice(Text.failure.show.proposed, "info") ?><?cs /if ?></section>
<?cs if:?Failure.decided.ms ?><section aria-labelledby="h-decided"><h2 id="h-decided"><?cs var:Text.failure.show.decision ?></h2>
<p><?cs call:tag(Failure.state, Failure.colour) ?> <?cs call:moment(Failure.decided) ?><?cs if:Failure.decider ?>, <?cs var:Failure.decider ?><?cs /if ?></p>
<?cs if:Failure.decision_words ?><p class="words"><?cs var:Failure.decision_words ?></p><?cs /if ?></section>
<?cs /if ?></div><div>
<?cs if:may_decide ?><section aria-labelledby="h-decide"><h2 id="h-decide"><?cs var:Text.failure.show.decide ?></h2>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/failure/<?cs var:Failure.id ?>/decide"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:Failure.version ?>">
<?cs call:radios(Form.decision, "decision", Text.staff.field.decision, "", DecisionChoices) ?>
<?cs if:?Units.0.name ?><fieldset class="field"><legend><?cs var:Text.failure.show.units ?></legend><p class="hint"><?cs var:Text.failure.show.units_hint ?></p>
<?cs each:u = Units ?><div class="choice"><input type="checkbox" name="<?cs var:u.name ?>" value="1" id="f-<?cs var:u.name ?>"<?cs if:u.is_checked ?> checked<?cs /if ?>><label for="f-<?cs var:u.name ?>"><?cs var:u.label ?></label></div>
<?cs /each ?></fieldset>
<?cs /if ?><?cs call:text_field(Form.started_at, "started_at", Text.failure.started, Text.failure.show.correct_hint, "datetime-local", "", "", "short") ?>
<?cs call:text_field(Form.ended_at, "ended_at", Text.failure.ended, "", "datetime-local", "", "", "short") ?>
<?cs if:Failure.is_proposal ?><?cs call:text_field(Form.told_at, "told_at", Text.failure.show.noticed, Text.failure.show.noticed_hint, "datetime-local", "", "", "short") ?><?cs else ?><?cs call:text_field(Form.told_at, "told_at", Text.failure.told, "", "datetime-local", "", "", "short") ?><?cs /if ?>
<?cs call:text_area(Form.words, "words", Text.staff.field.words, Text.failure.show.words_hint, "3") ?>
<?cs call:button(Text.failure.show.decide_button) ?></form></section>
<?cs /if ?><?cs if:may_end ?><section aria-labelledby="h-end"><h2 id="h-end"><?cs var:Text.failure.show.end ?></h2>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/failure/<?cs var:Failure.id ?>/end"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:Failure.version ?>">
<?cs call:text_field(Form.over_at, "over_at", Text.failure.ended, "", "datetime-local", "", "", "short") ?>
<?cs call:button(Text.failure.show.end_button) ?></form></section>
<?cs /if ?></div></div>
<?cs if:shows_clocks ?><section aria-labelledby="h-covered"><h2 id="h-covered"><?cs var:Text.failure.show.covered ?></h2>
<p><?cs var:Text.failure.show.rule ?></p>
<?cs if:?Covered.0.value ?><?cs if:may_excuse ?><form method="post" action="<?cs var:Site.base ?>/staff/ticket/failure/<?cs var:Failure.id ?>/excuse"><?cs call:form_token() ?><?cs call:form_key() ?><?cs /if ?>
<div class="scroll" role="group" aria-labelledby="h-covered" tabindex="0"><table><thead><tr><?cs if:may_excuse ?><th scope="col"><?cs var:Text.failure.show.choose ?></th><?cs /if ?><?cs call:covered_head() ?></tr></thead><tbody>
<?cs each:c = Covered ?><tr><?cs if:may_excuse ?><td><div class="choice"><input type="checkbox" name="<?cs var:c.name ?>" value="<?cs var:c.value ?>" id="f-<?cs var:c.name ?>"><label for="f-<?cs var:c.name ?>"><span class="unseen"><?cs var:c.number_text ?> <?cs var:c.clock ?></span></label></div></td><?cs /if ?><?cs call:covered_clock(c) ?></tr>
<?cs /each ?></tbody></table></div>
<?cs if:is_more ?><p><?cs var:Text.failure.show.more ?> <?cs var:covered_count ?></p><?cs /if ?>
<?cs if:may_excuse ?><p class="buttons"><?cs call:button(Text.failure.show.excuse) ?> <button class="button second" type="submit" name="all" value="1"><?cs var:Text.failure.show.excuse_all ?></button></p></form><?cs /if ?>
<?cs else ?><p><?cs var:Text.failure.show.none ?></p>
<?cs /if ?></section>
<?cs if:?Excused.0.value ?><section aria-labelledby="h-excused"><h2 id="h-excused"><?cs var:Text.failure.show.excused ?></h2>
<div class="scroll" role="group" aria-labelledby="h-excused" tabindex="0"><table><thead><tr><?cs call:covered_head() ?></tr></thead><tbody>
<?cs each:c = Excused ?><tr><?cs call:covered_clock(c) ?></tr>
<?cs /each ?></tbody></table></div></section>
<?cs /if ?><?cs /if ?>
<?cs call:staff_end() ?>
