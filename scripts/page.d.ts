export interface PageParts {
  readonly worker: string;
  readonly page: string;
  readonly style: string;
  readonly notices?: string;
}
/** The file, with the hashes of these parts in its policy. */
export function renderPage(parts: PageParts): string;
/** The page as the tree makes it, and the files that its two scripts were made of. */
export function buildPage(): Promise<{ html: string; worker: string[]; page: string[] }>;
/** A script that can stand inside of HTML. */
export function asInline(code: string): string;
