/** S3's limits of a multipart upload (Amazon S3 User Guide, "Multipart upload limits"). */
const MiB = 1024 * 1024;
export const maxParts = 10_000;
export const minPartBytes = 5 * MiB;
/** 5 TB, S3's largest object. */
export const maxSourceBytes = 5 * 1024 ** 4;

/**
 * The size of each part but the last, in bytes. 64 MiB by design (two parts for 100 MB); files up to that size go in
 * 8 MiB parts so that they too travel in parallel and resume; above 640 GB parts grow so that 10,000 suffice.
 * `preferredBytes` is a client's wish for smaller parts on a slow link.
 * @throws RangeError if the size is not a whole number from 1 to 5 TB.
 */
export function partSizeBytes(sizeBytes: number, preferredBytes?: number): number {
  if (!Number.isInteger(sizeBytes) || sizeBytes < 1 || sizeBytes > maxSourceBytes) {
    throw new RangeError(`a source has 1 to ${maxSourceBytes} bytes, not ${sizeBytes}`);
  }
  const usual = sizeBytes <= 64 * MiB ? 8 * MiB : 64 * MiB;
  const wished = Math.max(minPartBytes, Math.min(usual, preferredBytes ?? usual));
  const least = Math.ceil(Math.ceil(sizeBytes / maxParts) / MiB) * MiB;
  return Math.max(wished, least);
}

export const partCount = (sizeBytes: number, partBytes: number) => Math.ceil(sizeBytes / partBytes);

/** The length of part `number` (from 1), in bytes. */
export const partLength = (sizeBytes: number, partBytes: number, number: number) =>
  Math.min(partBytes, sizeBytes - (number - 1) * partBytes);

/** How long an upload session may rest before it expires. */
export const sessionLifetimeSeconds = 7 * 24 * 3600;
/** How long a part's URL is good for: a 64 MiB part at 200 kbit/s takes 45 minutes. */
export const partUrlLifetimeSeconds = 3600;
/** How long the download of a source may take to begin: it goes on once it has. */
export const sourceUrlLifetimeSeconds = 300;
