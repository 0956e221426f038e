<?cs #
A report of misconduct, for the discipline office alone.
?><?cs include!"layout.cs" ?><?cs include!"photos.cs" ?><?cs call:public_start() ?><?cs call:error_summary() ?><h1><?cs var:Page.title ?></h1>
<p><?cs var:Text.sealed.who ?></p>
<?cs if:has_key ?><ul class="plain"><li><?cs var:Text.sealed.how_1 ?></li><li><?cs var:Text.sealed.how_2 ?></li><li><?cs var:Text.sealed.how_3 ?></li></ul>
<form method="post" action="<?cs var:Site.base ?>/complaint/misconduct" enctype="multipart/form-data" autocomplete="off" novalidate><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs call:text_area(Form.words, "words", Text.sealed.words, Text.sealed.words_hint, "8") ?>
<?cs call:text_field(Form.about, "about", Text.sealed.about, Text.sealed.about_hint, "text", "", "off", "") ?>
<?cs call:text_field(Form.occurred, "occurred", Text.sealed.occurred, Text.sealed.occurred_hint, "text", "", "off", "") ?>
<?cs call:text_field(Form.name, "name", Text.sealed.name, Text.sealed.name_hint, "text", "", "off", "middle") ?>
<?cs call:text_field(Form.contact, "contact", Text.sealed.contact, Text.sealed.contact_hint, "text", "", "off", "middle") ?>
<?cs call:photo_fields(Text.photo.legend, Text.sealed.photo_hint, Staged, PhotoFields) ?>
<?cs if:are_photos_lost ?><p class="box warn"><?cs var:Text.sealed.photos_again ?></p>
<?cs /if ?><div hidden><label for="f-website"><?cs var:Text.effort.trap ?></label><input id="f-website" name="website" type="text" value="" tabindex="-1" autocomplete="off"></div>
<?cs call:effort() ?><?cs call:button(Text.sealed.send) ?></form>
<?cs else ?><p class="box info"><?cs var:Text.sealed.no_form ?></p>
<?cs /if ?><?cs if:contact_words ?><p><?cs var:Text.sealed.otherwise ?> <?cs var:contact_words ?></p>
<?cs else ?><p><?cs var:Text.sealed.by_phone ?> <?cs call:hotline_link() ?></p>
<?cs /if ?><?cs if:has_key ?><p><a href="<?cs var:Site.base ?>/complaint/misconduct/answer"><?cs var:Text.sealed.answer.link ?></a></p>
<?cs /if ?><?cs call:public_end() ?>
