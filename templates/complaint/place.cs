<?cs #
Step 2: which matter of the group, where, since when, in own words.
?><?cs include!"layout.cs" ?><?cs include!"photos.cs" ?><?cs call:public_start() ?><?cs call:error_summary() ?><p class="step"><?cs var:Text.complaint.step_2 ?> · <?cs var:Draft.group_words ?></p>
<h1><?cs var:Page.title ?></h1>
<?cs if:Draft.is_leak ?><p class="box warn"><?cs var:Text.complaint.burst ?> <?cs call:hotline_link() ?></p>
<?cs /if ?><?cs if:Draft.is_service ?><p><?cs var:Text.complaint.misconduct ?> <a href="<?cs var:Site.base ?>/complaint/misconduct"><?cs var:Text.sealed.form_link ?></a></p>
<?cs /if ?><form method="post" action="<?cs var:Site.base ?>/complaint/place?d=<?cs var:url_escape(Draft.id) ?>" enctype="multipart/form-data" novalidate><?cs call:form_token() ?><input type="hidden" name="group" value="<?cs var:Draft.group ?>">
<?cs if:has_choice ?><?cs call:radios(Form.category, "category", Text.complaint.category, "", Categories) ?><?cs /if ?>
<?cs call:text_field(Form.place, "place", Text.complaint.place_label, Text.complaint.place_hint, "text", "", "address-line1", "") ?>
<?cs call:text_field(Form.address, "address", Text.complaint.address_label, Text.complaint.address_hint, "text", "", "address-line2", "middle") ?>
<?cs call:text_area(Form.words, "words", Text.complaint.words_label, Text.complaint.words_hint, "4") ?>
<?cs call:radios(Form.noticed, "noticed", Text.complaint.noticed_label, "", Noticed) ?>
<?cs call:text_field(Form.account, "account", Text.complaint.account_label, Text.complaint.account_hint, "text", "numeric", "off", "short") ?>
<?cs call:photo_fields(Text.photo.legend, Text.photo.hint, Staged, PhotoFields) ?>
<?cs call:steps_buttons() ?></form>
<?cs call:public_end() ?>
