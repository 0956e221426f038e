<?cs include!"staff.cs" ?><?cs #
Pieces of a ticket's page and of the pages that do one thing with a ticket.

---- one event of the history ?><?cs def:entry(e) ?><li<?cs if:e.is_internal ?> class="internal"<?cs /if ?>><p><strong><?cs var:e.action ?></strong><?cs if:e.is_internal ?> <?cs call:tag(Text.staff.show.internal, "info") ?><?cs /if ?><?cs if:e.is_late_entry ?> <?cs call:tag(Text.staff.show.late_entry, "warn") ?><?cs /if ?></p>
<p class="small"><?cs call:moment(e.at) ?><?cs if:?e.recorded.ms ?> (<?cs var:Text.staff.show.recorded ?> <?cs call:moment(e.recorded) ?>)<?cs /if ?> · <?cs if:e.actor ?><?cs var:e.actor ?>, <?cs /if ?><?cs var:e.role ?><?cs if:e.unit ?>, <?cs var:e.unit ?><?cs /if ?></p>
<?cs if:?e.Details.0.label ?><p><?cs each:d = e.Details ?><span class="detail"><?cs var:d.label ?>: <?cs var:d.value ?></span> <?cs /each ?></p>
<?cs /if ?><?cs if:e.words ?><p class="words"><?cs var:e.words ?></p><?cs elif:e.is_emptied ?><p class="small"><?cs var:Text.staff.show.emptied ?></p><?cs /if ?></li>
<?cs /def ?><?cs #

---- another ticket, as a row of a list ?><?cs def:related_row(r) ?><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:r.number ?>"><?cs var:r.number_text ?></a> <?cs if:r.is_open ?><?cs call:tag(r.state, "warn") ?><?cs else ?><?cs call:tag(r.state, "info") ?><?cs /if ?>
<span class="hint"><?cs call:moment(r.reported) ?> · <?cs var:r.category ?> · <?cs var:r.place ?><?cs if:r.unit ?> · <?cs var:r.unit ?><?cs /if ?><?cs if:r.name ?> · <?cs var:r.name ?><?cs /if ?><?cs if:r.phone ?> · <?cs var:r.phone ?><?cs /if ?></span><?cs /def ?><?cs #

---- head of a page that does one thing: which ticket, why not, what others did meanwhile ?><?cs def:part_head() ?><p class="back"><a id="back" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>"><?cs var:Text.staff.page.back ?> <?cs var:Ticket.number_text ?></a></p>
<?cs if:is_conflict ?><div class="errors" role="alert" tabindex="-1"><h2><?cs var:Text.staff.show.conflict ?></h2><p><?cs var:verdict ?></p>
<ul class="timeline"><?cs each:e = Conflict ?><?cs call:entry(e) ?><?cs /each ?></ul><p><?cs var:Text.staff.show.to_form ?></p></div>
<?cs elif:verdict ?><p class="box bad" role="alert"><?cs var:verdict ?></p>
<?cs /if ?><?cs call:error_summary() ?><h1><?cs var:title ?></h1>
<?cs /def ?><?cs #

---- what a ticket is about, in short ?><?cs def:ticket_brief(t) ?><dl class="rows"><div><dt><?cs var:Text.staff.queue.number ?></dt><dd class="no"><?cs var:t.number_text ?></dd></div><?cs call:row(Text.staff.field.state, t.state) ?><?cs call:row(Text.staff.field.category, t.category) ?><?cs call:row(Text.staff.field.place, t.place) ?><div><dt><?cs var:Text.staff.queue.reported ?></dt><dd><?cs call:moment(t.reported) ?></dd></div><?cs if:t.unit ?><?cs call:row(Text.staff.field.unit, t.unit) ?><?cs /if ?><?cs if:t.words ?><div><dt><?cs var:Text.staff.new.words ?></dt><dd class="words"><?cs var:t.words ?></dd></div><?cs /if ?></dl>
<?cs /def ?>
