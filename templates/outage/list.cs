<?cs include!"outage/card.cs" ?><?cs #

what is announced for a place; a: Answer or Home ?><?cs def:answer_rows(a) ?><?cs if:a.is_affected ?><p class="box warn"><?cs if:a.is_now ?><?cs var:Text.outage.affected ?><?cs else ?><?cs var:Text.outage.affected_later ?><?cs /if ?></p>
<ul class="cards"><?cs each:o = a.Rows ?><?cs call:outage_card(o) ?><?cs /each ?></ul>
<?cs else ?><p class="box ok"><?cs if:a.is_known ?><?cs var:Text.outage.not_affected ?><?cs else ?><?cs var:Text.outage.not_known ?><?cs /if ?> <?cs var:Text.outage.checked ?> <?cs call:moment(checked) ?></p>
<p><a href="<?cs var:Site.base ?>/complaint/new"><?cs var:Text.portal.file ?></a></p>
<?cs /if ?><?cs /def ?><?cs #

?><?cs call:public_start() ?><?cs call:error_summary() ?><h1><?cs var:Text.outage.title ?></h1>
<?cs if:?copied.ms ?><p class="box warn"><?cs var:Text.outage.copy ?> <?cs call:moment(copied) ?></p>
<?cs else ?><form method="get" action="<?cs var:Site.base ?>/outage/"><?cs call:text_field(Form.q, "q", Text.outage.question, Text.outage.question_hint, "text", "", "off", "") ?><?cs call:button(Text.outage.ask) ?></form>
<p><a href="<?cs var:Site.base ?>/outage/account"><?cs var:Text.outage.account.link ?></a></p>
<?cs /if ?><?cs if:?Answer.question ?><section aria-labelledby="h-answer"><h2 id="h-answer"><?cs var:Text.outage.answer ?> <?cs var:Answer.question ?></h2>
<?cs call:answer_rows(Answer) ?><?cs if:?Answer.place ?><form method="post" action="<?cs var:Site.base ?>/outage/home"><?cs call:form_token() ?><input type="hidden" name="place" value="<?cs var:Answer.place ?>"><?cs call:button_second(Text.outage.home.keep) ?></form>
<p class="hint"><?cs var:Text.outage.home.hint ?></p>
<?cs if:may_subscribe ?><p><a class="lone" href="<?cs var:Site.base ?>/outage/subscribe?place=<?cs var:Answer.place ?>"><?cs var:Text.subscribe.link ?></a></p>
<?cs /if ?><?cs call:outage_feeds(Text.outage.feeds_here) ?><?cs /if ?><?cs if:?Answer.Places.0.id ?><h3><?cs var:Text.outage.which ?></h3>
<ul class="plain"><?cs each:p = Answer.Places ?><li><a class="lone" href="<?cs var:Site.base ?>/outage/?place=<?cs var:p.id ?>"><?cs var:p.name ?></a></li>
<?cs /each ?></ul>
<?cs /if ?></section>
<?cs /if ?><?cs if:?Home.question ?><section aria-labelledby="h-home"><h2 id="h-home"><?cs var:Text.outage.home.title ?> <?cs var:Home.question ?></h2>
<?cs call:answer_rows(Home) ?><form method="post" action="<?cs var:Site.base ?>/outage/home"><?cs call:form_token() ?><?cs call:button_second(Text.outage.home.forget) ?></form>
</section>
<?cs /if ?><?cs if:?Districts.0.id ?><?cs if:!?copied.ms ?><nav aria-labelledby="h-districts"><h2 id="h-districts"><?cs var:Text.outage.districts ?></h2>
<ul class="links"><li><a class="lone" href="<?cs var:Site.base ?>/outage/"<?cs if:!?District.name ?> aria-current="true"<?cs /if ?>><?cs var:Text.outage.districts_all ?></a></li>
<?cs each:d = Districts ?><li><a class="lone" href="<?cs var:Site.base ?>/outage/?district=<?cs var:d.id ?>"<?cs if:d.is_chosen ?> aria-current="true"<?cs /if ?><?cs if:Page.is_en ?> lang="zh-CN"<?cs /if ?>><?cs var:d.name ?></a></li>
<?cs /each ?></ul></nav>
<?cs /if ?><?cs /if ?><section aria-labelledby="h-now"><h2 id="h-now"><?cs var:Text.outage.now ?><?cs if:?District.name ?> · <?cs var:District.name ?><?cs /if ?></h2>
<?cs if:?Running.0.id ?><ul class="cards"><?cs each:o = Running ?><?cs call:outage_card(o) ?><?cs /each ?></ul>
<?cs else ?><p class="box ok"><?cs var:Text.outage.none ?></p>
<?cs /if ?><p class="small"><?cs var:Text.outage.checked ?> <?cs call:moment(checked) ?></p></section>
<section aria-labelledby="h-planned"><h2 id="h-planned"><?cs var:Text.outage.planned ?></h2>
<?cs if:?Planned.0.id ?><ul class="cards"><?cs each:o = Planned ?><?cs call:outage_card(o) ?><?cs /each ?></ul>
<?cs /if ?><?cs each:t = Texts ?><section class="promise" id="o-<?cs var:t.code ?>"><h3><?cs var:t.title ?></h3>
<?cs call:prose(t.Body) ?><p class="small"><?cs var:Text.outage.text_since ?> <?cs call:moment(t.from) ?></p></section>
<?cs /each ?><?cs if:!?Planned.0.id && !?Texts.0.code ?><p class="box ok"><?cs var:Text.outage.none_planned ?></p>
<?cs /if ?></section>
<section aria-labelledby="h-ended"><h2 id="h-ended"><?cs var:Text.outage.recent ?></h2>
<?cs if:?Ended.0.id ?><ul class="cards"><?cs each:o = Ended ?><?cs call:outage_card(o) ?><?cs /each ?></ul>
<?cs else ?><p><?cs var:Text.outage.none_recent ?></p>
<?cs /if ?></section>
<?cs if:may_subscribe && !?Answer.place ?><p><a class="lone" href="<?cs var:Site.base ?>/outage/subscribe"><?cs var:Text.subscribe.title ?></a></p>
<?cs /if ?><?cs call:outage_advice() ?><?cs if:!?Answer.place ?><?cs call:outage_feeds(Text.outage.feeds) ?><?cs /if ?><?cs call:public_end() ?>
