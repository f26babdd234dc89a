// Bars beside a table with the same figures: <canvas data-chart="id of the table" aria-hidden="true">. The first column names the bars, the second is
// how long they are. Without this script the table alone says everything.
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
  const rows = [...document.getElementById(canvas.dataset.chart).tBodies[0].rows];
  const ink = getComputedStyle(document.body);
  Chart.defaults.font.family = ink.fontFamily;
  Chart.defaults.color = ink.color;
  new Chart(canvas, {
    type: "bar",
    data: {
      labels: rows.map(row => row.cells[0].textContent.trim()),
      datasets: [{ data: rows.map(row => Number(row.cells[1].dataset.value ?? row.cells[1].textContent)), backgroundColor: "#007085" }],
    },
    options: {
      indexAxis: "y",
      animation: false,
      maintainAspectRatio: false,
      plugins: { legend: { display: false } },
      scales: { x: { beginAtZero: true, ticks: { precision: 0 } } },
    },
  });
}
