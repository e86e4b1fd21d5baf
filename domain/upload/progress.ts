/** Who waits for a file learns how far it is in steps of this share: each costs a write. */
const step = 0.05;

/**
 * How much of a file has been sent once the parts of these numbers are on their way, 0 to 1, as far as that is worth telling somebody who
 * knows `told` of it; undefined if it is not. Clients ask for URLs in order, shortly before they use them. 1: the last part is on its
 * way, so that the file may be whole any moment.
 */
export function progressOfSending(
  numbers: readonly number[],
  partCount: number,
  told: number | undefined,
): number | undefined {
  const share = Math.max(0, ...numbers) / partCount;
  return share > (told ?? 0) && (share === 1 || share - (told ?? 0) >= step) ? share : undefined;
}
