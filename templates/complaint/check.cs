<?cs #
Step 4: everything once more, and the promise that will run.
?><?cs include!"complaint/clocks.cs" ?><?cs include!"photos.cs" ?><?cs #

an answer that may be missing
?><?cs def:answer(term, words, step) ?><?cs if:words != "" ?><?cs call:row_change(term, words, step, Text.complaint.change) ?><?cs else ?><?cs call:row_change(term, Text.complaint.not_given, step, Text.complaint.change) ?><?cs /if ?><?cs /def ?><?cs #

?><?cs set:to_place = "/complaint/place?d=" + Draft.id ?><?cs set:to_contact = "/complaint/contact?d=" + Draft.id ?><?cs call:public_start() ?><?cs call:back_link(to_contact, Text.complaint.back) ?><p class="step"><?cs var:Text.complaint.step_4 ?></p>
<h1><?cs var:Page.title ?></h1>
<dl class="rows"><?cs call:row_change(Text.complaint.matter, Answer.matter, to_place, Text.complaint.change) ?><?cs call:row_change(Text.complaint.place, Answer.place, to_place, Text.complaint.change) ?><?cs call:answer(Text.complaint.address, Answer.address, to_place) ?><?cs call:answer(Text.complaint.words, Answer.words, to_place) ?><?cs call:answer(Text.complaint.noticed_short, Answer.noticed, to_place) ?><?cs call:answer(Text.complaint.account, Answer.account, to_place) ?><?cs call:answer(Text.complaint.phone, Answer.phone, to_contact) ?><?cs call:answer(Text.complaint.name, Answer.name, to_contact) ?></dl>
<?cs if:?Staged.0.url ?><h2><?cs var:Text.photo.title ?></h2>
<?cs call:photo_list(Staged) ?><p><a href="<?cs var:Site.base ?>/complaint/place?d=<?cs var:url_escape(Draft.id) ?>"><?cs var:Text.complaint.change ?><span class="unseen"> <?cs var:Text.photo.title ?></span></a></p>
<?cs /if ?><h2><?cs var:Text.complaint.check.promise ?></h2>
<?cs if:?Clocks.0.title ?><p><?cs var:Text.complaint.check.promise_text ?></p>
<?cs call:promise_list(Clocks) ?><?cs else ?><p><?cs var:Text.complaint.no_clock ?></p>
<?cs /if ?><?cs if:!has_phone ?><p class="box warn"><?cs var:Text.complaint.no_phone ?></p>
<?cs /if ?><form method="post" action="<?cs var:Site.base ?>/complaint/file?d=<?cs var:url_escape(Draft.id) ?>"><?cs call:form_token() ?>
<div hidden><label for="f-website"><?cs var:Text.effort.trap ?></label><input id="f-website" name="website" type="text" value="" tabindex="-1" autocomplete="off"></div>
<p><strong><?cs var:Text.complaint.check.last ?></strong></p>
<?cs call:effort() ?><?cs call:button(Text.complaint.submit) ?></form>
<?cs call:public_end() ?>
