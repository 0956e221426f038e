<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/supply/"><?cs var:Text.outage.staff.title ?></a></p>
<?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.outage.show.done ?></p><?cs /if ?>
<?cs if:?Attempt.name ?><div class="errors" role="alert" tabindex="-1"><h2><?cs if:Attempt.is_conflict ?><?cs var:Text.outage.show.conflict ?><?cs else ?><?cs var:Text.staff.show.not_done ?> <?cs var:Attempt.title ?><?cs /if ?></h2>
<?cs if:Attempt.words ?><p><?cs var:Attempt.words ?></p><?cs /if ?>
<?cs if:?Attempt.Errors.0.id ?><ul><?cs each:e = Attempt.Errors ?><li><a href="#f-<?cs var:e.id ?>"><?cs var:e.text ?></a></li><?cs /each ?></ul><?cs /if ?>
<?cs if:Attempt.is_offered ?><p><a href="#act-<?cs var:Attempt.name ?>"><?cs var:Text.staff.show.to_form ?></a></p><?cs elif:Attempt.typed ?><div class="field"><label for="f-typed"><?cs var:Text.staff.show.typed ?></label><textarea id="f-typed" rows="3" readonly>
<?cs var:Attempt.typed ?></textarea></div><?cs /if ?></div>
<?cs /if ?><div class="bar-top"><h1><?cs var:Text.outage.show.heading ?> <?cs var:Outage.id ?> <?cs call:tag(Outage.phase, Outage.colour) ?></h1></div>
<?cs if:Outage.is_overdue ?><p class="box bad"><?cs var:Text.outage.show.overdue ?></p>
<?cs /if ?><div class="desk"><div>
<section aria-labelledby="h-facts"><h2 id="h-facts"><?cs var:Text.outage.show.facts ?></h2>
<dl class="rows"><?cs call:row(Text.outage.why, Outage.cause) ?><?cs call:row(Text.outage.unit, Outage.unit) ?><div><dt><?cs var:Text.outage.area ?></dt><dd><?cs each:p = Outage.Places ?><?cs var:p.name ?> <?cs /each ?></dd></div><div><dt><?cs var:Text.outage.start ?></dt><dd><?cs call:moment(Outage.start) ?></dd></div><div><dt><?cs var:Text.outage.reported ?></dt><dd><?cs call:moment(Outage.reported) ?></dd></div><div><dt><?cs var:Text.outage.end ?></dt><dd><?cs call:moment(Outage.end) ?></dd></div><?cs if:Outage.is_end_moved ?><div><dt><?cs var:Text.outage.first_end ?></dt><dd><?cs call:moment(Outage.first_end) ?></dd></div><?cs /if ?><?cs if:?Outage.ended.ms ?><div><dt><?cs var:Text.outage.ended ?></dt><dd><?cs call:moment(Outage.ended) ?></dd></div><?cs /if ?><div><dt><?cs var:Text.outage.diameter ?></dt><dd><?cs var:Outage.diameter ?></dd></div><div><dt><?cs var:Text.outage.valves ?></dt><dd><?cs if:?Outage.Valves.0.number ?><?cs each:v = Outage.Valves ?>DN<?cs var:v.diameter ?> × <?cs var:v.number ?> <?cs /each ?><?cs else ?><?cs var:Text.outage.no_valves ?><?cs /if ?></dd></div><?cs if:?Outage.ticket ?><div><dt><?cs var:Text.outage.ticket ?></dt><dd><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:Outage.ticket ?>"><?cs var:Outage.ticket_text ?></a></dd></div><?cs /if ?></dl></section>
<section aria-labelledby="h-clocks"><h2 id="h-clocks"><?cs var:Text.outage.show.clocks ?></h2>
<ul class="plain"><?cs each:c = Clocks ?><li><p><strong><?cs var:c.name ?></strong> <?cs call:tag(c.result, c.colour) ?></p>
<p class="small"><?cs var:Text.outage.show.by ?> <?cs call:moment(c.due) ?><?cs if:?c.late ?>, <?cs var:Text.staff.clock.late ?> <?cs var:c.late ?><?cs /if ?></p></li>
<?cs /each ?></ul></section>
<section aria-labelledby="h-time"><h2 id="h-time"><?cs var:Text.outage.show.messages ?></h2>
<ol class="timeline" reversed><?cs each:e = Timeline ?><li><p><strong><?cs var:e.action ?></strong><?cs if:e.is_internal ?> <?cs call:tag(Text.outage.show.internal, "info") ?><?cs /if ?></p>
<p class="small"><?cs call:moment(e.at) ?> · <?cs var:e.actor ?><?cs if:e.unit ?>, <?cs var:e.unit ?><?cs /if ?></p>
<?cs if:?e.happened.ms ?><p><?cs var:Text.outage.show.happened ?> <?cs call:moment(e.happened) ?></p>
<?cs /if ?><?cs if:?e.end.ms ?><p><?cs var:Text.outage.end ?> <?cs call:moment(e.end) ?></p>
<?cs /if ?><?cs if:?e.Places.0.name ?><p><?cs each:p = e.Places ?><?cs var:p.name ?> <?cs /each ?></p>
<?cs /if ?><?cs if:e.area_words ?><p><?cs var:e.area_words ?></p>
<?cs /if ?><?cs if:e.words ?><p class="words"><?cs var:e.words ?></p>
<?cs /if ?><?cs if:e.reason ?><p><?cs call:tag(Text.outage.show.internal, "info") ?> <?cs var:e.reason ?></p><?cs /if ?></li>
<?cs /each ?></ol></section>
<?cs if:?Joined.0.number ?><section aria-labelledby="h-joined"><h2 id="h-joined"><?cs var:Text.outage.joined_tickets ?></h2>
<p class="hint"><?cs var:Text.outage.joined_hint ?></p>
<ul><?cs each:j = Joined ?><li><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:j.number ?>"><?cs var:j.number_text ?></a> <?cs var:j.place ?></li>
<?cs /each ?></ul><?cs if:has_more_joined ?><p><?cs var:Text.outage.joined_more ?></p><?cs /if ?></section>
<?cs /if ?></div><div class="noprint">
<section aria-labelledby="h-steps" class="acts"><h2 id="h-steps"><?cs var:Text.staff.show.steps ?></h2>
<?cs if:!?Forms.0.name ?><p><?cs var:Text.outage.show.nothing ?></p><?cs /if ?><?cs each:f = Forms ?><details class="act" id="act-<?cs var:f.name ?>"<?cs if:f.is_open ?> open<?cs /if ?>><summary><?cs var:f.title ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/<?cs var:f.name ?>"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:f.version ?>">
<?cs each:x = f.Fields ?><?cs call:act_field(x) ?><?cs /each ?><button class="button" type="submit"><?cs var:f.title ?></button></form></details>
<?cs /each ?><?cs if:Outage.may_sms ?><p><a href="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/sms"><?cs var:Text.sms.link ?></a></p>
<?cs /if ?><p><a href="<?cs var:Site.base ?>/outage/<?cs var:Outage.id ?>"><?cs var:Text.outage.show.public ?></a></p></section>
</div></div>
<?cs call:staff_end() ?>
