import { describe, expect, it } from 'vitest';
import { MediaConvertConfiguration, reachOf } from '../../../../../domain/media/mediaconvert/configuration.ts';

const speke = {
  url: 'https://keys.example/speke',
  invokeArn: 'arn:aws:execute-api:us-east-1:111122223333:a1b2c3/prod/POST/speke',
  hls: ['fairplay'],
  dash: ['widevine', 'playready'],
};

describe('the configuration of MediaConvert', () => {
  it('decides what it may be given', () => {
    expect(reachOf(undefined)).toBe('nothing');
    expect(reachOf(MediaConvertConfiguration.parse({ queueName: 'Default' }))).toBe('clear');
    expect(reachOf(MediaConvertConfiguration.parse({ queueName: 'Default', speke }))).toBe('all');
  });

  it.each([
    ['keys over plain http', { url: 'http://keys.example/speke' }],
    ['a system that it does not know', { hls: ['primetime'] }],
    ['no system', { dash: [] }],
    ['more systems than can be signalled', { dash: Array(4).fill('widevine') }],
    ['nothing that may be called', { invokeArn: 'https://keys.example' }],
    ['a misspelt field', { certificate: 'arn:aws:acm:us-east-1:111122223333:certificate/1' }],
  ])('does not take %s', (_, wrong) => {
    const given = { queueName: 'Default', speke: { ...speke, ...wrong } };
    expect(MediaConvertConfiguration.safeParse(given).success).toBe(false);
  });
});
