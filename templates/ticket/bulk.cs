<?cs include!"staff.cs" ?><?cs call:staff_start() ?><?cs call:clock_words() ?>
<nav class="back" aria-label="<?cs var:Text.desk.neighbours ?>"><a id="back" href="<?cs var:Site.base ?>/staff/ticket/<?cs if:?List.url ?><?cs var:List.url ?><?cs /if ?>"><?cs var:Text.staff.show.back ?></a></nav>
<?cs if:Form.words.error ?><div class="errors" role="alert" tabindex="-1"><h2><?cs var:Text.layout.errors_one ?></h2><ul><li><a href="#f-words"><?cs var:Form.words.error ?></a></li></ul></div>
<?cs /if ?><h1><?cs var:Text.desk.bulk.title ?></h1>
<?cs if:?Rows.0.number ?><p><?cs var:Text.desk.bulk.check ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/bulk"><?cs call:form_token() ?><?cs call:form_key() ?><?cs if:?List.address ?><input type="hidden" name="from" value="<?cs var:List.address ?>"><?cs /if ?>
<div class="field"><label for="f-unit"><?cs var:Text.desk.bulk.all ?></label>
<select id="f-unit" name="unit"><?cs each:c = AllChoices ?><option value="<?cs var:c.value ?>"<?cs if:c.is_checked ?> selected<?cs /if ?>><?cs var:c.label ?></option><?cs /each ?></select></div>
<div class="scroll" role="region" aria-label="<?cs var:Text.desk.bulk.title ?>" tabindex="0"><table class="queue">
<caption><?cs var:Text.desk.bulk.count ?> <?cs var:count ?></caption>
<thead><tr><th scope="col"><?cs var:Text.staff.queue.number ?></th><th scope="col"><?cs var:Text.staff.queue.due ?></th><th scope="col"><?cs var:Text.staff.field.category ?></th><th scope="col"><?cs var:Text.staff.field.place ?></th><th scope="col"><?cs var:Text.desk.bulk.to ?></th></tr></thead>
<tbody><?cs each:r = Rows ?><tr><th scope="row"><span class="no"><?cs var:r.number_text ?></span></th>
<td><?cs if:?r.due.ms ?><?cs call:countdown(r.due) ?><?cs else ?>–<?cs /if ?></td>
<td><?cs var:r.category ?><?cs if:r.grades ?><br><?cs call:tag(r.grades, "bad") ?><?cs /if ?></td><td class="place"><?cs var:r.place ?></td>
<td><label class="unseen" for="u-<?cs var:r.number ?>"><?cs var:Text.desk.bulk.to ?> <?cs var:r.number_text ?></label><select id="u-<?cs var:r.number ?>" name="u-<?cs var:r.number ?>"><option value=""><?cs var:Text.desk.bulk.not_this ?></option><?cs each:c = r.Choices ?><option value="<?cs var:c.value ?>"<?cs if:c.is_checked ?> selected<?cs /if ?>><?cs var:c.label ?></option><?cs /each ?></select></td></tr>
<?cs /each ?></tbody></table></div>
<?cs call:text_area(Form.words, "words", Text.desk.bulk.words, Text.desk.bulk.words_hint, "3") ?>
<?cs call:button(Text.desk.bulk.button) ?></form>
<?cs else ?><p class="box info"><?cs var:Text.desk.bulk.none ?></p>
<?cs /if ?><?cs if:?Skipped.0.number ?><section aria-labelledby="h-skipped"><h2 id="h-skipped"><?cs var:Text.desk.bulk.skipped ?></h2>
<ul><?cs each:s = Skipped ?><li><a class="no lone" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:s.number ?>"><?cs var:s.number_text ?></a> <?cs if:?s.state ?><?cs call:tag(s.state, "info") ?> <?cs /if ?><?cs var:s.why ?></li>
<?cs /each ?></ul></section>
<?cs /if ?><?cs call:key_help() ?><?cs call:staff_end() ?>
