import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../client/client.ts';
import { answerChallenge } from '../session.ts';
import { AccountForm } from './AccountForm.tsx';
import { CodeField } from './fields.tsx';

interface Props {
  readonly challenge: string;
  readonly onSignedIn: () => void;
  /** The challenge is over, or the person wants to begin anew. */
  readonly onBack: () => void;
}

/** The second step of a sign-in. */
export function SecondFactorStep({ challenge, onSignedIn, onBack }: Props) {
  const [code, setCode] = useState('');
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => answerChallenge(queries, challenge, code),
    onSuccess: onSignedIn,
    onError: () => setCode(''),
  });
  const isOver = attempt.error instanceof ApiError && attempt.error.problem.code === 'challenge-ended';
  return (
    <AccountForm
      title="One more step"
      lead="Your account asks for a code as well."
      error={attempt.error}
      onSubmit={() => attempt.mutate()}
      footer={
        <Button variant="subtle" size="compact-sm" onClick={onBack}>
          Begin again
        </Button>
      }
    >
      <CodeField
        description="Six digits from your authenticator app"
        autoFocus
        disabled={isOver}
        value={code}
        onChange={setCode}
      />
      <Button type="submit" fullWidth mt="xs" loading={attempt.isPending} disabled={isOver}>
        Sign in
      </Button>
    </AccountForm>
  );
}
