import { escaped } from '../mpd-xml.ts';
import type { Plan } from '../plan.ts';
import { uniqueLabels } from '../playlist-tags.ts';
import { titleSeconds } from '../timeline.ts';
import type { Caption, CaptionKind } from './captions.ts';

/** The role scheme of ISO/IEC 23009-1, 5.8.5.5. */
const roles: Readonly<Record<CaptionKind, string>> = {
  subtitles: 'subtitle',
  captions: 'caption',
  forced: 'forced-subtitle',
};

/** Ids of text sets begin here, apart from those of picture and sound. */
const firstId = 101;

/**
 * An AdaptationSet for each text track: one WebVTT file beside the segments (ISO/IEC 23009-1, 5.3.3 and 5.3.9.1). `folder`: of
 * the files, from the MPD's base.
 */
export function textSets(plan: Plan, captions: readonly Caption[], folder = '../captions'): string[] {
  // Players tell tracks apart by them, as they do by HLS.
  const labels = uniqueLabels(captions.map(({ label }) => label));
  return captions.flatMap(({ name, language, kind, digest, sizeBytes }, i) => [
    `<AdaptationSet id="${firstId + i}" contentType="text" mimeType="text/vtt" lang="${escaped(language)}">`,
    `  <Label>${escaped(labels[i] ?? '')}</Label>`,
    `  <Role schemeIdUri="urn:mpeg:dash:role:2011" value="${roles[kind]}"/>`,
    `  <Representation id="text-${name}" bandwidth="${Math.ceil((sizeBytes * 8) / titleSeconds(plan))}">`,
    `    <BaseURL>${folder}/${digest}.vtt</BaseURL>`,
    '  </Representation>',
    '</AdaptationSet>',
  ]);
}
