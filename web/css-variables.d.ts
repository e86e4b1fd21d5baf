import 'react';

declare module 'react' {
  /** Style attributes may set CSS variables. */
  interface CSSProperties {
    [variable: `--${string}`]: string | undefined;
  }
}
