/**
 * CloudFront function (cloudfront-js-2.0) at the viewer request of the API: says whose request it is, in a field of ours
 * that replaces whatever the viewer sent in it. CloudFront's own field for that comes only with origin request policies that
 * send the viewer's Host too, which API Gateway refuses.
 */
function handler(event) {
  const request = event.request;
  request.headers['x-sluice-viewer-address'] = { value: event.viewer.ip };
  return request;
}
