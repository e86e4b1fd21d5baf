import { audioBitrate, type Measured, rungBitrate } from './bandwidth.ts';
import type { Caption } from './captions/captions.ts';
import { textSets } from './captions/dash.ts';
import { uuidOf } from './encryption.ts';
import { aacCodec } from './hls.ts';
import { escaped, indent } from './mpd-xml.ts';
import { type AudioTrack, audioSampleRate, type Plan } from './plan.ts';
import { audioSegmentSamples, segmentCount, segmentTicks, titleSeconds } from './timeline.ts';

/** An xs:duration of whole and fractional seconds. */
const duration = (seconds: number) => `PT${seconds.toFixed(6).replace(/\.?0+$/, '')}S`;

/** S elements for segments of these lengths, in ticks; equal neighbours are one element (ISO/IEC 23009-1, 5.3.9.6). */
function segmentTimeline(lengths: readonly number[]): string[] {
  const runs: { d: number; r: number }[] = [];
  for (const d of lengths) {
    const run = runs.at(-1);
    if (run?.d === d) run.r++;
    else runs.push({ d, r: 0 });
  }
  return runs.map(({ d, r }, i) => `<S${i === 0 ? ' t="0"' : ''} d="${d}"${r > 0 ? ` r="${r}"` : ''}/>`);
}

function segmentTemplate(timescale: number, lengths: readonly number[]): string[] {
  return [
    `<SegmentTemplate timescale="${timescale}" startNumber="1" initialization="$RepresentationID$/init.mp4" media="$RepresentationID$/$Number$.m4s">`,
    '  <SegmentTimeline>',
    ...segmentTimeline(lengths).map((s) => `    ${s}`),
    '  </SegmentTimeline>',
    '</SegmentTemplate>',
  ];
}

/** Content protection by the common scheme and by Clear Key (ISO/IEC 23009-1, 5.8.4.1; ISO/IEC 23001-7, 11.2). */
function contentProtection({ encryption }: Plan): string[] {
  if (encryption === undefined) return [];
  return [
    `<ContentProtection schemeIdUri="urn:mpeg:dash:mp4protection:2011" value="${encryption.scheme}" cenc:default_KID="${uuidOf(encryption.keyId)}"/>`,
    '<ContentProtection schemeIdUri="urn:uuid:e2719d58-a985-b3c9-781a-b030af78d30e" value="ClearKey1.0"/>',
  ];
}

const numbers = (plan: Plan) => Array.from({ length: segmentCount(plan) }, (_, i) => i + 1);

function videoSet(plan: Plan, measured: Measured | undefined): string[] {
  const rate = plan.rate.den === 1 ? String(plan.rate.num) : `${plan.rate.num}/${plan.rate.den}`;
  const largest = plan.rungs.at(-1);
  return [
    `<AdaptationSet id="0" contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1" frameRate="${rate}" maxWidth="${largest?.width}" maxHeight="${largest?.height}">`,
    ...indent(contentProtection(plan), 2),
    ...indent(['<Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/>'], 2),
    ...indent(
      segmentTemplate(
        plan.timescale,
        numbers(plan).map((n) => segmentTicks(plan, n)),
      ),
      2,
    ),
    ...plan.rungs.map((rung) => {
      const { peak } = rungBitrate(plan, rung, measured);
      return `  <Representation id="${rung.name}" bandwidth="${peak}" codecs="${rung.codec}" width="${rung.width}" height="${rung.height}" sar="1:1"/>`;
    }),
    '</AdaptationSet>',
  ];
}

function audioSet(plan: Plan, track: AudioTrack, index: number, measured: Measured | undefined): string[] {
  const { peak } = audioBitrate(plan, track, measured);
  const lang = track.language === undefined ? '' : ` lang="${escaped(track.language)}"`;
  return [
    `<AdaptationSet id="${index + 1}" contentType="audio" mimeType="audio/mp4" segmentAlignment="true" startWithSAP="1"${lang}>`,
    ...indent(contentProtection(plan), 2),
    `  <Label>${escaped(track.label)}</Label>`,
    `  <Role schemeIdUri="urn:mpeg:dash:role:2011" value="${index === 0 ? 'main' : 'alternate'}"/>`,
    ...indent(
      segmentTemplate(
        audioSampleRate,
        numbers(plan).map((n) => audioSegmentSamples(plan, n)),
      ),
      2,
    ),
    `  <Representation id="${track.name}" bandwidth="${peak}" codecs="${aacCodec}" audioSamplingRate="${audioSampleRate}">`,
    `    <AudioChannelConfiguration schemeIdUri="urn:mpeg:mpegB:cicp:ChannelConfiguration" value="${track.channels}"/>`,
    '  </Representation>',
    '</AdaptationSet>',
  ];
}

/** The Media Presentation Description of a whole title (ISO/IEC 23009-1): static, one Period, one set for the picture and for each track of sound and text. */
export function mpd(plan: Plan, measured?: Measured, captions: readonly Caption[] = []): string {
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"${plan.encryption ? ' xmlns:cenc="urn:mpeg:cenc:2013"' : ''} profiles="urn:mpeg:dash:profile:isoff-live:2011,urn:mpeg:dash:profile:cmaf:2019" type="static" mediaPresentationDuration="${duration(titleSeconds(plan))}" minBufferTime="PT4S">`,
    `  <Period id="0" start="PT0S" duration="${duration(titleSeconds(plan))}">`,
    ...indent(videoSet(plan, measured), 4),
    ...plan.audio.flatMap((track, i) => indent(audioSet(plan, track, i, measured), 4)),
    ...indent(textSets(plan, captions), 4),
    '  </Period>',
    '</MPD>',
  ].join('\n')}\n`;
}
