import { Alert, Button, Group } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { challengeOf } from '../../../client/challenge.ts';
import { ApiError } from '../../../client/client.ts';
import { TextLink } from '../links.tsx';
import { returnPath } from '../return-path.ts';
import { signIn } from '../session.ts';
import { AccountForm } from './AccountForm.tsx';
import { EmailField, PasswordField } from './fields.tsx';
import { SecondFactorStep } from './SecondFactorStep.tsx';

export function SignInPage() {
  const { next, reset } = useSearch({ from: '/sign-in' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const goOn = () => router.history.push(returnPath(next));
  const attempt = useMutation({
    mutationFn: () => signIn(queries, email, password),
    onSuccess: goOn,
    onError: (error) => {
      // The account is there but the code was never entered: that is where to go on.
      if (error instanceof ApiError && error.problem.code === 'email-not-confirmed') {
        void navigate({ to: '/register', search: { ...(next ? { next } : {}), confirm: email } });
      }
    },
  });
  const challenge = challengeOf(attempt.error);
  const back = () => {
    setPassword('');
    attempt.reset();
  };
  if (challenge !== undefined) return <SecondFactorStep challenge={challenge} onSignedIn={goOn} onBack={back} />;
  return (
    <AccountForm
      title="Sign in"
      lead="Good to see you again."
      error={attempt.error}
      onSubmit={() => attempt.mutate()}
      footer={
        <>
          New here?{' '}
          <TextLink to="/register" search={next ? { next } : {}} underline="always" inherit>
            Create an account
          </TextLink>
        </>
      }
    >
      {reset && (
        <Alert color="green" variant="light" icon={<IconCheck />} role="status">
          Your password has been changed, and all your sessions have ended. Sign in with the new one.
        </Alert>
      )}
      <EmailField value={email} onChange={setEmail} />
      <PasswordField value={password} onChange={setPassword} />
      <Group justify="flex-end" mt={-8}>
        <TextLink to="/forgot-password" search={next ? { next } : {}} size="sm">
          Forgot your password?
        </TextLink>
      </Group>
      <Button type="submit" fullWidth loading={attempt.isPending}>
        Sign in
      </Button>
    </AccountForm>
  );
}
