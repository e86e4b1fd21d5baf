/**
 * An attribute's quoted-string may hold no double quote (RFC 8216 section 4.2), and a playlist no control characters (section
 * 4.1). Some parsers take an apostrophe for a quotation mark too, so both are written as printers do.
 */
export const quoted = (text: string) =>
  `"${text
    .replaceAll('"', '”')
    .replaceAll("'", '’')
    .replaceAll(/\p{Cc}/gu, ' ')}"`;

/** An attribute list (RFC 8216 section 4.2), without what is undefined. */
export const attributes = (list: Readonly<Record<string, string | number | undefined>>) =>
  Object.entries(list)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');

/** Labels of the renditions of one group, which must differ in NAME (RFC 8216 section 4.3.4.1.1). */
export function uniqueLabels(labels: readonly string[]): string[] {
  const taken = new Set(labels);
  return labels.map((label, i) => {
    if (!labels.some((other, j) => j !== i && other === label)) return label;
    let number = i + 1;
    while (taken.has(`${label} (${number})`)) number++;
    taken.add(`${label} (${number})`);
    return `${label} (${number})`;
  });
}

/**
 * AUTOSELECT of the renditions of one group, which of those that are alike in LANGUAGE, FORCED and CHARACTERISTICS (`kinds`) no
 * more than one should have (RFC 8216 section 4.3.4.1.1): the first. Others are for viewers to choose.
 */
export const autoselect = (kinds: readonly string[]): ('YES' | 'NO')[] =>
  kinds.map((kind, i) => (kinds.indexOf(kind) === i ? 'YES' : 'NO'));
