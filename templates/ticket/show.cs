<?cs include!"ticket/parts.cs" ?><?cs include!"photos.cs" ?><?cs include!"delivery.cs" ?><?cs #

?><?cs def:act_form(f) ?><details class="act" id="act-<?cs var:f.name ?>"<?cs if:f.is_open ?> open<?cs /if ?>><summary><?cs var:f.title ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/<?cs var:f.name ?><?cs if:?List.from ?>?from=<?cs var:List.from ?><?cs /if ?>"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:f.version ?>">
<?cs if:f.verdict ?><p class="box bad"><?cs var:f.verdict ?></p><?cs /if ?>
<?cs each:x = f.Fields ?><?cs call:act_field(x) ?><?cs if:x.name == "words" ?><?cs call:canned_choice(f) ?><?cs /if ?><?cs /each ?><button class="button" type="submit"><?cs var:f.title ?></button></form></details>
<?cs /def ?><?cs #

?><?cs call:staff_start() ?><?cs call:clock_words() ?>
<nav class="back" aria-label="<?cs var:Text.desk.neighbours ?>"><a id="back" href="<?cs var:Site.base ?>/staff/ticket/<?cs if:?List.url ?><?cs var:List.url ?><?cs /if ?>"><?cs var:Text.staff.show.back ?><?cs if:?List.label ?> (<?cs var:List.label ?>)<?cs /if ?></a><?cs if:?List.prev ?><a id="prev" rel="prev" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:List.prev ?>?from=<?cs var:List.from ?>"><?cs var:Text.desk.prev ?></a><?cs /if ?><?cs if:?List.next ?><a id="next" rel="next" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:List.next ?>?from=<?cs var:List.from ?>"><?cs var:Text.desk.next ?></a><?cs /if ?><button id="show-keys" type="button" class="button second" hidden><?cs var:Text.staff.keys.title ?></button></nav>
<?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.staff.show.done ?></p><?cs /if ?>
<?cs if:is_new ?><div class="panel" role="status"><h2><?cs var:Text.staff.show.filed ?></h2><p><?cs var:Text.staff.show.read_out ?></p>
<dl><div><dt><?cs var:Text.staff.queue.number ?></dt><dd class="number"><?cs var:Ticket.number_text ?></dd></div><?cs if:?Ticket.code ?><div><dt><?cs var:Text.staff.show.code ?></dt><dd class="number"><?cs var:Ticket.code ?></dd></div><?cs /if ?></dl></div>
<?cs /if ?><?cs #

what was tried ?><?cs if:?Attempt.name ?><div class="errors" role="alert" tabindex="-1"><h2><?cs if:Attempt.is_conflict ?><?cs var:Text.staff.show.conflict ?><?cs else ?><?cs var:Text.staff.show.not_done ?> <?cs var:Attempt.title ?><?cs /if ?></h2>
<?cs if:Attempt.words ?><p><?cs var:Attempt.words ?></p><?cs /if ?>
<?cs if:?Conflict.0.seq ?><ul class="timeline"><?cs each:e = Conflict ?><?cs call:entry(e) ?><?cs /each ?></ul><?cs /if ?>
<?cs if:?Attempt.Errors.0.id ?><ul><?cs each:e = Attempt.Errors ?><li><a href="#f-<?cs var:e.id ?>"><?cs var:e.text ?></a></li><?cs /each ?></ul><?cs /if ?>
<?cs if:Attempt.is_offered ?><p><a href="#act-<?cs var:Attempt.name ?>"><?cs var:Text.staff.show.to_form ?></a></p><?cs else ?><?cs if:?Attempt.Typed.0.label ?><h3><?cs var:Text.staff.page.typed ?></h3><dl class="rows"><?cs each:t = Attempt.Typed ?><?cs call:row(t.label, t.value) ?><?cs /each ?></dl><?cs /if ?><?cs if:Attempt.typed ?><div class="field"><label for="f-typed"><?cs var:Text.staff.show.typed ?></label><textarea id="f-typed" rows="3" readonly>
<?cs var:Attempt.typed ?></textarea></div><?cs /if ?><?cs /if ?></div>
<?cs /if ?><?cs #

?><div class="bar-top"><h1><span class="no"><?cs var:Ticket.number_text ?></span> <?cs call:tag(Ticket.state, "info") ?></h1><?cs if:?Ticket.due.ms ?><p class="next"><?cs var:Text.staff.queue.due ?>: <?cs call:countdown(Ticket.due) ?></p><?cs /if ?><?cs if:?Ticket.granted.ms ?><p class="small"><?cs call:both_dues(Ticket) ?></p><?cs /if ?><p class="jump"><a href="#h-steps"><?cs var:Text.staff.show.steps ?></a></p></div>
<?cs if:Ticket.is_limit_missing ?><?cs call:notice(Text.staff.page.limit_missing, "bad") ?><?cs elif:Ticket.is_limit_open ?><?cs call:notice(Text.staff.page.limit_open, "bad") ?><?cs /if ?><?cs
if:is_inspection_missing ?><?cs call:notice(Text.staff.page.inspection_missing, "warn") ?><?cs /if ?><?cs
if:?Acknowledgements.0.who ?><div class="box bad"><p><?cs var:Text.staff.page.escalated ?></p><ul><?cs each:a = Acknowledgements ?><li><?cs var:a.who ?>: <?cs if:a.is_done ?><?cs var:Text.staff.page.acknowledged ?><?cs if:?a.at.ms ?> <?cs call:moment(a.at) ?><?cs /if ?><?cs else ?><strong><?cs var:Text.staff.page.not_acknowledged ?></strong><?cs if:?a.named.ms ?> (<?cs var:Text.staff.page.told_at ?> <?cs call:moment(a.named) ?>)<?cs /if ?><?cs /if ?></li><?cs /each ?></ul></div><?cs /if ?><?cs
each:u = UnitEscalations ?><p class="box warn"><?cs var:Text.staff.page.unit_escalated ?> <?cs var:u.unit ?> · <?cs call:moment(u.at) ?></p><?cs /each ?><?cs
if:Ticket.is_extension_pending ?><p class="box warn"><?cs var:Text.staff.show.extension_pending ?> <?cs call:moment(Ticket.proposed_due) ?></p><?cs /if ?><?cs
if:Ticket.is_not_fixed ?><?cs call:notice(Text.staff.show.not_fixed, "warn") ?><?cs /if ?><?cs
if:Ticket.is_review_pending ?><?cs call:notice(Text.staff.show.review_pending, "warn") ?><?cs /if ?>
<div class="desk"><div>
<section aria-labelledby="h-facts"><h2 id="h-facts"><?cs var:Text.staff.show.facts ?></h2>
<dl class="rows"><?cs call:row(Text.staff.field.category, Ticket.category) ?><?cs if:Ticket.grades ?><div><dt><?cs var:Text.staff.field.grades ?></dt><dd><?cs call:tag(Ticket.grades, "bad") ?></dd></div><?cs /if ?><?cs call:row(Text.staff.field.place, Ticket.place) ?><?cs call:row(Text.staff.field.zone, Ticket.zone) ?><?cs if:?Ticket.diameter ?><div><dt><?cs var:Text.staff.field.diameter_mm ?></dt><dd><?cs var:Ticket.diameter ?></dd></div><?cs /if ?><?cs if:Ticket.is_valve_stuck ?><?cs call:row(Text.staff.field.valve_stuck, Text.staff.yes) ?><?cs /if ?><?cs call:row(Text.staff.field.source, Ticket.source) ?><?cs call:row(Text.staff.field.nature, Ticket.nature) ?><div><dt><?cs var:Text.staff.queue.reported ?></dt><dd><?cs call:moment(Ticket.reported) ?></dd></div><?cs if:Ticket.unit ?><?cs call:row(Text.staff.field.unit, Ticket.unit) ?><?cs /if ?><?cs if:?Ticket.appointment.ms ?><div><dt><?cs var:Text.staff.field.appointment_at ?></dt><dd><?cs call:moment(Ticket.appointment) ?></dd></div><?cs /if ?><?cs if:Ticket.first_receiver ?><div><dt><?cs var:Text.staff.page.first_receiver ?></dt><dd><?cs var:Ticket.first_receiver ?><?cs if:Ticket.is_my_first ?> <?cs call:tag(Text.staff.page.my_first, "info") ?><?cs /if ?></dd></div><?cs /if ?><?cs if:?Ticket.handoffs ?><?cs call:row(Text.staff.page.handoffs, Ticket.handoffs) ?><?cs /if ?><?cs if:?Ticket.cycle ?><?cs call:row(Text.staff.show.cycle, Ticket.cycle) ?><?cs /if ?><?cs if:?Ticket.urges ?><?cs call:row(Text.staff.queue.urged, Ticket.urges) ?><?cs /if ?><?cs if:?Ticket.followers ?><?cs call:row(Text.known.followers, Ticket.followers) ?><?cs /if ?><?cs if:?Ticket.repeat ?><?cs call:row(Text.staff.queue.repeat, Ticket.repeat) ?><?cs /if ?><?cs if:Ticket.satisfaction ?><?cs call:row(Text.staff.field.satisfaction, Ticket.satisfaction) ?><?cs /if ?><?cs if:Ticket.outside_number ?><div><dt><?cs var:Ticket.outside_system ?></dt><dd><?cs var:Ticket.outside_number ?></dd></div><?cs /if ?><?cs if:?Ticket.outside_due.ms ?><div><dt><?cs var:Text.staff.field.outside_due ?></dt><dd><?cs call:moment(Ticket.outside_due) ?></dd></div><?cs /if ?><?cs if:?Ticket.code ?><?cs call:row(Text.staff.show.code, Ticket.code) ?><?cs /if ?></dl></section>
<section aria-labelledby="h-person"><h2 id="h-person"><?cs var:Text.staff.show.person ?></h2>
<?cs if:Person.is_there ?><dl class="rows"><?cs if:Person.name ?><?cs call:row(Text.staff.new.name, Person.name) ?><?cs /if ?><?cs if:Person.phone ?><?cs call:row(Text.staff.new.phone, Person.phone) ?><?cs /if ?><?cs if:Person.account ?><?cs call:row(Text.staff.new.account, Person.account) ?><?cs /if ?><?cs if:Person.address ?><?cs call:row(Text.staff.new.address, Person.address) ?><?cs elif:Person.has_address ?><?cs call:row(Text.staff.new.address, Text.staff.show.hidden) ?><?cs /if ?></dl>
<?cs if:Person.is_clear ?><?cs call:notice(Text.staff.show.unmasked, "warn") ?><?cs elif:Person.may_unmask ?><form method="post" action="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/unmask"><?cs call:form_token() ?><?cs call:button_second(Text.staff.show.unmask) ?></form><form method="post" action="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/slip"><?cs call:form_token() ?><button class="button second" id="slip" type="submit"><?cs var:Text.slip.button ?></button></form><?cs /if ?>
<?cs else ?><p><?cs var:Text.staff.show.nobody ?></p><?cs /if ?></section>
<?cs if:?Calls.0.ref ?><section aria-labelledby="h-calls"><h2 id="h-calls"><?cs var:Text.staff.call.title ?></h2>
<ul><?cs each:c = Calls ?><li><?cs call:moment(c.at) ?><?cs if:c.phone ?> · <?cs var:c.phone ?><?cs /if ?> · <?cs var:Text.staff.call.ref ?> <?cs var:c.ref ?><?cs if:c.recording ?> · <?cs var:Text.staff.call.recording ?> <?cs var:c.recording ?><?cs /if ?></li><?cs /each ?></ul></section>
<?cs /if ?><section aria-labelledby="h-words"><h2 id="h-words"><?cs var:Text.staff.new.words ?></h2><p class="words"><?cs if:Ticket.words ?><?cs var:Ticket.words ?><?cs else ?><?cs var:Text.staff.none ?><?cs /if ?></p></section>
<?cs call:photo_section() ?><?cs if:?Parent.0.number ?><section aria-labelledby="h-parent"><h2 id="h-parent"><?cs var:Text.staff.page.parent ?></h2>
<ul class="related"><?cs each:r = Parent ?><li><?cs call:related_row(r) ?></li><?cs /each ?></ul><?cs if:?ParentPhotos.0.url ?><h3><?cs var:Text.photo.parent ?></h3>
<?cs call:photo_list(ParentPhotos) ?><?cs /if ?></section>
<?cs /if ?><?cs if:?Children.0.number ?><section aria-labelledby="h-children"><h2 id="h-children"><?cs var:Text.staff.page.children ?> (<?cs var:child_count ?><?cs if:has_more_children ?>+<?cs /if ?>)</h2>
<p class="hint"><?cs var:Text.staff.page.children_hint ?></p>
<ul class="related"><?cs each:r = Children ?><li><?cs call:related_row(r) ?><?cs if:r.may_unmerge ?><form method="post" action="<?cs var:Site.base ?>/staff/ticket/<?cs var:r.number ?>/unmerge"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:r.version ?>"><button class="button second" type="submit"><?cs var:Text.staff.act.unmerge ?><span class="unseen"> <?cs var:r.number_text ?></span></button></form><?cs /if ?></li><?cs /each ?></ul></section>
<?cs /if ?><?cs if:?EarlierReports.0.number ?><section aria-labelledby="h-earlier"><h2 id="h-earlier"><?cs var:Text.staff.page.earlier ?></h2>
<ul class="related"><?cs each:r = EarlierReports ?><li><?cs call:related_row(r) ?></li><?cs /each ?></ul></section>
<?cs /if ?><?cs if:?LaterReports.0.number ?><section aria-labelledby="h-later"><h2 id="h-later"><?cs var:Text.staff.page.later ?> (<?cs var:later_count ?><?cs if:has_more_later ?>+<?cs /if ?>)</h2>
<ul class="related"><?cs each:r = LaterReports ?><li><?cs call:related_row(r) ?></li><?cs /each ?></ul></section>
<?cs /if ?><?cs if:?Results.0.at.ms ?><section aria-labelledby="h-results"><h2 id="h-results"><?cs var:Text.staff.page.results ?></h2>
<?cs each:r = Results ?><?cs if:r.cycle ?><h3><?cs var:r.cycle ?></h3>
<?cs /if ?><dl class="rows"><div><dt><?cs var:Text.staff.field.outcome ?></dt><dd><?cs if:r.is_unsolved ?><?cs call:tag(r.outcome, "bad") ?><?cs else ?><?cs var:r.outcome ?><?cs /if ?> · <?cs call:moment(r.at) ?><?cs if:r.by ?> · <?cs var:r.by ?><?cs /if ?><?cs if:r.unit ?>, <?cs var:r.unit ?><?cs /if ?><?cs if:r.words ?><p class="words"><?cs var:r.words ?></p><?cs /if ?></dd></div><?cs if:r.cause ?><?cs call:row(Text.staff.field.cause, r.cause) ?><?cs /if ?><?cs if:r.review ?><div><dt><?cs var:Text.staff.page.review ?></dt><dd><?cs var:r.review ?><?cs if:r.review_words ?><p class="words"><?cs var:r.review_words ?></p><?cs /if ?></dd></div><?cs /if ?><?cs if:r.follow_up ?><div><dt><?cs var:Text.staff.field.follow_up ?></dt><dd><?cs var:r.follow_up ?><?cs if:?r.attempts ?> · <?cs var:Text.staff.page.attempts ?> <?cs var:r.attempts ?><?cs /if ?><?cs if:r.follow_up_words ?><p class="words"><?cs var:r.follow_up_words ?></p><?cs /if ?></dd></div><?cs /if ?><?cs if:r.satisfaction ?><?cs call:row(Text.staff.field.satisfaction, r.satisfaction) ?><?cs /if ?></dl>
<?cs /each ?></section>
<?cs /if ?><section aria-labelledby="h-time"><h2 id="h-time"><?cs var:Text.staff.show.timeline ?></h2>
<?cs each:c = Timeline ?><?cs if:c.cycle ?><h3><?cs var:c.cycle ?></h3>
<?cs /if ?><?cs if:c.count == "0" ?><p><?cs var:Text.staff.page.cycle_empty ?></p>
<?cs else ?><ol class="timeline" reversed><?cs each:e = c.Entries ?><?cs call:entry(e) ?><?cs /each ?></ol>
<?cs /if ?><?cs /each ?></section>
<?cs call:delivery_section() ?></div><div>
<section aria-labelledby="h-steps" class="acts"><h2 id="h-steps"><?cs var:Text.staff.show.steps ?></h2>
<?cs if:may_join ?><p class="box info"><?cs var:Text.staff.joint.proposal ?> <a class="button" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/joint"><?cs var:Text.staff.joint.title ?></a></p>
<?cs /if ?><?cs if:?Steps.0.name ?><?cs each:f = Steps ?><?cs call:act_form(f) ?><?cs /each ?><?cs else ?><p><?cs var:Text.staff.show.no_steps ?></p><?cs /if ?>
<?cs if:may_link_crew ?><p><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/link"><?cs var:Text.crew.link.title ?></a></p>
<?cs /if ?><?cs if:?Waiting.0.title ?><ul class="waiting"><?cs each:w = Waiting ?><li><strong><?cs var:w.title ?></strong>: <?cs var:w.why ?></li><?cs /each ?></ul>
<?cs /if ?></section>
<?cs if:?More.0.name ?><section aria-labelledby="h-more" class="acts"><h2 id="h-more"><?cs var:Text.staff.show.more ?></h2>
<?cs each:f = More ?><?cs call:act_form(f) ?><?cs /each ?>
<?cs if:may_merge ?><p><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/merge"><?cs var:Text.staff.merge.title ?></a></p>
<?cs /if ?><?cs if:may_link ?><p><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/repeat"><?cs var:Text.staff.repeat.title ?></a></p>
<?cs /if ?></section>
<?cs /if ?><?cs if:may_hand_over ?><p class="noprint"><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/discipline"><?cs var:Text.hand.ticket.title ?></a></p>
<?cs /if ?><section aria-labelledby="h-clocks"><h2 id="h-clocks"><?cs var:Text.staff.show.clocks ?></h2>
<?cs if:!?Clocks.0.no ?><p><?cs var:Text.staff.show.no_clocks ?></p><?cs /if ?><?cs each:c = Clocks ?><div class="clock <?cs if:c.is_running ?><?cs if:?c.left.kind ?>run-<?cs var:c.left.kind ?><?cs /if ?><?cs else ?>over-<?cs var:c.colour ?><?cs /if ?>"><h3><?cs var:c.name ?> <span class="small"><?cs var:c.article ?></span></h3>
<p><?cs if:c.is_running ?><?cs if:?c.left.ms ?><?cs call:countdown(c.left) ?><?cs else ?><?cs call:tag(Text.staff.clock.unset, "warn") ?><?cs /if ?><?cs else ?><?cs call:tag(c.result, c.colour) ?> <?cs var:Text.staff.clock.used ?> <?cs var:c.used ?><?cs if:?c.late ?>, <?cs var:Text.staff.clock.late ?> <?cs var:c.late ?><?cs /if ?><?cs if:c.granted_result ?> · <?cs var:Text.staff.page.by_granted ?> <?cs var:c.granted_result ?><?cs /if ?><?cs /if ?><?cs if:?c.corrected ?> <?cs call:tag(Text.staff.clock.corrected, "warn") ?> <?cs var:c.corrected ?><?cs /if ?></p>
<p class="small"><?cs var:c.limit ?><?cs if:c.is_goal ?> (<?cs var:Text.staff.clock.goal ?>)<?cs /if ?> · <?cs var:c.unit ?><?cs if:?c.cycle ?> · <?cs var:Text.staff.show.cycle ?> <?cs var:c.cycle ?><?cs /if ?><?cs if:?c.excuse ?> · <a href="<?cs var:Site.base ?>/staff/ticket/failure/<?cs var:c.excuse ?>"><?cs var:Text.failure.show.link ?> <?cs var:c.excuse ?></a><?cs /if ?></p>
<p class="small"><?cs var:Text.staff.clock.from ?> <?cs call:moment(c.started) ?><?cs if:?c.due.ms ?> · <?cs var:Text.staff.clock.due ?> <?cs call:moment(c.due) ?><?cs /if ?><?cs if:?c.granted.ms ?> · <?cs var:Text.staff.clock.granted ?> <?cs call:moment(c.granted) ?><?cs /if ?><?cs if:?c.stopped.ms ?> · <?cs var:Text.staff.clock.stopped ?> <?cs call:moment(c.stopped) ?><?cs /if ?></p></div>
<?cs /each ?></section>
<?cs if:?Outages.0.id || may_report_outage ?><section aria-labelledby="h-outages"><h2 id="h-outages"><?cs var:Text.outage.of_ticket ?></h2>
<?cs if:?Outages.0.id ?><ul><?cs each:o = Outages ?><li><a href="<?cs var:Site.base ?>/staff/supply/<?cs var:o.id ?>"><?cs var:Text.outage.number ?> <?cs var:o.id ?></a> <?cs call:tag(o.phase, o.colour) ?> <?cs var:Text.outage.end ?> <?cs call:moment(o.end) ?><?cs if:o.is_joined ?> <?cs var:Text.outage.joined ?><?cs /if ?></li><?cs /each ?></ul>
<?cs /if ?><?cs if:may_report_outage ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/supply/new?ticket=<?cs var:Ticket.number ?>"><?cs var:Text.outage.of_ticket_new ?></a></p>
<?cs /if ?></section>
<?cs /if ?><?cs if:?Orders.0.id || may_order ?><section aria-labelledby="h-orders"><h2 id="h-orders"><?cs var:Text.order.of_ticket ?></h2>
<?cs if:?Orders.0.id ?><ul><?cs each:o = Orders ?><li><a href="<?cs var:Site.base ?>/staff/assessment/order/<?cs var:o.id ?>"><?cs var:Text.order.number ?> <?cs var:o.id ?></a> <?cs call:tag(o.state, o.colour) ?> <?cs var:o.unit ?>, <?cs var:Text.order.due ?> <?cs call:moment(o.due) ?></li><?cs /each ?></ul>
<?cs /if ?><?cs if:may_order ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/assessment/order/new?ticket=<?cs var:Ticket.number ?>"><?cs var:Text.order.new.title ?></a></p>
<?cs /if ?></section>
<?cs /if ?><section aria-labelledby="h-units"><h2 id="h-units"><?cs var:Text.staff.show.units ?></h2>
<?cs if:?Assignments.0.no ?><div class="scroll" role="group" aria-labelledby="h-units" tabindex="0"><table><thead><tr><th scope="col"><?cs var:Text.staff.field.unit ?></th><th scope="col"><?cs var:Text.staff.field.state ?></th><th scope="col"><?cs var:Text.staff.show.dispatched ?></th><th scope="col"><?cs var:Text.staff.show.accepted ?></th><th scope="col"><?cs var:Text.staff.show.held ?></th></tr></thead><tbody>
<?cs each:a = Assignments ?><tr><th scope="row"><?cs var:a.unit ?><br><span class="small"><?cs var:a.role ?><?cs if:a.dispatcher ?> · <?cs var:Text.staff.page.dispatcher ?> <?cs var:a.dispatcher ?><?cs /if ?></span></th><td><?cs var:a.state ?></td><td><?cs call:moment(a.dispatched) ?></td><td><?cs if:?a.accepted.ms ?><?cs call:moment(a.accepted) ?><?cs else ?>–<?cs /if ?></td><td><?cs var:a.held ?></td></tr>
<?cs /each ?></tbody></table></div><?cs else ?><p><?cs var:Text.staff.show.no_units ?></p><?cs /if ?>
<?cs if:?Holdings.0.unit ?><p class="small"><?cs var:Text.staff.page.holdings ?><?cs each:h = Holdings ?> <span class="detail"><?cs var:h.unit ?> <?cs var:h.held ?></span><?cs /each ?></p>
<?cs /if ?><?cs if:?ops_wait ?><p class="small"><?cs var:Text.staff.show.ops_wait ?> <?cs var:ops_wait ?></p><?cs /if ?></section>
</div></div>
<?cs call:key_help() ?><?cs call:staff_end() ?>
