import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleFromFileName } from '../../../../domain/upload/title.ts';
import { sourceContentType } from '../../../../domain/upload/types.ts';
import { Title } from '../../../../domain/video/video.ts';

describe('the title of a video without one', () => {
  it.each([
    ['My holiday.mov', 'My holiday'],
    ['a.b.mp4', 'a.b'],
    ['noextension', 'noextension'],
    ['.mp4', '.mp4'],
    ['   ', 'Untitled'],
    ['\u200B\u200D', 'Untitled'],
    ['holiday\u202Egpj.mp4', 'holidaygpj'],
    [`${'x'.repeat(199)}💩.mp4`, 'x'.repeat(199)],
  ])('is the name of its file: %j becomes %j', (fileName, title) => expect(titleFromFileName(fileName)).toBe(title));

  it('is a valid title for whatever name a file may have', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 255, unit: 'binary' }), (fileName) => {
        const title = titleFromFileName(fileName);
        expect(Title.parse(title)).toBe(title);
      }),
    );
  });
});

describe('the type of a source', () => {
  it('is the declared one, by its usual name and without parameters', () => {
    expect(sourceContentType('video/mp4; codecs="avc1"', 'x')).toBe('video/mp4');
    expect(sourceContentType('Video/AVI', 'x')).toBe('video/x-msvideo');
  });
  it('is told by the name when nothing was declared', () => {
    expect(sourceContentType('', 'clip.MKV')).toBe('video/x-matroska');
    expect(sourceContentType('application/octet-stream', 'clip.ts')).toBe('video/mp2t');
  });
  it('is not accepted when it is something else, whatever the name says', () => {
    expect(sourceContentType('text/html', 'clip.mp4')).toBeUndefined();
    expect(sourceContentType('', 'notes.txt')).toBeUndefined();
    expect(sourceContentType('', 'mp4')).toBeUndefined();
    expect(sourceContentType('constructor', 'x')).toBeUndefined();
  });
});
