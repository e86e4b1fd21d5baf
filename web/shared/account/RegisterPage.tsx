import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmStep } from './ConfirmStep.tsx';
import { RegisterStep } from './RegisterStep.tsx';

/** Register, enter the mailed code, be signed in. */
export function RegisterPage() {
  const { next, confirm } = useSearch({ from: '/register' });
  const [registered, setRegistered] = useState(confirm ? { email: confirm, password: '' } : undefined);
  return registered ? (
    <ConfirmStep email={registered.email} password={registered.password} next={next} />
  ) : (
    <RegisterStep next={next} onRegistered={setRegistered} />
  );
}
