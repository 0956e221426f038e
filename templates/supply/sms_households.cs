<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/sms"><?cs var:Text.sms.page.heading ?></a></p>
<h1><?cs var:Text.sms.list.heading ?></h1>
<dl class="rows"><?cs call:row(Text.sms.page.households, Counts.households) ?><?cs call:row(Text.sms.page.with_phone, Counts.with_phone) ?><?cs call:row(Text.sms.page.distinct, Counts.numbers) ?><?cs call:row(Text.sms.page.without, Counts.without) ?></dl>
<?cs if:?Rows.0.account ?><div class="scroll" role="region" aria-label="<?cs var:Text.sms.list.heading ?>" tabindex="0"><table><thead><tr><th scope="col"><?cs var:Text.sms.list.account ?></th><th scope="col"><?cs var:Text.sms.page.place ?></th><th scope="col"><?cs var:Text.sms.list.phone ?></th></tr></thead>
<tbody><?cs each:r = Rows ?><tr><th scope="row"><span class="no"><?cs var:r.account ?></span></th><td><?cs if:r.around ?><?cs var:r.around ?> <?cs /if ?><?cs var:r.place ?></td><td><?cs if:r.phone ?><span class="no"><?cs var:r.phone ?></span><?cs else ?><?cs var:Text.sms.list.no_phone ?><?cs /if ?></td></tr>
<?cs /each ?></tbody></table></div>
<p><a href="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/sms-households?<?cs var:next ?>"><?cs var:Text.sms.list.next ?></a></p>
<?cs else ?><p class="box info"><?cs if:is_first ?><?cs var:Text.sms.list.none ?><?cs else ?><?cs var:Text.sms.list.end ?><?cs /if ?></p>
<?cs /if ?><?cs if:!is_first ?><p><a href="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/sms-households"><?cs var:Text.sms.list.first ?></a></p>
<?cs /if ?><?cs call:staff_end() ?>
