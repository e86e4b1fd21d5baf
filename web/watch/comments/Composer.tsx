import { Button, Group, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { CommentText } from '../../../domain/community/comments.ts';

interface Props {
  readonly label: string;
  readonly action: string;
  readonly initial?: string;
  readonly autoFocus?: boolean;
  /** Resolves once it is saved; what was written stays in the field until then. */
  readonly onSubmit: (text: string) => Promise<unknown>;
  readonly onCancel?: () => void;
}

const maxLength = 5000;

/** A field to write a comment in. Control or Command with Enter sends it, Escape gives up. */
export function Composer({ label, action, initial = '', autoFocus = false, onSubmit, onCancel }: Props) {
  const [text, setText] = useState(initial);
  const [isBusy, setBusy] = useState(false);
  const parsed = CommentText.safeParse(text);
  const send = async () => {
    if (!parsed.success || isBusy) return;
    setBusy(true);
    try {
      await onSubmit(parsed.data);
      setText('');
    } catch {
      // Told by who tried it; what was written is kept.
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
    if (event.key === 'Escape') onCancel?.();
  };
  const isOpen = text !== '' || onCancel !== undefined;
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send();
      }}
    >
      <Textarea
        aria-label={label}
        placeholder={label}
        autosize
        minRows={isOpen ? 2 : 1}
        maxRows={12}
        maxLength={maxLength}
        autoFocus={autoFocus}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            onClick={() => {
              setText('');
              onCancel?.();
            }}
          >
            Cancel
          </Button>
          <Button size="xs" type="submit" disabled={!parsed.success} loading={isBusy}>
            {action}
          </Button>
        </Group>
      )}
    </form>
  );
}
