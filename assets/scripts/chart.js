// Draws <figure class="chart" data-chart='{…}'> with ECharts. The table inside the figure says the same and stays.
import { use, init } from 'echarts/core';
import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, ScatterChart, GridComponent, LegendComponent, MarkAreaComponent, TooltipComponent, SVGRenderer]);

const style = getComputedStyle(document.documentElement);
const ink = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
const font = style.getPropertyValue('--font-sans-serif').trim() || 'sans-serif';
const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
// Told apart by lightness too, so that they hold without colour.
const COLOURS = ['--chart-1', '--chart-2', '--chart-3', '--chart-4', '--chart-5', '--chart-6'].map((n) => ink(n, '#1f5fa8'));

const number = new Intl.NumberFormat(document.documentElement.lang);
const say = (value) => (typeof value === 'number' ? number.format(Math.abs(value)) : value);

/**
 * The chart's words:
 *  categories: [text]; series: [{name, values, links?, stack?, colour?}];
 *  sideways: bars lie; mirror: the first series goes left (a pyramid); band: [from, to] categories marked (the caption says what it is); unit: text;
 *  every: only names that this number divides are written.
 */
function option(chart, small) {
  const text = ink('--chart-ink', '#3b4a5a');
  const line = ink('--chart-line', '#dfe5ec');
  const category = {
    type: 'category',
    data: chart.categories,
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false, interval: 0 }, // a marked band ends at ticks
    axisLabel: { color: text, fontSize: 12, hideOverlap: true, interval: chart.every ? (_, name) => Number(name) % chart.every === 0 : chart.sideways ? 0 : 'auto',
      width: chart.sideways ? (small ? 96 : 132) : undefined, overflow: chart.sideways ? 'truncate' : undefined },
    inverse: Boolean(chart.sideways && !chart.mirror),
  };
  const value = {
    type: 'value',
    minInterval: 1,
    splitNumber: small ? 3 : 5,
    splitLine: { lineStyle: { color: line } },
    axisLabel: { color: text, fontSize: 12, formatter: say },
  };
  const mark = chart.band && {
    silent: true,
    itemStyle: { color: ink('--chart-band', '#fff3d6'), opacity: 0.8 },
    label: { show: false },
    data: [[chart.sideways ? { yAxis: chart.band[0] } : { xAxis: chart.band[0] },
      chart.sideways ? { yAxis: chart.band[1] } : { xAxis: chart.band[1] }]],
  };
  const series = chart.series.map((one, index) => ({
    type: 'bar',
    name: one.name,
    stack: chart.mirror ? 'both' : one.stack,
    data: chart.mirror && index === 0 ? one.values.map((v) => -v) : one.values,
    color: one.colour === undefined ? COLOURS[index % COLOURS.length] : COLOURS[one.colour % COLOURS.length],
    barMaxWidth: 26,
    barCategoryGap: chart.mirror ? '12%' : '28%',
    cursor: one.links ? 'pointer' : 'default',
    emphasis: { focus: 'none' },
    markArea: index === 0 ? mark : undefined,
  }));
  return {
    animation: !still,
    animationDuration: 250,
    textStyle: { fontFamily: font },
    aria: { enabled: false },
    grid: { left: 4, right: 14, top: series.length > 1 ? 32 : 12, bottom: 4, containLabel: true },
    legend: series.length > 1 ? { top: 0, left: 0, itemWidth: 12, itemHeight: 10, textStyle: { color: text, fontSize: 12 } } : undefined,
    tooltip: {
      renderMode: 'richText',
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: 'rgba(31,95,168,.08)' } },
      confine: true,
      formatter: (points) => {
        const list = Array.isArray(points) ? points : [points];
        const shown = list.filter((p) => p.value !== 0 || list.length < 3);
        return [list[0].name, ...shown.map((p) => `${p.seriesName || ''} ${say(p.value)}${chart.unit || ''}`.trim())].join('\n');
      },
    },
    xAxis: chart.sideways ? value : category,
    yAxis: chart.sideways ? category : value,
    series,
  };
}

/** What charts of this page have in common. */
function frame(text, series, small) {
  return {
    animation: !still,
    animationDuration: 250,
    textStyle: { fontFamily: font },
    aria: { enabled: false },
    grid: { left: 4, right: 14, top: 32, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: small ? 18 : 24, itemHeight: 10, textStyle: { color: text, fontSize: 12 }, data: series },
  };
}

/**
 * Lines with a band around each, year by year:
 *  kind: 'fan'; categories: [text]; series: [{name, values, low, high}]; digits; unit: text after a number; between: words of the band.
 * The first line is broken and its points are round, the second whole with pointed ones: told apart without colour.
 */
function fan(chart, small) {
  const text = ink('--chart-ink', '#3b4a5a');
  const line = ink('--chart-line', '#dfe5ec');
  const written = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 0, maximumFractionDigits: chart.digits });
  const whole = (value) => `${written.format(value)}${chart.unit}`;
  const looks = [
    { color: COLOURS[0], type: 'dashed', symbol: 'circle', opacity: 0.13 },
    { color: COLOURS[1], type: 'solid', symbol: 'triangle', opacity: 0.22 },
  ];
  const bands = chart.series.flatMap((one, at) => {
    const band = { type: 'line', stack: `band-${at}`, stackStrategy: 'all', symbol: 'none', silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false }, z: 1 };
    return [
      { ...band, data: one.low },
      { ...band, data: one.high.map((high, year) => high - one.low[year]), areaStyle: { color: looks[at % 2].color, opacity: looks[at % 2].opacity } },
    ];
  });
  const lines = chart.series.map((one, at) => {
    const look = looks[at % 2];
    return { type: 'line', name: one.name, data: one.values, color: look.color, symbol: look.symbol, symbolSize: 6, lineStyle: { type: look.type, width: 2 }, emphasis: { disabled: true }, z: 3 };
  });
  const ends = chart.series.flatMap((one) => [...one.low, ...one.high]);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  return {
    ...frame(text, chart.series.map((one) => one.name), small),
    tooltip: {
      renderMode: 'richText',
      trigger: 'axis',
      confine: true,
      axisPointer: { type: 'line', lineStyle: { color: line } },
      formatter: (points) => {
        const at = points[0].dataIndex;
        return [chart.categories[at], ...chart.series.map((one) => `${one.name} ${whole(one.values[at])} [${whole(one.low[at])} … ${whole(one.high[at])}]`)].join('\n');
      },
    },
    xAxis: {
      type: 'category',
      data: chart.categories,
      boundaryGap: false,
      axisLine: { lineStyle: { color: line }, onZero: false },
      axisTick: { show: false },
      axisLabel: { color: text, fontSize: 12, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      // From nothing where that is near: elsewhere a change would not be seen.
      scale: least > 0 ? least > (most - least) : true,
      splitNumber: 4,
      splitLine: { lineStyle: { color: line } },
      axisLabel: { color: text, fontSize: 12, formatter: (value) => whole(value) },
    },
    series: [...bands, ...lines],
  };
}

/**
 * Ages of men and women, both sides laid over one another, moved by a year:
 *  kind: 'pyramid'; categories: ages; names: [four]; frames: [[men, women, men, women] by year]; years: [text].
 * The first side is filled, the second an outline.
 */
function pyramid(chart, small, at) {
  const text = ink('--chart-ink', '#3b4a5a');
  const line = ink('--chart-line', '#dfe5ec');
  const all = chart.frames.flat(2);
  const largest = Math.max(1, ...all);
  const by = largest > 400 ? 200 : largest > 100 ? 50 : largest > 20 ? 10 : 5;
  const most = Math.ceil(largest / by) * by;
  const now = chart.frames[at] || chart.frames[0];
  const written = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const bar = (of) => ({
    type: 'bar',
    name: chart.names[of],
    stack: of < 2 ? 'base' : 'with',
    data: of % 2 ? now[of] : now[of].map((value) => -value),
    barGap: '-100%',
    barCategoryGap: '22%',
    emphasis: { disabled: true },
    z: of < 2 ? 2 : 3,
    color: of < 2 ? (of % 2 ? '#e7b9a8' : '#a9c4e4') : 'transparent',
    itemStyle: of < 2 ? {} : { color: 'rgba(0,0,0,0)', borderColor: text, borderWidth: 1.5 },
  });
  return {
    ...frame(text, undefined, small),
    legend: undefined,
    grid: { left: 4, right: 14, top: 8, bottom: 4, containLabel: true },
    tooltip: {
      renderMode: 'richText',
      trigger: 'axis',
      confine: true,
      axisPointer: { type: 'shadow', shadowStyle: { color: 'rgba(31,95,168,.08)' } },
      formatter: (points) => [points[0].name, ...chart.names.map((name, of) => `${name} ${written.format(now[of][points[0].dataIndex])}`)].join('\n'),
    },
    xAxis: { type: 'value', min: -most, max: most, interval: small ? most : by, splitLine: { lineStyle: { color: line } }, axisLabel: { color: text, fontSize: 12, formatter: say } },
    yAxis: { type: 'category', data: chart.categories, axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { color: text, fontSize: 12, interval: 0 } },
    series: [0, 1, 2, 3].map(bar),
  };
}

/**
 * Points, some of them on a front that a line goes through:
 *  kind: 'points'; names: [of x, of y]; units: [after x, after y]; front, rest: words; points: [[x, y, text, on the front]].
 */
function points(chart, small) {
  const text = ink('--chart-ink', '#3b4a5a');
  const line = ink('--chart-line', '#dfe5ec');
  const axis = (at) => ({
    type: 'value',
    scale: true,
    name: chart.names[at],
    nameLocation: at ? 'end' : 'middle',
    nameGap: at ? 10 : 24,
    nameTextStyle: { color: text, fontSize: 12, align: at ? 'left' : 'center' },
    splitNumber: small ? 3 : 5,
    splitLine: { lineStyle: { color: line } },
    axisLine: { show: false },
    axisLabel: { color: text, fontSize: 12, formatter: (value) => `${number.format(value)}${chart.units[at]}` },
  });
  const front = chart.points.filter((point) => point[3]).sort((a, b) => a[0] - b[0]);
  const dot = { type: 'scatter', emphasis: { disabled: true } };
  return {
    ...frame(text, [chart.front, chart.rest], small),
    grid: { left: 4, right: 24, top: 52, bottom: 22, containLabel: true },
    tooltip: {
      renderMode: 'richText',
      trigger: 'item',
      confine: true,
      formatter: ({ data }) => (Array.isArray(data) ? [data[2], `${chart.names[0]} ${number.format(data[0])}${chart.units[0]}`, `${chart.names[1]} ${number.format(data[1])}${chart.units[1]}`].join('\n') : ''),
    },
    xAxis: axis(0),
    yAxis: axis(1),
    series: [
      { type: 'line', data: front, symbol: 'none', silent: true, lineStyle: { color: COLOURS[0], width: 1.5, type: 'dashed' }, tooltip: { show: false }, z: 1 },
      { ...dot, name: chart.front, data: front, symbol: 'diamond', symbolSize: 14, color: COLOURS[0], z: 3 },
      { ...dot, name: chart.rest, data: chart.points.filter((point) => !point[3]), symbol: 'emptyCircle', symbolSize: 8, color: COLOURS[5], z: 2 },
    ],
  };
}

const KINDS = { fan, pyramid, points };

/** The options of a chart of any kind. */
const drawn = (chart, small, at) => (KINDS[chart.kind] || option)(chart, small, at);

function draw(figure) {
  if (figure.dataset.drawn) return;
  let chart;
  try {
    chart = JSON.parse(figure.dataset.chart);
  } catch {
    return;
  }
  const place = figure.querySelector('.chart-place') || figure.appendChild(document.createElement('div'));
  place.classList.add('chart-place');
  place.setAttribute('aria-hidden', 'true');
  figure.dataset.drawn = 'yes';
  figure.classList.add('is-drawn');
  const small = () => place.clientWidth < 480;
  if (chart.kind === 'pyramid') place.style.height = `${Math.max(160, chart.categories.length * 26 + 40)}px`;
  if (chart.sideways) {
    place.style.height = `${Math.max(120, chart.categories.length * (chart.categories.length > 30 ? 9 : chart.mirror ? 20 : 26) + 60)}px`;
  }
  const shown = init(place, null, { renderer: 'svg' });
  // <input type="range" data-frame>: which of the frames is shown; what it is called stands in the output beside it.
  const slide = figure.querySelector('[data-frame]');
  const at = () => Number(slide?.value ?? 0);
  const told = () => {
    const name = chart.years?.[at()] ?? '';
    slide.setAttribute('aria-valuetext', name);
    const output = figure.querySelector('output');
    if (output) output.textContent = name;
  };
  shown.setOption(drawn(chart, small(), at()));
  if (slide) {
    told();
    slide.addEventListener('input', () => {
      told();
      shown.setOption(drawn(chart, small(), at()));
    });
  }
  shown.on('click', (point) => {
    const to = chart.series?.[point.seriesIndex]?.links?.[point.dataIndex];
    if (to) location.assign(to);
  });
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth === width || place.clientWidth === 0) return;
    width = place.clientWidth;
    shown.resize();
    shown.setOption(drawn(chart, small(), at()), true);
  }).observe(place);
}

export function drawAll(root) {
  root.querySelectorAll('figure.chart[data-chart]').forEach(draw);
}
