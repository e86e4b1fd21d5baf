/** Languages to choose from; the service takes any tag of BCP 47. */
const tags =
  'af am ar bg bn ca cs da de el en en-GB en-US es es-419 et fa fi fil fr gu he hi hr hu hy id is it ja ka kk km kn ko lo lt lv mk ml mn mr ms my nb ne nl pa pl pt pt-BR ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi yue zh-Hans zh-Hant zu'.split(
    ' ',
  );

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** By their English names, in that order. */
export const languageChoices = tags
  .map((value) => ({ value, label: names.of(value) ?? value }))
  .toSorted((a, b) => a.label.localeCompare(b.label, 'en'));

export const languageName = (tag: string): string => (tag === 'und' ? 'Unknown language' : (names.of(tag) ?? tag));
