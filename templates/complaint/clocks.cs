<?cs #
Clocks as filing.h's clocks_show() sets them. A page includes this in place of layout.cs.

what will run; nothing runs yet
?><?cs include!"layout.cs" ?><?cs def:promise_list(clocks) ?><ul><?cs each:c = clocks ?><li><strong><?cs var:c.title ?></strong> <span class="small"><?cs var:c.article ?><?cs if:c.is_goal ?> · <?cs var:Text.commitment.goal ?><?cs /if ?></span></li>
<?cs /each ?></ul>
<?cs /def ?><?cs #

what runs, with its times
?><?cs def:clock_list(clocks) ?><?cs each:c = clocks ?><div class="clock <?cs var:c.kind ?>"><h3><?cs var:c.title ?><?cs if:c.cycle ?> <?cs var:Text.complaint.again ?><?cs /if ?></h3>
<p><?cs if:?c.due.iso ?><?cs if:?c.granted.iso ?><?cs var:Text.complaint.original ?> <?cs call:moment(c.due) ?><?cs var:Text.complaint.granted ?> <?cs call:moment(c.granted) ?><?cs else ?><?cs var:Text.complaint.due ?> <?cs call:moment(c.due) ?><?cs /if ?> · <?cs /if ?><?cs if:c.is_counting ?><span class="left" data-due="<?cs if:?c.granted.ms ?><?cs var:c.granted.ms ?><?cs else ?><?cs var:c.due.ms ?><?cs /if ?>"><?cs var:c.standing ?></span><?cs else ?><span class="left"><?cs var:c.standing ?></span><?cs /if ?></p>
<p class="small"><?cs var:c.article ?><?cs if:c.is_goal ?> · <?cs var:Text.commitment.goal ?><?cs /if ?></p></div>
<?cs /each ?><?cs /def ?>
