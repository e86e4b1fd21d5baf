import { channelPicture, maxChannelPictureBytes } from '../../../domain/people/channel.ts';

/** Large enough for the sharpest screens, and well below what is taken. */
const side = 512;
const qualities = [0.9, 0.75, 0.5];

/**
 * The middle of a picture as a square JPEG, in base64. It is drawn anew here, so that nothing else of the file is sent.
 * @throws Error with a sentence for the person, if it is no picture or a tiny one.
 */
export async function squareJpeg(file: File): Promise<string> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new Error('This file is not a picture that the browser can read. Choose a JPEG, PNG or WebP file.');
  });
  const { width, height } = picture;
  const shorter = Math.min(width, height);
  if (shorter < channelPicture.minSide) throw new Error(`The picture is too small: ${width} × ${height} pixels.`);
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The browser cannot draw the picture. Try another browser.');
  // What was see-through is white.
  context.fillStyle = 'white';
  context.fillRect(0, 0, side, side);
  context.drawImage(picture, (width - shorter) / 2, (height - shorter) / 2, shorter, shorter, 0, 0, side, side);
  picture.close();
  for (const quality of qualities) {
    const jpeg = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality })).arrayBuffer());
    if (jpeg.length <= maxChannelPictureBytes)
      return btoa(Array.from(jpeg, (byte) => String.fromCharCode(byte)).join(''));
  }
  throw new Error('The picture is too rich in detail. Choose a simpler one.');
}
