/**
 * Transport streams (ISO/IEC 13818-1) whose clock is set to another time on the way, as recorders do that pause, lose their signal, or
 * start anew.
 */

const packetBytes = 188;
const clockHertz = 90_000;
/** Times are counted in 33 bits. */
const wrap = 2n ** 33n;

export interface Retiming {
  /** Seconds to add to what is decoded, or clocked, at this second of the stream. */
  readonly shift: (seconds: number) => number;
  /** Sets the `discontinuity_indicator` of the first clock reference behind each change of it. */
  readonly isTold?: boolean;
}

/** The same stream with other times. */
export function retimed(stream: Uint8Array, { shift, isTold = false }: Retiming): Buffer {
  const bytes = Buffer.from(stream);
  const moved = (ticks: bigint, by: number) => (((ticks + BigInt(Math.round(by * clockHertz))) % wrap) + wrap) % wrap;
  let clockShift: number | undefined;
  for (let at = 0; at + packetBytes <= bytes.length; at += packetBytes) {
    const packet = bytes.subarray(at, at + packetBytes);
    const hasAdaptation = ((packet[3] ?? 0) & 0x20) !== 0;
    const adaptationBytes = hasAdaptation ? 1 + (packet[4] ?? 0) : 0;
    // Section 2.4.3.5: flags, then the program clock reference.
    if (adaptationBytes > 7 && ((packet[5] ?? 0) & 0x10) !== 0) {
      const ticks = (BigInt(packet.readUInt32BE(6)) << 1n) | BigInt((packet[10] ?? 0) >> 7);
      const by = shift(Number(ticks) / clockHertz);
      const to = moved(ticks, by);
      packet.writeUInt32BE(Number(to >> 1n), 6);
      packet[10] = ((packet[10] ?? 0) & 0x7f) | (Number(to & 1n) << 7);
      if (isTold && clockShift !== undefined && by !== clockShift) packet[5] = (packet[5] ?? 0) | 0x80;
      clockShift = by;
    }
    const startsUnit = ((packet[1] ?? 0) & 0x40) !== 0 && ((packet[3] ?? 0) & 0x10) !== 0;
    const unit = packet.subarray(4 + adaptationBytes);
    if (startsUnit && unit.length > 19 && unit.readUIntBE(0, 3) === 1 && isTimed(unit[3] ?? 0)) moveUnit(unit);
  }
  return bytes;

  /** Of an elementary stream's packet (section 2.4.3.7): when it is shown and, if that is another time, decoded. */
  function moveUnit(unit: Buffer): void {
    const has = (unit[7] ?? 0) >> 6;
    if (has < 2) return;
    const places = has === 3 ? [9, 14] : [9];
    const decoded = readTime(unit, places.at(-1) ?? 9);
    const by = shift(Number(decoded) / clockHertz);
    for (const place of places) writeTime(unit, place, moved(readTime(unit, place), by));
  }
}

/** Audio, video, and private stream 1, which carries AC-3. */
const isTimed = (streamId: number) => (streamId >= 0xc0 && streamId <= 0xef) || streamId === 0xbd;

const readTime = (unit: Buffer, at: number): bigint =>
  (BigInt((unit[at] ?? 0) & 0x0e) << 29n) |
  (BigInt(unit.readUInt16BE(at + 1) >> 1) << 15n) |
  BigInt(unit.readUInt16BE(at + 3) >> 1);

function writeTime(unit: Buffer, at: number, ticks: bigint): void {
  unit[at] = ((unit[at] ?? 0) & 0xf0) | (Number(ticks >> 30n) << 1) | 1;
  unit.writeUInt16BE((Number((ticks >> 15n) & 0x7fffn) << 1) | 1, at + 1);
  unit.writeUInt16BE((Number(ticks & 0x7fffn) << 1) | 1, at + 3);
}
