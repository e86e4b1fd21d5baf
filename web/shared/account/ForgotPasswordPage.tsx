import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { TextLink } from '../links.tsx';
import { AccountForm } from './AccountForm.tsx';
import { CodeField, EmailField, isChoosable, NewPasswordField } from './fields.tsx';

/** Ask for a code by mail, choose a new password with it. */
export function ForgotPasswordPage() {
  const [mailedTo, setMailedTo] = useState<string>();
  return mailedTo === undefined ? (
    <AskForCode onAsked={setMailedTo} />
  ) : (
    <ChooseNew email={mailedTo} onOther={() => setMailedTo(undefined)} />
  );
}

function AskForCode({ onAsked }: { readonly onAsked: (email: string) => void }) {
  const { next } = useSearch({ from: '/forgot-password' });
  const [email, setEmail] = useState('');
  const attempt = useMutation({
    mutationFn: () => api.auth.forgotPassword({ body: { email } }),
    onSuccess: () => onAsked(email),
  });
  return (
    <AccountForm
      title="Forgot your password?"
      lead="A code by which you can choose a new one is mailed to you."
      error={attempt.error}
      onSubmit={() => attempt.mutate()}
      footer={
        <TextLink to="/sign-in" search={next ? { next } : {}} underline="always" inherit>
          Back to sign in
        </TextLink>
      }
    >
      <EmailField value={email} onChange={setEmail} />
      <Button type="submit" fullWidth mt="xs" loading={attempt.isPending}>
        Mail me a code
      </Button>
    </AccountForm>
  );
}

interface ChooseNewProps {
  readonly email: string;
  readonly onOther: () => void;
}

function ChooseNew({ email, onOther }: ChooseNewProps) {
  const { next } = useSearch({ from: '/forgot-password' });
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const navigate = useNavigate();
  const attempt = useMutation({
    mutationFn: () => api.auth.resetPassword({ body: { email, code, password } }),
    onSuccess: () => navigate({ to: '/sign-in', search: { ...(next ? { next } : {}), reset: true } }),
  });
  return (
    <AccountForm
      title="New password"
      lead={
        <>
          If there is an account of <strong>{email}</strong>, a code has been mailed to it.
        </>
      }
      error={attempt.error}
      onSubmit={() => attempt.mutate()}
      footer={
        <Button variant="subtle" size="compact-sm" onClick={onOther}>
          No mail? Check the spam folder, or try again
        </Button>
      }
    >
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <CodeField description="Six digits" autoFocus value={code} onChange={setCode} />
      <NewPasswordField label="New password" value={password} onChange={setPassword} />
      <Button type="submit" fullWidth mt="xs" loading={attempt.isPending} disabled={!isChoosable(password)}>
        Change the password
      </Button>
    </AccountForm>
  );
}
