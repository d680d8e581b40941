/**
 * Bars, drawn by hand in SVG: they print, they need no script, and their sizes are attributes, which the
 * policy of the page allows where it refuses styles. Numbers always stand beside them, so they are hidden
 * from screen readers, except where a name is given.
 */
import { html, type Markup } from "./markup.ts";

/** One part of a stacked bar. `kind` is its class. */
export interface Share {
  readonly kind: string;
  readonly count: number;
}

const FULL = 1000;
/** One of a million must be seen: about 3 px of a phone's screen. */
const LEAST = 10;

/** Widths of the parts, which fill the bar. */
export function widthsOf(counts: readonly number[]): number[] {
  const sum = counts.reduce((total, count) => total + count, 0);
  if (sum === 0) return counts.map(() => 0);
  const isSmall = (count: number) => count > 0 && (count / sum) * FULL < LEAST;
  const small = counts.filter(isSmall);
  const rest = sum - small.reduce((total, count) => total + count, 0);
  const room = FULL - small.length * LEAST;
  return counts.map((count) => (isSmall(count) ? LEAST : rest === 0 ? 0 : (count / rest) * room));
}

/** All parts of a whole in one line. */
export function stackedBar(shares: readonly Share[], name: string): Markup {
  const widths = widthsOf(shares.map(({ count }) => count));
  let at = 0;
  const parts = shares.map(({ kind }, index) => {
    const width = widths[index] ?? 0;
    const part = html`<rect class="${kind}" x="${round(at)}" y="0" width="${round(width)}" height="24"/>`;
    at += width;
    return width > 0 && part;
  });
  return html`<svg class="stack" viewBox="0 0 ${FULL} 24" preserveAspectRatio="none" role="img" aria-label="${name}">${parts}</svg>`;
}

/** One bar beside a number. */
export function bar(count: number, most: number, kind: string): Markup {
  const width = most === 0 ? 0 : Math.max((count / most) * 100, count > 0 ? 3 : 0);
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="${kind}" width="${round(width)}" height="8"/></svg>`;
}

export interface DayColumn {
  readonly written: number;
  readonly leftOut: number;
}

/** A column for each day, those without a row too. */
export function dayColumns(days: readonly DayColumn[], name: string): Markup {
  const most = Math.max(...days.map(({ written, leftOut }) => written + leftOut), 1);
  const step = FULL / days.length;
  const height = (count: number) => (count === 0 ? 0 : Math.max((count / most) * 120, 2));
  const columns = days.map(({ written, leftOut }, index) => {
    const x = round(index * step);
    const width = round(Math.max(step - Math.min(step * 0.2, 6), 1));
    const below = height(written);
    const above = height(leftOut);
    return [
      written > 0 &&
        html`<rect class="written" x="${x}" y="${round(124 - below)}" width="${width}" height="${round(below)}"/>`,
      leftOut > 0 &&
        html`<rect class="left-out" x="${x}" y="${round(124 - below - above)}" width="${width}" height="${round(above)}"/>`,
    ];
  });
  return html`<svg class="days" viewBox="0 0 ${FULL} 124" preserveAspectRatio="none" role="img" aria-label="${name}">${columns}<rect class="axis" y="123" width="${FULL}" height="1"/></svg>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
