<?cs #
Step 3: how we can reach you.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><?cs call:error_summary() ?><p class="step"><?cs var:Text.complaint.step_3 ?></p>
<h1><?cs var:Page.title ?></h1>
<?cs if:?Running.0.id || ?Notices.0.code ?><section class="box info" aria-labelledby="notices"><h2 id="notices"><?cs var:Text.known.notices ?></h2>
<ul><?cs each:o = Running ?><li><a href="<?cs var:Site.base ?>/outage/<?cs var:o.id ?>"<?cs if:Page.is_en ?> lang="zh-CN"<?cs /if ?>><?cs var:o.area ?></a> <?cs var:o.words ?></li>
<?cs /each ?><?cs each:n = Notices ?><li><a href="<?cs var:Site.base ?>/outage/#o-<?cs var:url_escape(n.code) ?>"><?cs var:n.title ?></a></li>
<?cs /each ?></ul>
<p class="hint"><?cs var:Text.known.notices_hint ?></p></section>
<?cs /if ?><?cs if:?Known.words ?><section class="box info" aria-labelledby="known"><h2 id="known"><?cs var:Text.known.title ?></h2>
<p><?cs var:Known.matter ?> · <?cs var:Known.words ?><?cs if:?Known.due ?> <?cs var:Known.due ?><?cs /if ?></p>
<form method="post" action="<?cs var:Site.base ?>/complaint/affected?d=<?cs var:url_escape(Draft.id) ?>"><?cs call:form_token() ?>
<?cs call:effort() ?><?cs call:button_second(Text.known.button) ?></form>
<p class="hint"><?cs var:Text.known.hint ?></p></section>
<?cs /if ?><?cs if:?Known.words || ?Running.0.id || ?Notices.0.code ?><h2><?cs var:Text.known.other ?></h2>
<?cs /if ?><form method="post" action="<?cs var:Site.base ?>/complaint/contact?d=<?cs var:url_escape(Draft.id) ?>" novalidate><?cs call:form_token() ?>
<?cs if:needs_phone ?><?cs call:text_field(Form.phone, "phone", Text.complaint.phone_label, Text.complaint.phone_hint, "tel", "", "tel", "short") ?><?cs else ?><?cs call:text_field(Form.phone, "phone", Text.complaint.phone_optional, Text.complaint.phone_optional_hint, "tel", "", "tel", "short") ?><?cs /if ?>
<?cs call:text_field(Form.name, "name", Text.complaint.name_label, Text.complaint.name_hint, "text", "", "name", "short") ?>
<?cs call:steps_buttons() ?></form>
<?cs call:public_end() ?>
