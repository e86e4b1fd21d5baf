import { qrCode } from './qr-code.ts';

interface Props {
  readonly text: string;
  readonly label: string;
}

/** Light modules around it, by which readers find it (ISO/IEC 18004, clause 9.1). */
const quiet = 4;
const sizePx = 200;

/** A QR code, dark on light whatever the color scheme: readers expect that. Nothing, if the text is too long for one. */
export function QrCode({ text, label }: Props) {
  const modules = qrCode(text);
  if (modules === undefined) return null;
  const size = modules.length + 2 * quiet;
  const dark = modules.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x + quiet} ${y + quiet}h1v1h-1z`] : [])),
  );
  return (
    <svg
      role="img"
      aria-label={label}
      width={sizePx}
      height={sizePx}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      style={{ borderRadius: 8, maxWidth: '100%' }}
    >
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={dark.join('')} />
    </svg>
  );
}
