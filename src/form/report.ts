/** What the form half says of a file as a whole. It holds no cell. */

/** What a file was recognized as. */
export interface Recognized {
  /** Undefined where the columns are those of no destination. */
  readonly destination?: string;
  readonly title?: string;
  readonly layout?: string;
  /** Rows correct conversions that were uploaded before. */
  readonly adjustments?: boolean;
  /** Destinations whose columns are the same. */
  readonly alsoFits: readonly string[];
}

/** What the bytes are like. */
export interface FileFacts {
  /** The file as the user named it. */
  readonly file: string;
  readonly kind: "text" | "workbook" | "json";
  readonly encoding?: string;
  readonly byteOrderMark?: boolean;
  readonly delimiter?: string;
  readonly lineEnd?: string;
  readonly sheet?: string;
  /** Whether the text came in a zip archive. */
  readonly zipped: boolean;
  /** Bytes, unpacked (of a workbook: of the file). */
  readonly bytes: number;
}
