/* Keys for the list of items: j and k go from row to row, Enter opens, / searches.
   The page does everything without this file. Nothing happens while somebody types, and none
   of the browser's own keys is taken away. */
"use strict";
(function () {
  var help = document.querySelector("[data-keys]");
  var search = document.getElementById("id_q");
  if (!help || !search) { return; }
  help.hidden = false;

  function links() {
    return Array.prototype.slice.call(document.querySelectorAll("#results tbody th a"));
  }

  function step(ways) {
    var all = links();
    if (!all.length) { return; }
    var here = all.indexOf(document.activeElement);
    var next = here < 0 ? (ways > 0 ? 0 : all.length - 1) : here + ways;
    if (next < 0 || next >= all.length) { return; }
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  }

  function turn(way) {
    var link = document.querySelector("#results .pages a[rel=" + way + "]");
    if (link) { link.click(); }
  }

  var keys = {
    "j": function () { step(1); },
    "k": function () { step(-1); },
    "n": function () { turn("next"); },
    "p": function () { turn("prev"); },
    "/": function () { search.focus(); search.select(); },
    "?": function () { help.open = !help.open; }
  };

  function typing(place) {
    return place && (/^(INPUT|SELECT|TEXTAREA)$/.test(place.tagName) || place.isContentEditable);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    if (typing(event.target)) {
      if (event.key === "Escape" && event.target === search) { search.blur(); }
      return;
    }
    var inList = links().indexOf(document.activeElement) >= 0;
    if (inList && event.key === "ArrowDown") { event.preventDefault(); step(1); return; }
    if (inList && event.key === "ArrowUp") { event.preventDefault(); step(-1); return; }
    var act = Object.prototype.hasOwnProperty.call(keys, event.key) ? keys[event.key] : null;
    if (act) { event.preventDefault(); act(); }
  });
}());
