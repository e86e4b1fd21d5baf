const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** What cameras, phones, editors, screen recorders and broadcasters write, and have written for thirty years. */
const pictures = words(`
  h264 hevc vvc libdav1d libaom-av1 av1 vp8 libvpx vp9 libvpx-vp9 vp6 vp6a vp6f vp7 vp3 theora dirac
  mpeg1video mpeg2video mpegvideo mpeg4 msmpeg4v1 msmpeg4v2 msmpeg4 h261 h263 h263i h263p flv wmv1 wmv2 wmv3 vc1
  rv10 rv20 rv30 rv40 svq1 svq3 cinepak indeo2 indeo3 indeo4 indeo5 msvideo1 msrle rpza smc qtrle 8bps
  prores dnxhd cfhd hap aic hq_hqa hqx speedhq jpeg2000 mjpeg mjpegb dvvideo
  rawvideo v210 v210x v308 v408 v410 r210 r10k yuv4 ffv1 ffvhuff huffyuv utvideo magicyuv lagarith fraps cllc
  camtasia tscc2 zmbv flashsv flashsv2 screenpresso g2m
`);
/** Of covers: a reader opens them whether or not it is to show them. */
const covers = words('png bmp gif webp tiff');
const sounds = words(`
  aac aac_latm mp1 mp1float mp2 mp2float mp3 mp3float ac3 eac3 dca truehd mlp opus libopus vorbis libvorbis flac alac
  wmav1 wmav2 wmapro wmalossless wmavoice amrnb amrwb libopencore_amrnb libopencore_amrwb speex nellymoser
  adpcm_ima_qt adpcm_ima_wav adpcm_ms adpcm_swf adpcm_yamaha g722 g726 g726le gsm gsm_ms ilbc
  qdm2 qdmc mace3 mace6 cook sipr real_144 real_288 tta wavpack s302m dvaudio
  pcm_alaw pcm_mulaw pcm_bluray pcm_dvd pcm_f16le pcm_f24le pcm_f32be pcm_f32le pcm_f64be pcm_f64le
  pcm_s8 pcm_s16be pcm_s16le pcm_s24be pcm_s24le pcm_s32be pcm_s32le pcm_s64be pcm_s64le
  pcm_s8_planar pcm_s16be_planar pcm_s16le_planar pcm_s24le_planar pcm_s32le_planar
  pcm_u8 pcm_u16be pcm_u16le pcm_u24be pcm_u24le pcm_u32be pcm_u32le
`);
const texts = words('ass ssa srt subrip mov_text text webvtt dvdsub dvbsub pgssub xsub cc_dec libzvbi_teletextdec');

/**
 * The decoders that a file may wake. A build of ffmpeg has five hundred and more, for the games of the nineties, for terminals
 * and for vector graphics, and whoever sends a file chooses among all that are allowed.
 */
export const decoders: readonly string[] = [...pictures, ...covers, ...sounds, ...texts];

/** The codec that a child says it was not allowed to decode; undefined if it says none. */
export const refusedDecoder = (said: string): string | undefined =>
  /Codec \(([^)]+)\) not on whitelist/.exec(said)?.[1];
