<?cs #
Adding photos of an assignment.
?><?cs include!"crew.cs" ?><?cs include!"photos.cs" ?><?cs call:crew_start() ?><p class="back"><a href="<?cs var:Site.base ?>/crew/job/<?cs var:url_escape(Job.token) ?>"><?cs var:Job.number ?></a></p>
<?cs call:error_summary() ?><h1><?cs var:Page.title ?></h1>
<?cs if:?Photos.0.url ?><?cs call:photo_list(Photos) ?>
<?cs /if ?><?cs if:may_add_photos ?><form method="post" action="<?cs var:Site.base ?>/crew/job/<?cs var:url_escape(Job.token) ?>/photos" enctype="multipart/form-data" novalidate><?cs call:form_token() ?>
<?cs call:radios(Form.stage, "stage", Text.photo.stage_label, "", Stages) ?>
<?cs call:photo_fields(Text.photo.legend_staff, Text.photo.hint, Staged, PhotoFields) ?>
<?cs call:checkbox(Form.public, "public", Text.photo.public_label) ?>
<?cs call:button(Text.photo.add) ?></form>
<?cs /if ?><?cs call:crew_end() ?>
