<?cs #
The notices of a ticket; nothing when there are none.

?><?cs def:delivery_section() ?><?cs if:?delivery_count ?><section aria-labelledby="h-told"><h2 id="h-told"><?cs var:Text.outbox.show.title ?></h2>
<?cs if:?unsent_count ?><p class="box warn"><?cs var:Text.outbox.show.unsent ?> <?cs var:unsent_count ?></p>
<?cs /if ?><details<?cs if:?unsent_count ?> open<?cs /if ?>><summary><?cs var:Text.outbox.show.all ?> <?cs var:delivery_count ?></summary>
<ul class="timeline"><?cs each:d = Deliveries ?><li><p><strong><?cs var:d.name ?></strong> → <?cs var:d.to ?><?cs if:d.unit ?>, <?cs var:d.unit ?><?cs /if ?><?cs if:d.staff ?>, <?cs var:d.staff ?><?cs /if ?> <?cs call:tag(d.state, d.colour) ?></p>
<p class="small"><?cs if:?d.at.ms ?><?cs call:moment(d.at) ?><?cs /if ?><?cs if:d.channel ?> · <?cs var:d.channel ?><?cs /if ?><?cs if:d.error ?> · <?cs var:d.error ?><?cs /if ?><?cs if:?d.next.ms ?> · <?cs var:Text.outbox.show.next ?> <?cs call:moment(d.next) ?><?cs /if ?><?cs if:d.way ?> · <?cs var:d.way ?><?cs /if ?></p></li>
<?cs /each ?></ul></details></section>
<?cs /if ?><?cs /def ?>
