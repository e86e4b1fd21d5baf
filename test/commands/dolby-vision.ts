import { boxesOf } from './crafted-files.ts';

/** Bytes of a box's head, of a full box's version and flags with a count of entries, and of a sample entry up to its boxes. */
const [boxHead, entryCount] = [8, 8];

/**
 * An MP4 with one track, its index last, that says of its picture that it is Dolby Vision (`dvcC` or `dvvC`, as its specification for
 * ISO base media files lays them out). The picture itself stays as it was.
 * @param compatibility what the base layer can be shown as without it: 0 nothing, 1 HDR10, 2 standard range, 4 HLG
 */
export function saidToBeDolbyVision(file: Buffer, profile: number, compatibility: number): Buffer {
  const record = Buffer.alloc(32);
  record.writeUInt32BE(record.length, 0);
  record.write(profile > 7 ? 'dvvC' : 'dvcC', 4, 'latin1');
  record.writeUInt8(1, 8);
  const [level, rpuPresent, basePresent] = [6, 1 << 2, 1];
  record.writeUInt16BE((profile << 9) | (level << 3) | rpuPresent | basePresent, 10);
  record.writeUInt8(compatibility << 4, 12);

  const outer = boxesOf(file).filter(({ type }) => ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'].includes(type));
  const entryAt = (outer.at(-1)?.at ?? 0) + boxHead + entryCount;
  const end = entryAt + file.readUInt32BE(entryAt);
  const grown = Buffer.concat([file.subarray(0, end), record, file.subarray(end)]);
  for (const at of [...outer.map((box) => box.at), entryAt])
    grown.writeUInt32BE(file.readUInt32BE(at) + record.length, at);
  return grown;
}
