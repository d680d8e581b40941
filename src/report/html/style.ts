/**
 * The looks of the report: light, dark and paper. Colours are told apart in lightness too, and a word or a
 * number stands beside each. Contrast of texts is at least 4.5:1, of bars 3:1, in both schemes.
 */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#17211f;--soft:#51605c;--line:#d5dedb;--panel:#f3f7f6;
--written:#0b7a6d;--duplicate:#6b7a90;--refused:#b3261e;--unmatched:#a86400;--excluded:#7656a8;--warn:#8a5200}
@media (prefers-color-scheme:dark){:root{--paper:#111917;--ink:#e8efed;--soft:#a5b4b0;--line:#34423f;--panel:#1a2522;
--written:#3db8a5;--duplicate:#93a3ba;--refused:#f2756b;--unmatched:#e2a03f;--excluded:#b79ae6;--warn:#e9b160}}
.report{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 3rem;color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
.report h1{font-size:1.75rem;line-height:1.2;margin:.25rem 0 .5rem;text-wrap:balance}
.report h2{font-size:1.125rem;margin:2rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line)}
.report h3{font-size:1rem;margin:1.25rem 0 .25rem}
.report p{margin:.4rem 0}
.report .kicker,.report .soft,.report caption{color:var(--soft)}
.report .kicker{font-size:.875rem;overflow-wrap:anywhere}
.report .doubt{border-inline-start:4px solid var(--refused);background:var(--panel);padding:.5rem .75rem;margin:.75rem 0}
.report .next{border-inline-start:4px solid var(--written);background:var(--panel);padding:.5rem .75rem;margin:.75rem 0}
.report .scroll{overflow-x:auto}
.report .says::first-letter{text-transform:uppercase}
.report table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
.report table.parts{width:auto}.report .parts .count{padding-inline-start:1.5rem}
.report caption{text-align:start;font-size:.875rem;padding:.25rem 0}
.report th,.report td{text-align:start;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line)}
.report thead th{font-size:.875rem;font-weight:600;color:var(--soft)}
.report tbody th{font-weight:400}
.report .count{text-align:end;white-space:nowrap}
.report .draw{width:18%;min-width:4rem;vertical-align:middle}
.report small{font-size:.875rem;color:var(--soft);display:block}
.report .advice::before{content:"\\2192\\a0"}
.report code{font:.875em ui-monospace,monospace;overflow-wrap:anywhere}
.report .key{display:inline-block;width:.75rem;height:.75rem;margin-inline-end:.5rem;vertical-align:-.05rem}
.report .stack{display:block;width:100%;height:1.75rem;margin:.5rem 0}
.report .stack rect{stroke:var(--paper);stroke-width:1px;vector-effect:non-scaling-stroke}
.report .bar{display:block;width:100%;height:.6rem;margin:.5rem 0 0}
.report .days{display:block;width:100%;height:8rem;margin:.5rem 0 0}
.report .ends{display:flex;justify-content:space-between;font-size:.875rem;color:var(--soft)}
.report .written{fill:var(--written)}
.report .duplicate{fill:var(--duplicate)}
.report .refused{fill:var(--refused)}
.report .unmatched,.report .left-out{fill:var(--unmatched)}
.report .excluded{fill:var(--excluded)}
.report .warn{fill:var(--warn)}
.report .axis{fill:var(--line)}
.report summary{cursor:pointer;color:var(--soft);padding:.25rem 0}
.report dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.5rem 0}
.report dt{color:var(--soft)}
.report dd{margin:0;overflow-wrap:anywhere}
.report footer{margin-top:2rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--soft)}
@media (max-width:40rem){.report h1{font-size:1.375rem}.report .draw{display:none}.report dl{grid-template-columns:1fr;gap:0}.report dd{margin-bottom:.5rem}}
@media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--panel:#f3f3f3;
--written:#0b7a6d;--duplicate:#6b7a90;--refused:#b3261e;--unmatched:#a86400;--excluded:#7656a8;--warn:#8a5200}
.report{max-width:none;padding:0;font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.report .scroll{overflow:visible}.report .draw{display:table-cell}
.report h2,.report h3{break-after:avoid}.report tr,.report .stack,.report .days,.report dl{break-inside:avoid}
@page{size:A4;margin:16mm}}
`.trim();

/** What a report needs as a page of its own. */
export const PAGE_STYLE = "body{margin:0;background:var(--paper)}";
