/** One cue. Times in whole milliseconds from the start of the title. */
export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  /** WebVTT cue settings, or empty. */
  readonly settings: string;
  /** WebVTT cue text: lines, none of them empty. */
  readonly text: string;
}

/** Cues in order of their starts; those that start together stay as they were. */
export const inOrder = (cues: readonly Cue[]): Cue[] => cues.toSorted((a, b) => a.startMs - b.startMs);

/**
 * Cues on the timeline of a title: earlier by `offsetMs`, and within `[0, durationMs)`. What reaches beyond an end is cut
 * there, what lies wholly beyond it is left out.
 */
export function fitted(cues: readonly Cue[], title: { offsetMs: number; durationMs: number }): Cue[] {
  return cues.flatMap((cue) => {
    const startMs = Math.max(0, cue.startMs - title.offsetMs);
    const endMs = Math.min(title.durationMs, cue.endMs - title.offsetMs);
    return startMs < endMs ? [{ ...cue, startMs, endMs }] : [];
  });
}
