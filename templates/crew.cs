<?cs #
Macros of the crews' pages, made for a phone: one column, large buttons, no script. A page is

    include! crew.cs, call:crew_start(), the page, call:crew_end()

?><?cs include!"staff.cs" ?><?cs #

?><?cs def:crew_start() ?><?cs call:page_head("crew", "") ?><body class="crew">
<a class="skip" href="#main"><?cs var:Text.layout.skip ?></a>
<header class="top"><?cs call:sample_banner() ?><div class="wide"><span class="brand"><?cs var:Text.crew.brand ?></span>
<nav aria-label="<?cs var:Text.layout.switches ?>"><?cs call:page_switches() ?></nav>
<?cs if:Actor.login ?><form class="who" method="post" action="<?cs var:Site.base ?>/crew/signout"><?cs call:form_token() ?><span><?cs var:Actor.name ?></span> <button type="submit"><?cs var:Text.staff.signout ?></button></form>
<?cs /if ?></div></header>
<main id="main" tabindex="-1">
<?cs /def ?><?cs #

?><?cs def:crew_end() ?></main>
<footer><div class="wide"><p class="hotline"><?cs var:Text.crew.ops ?> <?cs call:hotline_link() ?></p></div></footer>
</body>
</html>
<?cs /def ?>
