// Draws <figure class="chart" data-chart='{…}'> with ECharts. The table inside the figure says the same and stays.
import { use, init } from 'echarts/core';
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, LegendComponent, MarkAreaComponent, TooltipComponent, SVGRenderer]);

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
  if (chart.sideways) {
    place.style.height = `${Math.max(120, chart.categories.length * (chart.categories.length > 30 ? 9 : chart.mirror ? 20 : 26) + 60)}px`;
  }
  const shown = init(place, null, { renderer: 'svg' });
  shown.setOption(option(chart, small()));
  shown.on('click', (point) => {
    const to = chart.series[point.seriesIndex]?.links?.[point.dataIndex];
    if (to) location.assign(to);
  });
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth === width || place.clientWidth === 0) return;
    width = place.clientWidth;
    shown.resize();
    shown.setOption(option(chart, small()), true);
  }).observe(place);
}

export function drawAll(root) {
  root.querySelectorAll('figure.chart[data-chart]').forEach(draw);
}
