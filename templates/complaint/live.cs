<?cs #
What is seen of a report while it goes on, as progress.c puts it. A page includes this in place of layout.cs.

?><?cs include!"complaint/clocks.cs" ?><?cs #

what the script replaces, says and pauses; without it nothing moves
?><?cs def:live_start() ?><div id="live" data-version="<?cs var:Ticket.version ?>" data-units="<?cs var:Text.complaint.units ?>" data-left="<?cs var:Text.complaint.left ?>">
<?cs /def ?><?cs def:live_end() ?></div>
<p class="noprint"><button id="pause" type="button" class="button second" hidden data-pause="<?cs var:Text.live.pause ?>" data-go="<?cs var:Text.live.go ?>"><?cs var:Text.live.pause ?></button></p>
<p id="news" class="unseen" role="status" data-changed="<?cs var:Text.live.changed ?>" data-paused="<?cs var:Text.live.paused ?>"></p>
<?cs /def ?><?cs #

the five states, of which side states have none
?><?cs def:state_dots() ?><?cs if:?Dots.0.kind ?><ol class="dots"><?cs each:d = Dots ?><li class="<?cs var:d.kind ?>"<?cs if:d.is_now ?> aria-current="step"<?cs /if ?>><?cs var:d.words ?></li><?cs /each ?></ol>
<?cs /if ?><?cs /def ?><?cs #

?><?cs def:promises() ?><h2><?cs var:Text.complaint.promises ?></h2>
<?cs if:?Clocks.0.title ?><?cs call:clock_list(Clocks) ?><?cs else ?><p><?cs var:Text.complaint.no_clock ?></p>
<?cs /if ?><?cs /def ?><?cs #

first: the sentence of its beginning
?><?cs def:timeline(first) ?><h2><?cs var:Text.complaint.timeline ?></h2>
<ol class="timeline"><?cs each:w = Waiting ?><li class="own"><p><strong><?cs var:w.sentence ?></strong></p><?cs if:w.words ?><p><?cs var:w.words ?></p><?cs /if ?></li>
<?cs /each ?><?cs each:s = Steps ?><li<?cs if:s.is_own ?> class="own"<?cs /if ?>><p><?cs call:moment(s.at) ?> <strong><?cs var:s.sentence ?></strong></p><?cs if:?s.words ?><p><?cs var:s.words ?></p><?cs /if ?></li>
<?cs /each ?><li><p><?cs call:moment(Ticket.reported) ?> <strong><?cs var:first ?></strong></p><p><?cs var:Ticket.matter ?> · <?cs var:Ticket.place ?></p></li></ol>
<?cs /def ?>
