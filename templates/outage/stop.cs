<?cs include!"layout.cs" ?><?cs call:public_start() ?><h1><?cs var:Text.subscribe.stop.title ?></h1>
<?cs if:is_ended ?><p class="box ok" role="status"><?cs var:Text.subscribe.stop.ended ?></p>
<p><a href="<?cs var:Site.base ?>/outage/subscribe"><?cs var:Text.subscribe.title ?></a></p>
<?cs else ?><dl class="rows"><?cs call:row(Text.subscribe.place, Place.name) ?></dl>
<form method="post" action="<?cs var:Site.base ?>/outage/stop/<?cs var:Link.text ?>"><?cs call:form_token() ?><?cs call:checkbox(Form.all, "all", Text.subscribe.stop.all) ?><?cs call:button(Text.subscribe.stop.button) ?></form>
<?cs /if ?><?cs call:public_end() ?>
