<?cs #
Whether a badge number is one of ours.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><?cs call:error_summary() ?><h1><?cs var:Page.title ?></h1>
<div role="status"><?cs if:is_valid ?><p class="box ok"><strong><?cs var:Text.badge.valid ?></strong> <?cs var:Badge.name ?> · <?cs var:Badge.unit ?></p>
<p><?cs var:Text.badge.compare ?></p>
<?cs elif:?problem ?><p class="box warn"><?cs var:problem ?> <?cs call:hotline_link() ?></p>
<?cs /if ?></div>
<p><?cs var:Text.badge.lead ?></p>
<form method="post" action="<?cs var:Site.base ?>/complaint/badge" novalidate><?cs call:form_token() ?>
<?cs call:text_field(Form.badge, "badge", Text.badge.label, Text.badge.hint, "text", "", "off", "middle") ?>
<?cs call:effort() ?><?cs call:button(Text.badge.button) ?></form>
<p><?cs var:Text.badge.trouble ?> <?cs call:hotline_link() ?></p>
<?cs call:public_end() ?>
