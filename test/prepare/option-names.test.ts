import { describe, expect, it } from "vitest";
import { prepare } from "../../src/prepare/prepare.ts";

describe("options of the library, without types", () => {
  const run = (options: unknown) => prepare(options as Parameters<typeof prepare>[0]);

  it("refuses a name that there is not, with the nearest one", async () => {
    const options = { conversions: "x.csv", dryrun: true };
    await expect(run(options)).rejects.toMatchObject({
      code: "usage",
      message: "unknown option, number 2 of those given to prepare",
      hint: "did you mean `dryRun`?",
    });
  });

  it("does not repeat a name that is no word", async () => {
    await expect(run({ "ann@example.com": 1 })).rejects.toMatchObject({
      message: "unknown option, number 1 of those given to prepare",
    });
  });

  it.each([undefined, null, "x.csv"])("refuses %s in place of options", async (options) => {
    await expect(run(options)).rejects.toMatchObject({ code: "usage" });
  });
});
