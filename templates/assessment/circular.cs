<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/assessment/circular/"><?cs var:Text.circular.title ?></a></p>
<?cs if:is_done ?><p class="box ok noprint" role="status"><?cs var:Text.staff.show.done ?></p><?cs /if ?>
<?cs if:is_stale ?><div class="errors" role="alert" tabindex="-1"><h2><?cs var:Text.circular.stale ?></h2><?cs if:typed ?><div class="field"><label for="f-typed"><?cs var:Text.staff.show.typed ?></label><textarea id="f-typed" rows="3" readonly>
<?cs var:typed ?></textarea></div><?cs /if ?></div>
<?cs /if ?><?cs call:error_summary() ?>
<?cs if:?Circular.withdrawn.ms ?><div class="box warn"><p><strong><?cs var:Text.circular.withdrawn ?></strong> <?cs call:moment(Circular.withdrawn) ?><?cs if:Circular.withdrawer ?>, <?cs var:Circular.withdrawer ?><?cs /if ?></p><p class="words"><?cs var:Circular.withdrawal_words ?></p></div>
<?cs /if ?><article class="sheet"><h1><?cs var:Circular.title ?></h1>
<p class="sheet-number"><?cs var:Circular.number ?></p>
<p><?cs var:Text.circular.unit ?>: <?cs var:Circular.unit ?></p>
<p class="words"><?cs var:Circular.words ?></p>
<?cs if:has_reasons ?><h2><?cs var:Text.circular.reasons ?></h2>
<ul><?cs each:r = Reasons ?><li><?cs if:?r.order ?><?cs if:r.is_linked ?><a href="<?cs var:Site.base ?>/staff/assessment/order/<?cs var:r.order ?>"><?cs var:Text.order.show.heading ?> <?cs var:r.order ?></a><?cs else ?><?cs var:Text.order.show.heading ?> <?cs var:r.order ?><?cs /if ?><?cs else ?><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:r.ticket ?>"><?cs var:r.ticket_text ?></a><?cs /if ?></li>
<?cs /each ?></ul><?cs /if ?>
<p class="sheet-sign"><?cs var:Text.circular.by ?><br><time datetime="<?cs var:Circular.published.iso ?>"><?cs var:Circular.date ?></time><?cs if:Circular.publisher ?><br><span class="small noprint"><?cs var:Text.circular.published_by ?> <?cs var:Circular.publisher ?></span><?cs /if ?></p></article>
<?cs if:may_withdraw ?><details class="act noprint" id="act-withdraw"<?cs if:Form.words.error ?> open<?cs /if ?>><summary><?cs var:Text.circular.withdraw ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/assessment/circular/<?cs var:Circular.id ?>/withdraw"><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs call:text_area(Form.words, "words", Text.circular.withdraw_words, Text.circular.withdraw_hint, "3") ?>
<?cs call:button_second(Text.circular.withdraw) ?></form></details>
<?cs /if ?><?cs call:staff_end() ?>
