/** Paths, as far as we take them apart, in the manner of this machine. */
import * as path from "node:path";

export const basename: (path: string) => string = path.basename;
export const dirname: (path: string) => string = path.dirname;
export const isAbsolute: (path: string) => boolean = path.isAbsolute;
export const join: (...parts: string[]) => string = path.join;
export const relative: (from: string, to: string) => string = path.relative;
export const sep: "/" | "\\" = path.sep;
