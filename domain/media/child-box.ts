/** Where a box is: its body, and its end. */
export interface Box {
  readonly body: number;
  readonly end: number;
}

/**
 * The first box of a type among those in [from, to) (ISO/IEC 14496-12 section 4.2). Boxes of our own files have 32-bit lengths.
 * @throws Error if there is none, or a length that does not fit
 */
export function child(view: DataView, from: number, to: number, type: string): Box {
  for (let at = from; at + 8 <= to; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
    if (length < 8 || at + length > to) throw new Error(`box ${name} at ${at} has a length of ${length}`);
    if (name === type) return { body: at + 8, end: at + length };
    at += length;
  }
  throw new Error(`there is no ${type} box`);
}
