<?cs include!"staff.cs" ?><?cs #
what became of one batch, as supply/sms.c sets it ?><?cs def:batch(b) ?><section class="sms" aria-labelledby="h-b<?cs var:b.id ?>"><h3 id="h-b<?cs var:b.id ?>"><?cs var:b.told ?> <?cs call:moment(b.told_at) ?> <?cs call:tag(b.state, b.colour) ?></h3>
<p class="small"><?cs var:b.audience ?> · <?cs call:moment(b.created) ?><?cs if:b.created_by ?> · <?cs var:b.created_by ?><?cs /if ?></p>
<p class="words"><?cs var:b.body ?></p>
<dl class="rows"><?cs call:row(Text.sms.page.numbers, b.numbers) ?><?cs call:row(Text.sms.page.sent, b.sent) ?><?cs call:row(Text.sms.page.waiting, b.waiting) ?><?cs call:row(Text.sms.page.again, b.again) ?><?cs call:row(Text.sms.page.given_up, b.given_up) ?><?cs if:?b.last_sent.ms ?><div><dt><?cs var:Text.sms.page.last_sent ?></dt><dd><?cs call:moment(b.last_sent) ?></dd></div><?cs /if ?></dl>
<?cs if:?b.stopped.ms ?><p class="box warn"><?cs var:Text.sms.page.stopped_by ?> <?cs var:b.stopped_by ?>, <?cs call:moment(b.stopped) ?></p>
<?cs /if ?><?cs if:?b.Troubles.0.why ?><ul><?cs each:t = b.Troubles ?><li><?cs var:t.why ?>: <?cs var:t.count ?>, <?cs if:t.is_given_up ?><?cs var:Text.sms.page.was_given_up ?><?cs else ?><?cs var:Text.sms.page.next_try ?> <?cs call:moment(t.next) ?><?cs /if ?></li><?cs /each ?></ul>
<?cs /if ?><?cs if:?b.Dead.0.why ?><details><summary><?cs var:Text.sms.page.dead ?></summary><ul><?cs each:d = b.Dead ?><li><?cs if:d.phone ?><span class="no"><?cs var:d.phone ?></span><?cs else ?><?cs var:Text.sms.page.no_household ?><?cs /if ?>: <?cs var:d.why ?><?cs if:d.detail ?> (<?cs var:d.detail ?>)<?cs /if ?></li><?cs /each ?></ul></details>
<?cs /if ?><?cs if:b.may_stop ?><form method="post" action="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/sms-stop"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="batch" value="<?cs var:b.id ?>"><?cs call:button_second(Text.sms.page.stop) ?></form>
<?cs /if ?><?cs if:b.may_resume ?><form method="post" action="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/sms-resume"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="batch" value="<?cs var:b.id ?>"><?cs call:button(Text.sms.page.resume) ?></form>
<?cs /if ?><?cs if:b.may_retry ?><form method="post" action="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/sms-retry"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="batch" value="<?cs var:b.id ?>"><?cs call:button_second(Text.sms.page.retry) ?></form>
<?cs /if ?></section>
<?cs /def ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>"><?cs var:Text.outage.show.heading ?> <?cs var:Outage.id ?></a></p>
<?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.outage.show.done ?></p>
<?cs /if ?><?cs if:problem ?><div class="errors" role="alert" tabindex="-1"><p><?cs var:problem ?></p></div>
<?cs /if ?><?cs call:error_summary() ?><h1><?cs var:Text.sms.page.heading ?></h1>
<p><?cs var:Outage.area ?></p>
<section aria-labelledby="h-who"><h2 id="h-who"><?cs var:Text.sms.page.who ?></h2>
<dl class="rows"><?cs call:row(Text.sms.page.households, Counts.households) ?><?cs call:row(Text.sms.page.with_phone, Counts.with_phone) ?><?cs call:row(Text.sms.page.distinct, Counts.numbers) ?><?cs call:row(Text.sms.page.without, Counts.without) ?></dl>
<?cs if:?Places.0.name ?><div class="scroll" role="region" aria-label="<?cs var:Text.sms.page.by_place ?>" tabindex="0"><table><caption><?cs var:Text.sms.page.by_place ?></caption><thead><tr><th scope="col"><?cs var:Text.sms.page.place ?></th><th scope="col"><?cs var:Text.sms.page.households ?></th><th scope="col"><?cs var:Text.sms.page.with_phone ?></th></tr></thead>
<tbody><?cs each:p = Places ?><tr><th scope="row"><?cs var:p.name ?></th><td><?cs var:p.households ?></td><td><?cs var:p.phones ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /if ?><?cs if:may_send && Counts.households > #0 ?><p><a href="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/sms-households"><?cs var:Text.sms.page.list ?></a></p>
<?cs /if ?></section>
<?cs if:!?Told.seq ?><p class="box info"><?cs var:Text.sms.page.no_news ?></p>
<?cs elif:Told.is_sent ?><p class="box info"><?cs var:Text.sms.page.is_sent ?></p>
<?cs /if ?><?cs if:is_nobody ?><p class="box warn"><?cs var:Text.sms.error.nobody ?></p>
<?cs /if ?><?cs if:is_offered ?><section aria-labelledby="h-text"><h2 id="h-text"><?cs var:Text.sms.page.text ?></h2>
<p><?cs var:Text.sms.page.tells ?> <strong><?cs var:Told.action ?></strong> <?cs call:moment(Told.at) ?></p>
<?cs if:!has_channel ?><p class="box warn"><?cs var:Text.sms.page.no_channel ?></p>
<?cs /if ?><form method="post" action="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/sms"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="seq" value="<?cs var:Told.seq ?>">
<?cs call:text_area(Form.body, "body", Text.sms.page.body, Text.sms.page.body_hint, "4") ?>
<p id="sms-size" role="status"><?cs var:Size.words ?> <span class="small"><?cs var:Size.alphabet ?></span></p>
<p><?cs var:when ?></p>
<p class="steps"><button class="button" type="submit" name="do" value="send"><?cs var:send ?></button> <button class="button second" type="submit" name="do" value="check"><?cs var:Text.sms.page.check ?></button></p></form></section>
<?cs /if ?><section aria-labelledby="h-sent"><h2 id="h-sent"><?cs var:Text.sms.page.batches ?></h2>
<?cs if:!?Batches.0.id ?><p><?cs var:Text.sms.page.none ?></p>
<?cs else ?><p><a href="<?cs var:Site.base ?>/staff/supply/<?cs var:Outage.id ?>/sms"><?cs var:Text.sms.page.refresh ?></a></p>
<?cs /if ?><?cs each:b = Batches ?><?cs call:batch(b) ?><?cs /each ?></section>
<?cs call:staff_end() ?>
