import * as z from 'zod';

/** Who encodes a title after its first segment: our own workers, or AWS Elemental MediaConvert. */
export const Engine = z.enum(['workers', 'mediaconvert']);
export type Engine = z.infer<typeof Engine>;

/**
 * What an environment may give to MediaConvert: nothing; titles in the clear; or encrypted ones too, whose keys come from a
 * DRM provider by SPEKE.
 */
export const MediaConvertReach = z.enum(['nothing', 'clear', 'all']);
export type MediaConvertReach = z.infer<typeof MediaConvertReach>;

/** Whether MediaConvert may encode a title of this protection. Our own keys are never given away, not in job settings either. */
export const reaches = (reach: MediaConvertReach, protection: 'clear' | 'cbcs'): boolean =>
  reach === 'all' || (reach === 'clear' && protection === 'clear');

/** The engine of a title: the one that is wished for, where it can be had. */
export const engineOf = (wish: Engine, reach: MediaConvertReach, protection: 'clear' | 'cbcs'): Engine =>
  wish === 'mediaconvert' && reaches(reach, protection) ? 'mediaconvert' : 'workers';
