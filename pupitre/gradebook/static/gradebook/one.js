/* Pupitre — une copie à la fois : un élève à l'écran, de grandes touches, le précédent, le suivant. `grid.js` enregistre.
   <form data-one> : un [data-student] par élève ; [data-pad] : touches data-key (data-all remplace tout), data-step. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-one]");
  if (!form) return;
  const places = [...form.querySelectorAll("[data-student]")], pad = form.querySelector("[data-pad]");
  const markOf = (place) => place.querySelector("[data-mark]");
  const isTouched = matchMedia("(pointer: coarse)").matches;
  let shown = 0;

  const show = (at, takes = true) => {
    if (!places[at]) return;
    shown = at;
    places.forEach((place, rank) => { place.hidden = rank !== at; });
    const mark = markOf(places[at]);
    pad.querySelectorAll("[data-key]").forEach((key) => { key.disabled = !mark; });
    pad.querySelector('[data-step="-1"]').disabled = !at;
    pad.querySelector('[data-step="1"]').disabled = at === places.length - 1;
    if (mark && takes) { mark.focus(); mark.select(); }
  };
  const told = (field) => field?.dispatchEvent(new Event("change", { bubbles: true }));

  if (isTouched) places.map(markOf).filter(Boolean).forEach((field) => { field.inputMode = "none"; });
  pad.hidden = false;
  form.addEventListener("turn", (event) => show(places.indexOf(event.target), false));
  pad.addEventListener("click", (event) => {
    const { key, step, all } = event.target.closest("button")?.dataset ?? {}, field = markOf(places[shown]);
    if (step) { told(field); show(shown + Number(step)); }
    if (!key || !field) return;
    // Comme au clavier : ce qui est choisi est remplacé, le reste se complète.
    const chosen = field.selectionStart === 0 && field.selectionEnd === field.value.length || /[a-z]/i.test(field.value);
    const begun = document.activeElement === field && chosen ? "" : field.value;
    field.value = all !== undefined ? key : key === "back" ? field.value.slice(0, -1) : begun + key;
    if (all !== undefined) told(field);
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
  pad.addEventListener("pointerdown", (event) => event.preventDefault());
  addEventListener("hashchange", () => {
    const place = document.getElementById(location.hash.slice(1))?.closest("[data-student]");
    if (place) show(places.indexOf(place));
  });

  const asked = document.getElementById(location.hash.slice(1))?.closest("[data-student]");
  const first = places.findIndex((place) => markOf(place) && !markOf(place).value);
  show(asked ? places.indexOf(asked) : Math.max(first, 0));
})();
