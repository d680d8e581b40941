/** The drawer that stands for a disk in a browser. */
import { afterEach, describe, expect, it } from "vitest";
import * as host from "../../src/host/browser.ts";
import { drawer } from "../../src/host/web/disk.ts";

afterEach(() => drawer.clear());

const bytes = (text: string) => new TextEncoder().encode(text);

async function written(target: string, ...texts: string[]) {
  const temp = await host.openBeside(target);
  for (const text of texts) await temp.write(bytes(text));
  return temp;
}

describe("the drawer", () => {
  it("has a file under its name when it was published, and not before", async () => {
    const temp = await written("out/leads.csv", "a,b\r\n", "1,2\r\n");
    await temp.settle();
    expect(await host.statusOf("out/leads.csv")).toBeUndefined();
    const publication = { temp: temp.path, target: "out/leads.csv" };
    await host.publish([publication], { force: false, stale: [] });
    expect([...drawer.keys()]).toEqual(["out/leads.csv"]);
    expect(await drawer.get("out/leads.csv")?.text()).toBe("a,b\r\n1,2\r\n");
    expect(await host.namesIn("out", "out/leads.csv")).toEqual(["leads.csv"]);
    expect(await host.namesIn(".", "x")).toEqual([]);
  });

  it("replaces a file by force alone", async () => {
    drawer.set("leads.csv", new Blob(["old"]));
    drawer.set("leads-0002-of-0002.csv", new Blob(["stale"]));
    const temp = await written("leads.csv", "new");
    await temp.settle();
    const publications = [{ temp: temp.path, target: "leads.csv" }];
    const stale = ["leads-0002-of-0002.csv"];
    await expect(host.publish(publications, { force: false, stale: [] })).rejects.toThrow(
      "leads.csv: cannot write: a file of this name was made meanwhile",
    );
    expect(await drawer.get("leads.csv")?.text()).toBe("old");
    await host.publish(publications, { force: true, stale });
    expect([...drawer.keys()]).toEqual(["leads.csv"]);
    expect(await drawer.get("leads.csv")?.text()).toBe("new");
  });

  it("keeps nothing of what was discarded", async () => {
    const temp = await written("leads.csv", "x");
    await temp.settle();
    await temp.discard();
    expect(drawer.size).toBe(0);
  });

  it("reads back a spool, whose writer may use its memory again", async () => {
    const temp = await host.openSpool();
    const block = bytes("abc");
    await temp.write(block);
    block.fill(0x78);
    await temp.write(block);
    const into = new Uint8Array(4);
    expect(await temp.read(into, 1)).toBe(4);
    expect(host.utf8(into)).toBe("bcxx");
    expect(await temp.read(into, 6)).toBe(0);
  });

  it("gives out what was put in, in pieces of any size", async () => {
    drawer.set("contacts.csv", new Blob(["Key,Email"]));
    const input = await host.openInput("contacts.csv");
    const into = new Uint8Array(5);
    expect([input.kind, input.size, await input.read(into, 4)]).toEqual(["file", 9, 5]);
    expect(host.utf8(into)).toBe("Email");
    expect(await input.read(into, 9)).toBe(0);
    expect(host.utf8(await host.readSmall("contacts.csv"))).toBe("Key,Email");
    await expect(host.openInput("other.csv")).rejects.toMatchObject({ code: "ENOENT" });
  });
});
