/** Every file in samples/ is made again, or used, here; the outputs to the byte, by the real command. */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { microsoftBulk } from "../../src/destinations/microsoft-bulk.ts";
import { ROOT, SAMPLES, scratch } from "../helpers/run.ts";
import { SAMPLE_OUTPUTS, SPLIT_ROWS } from "../helpers/samples.ts";
import { warmFirsthash } from "../helpers/warm.ts";

const OUTPUTS = join(SAMPLES, "outputs");

/** With it the outputs are written instead of compared. Look at the difference before committing it. */
const UPDATE = process.env.UPDATE_SAMPLES === "1";

// The limits are the destinations' own and cannot be lowered by a user, so the split is made of the same
// destination with a small one.
vi.doMock("../../src/destinations/catalog.ts", async (original) => ({
  ...(await original<object>()),
  destinationById: () => ({
    ...microsoftBulk,
    limits: { ...microsoftBulk.limits, rows: SPLIT_ROWS },
  }),
}));
vi.resetModules();
const { prepare } = await import("../../src/prepare/prepare.ts");
vi.doUnmock("../../src/destinations/catalog.ts");
vi.resetModules();

it.each(SAMPLE_OUTPUTS)(
  "makes samples/outputs/$file again, to the byte",
  async ({ file, args }) => {
    const output = UPDATE ? join(OUTPUTS, file) : join(scratch(), file);
    const result = await warmFirsthash([...args, ...(UPDATE ? ["--force"] : []), "-o", output]);
    expect(result.stderr).not.toContain("error");
    expect(result.code).toBe(0);
    expect(readFileSync(output).equals(readFileSync(join(OUTPUTS, file)))).toBe(true);
  },
);

it("makes the parts of samples/outputs/split again, to the byte", async () => {
  const folder = UPDATE ? join(OUTPUTS, "split") : scratch();
  mkdirSync(folder, { recursive: true });
  const report = await prepare({
    contacts: join(SAMPLES, "contacts.csv"),
    conversions: join(SAMPLES, "conversions.csv"),
    key: "Contact ID",
    country: "US",
    timeZone: "America/New_York",
    asOf: "2026-11-20T12:00:00Z",
    output: join(folder, "upload.csv"),
    force: UPDATE,
  });
  expect(report.destinations[0]?.files.map(({ rows }) => rows)).toEqual([8, 8, 3]);
  const parts = readdirSync(join(OUTPUTS, "split")).sort();
  expect(readdirSync(folder).sort()).toEqual(parts);
  expect(parts).toEqual([1, 2, 3].map((part) => `upload-000${part}-of-0003.csv`));
  for (const part of parts) {
    const golden = readFileSync(join(OUTPUTS, "split", part));
    expect(readFileSync(join(folder, part)).equals(golden), part).toBe(true);
  }
});

it("splits so that the parts have the rows of the whole", () => {
  const HEAD_ROWS = 2;
  const rows = (path: string) =>
    readFileSync(join(OUTPUTS, path), "utf8").split("\r\n").slice(HEAD_ROWS, -1);
  const parts = readdirSync(join(OUTPUTS, "split")).sort();
  expect(parts.flatMap((part) => rows(join("split", part)))).toEqual(rows("microsoft-bulk.csv"));
});

/**
 * What the sample people's cells normalize to, by hand, by the rules of Microsoft's article 60178 and
 * E.164; the digests of these texts by python3's hashlib (see samples/README.md). Line of the conversion,
 * e-mail, phone; "" where there is no usable one.
 */
const PEOPLE: readonly (readonly [line: number, email: string, phone: string])[] = [
  [2, "avathompson@example.com", "+12065550101"],
  [3, "noahgarcia@contoso.com", "+12065550102"],
  [4, "miao'brien@contoso.com", "+14255550103"],
  [5, "zoemuller@contoso.com", "+493023125123"],
  [6, "liamwalker@example.org", "+442079460105"],
  [7, "leadubois@example.com", "+33199001206"],
  [8, "ethanwright@example.net", ""],
  [9, "", "+61491570156"],
  [10, "oliverhughes@example.com", "+442079460109"],
  [11, "sofiarossi@contoso.com", ""],
  [12, "", "+12125550111"],
  [13, "emmajohnson@contoso.com", "+12125550112"],
  [15, "chloebernard@contoso.com", "+33199001214"],
  [16, "henrytaylor@example.com", "+14165550115"],
  [17, "", "+16045550116"],
  [19, "ameliadavis@example.com", "+13125550118"],
  [20, "leosato@contoso.com", "+15035550119"],
  [21, "noralind@contoso.com", "+46846500420"],
  [25, "liamwalker@example.org", "+442079460105"],
];

const DIGESTS: Readonly<Record<string, string>> = {
  "": "",
  "avathompson@example.com": "7d86ea0abc0cb7620ea09dfc052057be7e6402f128479148e12e85a028516e0c",
  "+12065550101": "56232530251eb6401dd62c64a72c9582ce132ffc3847f9bd3b2b6b007e6b7f40",
  "noahgarcia@contoso.com": "e99e34d951ee0ad9d69687ad21ccfea34468f03324e0a7f880444fbd232affb6",
  "+12065550102": "fdff3f6016dce3eb6da2d06a7ff16a153e326d2689cb6474f52640d7416be4c6",
  "miao'brien@contoso.com": "a463507571496c423412891f399fd3617155a801d584056a410ff77918bbb69e",
  "+14255550103": "3c3672e9c8779c3d71ef197517d4d56325b879b6c8f4d4a1dea31a29b4404d1e",
  "zoemuller@contoso.com": "32685a9ce058dd8d7517b0cffdf88907bea0ae9000538399890d531109c73ff6",
  "+493023125123": "77f9e3b8838cf96ba4919fd5974918e1a774c9e93d521c0f691654bc3cb5380a",
  "liamwalker@example.org": "f69dbff42011cbe810366b9ff6faea3dfdbdd5f8a02688cddf83040350a4c16f",
  "+442079460105": "fea6b25aba5dd9a86584e6cf93f305a2215e41b2d40bf267c33b585be381eeb0",
  "leadubois@example.com": "68ae5381a0225e2ace2c330a748a0e4e79cc493b10500f06bad11d44c59caaae",
  "+33199001206": "c7181bd51bcfc3f01c44cdc8d47910c3b69796d98045ef1f9d715ebd209b82cd",
  "ethanwright@example.net": "5258d33de89df1cb00d1df055822a8c3402cb76837e495df8791e26ab04c1ddb",
  "+61491570156": "9ca78dfe8cfa686da2ae3fa93f070c3d1606a04e96c1165876162d42c063fc18",
  "oliverhughes@example.com": "9f6ca962fe0b595f4a751394a43a091d693e5f48b08a0ba5c39abd7b5e0769a5",
  "+442079460109": "d463cf938b4af12cac8717367143ad440cd6e27a7748c21d056508c5d81533b7",
  "sofiarossi@contoso.com": "7b80abfe32a939134a5f42d81e52b50b7d22ff8ffac38878369f67d894114819",
  "+12125550111": "54e28089447b93cb89066934bc2dc3d704fe4be551174c484afbf38411dc336e",
  "emmajohnson@contoso.com": "6ae3cc6ee0ff6d2be415089b2534326edc0a4d0638f16c59ef9c007e6b186fca",
  "+12125550112": "bb57530aecee3ab4c5d742d7955017ec9ddfd40aa154b7c5ca10dcfb4201b17e",
  "chloebernard@contoso.com": "3a54de6dad00a755d3c9e4f0cc6a881ad38692c4a248ad8e921b6e407ff6b413",
  "+33199001214": "7318e0ba23af3c2132bd523790fadc43d316682f2d622e0505a2cfb19eadcab8",
  "henrytaylor@example.com": "f7c2900fee9b6780b55d5fb6662a67251cb6107c857c32a1770c07876a96d521",
  "+14165550115": "f4906997e1e7dc52de08061f33198b45911a61bc353067777eece48dd6c3ba9c",
  "+16045550116": "9102e10b54799626fddf78dda201e44e76cf926f86df1926cdb67e297906ce69",
  "ameliadavis@example.com": "d530fd7edcaf458ed2b3d980c70324f38f012da6b41241b6e2cde5ec89889f70",
  "+13125550118": "b7cc14e5ea7fb2f8a6ad4157d34e67e5ee6099760f24079a0d3f45244ecc4e85",
  "leosato@contoso.com": "5ceb2db03a0f348490162bce8f1d3af08b23aa6384e253fcd68ee33917f72d76",
  "+15035550119": "2cd837ae4ec2ca7505d9ef6aa67b328f8d3915c7860b8234f23ad15da3f2c6c3",
  "noralind@contoso.com": "4ec5b443464c0c96bb4fcd84f34a28638b9ccf8bba78bbd3330092b47565be22",
  "+46846500420": "59235a6803f2fe8d774f4a268d80d9eea658581e9d5aacd8105ad776492c39da",
};

it("has the digests that another implementation gives for texts normalized by hand", () => {
  const text = readFileSync(join(OUTPUTS, "microsoft-bulk.csv"), "utf8");
  const rows = text
    .split("\r\n")
    .slice(2, -1)
    .map((line) => line.split(","));
  expect(rows.map((cells) => [cells[4], cells.at(-2), cells.at(-1)])).toEqual(
    PEOPLE.map(([line, email, phone]) => [`row-${line}`, DIGESTS[email], DIGESTS[phone]]),
  );
});

it("has no output that no command makes, and explains every file and command", () => {
  const made = SAMPLE_OUTPUTS.map(({ file }) => file);
  expect(readdirSync(OUTPUTS).sort()).toEqual([...made, "split"].sort());
  const readme = readFileSync(join(SAMPLES, "README.md"), "utf8");
  const explained = [...readdirSync(SAMPLES), ...made.map((file) => `outputs/${file}`)];
  for (const name of explained) {
    if (name !== "README.md" && name !== "outputs") expect(readme).toContain(`\`${name}`);
  }
  for (const { file, args } of SAMPLE_OUTPUTS) {
    const shown = args.map((arg) => (/[^\w./:-]/.test(arg) ? JSON.stringify(arg) : arg));
    expect(readme, file).toContain(`npx firsthash ${shown.join(" ")} -o samples/outputs/${file}\n`);
  }
});

it("keeps the bytes of samples as they are in every checkout", () => {
  expect(readFileSync(join(ROOT, ".gitattributes"), "utf8")).toMatch(/^samples\/\*\* -text$/m);
});
