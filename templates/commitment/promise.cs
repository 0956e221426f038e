<?cs #
One promise in full.
?><?cs include!"layout.cs" ?><?cs #

one period
?><?cs def:period(f, words) ?><dt><?cs var:words ?></dt><dd><?cs var:f.kept ?><?cs if:f.times ?> <?cs var:f.times ?><?cs /if ?><?cs if:f.granted ?> <?cs var:f.granted ?><?cs /if ?><?cs if:f.excused ?> <?cs var:f.excused ?><?cs /if ?></dd>
<?cs /def ?><?cs #

?><?cs call:public_start() ?><?cs call:back_link("/commitment/", Text.commitment.counting.back) ?><h1><?cs var:Page.title ?></h1>
<p class="lead"><?cs var:Promise.limit ?><?cs if:Promise.is_goal ?> <?cs call:tag(Text.commitment.goal, "warn") ?><?cs /if ?></p>
<?cs if:?as_of.iso ?><p class="small"><?cs var:Text.commitment.as_of ?> <?cs call:moment(as_of) ?></p>
<?cs /if ?><?cs if:is_stale ?><p class="box warn"><?cs var:Text.commitment.stale ?></p>
<?cs /if ?><?cs if:Promise.has_cases ?><dl class="periods"><?cs call:period(Promise.window, window_words) ?><?cs call:period(Promise.month, Text.commitment.month) ?></dl>
<?cs /if ?><h2><?cs var:Text.promise.days ?></h2>
<?cs if:?Bars.0.x ?><svg class="strip" viewBox="0 0 <?cs var:strip_width ?> 60" preserveAspectRatio="xMaxYMid slice" role="img" aria-label="<?cs var:strip_words ?>"><defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="4"/></pattern></defs>
<?cs each:b = Bars ?><rect class="<?cs var:b.kind ?>" x="<?cs var:b.x ?>" y="<?cs var:b.y ?>" width="8" height="<?cs var:b.height ?>"><title><?cs var:b.title ?></title></rect><?cs if:b.is_missed ?><rect class="notch" x="<?cs var:b.x ?>" y="52" width="8" height="8"/><?cs /if ?>
<?cs /each ?></svg>
<p class="small"><?cs var:strip_words ?> <?cs var:Text.promise.strip_how ?></p>
<?cs else ?><p><?cs var:Text.promise.nothing ?></p>
<?cs /if ?><?cs if:?Months.0.name ?><h2><?cs var:Text.promise.months ?></h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="months"><table><caption id="months"><?cs var:Text.promise.months_caption ?></caption>
<thead><tr><th scope="col"><?cs var:Text.promise.month ?></th><th scope="col"><?cs var:Text.promise.total ?></th><th scope="col"><?cs var:Text.promise.kept ?></th><th scope="col"><?cs var:Text.promise.rate ?></th><th scope="col"><?cs var:Text.promise.granted ?></th><th scope="col"><?cs var:Text.promise.excused ?></th></tr></thead>
<tbody><?cs each:m = Months ?><tr><th scope="row"><?cs var:m.name ?></th><td><?cs var:m.total ?></td><td><?cs var:m.kept ?></td><td><?cs var:m.rate ?></td><td><?cs var:m.granted ?></td><td><?cs var:m.excused ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /if ?><h2><?cs var:Text.promise.misses ?></h2>
<?cs if:?Misses.0.day ?><div class="scroll" tabindex="0" role="region" aria-labelledby="misses"><table><caption id="misses"><?cs var:Text.promise.misses_caption ?> <?cs var:miss_total ?></caption>
<thead><tr><th scope="col"><?cs var:Text.promise.day_due ?></th><th scope="col"><?cs var:Text.promise.late ?></th><th scope="col"><?cs var:Text.promise.why ?></th></tr></thead>
<tbody><?cs each:m = Misses ?><tr><th scope="row"><?cs var:m.day ?></th><td><?cs var:m.late ?></td><td><?cs var:m.reason ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs if:?miss_more ?><p class="small"><?cs var:miss_more ?></p>
<?cs /if ?><?cs else ?><p><?cs var:Text.promise.no_misses ?></p>
<?cs /if ?><h2><?cs var:Text.commitment.how ?></h2>
<dl class="periods"><dt><?cs var:Text.promise.by ?></dt><dd><?cs var:Promise.article ?><?cs if:Promise.is_by_ops ?> · <?cs var:Text.interpretation.ops ?><?cs /if ?></dd>
<dt><?cs var:Text.promise.from ?></dt><dd><?cs if:Promise.is_before ?><?cs var:Promise.end ?> → <?cs var:Promise.start ?><?cs else ?><?cs var:Promise.start ?> → <?cs var:Promise.end ?><?cs /if ?></dd>
<dt><?cs var:Text.promise.bound ?></dt><dd><?cs var:bound_words ?></dd>
<dt><?cs var:Text.promise.left_out ?></dt><dd><?cs var:Text.promise.left_out_words ?></dd></dl>
<?cs if:Promise.note ?><p><?cs var:Promise.note ?></p>
<?cs /if ?><p><a href="<?cs var:Site.base ?>/commitment/counting"><?cs var:Text.promise.more ?></a></p>
<?cs call:public_end() ?>
