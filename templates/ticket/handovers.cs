<?cs #
Shift handovers of this unit, and the form of a new one.
?><?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<?cs call:error_summary() ?><h1><?cs var:Page.title ?></h1>
<?cs if:may_hand ?><section aria-labelledby="h-new"><h2 id="h-new"><?cs var:Text.handover.new ?></h2>
<p><?cs var:Text.handover.lead ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/handover/"><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs call:select_field(Form.to, "to", Text.handover.to, "", ToChoices) ?>
<?cs call:text_area(Form.note, "note", Text.handover.note, Text.handover.note_hint, "4") ?>
<?cs call:button(Text.handover.hand) ?></form></section>
<?cs else ?><p class="box info"><?cs var:Text.handover.alone ?></p>
<?cs /if ?><section aria-labelledby="h-all"><h2 id="h-all"><?cs var:Text.handover.all ?></h2>
<?cs if:?Handovers.0.id ?><div class="scroll" role="group" aria-labelledby="h-all" tabindex="0"><table><thead><tr><th scope="col"><?cs var:Text.handover.at ?></th><th scope="col"><?cs var:Text.handover.from ?></th><th scope="col"><?cs var:Text.handover.to ?></th><th scope="col"><?cs var:Text.handover.items ?></th><th scope="col"><?cs var:Text.handover.confirmed ?></th></tr></thead><tbody>
<?cs each:h = Handovers ?><tr><th scope="row"><a class="no" href="<?cs var:Site.base ?>/staff/ticket/handover/<?cs var:h.id ?>"><?cs call:moment(h.handed) ?></a></th><td><?cs var:h.from ?></td><td><?cs var:h.to ?></td><td><?cs var:h.items ?></td><td><?cs if:?h.confirmed.ms ?><?cs call:moment(h.confirmed) ?><?cs else ?><?cs call:tag(Text.handover.open, "warn") ?><?cs /if ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs else ?><p><?cs var:Text.handover.none ?></p>
<?cs /if ?></section>
<?cs call:staff_end() ?>
