/** One self-contained file: no script, nothing that is fetched, and a policy that allows neither. */
import { hexDigest } from "#host";
import { html, Markup } from "./markup.ts";
import { PAGE_STYLE, REPORT_STYLE } from "./style.ts";

/** Its hash stands in the policy of the document. */
export const STYLE = `${REPORT_STYLE}\n${PAGE_STYLE}`;

/** @param body what `.report` holds */
export function reportDocument(title: string, body: Markup): string {
  const policy = `default-src 'none'; style-src 'sha256-${base64(hexDigest(STYLE))}'; base-uri 'none'; form-action 'none'`;
  return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${Markup.ours(STYLE)}</style>
</head>
<body>
<main class="report">
${body}
</main>
</body>
</html>
`}`;
}

function base64(hex: string): string {
  const bytes = hex.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  return btoa(String.fromCharCode(...bytes));
}
