/** The parser of csv-parse behind its stream; `page.js` resolves the name. */
declare module "csv-parse-core" {
  export function transform(options: object): {
    readonly info: { readonly bytes: number };
    parse(
      chunk: Uint8Array | undefined,
      isLast: boolean,
      push: (record: string[]) => void,
      close: () => void,
    ): Error | undefined;
  };
}
