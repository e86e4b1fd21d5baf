import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { browserOfFile, shot, signInOnPage } from '../commands/browser.ts';
import { confirmationCode } from '../commands/local-cloud.ts';
import { registeredPerson, signedIn } from '../commands/people.ts';
import { totp } from '../commands/totp.ts';

const browser = browserOfFile();
beforeAll(async () => {});

it('somebody sets up a second factor, signs out elsewhere, forgets their password and comes back with a code', async () => {
  const person = await registeredPerson();
  const elsewhere = await signedIn(person);
  await using visitor = await browser.visitor();
  const { page, complaints } = visitor;
  await signInOnPage(visitor, person);

  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Set it up …' }).click();
  const factor = page.getByRole('region', { name: 'Second factor' });
  await factor.getByLabel('Password').first().fill(person.password);
  await factor.getByRole('button', { name: 'Go on' }).click();
  const secret = ((await page.getByTestId('totp-secret').textContent()) ?? '').replaceAll(' ', '');
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  await shot(page, 'second-factor', true);
  await page.getByRole('textbox', { name: 'Code' }).fill(totp(secret));
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect.poll(() => page.getByTestId('second-factor').textContent()).toBe('On');

  const sessions = page.getByTestId('sessions').getByRole('listitem');
  await shot(page, 'security', true);
  await sessions.getByRole('button', { name: /^Sign out/ }).click();
  await expect.poll(() => sessions.getByRole('button').count()).toBe(0);
  await expect(elsewhere.client.auth.me()).rejects.toThrow(/session has ended/i);

  await page.getByRole('button', { name: 'Sign out everywhere …' }).click();
  await page.getByRole('button', { name: 'Sign out everywhere', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/');

  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByRole('button', { name: 'Mail me a code' }).click();
  await page.getByRole('textbox', { name: 'Code' }).fill(confirmationCode);
  const password = `Test-${randomUUID()}`;
  await page.getByLabel('New password').first().fill('Only-letters');
  expect(await page.getByRole('button', { name: 'Change the password' }).isDisabled()).toBe(true);
  await shot(page, 'reset-password');
  await page.getByLabel('New password').first().fill(password);
  await page.getByRole('button', { name: 'Change the password' }).click();

  await page.getByText('Your password has been changed').waitFor();
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').first().fill(password);
  await page.locator('button[type=submit]').click();
  await page.getByRole('heading', { name: 'One more step' }).waitFor();
  await page.getByRole('textbox', { name: 'Code' }).fill('000000');
  await shot(page, 'second-step');
  await page.locator('button[type=submit]').click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('textbox', { name: 'Code' }).fill(totp(secret));
  await page.locator('button[type=submit]').click();
  await page.waitForURL('**/studio');
  expect(complaints.filter((complaint) => !/status of (400|401)/.test(complaint))).toEqual([]);
});
