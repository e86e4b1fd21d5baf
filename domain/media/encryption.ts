import * as z from 'zod';

const Hex16 = z.string().regex(/^[0-9a-f]{32}$/);

/**
 * How a title is encrypted (ISO/IEC 23001-7): `cbcs`, with one key for all its tracks. All of it is public: it stands in
 * manifests and initialization segments.
 */
export const Encryption = z.object({
  scheme: z.literal('cbcs'),
  /** The default KID, hexadecimal. */
  keyId: Hex16,
  /** The constant initialization vector, hexadecimal. */
  iv: Hex16,
});
export type Encryption = z.infer<typeof Encryption>;

/** A title's content key as it is kept: encrypted by the key service, for this video and attempt alone. */
export const ContentKey = z.object({
  attempt: z.int().positive(),
  encryption: Encryption,
  /** Base64. */
  wrapped: z.string(),
});
export type ContentKey = z.infer<typeof ContentKey>;

/** A KID as manifests write it (RFC 9562). */
export const uuidOf = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
