export const off = 'off';

/** A text track as the menu has it. */
export interface TextChoice {
  /** The same by HLS and by DASH, and mostly the same on the next video. */
  readonly value: string;
  readonly label: string;
  readonly language: string;
}

/** What is used of a player's text track. */
export interface TextTrack {
  readonly language: string;
  readonly label: string | null;
}

export const textChoice = ({ language, label }: TextTrack): TextChoice => ({
  value: `${language} ${label ?? ''}`.trim(),
  label: label ?? language,
  language,
});

/** What somebody chose last: whether they want text, and which. */
export interface TextWish {
  readonly on: boolean;
  /** The value of a choice; empty before any was made. */
  readonly value: string;
}

/** The choice nearest to a wish: the same one, else one in its language, else one in theirs, else the first. */
export function nearest(
  choices: readonly TextChoice[],
  wish: TextWish,
  languages: readonly string[],
): TextChoice | undefined {
  const of = (language: string) =>
    choices.find((choice) => choice.language.split('-')[0] === language.toLowerCase().split('-')[0]);
  const [wished = ''] = wish.value.split(' ');
  const same = choices.find(({ value }) => value === wish.value) ?? of(wished);
  return same ?? languages.map(of).find((choice) => choice !== undefined) ?? choices[0];
}

/** What is shown at first: what was wished for before, if the title has it in that language. */
export function atFirst(choices: readonly TextChoice[], wish: TextWish): string {
  const choice = wish.on ? nearest(choices, wish, []) : undefined;
  const [wished] = wish.value.split(' ');
  return choice && choice.language.split('-')[0] === wished?.split('-')[0] ? choice.value : off;
}

const storedAs = 'sluice-text-track';

/** The wish, kept by the browser. */
export const textMemory = (storage: Pick<Storage, 'getItem' | 'setItem'>) => ({
  read(): TextWish {
    const [on, ...value] = (storage.getItem(storedAs) ?? '').split(' ');
    return { on: on === 'on', value: value.join(' ') };
  },
  write({ on, value }: TextWish): void {
    storage.setItem(storedAs, `${on ? 'on' : off} ${value}`);
  },
});
