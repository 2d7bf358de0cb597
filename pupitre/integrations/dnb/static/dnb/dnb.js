/* Pupitre — le brevet « et si j'avais… » : calculé dans la page et nulle part ailleurs.
   <section data-dnb data-base> : ce que l'année apporte (40 %) ; chaque épreuve porte son coefficient. */
(() => {
  "use strict";

  const section = document.querySelector("[data-dnb]");
  if (!section) return;
  section.hidden = false;
  const result = section.querySelector("[data-result]");
  const inputs = [...section.querySelectorAll("[data-weight]")];
  const mentions = [...section.querySelectorAll("[data-least]")];
  const show = () => {
    const typed = inputs.filter((each) => each.value.trim());
    if (typed.length < inputs.length) { result.textContent = ""; return; }
    const marks = inputs.map((each) => Number(each.value.trim().replace(",", ".")));
    if (marks.some((mark) => !(mark >= 0 && mark <= 20))) { result.textContent = result.dataset.unread; return; }
    const weights = inputs.map((each) => Number(each.dataset.weight));
    const total = weights.reduce((sum, each) => sum + each, 0);
    const mean = marks.reduce((sum, mark, place) => sum + mark * weights[place], 0) / total;
    const value = Number((Number(section.dataset.base) + mean * 0.6).toFixed(4));
    const mention = mentions.find((each) => value >= Number(each.dataset.least));
    result.textContent = result.dataset.says.replace("{n}", value.toFixed(2).replace(".", ","))
      .replace("{mention}", mention ? mention.textContent : result.dataset.fail);
  };
  section.addEventListener("input", show);
})();
