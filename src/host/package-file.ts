/**
 * A file of the package by its path from the package's folder. The code lies in `dist/host/`, and bundled in
 * `dist-cli/lib/`: the same depth, so that this is right in both.
 */
export function packageFile(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
