<?cs include!"office.cs" ?><?cs #

tables of places, and the history of what staff changed

?><?cs def:place_table(rows) ?><?cs call:table_start(Text.customer.places.title) ?><thead><tr><?cs call:column(Text.customer.field_name) ?><?cs call:column(Text.customer.kind_title) ?><?cs call:column(Text.customer.around) ?><?cs call:column(Text.customer.households) ?><?cs call:column(Text.customer.phones) ?></tr></thead>
<tbody><?cs each:r = rows ?><tr><th scope="row"><a class="lone" href="<?cs var:Site.base ?>/staff/supply/places/<?cs var:r.id ?>"><?cs var:r.name ?></a><?cs if:r.is_retired ?> <?cs call:tag(Text.customer.retired, "info") ?><?cs /if ?></th><td><?cs var:r.kind ?></td><td><?cs var:r.around ?></td><td><?cs var:r.households ?></td><td><?cs var:r.phones ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?><?cs /def ?><?cs #

?><?cs def:history() ?><?cs if:?History.0.what ?><section aria-labelledby="h-history"><h2 id="h-history"><?cs var:Text.customer.history ?></h2>
<ol class="timeline" reversed><?cs each:h = History ?><li><p><strong><?cs var:h.what ?></strong><?cs if:h.before || h.after ?> <?cs if:h.before ?><?cs var:h.before ?> → <?cs /if ?><?cs if:h.after ?><?cs var:h.after ?><?cs else ?><?cs var:Text.staff.none ?><?cs /if ?><?cs /if ?></p>
<p class="small"><?cs call:moment(h.at) ?><?cs if:h.by ?> · <?cs var:h.by ?><?cs /if ?></p></li>
<?cs /each ?></ol></section>
<?cs /if ?><?cs /def ?>