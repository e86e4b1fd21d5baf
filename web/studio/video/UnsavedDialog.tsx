import { useBlocker } from '@tanstack/react-router';
import { ConfirmDialog } from '../../shared/ConfirmDialog.tsx';

/** Nobody leaves a form by a slip: what is not saved would be lost. */
export function UnsavedDialog({ isDirty }: { readonly isDirty: boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      opened={status === 'blocked'}
      title="Leave without saving?"
      yes="Discard the changes"
      no="Stay here"
      onYes={() => proceed?.()}
      onNo={() => reset?.()}
    >
      What you have changed here is not saved yet.
    </ConfirmDialog>
  );
}
