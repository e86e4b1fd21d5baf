import classes from './Player.module.css';
import type { Echo } from './use-commands.ts';

/** What came of a key or a gesture, shown for a moment. */
export function CommandEcho({ echo }: { readonly echo: Echo | undefined }) {
  return (
    <div role="status" className={classes.echoPlace} data-testid="echo">
      {echo && (
        <span key={echo.count} className={classes.echo}>
          {echo.text}
        </span>
      )}
    </div>
  );
}
