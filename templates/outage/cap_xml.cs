<?cs #
One message as an alert of the Common Alerting Protocol 1.2; the order of elements is the standard's.
?><?xml version="1.0" encoding="utf-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier><?cs var:identifier ?></identifier>
<sender><?cs var:sender ?></sender>
<sent><?cs var:sent ?></sent>
<status><?cs var:status ?></status>
<msgType><?cs var:type ?></msgType>
<scope>Public</scope>
<?cs if:references ?><references><?cs var:references ?></references>
<?cs /if ?><incidents><?cs var:incident ?></incidents>
<info>
<language>zh-CN</language>
<category>Infra</category>
<event><?cs var:event ?></event>
<responseType><?cs var:response ?></responseType>
<urgency><?cs var:urgency ?></urgency>
<severity><?cs var:severity ?></severity>
<certainty><?cs var:certainty ?></certainty>
<effective><?cs var:effective ?></effective>
<onset><?cs var:onset ?></onset>
<expires><?cs var:expires ?></expires>
<senderName><?cs var:company ?></senderName>
<headline><?cs var:headline ?></headline>
<description><?cs var:description ?></description>
<instruction><?cs var:instruction ?></instruction>
<web><?cs var:web ?></web>
<contact><?cs var:contact ?></contact>
<?cs if:water_points ?><parameter><valueName>waterPoints</valueName><value><?cs var:water_points ?></value></parameter>
<?cs /if ?><area>
<areaDesc><?cs var:area ?></areaDesc>
<?cs each:p = Places ?><geocode><valueName>place</valueName><value><?cs var:p.id ?></value></geocode>
<?cs /each ?></area>
</info>
</alert>
