<?cs #
How a report stands. What is inside "live" is replaced by the script when it changes.
?><?cs include!"complaint/live.cs" ?><?cs include!"photos.cs" ?><?cs call:public_start() ?><?cs if:is_refused ?><div class="errors" role="alert"><p><?cs var:Text.complaint.refused ?></p></div>
<?cs /if ?><p class="step"><?cs var:Text.complaint.number ?> <?cs var:Ticket.number_text ?></p>
<h1><?cs var:Page.title ?></h1>
<?cs call:live_start() ?>
<p><?cs call:tag(Ticket.state, Ticket.kind) ?> <?cs var:Ticket.sentence ?><?cs if:?Ticket.parent ?> <?cs var:Ticket.parent ?><?cs /if ?></p>
<?cs if:?Ticket.reason ?><p class="told"><?cs var:Ticket.reason ?></p>
<?cs /if ?><?cs if:?Ticket.now ?><p><?cs var:Ticket.now ?><?cs if:is_anew ?> <?cs call:hotline_link() ?> <a class="lone" href="<?cs var:Site.base ?>/complaint/new"><?cs var:Text.complaint.lost.again ?></a><?cs /if ?></p>
<?cs /if ?><?cs call:state_dots() ?><?cs if:?Ticket.appointment.iso ?><p class="box info"><?cs var:Text.complaint.appointment ?> <?cs call:moment(Ticket.appointment) ?><?cs if:may_move ?> <a class="lone" href="<?cs var:Site.base ?>/complaint/progress/<?cs var:Ticket.number ?>/appointment"><?cs var:Text.complaint.move_link ?></a><?cs /if ?></p>
<?cs /if ?><?cs call:promises() ?><?cs call:timeline(Text.complaint.step.report) ?><?cs if:?Photos.0.url ?><h2><?cs var:Text.photo.title ?></h2>
<?cs call:photo_list(Photos) ?><?cs /if ?><?cs call:live_end() ?><div class="acts"><?cs if:is_urged ?><p class="box info"><?cs var:Text.complaint.urged ?> <?cs call:hotline_link() ?></p>
<?cs elif:may_urge ?><form method="post" action="<?cs var:Site.base ?>/complaint/progress/<?cs var:url_escape(Ticket.number) ?>/urge"><?cs call:form_token() ?><?cs call:button_second(Text.complaint.urge_button) ?></form>
<?cs /if ?><?cs if:may_tell ?><p><a class="button second" href="<?cs var:Site.base ?>/complaint/progress/<?cs var:Ticket.number ?>/tell"><?cs var:tell_words ?></a></p>
<?cs /if ?></div>
<?cs call:public_end() ?>
