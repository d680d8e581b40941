/** What can be saved after a run, as addresses of blobs. Old ones are given back when something new is made. */
import { renderHtml } from "../../report/html.ts";
import { mailable } from "../../report/names.ts";
import type { Made } from "../protocol.ts";
import type { Saved } from "../state.ts";

export class Savings {
  #urls: string[] = [];

  /** Forgets what could be saved until now. */
  clear(): void {
    for (const url of this.#urls) URL.revokeObjectURL(url);
    this.#urls = [];
  }

  add(name: string, content: Blob | string, type = "application/octet-stream"): Saved {
    const blob = new Blob([content], { type });
    const url = URL.createObjectURL(blob);
    this.#urls.push(url);
    return { name, size: blob.size, url };
  }

  /** The files of a run first, then what tells about it. */
  ofRun({ report, files, rejects }: Made): Saved[] {
    const saved = files.map(({ name, blob }) => this.add(name, blob));
    if (rejects !== undefined) saved.push(this.add("rows-to-mend.csv", rejects));
    const plain = mailable(report);
    saved.push(this.add("report.html", renderHtml(plain), "text/html"));
    saved.push(this.add("report.json", `${JSON.stringify(plain, null, 2)}\n`));
    return saved;
  }
}
