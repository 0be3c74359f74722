// Draws the charts of the page, whose data stand beside them.
document.querySelectorAll("div.plotly").forEach(async place => {
  if (!window.Plotly) return;
  const text = place.textContent;
  const figure = JSON.parse(document.getElementById(place.id + "-figure").textContent);
  place.textContent = "";
  try {
    await Plotly.newPlot(place, figure.data, figure.layout, figure.config);
  } catch {
    place.textContent = text;
  }
});
