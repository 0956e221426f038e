<?cs include!"staff.cs" ?><?cs def:ground(g) ?><li><?cs if:?g.Ticket.number ?><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:g.Ticket.number ?>"><?cs var:g.Ticket.text ?></a> <?cs elif:?g.outage ?><a class="no" href="<?cs var:Site.base ?>/staff/supply/<?cs var:g.outage ?>"><?cs var:Text.ledger.outage ?> <?cs var:g.outage ?></a> <?cs /if ?><?cs if:?g.Earlier.number ?><?cs var:Text.ledger.earlier ?> <a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:g.Earlier.number ?>"><?cs var:g.Earlier.text ?></a> <?cs /if ?><?cs if:?g.clock ?><br><?cs var:g.clock ?>: <?cs var:Text.ledger.due ?> <?cs call:moment(g.due) ?><?cs if:?g.granted.ms ?> · <?cs var:Text.staff.clock.granted ?> <?cs call:moment(g.granted) ?><?cs /if ?><?cs if:?g.stopped.ms ?> · <?cs var:Text.ledger.stopped ?> <?cs call:moment(g.stopped) ?><?cs else ?> · <?cs var:Text.ledger.runs ?><?cs /if ?><?cs if:?g.late ?> · <?cs var:Text.staff.clock.late ?> <?cs var:g.late ?><?cs /if ?><?cs /if ?></li>
<?cs /def ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/assessment/ledger/"><?cs var:Text.ledger.title ?></a></p>
<?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.staff.show.done ?></p><?cs /if ?>
<?cs if:?Attempt.name ?><div class="errors" role="alert" tabindex="-1"><h2><?cs if:Attempt.is_conflict ?><?cs var:Text.order.show.conflict ?><?cs else ?><?cs var:Text.staff.show.not_done ?> <?cs var:Attempt.title ?><?cs /if ?></h2>
<?cs if:Attempt.words ?><p><?cs var:Attempt.words ?></p><?cs /if ?>
<?cs if:?Attempt.Errors.0.id ?><ul><?cs each:e = Attempt.Errors ?><li><a href="#f-<?cs var:e.id ?>"><?cs var:e.text ?></a></li><?cs /each ?></ul><?cs /if ?>
<?cs if:Attempt.is_offered ?><p><a href="#act-<?cs var:Attempt.name ?>"><?cs var:Text.staff.show.to_form ?></a></p><?cs elif:Attempt.typed ?><div class="field"><label for="f-typed"><?cs var:Text.staff.show.typed ?></label><textarea id="f-typed" rows="3" readonly>
<?cs var:Attempt.typed ?></textarea></div><?cs /if ?></div>
<?cs /if ?><div class="bar-top"><h1><?cs var:Page.title ?> <?cs call:tag(Penalty.state, "info") ?></h1></div>
<div class="desk"><div>
<section aria-labelledby="h-clause"><h2 id="h-clause"><?cs var:Penalty.heading ?></h2>
<blockquote><p><?cs var:Penalty.clause ?></p></blockquote>
<dl class="rows"><?cs call:row(Text.ledger.unit, Penalty.unit) ?><?cs call:row(Text.ledger.what, Penalty.what) ?><div><dt><?cs var:Text.ledger.happened ?></dt><dd><?cs call:moment(Penalty.happened) ?></dd></div><?cs if:?Penalty.late ?><?cs call:row(Text.ledger.late_then, Penalty.late) ?><?cs /if ?><?cs if:?Penalty.ops_wait ?><?cs call:row(Text.ledger.ops_wait, Penalty.ops_wait) ?><?cs /if ?><?cs call:row(Text.ledger.like, Penalty.like) ?><?cs if:?Penalty.unit_amount ?><?cs call:row(Text.ledger.unit_amount, Penalty.unit_amount) ?><?cs /if ?><?cs if:?Penalty.leader ?><div><dt><?cs var:Text.ledger.field.leader ?></dt><dd><?cs var:Penalty.leader ?>, <?cs var:Penalty.leader_amount ?> <span class="small"><?cs var:Text.ledger.of_person ?> <?cs var:Penalty.of_leader ?></span></dd></div><?cs /if ?><?cs if:?Penalty.person ?><div><dt><?cs var:Text.ledger.field.person ?></dt><dd><?cs var:Penalty.person ?>, <?cs var:Penalty.person_amount ?> <span class="small"><?cs var:Text.ledger.of_person ?> <?cs var:Penalty.of_person ?></span></dd></div><?cs /if ?></dl>
<?cs if:Penalty.is_cause_open ?><p class="box warn"><?cs var:Text.ledger.cause_open ?></p><?cs /if ?><?cs if:Penalty.words ?><p class="words"><?cs var:Penalty.words ?></p><?cs /if ?></section>
<section aria-labelledby="h-grounds"><h2 id="h-grounds"><?cs var:Text.ledger.evidence ?></h2>
<?cs if:?Grounds.0.clock || ?Grounds.0.Ticket.number || ?Grounds.0.outage ?><ul><?cs each:g = Grounds ?><?cs call:ground(g) ?><?cs /each ?></ul><?cs else ?><p><?cs var:Text.ledger.no_evidence ?></p><?cs /if ?></section>
<?cs if:?Links.0.id ?><section aria-labelledby="h-links"><h2 id="h-links"><?cs var:Text.ledger.links ?></h2><ul><?cs each:l = Links ?><li><?cs if:l.is_order ?><a href="<?cs var:Site.base ?>/staff/assessment/order/<?cs var:l.id ?>"><?cs var:Text.order.show.heading ?> <?cs var:l.id ?></a><?cs else ?><a href="<?cs var:Site.base ?>/staff/assessment/circular/<?cs var:l.id ?>"><?cs var:Text.circular.title ?> <?cs var:l.id ?></a><?cs /if ?></li><?cs /each ?></ul></section>
<?cs /if ?><section aria-labelledby="h-time"><h2 id="h-time"><?cs var:Text.staff.show.timeline ?></h2>
<ol class="timeline" reversed><?cs each:e = Timeline ?><li><p><strong><?cs var:e.action ?></strong><?cs if:e.decision ?>: <?cs var:e.decision ?><?cs /if ?><?cs if:?e.amount ?> · <?cs var:e.amount ?><?cs /if ?></p>
<p class="small"><?cs call:moment(e.at) ?> · <?cs var:e.actor ?></p>
<?cs if:e.words ?><p class="words"><?cs var:e.words ?></p><?cs elif:e.is_emptied ?><p class="small"><?cs var:Text.staff.show.emptied ?></p><?cs /if ?></li>
<?cs /each ?></ol></section>
</div><div class="noprint">
<section aria-labelledby="h-steps" class="acts"><h2 id="h-steps"><?cs var:Text.staff.show.steps ?></h2>
<?cs if:!?Forms.0.name ?><p><?cs var:Text.order.show.nothing ?></p><?cs /if ?><?cs each:f = Forms ?><details class="act" id="act-<?cs var:f.name ?>"<?cs if:f.is_open ?> open<?cs /if ?>><summary><?cs var:f.title ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/assessment/ledger/<?cs var:Penalty.id ?>/<?cs var:f.name ?>"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:f.version ?>">
<?cs each:x = f.Fields ?><?cs call:act_field(x) ?><?cs /each ?><button class="button" type="submit"><?cs var:f.title ?></button></form></details>
<?cs /each ?><?cs if:Penalty.is_standing ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/assessment/ledger/<?cs var:Penalty.id ?>/notice"><?cs var:Text.ledger.notice.open ?></a></p><?cs /if ?><?cs if:may_order ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/assessment/order/new?penalty=<?cs var:Penalty.id ?>"><?cs var:Text.order.new.title ?></a></p><?cs /if ?></section>
</div></div>
<?cs call:staff_end() ?>
