<?cs include!"staff.cs" ?><?cs include!"photos.cs" ?><?cs call:staff_start() ?><?cs call:clock_words() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/supply/"><?cs var:Text.outage.staff.title ?></a></p>
<?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.outage.show.done ?></p><?cs /if ?>
<?cs if:?Attempt.name ?><div class="errors" role="alert" tabindex="-1"><h2><?cs if:Attempt.is_conflict ?><?cs var:Text.outage.show.conflict ?><?cs else ?><?cs var:Text.staff.show.not_done ?> <?cs var:Attempt.title ?><?cs /if ?></h2>
<?cs if:Attempt.words ?><p><?cs var:Attempt.words ?></p><?cs /if ?>
<?cs if:?Attempt.Errors.0.id ?><ul><?cs each:e = Attempt.Errors ?><li><a href="#f-<?cs var:e.id ?>"><?cs var:e.text ?></a></li><?cs /each ?></ul><?cs /if ?>
<?cs if:Attempt.is_offered ?><p><a href="#act-<?cs var:Attempt.name ?>"><?cs var:Text.staff.show.to_form ?></a></p><?cs elif:Attempt.typed ?><div class="field"><label for="f-typed"><?cs var:Text.staff.show.typed ?></label><textarea id="f-typed" rows="3" readonly>
<?cs var:Attempt.typed ?></textarea></div><?cs /if ?></div>
<?cs /if ?><div class="bar-top"><h1><?cs var:Outage.kind ?> <?cs var:Outage.id ?> <?cs call:tag(Outage.phase, Outage.colour) ?><?cs if:Outage.is_large ?> <?cs call:tag(Text.outage.large, "info") ?><?cs /if ?><?cs if:Outage.is_unapproved ?> <?cs call:tag(Text.outage.unapproved, "bad") ?><?cs /if ?></h1></div>
<?cs if:Outage.is_overdue ?><p class="box bad"><?cs var:Text.outage.show.overdue ?></p>
<?cs /if ?><?cs if:Outage.is_start_passed ?><p class="box bad"><?cs var:Text.outage.show.start_passed ?></p>
<?cs /if ?><?cs if:Outage.is_unapproved ?><p class="box bad"><?cs var:Text.outage.show.unapproved ?></p>
<?cs /if ?><?cs if:?Clashes.0.id ?><div class="box warn"><p><strong><?cs var:Text.outage.show.clashes ?></strong></p><ul><?cs each:c = Clashes ?><li><a href="<?cs var:Site.base ?>/staff/supply/<?cs var:c.id ?>"><?cs var:c.kind ?> <?cs var:c.id ?></a> <?cs var:c.area ?>, <?cs call:moment(c.start) ?><?cs if:?c.end.ms ?> – <?cs call:moment(c.end) ?><?cs /if ?></li>
<?cs /each ?></ul></div>
<?cs /if ?><div class="desk"><div>
<?cs if:?Steps.0.action ?><section aria-labelledby="h-plan"><h2 id="h-plan"><?cs var:Text.outage.show.steps ?></h2>
<ol class="plain"><?cs each:t = Steps ?><li<?cs if:t.is_next ?> aria-current="step"<?cs /if ?>><p><strong><?cs var:t.action ?></strong> <?cs if:t.is_done ?><?cs call:tag(Text.outage.step.done, "ok") ?><?cs elif:t.is_next ?><?cs call:tag(Text.outage.step.next, "warn") ?><?cs else ?><?cs call:tag(Text.outage.step.later, "info") ?><?cs /if ?><?cs if:t.is_late ?> <?cs call:tag(Text.outage.step.late, "bad") ?><?cs /if ?> <?cs if:?t.left.text ?><?cs call:countdown(t.left) ?><?cs /if ?></p>
<p class="small"><?cs if:t.is_done ?><?cs call:moment(t.at) ?> · <?cs var:t.by ?><?cs else ?><?cs var:t.whose ?><?cs /if ?><?cs if:?t.due.ms ?> · <?cs var:Text.outage.show.by ?> <?cs call:moment(t.due) ?><?cs /if ?></p></li>
<?cs /each ?></ol></section>
<?cs /if ?><section aria-labelledby="h-facts"><h2 id="h-facts"><?cs var:Text.outage.show.facts ?></h2>
<dl class="rows"><?cs call:row(Text.outage.why, Outage.cause) ?><?cs call:row(Text.outage.unit, Outage.unit) ?><?cs if:?Outage.scope ?><?cs call:row(Text.outage.scope_label, Outage.scope) ?><?cs /if ?><div><dt><?cs var:Text.outage.area ?></dt><dd><?cs each:p = Outage.Places ?><?cs var:p.name ?> <?cs /each ?><?cs var:Outage.area_words ?></dd></div><?cs if:?Outage.households ?><?cs call:row(Text.outage.field.households, Outage.households) ?><?cs /if ?><?cs if:?Outage.approver ?><?cs call:row(Text.outage.approver_label, Outage.approver) ?><?cs /if ?><?cs if:?Outage.planned_start.ms ?><div><dt><?cs var:Text.outage.field.planned_start_at ?></dt><dd><?cs call:moment(Outage.planned_start) ?></dd></div><?cs /if ?><?cs if:Outage.is_started ?><div><dt><?cs var:Text.outage.start ?></dt><dd><?cs call:moment(Outage.start) ?></dd></div><?cs /if ?><div><dt><?cs if:Outage.is_emergency ?><?cs var:Text.outage.reported ?><?cs else ?><?cs var:Text.outage.filed ?><?cs /if ?></dt><dd><?cs call:moment(Outage.reported) ?></dd></div><?cs if:?Outage.end.ms ?><div><dt><?cs var:Text.outage.end ?></dt><dd><?cs call:moment(Outage.end) ?></dd></div><?cs /if ?><?cs if:Outage.is_end_moved ?><div><dt><?cs var:Text.outage.first_end ?></dt><dd><?cs call:moment(Outage.first_end) ?></dd></div><?cs /if ?><?cs if:?Outage.ended.ms ?><div><dt><?cs var:Text.outage.ended_at ?></dt><dd><?cs call:moment(Outage.ended) ?></dd></div><?cs /if ?><?cs if:Outage.is_emergency ?><div><dt><?cs var:Text.outage.diameter ?></dt><dd><?cs var:Outage.diameter ?></dd></div><div><dt><?cs var:Text.outage.valves ?></dt><dd><?cs if:?Outage.Valves.0.number ?><?cs each:v = Outage.Valves ?>DN<?cs var:v.diameter ?> × <?cs var:v.number ?> <?cs /each ?><?cs else ?><?cs var:Text.outage.no_valves ?><?cs /if ?></dd></div><?cs /if ?><?cs if:?Outage.ticket ?><div><dt><?cs var:Text.outage.ticket ?></dt><dd><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:Outage.ticket ?>"><?cs var:Outage.ticket_text ?></a></dd></div><?cs /if ?></dl></section>
<section aria-labelledby="h-clocks"><h2 id="h-clocks"><?cs var:Text.outage.show.clocks ?></h2>
<ul class="plain"><?cs each:c = Clocks ?><li><p><strong><?cs var:c.name ?></strong> <?cs call:tag(c.result, c.colour) ?><?cs if:?c.left.text ?> <?cs call:countdown(c.left) ?><?cs /if ?></p>
<p class="small"><?cs var:c.unit ?> · <?cs var:Text.outage.show.by ?> <?cs call:moment(c.due) ?><?cs if:?c.granted.ms ?>, <?cs var:Text.staff.clock.granted ?> <?cs call:moment(c.granted) ?><?cs /if ?><?cs if:?c.late ?>, <?cs var:Text.staff.clock.late ?> <?cs var:c.late ?><?cs /if ?></p></li>
<?cs /each ?></ul></section>
<section aria-labelledby="h-time"><h2 id="h-time"><?cs var:Text.outage.show.messages ?></h2>
<ol class="timeline" reversed><?cs each:e = Timeline ?><li><p><strong><?cs var:e.action ?></strong><?cs if:e.is_internal ?> <?cs call:tag(Text.outage.show.internal, "info") ?><?cs /if ?></p>
<p class="small"><?cs call:moment(e.at) ?> · <?cs var:e.actor ?><?cs if:e.unit ?>, <?cs var:e.unit ?><?cs /if ?></p>
<?cs if:?e.happened.ms ?><p><?cs var:Text.outage.show.happened ?> <?cs call:moment(e.happened) ?></p>
<?cs /if ?><?cs if:e.is_unapproved ?><p><?cs call:tag(Text.outage.unapproved, "bad") ?></p>
<?cs /if ?><?cs if:?e.planned_start.ms ?><p><?cs var:Text.outage.field.planned_start_at ?> <?cs call:moment(e.planned_start) ?></p>
<?cs /if ?><?cs if:?e.end.ms ?><p><?cs var:Text.outage.end ?> <?cs call:moment(e.end) ?></p>
<?cs /if ?><?cs if:?e.Places.0.name ?><p><?cs each:p = e.Places ?><?cs var:p.name ?> <?cs /each ?></p>
<?cs /if ?><?cs if:e.area_words ?><p><?cs var:e.area_words ?></p>
<?cs /if ?><?cs if:e.words ?><p class="words"><?cs var:e.words ?></p>
<?cs /if ?><?cs if:e.water_points ?><p><?cs var:Text.outage.field.water_points ?>: <?cs var:e.water_points ?></p>
<?cs /if ?><?cs if:?e.counts ?><p><?cs var:e.counts ?></p>
<?cs /if ?><?cs if:?e.photos ?><p><?cs var:Text.outage.photo.title ?>: <?cs var:e.photos ?></p>
<?cs /if ?><?cs if:e.reason ?><p><?cs call:tag(Text.outage.show.internal, "info") ?> <?cs var:e.reason ?></p><?cs /if ?></li>
<?cs /each ?></ol></section>
<?cs if:?Photos.0.url || may_add_photos ?><section aria-labelledby="h-photo-list"><h2 id="h-photo-list"><?cs var:Text.outage.photo.title ?></h2>
<?cs if:?Photos.0.url ?><?cs call:photo_list(Photos) ?><?cs /if ?><p><a href="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/photos"><?cs if:may_add_photos ?><?cs var:Text.photo.add ?><?cs else ?><?cs var:Text.outage.photo.title ?><?cs /if ?></a></p></section>
<?cs /if ?><?cs if:?Joined.0.number ?><section aria-labelledby="h-joined"><h2 id="h-joined"><?cs var:Text.outage.joined_tickets ?></h2>
<p class="hint"><?cs var:Text.outage.joined_hint ?></p>
<ul><?cs each:j = Joined ?><li><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:j.number ?>"><?cs var:j.number_text ?></a> <?cs var:j.place ?></li>
<?cs /each ?></ul><?cs if:has_more_joined ?><p><?cs var:Text.outage.joined_more ?></p><?cs /if ?></section>
<?cs /if ?></div><div class="noprint">
<section aria-labelledby="h-steps" class="acts"><h2 id="h-steps"><?cs var:Text.staff.show.steps ?></h2>
<?cs if:!?Forms.0.name ?><p><?cs var:Text.outage.show.nothing ?></p><?cs /if ?><?cs each:f = Forms ?><details class="act" id="act-<?cs var:f.name ?>"<?cs if:f.is_open ?> open<?cs /if ?>><summary><?cs var:f.title ?><?cs if:f.is_next ?> <?cs call:tag(Text.outage.step.next, "warn") ?><?cs /if ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/<?cs var:f.name ?>"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:f.version ?>">
<?cs each:x = f.Fields ?><?cs if:x.name != "clash_seen" || ?Clashes.0.id ?><?cs call:act_field(x) ?><?cs /if ?><?cs /each ?><button class="button" type="submit"><?cs var:f.title ?></button></form></details>
<?cs /each ?><?cs if:Outage.may_sms ?><p><a href="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/sms"><?cs var:Text.sms.link ?></a></p>
<?cs /if ?><?cs if:Outage.is_public ?><p><a href="<?cs var:Site.base ?>/outage/<?cs var:Outage.id ?>"><?cs var:Text.outage.show.public ?></a></p><?cs /if ?></section>
</div></div>
<?cs call:staff_end() ?>
