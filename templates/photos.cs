<?cs #
Photos: lists as photos_put_* of the programs set them, and the fields of a form that takes them. A page includes this besides
layout.cs. A form with photo_fields() is sent as multipart/form-data.

photos that can be opened in full; url begins behind the base path
?><?cs def:photo_list(photos) ?><ul class="photos"><?cs each:p = photos ?><li><a href="<?cs var:Site.base ?><?cs var:p.url ?>"><img src="<?cs var:Site.base ?><?cs var:p.url ?>" width="<?cs var:p.width ?>" height="<?cs var:p.height ?>" alt="<?cs var:p.alt ?>" loading="lazy"></a><?cs if:?p.words ?><p class="small"><?cs var:p.words ?><?cs if:?p.at.iso ?> · <?cs call:moment(p.at) ?><?cs /if ?><?cs if:p.by ?> · <?cs var:p.by ?><?cs /if ?></p><?cs /if ?><?cs if:?p.drop ?><div class="choice"><input type="checkbox" name="<?cs var:p.drop ?>" value="1" id="f-<?cs var:p.drop ?>"><label for="f-<?cs var:p.drop ?>"><?cs var:p.label ?></label></div><?cs /if ?></li>
<?cs /each ?></ul>
<?cs /def ?><?cs #

one field per photo: not every phone can choose several at once
?><?cs def:photo_fields(legend, hint, staged, fields) ?><fieldset class="field" aria-describedby="h-photos">
<legend><?cs var:legend ?></legend>
<p class="hint" id="h-photos"><?cs var:hint ?></p>
<?cs if:?staged.0.url ?><?cs call:photo_list(staged) ?><?cs /if ?><?cs each:f = fields ?><div class="field<?cs if:f.error ?> wrong<?cs /if ?>"><?cs call:field_head(f, f.name, f.label, "") ?><input id="f-<?cs var:f.name ?>" name="<?cs var:f.name ?>" type="file" accept="image/jpeg,image/png,image/webp"<?cs call:described(f, f.name, "") ?>></div>
<?cs /each ?></fieldset>
<?cs /def ?><?cs #

on a ticket's page at the desk
?><?cs def:photo_section() ?><?cs if:?Photos.0.url || may_add_photos ?><section aria-labelledby="h-photo-list"><h2 id="h-photo-list"><?cs var:Text.photo.title ?></h2>
<?cs if:?Photos.0.url ?><?cs call:photo_list(Photos) ?><?cs /if ?><p><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/photos"><?cs if:may_add_photos ?><?cs var:Text.photo.link ?><?cs else ?><?cs var:Text.photo.title ?><?cs /if ?></a></p></section>
<?cs /if ?><?cs /def ?>
