import { transcodedBase } from '../paths.ts';
import type { Plan } from '../plan.ts';
import { framesPerSecond } from '../rate.ts';
import { drmSystems, type JobPlace, type Speke } from './configuration.ts';
import { jobInput } from './input.ts';
import { audioOutput, videoOutput } from './outputs.ts';

/** How often the service tells how far it is. */
const statusUpdateInterval = 'SECONDS_10';

/**
 * A token makes one job of several requests for a minute. Letters, digits and `-`, at most 64 characters: an id has 26 and
 * the number of an attempt is short; a job that was cancelled is not answered again, whose id, of some 20, makes another token.
 */
export const requestToken = ({ videoId, attempt }: Pick<Plan, 'videoId' | 'attempt'>, after?: string): string =>
  [videoId, attempt, ...(after === undefined ? [] : [after])].join('-').slice(0, 64);

/** `cbcs` (MediaConvert says SAMPLE_AES), with the provider's keys for the resource that is our video. */
const encryption = (videoId: string, speke: Speke) =>
  ({
    EncryptionMethod: 'SAMPLE_AES',
    InitializationVectorInManifest: 'INCLUDE',
    Type: 'SPEKE',
    SpekeKeyProvider: {
      ResourceId: videoId,
      Url: speke.url,
      HlsSignaledSystemIds: speke.hls.map((system) => drmSystems[system]),
      DashSignaledSystemIds: speke.dash.map((system) => drmSystems[system]),
      ...(speke.certificateArn !== undefined && { CertificateArn: speke.certificateArn }),
    },
  }) as const;

/**
 * One CMAF set of segments, HLS and DASH over it. A segment is one GOP: lengths are whole seconds here, and the service rounds
 * them up to the next GOP, so the seconds are those of the GOP rounded down (4.004 s is said as 4).
 */
function cmafGroup(plan: Plan, place: JobPlace) {
  const segmentSeconds = Math.max(1, Math.floor(plan.framesPerSegment / framesPerSecond(plan.rate)));
  return {
    Destination: `s3://${place.mediaBucket}/${transcodedBase(plan.videoId, plan.attempt)}`,
    SegmentControl: 'SEGMENTED_FILES',
    SegmentLength: segmentSeconds,
    SegmentLengthControl: 'GOP_MULTIPLE',
    FragmentLength: segmentSeconds,
    WriteHlsManifest: 'ENABLED',
    WriteDashManifest: 'ENABLED',
    MpdProfile: 'MAIN_PROFILE',
    WriteSegmentTimelineInRepresentation: 'ENABLED',
    ManifestDurationFormat: 'FLOATING_POINT',
    ManifestCompression: 'NONE',
    StreamInfResolution: 'INCLUDE',
    CodecSpecification: 'RFC_6381',
    TargetDurationCompatibilityMode: 'SPEC_COMPLIANT',
    // Frame 0 is shown at 0: sound and picture begin together without an edit list.
    VideoCompositionOffsets: 'SIGNED',
    ...(plan.encryption && { Encryption: encryption(plan.videoId, spekeOf(place)) }),
  } as const;
}

function spekeOf({ speke }: JobPlace): Speke {
  if (speke === undefined) throw new Error('an encrypted title needs a key server, and none is configured');
  return speke;
}

/**
 * The request that has MediaConvert encode a title: the same ladder, caps, rate, segments and sound as the plan's. Pure.
 * @param after the id of the job that was cancelled before
 * @throws Error for an encrypted title where no key server is configured.
 */
export function transcodeRequest(plan: Plan, place: JobPlace, after?: string) {
  const Inputs = [jobInput(plan, place.uploadsBucket)];
  const Outputs = [
    ...plan.rungs.map((rung) => videoOutput(plan, rung)),
    ...plan.audio.map((track, i) => audioOutput(plan, track, i)),
  ];
  const OutputGroups = [
    {
      Name: 'CMAF',
      OutputGroupSettings: { Type: 'CMAF_GROUP_SETTINGS', CmafGroupSettings: cmafGroup(plan, place) } as const,
      Outputs,
    },
  ];
  return {
    Role: place.roleArn,
    Queue: place.queueArn,
    ClientRequestToken: requestToken(plan, after),
    UserMetadata: { videoId: plan.videoId, attempt: String(plan.attempt) },
    StatusUpdateInterval: statusUpdateInterval,
    AccelerationSettings: { Mode: 'DISABLED' },
    Settings: { TimecodeConfig: { Source: 'ZEROBASED' }, Inputs, OutputGroups },
  } as const;
}
