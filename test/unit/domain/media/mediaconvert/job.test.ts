import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobPlace, Speke } from '../../../../../domain/media/mediaconvert/configuration.ts';
import { transcodeRequest } from '../../../../../domain/media/mediaconvert/job.ts';
import { type Plan, plan } from '../../../../../domain/media/plan.ts';
import type { Probe } from '../../../../../domain/media/probe.ts';
import { framesPerSecond } from '../../../../../domain/media/rate.ts';
import { faults } from '../../../../commands/service-model.ts';
import { anyPlan } from '../arbitrary.ts';

const place: JobPlace = {
  roleArn: 'arn:aws:iam::111122223333:role/mediaconvert',
  queueArn: 'arn:aws:mediaconvert:us-east-1:111122223333:queues/Default',
  uploadsBucket: 'uploads',
  mediaBucket: 'media',
};
const speke: Speke = {
  url: 'https://keys.example/speke',
  invokeArn: 'arn:aws:execute-api:us-east-1:111122223333:a1b2c3/prod/POST/speke',
  hls: ['fairplay'],
  dash: ['widevine', 'playready'],
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1',
};
const video: Probe['video'] = {
  streamIndex: 0,
  codec: 'h264',
  picture: { width: 1920, height: 1080 },
  rate: { num: 30000, den: 1001 },
  colors: { transfer: 'sdr', system: 'bt709', fullRange: false },
  interlaced: false,
  variable: false,
  offsetSeconds: 0,
  durationSeconds: 60,
};
const sound = { codec: 'aac', channels: 2, sampleRate: 48_000, startSeconds: 0, timescale: 48_000 };
const run = { videoId: '01JD0000000000000000000000', attempt: 2 };

function title(
  change: Partial<Probe['video']> = {},
  audio: Probe['audio'] = [],
  encryption?: Plan['encryption'],
): Plan {
  const probe = { container: 'mov', video: { ...video, ...change }, audio };
  return plan(run, `sources/${run.videoId}/u`, probe, { eagerLines: 360, engine: 'mediaconvert', encryption });
}
const groupOf = (request: ReturnType<typeof transcodeRequest>) => {
  const [group] = request.Settings.OutputGroups;
  if (group === undefined) throw new Error('no output group');
  return { settings: group.OutputGroupSettings.CmafGroupSettings, outputs: group.Outputs };
};
const outputsOf = (of: Plan, at = place) => {
  const { outputs } = groupOf(transcodeRequest(of, at));
  return {
    pictures: outputs.flatMap((output) => ('VideoDescription' in output ? [output] : [])),
    sounds: outputs.flatMap((output) => ('AudioDescriptions' in output ? [output] : [])),
  };
};
const inputOf = (of: Plan) => transcodeRequest(of, place).Settings.Inputs[0] ?? expect.fail('no input');
const h264Of = (of: Plan) => outputsOf(of).pictures.map((o) => o.VideoDescription.CodecSettings.H264Settings);

describe('the check against the service’s model', () => {
  it.each([
    ['a field that it does not have', { Role: 'r', Settings: { Outputs: [] } }, 'has no Outputs'],
    [
      'a value that an enum does not have',
      { Role: 'r', Settings: { TimecodeConfig: { Source: 'ZERO' } } },
      'may not be ZERO',
    ],
    ['a number where it wants a word', { Role: 1, Settings: {} }, 'is a number, not a string'],
    ['a required field that is not there', { Settings: {} }, 'lacks Role'],
    [
      'a fault inside a map',
      { Role: 'r', Settings: { Inputs: [{ AudioSelectors: { a: { Tracks: ['1'] } } }] } },
      'Tracks[0]',
    ],
  ])('finds %s', (_, request, fault) => {
    expect(faults('CreateJobRequest', request).join()).toContain(fault);
  });
});

describe('the request for a job', () => {
  it('has only fields and values of the service’s model, whatever the plan, encrypted or not', () => {
    fc.assert(
      fc.property(anyPlan, fc.boolean(), (any, isEncrypted) => {
        const encryption = { scheme: 'cbcs', keyId: '0'.repeat(32), iv: '1'.repeat(32) } as const;
        const of = { ...any, ...(isEncrypted && { encryption }) };
        expect(faults('CreateJobRequest', transcodeRequest(of, { ...place, speke }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the limits that the service’s documentation states', () => {
    fc.assert(
      fc.property(anyPlan, (any) => {
        const request = transcodeRequest(any, place);
        expect(request.ClientRequestToken).toMatch(/^[\x20-\x7e]{1,64}$/);
        const { settings, outputs } = groupOf(request);
        expect(Number.isInteger(settings.SegmentLength) && settings.SegmentLength >= 1).toBe(true);
        expect(settings.SegmentLength % settings.FragmentLength).toBe(0);
        expect(new Set(outputs.map((output) => output.NameModifier)).size).toBe(outputs.length);
        for (const h264 of h264Of(any)) {
          expect(h264.MaxBitrate).toBeGreaterThanOrEqual(1000);
          expect(h264.MaxBitrate).toBeLessThanOrEqual(1_152_000_000);
          expect(h264.QvbrSettings.QvbrQualityLevel).toBeGreaterThanOrEqual(1);
          expect(h264.QvbrSettings.QvbrQualityLevel).toBeLessThanOrEqual(10);
          // The lengths of segments are rounded up to whole GOPs: one, not two.
          const gopSeconds = h264.GopSize / framesPerSecond(any.rate);
          expect(settings.SegmentLength).toBeLessThanOrEqual(gopSeconds + 1e-9);
          expect(Number.isInteger(h264.GopSize)).toBe(true);
        }
        for (const { VideoDescription: v } of outputsOf(any).pictures) {
          expect([v.Width % 2, v.Height % 2]).toEqual([0, 0]);
        }
        for (const { AudioDescriptions: descriptions } of outputsOf(any).sounds) {
          expect(descriptions).toHaveLength(1);
          for (const { StreamName } of descriptions) expect(StreamName).toMatch(/^[\w\s]*$/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('asks for the plan’s ladder: sizes, caps, levels, the exact rate, closed GOPs of one segment', () => {
    const of = title();
    expect(of.rungs.map((rung) => rung.eager)).toEqual([true, true, true, true]);
    const made = outputsOf(of).pictures.map(({ VideoDescription: { Width, Height, CodecSettings } }) => ({
      Width,
      Height,
      ...CodecSettings.H264Settings,
    }));
    expect(made).toMatchObject([
      { Width: 640, Height: 360, MaxBitrate: 1_000_000, CodecLevel: 'LEVEL_3' },
      { Width: 854, Height: 480, MaxBitrate: 2_500_000, CodecLevel: 'LEVEL_3_1' },
      { Width: 1280, Height: 720, MaxBitrate: 5_000_000, CodecLevel: 'LEVEL_3_1' },
      { Width: 1920, Height: 1080, MaxBitrate: 8_000_000, CodecLevel: 'LEVEL_4' },
    ]);
    for (const h264 of made) {
      expect(h264).toMatchObject({
        RateControlMode: 'QVBR',
        FramerateNumerator: 30000,
        FramerateDenominator: 1001,
        GopSize: 120,
        GopSizeUnits: 'FRAMES',
        GopClosedCadence: 1,
        SceneChangeDetect: 'DISABLED',
      });
    }
    expect(groupOf(transcodeRequest(of, place)).settings).toMatchObject({
      SegmentLength: 4,
      SegmentLengthControl: 'GOP_MULTIPLE',
      Destination: `s3://media/media/${run.videoId}/2/mediaconvert/title`,
    });
  });

  it('names the run, so that its events find it', () => {
    const request = transcodeRequest(title(), place);
    expect(request).toMatchObject({
      Role: place.roleArn,
      Queue: place.queueArn,
      ClientRequestToken: `${run.videoId}-2`,
      UserMetadata: { videoId: run.videoId, attempt: '2' },
    });
    expect(request.Settings.Inputs[0]?.FileInput).toBe(`s3://uploads/sources/${run.videoId}/u`);
    expect(transcodeRequest(title(), place, '1671477617078-2886ye').ClientRequestToken).toBe(
      `${run.videoId}-2-1671477617078-2886ye`,
    );
  });

  it('makes one rendition a sound track, in its language, as loud as ours in bits', () => {
    const of = title({}, [
      { ...sound, streamIndex: 1, language: 'de', title: 'Deutsch' },
      { ...sound, streamIndex: 2, language: 'fr', title: 'Français', channels: 1 },
      { ...sound, streamIndex: 4, channels: 6 },
    ]);
    const descriptions = outputsOf(of).sounds.map(({ AudioDescriptions: [first], ContainerSettings }) => ({
      language: first && 'CustomLanguageCode' in first ? first.CustomLanguageCode : undefined,
      name: first?.StreamName,
      from: first?.AudioSourceName,
      mode: first?.CodecSettings.AacSettings.CodingMode,
      bits: first?.CodecSettings.AacSettings.Bitrate,
      track: ContainerSettings.CmfcSettings.AudioTrackType,
    }));
    expect(descriptions).toMatchObject(
      [
        { language: 'de', name: 'Deutsch', mode: 'CODING_MODE_2_0', bits: 128_000, track: /DEFAULT$/ },
        { language: 'fr', name: 'Audio 2', mode: 'CODING_MODE_1_0', bits: 64_000, track: /SELECT$/ },
        { language: undefined, name: 'Audio 3', mode: 'CODING_MODE_2_0', bits: 128_000, track: /SELECT$/ },
      ].map((expected) => ({ ...expected, track: expect.stringMatching(expected.track) })),
    );
    const selectors = inputOf(of).AudioSelectors;
    expect(descriptions.map(({ from = '' }) => selectors[from]?.Tracks)).toEqual([[1], [2], [3]]);
    for (const { ContainerSettings } of outputsOf(of).pictures)
      expect(ContainerSettings.CmfcSettings).toMatchObject({ AudioRenditionSets: 'audio' });
  });

  it('leaves the usual picture as it is, and brings every other to BT.709, whole frames and limited range', () => {
    const preprocessors = (change: Partial<Probe['video']>) => outputsOf(title(change)).pictures[0]?.VideoDescription;
    expect(preprocessors({})).not.toHaveProperty('VideoPreprocessors');
    expect(preprocessors({ interlaced: true })).toMatchObject({
      VideoPreprocessors: { Deinterlacer: { Mode: 'DEINTERLACE' } },
    });
    const pq = { transfer: 'pq', system: 'bt2020', fullRange: false } as const;
    expect(preprocessors({ colors: pq })).toMatchObject({
      VideoPreprocessors: {
        ColorCorrector: { ColorSpaceConversion: 'FORCE_709', HdrToSdrToneMapper: 'PRESERVE_DETAILS' },
      },
    });
    const full = { transfer: 'sdr', system: 'bt601-525', fullRange: true } as const;
    expect(preprocessors({ colors: full })).toMatchObject({
      VideoPreprocessors: { ColorCorrector: { SampleRangeConversion: 'LIMITED_RANGE_SQUEEZE' } },
    });
    expect(inputOf(title({ colors: pq })).VideoSelector).toMatchObject({ ColorSpace: 'HDR10', Rotate: 'AUTO' });
    expect(inputOf(title({ colors: full })).VideoSelector).toMatchObject({
      ColorSpace: 'REC_601',
      SampleRange: 'FULL_RANGE',
    });
  });

  it('has neither metadata of the source in the stream nor timecodes of its own', () => {
    const request = transcodeRequest(title({}, [{ ...sound, streamIndex: 1 }]), place);
    expect(request.Settings.TimecodeConfig).toEqual({ Source: 'ZEROBASED' });
    for (const { ContainerSettings } of groupOf(request).outputs)
      expect(ContainerSettings.CmfcSettings).toMatchObject({ TimedMetadata: 'NONE', Scte35Source: 'NONE' });
  });
});

describe('an encrypted title', () => {
  const encryption = { scheme: 'cbcs', keyId: 'a'.repeat(32), iv: 'b'.repeat(32) } as const;

  it('gets its keys from the DRM provider, for the resource that is the video, and signals its systems', () => {
    const { settings } = groupOf(transcodeRequest(title({}, [], encryption), { ...place, speke }));
    expect(settings).toMatchObject({
      Encryption: {
        EncryptionMethod: 'SAMPLE_AES',
        Type: 'SPEKE',
        SpekeKeyProvider: {
          ResourceId: run.videoId,
          Url: speke.url,
          HlsSignaledSystemIds: ['94ce86fb-07ff-4f43-adb8-93d2fa968ca2'],
          DashSignaledSystemIds: ['edef8ba9-79d6-4ace-a3c8-27dcd51d21ed', '9a04f079-9840-4286-ab92-e65be0885f95'],
          CertificateArn: speke.certificateArn,
        },
      },
    });
    // Our own key is for what our workers make.
    expect(JSON.stringify(settings)).not.toContain(encryption.keyId);
  });

  it('is not asked for without a provider, least of all in the clear', () => {
    expect(() => transcodeRequest(title({}, [], encryption), place)).toThrow('needs a key server');
    expect(groupOf(transcodeRequest(title(), { ...place, speke })).settings).not.toHaveProperty('Encryption');
  });
});
