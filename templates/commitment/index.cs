<?cs #
Every promise, and how it was kept.
?><?cs include!"layout.cs" ?><?cs #

one period of one promise
?><?cs def:period(f, words) ?><dt><?cs var:words ?></dt><dd><?cs var:f.kept ?><?cs if:f.times ?> <?cs var:f.times ?><?cs /if ?><?cs if:f.granted ?> <?cs var:f.granted ?><?cs /if ?><?cs if:f.excused ?> <?cs var:f.excused ?><?cs /if ?></dd>
<?cs /def ?><?cs #

?><?cs call:public_start() ?><h1><?cs var:Page.title ?></h1>
<?cs if:?copied.iso ?><p class="box warn"><?cs var:Text.public_text.copied ?> <?cs call:moment(copied) ?></p>
<?cs /if ?><p class="lead"><?cs var:Text.commitment.lead ?></p>
<?cs if:?as_of.iso ?><p><?cs var:Text.commitment.as_of ?> <?cs call:moment(as_of) ?></p>
<?cs else ?><p class="box info"><?cs var:Text.commitment.empty ?></p>
<?cs /if ?><?cs if:is_stale ?><p class="box warn"><?cs var:Text.commitment.stale ?></p>
<?cs /if ?><nav class="noprint" aria-label="<?cs var:Text.commitment.contents ?>"><ul class="links"><?cs each:g = Groups ?><li><a class="lone" href="#g-<?cs var:g.name ?>"><?cs var:g.title ?></a></li>
<?cs /each ?><li><a class="lone" href="<?cs var:Site.base ?>/commitment/counting"><?cs var:Text.commitment.how ?></a></li>
</ul></nav>
<?cs each:g = Groups ?><h2 id="g-<?cs var:g.name ?>"><?cs var:g.title ?></h2>
<p><?cs var:g.procedure ?></p>
<?cs each:p = g.Promises ?><section class="promise" id="p-<?cs var:p.code ?>">
<h3><?cs var:p.name ?> · <?cs var:p.limit ?><?cs if:p.is_goal ?> <?cs call:tag(Text.commitment.goal, "warn") ?><?cs /if ?></h3>
<p class="small"><?cs var:p.article ?><?cs if:p.is_by_ops ?> · <?cs var:Text.interpretation.ops ?><?cs /if ?> · <?cs if:p.is_before ?><?cs var:p.end ?> → <?cs var:p.start ?><?cs else ?><?cs var:p.start ?> → <?cs var:p.end ?><?cs /if ?></p>
<?cs if:p.note ?><p class="small"><?cs var:p.note ?></p>
<?cs /if ?><?cs if:p.window.permille ?><svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><rect width="<?cs var:p.window.permille ?>" height="10"/></svg>
<?cs /if ?><?cs if:p.has_cases ?><dl class="periods"><?cs call:period(p.window, window_words) ?><?cs call:period(p.month, Text.commitment.month) ?></dl><?cs else ?><p><?cs var:nothing_words ?></p>
<?cs /if ?>
<p class="small"><a class="lone" href="<?cs var:Site.base ?>/commitment/promise/<?cs var:url_escape(p.code) ?>"><?cs var:Text.promise.link ?><span class="unseen"> <?cs var:p.name ?></span></a></p>
</section>
<?cs /each ?><?cs /each ?><?cs if:?Procedures.0.code ?><h2><?cs var:Text.public_text.procedures ?></h2>
<ul class="links"><?cs each:t = Procedures ?><li><a class="lone" href="<?cs var:Site.base ?>/commitment/text/<?cs var:url_escape(t.code) ?>"><?cs var:t.title ?></a></li>
<?cs /each ?></ul>
<?cs /if ?><?cs if:?Explanations.0.code ?><h2><?cs var:Text.public_text.explanations ?></h2>
<p class="small"><?cs var:Text.interpretation.ops ?></p>
<ul class="links"><?cs each:t = Explanations ?><li><a class="lone" href="<?cs var:Site.base ?>/commitment/text/<?cs var:url_escape(t.code) ?>"><?cs var:t.title ?></a></li>
<?cs /each ?></ul>
<?cs /if ?><h2><?cs var:Text.public_text.channels ?></h2>
<p><?cs var:Text.public_text.channels_words ?> <a class="lone" href="<?cs var:Site.base ?>/commitment/supervision"><?cs var:Text.supervision.title ?></a></p>
<h2><?cs var:Text.commitment.copies ?></h2>
<ul class="links"><li><a class="lone" href="<?cs var:Site.base ?>/commitment/commitments.csv" download="commitments.csv"><?cs var:Text.commitment.csv ?></a></li>
<li><a class="lone" href="<?cs var:Site.base ?>/commitment/commitments.json"><?cs var:Text.commitment.json ?></a></li>
<li><a class="lone" href="<?cs var:Site.base ?>/commitment/commitments.jsonld"><?cs var:Text.promise.jsonld ?></a></li></ul>
<?cs call:public_end() ?>
