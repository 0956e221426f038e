// The pages of progress only: counts down by the server's clock and fetches what changed. Everything works without it.
(function () {
  'use strict';
  var live = document.getElementById('live');
  if (!live || !window.fetch || !window.DOMParser) return;
  var offset = 0; // the server's clock minus ours, ms
  var tag = '';
  var wait = 30000;
  var timer = 0;
  var isPaused = false;
  var news = document.getElementById('news'); // said aloud when something changed
  var pause = document.getElementById('pause');

  function words(ms) {
    var units = live.dataset.units.split('|'); // day, hour, minute, second
    var s = Math.floor(ms / 1000);
    var m = Math.floor(s / 60);
    var h = Math.floor(m / 60);
    if (s < 60) return s + ' ' + units[3];
    if (h < 1) return m + ' ' + units[2] + ' ' + s % 60 + ' ' + units[3];
    if (h <= 72) return h + ' ' + units[1] + (m % 60 ? ' ' + m % 60 + ' ' + units[2] : '');
    return Math.floor(h / 24) + ' ' + units[0] + (h % 24 ? ' ' + h % 24 + ' ' + units[1] : '');
  }

  function count() {
    if (isPaused) return;
    var now = Date.now() + offset;
    var ended = false;
    live.querySelectorAll('[data-due]').forEach(function (node) {
      var left = Number(node.dataset.due) - now;
      if (left < 0) ended = true;
      else node.textContent = live.dataset.left.replace('{0}', words(left));
    });
    if (ended && wait > 5000) { wait = 5000; plan(); }
  }

  // Only what differs: a photo that is looked at stays.
  function replace(fresh) {
    var before = live.children;
    if (before.length !== fresh.children.length) { live.innerHTML = fresh.innerHTML; return; }
    for (var i = 0; i < before.length; i++)
      if (before[i].outerHTML !== fresh.children[i].outerHTML) before[i].replaceWith(fresh.children[i].cloneNode(true));
  }

  function show(page) {
    var fresh = new DOMParser().parseFromString(page, 'text/html').getElementById('live');
    if (!fresh) return location.reload(); // not ours to see any more
    var isNews = fresh.dataset.version !== live.dataset.version;
    replace(fresh);
    live.dataset.version = fresh.dataset.version;
    if (isNews) news.textContent = news.dataset.changed;
    count();
  }

  // Nothing moves while it is paused or a link in it has the focus.
  function isHeld() {
    return document.hidden || isPaused || live.contains(document.activeElement);
  }

  function poll() {
    if (isHeld()) return plan();
    fetch(location.pathname, { headers: tag ? { 'If-None-Match': tag } : {}, credentials: 'same-origin' }).then(function (answer) {
      var date = Date.parse(answer.headers.get('Date'));
      if (date) offset = date - Date.now();
      tag = answer.headers.get('ETag') || tag;
      wait = answer.ok || answer.status === 304 ? 30000 : Math.min(wait * 2, 300000);
      return answer.ok ? answer.text().then(show) : null;
    }).catch(function () { wait = Math.min(wait * 2, 300000); }).then(plan);
  }

  function plan() {
    clearTimeout(timer);
    timer = setTimeout(poll, wait);
  }

  pause.hidden = false;
  pause.onclick = function () {
    isPaused = !isPaused;
    pause.textContent = isPaused ? pause.dataset.go : pause.dataset.pause;
    news.textContent = isPaused ? news.dataset.paused : '';
    if (!isPaused) { count(); poll(); }
  };

  poll();
  setInterval(count, 1000);
})();
