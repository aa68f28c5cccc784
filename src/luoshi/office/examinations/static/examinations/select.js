/* Words selected in the source go into the form that asks where a point begins and ends.
   The page does everything without this file; with it nobody has to type the words. */
"use strict";
(function () {
  var source = document.querySelector("[data-source]");
  if (!source) { return; }

  function chosen() {
    var selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) { return ""; }
    var range = selection.getRangeAt(0);
    if (!source.contains(range.startContainer) || !source.contains(range.endContainer)) { return ""; }
    return selection.toString().trim();
  }

  document.addEventListener("selectionchange", function () {
    var words = chosen();
    if (!words) { return; }
    var lines = words.split("\n");
    document.querySelectorAll("details[open] form[data-span]").forEach(function (form) {
      form.elements.first_words.value = lines[0].slice(0, 60);
      form.elements.last_words.value = lines[lines.length - 1].slice(-60);
    });
  });

  function light(event, on) {
    var link = event.target.closest("a.mark");
    if (!link) { return; }
    var point = document.getElementById(link.getAttribute("href").slice(1));
    if (point) { point.classList.toggle("is-on", on); }
  }
  source.addEventListener("mouseover", function (event) { light(event, true); });
  source.addEventListener("mouseout", function (event) { light(event, false); });
}());
