import { CloseButton } from '@mantine/core';
import classes from './KeyLegend.module.css';
import { keyLegend } from './keyboard.ts';

/** The keys of the player. Within it, or full screen would not show them. */
export function KeyLegend({ onClose }: { readonly onClose: () => void }) {
  return (
    <section
      className={classes.panel}
      aria-label="Keys of the player"
      data-testid="key-legend"
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <CloseButton className={classes.close} aria-label="Close" autoFocus onClick={onClose} />
      <dl className={classes.keys}>
        {keyLegend.map(([keys, meaning]) => (
          <div key={keys} className={classes.row}>
            <dt>{keys}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
