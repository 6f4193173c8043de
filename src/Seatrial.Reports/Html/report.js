"use strict";
// Reads the figures under the pointer out of the chart's own table; without this the page is whole all the same.
document.querySelectorAll("svg.chart").forEach(function (chart) {
  const table = document.getElementById(chart.dataset.table);
  const readout = document.querySelector("[data-for='" + chart.dataset.table + "']");
  const cursor = chart.querySelector(".cursor");
  const names = Array.from(table.tHead.rows[0].cells, function (cell) { return cell.textContent; });
  const left = Number(chart.dataset.left);
  const width = Number(chart.dataset.right) - left;
  const seconds = Number(chart.dataset.seconds);
  const step = Number(chart.dataset.step);
  const rest = "Point at the chart to read its figures.";
  function leave() {
    readout.textContent = rest;
    cursor.setAttribute("x1", -9);
    cursor.setAttribute("x2", -9);
  }
  chart.addEventListener("pointermove", function (event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse());
    const row = table.tBodies[0].rows[Math.floor((point.x - left) / width * seconds / step)];
    if (!row) {
      leave();
      return;
    }
    cursor.setAttribute("x1", point.x);
    cursor.setAttribute("x2", point.x);
    readout.textContent = Array.from(row.cells, function (cell, i) {
      return names[i] + " " + cell.textContent;
    }).join("  ·  ");
  });
  chart.addEventListener("pointerleave", leave);
  leave();
});
