import { Anchor } from '@mantine/core';
import { linkedText } from './linked-text.ts';

/** Links that strangers write: they learn nothing of us, and gain nothing by it. */
const strangers = 'noopener noreferrer nofollow ugc';

interface Props {
  readonly text: string;
  /** Goes to a place in the video that the text tells of, in seconds. Without it places are words. */
  readonly onPlace?: ((seconds: number) => void) | undefined;
}

/** What somebody wrote, with its addresses as links. */
export function LinkedText({ text, onPlace }: Props) {
  return linkedText(text).map(({ text: words, href, seconds }, index) => {
    // Stretches of one text have nothing but their place.
    const key = `${index} ${words}`;
    if (href !== undefined)
      return (
        <Anchor key={key} href={href} target="_blank" rel={strangers} underline="always" inherit>
          {words}
        </Anchor>
      );
    if (seconds !== undefined && onPlace)
      return (
        <Anchor key={key} component="button" type="button" underline="always" inherit onClick={() => onPlace(seconds)}>
          {words}
        </Anchor>
      );
    return words;
  });
}
