<?cs #
The photos of a ticket, and adding more.
?><?cs include!"staff.cs" ?><?cs include!"photos.cs" ?><?cs call:staff_start() ?><?cs call:back_link("/staff/ticket/" + Ticket.number, Ticket.number_text) ?><?cs call:error_summary() ?><h1><?cs var:Page.title ?> <span class="no"><?cs var:Ticket.number_text ?></span></h1>
<?cs if:?Photos.0.url ?><?cs call:photo_list(Photos) ?><?cs if:may_add_photos ?><?cs each:p = Photos ?><?cs if:p.may_hide || p.may_show ?><form method="post" action="<?cs var:Site.base ?><?cs var:p.url ?>"><?cs call:form_token() ?><?cs if:p.may_show ?><input type="hidden" name="public" value="1"><?cs /if ?><button class="button second" type="submit"><?cs if:p.may_show ?><?cs var:Text.photo.show ?><?cs else ?><?cs var:Text.photo.hide ?><?cs /if ?><span class="unseen"> <?cs var:p.alt ?></span></button></form>
<?cs /if ?><?cs /each ?><?cs /if ?><?cs else ?><p><?cs var:Text.photo.none ?></p>
<?cs /if ?><?cs if:may_add_photos ?><h2><?cs var:Text.photo.add ?></h2>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/photos" enctype="multipart/form-data" novalidate><?cs call:form_token() ?>
<?cs call:radios(Form.stage, "stage", Text.photo.stage_label, "", Stages) ?>
<?cs call:photo_fields(Text.photo.legend_staff, Text.photo.hint, Staged, PhotoFields) ?>
<?cs call:checkbox(Form.public, "public", Text.photo.public_label) ?>
<?cs call:button(Text.photo.add) ?></form>
<?cs /if ?><?cs call:staff_end() ?>
