/* Pupitre — « et si j'avais… » : une note de plus dans la moyenne, calculée ici et nulle part ailleurs.
   <section data-simulate data-sum data-weight data-direction data-step> : ce que pèsent les notes, et l'arrondi de l'établissement. */
(() => {
  "use strict";

  const section = document.querySelector("[data-simulate]");
  if (!section) return;
  section.hidden = false;
  const { sum, weight, direction, step } = section.dataset;
  const field = (name) => section.querySelector(`[data-${name}]`);
  const result = field("result");
  const number = (name) => Number(field(name).value.trim().replace(",", ".") || NaN);
  const round = { up: Math.ceil, down: Math.floor, nearest: (n) => Math.floor(n + 0.5) }[direction];
  const written = (value) => {
    const shown = round ? (round(Number((value * 100 / step).toFixed(6))) * step) / 100 : Math.floor(value * 100 + 1e-6) / 100;
    const decimals = round ? { 1: 2, 10: 1, 50: 1, 100: 0 }[step] : 2;
    return shown.toFixed(decimals).replace(".", ",");
  };
  const show = () => {
    const points = number("points"), scale = number("scale"), coefficient = number("coefficient");
    if (!field("points").value.trim()) { result.textContent = ""; return; }
    const unread = !(scale >= 1 && points >= 0 && points <= scale && coefficient >= 0);
    const heavier = coefficient * scale / 20, total = Number(weight) + heavier;
    result.textContent = unread || !total ? result.dataset.unread
      : result.dataset.says.replace("{n}", written(Math.min((Number(sum) + heavier * points * 20 / scale) / total, 20)));
  };
  section.addEventListener("input", show);
})();
