<?cs #
Photos of the posters of an outage, and adding more.
?><?cs include!"staff.cs" ?><?cs include!"photos.cs" ?><?cs call:staff_start() ?><p class="back"><a href="<?cs var:Site.base ?>/staff/supply/<?cs var:id ?>"><?cs var:Text.outage.show.heading ?> <?cs var:id ?></a></p>
<?cs call:error_summary() ?><h1><?cs var:Page.title ?></h1>
<?cs if:?Photos.0.url ?><?cs call:photo_list(Photos) ?><?cs else ?><p><?cs var:Text.outage.photo.none ?></p>
<?cs /if ?><?cs if:may_add_photos ?><h2><?cs var:Text.photo.add ?></h2>
<form method="post" action="<?cs var:Site.base ?>/staff/supply/<?cs var:id ?>/photos" enctype="multipart/form-data" novalidate><?cs call:form_token() ?>
<?cs call:photo_fields(Text.outage.photo.legend, Text.photo.hint, Staged, PhotoFields) ?>
<?cs call:button(Text.photo.add) ?></form>
<?cs /if ?><?cs call:staff_end() ?>
