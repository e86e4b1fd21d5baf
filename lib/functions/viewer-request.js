/**
 * CloudFront function (cloudfront-js-2.0) at the viewer request of the web app: an address without a file extension is a
 * page of the app, whose router reads it from the address bar. The local edge runs this same file.
 */
function handler(event) {
  const request = event.request;
  const lastSegment = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (!lastSegment.includes('.')) request.uri = '/index.html';
  return request;
}
