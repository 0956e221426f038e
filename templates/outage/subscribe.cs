<?cs include!"layout.cs" ?><?cs call:public_start() ?><p class="back"><a href="<?cs var:Site.base ?>/outage/"><?cs var:Text.outage.title ?></a></p>
<?cs call:error_summary() ?><h1><?cs var:Text.subscribe.title ?></h1>
<p><?cs var:Text.subscribe.lead ?></p>
<?cs if:?Place.id ?><form method="post" action="<?cs var:Site.base ?>/outage/subscribe" novalidate><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="place" value="<?cs var:Place.id ?>">
<dl class="rows"><?cs call:row_change(Text.subscribe.place, Place.name, "/outage/subscribe", Text.subscribe.other_place) ?></dl>
<?cs call:text_field(Form.phone, "phone", Text.subscribe.phone, Text.subscribe.phone_hint, "tel", "tel", "tel", "middle") ?>
<p class="hint"><?cs var:Text.subscribe.privacy ?></p>
<?cs call:button(Text.subscribe.send_code) ?></form>
<?cs else ?><form method="get" action="<?cs var:Site.base ?>/outage/subscribe"><?cs call:text_field(Form.q, "q", Text.subscribe.which, Text.outage.question_hint, "text", "", "off", "") ?><?cs call:button(Text.subscribe.find) ?></form>
<?cs if:?Places.0.id ?><h2><?cs var:Text.subscribe.choose ?></h2>
<ul class="plain"><?cs each:p = Places ?><li><a class="lone" href="<?cs var:Site.base ?>/outage/subscribe?place=<?cs var:p.id ?>"><?cs var:p.name ?></a></li>
<?cs /each ?></ul>
<?cs elif:question ?><p class="box info"><?cs var:Text.subscribe.none ?> <?cs call:hotline_link() ?></p>
<?cs /if ?><?cs /if ?><?cs call:public_end() ?>
