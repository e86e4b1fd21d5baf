const terminal = process.stdout.isTTY;

/** When the steps under way began. */
const underWay = new Map();
let ticking;

const secondsSince = (began) => `${Math.round((Date.now() - began) / 1000)} s`;
const rewrite = (text) => process.stdout.write(`\r\x1b[2K${text}`);

function redraw() {
  const steps = [...underWay].map(([title, began]) => `${title} (${secondsSince(began)})`);
  rewrite(steps.length > 0 ? `… ${steps.join(', ')}` : '');
}

/**
 * Runs one step of the set-up, beside others if need be, and shows it: in a line that counts seconds on a terminal, in two
 * plain lines elsewhere.
 */
export async function step(title, work) {
  const began = Date.now();
  underWay.set(title, began);
  if (terminal) {
    redraw();
    ticking ??= setInterval(redraw, 1000);
  } else {
    console.log(`… ${title}`);
  }
  const end = (mark) => {
    underWay.delete(title);
    if (terminal) rewrite('');
    console.log(`${mark} ${title} (${secondsSince(began)})`);
    if (underWay.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
  try {
    const result = await work();
    end('✔');
    return result;
  } catch (error) {
    end('✖');
    throw error;
  }
}
