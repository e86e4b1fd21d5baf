import { beforeAll, describe, expect, it } from 'vitest';
import { browserOfFile, signInOnPage } from '../commands/browser.ts';
import { testCard } from '../commands/jpeg.ts';
import { newPerson, type Person } from '../commands/people.ts';

const browser = browserOfFile();
let ada: Person;
let admin: Person;

beforeAll(async () => {
  [ada, admin] = await Promise.all([newPerson(), newPerson({ roles: ['admin'] })]);
});

describe('a person', () => {
  it('gives the channel a face and a handle, and takes their data along', async () => {
    await using visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await signInOnPage(visitor, ada);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Account' }).click();

    const channel = page.getByRole('region', { name: 'Channel' });
    const picture = { name: 'me.jpg', mimeType: 'image/jpeg', buffer: await testCard(640, 360) };
    await channel.locator('input[type=file]').setInputFiles(picture);
    await channel.getByRole('button', { name: 'Change the picture' }).waitFor();
    const shown = channel.locator('img');
    await expect.poll(() => shown.evaluate((img: { naturalWidth?: number }) => img.naturalWidth)).toBe(512);

    const handle = `ada-${ada.userId.slice(0, 8)}`;
    await channel.getByLabel('Handle').fill('A');
    await channel.getByText('with a letter or digit first and last').waitFor();
    await channel.getByLabel('Handle').fill(handle);
    await channel.getByLabel('Description').fill('Engines, and what they weave.');
    await channel.getByRole('button', { name: 'Save the channel' }).click();
    await page.getByText(`People find it as @${handle}.`).waitFor();

    const data = page.getByRole('region', { name: 'Your data' });
    await data.getByRole('button', { name: 'Ask for a copy' }).click();
    const download = page.waitForEvent('download');
    await data.getByRole('button', { name: 'Download it' }).click({ timeout: 30_000 });
    expect((await download).suggestedFilename()).toBe('sluice-my-data.json');
    expect(complaints).toEqual([]);
  });

  it('leaves, by no slip, and is shown the front page', async () => {
    const eve = await newPerson();
    await using visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await signInOnPage(visitor, eve);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Account' }).click();
    await page.getByText('can then be downloaded').waitFor();

    const end = page.getByRole('region', { name: 'Delete the account' });
    await end.getByRole('button', { name: /^Delete the account/ }).click();
    await end.getByLabel('Your password').first().fill(eve.password);
    await expect.poll(() => end.getByRole('button', { name: 'Delete my account' }).isDisabled()).toBe(true);
    await end.getByLabel('I understand that this cannot be undone').check();
    await end.getByRole('button', { name: 'Delete my account' }).click();
    await page.waitForURL(({ pathname }) => pathname === '/');
    await page.getByText('Sign in', { exact: true }).first().waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('an admin', () => {
  it('finds a person, gives them a role, takes away a second factor, shuts them out and lets them in, and reads who did it', async () => {
    const ben = await newPerson();
    await using visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await signInOnPage(visitor, admin);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'People' }).click();
    await page.getByLabel('Begins with').fill(ben.email);
    await page.getByRole('link', { name: ben.email }).click();

    await page.getByLabel('moderator').check();
    await page.getByRole('button', { name: 'Save the roles' }).click();
    await page.getByText('Roles changed: +moderator').waitFor();
    await page.getByRole('button', { name: /^Remove the second factor/ }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('Second factor removed').waitFor();
    await page.getByRole('button', { name: /^Suspend the account/ }).click();
    await page.getByLabel('Why').fill('Spam in comments');
    await page.getByRole('button', { name: 'Suspend', exact: true }).click();
    await page.getByRole('button', { name: 'Restore the account' }).click();
    await page.getByText('Restored').waitFor();
    await page.getByText('“Spam in comments”').waitFor();
    await expect.poll(() => page.getByText(`by ${admin.email}`).count()).toBe(4);
    expect(complaints).toEqual([]);
  });
});
