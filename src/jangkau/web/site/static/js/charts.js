/* The map and the trend. Both are canvases beside a table that says the same; colours come from the tokens. */
"use strict";

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const NAMES_FIT = 25; // villages on one map whose names can still be read
const FONT = () => getComputedStyle(document.body).fontFamily;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const tooltipLook = () => ({
  renderMode: "richText", // an HTML tooltip would need inline styles, which the page forbids
  backgroundColor: token("--ina-text"),
  borderWidth: 0,
  padding: [8, 12],
  textStyle: { color: "#ffffff", fontFamily: FONT(), fontSize: 13, lineHeight: 19 },
});
const written = (id) => JSON.parse(document.getElementById(id).textContent);

/* A box of no size (a page that is being left) has no room for a map: the library would divide by it. */
function follow(chart, box, after = () => {}) {
  new ResizeObserver(() => {
    if (!box.clientWidth || !box.clientHeight || chart.isDisposed()) return;
    chart.resize();
    after();
  }).observe(box);
}

/* ---- map ---- */

async function drawMap(box) {
  const facts = written(box.dataset.map);
  const words = document.getElementById("map-words");
  const answer = await fetch(facts.shapes, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const shapes = await answer.json();
  if (!box.clientWidth) return;
  if (!shapes.features.length) {
    box.closest("section").classList.add("hidden");
    return;
  }
  echarts.registerMap("cells", shapes);
  const chart = echarts.init(box, null, { renderer: "canvas" });
  chart.setOption(mapOption(facts, shapes));
  follow(chart, box);
  const open = (code) => {
    location.href = facts.page.replace("CODE", code);
  };
  chart.on("click", (event) => event.name && facts.cells[event.name] && open(event.name));
  walkWithKeys(box, chart, shapes, facts, words, open);
}

function mapOption(facts, shapes) {
  const colour = {};
  for (const name of ["0", "1", "2", "3", "4", "none", "over"]) colour[name] = token(`--ina-coverage-${name}`);
  const outline = { type: "lines", coordinateSystem: "geo", polyline: true, silent: true };
  return {
    animation: false,
    tooltip: { ...tooltipLook(), trigger: "item", confine: true },
    geo: {
      map: "cells",
      nameProperty: "code",
      aspectScale: 1,
      layoutCenter: ["50%", "50%"],
      layoutSize: "100%",
      roam: false,
      itemStyle: { borderColor: "#ffffff", borderWidth: 0.6, areaColor: colour.none },
      regions: Object.entries(facts.cells).map(([code, cell]) => ({
        name: code,
        itemStyle: { areaColor: colour[cell.class] },
      })),
      emphasis: { label: { show: shapes.features.length <= NAMES_FIT }, itemStyle: { areaColor: token("--ina-warning-soft"), borderColor: token("--ina-text"), borderWidth: 1.5 } },
      select: { disabled: true },
      label: {
        show: shapes.features.length <= NAMES_FIT,
        formatter: (cell) => facts.cells[cell.name]?.name || "",
        color: token("--ina-text"),
        fontFamily: FONT(),
        fontSize: 12,
        textBorderColor: "#ffffff",
        textBorderWidth: 3,
      },
      tooltip: { show: true, formatter: (cell) => cellWords(facts, cell.name) },
    },
    series: [
      { ...outline, data: (shapes.borders || []).map((coords) => ({ coords })), lineStyle: { color: "#5d6f76", width: 0.9, opacity: 0.75 } },
      {
        ...outline,
        data: shapes.features.filter((f) => facts.cells[f.properties.code]?.unvisited).flatMap(rings),
        lineStyle: { color: token("--ina-warning-mark"), width: 2.4, opacity: 1 },
      },
    ],
  };
}

function rings(feature) {
  const { type, coordinates } = feature.geometry;
  const polygons = type === "MultiPolygon" ? coordinates : [coordinates];
  return polygons.map((polygon) => ({ coords: polygon[0] }));
}

function cellWords(facts, code) {
  const cell = facts.cells[code];
  return cell ? `${cell.name}${cell.district ? ", " + cell.district : ""}\n${cell.text}` : "";
}

/* Arrow keys walk from village to village, Enter opens; what is under the cursor is said aloud. */
function walkWithKeys(box, chart, shapes, facts, words, open) {
  const middles = new Map();
  for (const feature of shapes.features) {
    const points = rings(feature).flatMap((ring) => ring.coords);
    const xs = points.map((p) => p[0]);
    const ys = points.map((p) => p[1]);
    middles.set(feature.properties.code, [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2]);
  }
  let here = null;
  const go = (code) => {
    chart.dispatchAction({ type: "downplay", geoIndex: 0, name: here });
    here = code;
    chart.dispatchAction({ type: "highlight", geoIndex: 0, name: here });
    chart.dispatchAction({ type: "showTip", geoIndex: 0, name: here });
    words.textContent = cellWords(facts, here).replace("\n", ": ");
  };
  box.addEventListener("focus", () => {
    if (!box.matches(":focus-visible")) return;
    if (here === null) words.textContent = facts.keys;
  });
  box.addEventListener("blur", () => {
    if (here !== null) chart.dispatchAction({ type: "downplay", geoIndex: 0, name: here });
    chart.dispatchAction({ type: "hideTip" });
    words.textContent = "";
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && here) open(here);
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step) return;
    event.preventDefault();
    go(here === null ? shapes.features[0].properties.code : neighbour(middles, here, step) || here);
  });
}

/* The nearest middle in a direction; what lies aside counts as three times as far. */
function neighbour(middles, here, [dx, dy]) {
  const [x0, y0] = middles.get(here);
  let best = null;
  let least = Infinity;
  for (const [code, [x, y]] of middles) {
    const along = (x - x0) * dx + (y - y0) * dy;
    const aside = Math.abs((x - x0) * dy) + Math.abs((y - y0) * dx);
    if (code === here || along <= 0 || along < aside / 2) continue;
    const far = along + 3 * aside;
    if (far < least) [best, least] = [code, far];
  }
  return best;
}

/* ---- trend ---- */

function drawTrend(box) {
  const facts = written(box.dataset.trend);
  const chart = echarts.init(box, null, { renderer: "canvas" });
  const draw = () => chart.setOption(trendOption(facts, box.clientWidth < 420), true);
  draw();
  let narrow = box.clientWidth < 420;
  follow(chart, box, () => {
    if (narrow !== box.clientWidth < 420) {
      narrow = !narrow;
      draw();
    }
  });
}

function trendOption(facts, narrow) {
  const values = [...facts.line, ...facts.dots].map((point) => point.value);
  for (const month of facts.ahead) values.push(month.low, month.high);
  if (facts.target) values.push(facts.target.value);
  const step = Math.max(...values) - Math.min(...values) > 22 ? 10 : 5;
  const low = Math.max(0, Math.floor((Math.min(...values) - 2) / step) * step);
  const high = Math.ceil((Math.max(...values) + 1) / step) * step;
  const last = facts.line.length - 1;
  const quiet = { color: token("--ina-text-muted"), fontFamily: FONT(), fontSize: 12 };
  return {
    animation: !calm,
    animationDuration: 300,
    textStyle: { fontFamily: FONT() },
    grid: { left: 34, right: 58, top: 14, bottom: 26 },
    tooltip: { ...tooltipLook(), trigger: "item", confine: true, formatter: (point) => point.data.text },
    xAxis: {
      type: "time",
      min: facts.first,
      max: facts.last,
      splitNumber: narrow ? 3 : 4,
      axisLine: { lineStyle: { color: token("--ina-line-strong") } },
      axisTick: { show: false },
      axisLabel: { ...quiet, hideOverlap: true, formatter: (value) => facts.months[new Date(value).toISOString().slice(0, 7)] || "" },
    },
    yAxis: {
      type: "value",
      min: low,
      max: high,
      interval: step,
      axisLabel: quiet,
      splitLine: { lineStyle: { color: token("--ina-line") } },
    },
    series: [...aheadSeries(facts, last), lineSeries(facts, last), dotSeries(facts)],
  };
}

/* The months ahead: a dashed line inside a band that is the stack of its lower edge and its width. */
function aheadSeries(facts, last) {
  if (!facts.ahead.length || last < 0) return [];
  const sea = token("--ina-primary");
  const now = facts.line[last];
  const from = { on: now.on, value: now.value, low: now.value, high: now.value };
  const quiet = { type: "line", symbol: "none", silent: true, lineStyle: { opacity: 0 }, stack: "ahead" };
  const months = [from, ...facts.ahead];
  return [
    { ...quiet, data: months.map((month) => [month.on, month.low]) },
    { ...quiet, data: months.map((month) => [month.on, month.high - month.low]), areaStyle: { color: sea, opacity: 0.14 } },
    {
      type: "line",
      symbol: "circle",
      symbolSize: 6,
      data: months.map((month) => ({ value: [month.on, month.value], text: month.text || now.text, itemStyle: { color: sea, opacity: 0 } })),
      lineStyle: { color: sea, width: 2, type: "dashed" },
    },
  ];
}

function lineSeries(facts, last) {
  const sea = token("--ina-primary");
  const amber = token("--ina-warning");
  return {
    type: "line",
    name: facts.name,
    data: facts.line.map((point, i) => ({
      value: [point.on, point.value],
      text: `${facts.name} ${point.text}\n${facts.months[point.on.slice(0, 7)]}`,
      symbolSize: i === last ? 9 : 6,
      label: { show: i === last, position: facts.ahead.length ? "top" : "right", formatter: point.text, color: sea, fontWeight: 700, fontSize: 13 },
      itemStyle: { color: sea, opacity: i === last ? 1 : 0 },
    })),
    symbol: "circle",
    showAllSymbol: true,
    lineStyle: { color: sea, width: 2.5 },
    emphasis: { itemStyle: { opacity: 1 } },
    markLine: facts.target && {
      silent: true,
      symbol: "none",
      data: [{ yAxis: facts.target.value }],
      lineStyle: { color: amber, type: "dashed", width: 1.5 },
      label: { formatter: facts.target.label, position: "insideStartTop", color: amber, fontWeight: 600, fontSize: 12 },
    },
  };
}

function dotSeries(facts) {
  const amber = token("--ina-warning");
  const grey = token("--ina-text-muted");
  const first = new Date(facts.first).getTime();
  const width = new Date(facts.last).getTime() - first || 1;
  return {
    type: "scatter",
    z: 5,
    data: facts.dots.map((dot) => {
      const atEdge = (new Date(dot.on).getTime() - first) / width < 0.15; // no room to the left: the words go right
      return {
        value: [dot.on, dot.value],
        text: dot.text,
        symbolSize: dot.own ? 11 : 8,
        itemStyle: { color: "#ffffff", borderColor: dot.own ? amber : grey, borderWidth: 2.5 },
        label: {
          show: true,
          formatter: dot.label,
          position: atEdge ? "right" : dot.own ? "top" : "bottom",
          offset: atEdge ? [2, dot.own ? -7 : 8] : [0, 0],
          color: dot.own ? amber : grey,
          fontWeight: dot.own ? 700 : 400,
          fontSize: 12,
          fontFamily: FONT(),
        },
      };
    }),
  };
}

/* ---- bars of covered and not covered, one for each value ---- */

function drawBars(box) {
  const facts = written(box.dataset.bars);
  box.style.height = `${60 + 34 * facts.names.length}px`;
  const chart = echarts.init(box, null, { renderer: "canvas" });
  const draw = () => chart.setOption(barsOption(facts, box.clientWidth), true);
  draw();
  follow(chart, box, draw);
}

function barsOption(facts, width) {
  const quiet = { color: token("--ina-text-secondary"), fontFamily: FONT(), fontSize: 13 };
  const bar = (name, data, color) => ({ type: "bar", stack: "people", name, data, itemStyle: { color }, barMaxWidth: 18 });
  return {
    animation: !calm,
    animationDuration: 300,
    textStyle: { fontFamily: FONT() },
    grid: { left: 4, right: 18, top: 34, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, textStyle: quiet, itemWidth: 14, itemHeight: 12, selectedMode: false },
    tooltip: { ...tooltipLook(), trigger: "item", confine: true, formatter: (point) => facts.texts[point.dataIndex] },
    xAxis: {
      type: "value",
      splitNumber: 3,
      minInterval: 1,
      axisLabel: { ...quiet, fontSize: 12, hideOverlap: true, formatter: (value) => value.toLocaleString(document.documentElement.lang) },
      splitLine: { lineStyle: { color: token("--ina-line") } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: facts.names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: token("--ina-line-strong") } },
      axisLabel: { ...quiet, width: Math.max(90, width * 0.34), overflow: "break" },
    },
    series: [bar(facts.words[0], facts.covered, token("--ina-primary")), bar(facts.words[1], facts.uncovered, token("--ina-track"))],
  };
}

document.fonts.ready.then(() => {
  document.querySelectorAll("[data-bars]").forEach(drawBars);
  document.querySelectorAll("[data-map]").forEach(drawMap);
  document.querySelectorAll("[data-trend]").forEach(drawTrend);
});
