<?cs #
How a report stands. What is inside "live" is replaced by the script when it changes.
?><?cs include!"complaint/clocks.cs" ?><?cs include!"photos.cs" ?><?cs call:public_start() ?><?cs if:is_refused ?><div class="errors" role="alert"><p><?cs var:Text.complaint.refused ?></p></div>
<?cs /if ?><p class="step"><?cs var:Text.complaint.number ?> <?cs var:Ticket.number_text ?></p>
<h1><?cs var:Page.title ?></h1>
<div id="live" data-units="<?cs var:Text.complaint.units ?>" data-left="<?cs var:Text.complaint.left ?>">
<p><?cs call:tag(Ticket.state, Ticket.kind) ?> <?cs var:Ticket.sentence ?><?cs if:?Ticket.parent ?> <?cs var:Ticket.parent ?><?cs /if ?></p>
<?cs if:?Dots.0.kind ?><ol class="dots"><?cs each:d = Dots ?><li class="<?cs var:d.kind ?>"<?cs if:d.is_now ?> aria-current="step"<?cs /if ?>><?cs var:d.words ?></li><?cs /each ?></ol>
<?cs /if ?><?cs if:?Ticket.appointment.iso ?><p class="box info"><?cs var:Text.complaint.appointment ?> <?cs call:moment(Ticket.appointment) ?><?cs if:may_move ?> <a class="lone" href="<?cs var:Site.base ?>/complaint/progress/<?cs var:Ticket.number ?>/appointment"><?cs var:Text.complaint.move_link ?></a><?cs /if ?></p>
<?cs /if ?><h2><?cs var:Text.complaint.promises ?></h2>
<?cs if:?Clocks.0.title ?><?cs call:clock_list(Clocks) ?><?cs else ?><p><?cs var:Text.complaint.no_clock ?></p>
<?cs /if ?><h2><?cs var:Text.complaint.timeline ?></h2>
<ol class="timeline"><?cs each:w = Waiting ?><li class="own"><p><strong><?cs var:w.sentence ?></strong></p><?cs if:w.words ?><p><?cs var:w.words ?></p><?cs /if ?></li>
<?cs /each ?><?cs each:s = Steps ?><li<?cs if:s.is_own ?> class="own"<?cs /if ?>><p><?cs call:moment(s.at) ?> <strong><?cs var:s.sentence ?></strong></p><?cs if:?s.words ?><p><?cs var:s.words ?></p><?cs /if ?></li>
<?cs /each ?><li><p><?cs call:moment(Ticket.reported) ?> <strong><?cs var:Text.complaint.step.report ?></strong></p><p><?cs var:Ticket.matter ?> · <?cs var:Ticket.place ?></p></li></ol>
<?cs if:?Photos.0.url ?><h2><?cs var:Text.photo.title ?></h2>
<?cs call:photo_list(Photos) ?><?cs /if ?></div>
<?cs if:is_urged ?><p class="box info"><?cs var:Text.complaint.urged ?> <?cs call:hotline_link() ?></p>
<?cs elif:may_urge ?><form method="post" action="<?cs var:Site.base ?>/complaint/progress/<?cs var:url_escape(Ticket.number) ?>/urge"><?cs call:form_token() ?><?cs call:button_second(Text.complaint.urge_button) ?></form>
<?cs /if ?><?cs if:may_tell ?><p><a class="button second" href="<?cs var:Site.base ?>/complaint/progress/<?cs var:Ticket.number ?>/tell"><?cs var:Text.complaint.tell_link ?></a></p>
<?cs /if ?><?cs call:public_end() ?>
