import { Anchor, Text } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './FoldedText.module.css';

interface Props {
  readonly children: ReactNode;
  /** So many lines are shown at first. */
  readonly lines: number;
  readonly size?: 'sm' | 'md';
}

/** What somebody wrote, in its own lines; all of it on request where it is long. */
export function FoldedText({ children, lines, size = 'md' }: Props) {
  const text = useRef<HTMLDivElement>(null);
  const [isLong, setLong] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  useEffect(() => {
    const element = text.current;
    if (element === null || isOpen) return;
    const observer = new ResizeObserver(() => setLong(element.scrollHeight > element.clientHeight + 1));
    observer.observe(element);
    return () => observer.disconnect();
  }, [isOpen]);
  return (
    <>
      <Text
        ref={text}
        id={id}
        size={size}
        component="div"
        className={classes.text}
        style={isOpen ? {} : { lineClamp: lines, WebkitLineClamp: lines }}
        data-folded={!isOpen}
      >
        {children}
      </Text>
      {(isLong || isOpen) && (
        <Anchor
          component="button"
          type="button"
          size="sm"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Show less' : 'Show more'}
        </Anchor>
      )}
    </>
  );
}
