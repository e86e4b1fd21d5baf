import { describe, expect, it } from 'vitest';
import { atFirst, nearest, off, textChoice, textMemory } from '../../../../web/watch/player/text-choices.ts';

const choices = [
  { language: 'en', label: 'English' },
  { language: 'en', label: 'English (captions)' },
  { language: 'pt-BR', label: 'português (Brasil)' },
].map(textChoice);
const value = (label: string) => choices.find((choice) => choice.label === label)?.value ?? '';

describe('the text that is likeliest wanted', () => {
  it.each<[string, string, string[], string]>([
    ['the same as last time', 'en English (captions)', ['pt'], 'English (captions)'],
    ['one of the same language', 'pt português', ['en'], 'português (Brasil)'],
    ['one of a language of theirs', 'fr français', ['de-DE', 'pt-PT'], 'português (Brasil)'],
    ['the first', '', ['de'], 'English'],
  ])('is %s', (_, wished, languages, label) => {
    expect(nearest(choices, { on: true, value: wished }, languages)?.label).toBe(label);
  });

  it('is none where there is none', () => {
    expect(nearest([], { on: true, value: 'en English' }, ['en'])).toBeUndefined();
  });
});

it('a title begins with text only if that was wanted last, and it has the language', () => {
  expect(atFirst(choices, { on: true, value: 'en English' })).toBe(value('English'));
  expect(atFirst(choices, { on: true, value: 'pt-PT português' })).toBe(value('português (Brasil)'));
  expect(atFirst(choices, { on: true, value: 'fr français' })).toBe(off);
  expect(atFirst(choices, { on: false, value: 'en English' })).toBe(off);
});

it('a wish is kept as it was', () => {
  const stored = new Map<string, string>();
  const memory = textMemory({ getItem: (k) => stored.get(k) ?? null, setItem: (k, v) => stored.set(k, v) });
  expect(memory.read()).toEqual({ on: false, value: '' });
  memory.write({ on: true, value: 'pt-BR português (Brasil)' });
  expect(memory.read()).toEqual({ on: true, value: 'pt-BR português (Brasil)' });
});
