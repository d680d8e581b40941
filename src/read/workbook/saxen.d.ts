/** saxen ships no types. What xml.ts uses of it. */
declare module "saxen" {
  type Decode = (text: string) => string;

  export class Parser {
    on(
      event: "openTag",
      handler: (
        name: string,
        attributes: () => Readonly<Record<string, string>>,
        decode: Decode,
      ) => void,
    ): this;
    on(event: "closeTag", handler: (name: string) => void): this;
    on(event: "text", handler: (value: string, decode: Decode) => void): this;
    on(event: "cdata", handler: (value: string) => void): this;
    on(event: "comment" | "question" | "attention", handler: () => void): this;
    on(event: "error", handler: (error: Error) => void): this;
    write(xml: string): this;
    end(): unknown;
  }
}
