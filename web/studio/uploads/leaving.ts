import { notifications } from '@mantine/notifications';
import { marks } from '../../shared/api.ts';

/** The browser asks in words of its own (HTML, "beforeunload"); ours follow for who stays, since a page that goes runs no more. */
function ask(event: BeforeUnloadEvent): void {
  // Who has signed out has chosen to stop: nothing more could be sent.
  if (!marks.read()) return;
  event.preventDefault();
  setTimeout(() =>
    notifications.show({
      id: 'upload-interrupted',
      title: 'Your upload is still going',
      message: 'If this tab is closed, choose the same file again under “My videos”: only what is missing is sent.',
    }),
  );
}

/**
 * Whether somebody is asked before the tab is closed or loaded anew: only as long as it matters, since a page that would ask
 * is not kept for the way back.
 */
export function askBeforeLeaving(isAsking: boolean): void {
  if (isAsking) window.addEventListener('beforeunload', ask);
  else window.removeEventListener('beforeunload', ask);
}
