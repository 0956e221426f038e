#!/bin/bash
# What a template may contain. ClearSilver prints raw, injects or corrupts memory with the constructs kept out here.
. "$(dirname "$0")/lint.bash"

findings() { node "$lint_top/tests/lint/templates.js"; }

rule command "only var if elif else each with set def call loop include! and comments are allowed"
rule closing "a block is not closed, or closed by another's end"
rule slice "string.slice reads beyond short texts and cuts characters; cut in C"
rule plus-index "+ together with [ ] frees memory twice when one side is undefined; use with: or build it in C"
rule escape-part "an escape function inside a longer expression leaves the rest of it raw"
rule set-argument "set: on a macro's argument crashes when the value is undefined"
rule division "/ and % on variables crash on some values; work it out in C"
rule gettext "_() is a use after free; words come from Text"
rule unquoted "an attribute without quotes"
rule inline "script, style and handlers stay out of the page (Content-Security-Policy)"
rule include-missing "an included file is not there"
rule include-cycle "templates include each other in a circle"
rule words "words belong into templates/text, in both languages"
rule text-missing "a text that no language file has"
rule text-differ "a text that only one language has"
rule text-syntax "a language file that cannot be read"

bad command templates/a.cs <<'END'
<?cs alt:X ?>y<?cs /alt ?>
END
bad command templates/a.cs <<'END'
<?cs lvar:X ?>
END
bad command templates/a.cs <<'END'
<?cs include:"b.cs" ?>
END
bad command templates/a.cs <<'END'
<?cs escape:"none" ?><?cs /escape ?>
END
bad command templates/a.cs <<'END'
<?cs name:X ?><?cs uvar:X ?><?cs evar:X ?><?cs linclude:"x" ?>
END
bad closing templates/a.cs <<'END'
<?cs if:X ?><?cs each:r = Rows ?><?cs /if ?><?cs /each ?>
END
bad closing templates/a.cs <<'END'
<?cs if:X ?>
END
bad slice templates/a.cs <<'END'
<?cs var:string.slice(X, #0, #3) ?>
END
bad plus-index templates/a.cs <<'END'
<?cs var:"a" + Lab[K] ?>
END
bad escape-part templates/a.cs <<'END'
<a href="<?cs var:url_escape(A) + B ?>">x</a>
END
bad escape-part templates/a.cs <<'END'
<?cs var:"q=" + url_escape(A) ?>
END
bad set-argument templates/a.cs <<'END'
<?cs def:m(p, q) ?><?cs set:q = X ?><?cs /def ?>
END
bad division templates/a.cs <<'END'
<?cs var:#10 / N ?>
END
bad gettext templates/a.cs <<'END'
<?cs var:_("x") ?>
END
bad unquoted templates/a.cs <<'END'
<p><input name=x value="1"></p>
END
bad unquoted templates/a.cs <<'END'
<input value=<?cs var:X ?>>
END
bad inline templates/a.cs <<'END'
<p style="color: red">x</p>
END
bad inline templates/a.cs <<'END'
<button onclick="x()">x</button>
END
bad inline templates/a.cs <<'END'
<script>x()</script>
END
bad inline templates/a.cs <<'END'
<a href="javascript:x()">x</a>
END
bad include-missing templates/a.cs <<'END'
<?cs include!"b.cs" ?>
END
with templates/b.cs <<'END'
<?cs include!"a.cs" ?>
END
bad include-cycle templates/a.cs <<'END'
<?cs include!"b.cs" ?>
END
bad words templates/a.cs <<'END'
<p>报修</p>
END
with templates/text/en.hdf <<'END'
Text.a = A
END
with templates/text/zh-CN.hdf <<'END'
Text.a = 甲
END
bad text-missing templates/a.cs <<'END'
<?cs var:Text.b ?>
END
with templates/text/en.hdf <<'END'
Text { a = A
}
Text.b = B
END
bad text-differ templates/text/zh-CN.hdf <<'END'
Text.a = 甲
END
with templates/text/en.hdf <<'END'
Text {
  a = A
END
bad text-syntax templates/text/zh-CN.hdf <<'END'
Text.a = 甲
END
with templates/text/en.staff.hdf <<'END'
Text.b = B
END
bad text-differ templates/text/zh-CN.staff.hdf <<'END'
Text.c = 丙
END
with templates/text/en.staff.hdf <<'END'
Text.a = B
END
with templates/text/en.hdf <<'END'
Text.a = B
END
bad text-syntax templates/text/zh-CN.hdf <<'END'
Text.a = 甲
END
with templates/text/en.more.hdf <<'END'
Text.b = B
END
with templates/text/zh-CN.hdf <<'END'
# 说明
Text {
  a = 甲
  state {
    1 = 已受理
  }
  long << EOM
第一行
EOM
  b = 乙
}
END
with templates/text/en.hdf <<'END'
Text.a = A
Text.state.1 = received
Text.long = first line
END
with templates/layout.cs <<'END'
<?cs def:row(r, n) ?><?cs var:r.name ?><?cs set:Local = n ?><?cs /def ?>
END
good templates/a/b.cs <<'END'
<?cs include!"layout.cs" ?><?cs # a comment: 说明 + [ ] / ?>
<p class="<?cs if:X > #1 && Y == "a/b" ?>x<?cs elif:Z ?>y<?cs else ?>z<?cs /if ?>" title='<?cs var:Text.state[Ticket.state] ?>'><?cs var:Text.a ?></p>
<?cs each:r = Rows ?><?cs call:row(r, "1 + [2]") ?><?cs with:t = Text.state ?><?cs var:t[r.id] ?><?cs /with ?><?cs /each ?>
<?cs loop:i = #1, #3, #1 ?><?cs var:i + "x" ?><?cs /loop ?><a href="/a?q=<?cs var:url_escape(Q) ?>">x</a>
<input required<?cs if:C ?> checked<?cs /if ?> value="<?cs var:Text.long ?>"><script src="/static/a.js" defer></script>
END
finish
