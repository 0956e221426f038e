<?cs include!"staff.cs" ?><?cs #

where, from the register: lines that name places, the button that finds them, what it found. staff.js finds while one types

?><?cs def:area_picker(f, hint) ?><?cs # the Enter key presses the first button of a form: it has to send it, not to find ?><button type="submit" hidden></button>
<?cs call:text_area(f, "places", Text.outage.field.places, hint, "4") ?>
<div class="picker" id="picker" data-search="<?cs var:Site.base ?><?cs var:Area.search ?>" data-label="<?cs var:Text.area.add ?>" data-none="<?cs var:Text.area.none ?>" data-found="<?cs var:Text.area.found ?>"><button class="button second" type="submit" name="find" value="1" formnovalidate><?cs var:Text.area.find ?></button>
<?cs if:Area.total ?><p role="status"><?cs var:Text.area.total ?> <?cs var:Area.total ?></p>
<?cs /if ?><?cs if:?Area.Choices.0.value ?><fieldset><legend><?cs var:Text.area.choices ?></legend>
<?cs each:c = Area.Choices ?><div class="choice"><input type="checkbox" name="pick<?cs var:c.number ?>" value="<?cs var:c.value ?>" id="f-pick<?cs var:c.number ?>"><label for="f-pick<?cs var:c.number ?>"><?cs var:c.name ?><span class="hint"><?cs if:c.around ?><?cs var:c.around ?> · <?cs /if ?><?cs var:c.households ?></span></label></div>
<?cs /each ?></fieldset>
<?cs /if ?></div>
<?cs /def ?>