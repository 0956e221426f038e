<?cs #
One assignment: where and what, whom to call, the next step as a large button, and the others below it.
?><?cs include!"crew.cs" ?><?cs include!"photos.cs" ?><?cs #

?><?cs def:step(f) ?><details class="act" id="act-<?cs var:f.name ?>"<?cs if:f.is_open ?> open<?cs /if ?>><summary><?cs var:f.title ?><?cs if:?f.due.ms ?> <span class="small"><?cs var:f.due.at ?> · <?cs call:countdown(f.due) ?></span><?cs /if ?></summary>
<form method="post" action="<?cs var:Site.base ?>/crew/job/<?cs var:url_escape(Job.token) ?>/<?cs var:f.name ?>"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:f.version ?>">
<?cs each:x = f.Fields ?><?cs call:act_field(x) ?><?cs /each ?><button class="button" type="submit"><?cs var:f.title ?></button>
<?cs if:?f.Extras.0.name ?><details class="extra"<?cs if:f.is_extra_open ?> open<?cs /if ?>><summary><?cs var:Text.crew.job.extra ?><span class="unseen"> <?cs var:f.title ?></span></summary>
<?cs each:x = f.Extras ?><?cs call:act_field(x) ?><?cs /each ?></details>
<?cs /if ?></form></details>
<?cs /def ?><?cs #

?><?cs call:crew_start() ?><?cs if:is_done ?><p class="box ok" role="status"><?cs var:Text.staff.show.done ?></p>
<?cs /if ?><?cs if:?Attempt.name ?><div class="errors" role="alert" tabindex="-1"><h2><?cs if:Attempt.is_conflict ?><?cs var:Text.staff.show.conflict ?><?cs else ?><?cs var:Text.staff.show.not_done ?> <?cs var:Attempt.title ?><?cs /if ?></h2>
<?cs if:Attempt.words ?><p><?cs var:Attempt.words ?></p>
<?cs /if ?><?cs if:Attempt.is_conflict ?><ul><?cs each:h = History ?><?cs if:h.is_new ?><li><?cs var:h.action ?> · <?cs var:h.who ?> · <?cs call:moment(h.at) ?></li><?cs /if ?><?cs /each ?></ul>
<?cs /if ?><?cs if:?Attempt.Errors.0.id ?><ul><?cs each:e = Attempt.Errors ?><li><a href="#f-<?cs var:e.id ?>"><?cs var:e.text ?></a></li><?cs /each ?></ul>
<?cs /if ?><?cs if:Attempt.is_offered ?><p><a href="#act-<?cs var:Attempt.name ?>"><?cs var:Text.staff.show.to_form ?></a></p>
<?cs elif:Attempt.typed ?><div class="field"><label for="f-typed"><?cs var:Text.staff.show.typed ?></label><textarea id="f-typed" rows="3" readonly>
<?cs var:Attempt.typed ?></textarea></div>
<?cs /if ?></div>
<?cs /if ?><h1><?cs var:Job.category ?> <?cs call:tag(Job.state, "info") ?></h1>
<p class="place"><?cs var:Job.place ?></p>
<?cs if:?Job.due.ms ?><p class="next"><?cs var:Text.staff.queue.due ?>: <?cs var:Job.due.at ?> · <?cs call:countdown(Job.due) ?></p>
<?cs /if ?><?cs each:g = Job.Grades ?><p><?cs call:tag(g.words, "bad") ?></p>
<?cs /each ?><?cs if:Job.is_limit_open ?><?cs call:notice(Text.staff.page.limit_open, "bad") ?>
<?cs /if ?><section aria-labelledby="h-person"><h2 id="h-person"><?cs var:Text.staff.show.person ?></h2>
<?cs if:Person.is_there ?><?cs if:Person.is_clear ?><?cs if:Person.phone ?><p><a class="button call" href="tel:<?cs var:url_escape(Person.phone) ?>"><?cs var:Text.crew.job.call ?> <?cs var:Person.phone ?></a></p>
<?cs /if ?><dl class="rows"><?cs if:Person.name ?><?cs call:row(Text.staff.new.name, Person.name) ?><?cs /if ?><?cs if:Person.address ?><?cs call:row(Text.staff.new.address, Person.address) ?><?cs /if ?></dl>
<?cs call:notice(Text.staff.show.unmasked, "warn") ?><?cs else ?><p><?cs var:Person.name ?> <?cs var:Person.phone ?></p>
<form method="post" action="<?cs var:Site.base ?>/crew/job/<?cs var:url_escape(Job.token) ?>/phone"><?cs call:form_token() ?><?cs call:button_second(Text.crew.job.phone) ?></form>
<?cs /if ?><?cs else ?><p><?cs var:Text.staff.show.nobody ?></p>
<?cs /if ?></section>
<section aria-labelledby="h-steps" class="acts"><h2 id="h-steps"><?cs var:Text.staff.show.steps ?></h2>
<?cs if:?Steps.0.name ?><?cs each:f = Steps ?><?cs call:step(f) ?><?cs /each ?><?cs else ?><p><?cs var:Text.staff.show.no_steps ?></p>
<?cs /if ?><?cs if:?Waiting.0.title ?><ul class="waiting"><?cs each:w = Waiting ?><li><strong><?cs var:w.title ?></strong>: <?cs var:w.why ?></li><?cs /each ?></ul>
<?cs /if ?><p class="small"><?cs var:Text.crew.job.finish ?></p></section>
<section aria-labelledby="h-photos"><h2 id="h-photos"><?cs var:Text.photo.title ?></h2>
<?cs if:?Photos.0.url ?><?cs call:photo_list(Photos) ?><?cs else ?><p><?cs var:Text.photo.none ?></p>
<?cs /if ?><?cs if:may_add_photos ?><p><a class="button second" href="<?cs var:Site.base ?>/crew/job/<?cs var:url_escape(Job.token) ?>/photos"><?cs var:Text.photo.link ?></a></p>
<?cs /if ?></section>
<section aria-labelledby="h-facts"><h2 id="h-facts"><?cs var:Text.staff.show.facts ?></h2>
<dl class="rows"><?cs call:row(Text.staff.queue.number, Job.number) ?><?cs call:row(Text.staff.field.zone, Job.zone) ?><?cs if:?Job.diameter ?><?cs call:row(Text.staff.field.diameter_mm, Job.diameter) ?><?cs /if ?><?cs if:Job.is_valve_stuck ?><?cs call:row(Text.staff.field.valve_stuck, Text.staff.yes) ?><?cs /if ?><div><dt><?cs var:Text.staff.queue.reported ?></dt><dd><?cs call:moment(Job.reported) ?></dd></div><?cs if:?Job.appointment.ms ?><div><dt><?cs var:Text.staff.field.appointment_at ?></dt><dd><?cs call:moment(Job.appointment) ?></dd></div><?cs /if ?></dl>
<?cs if:Job.words ?><p class="words"><?cs var:Job.words ?></p>
<?cs /if ?></section>
<section aria-labelledby="h-time"><h2 id="h-time"><?cs var:Text.crew.job.history ?></h2>
<ol class="history"><?cs each:h = History ?><li><?cs var:h.action ?> · <?cs if:h.who ?><?cs var:h.who ?> · <?cs /if ?><?cs call:moment(h.at) ?></li><?cs /each ?></ol></section>
<?cs call:crew_end() ?>
