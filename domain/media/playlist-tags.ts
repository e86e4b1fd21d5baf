/** An attribute's quoted-string may hold no line feed, carriage return or double quote (RFC 8216 section 4.2). */
export const quoted = (text: string) => `"${text.replaceAll(/["\r\n]/g, "'")}"`;

/** An attribute list (RFC 8216 section 4.2), without what is undefined. */
export const attributes = (list: Readonly<Record<string, string | number | undefined>>) =>
  Object.entries(list)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');

/** Labels of the renditions of one group, which must differ in NAME (RFC 8216 section 4.3.4.1.1). */
export const uniqueLabels = (labels: readonly string[]): string[] =>
  labels.map((label, i) => (labels.some((other, j) => j !== i && other === label) ? `${label} (${i + 1})` : label));
