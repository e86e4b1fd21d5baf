import type { Cue } from './cues.ts';

const padded = (value: number, digits: number) => String(value).padStart(digits, '0');

const timestamp = (ms: number) =>
  `${padded(Math.floor(ms / 3_600_000), 2)}:${padded(Math.floor(ms / 60_000) % 60, 2)}:${padded(Math.floor(ms / 1000) % 60, 2)}.${padded(ms % 1000, 3)}`;

/**
 * Cues as WebVTT. The map that HLS asks for (RFC 8216 section 3.5) says what holds without it too: a cue's 0 is the
 * title's. To DASH it is a header like any other.
 */
export const writeWebVtt = (cues: readonly Cue[]): string =>
  [
    'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n',
    ...cues.map(
      ({ startMs, endMs, settings, text }) =>
        `${timestamp(startMs)} --> ${timestamp(endMs)}${settings === '' ? '' : ` ${settings}`}\n${text}\n`,
    ),
  ].join('\n');
