import { boxesOf, type CraftedFile, made, withField } from './crafted-files.ts';

/** Fragmented files whose indexes lead astray (ISO/IEC 14496-12 sections 8.8 and 8.16.3). */
export async function astray(): Promise<CraftedFile[]> {
  const whole = await made('fragments.mp4', [
    ...['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=2', '-c:v', 'libx264', '-g', '10'],
    ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof+global_sidx'],
  ]);
  const largest = 0xffff_ffff;
  const at = (type: string) => boxesOf(whole).find((box) => box.type === type)?.at ?? -1;
  return [
    { is: 'fragments, as they should be', bytes: whole },
    { is: 'a segment index whose clock stands', bytes: withField(whole, 'sidx', 16, 0) },
    { is: 'a segment index that refers to itself', bytes: withField(whole, 'sidx', 32, 0x8000_0000) },
    { is: 'a segment index of more entries than it has room for', bytes: withField(whole, 'sidx', 30, 65_535, 2) },
    { is: 'a fragment at the end of time', bytes: withField(whole, 'tfdt', 12, largest) },
    { is: 'a fragment of four thousand million samples', bytes: withField(whole, 'trun', 12, largest) },
    { is: 'a fragment whose samples lie before the file', bytes: withField(whole, 'trun', 16, 0x8000_0000) },
    { is: 'samples that each last for two days', bytes: withField(whole, 'trex', 20, largest) },
    { is: 'a fragment within a fragment', bytes: renamed(whole, at('traf'), 'moof') },
    { is: 'an index of fragments that names itself', bytes: withField(whole, 'tfra', 32, at('mfra')) },
    { is: 'an index of four thousand million fragments', bytes: withField(whole, 'tfra', 20, largest) },
    { is: 'a thousand times the same fragment', bytes: again(whole, 1000) },
  ];
}

function renamed(bytes: Buffer, at: number, type: string): Buffer {
  const copy = Buffer.from(bytes);
  copy.write(type, at + 4, 'latin1');
  return copy;
}

function again(whole: Buffer, times: number): Buffer {
  const boxes = boxesOf(whole);
  const from = boxes.find(({ type }) => type === 'moof')?.at ?? 0;
  const to = boxes.find(({ type }) => type === 'mdat')?.end ?? 0;
  return Buffer.concat([whole.subarray(0, to), ...Array.from({ length: times }, () => whole.subarray(from, to))]);
}
