<?cs #
How residents watch over the service (Art. 8), and where to turn when a promise was not kept.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><h1><?cs var:Page.title ?></h1>
<h2><?cs var:Text.supervision.phone ?></h2>
<p><?cs call:hotline_link() ?> <?cs var:Text.layout.hotline_hours ?></p>
<?cs if:Site.footer_address ?><h2><?cs var:Text.supervision.address ?></h2>
<p><?cs var:Site.footer_address ?></p>
<?cs /if ?><?cs if:Site.footer_mailbox ?><h2><?cs var:Text.supervision.mailbox ?></h2>
<p><a href="mailto:<?cs var:url_escape(Site.footer_mailbox) ?>"><?cs var:Site.footer_mailbox ?></a></p>
<?cs /if ?><h2><?cs var:Text.supervision.badge ?></h2>
<p><?cs var:Text.supervision.badge_words ?> <a href="<?cs var:Site.base ?>/complaint/badge"><?cs var:Text.badge.title ?></a></p>
<h2><?cs var:Text.supervision.box ?></h2>
<p><?cs var:Text.supervision.box_words ?> <a href="<?cs var:Site.base ?>/complaint/new"><?cs var:Text.supervision.box_link ?></a></p>
<h2><?cs var:Text.supervision.discipline ?></h2>
<p><?cs var:Text.sealed.who ?> <a href="<?cs var:Site.base ?>/complaint/misconduct"><?cs var:Text.sealed.form_link ?></a></p>
<h2 id="compensation"><?cs var:Text.supervision.compensation ?></h2>
<p><?cs var:Text.supervision.compensation_words ?></p>
<p><a class="button second" href="<?cs var:Site.base ?>/complaint/new"><?cs var:Text.portal.file ?></a></p>
<?cs call:public_end() ?>
