<?cs include!"layout.cs" ?><?cs call:public_start() ?><p class="back"><a href="<?cs var:Site.base ?>/outage/"><?cs var:Text.outage.title ?></a></p>
<?cs call:error_summary() ?><h1><?cs var:Text.subscribe.title ?></h1>
<dl class="rows"><?cs call:row(Text.subscribe.place, Box.place) ?><?cs call:row(Text.subscribe.phone, Box.phone) ?></dl>
<?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.subscribe.done ?></p>
<p><?cs var:Text.subscribe.until ?> <?cs call:moment(until) ?><?cs var:Text.subscribe.renew ?></p>
<?cs else ?><p class="box info" role="status"><?cs var:Text.subscribe.sent ?></p>
<form method="post" action="<?cs var:Site.base ?>/outage/subscribe/<?cs var:Box.text ?>" novalidate><?cs call:form_token() ?>
<?cs call:text_field(Form.code, "code", Text.subscribe.code, Text.subscribe.code_hint, "text", "numeric", "one-time-code", "short") ?><?cs call:button(Text.subscribe.confirm) ?></form>
<p><a href="<?cs var:Site.base ?>/outage/subscribe?place=<?cs var:Box.place_id ?>"><?cs var:Text.subscribe.again ?></a></p>
<?cs /if ?><?cs call:public_end() ?>
