<?cs include!"office.cs" ?><?cs #

where in the list the page is, for every form on it ?><?cs def:place() ?><input type="hidden" name="state" value="<?cs var:Place.state ?>"><?cs if:?Place.channel ?><input type="hidden" name="channel" value="<?cs var:Place.channel ?>"><?cs /if ?><?cs if:?Place.before ?><input type="hidden" name="before" value="<?cs var:Place.before ?>"><?cs /if ?><?cs /def ?><?cs #

?><?cs def:drop_form(r) ?><details<?cs if:r.is_tried ?> open<?cs /if ?>><summary><?cs var:Text.admin.notices.drop ?><span class="unseen"> <?cs var:r.name ?> <?cs var:r.number ?></span></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/notices/<?cs var:r.id ?>/drop"><?cs call:form_token() ?><?cs call:form_key() ?><?cs call:place() ?><div class="field<?cs if:r.is_tried ?> wrong<?cs /if ?>"><?cs if:r.is_tried ?><label for="f-reason"><?cs var:Text.admin.notices.reason ?></label>
<p class="error" id="e-reason"><?cs var:Form.reason.error ?></p><input id="f-reason" name="reason" type="text" value="<?cs var:Form.reason.value ?>" autocomplete="off" aria-invalid="true" aria-describedby="e-reason"><?cs else ?><label for="f-reason-<?cs var:r.id ?>"><?cs var:Text.admin.notices.reason ?></label>
<input id="f-reason-<?cs var:r.id ?>" name="reason" type="text" autocomplete="off"><?cs /if ?></div>
<?cs call:button_second(Text.admin.notices.drop) ?></form></details>
<?cs /def ?><?cs #

?><?cs call:office_start() ?>
<?cs if:done ?><p class="box ok" role="status"><?cs var:done ?></p>
<?cs /if ?><?cs if:is_stale ?><p class="box warn" role="alert"><?cs var:Text.admin.notices.stale ?></p>
<?cs /if ?><h1><?cs var:Text.admin.notices.title ?></h1>
<dl class="rows"><?cs call:row(Text.admin.notices.given_up, Summary.given_up) ?><?cs call:row(Text.admin.notices.waiting, Summary.waiting) ?><?cs if:?Summary.oldest ?><?cs call:row(Text.admin.notices.oldest, Summary.oldest) ?><?cs /if ?></dl>
<form class="filters" method="get" action="<?cs var:Site.base ?>/staff/admin/notices">
<?cs call:select_field(Form.state, "state", Text.admin.notices.state, "", States) ?>
<?cs call:select_field(Form.channel, "channel", Text.admin.notices.channel, "", ChannelChoices) ?>
<?cs call:button(Text.admin.show) ?></form>
<?cs if:?Channels.0.name ?><section aria-labelledby="h-again"><h2 id="h-again"><?cs var:Text.admin.notices.again_title ?></h2>
<p><?cs var:Text.admin.notices.again_about ?></p>
<div class="buttons"><?cs each:c = Channels ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/notices/channel/<?cs var:c.name ?>"><?cs call:form_token() ?><?cs call:form_key() ?><?cs call:place() ?><button class="button second" type="submit"><?cs var:Text.admin.notices.retry_all ?> <?cs var:c.words ?> (<?cs var:c.count ?>)</button></form>
<?cs /each ?></div></section>
<?cs /if ?><?cs if:is_empty ?><?cs if:is_given_up ?><?cs call:notice(Text.admin.notices.empty, "ok") ?><?cs else ?><?cs call:notice(Text.admin.notices.empty_waiting, "ok") ?><?cs /if ?>
<?cs else ?><?cs call:table_start(Text.admin.notices.title) ?><thead><tr><?cs call:column(Text.admin.notices.what) ?><?cs call:column(Text.admin.notices.to) ?><?cs call:column(Text.admin.notices.channel) ?><?cs call:column(Text.admin.notices.why) ?><?cs call:column(Text.admin.notices.age) ?><td></td></tr></thead>
<tbody><?cs each:r = Rows ?><tr><th scope="row"><?cs var:r.name ?><?cs if:r.number ?><br><span class="no"><?cs if:r.number_url ?><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:r.number_url ?>"><?cs var:r.number ?></a><?cs else ?><?cs var:r.number ?><?cs /if ?></span><?cs /if ?></th><td><?cs var:r.to ?><?cs if:r.unit ?>, <?cs var:r.unit ?><?cs /if ?><?cs if:r.staff ?><br><?cs var:r.staff ?><?cs /if ?><?cs if:r.phone ?><br><span class="no"><?cs var:r.phone ?></span><?cs /if ?></td><td><?cs var:r.channel ?></td><td><?cs if:r.error ?><?cs var:r.error ?><?cs /if ?><?cs if:r.held ?><?cs var:r.held ?><?cs /if ?><?cs if:r.detail ?> <span class="hint"><?cs var:r.detail ?></span><?cs /if ?><?cs if:?r.attempts ?><br><span class="hint"><?cs var:Text.admin.notices.attempts ?> <?cs var:r.attempts ?></span><?cs /if ?><?cs if:?r.next.ms ?><br><span class="hint"><?cs var:Text.outbox.show.next ?> <?cs call:moment(r.next) ?></span><?cs /if ?></td><td><?cs call:moment(r.at) ?><?cs if:?r.age ?><br><span class="hint"><?cs var:r.age ?></span><?cs /if ?></td><td class="acts"><?cs if:r.may_retry ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/notices/<?cs var:r.id ?>/retry"><?cs call:form_token() ?><?cs call:form_key() ?><?cs call:place() ?><button class="button second" type="submit"><?cs var:Text.admin.notices.retry ?><span class="unseen"> <?cs var:r.name ?> <?cs var:r.number ?></span></button></form><?cs /if ?><?cs call:drop_form(r) ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?>
<?cs /if ?><p class="pager"><?cs if:?first_url ?><a class="button second" href="<?cs var:Site.base ?><?cs var:first_url ?>"><?cs var:Text.admin.first ?></a> <?cs /if ?><?cs if:?next_url ?><a class="button second" rel="next" href="<?cs var:Site.base ?><?cs var:next_url ?>"><?cs var:Text.admin.next ?></a><?cs /if ?></p>
<?cs call:staff_end() ?>
