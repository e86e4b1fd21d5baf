/**
 * How much there is to see in a gray picture, 0 to 1: the spread of its brightness, nothing for one that is black or
 * white all over.
 */
export function interest(gray: Uint8Array): number {
  if (gray.length === 0) return 0;
  const mean = gray.reduce((a, b) => a + b, 0) / gray.length;
  const deviation = Math.sqrt(gray.reduce((a, b) => a + (b - mean) ** 2, 0) / gray.length);
  const lit = Math.min(1, mean / 40, (255 - mean) / 20);
  return Math.max(0, Math.min(1, deviation / 64)) * Math.max(0, lit);
}
