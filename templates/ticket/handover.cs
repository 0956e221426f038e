<?cs #
One shift handover with its tickets.
?><?cs include!"staff.cs" ?><?cs call:staff_start() ?><?cs call:clock_words() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/ticket/handover/"><?cs var:Text.handover.back ?></a></p>
<?cs if:?problem ?><div class="errors" role="alert" tabindex="-1"><p><?cs var:problem ?></p></div>
<?cs /if ?><h1><?cs var:Page.title ?></h1>
<dl class="rows"><?cs call:row(Text.handover.from, Handover.from) ?><?cs call:row(Text.handover.to, Handover.to) ?><div><dt><?cs var:Text.handover.at ?></dt><dd><?cs call:moment(Handover.handed) ?></dd></div><div><dt><?cs var:Text.handover.confirmed ?></dt><dd><?cs if:?Handover.confirmed.ms ?><?cs call:moment(Handover.confirmed) ?><?cs else ?><?cs var:Text.handover.open ?><?cs /if ?></dd></div></dl>
<?cs if:Handover.note ?><p class="words"><?cs var:Handover.note ?></p>
<?cs /if ?><?cs if:may_confirm ?><form method="post" action="<?cs var:Site.base ?>/staff/ticket/handover/<?cs var:Handover.id ?>/confirm"><?cs call:form_token() ?><?cs call:button(Text.handover.confirm) ?></form>
<?cs /if ?><section aria-labelledby="h-items"><h2 id="h-items"><?cs var:Text.handover.items ?></h2>
<?cs if:?Items.0.number ?><div class="scroll" role="group" aria-labelledby="h-items" tabindex="0"><table><thead><tr><th scope="col"><?cs var:Text.staff.queue.number ?></th><th scope="col"><?cs var:Text.staff.clock.due ?></th><th scope="col"><?cs var:Text.staff.field.place ?></th><th scope="col"><?cs var:Text.staff.field.state ?></th><th scope="col"><?cs var:Text.handover.item_note ?></th></tr></thead><tbody>
<?cs each:i = Items ?><tr><th scope="row"><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:i.number ?>"><?cs var:i.number_text ?></a></th><td><?cs if:?i.due.ms ?><?cs call:countdown(i.due) ?><?cs /if ?></td><td><?cs var:i.place ?></td><td><?cs var:i.state ?></td><td><?cs if:may_note ?><form method="post" action="<?cs var:Site.base ?>/staff/ticket/handover/<?cs var:Handover.id ?>/note"><?cs call:form_token() ?><input type="hidden" name="position" value="<?cs var:i.position ?>"><label class="unseen" for="n-<?cs var:i.position ?>"><?cs var:Text.handover.item_note ?> <?cs var:i.number_text ?></label><input type="text" id="n-<?cs var:i.position ?>" name="note" value="<?cs if:?i.typed ?><?cs var:i.typed ?><?cs else ?><?cs var:i.note ?><?cs /if ?>" class="short"> <button class="button second" type="submit"><?cs var:Text.handover.keep ?></button></form><?cs else ?><?cs if:?i.typed ?><?cs var:i.typed ?> <?cs /if ?><?cs var:i.note ?><?cs /if ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs else ?><p><?cs var:Text.handover.no_items ?></p>
<?cs /if ?></section>
<?cs call:staff_end() ?>
