/** What a page is to play: a title in a format, and where that is; null while there is nothing. */
export interface Offered {
  readonly title: string;
  readonly manifest: string | null;
}

/**
 * What goes on being played when this is offered. A title that is processed anew gets another manifest, and whoever is in the
 * middle of it stays with the one they have: it goes on being served.
 */
export const played = (before: Offered, offered: Offered): Offered =>
  before.title === offered.title && before.manifest !== null && offered.manifest !== null ? before : offered;
