import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** What is used of axe's report. */
interface Report {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
  }[];
}

const axe = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Until what moves stands still: colours on their way to others are no one's. What moves for ever is left to. */
const still = `new Promise(requestAnimationFrame)
  .then(() => Promise.all(
    document.getAnimations()
      .filter((animation) => Number.isFinite(animation.effect.getComputedTiming().endTime))
      .map((animation) => animation.finished.catch(() => undefined)),
  ))
  .then(() => undefined)`;

/** What axe finds wrong with the page, or a part of it, in light and in dark colours: a line for each rule that is broken. */
export async function barriers(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(await axe);
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    await page.evaluate(still);
    const { violations } = (await page.evaluate(
      `axe.run(${JSON.stringify(part)}, { resultTypes: ['violations'] })`,
    )) as Report;
    for (const { id, help, nodes } of violations) {
      const where = nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`);
      found.push(`${colorScheme}: ${id}: ${help}: ${where.join('; ')}`);
    }
  }
  return found;
}
