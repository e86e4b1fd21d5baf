const terminal = process.stdout.isTTY;

/** Runs one step of the set-up and shows it: a line that counts seconds on a terminal, two plain lines elsewhere. */
export async function step(title, work) {
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  const rewrite = (text) => process.stdout.write(`\r\x1b[2K${text}`);
  if (!terminal) console.log(`… ${title}`);
  const ticking = terminal && setInterval(() => rewrite(`… ${title} (${seconds()})`), 1000);
  if (terminal) rewrite(`… ${title}`);
  try {
    const result = await work();
    if (terminal) rewrite('');
    console.log(`✔ ${title} (${seconds()})`);
    return result;
  } catch (error) {
    if (terminal) rewrite('');
    console.log(`✖ ${title} (${seconds()})`);
    throw error;
  } finally {
    if (ticking) clearInterval(ticking);
  }
}
