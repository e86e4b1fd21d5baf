/** How long there is for the code, once the password was right. */
export const challengeSeconds = 5 * 60;

/**
 * The address that an authenticator app takes from a QR code: the de-facto "Key URI Format". The issuer stands in the
 * label too, for apps that read only that.
 */
export function otpauthUri({
  issuer,
  account,
  secret,
}: Readonly<Record<'issuer' | 'account' | 'secret', string>>): string {
  const label = [issuer, account].map(encodeURIComponent).join(':');
  // Percent-encoded throughout: apps show a plus sign, which URLSearchParams makes of a space, as it is.
  return `otpauth://totp/${label}?secret=${encodeURIComponent(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
