/**
 * The value of `Content-Disposition` by which a browser saves a file under this name (RFC 6266): in ASCII for what is old,
 * and as it is written (RFC 8187, section 3.2).
 */
export function attachment(fileName: string): string {
  const name = fileName.toWellFormed();
  const plain = name.replaceAll(/[^ -~]|["\\%/]/gu, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
