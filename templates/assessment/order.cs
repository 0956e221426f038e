<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/assessment/order/"><?cs var:Text.order.title ?></a></p>
<?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.staff.show.done ?></p><?cs /if ?>
<?cs if:?Attempt.name ?><div class="errors" role="alert" tabindex="-1"><h2><?cs if:Attempt.is_conflict ?><?cs var:Text.order.show.conflict ?><?cs else ?><?cs var:Text.staff.show.not_done ?> <?cs var:Attempt.title ?><?cs /if ?></h2>
<?cs if:Attempt.words ?><p><?cs var:Attempt.words ?></p><?cs /if ?>
<?cs if:?Attempt.Errors.0.id ?><ul><?cs each:e = Attempt.Errors ?><li><a href="#f-<?cs var:e.id ?>"><?cs var:e.text ?></a></li><?cs /each ?></ul><?cs /if ?>
<?cs if:Attempt.is_offered ?><p><a href="#act-<?cs var:Attempt.name ?>"><?cs var:Text.staff.show.to_form ?></a></p><?cs elif:Attempt.typed ?><div class="field"><label for="f-typed"><?cs var:Text.staff.show.typed ?></label><textarea id="f-typed" rows="3" readonly>
<?cs var:Attempt.typed ?></textarea></div><?cs /if ?></div>
<?cs /if ?><div class="bar-top"><h1><?cs var:Text.order.show.heading ?> <?cs var:Order.id ?> <?cs call:tag(Order.state, "info") ?></h1></div>
<div class="desk"><div>
<section aria-labelledby="h-facts"><h2 id="h-facts"><?cs var:Text.order.show.facts ?></h2>
<dl class="rows"><?cs call:row(Text.order.unit, Order.unit) ?><?cs call:row(Text.order.why, Order.reason) ?><div><dt><?cs var:Text.order.due ?></dt><dd><?cs call:moment(Order.due) ?> <?cs call:tag(Order.result, Order.colour) ?><?cs if:?Order.late ?> <?cs var:Text.staff.clock.late ?> <?cs var:Order.late ?><?cs /if ?></dd></div><?cs if:?Order.granted.ms ?><div><dt><?cs var:Text.staff.clock.granted ?></dt><dd><?cs call:moment(Order.granted) ?></dd></div><?cs /if ?><div><dt><?cs var:Text.order.given ?></dt><dd><?cs call:moment(Order.given) ?><?cs if:Order.giver ?>, <?cs var:Order.giver ?><?cs /if ?></dd></div><?cs if:?Order.refusals ?><?cs call:row(Text.order.refused_times, Order.refusals) ?><?cs /if ?><?cs if:?Order.ticket ?><div><dt><?cs var:Text.order.ticket ?></dt><dd><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:Order.ticket ?>"><?cs var:Order.ticket_text ?></a></dd></div><?cs /if ?></dl>
<h3><?cs var:Text.order.field.words ?></h3>
<p class="words"><?cs if:Order.words ?><?cs var:Order.words ?><?cs else ?><?cs var:Text.staff.show.emptied ?><?cs /if ?></p></section>
<section aria-labelledby="h-time"><h2 id="h-time"><?cs var:Text.staff.show.timeline ?></h2>
<ol class="timeline" reversed><?cs each:e = Timeline ?><li><p><strong><?cs var:e.action ?></strong><?cs if:e.decision ?>: <?cs var:e.decision ?><?cs /if ?></p>
<p class="small"><?cs call:moment(e.at) ?> · <?cs var:e.actor ?><?cs if:e.unit ?>, <?cs var:e.unit ?><?cs /if ?></p>
<?cs if:?e.granted.ms ?><p><?cs var:Text.staff.clock.granted ?> <?cs call:moment(e.granted) ?></p><?cs /if ?>
<?cs if:e.words ?><p class="words"><?cs var:e.words ?></p><?cs elif:e.is_emptied ?><p class="small"><?cs var:Text.staff.show.emptied ?></p><?cs /if ?></li>
<?cs /each ?></ol></section>
</div><div class="noprint">
<section aria-labelledby="h-steps" class="acts"><h2 id="h-steps"><?cs var:Text.staff.show.steps ?></h2>
<?cs if:!?Forms.0.name ?><p><?cs var:Text.order.show.nothing ?></p><?cs /if ?><?cs each:f = Forms ?><details class="act" id="act-<?cs var:f.name ?>"<?cs if:f.is_open ?> open<?cs /if ?>><summary><?cs var:f.title ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/assessment/order/<?cs var:Order.id ?>/<?cs var:f.name ?>"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:f.version ?>">
<?cs each:x = f.Fields ?><?cs call:act_field(x) ?><?cs /each ?><button class="button" type="submit"><?cs var:f.title ?></button></form></details>
<?cs /each ?><?cs if:may_publish ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/assessment/circular/new?order=<?cs var:Order.id ?>"><?cs var:Text.circular.new.title ?></a></p><?cs /if ?></section>
</div></div>
<?cs call:staff_end() ?>
