// Folds and unfolds the code of all cells.
const toggle = document.getElementById("code-toggle");
const sources = document.querySelectorAll("details.source");
toggle.hidden = sources.length === 0;
toggle.addEventListener("click", () => {
  const show = toggle.textContent === "Show code";
  sources.forEach(source => { source.open = show; });
  toggle.textContent = show ? "Hide code" : "Show code";
});
